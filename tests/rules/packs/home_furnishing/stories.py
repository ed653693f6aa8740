"""How far complaints of a home furnishing company have come. March 2026, no holiday in it; 2 March is a Monday."""

from typing import Any

from tests.rules.packs.playing import Play

PACK = "home-furnishing"
BOOK: dict[str, Any] = {
    "channel": "phone",
    "complainant": "worker_b",
    "disputes": "handling_result",
    "event": "考勤扣款80元",
    "event_time": "2026-02-27T09:00",
    "responsible_person": "other_a",
    "course": "因公外出被記缺勤",
    "present_result": "扣款80元",
    "demand": "撤銷扣款",
    "telephone": "13800000000",
    "obvious": False,
}
REGISTER: dict[str, Any] = {
    "contract_number": "HT-88",
    "customer": "王女士",
    "address": "蘇州園區1號",
    "customer_phone": "13900000000",
    "complaint": "門延期9天送達",
    "wanted_solution": "賠償並儘快安裝",
    "category": "delivery_time",
    "on_site": False,
    "about_money": False,
    "other_company": False,
    "major_engineering": False,
}
DELIVERY: dict[str, Any] = {
    "responsibility": "生產延期",
    "department": "unit_a",
    "second_handler": "worker_a",
    "responsible_person": "other_a",
    "section": "no_check",
    "direct": False,
}
RESULT: dict[str, Any] = {"found": "排產延誤", "cause": "other_cause", "solution": "致歉並補償"}
DIRECT: dict[str, Any] = {"found": "排產延誤", "cause": "other_cause", "told": "下週送達"}
UPWARD: dict[str, Any] = {"department": "unit_a", "attribution_basis": "考勤由該部門登記", "course_found": "查看外出單"}
DETERMINED: dict[str, Any] = {"determination": "撤銷扣款", "basis": "外出單有效"}
ORDER: dict[str, Any] = {
    "order_number": "DD-88",
    "product_model": "M-1",
    "quantity": 2,
    "delivery_date": "2026-03-20",
}
CONSENT: dict[str, Any] = {
    "complex_why": "需重新定制",
    "agreed_time": "2026-03-12T18:00",
    "consent_by": "王女士",
    "consent_at": "2026-03-02T09:25",
    "consent_how": "phone",
}
PENALTY: dict[str, Any] = {"punished": ["other_a"], "offence": "A1"}
CONDUCT: dict[str, Any] = {
    "accused_kind": "employee_self",
    "staff": "other_a",
    "staff_kind": "measuring_master",
    "matter": "bad_attitude",
    "verified": True,
    "media": False,
    "harm": False,
    "loss": "0.00",
    "conduct_basis": "通話錄音",
}
DEALER: dict[str, Any] = {"accused_kind": "dealer_shop", "dealer": "D1", "staff": None, "staff_kind": None}


def registered(play: Play | None = None, at: str = "2026-03-02T09:00", **fields: Any) -> Play:
    """A customer's complaint, registered on Monday 2 March at nine."""
    return (play or Play(PACK)).did("open.customer", "first_handler", at, **(REGISTER | fields))


def delivered(play: Play | None = None, at: str = "2026-03-02T09:20", **fields: Any) -> Play:
    """… delivered to the second handler at 9:20."""
    return (play or registered()).did("deliver", "first_handler", at, **(DELIVERY | fields))


def reported(play: Play | None = None, at: str = "2026-03-02T09:40", **fields: Any) -> Play:
    """… whose result the second handler reported at 9:40."""
    return (play or delivered()).did("report_result", "worker_a", at, **(RESULT | fields))


def replied(play: Play | None = None, entered: str = "2026-03-02T09:45", at: str = "2026-03-02T09:46") -> Play:
    """… entered in the register and replied to the customer."""
    play = (play or reported()).did("enter_result", "first_handler", entered, result="致歉並補償")
    return play.did("reply", "first_handler", at, told="致歉並補償")


