"""How far a complaint under the general service system has come. March 2026, no holiday in it."""

from typing import Any

from tests.rules.packs.playing import Play

PACK = "generic-service-system"
INTAKE: dict[str, Any] = {
    "channel": "on_site",
    "customer_name": "李先生",
    "contact": "13900000000",
    "what": "办理业务时排队两个小时,窗口只开了一个,无人解释原因。",
    "complained_at": "2026-03-02T09:50",
    "place": "城东营业厅",
}


def collected(play: Play | None = None, at: str = "2026-03-02T10:00", **fields: Any) -> Play:
    """A complaint, collected on Monday 2 March at ten."""
    return (play or Play(PACK)).did("open.complaint", "service", at, **(INTAKE | fields))


def verified(play: Play | None = None) -> Play:
    """… and verified at eleven."""
    return collected(play).did("verify", "service", "2026-03-02T11:00", confirmed=True, verified_how="调阅监控")


def classified(sort: str = "staff", validity: str = "effective", play: Play | None = None) -> Play:
    """… and classified at noon."""
    why = {"invalid_why": "facts_disproved"} if validity == "invalid" else {}
    return verified(play).did("classify", "service", "2026-03-02T12:00", sort=sort, validity=validity, **why)


def decided(play: Play | None = None) -> Play:
    """… and decided by the desk for staff on Wednesday at nine."""
    play = classified(play=play).did("handle", "service", "2026-03-02T14:00")
    return play.did("decide", "staff_desk", "2026-03-04T09:00", adopted=True, result="加开两个窗口")


def fed_back(play: Play | None = None) -> Play:
    """… and fed back on Thursday 5 March at nine."""
    fields: dict[str, Any] = {"told_by": ["phone"], "told_what": "已加开两个窗口"}
    return decided(play).did("feed_back", "service", "2026-03-05T09:00", **fields)


def followed_up(play: Play | None = None) -> Play:
    """… with the customer's score, and confirmed as done on Friday."""
    play = fed_back(play).did("task.satisfaction", "service", "2026-03-06T09:00", score=4)
    return play.did("confirm_done", "service", "2026-03-06T10:00", done_how="现场三个窗口")
