"""The group's rule: levels, the escalated complaint, the internal review and its measures."""

from typing import Any

import pytest

from tests.rules.packs.group_complaint_demand.stories import FILE, GROUP, accepted, executing, planned, under_review
from tests.rules.packs.playing import Play, around_the_limit, done, for_clause, shipped, shown

pytestmark = pytest.mark.pure

PASSED: dict[str, Any] = {"verdict": "given", "reviewers": ["pia", "quan"], "review_result": "passed"}


@for_clause("house-3", "GD-4.1.2a")
def test_a_complaint_has_exactly_one_of_three_levels(clause: str) -> None:
    assert accepted().state.classes["level"] == "normal"
    assert planned("escalated").state.classes["level"] == "escalated"
    assert planned("major_escalated").state.classes["level"] == "major_escalated"
    play = accepted()
    done(play.do("escalate", "ofra", "2026-03-03T09:00", escalated_why="w"), play)
    assert play.state.classes["level"] == "escalated"
    assert play.messages[-1]["to"] == "pia"
    assert play.do("accept_escalated", "pia", "2026-03-03T10:00", level="normal") == "fields_wrong"
    assert "level" not in accepted("demand").state.classes
    assert "house-3" in (clause, play.pack.file.clause[clause].filled)


@for_clause("house-3")
@pytest.mark.parametrize(
    ("by", "code"), [("ofra", ""), ("omar", ""), ("pia", ""), ("quan", "wrong_role"), ("emil", "wrong_role")]
)
def test_office_and_project_centre_escalate_with_a_reason(clause: str, by: str, code: str) -> None:
    play = accepted()
    assert play.do("escalate", by, "2026-03-03T09:00", escalated_why="w") == code
    assert accepted().do("escalate", "ofra", "2026-03-03T09:00") == "fields_wrong"
    assert play.cites(clause, "refused" if code else "moved")


@for_clause("house-3", "GD-4.2.2a")
def test_a_missed_limit_escalates_by_itself(clause: str) -> None:
    play = accepted().until("2026-03-07T00:00:00")
    assert play.state.stage == "accepted"
    play.until("2026-03-07T00:00:01")
    moved = play.of("moved", "step.escalate")[0]
    assert (play.state.stage, moved.by, play.state.classes["level"]) == ("escalated", "clock", "escalated")
    assert clause == "GD-4.2.2a" or clause in moved.clause
    assert play.cites("GD-4.2.2a", "clock_missed", "clock.handling")


@for_clause("house-3")
def test_a_missed_demand_is_not_escalated(clause: str) -> None:
    play = accepted("demand").until("2026-06-01T00:00")
    assert (play.state.stage, play.status("demand_handling")) == ("accepted", "missed")
    assert clause in play.pack.file.step["escalate"].clause


@for_clause("GD-4.2.2f")
@pytest.mark.parametrize("by", ["pia", "ofra"])
@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-03-03T00:00:00", "2026-03-24T00:00:00"),
        ("2026-03-03T23:59:59", "2026-03-24T00:00:00"),
        ("2026-03-07T10:00:00", "2026-03-28T00:00:00"),
        ("2026-03-30T10:00:00", "2026-04-21T00:00:00"),
    ],
    ids=["first_second", "last_second", "saturday", "over_qingming"],
)
def test_an_escalated_complaint_has_15_working_days_from_its_own_acceptance(
    clause: str, by: str, at: str, due: str
) -> None:
    day = at[:10] if at[11:] == "00:00:00" else "2026-03-03"
    play = accepted(at="2026-03-02T10:00")
    done(play.do("escalate", "ofra", f"{day}T00:00:00", escalated_why="w"), play)
    assert play.status("escalated") == "off"
    done(play.do("accept_escalated", by, at, level="escalated"), play)
    assert play.due("escalated") == due
    assert shown(play.state.clocks["escalated"].started) == at
    assert play.cites(clause, "clock_started", "clock.escalated")


@for_clause("GD-4.2.2f", "GD-4.2.2g")
@around_the_limit("2026-03-23T24:00", "2026-03-24T00:00:01")
def test_the_escalated_complaint_is_on_time_until_the_end_of_day_15(clause: str, at: str, status: str) -> None:
    play = planned("escalated")
    done(play.do("execute", "ofra", "2026-03-04T09:00"), play)
    done(play.do("handle", "ofra", at, result="r"), play)
    assert play.status("escalated") == status
    assert play.cites(clause, f"clock_{status}", "clock.escalated")


