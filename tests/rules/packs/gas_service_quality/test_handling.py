"""Article 4 and annexes 1 to 3: the sheet A1 and its limit, the investigation beside it, A2, effect, revisit, ledger, report."""

import pytest

from tests.rules.packs.gas_service_quality.stories import (
    A1,
    A2,
    FOUND,
    INTAKE,
    PACK,
    complaint,
    confirmed,
    decided,
    found,
    grumble,
    investigated,
    issued,
    ledgered,
    returned,
    reviewed,
    signed,
)
from tests.rules.packs.overview import made
from tests.rules.packs.playing import Play, around_the_limit, for_clause, shipped

pytestmark = pytest.mark.pure


def back(play: Play, at: str) -> Play:
    """A2 is returned at an instant."""
    return play.did("return_a2", "head_a", at, **A2)


@for_clause("GQ-4.3a")
def test_a1_goes_to_the_responsible_department_with_its_limit(clause: str) -> None:
    play = issued(grumble())
    assert sorted((each["to"], each["role"]) for each in play.messages) == [
        ("head_a", "undertaking_head"),
        ("worker_a", "undertaker"),
    ]
    sheet = play.written("a1")
    assert (sheet["undertaking_department"], sheet["limit_days"], bool(play.state.number)) == ("unit_a", "3", True)
    assert play.cites(clause, "moved", "step.issue_a1")


@for_clause("GQ-4.3b")
def test_the_investigation_runs_beside_and_joins_before_anything_is_verified(clause: str) -> None:
    play = issued(grumble())
    assert {"return_a2", "task.investigation"} <= play.open_steps()
    play = ledgered(grumble())
    assert play.do("verify", "service_centre", "2026-03-05T10:30") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("dismiss", "service_centre", "2026-03-05T10:30") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("task.investigation", "other_b", "2026-03-05T11:00", **FOUND) == "wrong_role"
    play.did("task.investigation", "worker_b", "2026-03-05T11:00", **FOUND)
    assert play.cites(clause, "task_done", "task.investigation")
    assert play.do("verify", "service_centre", "2026-03-05T12:00") == ""


@for_clause("GQ-4.4a", "GQ-4.4b")
@around_the_limit("2026-03-05T24:00", "2026-03-06T00:00:01")
def test_three_days_end_with_the_third_day_after_the_issue(clause: str, at: str, status: str) -> None:
    play = back(signed(issued(grumble())), at)
    assert (play.due("within_days"), play.status("within_days")) == ("2026-03-06T00:00:00", status)
    assert play.status("same_day") == "off"
    assert play.cites(clause, "clock_met", "clock.within_days") == (clause == "GQ-4.4a" and status == "met")
    assert (play.of("task_given", "task.judge_promptness") != []) == (status == "missed")


@for_clause("GQ-4.4a")
@around_the_limit("2026-03-02T24:00", "2026-03-03T00:00:01")
def test_the_same_day_ends_at_midnight(clause: str, at: str, status: str) -> None:
    play = back(signed(issued(grumble(), limit_days="0")), at)
    assert (play.due("same_day"), play.status("same_day"), play.status("within_days")) == (
        "2026-03-03T00:00:00",
        status,
        "off",
    )
    assert play.cites(clause, "clock_started", "clock.same_day")


@for_clause("GQ-4.4a")
@pytest.mark.parametrize(
    ("at", "days", "due"),
    [
        ("2026-03-02T09:30", "1", "2026-03-04T00:00:00"),
        ("2026-03-06T17:00", "2", "2026-03-09T00:00:00"),
        ("2026-04-30T09:00", "3", "2026-05-04T00:00:00"),
        ("2026-03-02T23:59:59", "10", "2026-03-13T00:00:00"),
    ],
)
def test_days_are_calendar_days_also_over_a_weekend_and_a_holiday(clause: str, at: str, days: str, due: str) -> None:
    play = issued(grumble(), at, limit_days=days)
    assert (play.due("within_days"), clause in play.of("clock_started")[0].clause) == (due, True)


