"""A customer complains again, and who is fined for it, HF-7.2.1c, HF-7.2.1e, HF-7.2.2b, HF-7.2.3a, HF-7.2.3b."""

from typing import Any

import pytest

from tests.rules.packs.home_furnishing.stories import (
    CONSENT,
    RESULT,
    again,
    again_employee,
    delivered,
    determined,
    escalated,
    informed,
    noted,
    registered,
    replied,
    reported,
    reported_up,
    revisited,
)
from tests.rules.packs.playing import Play, for_clause

pytestmark = pytest.mark.pure

NOW = "2026-03-09T10:00"


def fined(play: Play) -> dict[str, tuple[str, str | None]]:
    """Whom a repeated complaint fines, and the amount where only one is possible, by consequence."""
    return {name: items[0].lines[0][1:] for name, items in play.state.consequences.items()}


def approved(play: Play, name: str, by: str = "general_manager") -> object:
    """What is decided of a proposed fine."""
    return play.did(f"approval.{name}", by, NOW, verdict="given").fact(f"consequence.{name}")


def found(at: str, told: str) -> Play:
    """A first complaint whose head of department investigates and replies at these instants."""
    play = delivered().did("head_finds", "head_a", at, head_found="f").did("head_replies", "head_a", told, **RESULT)
    return revisited(replied(play, told, told))


@for_clause("HF-7.2.1c")
@pytest.mark.parametrize(
    ("at", "told", "amount"),
    [
        ("2026-03-02T10:20", "2026-03-02T11:20", None),
        ("2026-03-02T10:20:01", "2026-03-02T11:20:01", 30),
        ("2026-03-02T10:20", "2026-03-02T11:20:01", 30),
    ],
    ids=["in_time", "investigated_late", "replied_late"],
)
def test_the_head_who_did_not_reply_in_time_pays_30_yuan(clause: str, at: str, told: str, amount: int | None) -> None:
    play = again(found(at, told))
    assert fined(play).get("late_reply_fine") == (("head_a", "30.00") if amount else None)
    assert play.cites(clause, "linked", "link.repeat")
    if amount:
        assert approved(play, "late_reply_fine") == amount


@for_clause("HF-7.2.1c")
def test_two_repeats_cost_sixty_yuan(clause: str) -> None:
    first = found("2026-03-02T10:20:01", "2026-03-02T11:20:01")
    assert sum(float(str(approved(again(first), "late_reply_fine"))) for _ in range(2)) == 60
    assert clause in first.pack.file.consequence["late_reply_fine"].clause


@for_clause("HF-7.2.1c")
@pytest.mark.parametrize(
    ("field", "value"), [("customer", "李先生"), ("contract_number", "HT-89"), ("category", "shipping")]
)
def test_another_customer_contract_or_matter_is_no_repeat(clause: str, field: str, value: str) -> None:
    first = reported()
    other = registered(first.beside(), "2026-03-09T09:00", **{field: value})
    given = {"first_case": first.state.case_id, "repeat_cause": "late", "serious": False}
    assert other.do("link_repeat", "first_handler", NOW, **given) == "link_refused"
    assert (clause in other.refused_by(), other.do("link_repeat", "second_handler", NOW, **given)) == (
        True,
        "unknown_person",
    )


@for_clause("HF-7.2.1c")
@pytest.mark.parametrize("cause", ["other_cause", "over_the_head"])
def test_lateness_that_did_not_lead_to_it_costs_nothing(clause: str, cause: str) -> None:
    play = again(found("2026-03-02T10:20:01", "2026-03-02T11:20:01"), repeat_cause=cause)
    assert (fined(play), play.cites(clause, "linked", "link.repeat")) == ({}, True)
    again_linked = {"first_case": "case-1", "repeat_cause": "late", "serious": False}
    assert play.do("link_repeat", "first_handler", NOW, **again_linked) == "step_not_open"
    delivered(play, NOW)
    assert play.do("link_repeat", "first_handler", NOW, **again_linked) == "step_not_open"


@for_clause("HF-7.2.1c")
@pytest.mark.parametrize("field", ["first_case", "repeat_cause", "serious"])
def test_a_repeat_says_of_what_and_why(clause: str, field: str) -> None:
    given: dict[str, Any] = {"first_case": "case-1", "repeat_cause": "late", "serious": False}
    play = registered(reported().beside(), "2026-03-09T09:00")
    left = {name: value for name, value in given.items() if name != field}
    assert play.do("link_repeat", "first_handler", NOW, **left) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({field}, True)


