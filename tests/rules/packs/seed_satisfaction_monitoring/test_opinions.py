"""Opinions of customers: who brings them, their sources, answering, monthly totals, the register; SS-2.1, 3.2, 4.5, 4.6."""

from typing import Any

import pytest

from tests.rules.packs.overview import cycled, figures, made
from tests.rules.packs.playing import Play, around_the_limit, for_clause, shipped
from tests.rules.packs.seed_satisfaction_monitoring.stories import OPINION, PACK, opinion

pytestmark = pytest.mark.pure

TOTALS = {
    "number_of_opinions": "4",
    "number_of_suggestions": "3",
    "number_of_grumbles": "3",
    "number_of_complaints": "2",
}


@for_clause("SS-2.1")
@pytest.mark.parametrize("whose", ["buyer", "user"])
def test_what_customers_think_is_taken_in(clause: str, whose: str) -> None:
    assert opinion(whose=whose).cites(clause, "opened")


@for_clause("SS-2.1")
def test_what_a_supplier_thinks_is_out_of_scope(clause: str) -> None:
    play = Play(PACK)
    assert play.open("opinion", "business", "2026-03-02T09:00", **(OPINION | {"whose": "supplier"})) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({"whose"}, True)


@for_clause("SS-3.2")
@pytest.mark.parametrize("by", ["after_sales", "business"])
def test_only_two_departments_work_on_an_item(clause: str, by: str) -> None:
    play = opinion(by="worker_a")
    for other in ("worker_a", "office"):
        assert play.do("identify", other, "2026-03-02T09:30", meaning="包装气味") == "wrong_role"
    assert clause in play.refused_by()
    play.did("identify", by, "2026-03-02T09:30", meaning="包装气味").did("answer", by, "2026-03-02T09:40", reply="已换")
    play.did("settle", by, "2026-03-02T09:50", done_about_it="更换包衣剂")
    assert play.state.stage == "settled"


@for_clause("SS-3.2", "SS-4.5")
@pytest.mark.parametrize(("step", "field"), [("identify", "meaning"), ("answer", "reply"), ("settle", "done_about_it")])
def test_each_of_it_is_written_down(clause: str, step: str, field: str) -> None:
    play = opinion()
    if step == "settle":
        play.did("identify", "business", "2026-03-02T09:30", meaning="m").did(
            "answer", "business", "2026-03-02T09:30", reply="r"
        )
    assert play.do(step, "business", "2026-03-02T09:30") == "fields_wrong"
    assert play.missing() == {field}
    assert play.refused_by() == (("SS-3.2",) if step == "identify" else ("SS-4.5",))
    assert clause in ("SS-3.2", "SS-4.5")


@for_clause("SS-4.5")
def test_an_opinion_is_answered_before_it_is_settled_and_only_once(clause: str) -> None:
    play = opinion().did("identify", "business", "2026-03-02T09:30", meaning="包装气味")
    assert play.do("settle", "business", "2026-03-02T09:40", done_about_it="d") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("answer", "after_sales", "2026-03-02T09:50", reply="已换")
    assert play.do("answer", "business", "2026-03-02T09:55", reply="r") == "step_not_open"
    play.did("settle", "business", "2026-03-02T10:00", done_about_it="更换包衣剂")


@for_clause("SS-4.5")
def test_the_time_to_the_answer_is_measured_and_never_late(clause: str) -> None:
    play = opinion().until("2026-04-30T24:00")
    assert (play.status("answering"), play.due("answering")) == ("running", "")
    play.did("answer", "business", "2026-05-01T09:00", reply="已换")
    assert (play.status("answering"), play.of("clock_met", "clock.answering")[0].data["spent"]) == ("met", 60 * 86400)
    assert play.cites(clause, "clock_met", "clock.answering")


@for_clause("house-2")
@around_the_limit("2026-03-02T14:30", "2026-03-02T14:30:01")
def test_four_working_hours_without_an_answer_are_a_reminder(clause: str, at: str, status: str) -> None:
    play = opinion()
    assert play.due("answer_reminder") == "2026-03-02T14:30:00"
    play.until(at).did("answer", "business", at, reply="已换")
    assert play.status("answer_reminder") == status
    late = [("2026-03-02T14:30:01", "answer_reminder", "after_sales business")]
    assert play.told() == (late if status == "missed" else [])
    assert play.cites(clause, "clock_started", "clock.answer_reminder")


@for_clause("house-2")
def test_hours_of_a_holiday_do_not_count_for_the_reminder(clause: str) -> None:
    play = opinion("2026-04-30T16:00")
    assert play.due("answer_reminder") == "2026-05-06T11:00:00"
    assert play.pack.file.clock["answer_reminder"].clause == (clause,)


@for_clause("SS-4.6b")
@pytest.mark.parametrize("source", ["survey", "customer_opinion", "public_information", "market_research"])
def test_there_are_four_sources(clause: str, source: str) -> None:
    play = opinion(came_from=source)
    assert play.state.classes == {"source": source}
    assert play.cites(clause, "classified", "class.source")


@for_clause("SS-4.6b")
@pytest.mark.parametrize("also", [{}, {"came_from": "survey"}])
def test_a_closed_complaint_is_an_opinion_of_a_customer(clause: str, also: dict[str, Any]) -> None:
    play, fields = Play(PACK), {name: value for name, value in OPINION.items() if name != "came_from"}
    given = fields | {"sort": "complaint", "complaint_case": "SC-2026-000001"} | also
    play.did("open.opinion", "office", "2026-03-10T15:00", **given)
    assert play.state.classes == {"source": "customer_opinion"}
    assert play.written("opinion")["complaint_case"] == "SC-2026-000001"
    assert play.cites(clause, "opened")