@pytest.mark.parametrize("days", ["-1", ""])
def test_a_limit_is_written_on_a1(days: str) -> None:
    play = grumble()
    assert play.do("issue_a1", "service_centre", "2026-03-02T09:30", **(A1 | {"limit_days": days})) == "fields_wrong"
    assert play.missing() == {"limit_days"}


@for_clause("GQ-4.4b")
def test_a2_comes_from_the_head_of_the_department(clause: str) -> None:
    play = signed(issued(grumble()))
    assert play.do("return_a2", "worker_a", "2026-03-03T10:00", **A2) == "wrong_role"
    assert back(play, "2026-03-03T10:00").state.stage == "effect_check"
    assert play.cites(clause, "moved", "step.return_a2")


@for_clause("GQ-4.5a")
def test_there_is_no_revisit_before_the_effect_is_confirmed(clause: str) -> None:
    play = returned(grumble())
    assert play.do("revisit", "service_centre", "2026-03-04T11:00") == "step_not_open"
    checked = {"inspected": "现场查看", "effective": False}
    assert play.do("confirm_effect", "service_centre", "2026-03-04T11:00", **checked) == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("confirm_effect", "worker_a", "2026-03-04T11:00", **(checked | {"effective": True})) == "wrong_role"
    assert play.did("confirm_effect", "service_centre", "2026-03-04T11:00", **(checked | {"effective": True}))
    assert (play.state.stage, play.cites(clause, "moved", "step.confirm_effect")) == ("revisiting", True)


@for_clause("GQ-4.5b")
def test_a_satisfied_customer_brings_the_case_into_the_ledger(clause: str) -> None:
    play = confirmed(grumble())
    asked = {"revisited": "电话回访", "satisfied": False}
    assert play.do("revisit", "service_centre", "2026-03-05T10:00", **asked) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("revisit", "service_centre", "2026-03-05T10:00", **(asked | {"satisfied": True}))
    assert (play.state.stage, play.cites(clause, "moved", "step.revisit")) == ("ledgered", True)


@for_clause("GQ-4.5c", "GQ-A3.1")
def test_the_ledger_has_a_line_of_thirteen_columns_for_each_problem(clause: str) -> None:
    play = investigated(grumble())
    complaint("level_3", play.cabinet)
    ledger = made(play, "ledger", "2026-03", "2026-03-31T24:00")
    assert clause in ledger.report.clause
    assert ledger.report.columns == (
        "number", "opened_by", "opened_at", "customer_name", "customer_phone", "customer_address", "problem", "blamed",
        "undertaking_department", "limit_days", "handling_result", "satisfied", "remarks",
    )  # fmt: skip
    first, second = ledger.register
    assert first.cells[1] == "service_centre"
    assert (first.cells[6], first.cells[7]) == (INTAKE["problem"], FOUND["blamed"])
    assert [str(cell) for cell in first.cells[8:12]] == ["unit_a", "3", "已改约", "True"]
    assert second.cells[1] == "hr_admin"
    assert made(play, "ledger", "2026-02", "2026-03-31T24:00").register == ()


@for_clause("GQ-4.6", "house-2")
@pytest.mark.parametrize(
    ("level", "circular", "wanted"),
    [("level_1", False, True), ("level_2", False, True), ("level_3", True, True), ("level_3", False, False)],
)
def test_hr_reports_complaints_that_need_a_circular(clause: str, level: str, circular: bool, wanted: bool) -> None:
    play = reviewed(complaint(level), circular=circular)
    assert ("task.event_report" in play.open_steps()) == wanted
    if wanted:
        assert play.cites(clause, "task_given", "task.event_report")
        assert play.do("task.event_report", "service_centre", "2026-03-06T10:00", event_report="调查") == "wrong_role"
        play.did("task.event_report", "hr_admin", "2026-03-06T10:00", event_report="经过与原因")
        assert [each["to"] for each in play.messages][-1] == "company_leadership"


