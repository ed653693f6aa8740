"""The car dealer: a general complaint from its cause to its end, AD-2.1b to AD-3.4a, AD-4A.3a to AD-4A.7, AD-5."""

from typing import Any

import pytest

from tests.rules.packs.auto_dealership.stories import (
    ACTION,
    CAUSE,
    CRM,
    GM,
    PACK,
    SATISFACTION,
    SOLUTION,
    SUMMARY,
    approved,
    asked,
    assigned,
    found,
    judged,
    notified,
    proposed,
    summed_up,
    talked,
)
from tests.rules.packs.playing import Play, around_the_limit, for_clause, shipped

pytestmark = pytest.mark.pure


def without(fields: dict[str, Any], lacks: str) -> dict[str, Any]:
    """The fields without one."""
    return {name: value for name, value in fields.items() if name != lacks}


def told(play: Play, step: str) -> set[str]:
    """Whom the notices of a step have reached."""
    return {person for entry in play.of("notified", f"step.{step}") for person, _ in entry.data["persons"]}


@for_clause("AD-2.3b", "AD-4A.3a")
@pytest.mark.parametrize("lacks", ["cause", "causing_department", "responsible_person"])
def test_cause_department_and_person_are_found(clause: str, lacks: str) -> None:
    play = assigned()
    assert play.do("find_cause", "service_manager", "2026-03-02T11:00", **without(CAUSE, lacks)) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({lacks}, True)


@for_clause("AD-2.3b")
def test_that_nobody_is_responsible_needs_a_reason(clause: str) -> None:
    play = assigned()
    fields = CAUSE | {"responsible_person": {"no": ""}}
    assert play.do("find_cause", "service_manager", "2026-03-02T11:00", **fields) == "fields_wrong"
    play = found(responsible_person={"no": "零件批次缺陷"})
    assert play.state.stage == "investigation"
    assert play.cites(clause, "filled", "form.cause")


@for_clause("AD-3.3b", "AD-4A.3a")
def test_nothing_is_proposed_before_the_cause_is_found(clause: str) -> None:
    play = assigned()
    assert play.do("propose", "service_manager", "2026-03-02T11:00", **SOLUTION) == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert proposed().state.stage == "approval"


@for_clause("AD-3.3c")
@pytest.mark.parametrize("lacks", ["action", "action_owner", "action_date"])
def test_a_solution_says_what_is_done_by_whom_and_by_when(clause: str, lacks: str) -> None:
    play = found()
    assert play.do("propose", "service_manager", "2026-03-03T09:00", solution="我们会看") == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({"actions"}, True)
    fields: dict[str, Any] = {"solution": "返修", "actions": [without(ACTION, lacks)]}
    assert play.do("propose", "service_manager", "2026-03-03T09:00", **fields) == "fields_wrong"
    assert play.missing() == {f"actions[1].{lacks}"}
    for person in ("sales_manager", "specialist"):
        assert play.do("propose", person, "2026-03-03T09:00", **SOLUTION) == "wrong_role"


@for_clause("AD-4A.3b")
@around_the_limit("2026-03-03T24:00", "2026-03-04T00:00:01")
def test_a_solution_is_proposed_within_one_working_day_of_the_assignment(clause: str, at: str, status: str) -> None:
    play = found()
    assert play.due("proposal") == "2026-03-04T00:00:00"
    play.until(at).did("propose", "service_manager", at, **SOLUTION)
    assert play.status("proposal") == status
    assert play.cites(clause, "clock_started", "clock.proposal")


@for_clause("AD-4A.3b")
@pytest.mark.parametrize(
    ("at", "due"), [("2026-03-06T16:00", "2026-03-10T00:00:00"), ("2026-04-30T10:00", "2026-05-07T00:00:00")]
)
def test_weekends_and_holidays_are_no_working_days(clause: str, at: str, due: str) -> None:
    play = judged().did("assign", CRM, at)
    assert play.due("proposal") == due
    assert play.cites(clause, "clock_started", "clock.proposal")


@for_clause("house-1")
def test_a_proposal_that_is_late_is_told_upward(clause: str) -> None:
    play = assigned().until("2026-03-06T12:00")
    assert [line for line in play.told() if line[1] == "proposal"] == [
        ("2026-03-03T15:12:00", "proposal", "head_of_service_manager"),
        ("2026-03-04T00:00:01", "proposal", f"service_manager {CRM}"),
        ("2026-03-05T00:00:00", "proposal", GM),
    ]
    assert play.cites(clause, "escalated", "clock.proposal")
    play.did("find_cause", GM, "2026-03-06T13:00", **CAUSE)
    assert play.did("propose", CRM, "2026-03-06T14:00", **SOLUTION).state.stage == "approval"


