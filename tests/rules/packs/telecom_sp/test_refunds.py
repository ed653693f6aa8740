"""Fees that came of a breach: removed in the month of billing, else refunded under a settlement hold, MN-18a to MN-18e."""

import pytest

from tests.rules.packs.playing import Play, around_the_limit, for_clause
from tests.rules.packs.telecom_sp.stories import (
    DESK,
    SP,
    admitted,
    characterised,
    contested,
    held,
    penalised,
    published,
    refunded,
)

pytestmark = pytest.mark.pure


def pay(play: Play, receipt: str, amount: str, how: str = "deducted") -> Play:
    """A deduction from the settlement, or a payment."""
    return play.did(
        "enter_payment", "billing", "2026-04-10T10:00", receipt_no=receipt, paid_how=how, paid_amount=amount
    )


@for_clause("MN-18a", "MN-18b")
@pytest.mark.parametrize(
    ("billed_on", "status"), [("2026-03-01", "met"), ("2026-02-28", "missed"), ("2025-12-31", "missed")]
)
def test_verified_in_the_month_of_billing_or_not(clause: str, billed_on: str, status: str) -> None:
    play = admitted(billed_on=billed_on)
    assert play.status("same_month") == status
    assert bool(play.of("linked", "link.held_by")) is (status == "missed")
    assert clause in play.pack.file.clock["same_month"].clause
    assert admitted().of("linked", "link.held_by") == []


@for_clause("MN-18a", "MN-18b")
@pytest.mark.parametrize(("at", "holds"), [("2026-03-31T24:00", False), ("2026-04-01T00:00:01", True)])
def test_the_month_ends_at_its_last_midnight(clause: str, at: str, holds: bool) -> None:
    play = published(at="2026-03-30T15:00", billed_on="2026-03-30")
    play.did("answer", SP, "2026-03-31T10:00", position="admit", explanation="e", contact_person="c")
    play.did("check_format", DESK, "2026-03-31T11:00", in_annex_1=True, in_annex_2=True)
    play.did("verify", DESK, "2026-03-31T12:00").until(at)
    play.did("confirm_breach", DESK, at, verified_by="系统记录")
    assert bool(play.of("linked", "link.held_by")) is holds
    assert play.cites(clause, "clock_started", "clock.same_month")


@for_clause("MN-18b")
def test_a_breach_by_default_holds_the_settlement_too(clause: str) -> None:
    play = published(at="2026-03-30T15:00", billed_on="2026-03-30").until("2026-04-03T00:00:01")
    assert play.cites(clause, "linked", "link.held_by")
    hold = play.linked("held_by", "2026-04-03T00:00:01")
    assert (hold.state.stage, hold.state.fields["sp"], hold.due("refunds")) == ("held", "unit_a", "2026-05-01T00:00:00")
    soon = published(billed_on="2026-03-01").until("2026-03-11T00:00:01")
    assert (soon.status("same_month"), soon.of("linked", "link.held_by")) == ("met", [])


@for_clause("MN-18a")
def test_the_fees_of_each_customer_are_removed(clause: str) -> None:
    play = penalised(admitted(billed_on="2026-03-01"))
    out = play.beside().did("open.publication", DESK, "2026-03-01T00:00").state.case_id
    assert play.do("publish", DESK, "2026-03-24T10:00", publication=out) == "gate_closed"
    assert play.refused("gate_closed", clause)
    for number in range(40):
        play.did("remove_fee", "billing", "2026-03-12T10:00", charged_number=f"C{number}", fee_removed="8.00")
    assert (play.fact("count.removed"), play.state.copies["removal"]) == (320, 40)
    assert (
        play.do("remove_fee", "billing", "2026-03-12T11:00", charged_number="C1", fee_removed="8.00") == "fields_wrong"
    )
    play.did("publish", DESK, "2026-03-24T10:00", publication=out)
    assert play.cites(clause, "moved", "step.remove_fee")


