"""The yearly evaluation: who runs it, who supplies, analysis, grades, twelve months after the last; SS-3.1, 3.3, 4.6d."""

from typing import Any

import pytest

from tests.rules.packs.overview import figures, made
from tests.rules.packs.playing import Play, around_the_limit, for_clause, shipped
from tests.rules.packs.seed_satisfaction_monitoring.stories import (
    ANALYSIS,
    GRADED,
    PACK,
    SURVEYED,
    analysed,
    asked,
    evaluated,
    evaluation,
    handed_over,
    surveying,
    totalled,
)

pytestmark = pytest.mark.pure


@for_clause("SS-1.1")
def test_the_purpose_adds_no_rule(clause: str) -> None:
    assert shipped(PACK).file.clause[clause].nothing_to_encode


@for_clause("SS-3.1")
def test_the_office_owns_an_evaluation_and_nobody_else_opens_one(clause: str) -> None:
    play = Play(PACK)
    assert play.open("evaluation", "business", "2026-01-01T09:00", organisation="company") == "wrong_role"
    assert clause in play.refused_by()
    play = evaluation("2026-01-01T09:00")
    owners = {stage.owner for stage in play.pack.file.kind["evaluation"].stages if not stage.final}
    assert (play.pack.file.owner, owners) == ("office", {"office", "business"})
    assert play.open_steps() == {"ask_departments"}
    assert play.do("ask_departments", "business", "2026-01-01T09:05", departments=[]) == "wrong_role"


@for_clause("SS-3.3")
def test_of_five_departments_that_are_asked_the_one_that_is_silent_is_named(clause: str) -> None:
    five = {
        "unit_a": "head_a",
        "unit_b": "head_b",
        "business_dept": "head_of_business",
        "after_sales_dept": "head_of_after_sales",
        "office_dept": "head_of_office",
    }
    play = asked(*five)
    assert play.state.tasks["supply"].asked == tuple(f"unit.{unit}" for unit in five)
    for head in list(five.values())[:4]:
        play.did("task.supply", head, "2026-01-06T09:00", information="无投诉")
    assert play.state.tasks["supply"].asked == ("unit.office_dept",)
    assert play.do("total", "business", "2026-03-31T09:00", totals="t") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("task.supply", "head_of_office", "2026-03-31T10:00", information="无投诉")
    play.did("total", "business", "2026-03-31T10:05", totals="t")
    assert play.cites(clause, "task_done", "task.supply")


@for_clause("SS-3.3")
def test_a_total_without_all_departments_needs_a_reason(clause: str) -> None:
    play = asked("unit_a", "unit_b").did("task.supply", "head_a", "2026-01-06T09:00", information="无")
    assert play.do("total", "business", "2026-01-07T09:00", totals="t") == "gate_closed"
    assert clause in play.refused_by()
    play.did("total", "business", "2026-01-07T09:00", totals="t", missing_why="催办两次未复")
    assert play.state.stage == "summarised"


@for_clause("SS-3.3")
def test_a_department_is_asked_by_its_head_and_says_something(clause: str) -> None:
    play = asked()
    assert play.do("task.supply", "worker_a", "2026-01-06T09:00", information="无") != ""
    assert play.do("task.supply", "head_a", "2026-01-06T09:00") == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({"information"}, True)
    play = evaluation()
    assert play.do("ask_departments", "office", "2026-01-05T10:00") == "fields_wrong"
    assert play.missing() == {"departments"}


@for_clause("SS-4.6c-c")
def test_the_business_department_totals_before_the_office(clause: str) -> None:
    play = totalled()
    assert play.cites(clause, "moved", "step.total")
    assert (play.state.stage, play.open_steps()) == ("summarised", {"analyse"})
    assert play.do("analyse", "business", "2026-01-06T09:00", **ANALYSIS) == "wrong_role"


@for_clause("SS-4.6d-a")
@pytest.mark.parametrize("field", ["method", "system_performance", "findings"])
def test_an_analysis_names_its_method_and_a_finding_for_a_department(clause: str, field: str) -> None:
    play = totalled()
    found = {name: value for name, value in ANALYSIS.items() if name != field}
    assert play.do("analyse", "office", "2026-01-06T09:00", **found) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({field}, True)


@for_clause("SS-4.6d-a")
@pytest.mark.parametrize("row", [{"department": "unit_b"}, {"finding": "包装需改进"}])
def test_a_finding_is_for_somebody_and_says_something(clause: str, row: dict[str, str]) -> None:
    play = totalled()
    assert play.do("analyse", "office", "2026-01-06T09:00", **(ANALYSIS | {"findings": [row]})) == "fields_wrong"
    assert clause in play.refused_by()


