"""Remedies, promises, lawsuits, evidence and demands without reason; SC-3.4a to SC-3.4c, SC-4.2, SC-7.5, 7.6, 7.9."""

from typing import Any

import pytest

from tests.rules.packs.playing import Play, for_clause
from tests.rules.packs.seed_complaint_management.stories import (
    DAY,
    FOUND,
    HANDLER,
    REPORT,
    SPECIALIST,
    approved,
    classed,
    concluded,
    investigated,
    reported,
)

pytestmark = pytest.mark.pure


def decided(amount: str = "2000.00") -> Play:
    """Compensation in cash, of which the leader has decided the amount."""
    return approved().did("consequence.compensation", "leader", f"{DAY}16:05", amount=amount)


@for_clause("SC-3.4a")
@pytest.mark.parametrize("remedy", ["cash", "return_or_exchange"])
def test_nothing_is_resolved_before_the_leader_has_the_report_and_has_decided(clause: str, remedy: str) -> None:
    play = concluded(remedy=remedy)
    assert play.do("resolve", HANDLER, f"{DAY}15:10", resolution="r") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play = reported(remedy)
    assert (play.state.stage, play.state.approvals["remedy"].asked) == ("deciding", ("leader",))
    assert play.do("resolve", HANDLER, f"{DAY}15:40", resolution="r") == "gate_closed"
    assert play.do("approval.remedy", "leadership", f"{DAY}16:00", verdict="given") == "wrong_role"
    play.did("approval.remedy", "leader", f"{DAY}16:00", verdict="given")
    if remedy == "cash":
        play.did("consequence.compensation", "leader", f"{DAY}16:05", amount="2000")
    play.did("resolve", HANDLER, f"{DAY}16:30", resolution="已办理")
    assert play.cites(clause, "approval_given", "approval.remedy")


@for_clause("SC-3.4a", "SC-3.2")
def test_an_explanation_needs_no_leader_but_findings_and_a_result(clause: str) -> None:
    play = investigated()
    assert play.do("resolve", HANDLER, f"{DAY}15:00", resolution="r") == "gate_closed"
    assert "SC-3.2" in play.refused_by()
    play.did("conclude", "office", f"{DAY}15:00", **FOUND)
    assert play.do("resolve", "business", f"{DAY}16:00", resolution="r") == "wrong_role"
    assert play.do("resolve", "office", f"{DAY}16:00") == "fields_wrong"
    play.did("resolve", "office", f"{DAY}16:00", resolution="已解释")
    assert play.cites(clause, "moved", "step.resolve")


@for_clause("SC-3.4a")
@pytest.mark.parametrize("field", ["product_details", "true_record"])
def test_the_report_has_details_and_record(clause: str, field: str) -> None:
    play = concluded(remedy="return_or_exchange")
    some = {name: value for name, value in REPORT.items() if name != field}
    assert play.do("report_up", HANDLER, f"{DAY}15:30", **some) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({field}, True)


@for_clause("SC-3.4a")
def test_the_time_to_the_report_is_measured(clause: str) -> None:
    play = concluded(remedy="return_or_exchange").until("2026-03-04T15:00")
    assert (play.status("reporting_up"), play.due("reporting_up")) == ("running", "")
    play.did("report_up", "office", "2026-03-04T15:00", **REPORT)
    assert play.of("clock_met", "clock.reporting_up")[0].data["spent"] == 2 * 86400
    assert play.cites(clause, "clock_met", "clock.reporting_up")


@for_clause("SC-3.4a", "SC-3.4b")
def test_a_report_that_is_sent_back_is_investigated_further(clause: str) -> None:
    play = reported().did("approval.remedy", "leader", f"{DAY}16:00", verdict="returned", reason="证据不足")
    assert play.state.stage == "investigation"
    assert play.do("resolve", HANDLER, f"{DAY}16:10", resolution="r") == "gate_closed"
    assert clause in play.refused_by() or clause == "SC-3.4b"
    assert play.fact("consequence.compensation.open") == 0


