"""The car dealer: a major complaint, AD-4B.1 to AD-4B.5, and the house's third and fourth rules."""

from typing import Any

import pytest

from tests.rules.packs.auto_dealership.stories import (
    CAUSE,
    CRM,
    GM,
    MEASURE,
    MEETING,
    SATISFACTION,
    SOLUTION,
    SUMMARY,
    TALKS,
    judged,
    major,
    met,
    negotiating,
    notified,
    proposed,
    talked,
)
from tests.rules.packs.playing import for_clause

pytestmark = pytest.mark.pure


@for_clause("AD-4B.1")
def test_a_major_complaint_has_the_same_record(clause: str) -> None:
    play = judged(nature="major")
    assert (play.state.classes["nature"], play.state.stage) == ("major", "judged")
    assert play.cites(clause, "classified", "class.nature")


@for_clause("AD-4B.2a")
def test_both_managers_are_told_at_once_and_confirm_it(clause: str) -> None:
    play = judged(nature="major")
    assert sorted(message["to"] for message in play.messages) == [GM, "service_manager"]
    assert play.of("notified")[0].at == play.of("moved", "step.judge")[0].at
    assert play.cites(clause, "notified", "step.judge")
    assert play.do("task.acknowledgement", "sales_manager", "2026-03-02T09:40") == "wrong_role"
    play.did("task.acknowledgement", "service_manager", "2026-03-02T09:40")
    assert play.state.tasks["acknowledgement"].status == "open"
    assert play.did("task.acknowledgement", GM, "2026-03-02T09:45").state.tasks["acknowledgement"].status == "done"
    general = judged()
    assert (general.messages, "acknowledgement" in general.state.tasks) == ([], False)


@for_clause("AD-4B.2a")
def test_nothing_is_proposed_before_both_have_confirmed(clause: str) -> None:
    play = major().did("task.acknowledgement", "service_manager", "2026-03-02T10:05")
    play.did("find_cause", "service_manager", "2026-03-02T11:00", **CAUSE)
    play.did("record_meeting", CRM, "2026-03-02T12:00", **MEETING)
    assert play.do("propose", "service_manager", "2026-03-02T13:00", **SOLUTION) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("task.acknowledgement", GM, "2026-03-02T13:30")
    assert play.did("propose", "service_manager", "2026-03-02T14:00", **SOLUTION).state.stage == "approval"


@for_clause("AD-4B.2b")
def test_a_meeting_is_for_major_complaints_and_its_time_is_measured(clause: str) -> None:
    play = judged()
    assert (play.do("call_meeting", CRM, "2026-03-02T10:00"), play.status("meeting")) == ("gate_closed", "off")
    assert play.refused("gate_closed", clause)
    play = judged(nature="major")
    assert play.do("call_meeting", "service_manager", "2026-03-02T10:00") == "wrong_role"
    assert (play.status("meeting"), play.due("meeting")) == ("running", "")
    assert met().of("clock_met", "clock.meeting")[0].data["spent"] == 9000