@for_clause("SS-4.6b")
def test_without_a_complaint_the_source_is_named(clause: str) -> None:
    play, fields = Play(PACK), {name: value for name, value in OPINION.items() if name != "came_from"}
    assert play.open("opinion", "office", "2026-03-10T15:00", **fields) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({"came_from"}, True)


@for_clause("SS-4.6c-a", "SS-4.5")
def test_the_office_gets_the_totals_of_a_month_by_four_sorts(clause: str) -> None:
    play = opinion()
    sorts = ["opinion"] * 3 + ["suggestion"] * 3 + ["grumble"] * 3 + ["complaint"] * 2
    for sort in sorts:
        play.beside().did("open.opinion", "business", "2026-03-31T23:59", **(OPINION | {"sort": sort}))
    play.beside().did("open.opinion", "business", "2026-04-01T00:00", **OPINION)
    found = figures(play, "opinions", "2026-03", "2026-04-02T00:00")
    assert found == {("opinion",): (4,), ("suggestion",): (3,), ("grumble",): (3,), ("complaint",): (2,)}
    report = play.pack.file.report["opinions"]
    assert (report.to, clause in report.clause) == (("office", "business"), True)


@for_clause("SS-4.6c-a", "house-5")
def test_the_summary_of_a_month_opens_on_its_last_day(clause: str) -> None:
    plays = cycled(PACK, "summary", "2026-02-28T00:00", "2026-05-01T00:00")
    assert [play.of("opened")[0].data["carried"]["period"] for play in plays] == ["2026-03", "2026-04"]
    assert [play.due("summary") for play in plays] == ["2026-04-01T00:00:00", "2026-05-01T00:00:00"]
    assert plays[0].cites(clause, "opened")


@for_clause("SS-4.6c-a")
def test_the_business_department_reports_four_totals_to_the_office(clause: str) -> None:
    play = cycled(PACK, "summary", "2026-03-30T00:00", "2026-03-31T00:00")[0]
    for field in TOTALS:
        some = {name: value for name, value in TOTALS.items() if name != field}
        assert play.do("report_summary", "business", "2026-03-31T17:00", **some) == "fields_wrong"
        assert (play.missing(), clause in play.refused_by()) == ({field}, True)
        assert play.do("report_summary", "business", "2026-03-31T17:00", **(TOTALS | {field: "-1"})) == "fields_wrong"
    play.did(
        "report_summary",
        "business",
        "2026-03-31T17:00",
        **TOTALS,
    )
    assert play.of("notified", "step.report_summary")[0].data["persons"] == [["office", ""]]
    assert (play.state.stage, play.status("summary")) == ("reported", "met")


@for_clause("SS-4.6c-a")
def test_a_month_without_any_is_reported_too(clause: str) -> None:
    play = Play(PACK).did("open.summary", "business", "2026-03-31T09:00")
    play.did("report_summary", "business", "2026-03-31T17:00", **dict.fromkeys(TOTALS, "0"))
    assert play.cites(clause, "opened")


@for_clause("house-5")
@around_the_limit("2026-03-31T24:00", "2026-04-01T00:00:01")
def test_a_summary_that_is_not_reported_by_the_end_of_the_month_is_told_to_the_office(
    clause: str, at: str, status: str
) -> None:
    play = cycled(PACK, "summary", "2026-03-30T00:00", "2026-03-31T00:00")[0].until(at)
    play.did("report_summary", "business", at, **TOTALS)
    assert play.status("summary") == status
    assert play.told() == ([("2026-04-01T00:00:01", "summary", "office")] if status == "missed" else [])
    assert play.cites(clause, "clock_started", "clock.summary")


@for_clause("SS-4.6c-b")
def test_what_any_department_hears_is_with_the_office_at_once(clause: str) -> None:
    play = opinion("2026-03-05T10:00", by="other_b")
    told = play.of("notified", "opened")[0]
    assert (told.data["persons"], f"{told.at:%H:%M}") == ([["office", ""]], "02:00")
    assert (clause in told.clause, play.cites(clause, "opened")) == (True, True)


@for_clause("SS-4.6c-b")
def test_the_office_hears_of_opinions_and_of_nothing_else_that_opens(clause: str) -> None:
    play = Play(PACK).did("open.launch", "outsider", "2026-03-03T09:00", product="rice_7", launched_on="2026-03-03")
    assert play.of("notified") == []
    assert play.pack.file.notice[1].clause == (clause,)


@for_clause("SS-5.1", "house-6")
def test_the_register_of_opinions_has_its_columns(clause: str) -> None:
    play = opinion().did("answer", "business", "2026-03-02T10:00", reply="已换")
    report = play.pack.file.report["opinion_register"]
    assert report.columns == ("number", "opened_at", "customer", "sort", "content", "reply", "clock.answering")
    line = made(play, "opinion_register", "2026-03", "2026-04-01T00:00").register[0]
    assert (line.cells[0], line.cells[3], line.cells[6]) == ("2026-0001", "opinion", "met")
    assert clause in report.clause


@for_clause("SS-5.1", "house-6")
def test_there_are_four_records(clause: str) -> None:
    file = shipped(PACK).file
    papers = {name for name, form in file.form.items() if form.prints and clause in form.clause}
    assert papers == {"customer_information", "satisfaction_survey", "market_research"}
    assert file.report["opinion_register"].title.zh == "顾客意见登记簿"


@for_clause("SS-4.5")
def test_what_was_answered_at_once_is_not_answered_again_while_it_is_handled(clause: str) -> None:
    play = opinion().did("answer", "after_sales", "2026-03-02T09:10", reply="已换")
    play.did("identify", "business", "2026-03-02T09:30", meaning="包装气味")
    assert play.do("answer", "business", "2026-03-02T09:55", reply="r") == "step_not_open"
    assert clause in play.refused_by()