@for_clause("house-3", "GD-4.2.2a")
def test_the_limit_of_five_days_is_off_when_the_escalated_complaint_is_accepted(clause: str) -> None:
    play = accepted()
    done(play.do("escalate", "ofra", "2026-03-03T09:00", escalated_why="w"), play)
    assert play.status("handling") == "running"
    done(play.do("accept_escalated", "pia", "2026-03-03T10:00", level="escalated"), play)
    assert play.status("handling") == "off"
    assert clause == "house-3" or play.cites(clause, "clock_off", "clock.handling")
    assert "house-3" in play.pack.file.clause["GD-4.2.2a"].reading


@for_clause("GD-3.2.2")
def test_only_the_project_centre_opens_the_review(clause: str) -> None:
    play = planned()
    assert play.do("open_review", "ofra", "2026-03-04T09:00") == "wrong_role"
    assert play.refused_by() == (clause,)
    assert play.do("open_review", "quan", "2026-03-04T09:00") == "wrong_role"
    done(play.do("open_review", "pia", "2026-03-04T09:00"), play)
    assert play.state.stage == "review"


@for_clause("GD-3.2.2")
def test_no_verdict_before_the_review_is_open(clause: str) -> None:
    play = planned()
    assert len(play.of("approval_asked", "approval.review")) == 1
    assert play.do("approval.review", "pia", "2026-03-04T09:00", **PASSED, passed_measures=["repair"]) == "gate_closed"
    assert clause in play.refused_by()
    assert planned("escalated").of("approval_asked") == []


@for_clause("GD-3.2.2")
def test_only_a_major_escalated_complaint_is_reviewed(clause: str) -> None:
    play = planned("escalated")
    assert play.do("open_review", "pia", "2026-03-04T09:00") == "gate_closed"
    assert play.refused_by() == (clause,)
    done(play.do("execute", "pia", "2026-03-04T09:00"), play)
    assert play.state.stage == "execution"


@for_clause("GD-3.2.2")
def test_a_major_escalated_complaint_is_not_executed_before_its_review(clause: str) -> None:
    play = planned()
    assert play.do("execute", "ofra", "2026-03-04T09:00") == "gate_closed"
    assert clause in play.refused_by()
    play = under_review()
    assert play.do("execute", "ofra", "2026-03-04T12:00") == "gate_closed"


@for_clause("GD-3.1.2")
def test_a_review_is_not_concluded_without_the_advice_of_the_quality_centre(clause: str) -> None:
    play = planned()
    done(play.do("open_review", "pia", "2026-03-04T09:00"), play)
    done(play.do("task.case_files", "ofra", "2026-03-04T10:00", case_file=FILE), play)
    assert play.do("task.advice", "pia", "2026-03-04T10:00", advice="a") == "wrong_role"
    assert play.do("approval.review", "pia", "2026-03-04T11:00", **PASSED, passed_measures=["repair"]) == "gate_closed"
    assert play.refused_by() == (clause,)


@for_clause("GD-3.3.3a")
def test_a_review_is_not_concluded_without_the_case_files_of_the_office(clause: str) -> None:
    play = planned()
    done(play.do("open_review", "pia", "2026-03-04T09:00"), play)
    done(play.do("task.advice", "quan", "2026-03-04T10:00", advice="a"), play)
    assert play.do("task.case_files", "ofra", "2026-03-04T10:00") == "fields_wrong"
    assert play.do("approval.review", "pia", "2026-03-04T11:00", **PASSED, passed_measures=["repair"]) == "gate_closed"
    assert play.refused_by() == (clause,)


@for_clause("GD-3.3.3b")
def test_measures_that_passed_open_and_the_others_stay_locked(clause: str) -> None:
    play = executing()
    open_measures = {name for name, task in play.state.tasks.items() if task.status == "open"}
    assert open_measures == {"measure_repair", "measure_coaching"}
    done(play.do("task.measure_repair", "ofra", "2026-03-06T09:00", carried_out="c"), play)
    assert play.do("task.measure_cleaning_up", "ofra", "2026-03-06T09:00", carried_out="c") == "step_not_open"
    assert play.do("handle", "ofra", "2026-03-06T10:00", result="r") == "gate_closed"
    assert play.refused_by() == (clause,)
    done(play.do("task.measure_coaching", "ofra", "2026-03-06T11:00", carried_out="c"), play)
    done(play.do("handle", "ofra", "2026-03-06T12:00", result="r"), play)


