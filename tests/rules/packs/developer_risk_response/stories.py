"""How far a leak in thirty homes has come. It is found on Monday 2 March 2026."""

from typing import Any

from rules.directory import Directory
from tests.rules.packs.playing import Play

PACK = "developer-risk-response"
GM, HEAD, LEADER = "worker_a", "customer_relations_head", "centre_gm"
EVENT: dict[str, Any] = {
    "belongs_to": "regional_company",
    "project": "P-7",
    "project_gm": GM,
    "risk_source": "地下室渗漏",
    "assessment": "涉及30户",
    "customer_state": "unaware",
    "imminent": False,
}
COMPLAINT: dict[str, Any] = {
    "obtained_at": "2026-03-02T15:00",
    "obtained_unit": "unit_b",
    "manner": "orally",
    "wants": ["compensation"],
    "complainant": "钱女士",
}
PLAN: dict[str, Any] = {
    "decision": "统一维修",
    "plan": "一个月内完成",
    "executable": True,
    "company_cost": "12000.00",
    "customer_effect": "恢复使用",
}
FINISH: dict[str, Any] = {
    "calmed": True,
    "major_risk": False,
    "talks_over": True,
    "outbreak_possible": False,
    "main_responsible": GM,
}


def risk(
    at: str = "2026-03-02T10:00",
    beside: Play | None = None,
    directory: Directory | None = None,
    **fields: Any,
) -> Play:
    """A risk that somebody has seen; a field of None is left out."""
    play = beside.beside() if beside else Play(PACK, directory)
    given = {name: value for name, value in (EVENT | fields).items() if value is not None}
    return play.did("open.event", "other_b", at, **given)


def complained(at: str = "2026-03-02T15:05", **fields: Any) -> Play:
    """A complaint that unit_b heard of at three and entered five minutes later."""
    return risk(at, **(COMPLAINT | {"customer_state": "protesting"} | fields))


def responded(**fields: Any) -> Play:
    """… with a whole response at half past three."""
    play = complained(**fields).did("contact", "head_b", "2026-03-02T15:20", reached=True, said="已说明")
    return play.did("name_contact", "head_b", "2026-03-02T15:30", contact_person="other_a", told_by="talk")


def approved(by: str = GM, plan: dict[str, Any] | None = None, **fields: Any) -> Play:
    """… with a plan that the regional leader has approved."""
    play = responded(**fields).did("plan", by, "2026-03-03T10:00", **(PLAN | (plan or {})))
    return play.did("approval.plan", LEADER, "2026-03-03T11:00", verdict="given")


def agreed(yes: int = 2, no: int = 1, by: str = GM, **fields: Any) -> Play:
    """… so many owners accept, so many do not."""
    play = approved(by, **fields)
    for each in range(yes + no):
        answer: dict[str, Any] = {"house_number": f"1-{each}", "accepts": each < yes}
        play.did("negotiate", by, "2026-03-04T10:00", **answer)
    return play


def finished() -> Play:
    """… finished on the 5th."""
    return agreed().did("finish", HEAD, "2026-03-05T10:00", **FINISH)