@for_clause("AD-4B.2b")
@pytest.mark.parametrize("lacks", ["met_at", "attendees", "discussed"])
def test_a_meeting_has_time_attendees_and_result(clause: str, lacks: str) -> None:
    play = major()
    fields = {name: value for name, value in MEETING.items() if name != lacks}
    assert play.do("record_meeting", CRM, "2026-03-02T12:00", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({lacks}, True)


@for_clause("AD-4B.2b")
@pytest.mark.parametrize("absent", [None, "general_manager_there", "department_manager_there"])
def test_no_solution_is_proposed_without_a_meeting_of_both_managers(clause: str, absent: str | None) -> None:
    play = major().did("task.acknowledgement", "service_manager", "2026-03-02T10:05")
    play.did("task.acknowledgement", GM, "2026-03-02T10:06")
    play.did("find_cause", "service_manager", "2026-03-02T11:00", **CAUSE)
    if absent:
        fields: dict[str, Any] = MEETING | {absent: False}
        play.did("record_meeting", CRM, "2026-03-02T12:00", **fields)
    assert play.do("propose", "service_manager", "2026-03-02T13:00", **SOLUTION) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("record_meeting", CRM, "2026-03-02T14:00", **MEETING)
    assert play.did("propose", "service_manager", "2026-03-02T15:00", **SOLUTION).state.stage == "approval"


@for_clause("AD-3.3b")
def test_the_cause_of_a_major_complaint_is_found_too(clause: str) -> None:
    play = major().did("record_meeting", CRM, "2026-03-02T12:00", **MEETING)
    play.did("task.acknowledgement", "service_manager", "2026-03-02T12:05")
    play.did("task.acknowledgement", GM, "2026-03-02T12:06")
    assert play.do("propose", "service_manager", "2026-03-02T13:00", **SOLUTION) == "gate_closed"
    assert play.refused("gate_closed", clause)


@for_clause("house-3", "AD-3.4a")
def test_the_solution_of_a_major_complaint_is_approved_too(clause: str) -> None:
    play = met().did("propose", "service_manager", "2026-03-03T09:00", **SOLUTION)
    assert "solution" not in play.state.approvals
    assert play.do("negotiate", "service_manager", "2026-03-03T09:30") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("approval.major_solution", CRM, "2026-03-03T10:00", verdict="given") == "wrong_role"
    play.did("approval.major_solution", GM, "2026-03-03T10:00", verdict="returned", reason="代价过高")
    assert (play.state.stage, play.status("proposal")) == ("meeting", "off")
    play.did("propose", "service_manager", "2026-03-04T09:00", **SOLUTION)
    play.did("approval.major_solution", GM, "2026-03-04T10:00", verdict="given")
    assert play.did("negotiate", CRM, "2026-03-04T11:00").state.stage == "negotiation"


@for_clause("house-3")
def test_neither_flow_takes_the_other_s_way(clause: str) -> None:
    play = met().did("propose", "service_manager", "2026-03-03T09:00", **SOLUTION)
    play.did("approval.major_solution", GM, "2026-03-03T10:00", verdict="given")
    assert play.do("notify_customer", "specialist", "2026-03-03T11:00", told="t") == "gate_closed"
    play = proposed().did("approval.solution", GM, "2026-03-03T10:00", verdict="given")
    assert play.do("negotiate", CRM, "2026-03-03T11:00") == "gate_closed"
    assert play.refused("gate_closed", clause)


@for_clause("AD-4B.3")
@pytest.mark.parametrize(("first", "second"), [("service_manager", CRM), (CRM, "service_manager")])
def test_both_managers_sign_the_talks(clause: str, first: str, second: str) -> None:
    play = negotiating()
    assert play.do("task.negotiation", "specialist", "2026-03-04T11:00", **TALKS) == "wrong_role"
    play.did("task.negotiation", first, "2026-03-04T11:00", **TALKS)
    assert play.do("task.negotiation", first, "2026-03-04T11:10", **TALKS) != ""
    assert play.do("ask_satisfaction", CRM, "2026-03-04T11:20", **SATISFACTION) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("task.negotiation", second, "2026-03-04T11:30", **TALKS)
    assert play.did("ask_satisfaction", CRM, "2026-03-04T11:40", **SATISFACTION).state.stage == "summary"
    assert play.state.copies["negotiation"] == 2


@for_clause("AD-4B.3")
@pytest.mark.parametrize("lacks", ["customer_answer", "talks"])
def test_a_record_of_talks_has_the_customer_s_answer(clause: str, lacks: str) -> None:
    play = negotiating()
    fields = {name: value for name, value in TALKS.items() if name != lacks}
    assert play.do("task.negotiation", CRM, "2026-03-04T11:00", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({lacks}, True)


@for_clause("house-4")
def test_what_the_customer_of_a_major_complaint_rejects_goes_back_to_the_meeting(clause: str) -> None:
    play = negotiating()
    assert play.do("meet_again", CRM, "2026-03-04T10:30") == "gate_closed"
    no = TALKS | {"customer_answer": "rejected"}
    play.did("task.negotiation", "service_manager", "2026-03-04T11:00", **no)
    assert play.do("meet_again", CRM, "2026-03-04T11:10") == "gate_closed"
    play.did("task.negotiation", CRM, "2026-03-04T11:30", **no)
    assert play.do("ask_satisfaction", CRM, "2026-03-04T11:40", **SATISFACTION) == "gate_closed"
    play.did("meet_again", CRM, "2026-03-04T12:00")
    assert play.state.stage == "meeting"
    assert play.cites(clause, "moved", "step.meet_again")
    play.did("propose", "service_manager", "2026-03-05T09:00", **SOLUTION)
    play.did("approval.major_solution", GM, "2026-03-05T10:00", verdict="given")
    play.did("negotiate", CRM, "2026-03-05T11:00")
    assert play.do("meet_again", CRM, "2026-03-05T11:30") == "gate_closed"
    play.did("task.negotiation", CRM, "2026-03-05T12:00", **TALKS)
    play.did("task.negotiation", "service_manager", "2026-03-05T12:10", **TALKS)
    assert play.do("meet_again", CRM, "2026-03-05T12:20") == "gate_closed"
    assert play.did("ask_satisfaction", CRM, "2026-03-05T13:00", **SATISFACTION).state.stage == "summary"


@for_clause("AD-4B.4")
def test_a_major_complaint_does_not_end_before_the_customer_was_asked(clause: str) -> None:
    play = negotiating().did("task.negotiation", "service_manager", "2026-03-04T11:00", **TALKS)
    play.did("task.negotiation", CRM, "2026-03-04T11:30", **TALKS)
    assert "close" not in play.open_steps()
    assert talked().cites(clause, "moved", "step.ask_satisfaction")


@for_clause("AD-4B.5")
def test_a_major_complaint_is_not_closed_without_a_measure(clause: str) -> None:
    play = talked()
    assert play.do("close", CRM, "2026-03-06T09:30") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("sum_up", CRM, "2026-03-06T10:00", **SUMMARY, no_measure_why="个案")
    assert play.do("close", CRM, "2026-03-06T10:30") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("draft_measure", "service_manager", "2026-03-06T11:00", **MEASURE)
    assert play.did("close", CRM, "2026-03-06T11:30").state.closed


@for_clause("AD-3.3d", "AD-4A.7")
def test_a_general_complaint_has_a_measure_or_the_reason_for_none(clause: str) -> None:
    play = notified()
    play.did("task.reaction", CRM, "2026-03-05T15:00", reaction="accepted", reaction_words="w")
    play.did("ask_satisfaction", CRM, "2026-03-06T09:00", **SATISFACTION)
    play.did("sum_up", CRM, "2026-03-06T10:00", **SUMMARY)
    assert play.do("close", CRM, "2026-03-06T10:30") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("draft_measure", "service_manager", "2026-03-06T11:00", **MEASURE)
    assert play.did("close", CRM, "2026-03-06T11:30").state.closed
