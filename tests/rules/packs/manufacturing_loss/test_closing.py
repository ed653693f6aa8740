"""The monthly closing of complaint losses, and what the house added around it, ML-2a and house-1 to house-7."""

from typing import Any

import pytest

from tests.rules.packs.manufacturing_loss.stories import (
    INTAKE,
    PACK,
    approved,
    attributed,
    caused,
    closed,
    disposed,
    loss_set,
    proposed,
    published,
    shared,
    sold,
    unsold,
)
from tests.rules.packs.overview import cycled, figures, made
from tests.rules.packs.playing import Play, around_the_limit, for_clause, shipped

pytestmark = pytest.mark.pure


@for_clause("ML-2a")
@around_the_limit("2025-08-09T00:00:00", "2025-08-09T00:00:01")
def test_a_closing_falls_due_every_month_and_ends_by_the_eighth(clause: str, at: str, status: str) -> None:
    july, august = cycled(PACK, "month_closing", "2025-06-30T12:00", "2025-08-15T00:00")
    assert [play.written("closing_period")["period"] for play in (july, august)] == ["2025-07", "2025-08"]
    assert (july.due("closing"), august.due("closing")) == ("2025-07-09T00:00:00", "2025-08-09T00:00:00")
    august.until(at).did(
        "consolidate", "gm_office", at, total_loss="12000.00", closed_cases=["ML-1"], carried_over=["ML-2"]
    )
    assert (august.status("closing"), august.state.closed) == (status, True)
    assert august.cites(clause, "moved", "step.consolidate")


@for_clause("house-2")
def test_a_closing_that_is_late_is_told_upward(clause: str) -> None:
    (play,) = cycled(PACK, "month_closing", "2025-07-31T12:00", "2025-08-15T00:00")
    # 192 hours from 1 August 00:00; 80 % of them are 153 h 36 min; Monday 11 August is the working day after the 8th
    assert play.until("2025-08-13T00:00").told() == [
        ("2025-08-07T09:36:00", "closing", "head_of_gm_office"),
        ("2025-08-09T00:00:01", "closing", "gm_office leader"),
        ("2025-08-12T00:00:00", "closing", "general_manager"),
    ]
    assert play.cites(clause, "escalated", "clock.closing")
    assert play.do("consolidate", "hr", "2025-08-13T09:00", total_loss="0.00") == "wrong_role"
    assert play.do("consolidate", "leader", "2025-08-13T09:00") == "fields_wrong"
    assert play.did("consolidate", "general_manager", "2025-08-13T09:00", total_loss="0.00").state.closed


@for_clause("ML-2a")
def test_only_what_is_published_is_closed_and_running_resale_is_carried_over(clause: str) -> None:
    first = closed()
    still = attributed(caused(first, "2025-07-15T08:30"), "2025-07-15T09:00")
    for play in (still, sold(attributed(caused(first))), loss_set(sold(attributed(caused(first))))):
        assert play.do("close", "gm_office", "2025-08-08T10:00", closed_in="2025-08") == "step_not_open"
    assert (first.state.closed, first.state.stage) == (True, "closed")
    (line,) = made(first, "carried_over", "2025-07", "2025-08-08T12:00").register
    assert line.cells[0] == still.state.number
    lines = made(first, "closing_cases", "2025-08", "2025-08-31T12:00").register
    assert [line.cells[2] for line in lines] == ["grade_a_shortfall"] * 2
    assert made(first, "closing_cases", "2025-07", "2025-08-31T12:00").register == ()
    assert first.cites(clause, "moved", "step.close")
    file = shipped(PACK).file
    assert {file.report[name].period for name in ("closing", "closing_cases", "carried_over")} == {("month",)}
    assert (file.report["closing_cases"].dated, file.report["carried_over"].dated) == ("step.set_loss", "stage.resale")