def complex_case() -> Play:
    """A first complaint for which a time was agreed with the customer."""
    return reported(delivered().did("agree_time", "worker_a", "2026-03-02T09:25", **CONSENT), "2026-03-12T18:00")


@for_clause("HF-7.2.1e")
@pytest.mark.parametrize(
    ("amount", "code"), [("49.99", "out_of_bounds"), ("50", ""), ("200", ""), ("200.01", "out_of_bounds")]
)
def test_a_complex_case_that_comes_again_costs_50_to_200_yuan_each(clause: str, amount: str, code: str) -> None:
    play = again(complex_case(), "2026-03-16T09:00", repeat_cause="complex", concerned=["worker_a", "head_a"])
    assert set(fined(play)) == {"complex_fine"}
    assert play.do("consequence.complex_fine", "hr_manager", "2026-03-16T10:00", amount=amount) == "wrong_role"
    assert play.do("consequence.complex_fine", "hr", "2026-03-16T10:00", amount=amount) == code
    if code:
        assert clause in play.refused_by()
        return
    play.did("approval.complex_fine", "general_manager", "2026-03-16T11:00", verdict="given")
    (decided,) = play.of("consequence_decided")
    assert [line[1:] for line in decided.data["lines"]] == [[who, f"{amount}.00"] for who in ("worker_a", "head_a")]


@for_clause("HF-7.2.1e")
def test_what_was_not_complex_is_not_fined_as_such(clause: str) -> None:
    play = again(found("2026-03-02T10:20:01", "2026-03-02T11:20:01"), repeat_cause="complex", concerned=["head_a"])
    assert fined(play) == {}
    other = registered(play.beside(), "2026-03-09T09:00")
    given = {"first_case": "case-1", "repeat_cause": "complex", "serious": False}
    assert other.do("link_repeat", "first_handler", NOW, **given) == "fields_wrong"
    assert (other.missing(), clause in other.refused_by()) == ({"concerned"}, True)


@for_clause("HF-7.2.1e")
def test_a_late_reply_to_a_complex_case_costs_no_second_fine(clause: str) -> None:
    late = delivered().did("agree_time", "worker_a", "2026-03-02T09:25", **CONSENT).until("2026-03-13T00:00")
    play = again(late, "2026-03-16T09:00", repeat_cause="complex", concerned=["head_a"])
    assert set(fined(play)) == {"complex_fine"}
    assert clause in play.pack.file.consequence["complex_fine"].clause


@for_clause("HF-7.2.2b")
@pytest.mark.parametrize(
    ("at", "amount"), [("2026-03-02T24:00", None), ("2026-03-03T00:00:01", "100.00")], ids=["in_time", "late"]
)
def test_the_top_leader_who_did_not_solve_it_on_the_day_pays_100_yuan(clause: str, at: str, amount: str | None) -> None:
    first = escalated(at="2026-03-02T16:00").did("leader_solves", "head_b", at, **RESULT)
    play = again(first)
    assert fined(play).get("leader_fine") == (("head_b", amount) if amount else None)
    if amount:
        assert approved(play, "leader_fine") == 100
        assert play.cites(clause, "consequence_decided", "consequence.leader_fine")
        assert "leader_fine" not in fined(again(first, repeat_cause="other_cause"))


def late_handler(which: str) -> Play:
    """A first complaint in which the first handler was late with one thing and with nothing else."""
    if which == "reply":
        return revisited(replied(at="2026-03-02T09:50:01"))
    if which == "asked_reply":
        play = reported(delivered(registered(asked_reply_time="2026-03-02T14:00")))
        return revisited(replied(play, "2026-03-02T09:41", "2026-03-02T14:00:01"))
    if which == "promised_reply":
        play = registered(on_site=True).did(
            "promise", "first_handler", "2026-03-02T09:20", promised_at="2026-03-02T14:00"
        )
        return revisited(
            replied(
                reported(delivered(play, "2026-03-02T09:21"), "2026-03-02T09:30"),
                "2026-03-02T09:31",
                "2026-03-02T14:00:01",
            )
        )
    return replied().until("2026-03-20T00:00")


