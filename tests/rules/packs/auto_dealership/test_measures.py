"""The car dealer: measures, their two signatures, their supervision and check, AD-2.1a, AD-3.2d to AD-3.4d."""

import pytest

from tests.rules.packs.auto_dealership.stories import (
    CRM,
    GM,
    MEASURE,
    PACK,
    cosigned,
    drafted,
    found,
    notified,
    reported,
    summed_up,
    under_way,
)
from tests.rules.packs.overview import figures, made
from tests.rules.packs.playing import Play, around_the_limit, for_clause

pytestmark = pytest.mark.pure


@for_clause("AD-2.1a", "house-6")
def test_causes_of_closed_complaints_are_counted(clause: str) -> None:
    play = summed_up().did("close", CRM, "2026-03-06T11:00")
    for cause in ("training", "training", "parts"):
        summed_up(play.beside(), cause_code=cause).did("close", CRM, "2026-03-06T11:00")
    summed_up(play.beside())
    found = figures(play, "causes", "2026-03", "2026-04-01T00:00")
    assert found == {("training",): (3,), ("parts",): (1,)}
    assert clause in play.pack.file.report["causes"].clause


@for_clause("house-6")
@pytest.mark.parametrize("cause", ["training", "procedure", "parts", "communication", "other_cause"])
def test_a_cause_has_one_of_five_codes(clause: str, cause: str) -> None:
    play = found(cause_code=cause)
    assert play.written("cause")["cause_code"] == cause
    assert play.cites(clause, "filled", "form.cause")
    assert {"weather"}.isdisjoint(play.pack.file.form["cause"].fields[1].choices)


@for_clause("AD-2.1a")
def test_a_training_measure_can_be_opened_with_owner_and_date(clause: str) -> None:
    fields = MEASURE | {"measure_type": "staff_training"}
    assert Play(PACK).open("measure", "specialist", "2026-03-05T09:00", **fields) == "wrong_role"
    for lacks in ("measure_owner", "due_date"):
        less = {name: value for name, value in fields.items() if name != lacks}
        play = Play(PACK)
        assert play.open("measure", "service_manager", "2026-03-05T09:00", **less) == "fields_wrong"
        assert (play.missing(), play.refused("fields_wrong", clause)) == ({lacks}, True)
    play = Play(PACK).did("open.measure", "sales_manager", "2026-03-05T09:00", **fields)
    assert play.cites(clause, "opened")


@for_clause("AD-3.3d")
def test_the_handler_drafts_measures_and_each_is_a_case_of_its_own(clause: str) -> None:
    play = notified()
    assert play.do("draft_measure", "sales_manager", "2026-03-05T15:00", **MEASURE) == "wrong_role"
    play.did("draft_measure", "service_manager", "2026-03-05T15:00", **MEASURE)
    play.did("draft_measure", "service_manager", "2026-03-05T15:10", **(MEASURE | {"measure_owner": "other_b"}))
    opened = [opening["fields"]["measure_owner"] for opening in play.openings]
    assert opened == ["worker_b", "other_b"]
    assert play.cites(clause, "linked", "link.measure")
    measure = play.linked("measure", "2026-03-05T15:11")
    assert (measure.state.kind, measure.state.stage, measure.state.fields["due_date"]) == (
        "measure", "drafted", "2026-03-31",
    )  # fmt: skip


