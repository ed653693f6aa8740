"""The report of a survey, management review, archives and arbitration: MS-3.3, MS-4.3a, MS-4.4.4."""

from typing import Any

import pytest

from tests.rules.packs.marketing_satisfaction_measurement.stories import (
    PACK,
    REPORT,
    SUB_ITEMS,
    recovered,
    reported,
    returned,
    survey,
)
from tests.rules.packs.overview import figures, made
from tests.rules.packs.playing import Play, for_clause, shipped

pytestmark = pytest.mark.pure


def told(play: Play) -> list[str]:
    """Whom notices told so far."""
    return sorted(message["to"] for message in play.messages if message["template"] == "notice")


@for_clause("MS-4.4.4a", "MS-3.3a")
def test_the_report_goes_to_the_representative_with_a_copy_to_quality(clause: str) -> None:
    play = recovered()
    assert play.do("submit", "marketing", "2026-07-11T10:00") == "gate_closed"
    assert play.refused_by() == ("MS-4.4.4a",)
    play = reported()
    assert play.do("submit", "quality", "2026-07-11T10:00") == "wrong_role"
    play.did("submit", "marketing", "2026-07-11T10:00")
    assert told(play) == ["management_representative", "quality"]
    assert play.cites(clause, "notified")


@for_clause("MS-3.3a")
def test_quality_feeds_management_review(clause: str) -> None:
    play = reported().did("submit", "marketing", "2026-07-11T10:00")
    assert play.do("feed_review", "marketing", "2026-07-20T10:00", input="i") == "wrong_role"
    assert play.do("feed_review", "quality", "2026-07-20T10:00") == "fields_wrong"
    play.did("feed_review", "quality", "2026-07-20T10:00", input="满意度分析")
    assert (told(play), play.state.closed) == (["management_representative", "management_review", "quality"], True)
    assert play.cites(clause, "moved", "step.feed_review")


@for_clause("MS-4.4.4b")
def test_important_information_waits_for_the_general_manager(clause: str) -> None:
    play = reported(important=True)
    assert play.do("submit", "marketing", "2026-07-11T10:00") == "gate_closed"
    assert play.refused_by() == (clause,)
    assert play.do("approval.important", "management_representative", "2026-07-11T11:00", verdict="given") != ""
    play.did("approval.important", "general_manager", "2026-07-11T12:00", verdict="returned", reason="补充数据")
    assert (play.state.stage, play.do("submit", "marketing", "2026-07-11T13:00")) == ("analysing", "gate_closed")
    play.did("write_report", "marketing", "2026-07-12T10:00", **(REPORT | {"important": True}))
    play.did("approval.important", "general_manager", "2026-07-12T11:00", verdict="given")
    assert play.did("submit", "marketing", "2026-07-12T12:00").state.stage == "submitted"
    assert play.cites(clause, "approval_given", "approval.important")


@for_clause("MS-4.4.4b")
def test_nothing_important_needs_no_approval(clause: str) -> None:
    play = reported()
    assert play.of("approval_asked") == []
    assert play.did("submit", "marketing", "2026-07-11T10:00").state.stage == "submitted"
    assert clause in shipped(PACK).file.approval["important"].clause


@for_clause("MS-4.4.4b")
def test_a_changed_report_is_approved_again(clause: str) -> None:
    play = reported(important=True).did("approval.important", "general_manager", "2026-07-11T12:00", verdict="given")
    play.did("write_report", "marketing", "2026-07-12T10:00", **(REPORT | {"important": True}))
    assert play.do("submit", "marketing", "2026-07-12T11:00") == "gate_closed"
    assert play.refused_by() == (clause,)


@for_clause("MS-4.4.4b", "house-4")
def test_who_wrote_the_report_does_not_approve_it(clause: str) -> None:
    play = survey("2025-12-01T09:00")
    returned(play, "satisfied", at="2025-12-05T10:00")
    play.until("2026-01-06T10:00").did("end_recovery", "general_manager", "2026-01-06T11:00")
    fields = {"delivered_quality": "q", "sales_change": "0", "lost_business": "l"}
    play.did("analyse_data", "management_representative", "2026-01-06T12:00", **fields)
    play.did("write_report", "general_manager", "2026-01-06T13:00", **(REPORT | {"important": True}))
    assert play.do("approval.important", "general_manager", "2026-01-06T14:00", verdict="given") != ""
    assert clause in ("MS-4.4.4b", "house-4")
    assert play.cites("house-4", "escalated")