@for_clause("ML-2a")
def test_losses_and_penalties_are_summed_by_party(clause: str) -> None:
    play = closed()
    closed(approved(proposed(disposed(loss_set(sold(attributed(caused(play))))))))
    found = figures(play, "closing", "2025-08", "2025-09-01T09:00")
    assert {key[:2]: [str(each) for each in line] for key, line in found.items()} == {
        ("shortfall", "wang"): ["24000.00", "2"],
        ("warning", "wang"): ["800.00", "2"],
    }
    assert shipped(PACK).file.report["closing"].clause == (clause,)


@for_clause("house-1")
def test_a_case_is_not_closed_before_the_customer_has_an_answer(clause: str) -> None:
    play = published()
    assert play.do("close", "gm_office", "2025-08-08T10:00", closed_in="2025-08") == "gate_closed"
    assert play.refused("gate_closed", clause)
    for early in (caused(), attributed(), sold(), loss_set(), play):
        assert "reply" in early.open_steps()
    assert play.did("reply", "service", "2025-08-08T11:00", answer="已補貨").open_steps() >= {"close"}


@for_clause("house-1")
@pytest.mark.parametrize(("quantity", "code"), [("0", "fields_wrong"), ("1", "")])
def test_a_complaint_is_about_one_piece_or_more(clause: str, quantity: str, code: str) -> None:
    play = Play(PACK)
    assert play.open("complaint", "service", "2025-07-01T08:00", **(INTAKE | {"quantity": quantity})) == code
    assert clause in shipped(PACK).file.form["intake"].clause


@for_clause("house-3")
def test_sales_is_reminded_and_the_office_told_when_the_month_is_over(clause: str) -> None:
    play = unsold()
    # 1 July 09:00 to 1 August 24:00 are 759 hours; 80 % of them are 607 h 12 min
    assert play.told() == [("2025-07-26T16:12:00", "resale", "sales"), ("2025-08-02T00:00:01", "resale", "gm_office")]
    assert play.cites(clause, "escalated", "clock.resale")


@for_clause("house-4")
@pytest.mark.parametrize("cause", ["off_specification", "rejects_mixed_in", "materials_reduced"])
def test_manufacturing_does_not_clear_itself_alone(clause: str, cause: str) -> None:
    asked: dict[str, Any] = {"cause": cause, "quantity_affected": "3", "reduced_what": "配方用量"}
    play = sold(attributed(caused(**asked), manufacturing_bears=False))
    assert play.do("set_loss", "gm_office", "2025-08-04T09:00", basis_version="2025-01") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("approval.attribution", "general_manager", "2025-08-04T08:00", verdict="given")
    assert loss_set(play).state.stage == "disposition"
    back = shared(caused(**asked), manufacturing_bears=False)
    back.did("approval.attribution", "general_manager", "2025-07-02T08:00", verdict="returned", reason="制造部應承擔")
    assert back.state.stage == "attribution"
    assert attributed(caused(**asked)).of("approval_asked") == []
    assert loss_set(sold(attributed(caused(**asked)))).state.stage == "disposition"


@for_clause("house-4")
def test_other_causes_need_no_approval_of_the_attribution(clause: str) -> None:
    play = loss_set(sold(attributed(manufacturing_bears=False)))
    assert play.of("approval_asked") == []
    assert clause in shipped(PACK).file.approval["attribution"].clause


@for_clause("house-7")
def test_an_attribution_whose_cause_is_not_true_is_taken_back_and_the_month_begins_anew(clause: str) -> None:
    play = attributed(caused(verified=False))
    fields: dict[str, Any] = {"verified": True, "verified_how": "訂單原件"}
    assert play.do("take_back", "manufacturing", "2025-07-10T09:00", **fields) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("take_back", "manufacturing", "2025-07-10T09:00", **(fields | {"verified": False}))
    assert play.state.stage == "attribution"
    play.did("name_cause", "manufacturing", "2025-07-11T09:00", cause="loading_error", verified=True)
    attributed(play, "2025-07-11T10:00")
    assert play.due("resale") == "2025-08-12T00:00:00"
    assert len(play.of("clock_started", "clock.resale")) == 2
    assert "take_back" in sold(attributed(caused(verified=False))).open_steps()