@for_clause("AD-3.2d")
def test_the_manager_for_customer_relations_signs_a_measure_too(clause: str) -> None:
    play = drafted()
    assert play.state.approvals["cosign"].status == "asked"
    assert "measure" not in play.state.approvals
    assert play.do("start_measure", "worker_b", "2026-03-06T08:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("approval.cosign", GM, "2026-03-06T09:00", verdict="given") == "wrong_role"
    play.did("approval.cosign", CRM, "2026-03-06T09:00", verdict="returned", reason="不具体")
    play.did("redraft", "service_manager", "2026-03-06T10:00", **MEASURE)
    play.did("approval.cosign", CRM, "2026-03-06T11:00", verdict="given")
    assert play.state.approvals["measure"].status == "asked"


@for_clause("AD-3.4b")
def test_a_measure_is_not_begun_before_the_general_manager_approves_it(clause: str) -> None:
    play = cosigned()
    assert play.do("start_measure", "worker_b", "2026-03-06T09:30") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("approval.measure", CRM, "2026-03-06T10:00", verdict="given", supervisor="other_a") != ""
    fields = {"verdict": "returned", "reason": "期限过长", "supervisor": "other_a"}
    play.did("approval.measure", GM, "2026-03-06T10:00", **fields)
    assert play.do("start_measure", "worker_b", "2026-03-06T10:10") == "gate_closed"
    play.did("redraft", "service_manager", "2026-03-06T10:20", **MEASURE)
    play.did("approval.cosign", CRM, "2026-03-06T10:30", verdict="given")
    play.did("approval.measure", GM, "2026-03-06T10:40", verdict="given", supervisor="other_a")
    assert play.do("start_measure", "other_b", "2026-03-06T11:00") == "wrong_role"
    assert play.did("start_measure", "worker_b", "2026-03-06T11:00").state.stage == "under_way"


@for_clause("AD-3.4b", "AD-3.2d")
def test_a_measure_that_is_changed_is_signed_and_approved_anew(clause: str) -> None:
    play = cosigned().did("approval.measure", GM, "2026-03-06T10:00", verdict="given", supervisor="other_a")
    play.did("redraft", "service_manager", "2026-03-06T10:20", **(MEASURE | {"due_date": "2026-04-15"}))
    assert play.do("start_measure", "worker_b", "2026-03-06T10:30") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("approval.cosign", CRM, "2026-03-06T10:40", verdict="given")
    play.did("approval.measure", GM, "2026-03-06T10:50", verdict="given", supervisor="other_a")
    assert play.due("measure") == "2026-04-16T00:00:00"


@for_clause("AD-3.4c")
def test_the_general_manager_appoints_a_supervisor_who_writes_down_what_he_sees(clause: str) -> None:
    play = cosigned()
    assert play.do("approval.measure", GM, "2026-03-06T10:00", verdict="given") == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({"supervisor"}, True)
    play.did("approval.measure", GM, "2026-03-06T10:00", verdict="given", supervisor="other_a")
    assert [message["to"] for message in play.messages if message["to"] == "other_a"] == ["other_a"]
    play.did("start_measure", "worker_b", "2026-03-06T11:00")
    assert play.do("supervise", "worker_b", "2026-03-10T09:00", seen="s") == "wrong_role"
    play.did("supervise", "other_a", "2026-03-10T09:00", seen="已执行三日")
    assert play.cites(clause, "moved", "step.supervise")


@for_clause("AD-3.2e")
@around_the_limit("2026-03-31T24:00", "2026-04-01T00:00:01")
def test_a_measure_is_done_by_its_date(clause: str, at: str, status: str) -> None:
    play = under_way().did("supervise", CRM, "2026-03-20T09:00", seen="s").until(at)
    play.did("report_done", "worker_b", at, done_what="d")
    assert play.status("measure") == status
    assert play.cites(clause, "clock_started", "clock.measure")


@for_clause("AD-3.2e")
def test_the_manager_is_told_when_a_measure_is_overdue(clause: str) -> None:
    play = under_way().until("2026-03-31T24:00")
    assert (play.due("measure"), play.told()) == ("2026-04-01T00:00:00", [])
    play.until("2026-05-01T00:00")
    assert play.told() == [("2026-04-01T00:00:01", "measure", f"worker_b {CRM}")]
    assert play.cites(clause, "escalated", "clock.measure")


@for_clause("AD-3.4d")
def test_a_measure_is_not_archived_before_the_general_manager_has_checked_it(clause: str) -> None:
    play = reported()
    assert play.do("archive", CRM, "2026-03-20T10:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("check", CRM, "2026-03-20T11:00", put_into_effect=True) == "wrong_role"
    play.did("check", GM, "2026-03-20T11:00", put_into_effect=True)
    assert play.do("send_back", GM, "2026-03-20T11:30") == "gate_closed"
    assert play.did("archive", CRM, "2026-03-20T12:00").state.closed


@for_clause("AD-3.4d")
def test_a_measure_that_is_not_in_effect_goes_back(clause: str) -> None:
    play = reported()
    assert play.do("send_back", GM, "2026-03-20T10:00") == "gate_closed"
    play.did("check", GM, "2026-03-20T11:00", put_into_effect=False)
    assert play.do("archive", CRM, "2026-03-20T12:00") == "gate_closed"
    play.did("send_back", GM, "2026-03-20T13:00")
    assert play.state.stage == "under_way"
    play.did("report_done", "worker_b", "2026-03-25T09:00", done_what="d")
    assert play.do("archive", CRM, "2026-03-25T10:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("check", GM, "2026-03-25T11:00", put_into_effect=True)
    assert play.did("archive", CRM, "2026-03-25T12:00").state.closed


@for_clause("AD-3.2e", "AD-3.4d")
def test_measures_are_a_register_with_supervisor_and_check(clause: str) -> None:
    play = under_way().did("supervise", "other_a", "2026-03-10T09:00", seen="已执行")
    play.did("report_done", "worker_b", "2026-03-20T09:00", done_what="已实行")
    play.did("check", GM, "2026-03-20T11:00", put_into_effect=True)
    register = made(play, "measures", "2026-03", "2026-04-01T00:00").register
    assert [line.cells[6:] for line in register] == [("given", "other_a", "已执行", "已实行", True)]
    assert clause in play.pack.file.report["measures"].clause
