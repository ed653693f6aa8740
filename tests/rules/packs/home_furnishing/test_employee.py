"""Employees' complaints from the book to the end, HF-2b, HF-4.1.1a to HF-4.1.3b, HF-5.1.1a to HF-5.1.2d."""

from typing import Any

import pytest

from tests.rules.packs.home_furnishing.stories import (
    BOOK,
    DETERMINED,
    PACK,
    UPWARD,
    determined,
    informed,
    noted,
    reported_up,
    talked,
)
from tests.rules.packs.overview import made
from tests.rules.packs.playing import Play, around_the_limit, for_clause, shipped

pytestmark = pytest.mark.pure


@for_clause("HF-2a")
def test_a_case_without_its_track_is_not_opened(clause: str) -> None:
    assert Play(PACK).open("", "employee_handler", "2026-03-02T10:00", **BOOK) == "unknown_kind"
    assert clause in shipped(PACK).file.kind["employee"].clause
    assert clause in shipped(PACK).file.kind["customer"].clause


@for_clause("HF-2b")
@pytest.mark.parametrize("disputes", ["handling_result", "the_matter"])
def test_an_employee_disputes_a_result_or_the_matter_itself(clause: str, disputes: str) -> None:
    play = noted(disputes=disputes)
    assert (play.state.kind, play.written("employee_book")["disputes"]) == ("employee", disputes)
    assert play.cites(clause, "opened", "kind.employee")


@for_clause("HF-4.1.1a", "HF-5.1.1a")
@pytest.mark.parametrize("field", sorted(BOOK))
def test_nothing_is_missing_in_the_employee_book(clause: str, field: str) -> None:
    play = Play(PACK)
    given = {name: value for name, value in BOOK.items() if name != field}
    assert play.open("employee", "employee_handler", "2026-03-02T10:00", **given) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by() or clause == "HF-5.1.1a") == ({field}, True)


@for_clause("HF-4.1.1a", "HF-5.1.1b")
@pytest.mark.parametrize(("channel", "code"), [("phone", ""), ("in_person", ""), ("mail", "fields_wrong")])
def test_an_employee_complains_by_telephone_or_in_person(clause: str, channel: str, code: str) -> None:
    play = Play(PACK)
    play.answers["table:channel_contacts"] = []
    assert play.open("employee", "employee_handler", "2026-03-02T10:00", **(BOOK | {"channel": channel})) == code
    assert clause in (*play.pack.file.form["employee_book"].clause, *play.pack.file.table["channel_contacts"].clause)


@for_clause("HF-5.1.1b")
def test_publishing_warns_while_the_telephone_number_is_not_there(clause: str) -> None:
    assert any("channel_contacts" in warning or "xxx" in warning for warning in shipped(PACK).warnings)
    assert clause in shipped(PACK).file.table["channel_contacts"].clause


@for_clause("HF-5.1.1a", "HF-4.1.1b")
def test_the_book_is_a_register_of_seven_things(clause: str) -> None:
    report = shipped(PACK).file.report["employee_book"]
    seven = ("event", "event_time", "responsible_person", "course", "present_result", "demand", "telephone")
    assert report.columns[1:8] == seven
    assert len(made(noted(), "employee_book", "2026-W10", "2026-03-08T24:00").register) == 1
    assert clause in report.clause


@for_clause("HF-4.1.1b", "HF-4.1.2a", "HF-7.1.1a")
def test_what_the_handler_cannot_judge_goes_to_the_manager_with_its_department_and_basis(clause: str) -> None:
    play = noted()
    assert play.do("report_up", "hr", "2026-03-02T16:00", **UPWARD) == "wrong_role"
    for field in UPWARD:
        left = {name: value for name, value in UPWARD.items() if name != field}
        assert play.do("report_up", "employee_handler", "2026-03-02T16:00", **left) == "fields_wrong"
        assert play.missing() == {field}
    play.did("report_up", "employee_handler", "2026-03-02T16:00", **UPWARD)
    assert (play.state.stage, play.cites(clause, "moved", "step.report_up")) == ("hr_handling", True)