@for_clause("MS-4.4.4a", "MS-4.4.4c", "MS-4.4.4d", "MS-4.4.4e", "MS-4.4.4f")
@pytest.mark.parametrize("field", sorted(REPORT))
def test_the_report_lacks_none_of_its_parts(clause: str, field: str) -> None:
    play = recovered()
    rest = {name: value for name, value in REPORT.items() if name != field}
    assert play.do("write_report", "marketing", "2026-07-10T10:00", **rest) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({field}, True)


@for_clause("MS-4.4.4f")
def test_a_report_has_at_least_one_suggestion(clause: str) -> None:
    play = recovered()
    assert play.do("write_report", "marketing", "2026-07-10T10:00", **(REPORT | {"suggestions": []})) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({"suggestions"}, True)


@for_clause("MS-4.4.4e")
@pytest.mark.parametrize("field", ["situation", "times", "focus_analysis"])
def test_the_focus_names_situation_number_and_analysis(clause: str, field: str) -> None:
    play = recovered()
    row = {name: value for name, value in REPORT["focus"][0].items() if name != field}
    assert play.do("write_report", "marketing", "2026-07-10T10:00", **(REPORT | {"focus": [row]})) == "fields_wrong"
    assert clause in play.refused_by()
    for wrong in ({"situation": "weather"}, {"times": "0"}):
        rows = [REPORT["focus"][0] | wrong]
        assert play.do("write_report", "marketing", "2026-07-10T10:00", **(REPORT | {"focus": rows})) == "fields_wrong"


@for_clause("MS-4.4.4e")
def test_the_focus_covers_what_occurred_or_says_that_nothing_did(clause: str) -> None:
    cells = made(reported(), "focus", "2026", "2026-07-31T12:00").register[0].cells
    assert cells[1] is not None
    assert [row["situation"] for row in REPORT["focus"]] == ["customer_complaint", "product_return"]
    every: list[dict[str, str]] = [
        {"situation": each, "times": "1", "focus_analysis": "a"}
        for each in (
            "supervision_bulletin",
            "media_report",
            "customer_complaint",
            "product_return",
            "opinion_suggestion",
        )
    ]
    assert reported(focus=every).cites(clause, "filled", "form.analysis_report")
    assert reported(focus={"no": "全年无此类情形"}).state.stage == "analysing"


@for_clause("MS-4.4.4c", "MS-4.4.4d")
def test_items_sub_items_and_products_have_their_means_and_changes(clause: str) -> None:
    last = survey("2025-01-01T00:00")
    returned(last, "satisfied", "satisfied", "rather_satisfied", "satisfied", at="2025-06-01T10:00", product_type="X")
    returned(last, "very_satisfied", at="2025-06-01T10:00", product_type="Y")
    play = survey(beside=last)
    returned(play, "very_satisfied", "satisfied", "dissatisfied", "satisfied", product_type="X")
    returned(play, "very_satisfied", "very_satisfied", "very_satisfied", "rather_satisfied", product_type="Y")
    assert extremes(play, "by_item") == [("price_and_value", 60), ("price_and_value", -35), ("timely_delivery", 0)]
    assert extremes(play, "by_product_type") == [("X", 70), ("X", "-12.50"), ("Y", "-2.50")]
    items = figures(play, "by_item", "2026", "2026-07-02T12:00")
    subs = figures(play, "by_sub_item", "2026", "2026-07-02T12:00")
    products = figures(play, "by_product_type", "2026", "2026-07-02T12:00")
    assert (len(items), len(subs), len(products)) == (4, 3, 2)
    reports = shipped(PACK).file.report
    assert all(clause in reports[name].clause for name in ("by_item", "by_sub_item", "by_product_type"))


def extremes(play: Play, report: str) -> list[tuple[Any, Any]]:
    """Which line is the lowest, rose or fell most, and least, and by how much."""
    shown = made(play, report, "2026", "2026-07-02T12:00").totals[0].figures
    return [(next(iter(each.lines[0].values())), each.value) for each in shown if each.lines]


