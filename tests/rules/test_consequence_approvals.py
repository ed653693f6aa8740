"""Verdicts on what is proposed of a consequence: authority, four eyes, lapsing, going back."""

from typing import Any

import pytest

from tests.rules.workshop import Workshop

pytestmark = pytest.mark.pure

FINE, APPROVAL = "consequence.fine", "approval.fine"


def proposed(amount: str, *persons: str, **fields: Any) -> Workshop:
    """A case whose clerk has proposed a fine."""
    shop = Workshop().blamed(*persons)
    assert shop.do(FINE, "clerk", amount=amount, **fields) is None
    return shop


@pytest.mark.parametrize(("amount", "asked"), [("200", ["hr"]), ("200.01", ["general_manager"])])
def test_an_amount_above_the_authority_goes_one_level_up(amount: str, asked: list[str]) -> None:
    shop = proposed(amount, reason="影响大")
    (question,) = [each for each in shop.entries if each.event == "approval_asked"]
    assert question.data["asked"] == asked


def test_the_authority_is_for_the_sum_of_an_item() -> None:
    shop = proposed("120", "porter", "handler")
    assert shop.state.approvals["fine"].asked == ("general_manager",)


def test_who_may_not_approve_as_much_is_told_his_authority() -> None:
    shop = proposed("300", reason="影响大")
    refusal = shop.do(APPROVAL, "hr", verdict="given")
    assert refusal is not None
    assert (refusal.code, refusal.clause) == ("beyond_authority", ("W-2",))
    assert refusal.params == {"person": "hr", "amount": "300.00", "most": "200", "roles": ["general_manager"]}
    assert shop.code(APPROVAL, "handler", verdict="given") == "wrong_role"
    assert shop.do(APPROVAL, "gm", verdict="given") is None
    assert shop.amount("fine") == "300.00"


def test_who_proposed_never_approves() -> None:
    assert proposed("80").code(APPROVAL, "clerk", verdict="given") == "own_proposal"


def test_a_returned_proposal_goes_back_to_whoever_proposes_it() -> None:
    shop = proposed("80")
    assert shop.do(APPROVAL, "hr", verdict="returned", reason="太少") is None
    raised = shop.of("raised", "fine")[-1]
    assert (raised.data["lines"], raised.data["reason"], raised.data["low"]) == (
        [["person", "porter", None]],
        "太少",
        "30.00",
    )
    assert shop.do(FINE, "clerk", amount="90") is None
    assert shop.do(APPROVAL, "hr", verdict="given") is None
    assert shop.lines("decided", "fine") == [("porter", "90.00")]


def test_a_new_proposal_lapses_the_question_and_asks_anew() -> None:
    shop = proposed("80")
    assert shop.do(FINE, "clerk", amount="201", reason="又犯") is None
    assert [each.event for each in shop.entries if each.event.startswith("approval_")] == [
        "approval_asked",
        "approval_lapsed",
        "approval_asked",
    ]
    assert shop.state.approvals["fine"].asked == ("general_manager",)


def test_what_is_decided_is_not_proposed_again() -> None:
    shop = proposed("80")
    assert shop.do(APPROVAL, "hr", verdict="given") is None
    assert shop.code(FINE, "clerk", amount="90") == "step_not_open"