@for_clause("HF-5.1.2a")
@pytest.mark.parametrize("obvious", [True, False])
def test_what_is_obvious_is_explained_at_once(clause: str, obvious: bool) -> None:
    play = noted(obvious=obvious)
    assert play.do("explain", "employee_handler", "2026-03-02T10:07", explained="e") == (
        "" if obvious else "gate_closed"
    )
    if not obvious:
        assert play.refused("gate_closed", clause)
        assert play.status("explanation") == "off"
        return
    (met,) = play.of("clock_met", "clock.explanation")
    assert (met.data["spent"], play.state.stage, play.status("same_day_report")) == (420, "informed", "off")
    assert clause in met.clause


@for_clause("HF-5.1.2b", "HF-7.1.1a")
@around_the_limit("2026-03-02T24:00", "2026-03-03T00:00:01")
def test_the_report_upward_is_due_on_the_same_day(clause: str, at: str, status: str) -> None:
    play = noted().did("report_up", "employee_handler", at, **UPWARD)
    assert (play.due("same_day_report"), play.status("same_day_report")) == ("2026-03-03T00:00:00", status)
    assert play.cites(clause, "clock_started", "clock.same_day_report")


@for_clause("HF-5.1.2b", "house-1")
def test_who_hears_of_a_report_that_is_not_made(clause: str) -> None:
    play = noted().until("2026-03-05T00:01")
    assert [line for line in play.told() if line[1] == "same_day_report"] == [
        ("2026-03-02T21:12:00", "same_day_report", "head_of_employee_handler"),
        ("2026-03-03T00:00:01", "same_day_report", "employee_handler hr_manager"),
        ("2026-03-04T00:00:00", "same_day_report", "general_manager"),
    ]
    assert {"hr_manager", "general_manager"} <= set(play.state.raised)
    assert clause in ("house-1", *play.pack.file.clock["same_day_report"].clause)


@for_clause("HF-4.1.2b", "HF-4.1.3a")
def test_a_department_gives_evidence_with_its_opinion_before_the_manager_determines(clause: str) -> None:
    play = reported_up()
    fields = {"asked_department": "unit_b", "wanted": "考勤記錄", "evidence_due": "2026-03-03T12:00"}
    assert play.do("ask_evidence", "employee_handler", "2026-03-02T17:00", **fields) == "wrong_role"
    play.did("ask_evidence", "hr_manager", "2026-03-02T17:00", **fields)
    assert play.due("evidence") == "2026-03-03T12:00:00"
    assert play.do("determine", "hr_manager", "2026-03-03T10:00", **DETERMINED) == "gate_closed"
    assert play.refused("gate_closed", "HF-4.1.3a")
    assert play.do("task.evidence", "head_a", "2026-03-03T11:00", opinion="o") == "wrong_role"
    assert play.do("task.evidence", "head_b", "2026-03-03T11:00") == "fields_wrong"
    play.did("task.evidence", "head_b", "2026-03-03T11:00", opinion="記錄有誤")
    assert (play.status("evidence"), play.cites(clause, "task_done", "task.evidence")) == ("met", True)
    play.did("determine", "hr_manager", "2026-03-03T12:00", **DETERMINED)


@for_clause("HF-4.1.2b")
@around_the_limit("2026-03-03T12:00", "2026-03-03T12:00:01")
def test_evidence_is_due_at_the_time_that_was_named(clause: str, at: str, status: str) -> None:
    fields = {"asked_department": "unit_b", "wanted": "考勤記錄", "evidence_due": "2026-03-03T12:00"}
    play = reported_up().did("ask_evidence", "hr_manager", "2026-03-02T17:00", **fields)
    play.did("task.evidence", "head_b", at, opinion="o")
    assert (play.status("evidence"), play.cites(clause, "clock_started", "clock.evidence")) == (status, True)
    again = fields | {"evidence_due": "2026-03-09T12:00"}
    play.did("ask_evidence", "hr_manager", "2026-03-05T17:00", **again)
    assert (play.due("evidence"), play.status("evidence")) == ("2026-03-09T12:00:00", "running")