@for_clause("GQ-4.6")
def test_a_grumble_needs_no_report_and_a_complaint_an_answer_whether_it_does(clause: str) -> None:
    assert reviewed(grumble()).of("task_given", "task.event_report") == []
    play = investigated(complaint("level_3"))
    assert play.do("verify", "hr_admin", "2026-03-05T12:00") == "fields_wrong"
    assert play.missing() == {"circular"}
    assert clause in shipped(PACK).file.form["verification"].clause


@for_clause("GQ-4.6")
def test_a_complaint_does_not_close_before_its_report_is_there(clause: str) -> None:
    play = found(reviewed(complaint("level_2")))
    decided(play, "sanction_level_2", choice=["warning"])
    play.did("conclude", "hr_admin", "2026-03-06T11:00", responsible_people={"no": "待查"})
    review = {"analysis": "甲", "improvements": "乙", "meeting_on": "2026-03-09", "minutes": "丙"}
    play.did("task.department_review", "head_a", "2026-03-09T17:00", **review)
    assert play.do("close", "hr_admin", "2026-03-10T09:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("task.event_report", "hr_admin", "2026-03-10T10:00", event_report="经过与原因")
    assert play.did("close", "hr_admin", "2026-03-10T11:00").state.closed


@for_clause("GQ-A1.1")
def test_a1_has_eleven_fields_and_four_manners(clause: str) -> None:
    form = shipped(PACK).file.form["a1"]
    assert (form.prints, clause in form.clause) == (True, True)
    assert [each.name for each in form.fields] == [
        "customer_name", "customer_phone", "manner", "reported_at", "problem", "customer_request", "investigator",
        "undertaking_department", "undertaker", "limit_days", "head_signature",
    ]  # fmt: skip
    assert form.fields[2].choices == ("visit", "call", "revisit", "other")


@for_clause("GQ-A1.1")
@pytest.mark.parametrize("name", ["manner", "reported_at", "investigator", "undertaking_department", "undertaker"])
def test_what_only_a1_says_is_filled_in(clause: str, name: str) -> None:
    play = grumble()
    fields = {key: value for key, value in A1.items() if key != name}
    assert play.do("issue_a1", "service_centre", "2026-03-02T09:30", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({name}, True)


@for_clause("GQ-A1.1")
def test_the_head_signs_a1_before_a2_comes_back(clause: str) -> None:
    play = issued(grumble())
    assert play.do("return_a2", "head_a", "2026-03-03T10:00", **A2) == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("task.sign_a1", "worker_a", "2026-03-03T10:00", head_signature=True) == "wrong_role"
    assert back(signed(play), "2026-03-03T10:00").state.stage == "effect_check"


@for_clause("GQ-A2.1")
def test_a2_has_eight_fields(clause: str) -> None:
    form = shipped(PACK).file.form["a2"]
    assert (form.prints, clause in form.clause) == (True, True)
    assert [each.name for each in form.fields] == [
        "customer_name", "customer_phone", "customer_address", "problem_summary", "handling_result",
        "corrective_measures", "remarks", "head_signature",
    ]  # fmt: skip


@for_clause("GQ-A2.1")
@pytest.mark.parametrize("name", ["problem_summary", "handling_result", "corrective_measures", "head_signature"])
def test_a2_without_measures_or_signature_is_not_taken(clause: str, name: str) -> None:
    play = signed(issued(grumble()))
    fields = {key: value for key, value in A2.items() if key != name}
    assert play.do("return_a2", "head_a", "2026-03-03T10:00", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({name}, True)


@for_clause("GQ-A2.1", "GQ-A4.18")
def test_without_a_measure_the_effect_cannot_be_confirmed(clause: str) -> None:
    play = returned(grumble(), corrective_measures={"no": "部门未制定"})
    checked = {"inspected": "现场查看", "effective": True}
    assert play.do("confirm_effect", "service_centre", "2026-03-04T11:00", **checked) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("deny_effect", "service_centre", "2026-03-04T11:00", **(checked | {"effective": False}))
    assert "task.judge_effectiveness" in play.open_steps()