@for_clause("MN-18a")
@pytest.mark.parametrize("lacks", ["charged_number", "fee_removed"])
def test_a_removal_names_customer_and_fee(clause: str, lacks: str) -> None:
    play, fields = characterised(admitted(billed_on="2026-03-01")), {"charged_number": "C1", "fee_removed": "8.00"}
    del fields[lacks]
    assert play.do("remove_fee", "billing", "2026-03-12T10:00", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({lacks}, True)


@for_clause("MN-18a")
def test_where_the_settlement_is_held_nothing_is_removed(clause: str) -> None:
    for billed_on in ("2026-02-20", None):
        play = characterised(admitted(billed_on=billed_on))
        fields = {"charged_number": "C1", "fee_removed": "8.00"}
        assert play.do("remove_fee", "billing", "2026-03-12T10:00", **fields) == "gate_closed"
        assert play.refused("gate_closed", clause)
        out = play.did("penalise", DESK, "2026-03-12T11:00").beside().did("open.publication", DESK, "2026-03-12T11:00")
        play.did("publish", DESK, "2026-03-24T10:00", publication=out.state.case_id)


@for_clause("MN-18b")
def test_the_hold_is_a_case_of_its_own_that_the_sp_sees(clause: str) -> None:
    play = held()
    assert (play.state.kind, play.state.stage, play.state.fields["sp"]) == ("settlement_hold", "held", "unit_a")
    assert play.cites(clause, "opened")
    assert play.written("hold") == {"sp": "unit_a", "service": "S1"}


@for_clause("MN-18c")
@around_the_limit("2026-03-31T24:00", "2026-04-01T00:00:01")
def test_everybody_is_refunded_within_the_month_of_verification(clause: str, at: str, status: str) -> None:
    play = refunded(held(), C1="8.00")
    assert play.due("refunds") == "2026-04-01T00:00:00"
    play.until(at).did("all_refunded", "billing", at)
    assert play.status("refunds") == status
    assert play.cites(clause, "clock_started", "clock.refunds")
    assert play.do("all_refunded", "billing", at) == "step_not_open"


@for_clause("MN-18c")
@pytest.mark.parametrize("lacks", ["refunded_number", "refund_amount"])
def test_refunds_are_entered_one_by_one_and_before_they_are_complete(clause: str, lacks: str) -> None:
    play, fields = held(), {"refunded_number": "C1", "refund_amount": "8.00"}
    assert play.do("all_refunded", "billing", "2026-03-20T10:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("refund", "billing", "2026-03-20T10:00", **{k: v for k, v in fields.items() if k != lacks})
    assert play.missing() == {lacks}
    refunded(play, C1="8.00")
    assert play.do("refund", "billing", "2026-03-20T11:00", **fields) == "fields_wrong"
    play.did("all_refunded", "billing", "2026-03-20T12:00")
    assert play.do("refund", "billing", "2026-03-20T13:00", refunded_number="C2", refund_amount="8.00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.cites(clause, "moved", "step.refund")


@for_clause("MN-18d")
def test_what_was_refunded_is_deducted_from_the_settlement(clause: str) -> None:
    play = refunded(held(), **{f"C{number}": "8.00" for number in range(40)})
    play.did("all_refunded", "billing", "2026-03-20T12:00")
    line = play.of("consequence_decided", "consequence.settlement_deduction")[0]
    assert (line.data["lines"], line.data["unit"]) == ([["unit", "unit_a", "320.00"]], "yuan")
    assert play.cites(clause, "consequence_decided")


@for_clause("MN-18e")
@pytest.mark.parametrize(("second", "code"), [("119.99", "gate_closed"), ("120.00", ""), ("120.01", "")])
def test_the_settlement_goes_on_when_everything_is_paid_up(clause: str, second: str, code: str) -> None:
    play = refunded(held(), C1="300.00", C2="20.00")
    assert play.do("resume", "billing", "2026-03-20T11:00") == "gate_closed"
    pay(play, "R0", "0.00")
    play.did("all_refunded", "billing", "2026-03-20T12:00")
    pay(pay(play, "R1", "200.00"), "R2", second, "paid_in")
    assert play.do("resume", "billing", "2026-04-11T10:00") == code
    if code:
        assert play.refused("gate_closed", clause)
    else:
        assert (play.state.stage, play.cites(clause, "moved", "step.resume")) == ("resumed", True)


@for_clause("MN-18e")
def test_nothing_is_paid_up_before_the_refunds_are_complete(clause: str) -> None:
    play = pay(refunded(held(), C1="8.00"), "R1", "8.00")
    assert play.do("resume", "billing", "2026-04-11T10:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("enter_payment", "billing", "2026-04-10T10:00", receipt_no="R1", paid_how="paid_in", paid_amount="1")
    for lacks in ("receipt_no", "paid_how", "paid_amount"):
        fields = {"receipt_no": "R2", "paid_how": "deducted", "paid_amount": "8.00"}
        del fields[lacks]
        assert play.do("enter_payment", "billing", "2026-04-10T10:00", **fields) == "fields_wrong"
        assert play.missing() == {lacks}
    assert play.cites(clause, "moved", "step.enter_payment")


@for_clause("MN-18a", "MN-18c")
@pytest.mark.parametrize(("amount", "code"), [("0.00", "gate_closed"), ("0.01", ""), ("1.00", "")])
def test_whatever_was_charged_is_given_back_before_it_goes_on(clause: str, amount: str, code: str) -> None:
    play = penalised(admitted(billed_on="2026-03-01"))
    out = play.beside().did("open.publication", DESK, "2026-03-01T00:00").state.case_id
    play.did("remove_fee", "billing", "2026-03-12T10:00", charged_number="C1", fee_removed=amount)
    assert play.do("publish", DESK, "2026-03-24T10:00", publication=out) == code
    hold = refunded(held(), C1=amount)
    assert hold.do("all_refunded", "billing", "2026-03-20T12:00") == code
    assert not code or (play.refused("gate_closed", "MN-18a") and hold.refused("gate_closed", "MN-18c"))
    assert clause in ("MN-18a", "MN-18c")


@for_clause("MN-18b")
def test_a_breach_that_is_verified_again_holds_the_settlement_once(clause: str) -> None:
    play = contested(billed_on="2026-02-20")
    fields = {"contact_result": "still_denies", "new_evidence": True, "convincing": True}
    play.did("last_confirmation", DESK, "2026-03-11T09:00", **fields).did("verify_again", DESK, "2026-03-11T10:00")
    play.did("confirm_breach", DESK, "2026-03-11T11:00", verified_by="系统记录")
    assert len(play.of("linked", "link.held_by")) == 1
    assert play.cites(clause, "linked", "link.held_by")
