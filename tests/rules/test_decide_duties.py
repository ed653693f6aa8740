"""Tasks, approvals and gates: only who was asked, four eyes, a new copy lapses the verdict."""

import pytest

from rules.conditions import Condition
from rules.refusing import said
from rules.values import AboveValue, ClockValue, FactValue, FieldValue, Gap, TableValue, Value
from tests.rules.corner_shop import Play

pytestmark = pytest.mark.pure


def code(refusal: object) -> str:
    return getattr(refusal, "code", "")


def proposed(amount: str = "600.00") -> Play:
    play = Play().accepted()
    assert play.do("step.propose", "handler", "2026-03-02T11:00", compensation=amount) is None
    return play


def test_a_task_is_given_answered_once_and_opens_its_gate() -> None:
    play = Play().accepted(topic="service")
    assert "task.statement" in play.outcome.face.open_steps if play.outcome else False
    assert code(play.do("task.statement", "clerk", "2026-03-02T11:00", happened="x")) == "wrong_role"
    assert code(play.do("task.statement", "head", "2026-03-02T11:00")) == "fields_wrong"
    assert play.do("task.statement", "head", "2026-03-02T11:00", happened="x") is None
    assert code(play.do("task.statement", "head", "2026-03-02T12:00", happened="x")) == "step_not_open"
    assert play.do("step.reply", "handler", "2026-03-02T12:00", reply="sorry", polite=True) is None


def test_a_task_that_nobody_was_given_closes_no_gate() -> None:
    assert Play().accepted().do("step.reply", "handler", "2026-03-02T12:00", reply="sorry", polite=True) is None


@pytest.mark.parametrize(
    ("amount", "asked"),
    [
        pytest.param("499.99", False, id="CS-6 below the limit"),
        pytest.param("500.00", False, id="CS-6 the limit itself is not above it"),
        pytest.param("500.01", True, id="CS-6 above the limit"),
    ],
)
def test_an_approval_is_asked_above_the_limit_of_the_table(amount: str, asked: bool) -> None:
    play = proposed(amount)
    assert ("compensation" in play.state.approvals) is asked
    refusal = play.do("step.reply", "handler", "2026-03-02T12:00", reply="sorry", polite=True)
    assert code(refusal) == ("gate_closed" if asked else "")


def test_an_approval_that_is_given_opens_the_gate() -> None:
    play = proposed()
    assert play.do("approval.compensation", "leader", "2026-03-02T12:00", verdict="given") is None
    assert play.do("step.reply", "handler", "2026-03-02T13:00", reply="sorry", polite=True) is None


def test_whoever_proposed_never_approves_even_when_he_stands_in_for_the_leader() -> None:
    play = proposed().with_absence("leader", "handler")
    assert code(play.do("approval.compensation", "handler", "2026-03-02T12:00", verdict="given")) == "own_proposal"
    assert play.do("approval.compensation", "gm", "2026-03-02T12:00", verdict="given") is None


def test_the_substitute_of_the_approver_signs_and_both_are_named() -> None:
    play = proposed().with_absence("leader", "deputy")
    assert play.do("approval.compensation", "deputy", "2026-03-02T12:00", verdict="given") is None
    given = play.events("approval_given")[0]
    assert (given.by, given.data["for"]) == ("deputy", "leader")


def test_a_verdict_is_given_or_returned_and_returning_needs_a_reason() -> None:
    play = proposed()
    assert code(play.do("approval.compensation", "leader", "2026-03-02T12:00")) == "fields_wrong"
    assert code(play.do("approval.compensation", "leader", "2026-03-02T12:00", verdict="maybe")) == "fields_wrong"
    assert code(play.do("approval.compensation", "leader", "2026-03-02T12:00", verdict="returned")) == "fields_wrong"
    assert play.do("approval.compensation", "leader", "2026-03-02T12:00", verdict="returned", reason="too much") is None
    assert play.state.approvals["compensation"].status == "returned"


def test_a_new_copy_of_the_form_lapses_the_verdict_and_asks_again() -> None:
    play = proposed()
    assert play.do("approval.compensation", "leader", "2026-03-02T12:00", verdict="given") is None
    assert play.do("step.propose", "handler", "2026-03-02T13:00", compensation="900.00") is None
    assert [entry.event for entry in play.entries[-2:]] == ["approval_lapsed", "approval_asked"]
    assert code(play.do("step.reply", "handler", "2026-03-02T14:00", reply="sorry", polite=True)) == "gate_closed"


def test_a_closed_gate_says_what_would_open_it() -> None:
    play = proposed()
    refusal = play.do("step.reply", "handler", "2026-03-02T12:00", reply="sorry", polite=True)
    assert refusal is not None
    assert refusal.params["wanted"] == [{"fact": "approval.compensation", "is": "given"}]


def test_a_condition_is_said_with_all_its_parts() -> None:
    either = Condition(any=(Condition(field="a", at_least="5"), Condition(not_=(Condition(fact="b", is_="x"),))))
    assert said(either) == {"any": [{"field": "a", "at_least": "5"}, {"not": [{"fact": "b", "is": "x"}]}]}


@pytest.mark.parametrize(
    ("bound", "shown"),
    [
        (FieldValue("b"), "field.b"),
        (TableValue("limits", "most"), "table.limits.most"),
        (ClockValue("reply"), "clock.reply"),
        (FactValue("form.note"), "form.note"),
        (AboveValue("clerk"), "role.clerk"),
        (Gap("not given"), "not given"),
        (5, 5),
    ],
)
def test_a_condition_says_what_it_looks_up_by_its_name(bound: Value, shown: object) -> None:
    assert said(Condition(field="a", is_=bound)) == {"field": "a", "is": shown}