@for_clause("SC-3.4b")
def test_the_handler_promises_no_amount_before_the_leader_has_decided(clause: str) -> None:
    play, promise = approved(), {"promised": "赔偿", "promised_amount": "2000"}
    assert play.do("promise", HANDLER, f"{DAY}16:01", **promise) == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("resolve", HANDLER, f"{DAY}16:01", resolution="r") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("consequence.compensation", HANDLER, f"{DAY}16:02", amount="2000") == "wrong_role"
    assert clause in play.refused_by()
    play.did("consequence.compensation", "leader", f"{DAY}16:05", amount="2000")
    assert str(play.fact("consequence.compensation")) == "2000.00"
    play.did("promise", HANDLER, f"{DAY}16:10", **promise)


@for_clause("SC-3.4b")
@pytest.mark.parametrize(("amount", "code"), [("1999.99", ""), ("2000.00", ""), ("2000.01", "gate_closed")])
def test_no_more_is_promised_than_was_decided(clause: str, amount: str, code: str) -> None:
    play = decided()
    assert play.do("promise", HANDLER, f"{DAY}16:10", promised="赔偿", promised_amount=amount) == code
    assert clause in play.refused_by() if code else play.cites(clause, "moved", "step.promise")


@for_clause("SC-3.4b")
def test_no_amount_is_decided_where_nothing_is_paid(clause: str) -> None:
    play = approved("return_or_exchange")
    assert play.fact("consequence.compensation.open") == 0
    assert play.do("promise", HANDLER, f"{DAY}16:10", promised="退货", promised_amount="1") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("promise", HANDLER, f"{DAY}16:10", promised="退货")
    assert decided().of("consequence_decided")[0].data["lines"][0][0] == "customer"


@for_clause("SC-3.4b", "SC-7.6")
def test_a_promise_says_what_and_is_the_handlers(clause: str) -> None:
    play = approved("return_or_exchange")
    assert play.do("promise", HANDLER, f"{DAY}16:10") == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({"promised"}, True)
    assert play.do("promise", "office", f"{DAY}16:10", promised="p") == "wrong_role"


@for_clause("SC-3.4c", "SC-4.2")
@pytest.mark.parametrize("missing", ["company_legal", "headquarters_legal"])
def test_where_it_goes_to_court_both_legal_staffs_are_asked(clause: str, missing: str) -> None:
    play = concluded().did("go_to_court", HANDLER, f"{DAY}16:00", lawsuit="客户起诉")
    assert {name for name, task in play.state.tasks.items() if task.status == "open"} == {
        "company_legal",
        "headquarters_legal",
    }
    assert all(entry.at == play.of("moved", "step.go_to_court")[0].at for entry in play.of("task_given"))
    other = {"company_legal", "headquarters_legal"} - {missing}
    for name in other:
        play.did(f"task.{name}", name, f"{DAY}16:30")
    assert play.do("resolve", HANDLER, f"{DAY}17:00", resolution="r") == "gate_closed"
    assert play.refused_by() == (("SC-3.4c",) if missing == "company_legal" else ("SC-4.2",))
    play.did(f"task.{missing}", missing, f"{DAY}17:00").did("resolve", HANDLER, f"{DAY}17:05", resolution="已和解")
    assert play.cites(clause, "moved", "step.go_to_court")


@for_clause("SC-3.4c", "SC-4.2")
def test_help_waits_for_legal_staff_as_well(clause: str) -> None:
    play = classed("help").did("go_to_court", "business", f"{DAY}09:40", lawsuit="客户起诉")
    assert play.do("help", HANDLER, f"{DAY}09:50", help_given="h") == "gate_closed"
    play.did("task.company_legal", "company_legal", f"{DAY}10:00")
    assert play.do("help", HANDLER, f"{DAY}10:00", help_given="h") == "gate_closed"
    play.did("task.headquarters_legal", "headquarters_legal", f"{DAY}10:00")
    play.did("help", HANDLER, f"{DAY}10:00", help_given="h")
    assert play.cites(clause, "moved", "step.go_to_court")