@for_clause("HF-5.1.2c")
def test_the_superior_determines_on_evidence(clause: str) -> None:
    play = noted().did("report_up", "employee_handler", "2026-03-02T16:00", **UPWARD)
    assert play.do("determine", "hr_manager", "2026-03-03T10:00", **DETERMINED) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("add_evidence", "hr", "2026-03-03T10:05", evidence="外出單")
    assert play.do("determine", "hr", "2026-03-03T10:10", **DETERMINED) == "wrong_role"
    assert play.do("determine", "hr_manager", "2026-03-03T10:10", determination="d") == "fields_wrong"
    play.did("determine", "hr_manager", "2026-03-03T10:10", **DETERMINED)
    assert play.cites(clause, "moved", "step.determine")


@for_clause("HF-5.1.2d", "HF-4.1.1c")
@pytest.mark.parametrize("left_out", ["complainant_told", "responsible_told"])
def test_complainant_and_responsible_person_are_both_told(clause: str, left_out: str) -> None:
    told = {"complainant_told": "2026-03-04T09:00", "responsible_told": "2026-03-04T09:30"}
    play = determined()
    one = {name: value for name, value in told.items() if name != left_out}
    assert play.do("inform", "employee_handler", "2026-03-04T10:00", **one) == "fields_wrong"
    assert (play.missing(), "HF-5.1.2d" in play.refused_by()) == ({left_out}, True)
    play.did("inform", "employee_handler", "2026-03-04T10:00", **told)
    assert {message["to"] for message in play.messages if message["template"] == "notice"} == {"worker_b", "other_a"}
    assert play.cites(clause, "moved", "step.inform")


@for_clause("HF-4.1.1c")
def test_a_case_is_not_closed_without_a_reply_and_without_keeping_track(clause: str) -> None:
    assert determined().do("close_employee", "employee_handler", "2026-03-04T09:00", tracked=True) == "step_not_open"
    play = talked()
    assert play.do("close_employee", "employee_handler", "2026-03-05T09:00") == "fields_wrong"
    assert clause in play.refused_by()
    assert play.did("close_employee", "employee_handler", "2026-03-05T09:00", tracked=True).state.closed


@for_clause("HF-4.1.3b")
def test_the_head_of_the_department_talks_with_the_employee(clause: str) -> None:
    play = informed()
    assert play.do("close_employee", "employee_handler", "2026-03-05T09:00", tracked=True) == "gate_closed"
    assert play.refused("gate_closed", clause)
    fields: dict[str, Any] = {"contact_date": "2026-03-05", "contact_said": "已溝通"}
    assert play.do("task.contact", "head_b", "2026-03-05T10:00", **fields) == "wrong_role"
    assert play.do("task.contact", "head_a", "2026-03-05T10:00", contact_said="s") == "fields_wrong"
    play.did("task.contact", "head_a", "2026-03-05T10:00", **fields)
    assert play.did("close_employee", "employee_handler", "2026-03-05T11:00", tracked=True).state.closed


@for_clause("HF-4.1.3b")
def test_what_was_explained_at_once_needs_no_talk(clause: str) -> None:
    play = noted(obvious=True).did("explain", "employee_handler", "2026-03-02T10:07", explained="e")
    assert play.did("close_employee", "employee_handler", "2026-03-02T11:00", tracked=True).state.closed
    assert clause in play.pack.file.task["contact"].clause


@for_clause("HF-6.1")
def test_the_top_leader_answers_a_matter_of_an_employee_and_it_comes_back(clause: str) -> None:
    play = reported_up().did("escalate_matter", "hr_manager", "2026-03-03T11:00", top_leader="head_b", unsolved="u")
    assert (play.due("leader_reply"), play.status("leader_solution")) == ("2026-03-03T12:00:00", "off")
    assert play.do("leader_answers", "head_a", "2026-03-03T11:30", leader_said="s") == "wrong_role"
    play.did("leader_answers", "head_b", "2026-03-03T12:00", leader_said="同意撤銷")
    assert (play.state.stage, play.status("leader_reply")) == ("hr_handling", "met")
    assert play.cites(clause, "moved", "step.leader_answers")
    play.did("escalate_matter", "employee_handler", "2026-03-04T11:00", top_leader="head_b", unsolved="u")
    assert play.due("leader_reply") == "2026-03-04T12:00:00"
