"""How far a complaint of a property customer has come. March 2026; the pack has no clock, so nothing hangs on the hour."""

from typing import Any

from tests.rules.packs.playing import Play

PACK = "property-three-class"
#: The centre, and who manages it; the department of a professional line; the department complained about.
CENTRE, MANAGER = "unit_a", "head_a"
LINE, LINE_HEAD = "unit_b", "head_b"
CLEANING, CLEANING_HEAD = "customer_service_dept", "head_of_customer_service"
ABOVE = ("company_level", "head_company", "estate_company")
INTAKE: dict[str, Any] = {
    "centre": CENTRE,
    "taken_in_at": "centre_level",
    "received_visitor": True,
    "customer_name": "周女士",
    "contact": "13600000000",
    "what": "楼道下水堵塞,两天无人处理。",
    "about": ["other_matter"],
    "written": False,
    "complainants": 1,
    "exposure": "not_likely",
    "reputation": "no_harm",
    "injury": False,
    "large_loss": False,
    "lawyers_letter": False,
    "claims": False,
    "passed_on_by": "customer_self",
}
OUTCOME = {"found": "属实", "remedy": "当日疏通"}
EVALUATION = {"guided_how": "指导一次", "supervised_how": "现场查看", "evaluation": "合格"}


def desk_of(play: Play) -> str:
    """Who has taken it in."""
    return "customer_service" if play.state.fields["taken_in_at"] == "centre_level" else "operations"


def registered(play: Play | None = None, at: str = "2026-03-02T10:00", **fields: Any) -> Play:
    """A complaint that somebody has registered at ten; above the centre its line is named."""
    given = INTAKE | fields
    if given["taken_in_at"] in ABOVE:
        given = {"line_unit": LINE} | given
    by = "customer_service" if given["taken_in_at"] == "centre_level" else "operations"
    return (play or Play(PACK)).did("open.complaint", by, at, **given)


def received(play: Play | None = None, **fields: Any) -> Play:
    """… and received; above the centre also by the department of the line."""
    play = registered(play, **fields)
    play.did("receive", desk_of(play), "2026-03-02T10:10")
    if play.state.fields["taken_in_at"] in ABOVE:
        play.did("task.receipt", LINE_HEAD, "2026-03-02T11:00")
    return play


def classed(grade: str = "", why: str = "", play: Play | None = None, **fields: Any) -> Play:
    """… and put into a class by the manager: as proposed, if none is named."""
    play = received(play, **fields)
    chosen = {"grade": grade or play.state.proposed["grade"]} | ({"grade_why": why} if why else {})
    return play.did("classify", MANAGER, "2026-03-02T14:00", **chosen)


def handler_of(play: Play) -> str:
    """Who handles it."""
    if play.state.classes["grade"] == "class_1":
        return MANAGER
    return CLEANING_HEAD if "about_unit" in play.state.fields else "customer_service"


def settled(play: Play | None = None, **fields: Any) -> Play:
    """A complaint of class two or three whose handling is at an end."""
    play = classed(play=play, **fields)
    return play.did("settle", handler_of(play), "2026-03-03T09:00", **OUTCOME)


def submitted(**fields: Any) -> Play:
    """A complaint of class one, or from above the centre, on which the leaders have to rule."""
    play = classed(**fields)
    if play.state.fields["taken_in_at"] in ABOVE:
        play.did("task.opinion", LINE_HEAD, "2026-03-02T16:00", opinion="更换轿厢照明")
    return play.did("submit", handler_of(play), "2026-03-03T09:00", **OUTCOME)


def ruled(**fields: Any) -> Play:
    """… and they have."""
    play = submitted(**fields).did("approval.ruling", "company_leaders", "2026-03-04T09:00", verdict="given")
    return play.did("release", desk_of(play), "2026-03-04T10:00")


def looked_after(play: Play, content: bool = True) -> Play:
    """A complaint after its handling, followed up, revisited and evaluated."""
    play.did("follow_up", desk_of(play), "2026-03-05T09:00", followed_up=True)
    play.did("revisit", "customer_service", "2026-03-05T10:00", revisited=True, content=content, feedback="已修好")
    return play.did("evaluate", MANAGER, "2026-03-05T11:00", **EVALUATION)


def ended(play: Play | None = None, content: bool = True, **fields: Any) -> Play:
    """A complaint of a centre that is closed."""
    return looked_after(settled(play, **fields), content).did("close", "customer_service", "2026-03-06T09:00")