@for_clause("AD-2.3c")
@pytest.mark.parametrize("lacks", ["delayed_by", "delay_why"])
def test_who_answers_for_a_late_proposal_is_written_down(clause: str, lacks: str) -> None:
    play = summed_up(at="2026-03-04T03:00")
    fields = {"delayed_by": "service_manager", "delay_why": "等配件"}
    play.did("consequence.delay_penalty", GM, "2026-03-06T10:10", amount="200", reason="延误三小时")
    assert play.do("close", CRM, "2026-03-06T11:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("task.delay", CRM, "2026-03-06T11:10", **without(fields, lacks)) == "fields_wrong"
    assert play.missing() == {lacks}
    play.did("task.delay", CRM, "2026-03-06T11:20", **fields)
    assert play.did("close", CRM, "2026-03-06T11:30").state.closed
    assert "delay" not in summed_up().state.tasks


@for_clause("AD-3.4a", "AD-4A.4a")
def test_no_customer_is_notified_before_the_general_manager_agrees(clause: str) -> None:
    play = proposed()
    assert play.do("notify_customer", "specialist", "2026-03-03T10:00", told="t") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("approval.solution", "service_manager", "2026-03-03T10:00", verdict="given") == "own_proposal"
    assert play.do("approval.solution", CRM, "2026-03-03T10:00", verdict="given") == "wrong_role"
    play.did("approval.solution", GM, "2026-03-03T11:00", verdict="given")
    assert play.did("notify_customer", "specialist", "2026-03-03T12:00", told="t").state.stage == "notified"
    assert "major_solution" not in play.state.approvals


@for_clause("AD-4A.4a", "house-4")
def test_a_solution_that_is_returned_comes_back_in_a_new_version_within_a_working_day(clause: str) -> None:
    play = proposed().did("approval.solution", GM, "2026-03-05T09:00", verdict="returned", reason="赔偿过高")
    assert (play.state.stage, play.status("proposal"), play.due("proposal")) == (
        "investigation", "running", "2026-03-07T00:00:00",
    )  # fmt: skip
    assert play.due("idle") == "2026-03-05T14:30:00"
    play.did("propose", "service_manager", "2026-03-06T09:00", **SOLUTION)
    assert (play.state.copies["solution"], play.status("proposal")) == (2, "met")
    assert play.do("notify_customer", "specialist", "2026-03-06T09:30", told="t") == "gate_closed"
    play.did("approval.solution", GM, "2026-03-06T10:00", verdict="given")
    assert play.did("notify_customer", CRM, "2026-03-06T11:00", told="t").state.stage == "notified"
    file = play.pack.file
    assert clause in (*file.approval["solution"].clause, *file.clock["proposal"].clause)


@for_clause("AD-4A.4b")
@pytest.mark.parametrize("person", ["sales_manager", "service_manager", "advisor", "general_manager"])
def test_specialist_or_manager_notify_the_customer_and_nobody_else(clause: str, person: str) -> None:
    play = approved()
    assert play.do("notify_customer", person, "2026-03-05T14:10", told="t") == "wrong_role"
    assert play.refused("wrong_role", clause)
    play.did("notify_customer", "specialist", "2026-03-05T14:20", told="t")
    assert play.of("clock_met", "clock.notifying")[0].data["spent"] == 1200
    assert play.cites(clause, "clock_met", "clock.notifying")


@for_clause("AD-4A.4c")
@pytest.mark.parametrize("lacks", ["reaction", "reaction_words"])
def test_it_goes_on_only_with_the_customer_s_reaction(clause: str, lacks: str) -> None:
    play = notified()
    assert play.do("ask_satisfaction", "specialist", "2026-03-05T15:00", **SATISFACTION) == "gate_closed"
    assert play.refused("gate_closed", clause)
    fields = without({"reaction": "accepted", "reaction_words": "可以"}, lacks)
    assert play.do("task.reaction", "specialist", "2026-03-05T15:00", **fields) == "fields_wrong"
    assert play.missing() == {lacks}
    assert (play.status("reacting"), play.due("reacting")) == ("running", "")
    assert asked().status("reacting") == "met"


@for_clause("AD-4A.4c")
@pytest.mark.parametrize(("reaction", "code"), [("accepted", ""), ("undecided", ""), ("rejected", "gate_closed")])
def test_a_rejected_solution_does_not_go_on(clause: str, reaction: str, code: str) -> None:
    play = notified()
    play.did("task.reaction", CRM, "2026-03-05T15:00", reaction=reaction, reaction_words="w")
    assert play.do("ask_satisfaction", "specialist", "2026-03-05T16:00", **SATISFACTION) == code
    assert play.cites(clause, "filled", "form.reaction")


@for_clause("house-4")
def test_a_solution_that_the_customer_rejects_is_worked_on_again_within_a_working_day(clause: str) -> None:
    play = notified()
    assert play.do("rework", CRM, "2026-03-05T14:30") == "gate_closed"
    play.did("task.reaction", CRM, "2026-03-05T15:00", reaction="rejected", reaction_words="不行")
    play.did("rework", CRM, "2026-03-05T16:00")
    assert (play.state.stage, play.due("proposal")) == ("investigation", "2026-03-07T00:00:00")
    play.did("propose", "service_manager", "2026-03-06T09:00", **SOLUTION)
    play.did("approval.solution", GM, "2026-03-06T10:00", verdict="given")
    play.did("notify_customer", "specialist", "2026-03-06T11:00", told="t")
    assert play.do("rework", CRM, "2026-03-06T11:30") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("task.reaction", "specialist", "2026-03-06T12:00", reaction="accepted", reaction_words="可以")
    assert play.do("rework", CRM, "2026-03-06T12:30") == "gate_closed"
    assert len(play.of("clock_met", "clock.notifying")) == len(play.of("clock_met", "clock.reacting")) == 2


@for_clause("AD-4A.5", "AD-4B.4")
@pytest.mark.parametrize("lacks", ["satisfaction", "with_care"])
def test_nothing_ends_before_the_customer_was_asked_with_care(clause: str, lacks: str) -> None:
    play = notified()
    play.did("task.reaction", CRM, "2026-03-05T15:00", reaction="accepted", reaction_words="w")
    assert "close" not in play.open_steps()
    assert play.do("ask_satisfaction", CRM, "2026-03-05T16:00", **without(SATISFACTION, lacks)) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({lacks}, True)
    play.did("ask_satisfaction", CRM, "2026-03-05T16:00", **(SATISFACTION | {"satisfaction": "not_reachable"}))
    assert play.state.stage == "summary"


@for_clause("AD-4A.6")
def test_the_general_flow_has_no_sixth_step(clause: str) -> None:
    file = shipped(PACK).file
    assert file.clause[clause].nothing_to_encode
    cited = {each.split(".")[1][0] for step in file.step.values() for each in step.clause if each.startswith("AD-4A.")}
    taken = {each.split(".")[1][0] for row in file.form.values() for each in row.clause if each.startswith("AD-4A.")}
    assert cited | taken == {"1", "2", "3", "4", "5", "7"}


@for_clause("AD-4A.7")
@pytest.mark.parametrize("lacks", ["evaluation", "improvement", "loss"])
def test_a_complaint_is_summed_up_with_an_improvement_or_a_reason(clause: str, lacks: str) -> None:
    play = asked()
    assert play.do("close", CRM, "2026-03-06T10:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("sum_up", CRM, "2026-03-06T10:00", **without(SUMMARY, lacks)) == "fields_wrong"
    assert play.missing() == {lacks}
    fields = SUMMARY | {"improvement": {"no": "个案"}, "no_measure_why": "个案"}
    play.did("sum_up", CRM, "2026-03-06T10:30", **fields)
    assert play.do("sum_up", CRM, "2026-03-06T10:40", **fields) == "step_not_open"
    assert play.did("close", CRM, "2026-03-06T11:00").state.closed


@for_clause("AD-2.1b")
def test_the_departments_that_a_closed_complaint_names_hear_of_its_lessons(clause: str) -> None:
    play = summed_up().did("close", CRM, "2026-03-06T11:00")
    assert told(play, "close") == {"service_manager", "head_a"}
    assert play.cites(clause, "notified", "step.close")


@for_clause("AD-2.1c")
def test_a_poor_attitude_is_taken_up_in_the_summary(clause: str) -> None:
    play = notified()
    play.did("task.reaction", CRM, "2026-03-05T15:00", reaction="accepted", reaction_words="w")
    play.did("ask_satisfaction", CRM, "2026-03-06T09:00", **(SATISFACTION | {"poor_attitude": True}))
    assert play.do("sum_up", CRM, "2026-03-06T10:00", **SUMMARY) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({"attitude_lesson"}, True)
    play.did("sum_up", CRM, "2026-03-06T10:00", **SUMMARY, attitude_lesson="培训接待礼仪")
    assert play.written("summary")["attitude_lesson"] == "培训接待礼仪"


@for_clause("AD-5")
def test_rudeness_is_brought_before_the_managers(clause: str) -> None:
    play = notified()
    play.did("task.reaction", CRM, "2026-03-05T15:00", reaction="accepted", reaction_words="w")
    play.did("ask_satisfaction", "specialist", "2026-03-06T09:00", **(SATISFACTION | {"rude": True}))
    assert told(play, "ask_satisfaction") == {"service_manager", CRM}
    assert play.cites(clause, "notified", "step.ask_satisfaction")
    assert told(asked(), "ask_satisfaction") == told(talked(), "ask_satisfaction") == set()