@for_clause("HF-7.2.3a")
@pytest.mark.parametrize("which", ["reply", "asked_reply", "promised_reply", "revisit"])
@pytest.mark.parametrize(
    ("amount", "code"), [("29.99", "out_of_bounds"), ("30.00", ""), ("50.00", ""), ("50.01", "out_of_bounds")]
)
def test_a_handler_who_did_not_reply_or_revisit_in_time_pays_30_to_50_yuan(
    clause: str, which: str, amount: str, code: str
) -> None:
    play = again(late_handler(which), "2026-03-20T09:00")
    assert fined(play) == {"handler_fine": ("first_handler", None)}
    assert play.do("consequence.handler_fine", "hr", "2026-03-20T10:00", amount=amount) == code
    assert (
        clause in play.refused_by() if code else play.cites(clause, "consequence_proposed", "consequence.handler_fine")
    )
    if not code:
        play.did("approval.handler_fine", "general_manager", "2026-03-20T11:00", verdict="given")
        assert str(play.fact("consequence.handler_fine")) == amount


@for_clause("HF-7.2.3a")
def test_a_handler_in_time_pays_nothing(clause: str) -> None:
    play = again(revisited())
    assert fined(play) == {}
    assert fined(again(late_handler("revisit"), "2026-03-20T09:00", repeat_cause="other_cause")) == {}
    assert clause in play.pack.file.consequence["handler_fine"].clause


@for_clause("HF-7.2.3a")
@pytest.mark.parametrize(
    ("amount", "code"), [("29.99", "out_of_bounds"), ("30.00", ""), ("50.00", ""), ("50.01", "out_of_bounds")]
)
def test_the_handler_of_employees_pays_for_a_late_reply_too(clause: str, amount: str, code: str) -> None:
    play = again_employee(informed(at="2026-03-06T00:00:01"))
    assert fined(play)["employee_handler_fine"] == ("employee_handler", None)
    assert play.do("consequence.employee_handler_fine", "hr", NOW, amount=amount) == code
    assert clause in play.pack.file.consequence["employee_handler_fine"].clause
    if not code:
        assert approved(play, "employee_handler_fine") is not None


@for_clause("HF-7.2.3a")
def test_who_pays_for_the_report_of_the_day_does_not_pay_twice(clause: str) -> None:
    late = determined(reported_up(noted(), "2026-03-03T00:00:01"))
    play = again_employee(informed(late, at="2026-03-06T00:00:01"))
    assert set(fined(play)) == {"delay_fine_handler", "delay_fine_manager"}
    assert fined(again_employee(informed())) == {}
    assert fined(again_employee(informed(at="2026-03-06T00:00:01"), repeat_cause="other_cause")) == {}
    assert clause in play.pack.file.consequence["employee_handler_fine"].clause


@for_clause("HF-7.2.3b")
@pytest.mark.parametrize("employee", [False, True])
def test_serious_cases_go_by_the_rules_and_block_without_them(clause: str, employee: bool) -> None:
    first, repeated = (
        (informed(at="2026-03-06T00:00:01"), again_employee) if employee else (late_handler("revisit"), again)
    )
    given: dict[str, Any] = {"serious": True, "punished": ["first_handler"], "offence": "A7"}
    play = repeated(first, "2026-03-20T09:00", **given)
    assert set(fined(play)) - {"delay_fine_manager"} == {"serious_penalty"}
    assert fined(play)["serious_penalty"] == ("first_handler", None)
    assert (
        play.do("approval.serious_penalty", "general_manager", "2026-03-20T10:00", verdict="given") == "step_not_open"
    )
    assert clause in play.of("consequence_raised", "consequence.serious_penalty")[0].clause


@for_clause("HF-7.2.3b")
def test_a_serious_case_is_decided_once_the_rules_are_there(clause: str) -> None:
    first = late_handler("revisit")
    other = registered(first.beside(), "2026-03-20T09:00")
    other.answers["table:reward_punishment:A7"] = [{"gives": {"amount": "300"}}]
    given: dict[str, Any] = {"first_case": first.state.case_id, "repeat_cause": "late", "serious": True}
    assert other.do("link_repeat", "first_handler", "2026-03-20T09:00", **given) == "fields_wrong"
    assert (other.missing(), clause in other.refused_by()) == ({"punished", "offence"}, True)
    given |= {"punished": ["first_handler"], "offence": "A7"}
    other.did("link_repeat", "hr", "2026-03-20T09:00", **given)
    assert other.do("approval.serious_penalty", "hr_manager", "2026-03-20T10:00", verdict="given") == "beyond_authority"
    other.did("approval.serious_penalty", "general_manager", "2026-03-20T10:00", verdict="given")
    assert other.fact("consequence.serious_penalty") == 300
