"""Surveys: what is collected, analysed, published and reviewed, SM-1.1 to SM-3.1, SM-5.1, SM-5.2, SM-5.7 and SM-5.8."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.rules.packs.everybody import company
from tests.rules.packs.overview import figures, made
from tests.rules.packs.playing import Play, for_clause, shipped
from tests.rules.packs.supply_sales_satisfaction_014.stories import (
    GAPS,
    PACK,
    REPORT,
    SCORES,
    collected,
    published,
    surveying,
)

pytestmark = pytest.mark.pure


@for_clause("SM-1.1", "SM-2.1", "SM-4.1", "SM-4.2")
def test_purpose_scope_and_definitions_ask_nothing_of_anybody(clause: str) -> None:
    assert shipped(PACK).file.clause[clause].nothing_to_encode
    assert surveying().state.stage == "collecting"


@for_clause("SM-3.1")
def test_the_four_functional_departments_hear_the_results(clause: str) -> None:
    directory = company(shipped(PACK))
    four = ("head_a", "head_b", "worker_a", "worker_b")
    bound = directory.bindings[PACK] | {"functional_departments": four}
    play = published(Play(PACK, replace(directory, bindings={PACK: bound})))
    assert sorted(message["to"] for message in play.messages if message["template"] == "notice") == sorted(four)
    assert play.cites(clause, "notified", "step.publish")


@for_clause("SM-3.1")
def test_the_results_are_summed_up_before_they_are_published(clause: str) -> None:
    play = collected().did("analyse", "supply_sales", "2026-03-17T09:00", **GAPS)
    assert play.do("publish", "quality", "2026-03-18T09:00", outcome="o") == "wrong_role"
    assert play.do("publish", "supply_sales", "2026-03-18T09:00") == "fields_wrong"
    assert clause in play.refused_by()


@for_clause("SM-5.1", "house-4")
@pytest.mark.parametrize("left_out", sorted(SCORES))
def test_a_form_with_four_of_the_five_things_is_refused(clause: str, left_out: str) -> None:
    play = surveying()
    four = {name: score for name, score in SCORES.items() if name != left_out}
    assert play.do("take_back", "supply_sales", "2026-03-12T09:00", sending_no="D1", **four) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({left_out}, True)
    play.did("take_back", "supply_sales", "2026-03-12T09:00", sending_no="D1", **SCORES)


@for_clause("house-4")
@pytest.mark.parametrize("asked", sorted(SCORES))
@pytest.mark.parametrize(
    ("score", "code"), [("-0.01", "fields_wrong"), ("0", ""), ("100", ""), ("100.01", "fields_wrong")]
)
def test_a_score_is_0_to_100(clause: str, asked: str, score: str, code: str) -> None:
    play = surveying()
    fields = SCORES | {asked: score}
    assert play.do("take_back", "supply_sales", "2026-03-12T09:00", sending_no="D1", **fields) == code
    assert clause in play.pack.file.form["survey_form"].clause


@for_clause("SM-3.1", "SM-5.2b", "house-4")
def test_what_comes_back_is_counted_and_the_mean_is_over_five_things_alike(clause: str) -> None:
    play = collected()
    found = figures(play, "monitoring_results", "2026-03", "2026-04-01T00:00")
    assert {line[0]: figure for line, figure in found.items()} == {
        name: (Decimal(score), 1) for name, score in SCORES.items()
    }
    assert made(play, "monitoring_results", "2026-03", "2026-04-01T00:00").totals[0].figures[0].value == 80
    assert clause in play.pack.file.report["monitoring_results"].clause


@for_clause("house-4")
@pytest.mark.parametrize("best", sorted(SCORES))
def test_each_of_the_five_things_weighs_a_fifth(clause: str, best: str) -> None:
    scores = dict.fromkeys(SCORES, 50) | {best: 100}
    play = surveying().did("take_back", "supply_sales", "2026-03-12T09:00", sending_no="D1", **scores)
    assert made(play, "monitoring_results", "2026-03", "2026-04-01T00:00").totals[0].figures[0].value == 60
    assert clause in play.pack.file.form["survey_form"].clause


@for_clause("SM-5.2a")
def test_there_are_three_ways_and_a_talk_is_one_of_three_sorts(clause: str) -> None:
    play = surveying().did("collect", "quality", "2026-03-06T09:00", way="grumble", content="c")
    play.did("collect", "supply_sales", "2026-03-06T09:00", way="market_research", content="c")
    assert play.do("collect", "supply_sales", "2026-03-06T09:00", way="communication", content="c") == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({"talk"}, True)
    for talk in ("visit", "questionnaire", "after_sales_confirmation"):
        play.did("collect", "supply_sales", "2026-03-06T09:00", way="communication", talk=talk, content="c")
    found = figures(play, "collected", "2026-03", "2026-04-01T00:00")
    assert found == {("grumble",): (1,), ("market_research",): (1,), ("communication",): (3,)}


@for_clause("SM-5.2b")
@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"occasion": "with_goods", "shipment": "FH-1"}, ""),
        ({"occasion": "with_goods"}, "fields_wrong"),
        ({"occasion": "irregular"}, ""),
    ],
    ids=["with_goods", "without_its_shipment", "at_an_odd_time"],
)
def test_a_form_goes_out_with_goods_or_at_an_odd_time(clause: str, fields: dict[str, Any], code: str) -> None:
    play = surveying()
    assert play.do("send", "supply_sales", "2026-03-06T09:00", sending_no="D2", **fields) == code
    assert clause in play.refused_by() if code else play.written("sending")["sending_no"] == "D2"
    assert play.do("send", "supply_sales", "2026-03-06T09:00", sending_no="D1", occasion="irregular") == "fields_wrong"


@for_clause("SM-5.2b")
def test_no_more_forms_come_back_than_were_sent(clause: str) -> None:
    play = surveying().did("take_back", "supply_sales", "2026-03-12T09:00", sending_no="D1", **SCORES)
    assert play.do("take_back", "supply_sales", "2026-03-12T10:00", sending_no="D1", **SCORES) == "gate_closed"
    assert play.refused("gate_closed", clause)


@for_clause("SM-5.2b")
@pytest.mark.parametrize("what", ["collect", "take_back"])
def test_collecting_ends_when_something_has_come_in(clause: str, what: str) -> None:
    play = surveying()
    assert play.do("end_collecting", "supply_sales", "2026-03-16T09:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    fields = {"sending_no": "D1", **SCORES} if what == "take_back" else {"way": "grumble", "content": "c"}
    play.did(what, "supply_sales", "2026-03-12T09:00", **fields)
    assert play.did("end_collecting", "supply_sales", "2026-03-16T09:00").state.stage == "analysis"


@for_clause("SM-5.2b")
def test_a_survey_is_opened_by_hand_with_its_reason(clause: str) -> None:
    assert Play(PACK).open("survey", "quality", "2026-03-05T09:00", reason="r") == "wrong_role"
    play = Play(PACK)
    assert play.open("survey", "supply_sales", "2026-03-05T09:00") == "fields_wrong"
    assert (clause in play.refused_by(), play.pack.file.cycle) == (True, {})


@for_clause("SM-5.7")
def test_gaps_to_targets_and_competitors_and_the_main_problems_come_before_the_results(clause: str) -> None:
    play = collected()
    assert play.do("publish", "supply_sales", "2026-03-17T08:00", outcome="o") == "gate_closed"
    assert play.refused("gate_closed", clause)
    for field in GAPS:
        left = {name: value for name, value in GAPS.items() if name != field}
        assert play.do("analyse", "supply_sales", "2026-03-17T09:00", **left) == "fields_wrong"
        assert play.missing() == {field}
    no_rival = GAPS | {"rival_score": {"no": "无公开数据"}, "rival_gap": {"no": "无公开数据"}}
    play.did("analyse", "supply_sales", "2026-03-17T09:00", **no_rival)
    assert play.cites(clause, "filled", "form.gap_analysis")


@for_clause("SM-5.7")
@pytest.mark.parametrize("field", ["own_score", "target_score", "rival_score"])
@pytest.mark.parametrize(("score", "code"), [(-1, "fields_wrong"), (0, ""), (100, ""), (101, "fields_wrong")])
def test_scores_that_are_compared_are_scores(clause: str, field: str, score: int, code: str) -> None:
    play = collected()
    assert play.do("analyse", "supply_sales", "2026-03-17T09:00", **(GAPS | {field: score})) == code
    assert clause in play.pack.file.form["gap_analysis"].clause


@for_clause("SM-5.7")
def test_the_gaps_stand_in_a_list(clause: str) -> None:
    play = published()
    lines = made(play, "gaps", "2026-03", "2026-04-01T00:00").register
    assert [line.cells[6] for line in lines] == [("价格",)]
    assert clause in play.pack.file.report["gaps"].clause


@for_clause("SM-5.8")
def test_the_report_gets_one_entry_of_the_agenda_and_is_reviewed(clause: str) -> None:
    play = published()
    for field in REPORT:
        left = {name: value for name, value in REPORT.items() if name != field}
        assert play.do("submit", "supply_sales", "2026-03-20T09:00", **left) == "fields_wrong"
        assert play.missing() == {field}
    play.did("submit", "supply_sales", "2026-03-20T09:00", **REPORT)
    assert play.do("review", "management_review", "2026-03-21T09:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("task.agenda", "management_review", "2026-03-21T09:00", meeting_date="2026-03-25")
    assert len(made(play, "agenda", "2026-03", "2026-04-01T00:00").register) == 1
    assert play.did("review", "management_review", "2026-03-25T17:00").state.closed
    assert play.cites(clause, "moved", "step.review")


@pytest.mark.parametrize("report", ["monitoring_results", "collected", "gaps", "agenda"])
@for_clause("SM-3.1", "SM-5.8")
def test_the_period_of_a_report_is_not_said_so_any_can_be_asked_for(clause: str, report: str) -> None:
    assert shipped(PACK).file.report[report].period == ("month", "quarter", "year")
    assert shipped(PACK).file.clause[clause].says


@for_clause("SM-5.1", "SM-5.2a", "SM-5.3c", "SM-5.8")
def test_the_paper_forms_are_printed(clause: str) -> None:
    forms = shipped(PACK).file.form
    assert {name for name, form in forms.items() if form.prints} == {
        "survey_form",
        "collected",
        "service_report",
        "gap_analysis",
        "survey_report",
    }
    assert any(form.prints and clause in form.clause for form in forms.values())
