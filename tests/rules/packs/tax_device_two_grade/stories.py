"""How far an enterprise's complaint has come. It is opened on Monday 2 March 2026 at ten; unit_a is the responsible unit."""

from typing import Any

from tests.rules.packs.playing import Play

PACK = "tax-device-two-grade"
#: Heads of the responsible unit and of the technical service unit, and who is responsible in the first.
UNIT_HEAD, SERVICE_HEAD, RESPONSIBLE = "head_a", "head_b", "worker_a"
INTAKE: dict[str, Any] = {
    "form": "orally",
    "about": "product",
    "complained_on": "2026-03-02",
    "enterprise": "E-0001",
    "contact": "13900000000",
    "content": "设备无法开票",
}
DATA: dict[str, Any] = {
    "enterprise_basics": "一般纳税人",
    "contract_from": "2026-01-01",
    "contract_to": "2026-12-31",
    "service_unit": "unit_b",
    "dispatched_on": "2026-01-15",
}
DEMAND: dict[str, Any] = {
    "demand": "更换设备",
    "grounds": "三次报修",
    "demand_confirmed": True,
    "grounds_confirmed": True,
}
#: Nothing of the lists, and nothing serious.
GRADING: dict[str, Any] = {"consequence_serious": False, "operating_trouble": False}
SERIOUS: dict[str, Any] = {"misconduct": ["charged_without_basis"]}
SHEET: dict[str, Any] = {
    "information": "设备无法开票",
    "way_of_handling": "上门更换",
    "responsible_unit": "unit_a",
    "responsible_people": [RESPONSIBLE],
}
FEEDBACK = {"cause": "主板故障", "self_examination": "巡检不足", "handled": "已更换"}
MEASURE = {"measure": "每季巡检", "measure_owner": "张工", "measure_due": "2026-03-20"}
DATES = {
    "checked_on": "2026-03-18",
    "executed_on": "2026-03-19",
    "supervised_on": "2026-03-20",
    "effect_confirmed_on": "2026-03-25",
}
OPINION = {"finding": "产品故障", "opinion": "免费更换", "signed_by": "marketing"}


def received(beside: Play | None = None, at: str = "2026-03-02T10:00", **fields: Any) -> Play:
    """A complaint that somebody has heard, in the world of another one if there is one."""
    play = beside.beside() if beside else Play(PACK)
    return play.did("open.complaint", "outsider", at, **(INTAKE | fields))


def confirmed(beside: Play | None = None, at: str = "2026-03-02T10:00") -> Play:
    """… whose data are checked and whose demand is confirmed."""
    play = received(beside, at).did("check_data", "marketing", at, **DATA)
    return play.did("confirm_demand", "marketing", at, **DEMAND)


def helped(beside: Play | None = None, at: str = "2026-03-02T10:00") -> Play:
    """… who is helped."""
    return confirmed(beside, at).did("help", "marketing", at, relief="借用备机")


def graded(beside: Play | None = None, at: str = "2026-03-02T10:00", **fields: Any) -> Play:
    """… and which is graded: general, where nothing else is said."""
    return helped(beside, at).did("grade", "marketing", at, **(GRADING | fields))


def assigned(beside: Play | None = None, at: str = "2026-03-02T11:00", unit: str = "unit_a", **fields: Any) -> Play:
    """… and assigned at eleven."""
    opened = at.replace("T11:00", "T10:00")
    return graded(beside, opened, **fields).did("assign", "marketing", at, **(SHEET | {"responsible_unit": unit}))


def reported(play: Play | None = None, at: str = "2026-03-04T09:00") -> Play:
    """… and reported back by the unit, on Wednesday."""
    return (play or assigned()).did("report_back", UNIT_HEAD, at, **FEEDBACK)


def verified(play: Play | None = None, at: str = "2026-03-04T10:00") -> Play:
    """… and confirmed by the customer."""
    return reported(play, at).did("verify", "marketing", at, customer_said="已能开票", customer_confirms=True)


def replied(play: Play | None = None, at: str = "2026-03-04T11:00") -> Play:
    """… and the result passed to him."""
    return verified(play, at).did("reply", "marketing", at, result="已更换")


def improved(play: Play | None = None, at: str = "2026-03-04T12:00") -> Play:
    """… with a measure that was followed to its effect."""
    play = replied(play, at).did("propose_measures", "marketing", at, measures=[MEASURE])
    return play.did("task.follow_measures", "marketing", at, **DATES)


def closed(play: Play | None = None, at: str = "2026-03-05T09:00", corrected: bool = False) -> Play:
    """… with its opinion report, and closed."""
    return (
        improved(play, at)
        .did("issue_opinion", "marketing", at, **OPINION)
        .did("close", "marketing", at, unit_corrected=corrected)
    )


def graded_as(play: Play) -> tuple[str, str]:
    """The case of the list, and the grade."""
    return play.state.classes["item"], play.state.classes["grade"]