@for_clause("MS-4.4.4d")
def test_the_lowest_sub_item_is_named(clause: str) -> None:
    play = survey()
    form: dict[str, Any] = dict.fromkeys(SUB_ITEMS, "satisfied") | {"appearance": "dissatisfied"}
    play.did("send", "marketing", "2026-06-01T10:00", respondent="customer", user="u", product_type="X", way="visit")
    other = play.linked("questionnaire", "2026-06-01T10:00")
    other.did("take_sub_items", "marketing", "2026-06-15T10:00", **form)
    assert extremes(play, "by_sub_item") == [("appearance", 20)]
    assert clause in shipped(PACK).file.report["by_sub_item"].clause


def delivery() -> Play:
    """A delivery that is being handled."""
    return Play(PACK).did("open.delivery", "marketing", "2026-03-05T10:00", product_type="X", delivered_on="2026-03-05")


@for_clause("MS-4.3a")
def test_no_delivery_is_complete_without_an_archive(clause: str) -> None:
    play = delivery()
    assert play.do("complete_delivery", "marketing", "2026-03-05T11:00") == "gate_closed"
    assert play.refused_by() == (clause,)
    archive = {"user": "华远公司", "contact": "13900000000"}
    for field in archive:
        rest = {name: value for name, value in archive.items() if name != field}
        assert play.do("set_up_archive", "marketing", "2026-03-05T11:00", **rest) == "fields_wrong"
        assert (play.missing(), clause in play.refused_by()) == ({field}, True)
    play.did("set_up_archive", "marketing", "2026-03-05T11:00", **archive)
    assert play.did("complete_delivery", "marketing", "2026-03-05T12:00").state.closed
    assert made(play, "user_archives", "2026-03", "2026-03-31T12:00").register[0].cells[:2] == ("华远公司", "X")


@for_clause("MS-4.3a")
@pytest.mark.parametrize("field", ["product_type", "delivered_on"])
def test_a_delivery_says_what_and_when(clause: str, field: str) -> None:
    play = Play(PACK)
    fields = {"product_type": "X", "delivered_on": "2026-03-05"}
    del fields[field]
    assert play.open("delivery", "marketing", "2026-03-05T10:00", **fields) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({field}, True)


def problem(major: bool, by: str = "marketing") -> Play:
    """A quality problem about which departments differ."""
    return Play(PACK).did("open.quality_problem", by, "2026-03-10T10:00", disputed_matter="漏油原因", major=major)


@for_clause("MS-3.3b")
@pytest.mark.parametrize("by", ["marketing", "after_sales"])
def test_a_major_quality_problem_waits_for_the_ruling(clause: str, by: str) -> None:
    play = problem(True, by)
    assert len(play.of("task_given", "task.arbitration")) == 1
    assert play.do("settle", by, "2026-03-10T11:00") == "gate_closed"
    assert play.refused_by() == (clause,)
    assert play.do("task.arbitration", by, "2026-03-11T10:00", ruling="r") != ""
    assert play.do("task.arbitration", "quality", "2026-03-11T10:00") == "fields_wrong"
    play.did("task.arbitration", "quality", "2026-03-11T10:00", ruling="设计缺陷")
    assert play.did("settle", by, "2026-03-11T11:00").state.closed


@for_clause("MS-3.3b")
def test_a_smaller_one_is_settled_without(clause: str) -> None:
    play = problem(False)
    assert play.of("task_given") == []
    assert play.did("settle", "marketing", "2026-03-10T11:00").state.closed
    assert play.cites(clause, "moved", "step.settle")
    for fields in ({"disputed_matter": "d"}, {"major": True}):
        assert Play(PACK).open("quality_problem", "marketing", "2026-03-10T10:00", **fields) == "fields_wrong"


@for_clause("MS-4.1", "MS-4.3a", "MS-4.4.4a")
@pytest.mark.parametrize("form", ["survey_form", "user_archive", "analysis_report"])
def test_the_papers_of_the_procedure_are_printed(clause: str, form: str) -> None:
    assert shipped(PACK).file.form[form].prints
    assert clause in shipped(PACK).file.clause