def revisited(play: Play | None = None) -> Play:
    """… and revisited on Friday 6 March."""
    return (play or replied()).did("revisit", "first_handler", "2026-03-06T10:00", content=True, revisit_note="滿意")


def escalated(play: Play | None = None, at: str = "2026-03-02T11:00") -> Play:
    """A customer's complaint that went to the top leader at eleven."""
    return (play or delivered()).did("escalate", "worker_a", at, top_leader="head_b", unsolved="部門無權處理")


def determined_conduct(play: Play | None = None, at: str = "2026-03-06T11:00", **fields: Any) -> Play:
    """… with what HR determined of somebody's conduct."""
    given = {name: value for name, value in (CONDUCT | fields).items() if value is not None}
    return (play or revisited()).did("determine_conduct", "hr", at, **given)


def noted(play: Play | None = None, at: str = "2026-03-02T10:00", **fields: Any) -> Play:
    """An employee's complaint, noted on Monday 2 March at ten."""
    return (play or Play(PACK)).did("open.employee", "employee_handler", at, **(BOOK | fields))


def reported_up(play: Play | None = None, at: str = "2026-03-02T16:00") -> Play:
    """… reported upward with its evidence at four."""
    play = (play or noted()).did("add_evidence", "employee_handler", at, evidence="外出單")
    return play.did("report_up", "employee_handler", at, **UPWARD)


def determined(play: Play | None = None, **fields: Any) -> Play:
    """… determined on Tuesday."""
    return (play or reported_up()).did("determine", "hr_manager", "2026-03-03T10:00", **(DETERMINED | fields))


def informed(play: Play | None = None, at: str = "2026-03-04T10:00") -> Play:
    """… and told to both on Wednesday."""
    told = {"complainant_told": "2026-03-04T09:00", "responsible_told": "2026-03-04T09:30"}
    return (play or determined()).did("inform", "employee_handler", at, **told)


def talked(play: Play | None = None) -> Play:
    """… and talked over by the head of the department."""
    fields = {"contact_date": "2026-03-04", "contact_said": "已溝通"}
    return (play or informed()).did("task.contact", "head_a", "2026-03-04T11:00", **fields)


def appealed(play: Play, by: str = "other_a", at: str = "2026-03-05T09:00") -> Play:
    """The review that one of the parties asks for on Thursday 5 March."""
    fields = {"complainant": "worker_b", "responsible_person": "other_a", "grounds": "不服判定"}
    return play.beside().did("open.review", by, at, reviewed_case=play.state.case_id, **fields)


def again(play: Play, at: str = "2026-03-09T09:00", **fields: Any) -> Play:
    """The same customer complains again on Monday 9 March, and the handler links it."""
    other = registered(play.beside(), at)
    given: dict[str, Any] = {"first_case": play.state.case_id, "repeat_cause": "late", "serious": False}
    return other.did("link_repeat", "first_handler", at, **(given | fields))


def again_employee(play: Play, at: str = "2026-03-09T09:00", **fields: Any) -> Play:
    """The same employee complains again on Monday 9 March, and the handler links it."""
    other = noted(play.beside(), at)
    given: dict[str, Any] = {"first_case": play.state.case_id, "repeat_cause": "late", "serious": False}
    return other.did("link_again", "employee_handler", at, **(given | fields))


def with_rules(play: Play | None = None, amount: str = "", most: str = "") -> Play:
    """A play in whose company the reward and punishment rules are entered."""
    play = play or Play(PACK)
    play.answers["table:reward_punishment:A1"] = [{"gives": {"amount": amount}}] if amount else []
    play.answers["table:penalty_authority:hr_manager"] = [{"gives": {"most": most}}] if most else []
    return play


def punished(amount: str, most: str = "") -> Play:
    """A determination with a penalty of the rules, proposed by HR, and told to both."""
    play = informed(determined(reported_up(noted(with_rules(amount=amount, most=most))), **PENALTY))
    return play.did("consequence.rule_penalty", "hr", "2026-03-04T12:00")
