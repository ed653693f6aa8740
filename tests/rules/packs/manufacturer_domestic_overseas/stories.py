"""How far a complaint under the rules for home and abroad has come. March 2026, no holiday in it; accepted on Monday the 2nd."""

from typing import Any

from tests.rules.packs.playing import Play

PACK = "manufacturer-domestic-overseas"
FILE = {"name": "letter.pdf", "sha256": "0" * 64, "size": 10}
INTAKE: dict[str, Any] = {
    "channel": "phone",
    "directness": "direct",
    "situation": "到货500件中有裂纹",
    "taken_in_by": "other_department",
    "receiving_unit": "unit_a",
    "receiver": "worker_a",
}
LOCAL = {"local_solution": "重开发票", "local_reply": "发票已重开"}
NOTE = {"content": "100件中3件开裂", "complainant": "王先生 13900000000"}
LETTER: dict[str, Any] = {"letter_scan": FILE, "letter_dated": "2026-02-27"}
PASSING = {"passed_on_why": "not_our_remit", "explained": "将由市场部处理", "explained_at": "2026-03-02T09:20"}
NOTICE = {"notified_unit": "unit_b", "asked_action": "三日内查明原因"}
PROPOSAL: dict[str, Any] = {
    "proposed_unit": "unit_a",
    "proposed_persons": ["worker_a", "other_a"],
    "options": ["更换20件", "退款"],
}
DECISION = {"method": "退款", "responsible_unit": "unit_b"}
CARRIED_OUT = {"carried_out_on": "2026-03-12", "carried_out": "已退款"}
REVISIT: dict[str, Any] = {"satisfaction": "satisfied", "revisit_result": "满意", "mentions": ["packaging"]}
PLAN: dict[str, Any] = {"actions": ["加厚外箱"], "finished_by": "2026-03-16"}


def received(play: Play | None = None, **fields: Any) -> Play:
    """A complaint that a clerk of another department has taken in at nine."""
    return (play or Play(PACK)).did("open.complaint", "worker_a", "2026-03-02T09:00", **(INTAKE | fields))


def resolved() -> Play:
    """… that the department has solved itself at ten."""
    return received().did("resolve", "worker_a", "2026-03-02T10:00", **LOCAL)


def forwarded(play: Play | None = None, **fields: Any) -> Play:
    """… noted, and passed on to Marketing at half past nine."""
    play = received(play, **fields).did("note", "worker_a", "2026-03-02T09:15", **NOTE)
    return play.did("forward", "worker_a", "2026-03-02T09:30", **PASSING)


def examined(ground: str = "quality_defect", play: Play | None = None, **fields: Any) -> Play:
    """… with its ground examined."""
    return forwarded(play).did("examine", "marketing", "2026-03-02T09:50", ground=ground, **fields)


def accepted(region: str = "home", play: Play | None = None) -> Play:
    """… accepted on 2 March at ten."""
    return examined(play=play).did("accept", "marketing", "2026-03-02T10:00", region=region)


def investigated(region: str = "home", play: Play | None = None) -> Play:
    """… with the notice of handling sent to production at noon."""
    return accepted(region, play).did("issue_notice", "marketing", "2026-03-02T12:00", **NOTICE)


def verified() -> Play:
    """… verified on the 4th."""
    return investigated().did("verify", "head_b", "2026-03-04T10:00", found="退火不足")


def proposed() -> Play:
    """… with Marketing's proposal of the 6th."""
    return verified().did("propose", "marketing", "2026-03-06T09:00", **PROPOSAL)


def checked() -> Play:
    """… which the deputy general manager has checked on the 7th."""
    return proposed().did("approval.proposal", "deputy_gm", "2026-03-07T09:00", verdict="given")


def reported() -> Play:
    """… reported upward on the 8th."""
    return checked().did("report_up", "head_b", "2026-03-08T09:00", reported="调查报告")


def decided(**fields: Any) -> Play:
    """… reviewed and decided by the general manager on the 9th: production is responsible."""
    play = reported().did("review", "general_manager", "2026-03-09T09:00", reviewed="属实")
    return play.did("decide", "general_manager", "2026-03-09T10:00", **(DECISION | fields))


def handled() -> Play:
    """… carried out on the 12th, answered on the 13th, and concluded."""
    play = decided().did("carry_out", "head_b", "2026-03-12T09:00", **CARRIED_OUT)
    play.did("reply", "marketing", "2026-03-13T09:00", answer="已退款")
    return play.did("conclude", "marketing", "2026-03-13T10:00")


def closed() -> Play:
    """… revisited and closed on the 20th."""
    play = handled().did("task.revisit", "marketing", "2026-03-20T09:00", **REVISIT)
    return play.did("close", "marketing", "2026-03-20T10:00")


def improving() -> Play:
    """A plan for an improvement that the general manager's decision has asked for, submitted on the 10th."""
    play = decided(weakness="外箱过薄", plan_author="other_b").linked("improvement", "2026-03-09T10:01")
    return play.did("submit_plan", "other_b", "2026-03-10T09:00", **PLAN)


def confirming() -> Play:
    """… approved, carried out on the 16th, its effect to be confirmed."""
    play = improving().did("approval.plan", "deputy_gm", "2026-03-11T09:00", verdict="given")
    play.did("start_plan", "other_b", "2026-03-11T10:00")
    return play.did("report_done", "other_b", "2026-03-16T17:00", done_on="2026-03-16", done_what="已加厚")


def summarising(play: Play | None = None, period: str = "2026-03", at: str = "2026-04-01T00:00") -> Play:
    """A summary that is due."""
    return (play or Play(PACK)).did("open.summary", "marketing", at, period=period)
