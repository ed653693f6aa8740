"""How far a complaint about seed has come. It begins on Monday 2 March 2026 at nine; worker_a handles it."""

from typing import Any

from tests.rules.packs.playing import Play

PACK = "seed-complaint-management"
HANDLER, SPECIALIST = "worker_a", "worker_b"
DAY = "2026-03-02T"
INTAKE: dict[str, Any] = {
    "channel": "oral",
    "customer": "C-17",
    "complainant": "周大田",
    "contact": "13800000000",
    "matter": "发芽率只有六成",
}
FACTS: dict[str, Any] = {
    "batch_number": "R7-26",
    "purchase_date": "2026-02-20",
    "purchase_place": "城东门店",
    "severity": "三亩缺苗",
}
DEMAND: dict[str, Any] = {"demand": "赔偿", "reason_found": "批次受潮", "advice": "补种"}
FORM: dict[str, Any] = FACTS | {"demand": "赔偿", "reason_found": "批次受潮"}
FOUND: dict[str, Any] = {"found": "批次受潮属实", "remedy": "explanation", "unreasonable": False}
REPORT: dict[str, Any] = {"product_details": "杂交水稻R7", "true_record": "现场缺苗三亩", "demanded": "3000"}
SITE: dict[str, Any] = {
    "site_facts": ["缺苗三亩"],
    "channels": ["邻居"],
    "complaint_said": "种子不发芽",
    "true_situation": "田间积水",
    "calm": True,
}
REVISIT: dict[str, Any] = {
    "satisfied": True,
    "revisited_on": "2026-03-10",
    "revisit_by": "phone",
    "listened": True,
    "let_vent": True,
    "took_part": True,
    "options": ["补种", "退货"],
}
RULED: dict[str, Any] = {"instruction": "限期整改", "responsible_unit": "unit_b", "rectify_by": "2026-03-20"}


def received(beside: Play | None = None, **fields: Any) -> Play:
    """A complaint that somebody of the company has registered."""
    play = beside.beside() if beside else Play(PACK)
    return play.did("open.complaint", "outsider", f"{DAY}09:00", **(INTAKE | fields))


def accepted(beside: Play | None = None, **fields: Any) -> Play:
    """… the Business Department has accepted it and named its handler."""
    return received(beside, **fields).did("accept", "business", f"{DAY}09:10", handler=HANDLER)


def registered(beside: Play | None = None, **fields: Any) -> Play:
    """… the handler has asked, has learned the demand, and has filled the form."""
    return on_form(accepted(beside, **fields))


def on_form(play: Play, at: str = f"{DAY}09:20") -> Play:
    """An accepted complaint, whose handler asks, learns and fills the form at one instant."""
    play.did("ask", HANDLER, at, **FACTS).did("learn", HANDLER, at, **DEMAND)
    return play.did("register", HANDLER, at, **FORM)


def classed(nature: str = "harm", content: str = "product_quality", **fields: Any) -> Play:
    """… the Business Department has classed it."""
    given = {"verified": True, "registered": True} if nature == "misconduct" else {}
    return registered(**fields).did("classify", "business", f"{DAY}09:30", content=content, nature=nature, **given)


def investigated(**fields: Any) -> Play:
    """… the Office investigates, with a specialist."""
    return classed(**fields).did("investigate", "office", f"{DAY}10:00", specialist=SPECIALIST)


def concluded(**fields: Any) -> Play:
    """… and has come to its findings."""
    return investigated().did("conclude", "office", f"{DAY}15:00", **(FOUND | fields))


def reported(remedy: str = "cash") -> Play:
    """… with evidence, and the leader has the report."""
    play = investigated().did("take_evidence", SPECIALIST, f"{DAY}14:00", evidence="苗情照片")
    play.did("conclude", "office", f"{DAY}15:00", **(FOUND | {"remedy": remedy}))
    return play.did("report_up", HANDLER, f"{DAY}15:30", **REPORT)


def approved(remedy: str = "cash") -> Play:
    """… and says yes."""
    return reported(remedy).did("approval.remedy", "leader", f"{DAY}16:00", verdict="given")


def resolved(**fields: Any) -> Play:
    """A complaint that was explained and resolved on the same day."""
    return concluded(**fields).did("resolve", HANDLER, f"{DAY}16:30", resolution="已补种")


def revisited(at: str = "2026-03-10T09:00", **fields: Any) -> Play:
    """… and the customer was asked again on Tuesday of the next week."""
    return resolved().did("revisit", HANDLER, at, **(REVISIT | fields))


def fed_back() -> Play:
    """… he has two opinions, which the handler has put into writing."""
    opinions = ["包装太大", "希望田间指导"]
    play = revisited("2026-03-11T09:00", opinions=opinions)
    return play.did("task.feedback", HANDLER, "2026-03-11T10:00", opinions=opinions)


def instructed(**fields: Any) -> Play:
    """… and the leader has given his instruction, with a date."""
    play = fed_back()
    return play.did("approval.feedback", "leader", "2026-03-12T09:00", verdict="given", **(RULED | fields))


def improving(**fields: Any) -> Play:
    """… and the department responsible has it."""
    play = instructed(**fields)
    return play.did("forward", HANDLER, "2026-03-12T10:00", archive_number="DA-26-1", suggestion="改小包装")


def dissatisfied() -> Play:
    """A complaint whose customer is not satisfied, opened anew."""
    play = revisited(satisfied=False)
    return play.did("supersede", HANDLER, "2026-03-10T10:00", matter="补种后仍缺苗")


def suspected(circumstance: str, **fields: Any) -> Play:
    """The accountability that the Office has opened out of a complaint, for a circumstance it suspects."""
    play = investigated().did("suspect", "office", f"{DAY}11:00", suspected=circumstance, **fields)
    return play.linked("suspicion", f"{DAY}11:00")


def verified(circumstance: str = "duty", **fields: Any) -> Play:
    """… and has verified, with the person and department responsible."""
    found = {"circumstance": circumstance, "responsible": ["worker_b"], "responsible_unit": "unit_b"} | fields
    text = {"other_text": "私自收款"} if circumstance == "other_problem" else {}
    return suspected(circumstance, **text).did("verify", "office", f"{DAY}14:00", **(text | found))


def proposed() -> Play:
    """… and has proposed a sanction."""
    return verified().did("propose", "office", f"{DAY}14:30")


def again(play: Play) -> Play:
    """A follow-up that goes the whole way, and whose customer is again not satisfied a week later."""
    at = "2026-03-17T09:00"
    on_form(play.did("accept", "business", at, handler=HANDLER), at)
    play.did("classify", "business", at, content="product_quality", nature="harm")
    play.did("investigate", "office", at, specialist=SPECIALIST).did("conclude", "office", at, **FOUND)
    play.did("resolve", HANDLER, at, resolution="再次补种")
    play.did("revisit", HANDLER, at, **(REVISIT | {"satisfied": False}))
    return play.did("supersede", HANDLER, "2026-03-17T10:00", matter="仍缺苗")
