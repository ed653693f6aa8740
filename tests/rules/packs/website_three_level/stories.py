"""How far a website user's complaint has come. Everything happens on Monday 2 March 2026."""

from typing import Any

from tests.rules.packs.playing import Play

PACK = "website-three-level"
INTAKE: dict[str, Any] = {
    "channel": "qq",
    "oral": False,
    "entry": "customer_service",
    "cause": "error",
    "harm": ["interest"],
    "user_name": "赵同学",
    "problem": "积分被扣除",
    "object": "积分规则",
}
FIRST = "worker_a"


def registered(at: str = "2026-03-02T10:00", by: str = "agent", **fields: Any) -> Play:
    """A complaint that came at ten."""
    return Play(PACK).did("open.complaint", by, at, **(INTAKE | fields))


def taken(**fields: Any) -> Play:
    """… taken by its first agent."""
    return registered(**fields).did("take", "agent", "2026-03-02T10:02", first_agent=FIRST)


def judged(*origins: str, grounds: Any = True, reasonable: Any = True, **fields: Any) -> Play:
    """… checked and judged."""
    play = taken(**fields).did("check", FIRST, "2026-03-02T10:05", checked="订单属实")
    found: dict[str, Any] = {"grounds": grounds, "reasonable": reasonable, "origins": list(origins)}
    return play.did("judge", FIRST, "2026-03-02T10:10", **found)


def explained() -> Play:
    """A complaint of level 1 that the first agent has explained."""
    return judged("own_misreading").did("explain", FIRST, "2026-03-02T10:20", explained="规则第三条", tactful=True)


def with_section() -> Play:
    """… the customer was not content at half past ten; the section has it."""
    play = explained().did("customer_word", FIRST, "2026-03-02T10:30", content=False)
    return play.did("report_to_section", FIRST, "2026-03-02T10:31")


def with_centre() -> Play:
    """… talking did not help; the centre has it."""
    play = with_section().did("talk", "section_manager", "2026-03-02T11:00", talked="客户不接受")
    play.did("customer_word", "section_manager", "2026-03-02T11:05", content=False)
    return play.did("ask_centre", "section_manager", "2026-03-02T11:10")


def consulted() -> Play:
    """… finance and product were asked about a voucher."""
    fields: dict[str, Any] = {"asked_departments": ["finance", "product"], "exception": "30元代金券"}
    return with_centre().did("consult", "centre_manager", "2026-03-02T14:00", **fields)


def opined() -> Play:
    """… and both have agreed."""
    play = consulted()
    for department in ("finance", "product"):
        play.did("task.opinion", "other_department", "2026-03-02T15:00", each=department, opinion="同意")
    return play


def apologised(*origins: str) -> Play:
    """A complaint of level 2 or 3 for which the first agent has apologised."""
    return judged(*origins).did("apologise", FIRST, "2026-03-02T10:20", apologised="电话致歉")


def reported(*origins: str, at_fault: tuple[str, ...] = (), **fields: Any) -> Play:
    """… reported to the centre by customer maintenance."""
    found: dict[str, Any] = {"findings": "属实", "at_fault": list(at_fault)}
    return apologised(*origins).did("report_to_centre", "maintenance", "2026-03-02T11:00", **(found | fields))