@for_clause("SC-3.4c")
def test_a_lawsuit_is_noted_once_and_legal_staffs_time_is_measured(clause: str) -> None:
    play = investigated()
    assert play.do("go_to_court", "after_sales", f"{DAY}16:00", lawsuit="l") == "wrong_role"
    assert play.do("go_to_court", "office", f"{DAY}16:00") == "fields_wrong"
    play.did("go_to_court", "office", f"{DAY}16:00", lawsuit="客户起诉")
    assert play.do("go_to_court", "office", f"{DAY}16:01", lawsuit="l") == "step_not_open"
    noted = classed().did("go_to_court", "office", f"{DAY}09:40", lawsuit="客户起诉")
    noted.did("investigate", "office", f"{DAY}10:00", specialist=SPECIALIST)
    assert noted.do("go_to_court", "office", f"{DAY}16:01", lawsuit="l") == "step_not_open"
    play.did("task.company_legal", "company_legal", f"{DAY}17:00")
    assert play.of("clock_met", "clock.company_legal")[0].data["spent"] == 3600
    assert play.cites(clause, "clock_met", "clock.company_legal")


@for_clause("SC-7.5")
@pytest.mark.parametrize(("remedy", "code"), [("cash", "gate_closed"), ("return_or_exchange", ""), ("explanation", "")])
def test_compensation_without_evidence_does_not_reach_the_leader(clause: str, remedy: str, code: str) -> None:
    play = concluded(remedy=remedy)
    assert play.do("report_up", HANDLER, f"{DAY}15:30", **REPORT) == code
    if code:
        assert play.refused("gate_closed", clause)
        assert play.do("take_evidence", HANDLER, f"{DAY}15:40") == "fields_wrong"
        play.did("take_evidence", HANDLER, f"{DAY}15:40", evidence="检测报告")
        play.did("report_up", HANDLER, f"{DAY}15:45", **REPORT)
    assert play.state.stage == "deciding"


@for_clause("SC-7.6")
def test_nothing_is_agreed_to_before_the_leader_was_told_and_has_decided(clause: str) -> None:
    play, promise = concluded(remedy="return_or_exchange"), {"promised": "换货"}
    assert play.do("promise", HANDLER, f"{DAY}15:10", **promise) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("report_up", HANDLER, f"{DAY}15:30", **REPORT)
    assert play.of("notified", "step.report_up")[0].data["persons"] == [["leader", ""]]
    assert play.do("promise", HANDLER, f"{DAY}15:40", **promise) == "gate_closed"
    play.did("approval.remedy", "leader", f"{DAY}16:00", verdict="given").did(
        "promise", HANDLER, f"{DAY}16:10", **promise
    )


@for_clause("SC-7.9")
@pytest.mark.parametrize("remedy", ["cash", "return_or_exchange", "explanation"])
def test_an_unreasonable_complaint_costs_the_company_nothing(clause: str, remedy: str) -> None:
    told = {"unreasonable": True, "explained": "已说明", "courteous": True, "remedy": remedy}
    play = investigated().did("take_evidence", HANDLER, f"{DAY}14:00", evidence="e")
    play.did("conclude", "office", f"{DAY}15:00", **(FOUND | told))
    code = play.do("report_up", HANDLER, f"{DAY}15:30", **REPORT)
    assert code == ("" if remedy == "explanation" else "gate_closed")
    if code:
        assert play.refused("gate_closed", clause)
        assert play.do("resolve", HANDLER, f"{DAY}15:30", resolution="r") == "gate_closed"
        play.did("conclude", "office", f"{DAY}16:00", **(FOUND | told | {"remedy": "explanation"}))
        play.did("resolve", HANDLER, f"{DAY}16:10", resolution="已解释")


@for_clause("SC-7.9")
@pytest.mark.parametrize("field", ["explained", "courteous"])
def test_an_unreasonable_complaint_is_explained_with_courtesy(clause: str, field: str) -> None:
    told: dict[str, Any] = {"unreasonable": True, "explained": "已说明", "courteous": True}
    del told[field]
    play = investigated()
    assert play.do("conclude", "office", f"{DAY}15:00", **(FOUND | told)) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({field}, True)
