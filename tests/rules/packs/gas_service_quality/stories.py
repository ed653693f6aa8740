"""How far a service quality problem has come. It opens at nine on Monday 2 March 2026; unit_a has to handle it."""

from typing import Any

from rules.cabinet import Cabinet
from tests.rules.packs.playing import Play

PACK = "gas-service-quality"
INTAKE: dict[str, Any] = {
    "seeks": ["improvement"],
    "grumble_source": "call",
    "customer_name": "周女士",
    "customer_phone": "13800000000",
    "customer_address": "和平路8号",
    "problem": "抄表时间太晚",
    "customer_request": "提前抄表",
    "soothed": True,
    "coordinator": "service_centre",
}
COMPLAINT: dict[str, Any] = INTAKE | {"seeks": ["material"], "grumble_source": None, "complaint_source": "call"}
A1: dict[str, Any] = {
    "manner": "call",
    "reported_at": "2026-03-02T08:50",
    "investigator": "worker_b",
    "undertaking_department": "unit_a",
    "undertaker": "worker_a",
    "limit_days": "3",
}
A2: dict[str, Any] = {
    "problem_summary": "抄表晚",
    "handling_result": "已改约",
    "corrective_measures": "调整排班",
    "head_signature": True,
}
FOUND: dict[str, Any] = {"findings": "属实", "verified": True, "blamed": "抄表班 张三"}
FINDING: dict[str, Any] = {
    "act": "visit",
    "acted_on": "2026-03-01",
    "evidence": "录音",
    "whose": "staff",
    "broken": ["patience"],
    "responsible": "other_a",
}
#: What it takes to be of a level.
LEVELS: dict[str, dict[str, Any]] = {
    "level_1": {"exposure": ["mainstream_media"], "impact": "major_impact"},
    "level_2": {"exposure": ["company_leader"], "impact": "certain_impact"},
    "level_3": {"impact": "no_impact"},
}


def without_nothing(fields: dict[str, Any]) -> dict[str, Any]:
    """Fields less those that are None."""
    return {name: value for name, value in fields.items() if value is not None}


def grumble(cabinet: Cabinet | None = None, **fields: Any) -> Play:
    """A grumble that the Customer Service Centre has accepted."""
    intake = without_nothing(INTAKE | fields)
    return Play(PACK, cabinet=cabinet).did("open.problem", "service_centre", "2026-03-02T09:00", **intake)


def complaint(level: str = "", cabinet: Cabinet | None = None, **fields: Any) -> Play:
    """A complaint that HR & Administration has accepted, and graded where a level is given."""
    intake = without_nothing(COMPLAINT | fields)
    play = Play(PACK, cabinet=cabinet).did("open.problem", "hr_admin", "2026-03-02T09:00", **intake)
    return play.did("grade", "hr_admin", "2026-03-02T09:10", impact_why="记录", **LEVELS[level]) if level else play


def desk(play: Play) -> str:
    """Who handles the case: the person of the department."""
    return {"grumble": "service_centre", "complaint": "hr_admin"}[play.state.classes["nature"]]


def issued(play: Play, at: str = "2026-03-02T09:30", **fields: Any) -> Play:
    """… A1 is issued to unit_a at half past nine."""
    return play.did("issue_a1", desk(play), at, **(A1 | fields))


def signed(play: Play, at: str = "2026-03-02T10:00") -> Play:
    """… and signed by the head of unit_a."""
    return play.did("task.sign_a1", "head_a", at, head_signature=True)


def returned(play: Play, at: str = "2026-03-04T10:00", **fields: Any) -> Play:
    """… A2 is back on Wednesday at ten."""
    return signed(issued(play)).did("return_a2", "head_a", at, **(A2 | fields))


def confirmed(play: Play) -> Play:
    """… its effect is confirmed."""
    returned(play)
    return play.did("confirm_effect", desk(play), "2026-03-04T11:00", inspected="现场查看", effective=True)


def ledgered(play: Play) -> Play:
    """… the customer is satisfied."""
    confirmed(play)
    return play.did("revisit", desk(play), "2026-03-05T10:00", revisited="已改善", satisfied=True)


def investigated(play: Play, **fields: Any) -> Play:
    """… the investigation is done too."""
    return ledgered(play).did("task.investigation", "worker_b", "2026-03-05T11:00", **(FOUND | fields))


def reviewed(play: Play, *, circular: bool = False) -> Play:
    """… and the problem is verified, on Thursday at noon."""
    investigated(play)
    also = {"circular": circular} if desk(play) == "hr_admin" else {}
    return play.did("verify", desk(play), "2026-03-05T12:00", **also)


def found(play: Play, at: str = "2026-03-05T13:00", **fields: Any) -> Play:
    """… and an act of other_a on 1 March breaks a line of the table."""
    return play.did("find", desk(play), at, **without_nothing(FINDING | fields))


def broken(line: str, level: str = "") -> Play:
    """A verified grumble, or complaint of a level, in which a line of the table is found broken."""
    play = reviewed(complaint(level) if level else grumble())
    return found(play, broken=[line], **EVIDENCE.get(line, {})) if line not in SETTLED else settled_late(play, line)


#: What some lines want to be written besides.
EVIDENCE: dict[str, dict[str, Any]] = {"reception": {"rings": "4"}, "hotline_pickup": {"rings": "4"}}
SETTLED = ("business_settlement",)


def settled_late(play: Play, line: str) -> Play:
    """… where the works were settled on working day 16."""
    dates = {"works_accepted_on": "2026-02-02", "settled_at": "2026-03-02T09:00"}
    return found(play.did("state_settlement", desk(play), "2026-03-05T12:30", **dates), broken=[line])


def head_found(play: Play, failing: str, **fields: Any) -> Play:
    """… and a failing of the head of unit_a."""
    also = {"whose": "head", "broken": None, "responsible": None, "head_failing": failing, "act": f"head {failing}"}
    return found(play, **(also | fields))


def decided(play: Play, name: str = "points", at: str = "2026-03-06T10:00", **fields: Any) -> Play:
    """… proposed by the department and decided above it."""
    above = "hr_admin" if name in ("points", "head_points") else "company_leadership"
    return play.did(f"consequence.{name}", desk(play), at, **fields).did(f"consequence.{name}", above, at)


def improving(play: Play, *people: str) -> Play:
    """A grumble of which the review ended on Friday; other_a, or these, have to reflect."""
    decided(found(reviewed(play)), amount="20")
    return play.did("conclude", desk(play), "2026-03-06T11:00", responsible_people=list(people or ("other_a",)))