@for_clause("SS-4.6d-a")
def test_nothing_is_handed_over_before_the_department_has_its_finding(clause: str) -> None:
    play = evaluated("2026-01-06T09:00")
    assert play.do("hand_over", "office", "2026-01-06T10:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("task.receive", "head_a", "2026-01-06T10:00") != ""
    play.did("task.receive", "head_b", "2026-01-06T10:00").did("hand_over", "office", "2026-01-06T10:05")
    assert play.state.stage == "reviewed"


@for_clause("SS-4.6d-b")
@around_the_limit("2026-03-10T24:00", "2026-03-11T00:00:01")
def test_an_evaluation_is_due_twelve_months_after_it_could_begin(clause: str, at: str, status: str) -> None:
    play = analysed("2025-03-10T09:00")
    assert play.due("evaluation") == "2026-03-11T00:00:00"
    play.until(at).did("evaluate", "office", at, **GRADED)
    assert play.status("evaluation") == status
    assert play.cites(clause, "clock_started", "clock.evaluation")


@for_clause("SS-4.6d-b")
def test_the_month_that_has_no_such_day_ends_on_its_last(clause: str) -> None:
    play = evaluation("2024-02-29T09:00")
    assert play.due("evaluation") == "2025-03-01T00:00:00"
    assert play.of("clock_started", "clock.evaluation")[0].clause == (clause,)


@for_clause("SS-4.6d-b")
def test_the_next_one_opens_at_once_and_counts_from_the_last_evaluation(clause: str) -> None:
    play = handed_over("2026-02-20T09:00", "2026-02-10T09:00")
    after = play.linked("next", "2026-02-20T09:00")
    assert (after.state.stage, after.written("evaluation_plan")) == ("collecting", {"organisation": "company"})
    assert after.due("evaluation") == "2027-02-11T00:00:00"
    assert (play.status("evaluation"), play.status("handing_over")) == ("met", "met")
    assert play.cites(clause, "linked", "link.next")


@for_clause("SS-4.6d-b")
def test_it_may_be_made_whenever_needed_and_is_counted_from_then(clause: str) -> None:
    first = handed_over("2026-01-06T09:00", "2026-01-05T10:00")
    again = first.linked("next", "2026-01-06T09:00")
    again.did("ask_departments", "office", "2026-06-01T09:00", departments=[{"department": "unit_a"}])
    again.did("task.supply", "head_a", "2026-06-01T09:00", information="无")
    again.did("total", "business", "2026-06-01T09:00", totals="t").did(
        "analyse", "office", "2026-06-01T09:00", **ANALYSIS
    )
    again.did("evaluate", "office", "2026-06-01T09:00", **GRADED).did("task.receive", "head_b", "2026-06-02T09:00")
    again.did("hand_over", "office", "2026-06-02T09:00")
    assert again.linked("next", "2026-06-02T09:00").due("evaluation") == "2027-06-02T00:00:00"
    assert again.cites(clause, "moved", "step.evaluate")


@for_clause("SS-4.6d-b", "house-4")
def test_each_organisation_has_one_that_is_open(clause: str) -> None:
    play = evaluation()
    second = play.beside()
    assert second.open("evaluation", "office", "2026-01-05T10:00", organisation="company") == "already_open"
    assert "SS-4.6d-b" in second.refused_by()
    other = play.beside()
    assert other.open("evaluation", "office", "2026-01-05T10:00", organisation="branch") == "fields_wrong"
    assert (other.missing(), play.pack.file.table["organisations"].clause) == ({"organisation"}, ("house-4",))
    assert clause in ("SS-4.6d-b", "house-4")


@for_clause("house-1")
def test_who_is_told_when_no_evaluation_is_made(clause: str) -> None:
    play = evaluation("2025-03-10T09:00").until("2026-03-12T24:00")
    assert play.told() == [
        ("2025-12-27T21:00:00", "evaluation", "head_of_office"),
        ("2026-03-11T00:00:01", "evaluation", "office general_manager"),
        ("2026-03-12T00:00:00", "evaluation", "general_manager"),
    ]
    assert play.cites(clause, "escalated")
    rows = [{"department": "unit_a"}]
    play.did("ask_departments", "general_manager", "2026-03-12T09:00", departments=rows)


@for_clause("house-1")
def test_the_general_manager_does_not_act_before_it_is_late(clause: str) -> None:
    play = evaluation("2025-03-10T09:00").until("2026-03-10T24:00")
    assert play.do("ask_departments", "general_manager", "2026-03-10T24:00", departments=[]) == "wrong_role"
    assert play.cites(clause, "escalated")


@for_clause("SS-4.6d-c")
@pytest.mark.parametrize("grade", ["very_satisfied", "satisfied", "basically_satisfied", "dissatisfied"])
def test_there_are_four_grades_in_words(clause: str, grade: str) -> None:
    play = evaluated("2026-01-06T09:00", grade=grade)
    assert play.written("evaluation")["grade"] == grade
    assert play.cites(clause, "moved", "step.evaluate")
    survey = surveying().did("record_answer", "business", "2026-03-02T10:00", **(SURVEYED | {"grade": grade}))
    assert figures(survey, "grades", "2026-03", "2026-04-01T00:00") == {(grade,): (1,)}


@for_clause("SS-4.6d-c")
@pytest.mark.parametrize("wrong", [{"grade": "80"}, {"grade": "neutral"}, {"grade": None}])
def test_a_score_is_no_grade(clause: str, wrong: dict[str, Any]) -> None:
    play = analysed()
    given = {name: value for name, value in (GRADED | wrong).items() if value is not None}
    assert play.do("evaluate", "office", "2026-01-06T09:00", **given) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({"grade"}, True)


@for_clause("SS-4.6d-d")
def test_the_management_review_gets_the_evaluation_with_its_grade(clause: str) -> None:
    play = handed_over("2026-12-21T09:00", "2026-12-20T09:00")
    assert play.of("notified", "step.hand_over")[0].data["persons"] == [["general_manager", ""]]
    assert play.cites(clause, "notified", "step.hand_over")
    report = made(play, "management_review", "2026", "2026-12-31T12:00")
    assert [line.cells for line in report.register] == [
        ("2026-0001", "company", report.register[0].cells[2], "satisfied", "总体满意")
    ]


@for_clause("SS-6.1")
def test_the_flow_chart_is_a_gap(clause: str) -> None:
    row = shipped(PACK).file.clause[clause]
    assert (bool(row.gap), row.filled) == (True, None)