@for_clause("GD-3.3.3b", "house-7")
@pytest.mark.parametrize("measure", ["repair", "replacement", "cleaning_up", "compensation", "coaching"])
def test_each_kind_of_measure_is_a_duty_that_handling_waits_for(clause: str, measure: str) -> None:
    play = under_review()
    done(play.do("approval.review", "pia", "2026-03-05T09:00", **PASSED, passed_measures=[measure]), play)
    assert play.state.tasks[f"measure_{measure}"].status == "open"
    done(play.do("execute", "ofra", "2026-03-05T10:00"), play)
    assert play.do("handle", "ofra", "2026-03-05T11:00", result="r") == "gate_closed"
    assert play.do(f"task.measure_{measure}", "ofra", "2026-03-05T11:00") == "fields_wrong"
    done(play.do(f"task.measure_{measure}", "ofra", "2026-03-05T11:00", carried_out="c"), play)
    done(play.do("handle", "ofra", "2026-03-05T12:00", result="r"), play)
    assert play.cites(clause, "task_done") if clause != "house-7" else play.cites(clause, "filled", "form.plan")


@for_clause("GD-6.6")
def test_the_review_form_holds_who_reviewed_and_whether_it_passed(clause: str) -> None:
    play = under_review()
    for field in ("reviewers", "review_result"):
        fields = {name: value for name, value in PASSED.items() if name != field}
        assert play.do("approval.review", "pia", "2026-03-05T09:00", **fields) == "fields_wrong"
        assert field in play.missing()
        assert clause in play.refused_by()
    assert play.do("approval.review", "pia", "2026-03-05T09:00", **PASSED) == "fields_wrong"
    assert play.missing() == {"passed_measures"}
    done(play.do("approval.review", "pia", "2026-03-05T09:00", **PASSED, passed_measures=["repair"]), play)
    assert play.state.copies["internal_review"] == 1


@for_clause("GD-6.6", "house-1")
def test_a_solution_that_does_not_pass_is_planned_and_reviewed_anew(clause: str) -> None:
    play = under_review()
    failed: dict[str, Any] = {"verdict": "returned", "reason": "r", "reviewers": ["pia"], "review_result": "not_passed"}
    done(play.do("approval.review", "pia", "2026-03-05T09:00", **failed), play)
    assert play.state.stage == "planning"
    assert play.do("execute", "ofra", "2026-03-05T09:30") == "gate_closed"
    done(play.do("plan", "ofra", "2026-03-05T10:00", solution="s", measures=["repair"]), play)
    done(play.do("open_review", "pia", "2026-03-05T11:00"), play)
    assert play.state.approvals["review"].status == "asked"
    assert play.cites(clause, "approval_returned" if clause == "GD-6.6" else "filled")


@for_clause("GD-3.2.2")
def test_a_verdict_that_contradicts_its_form_does_not_open_the_execution(clause: str) -> None:
    play = under_review()
    fields = PASSED | {"review_result": "not_passed"}
    done(play.do("approval.review", "pia", "2026-03-05T09:00", **fields), play)
    assert play.do("execute", "ofra", "2026-03-05T10:00") == "gate_closed"
    assert clause in play.refused_by()


@for_clause("house-1")
@pytest.mark.parametrize(("step", "by"), [("open_review", "pia"), ("execute", "ofra")])
def test_nothing_is_reviewed_or_executed_without_a_plan(clause: str, step: str, by: str) -> None:
    play = accepted()
    done(play.do("escalate", "ofra", "2026-03-03T09:00", escalated_why="w"), play)
    level = "major_escalated" if step == "open_review" else "escalated"
    done(play.do("accept_escalated", "pia", "2026-03-03T10:00", level=level), play)
    assert play.do(step, by, "2026-03-03T11:00") == "gate_closed"
    assert play.refused_by() == (clause,)
    assert play.do("plan", "ofra", "2026-03-03T11:00", solution="s") == "fields_wrong"


@for_clause("GD-3.2.2")
def test_who_opened_the_review_may_write_down_its_verdict_and_who_planned_may_not(clause: str) -> None:
    play = under_review()
    assert (
        play.do("approval.review", "ofra", "2026-03-05T09:00", **PASSED, passed_measures=["repair"]) == "own_proposal"
    )
    assert shipped(GROUP).file.approval["review"].to == ("project_centre",)
    assert executing().of("approval_given", "approval.review")[0].by == "pia"
    assert clause in Play(GROUP).pack.file.approval["review"].clause
