"""The survey of a quarter, trips and what customers are asked: PS-1 to PS-5.2, PS-5.4 and PS-5.5."""

from decimal import Decimal
from typing import Any

import pytest

from tests.rules.packs.overview import cycled, figures
from tests.rules.packs.playing import Play, around_the_limit, for_clause, shipped
from tests.rules.packs.purchasing_satisfaction_measurement.stories import (
    PACK,
    QUESTIONS,
    answer,
    heard,
    quarter,
    surveyed,
    trip,
)

pytestmark = pytest.mark.pure

RESULT = {"survey_summary": "总体较好"}


@for_clause("PS-2.1")
def test_what_is_not_delivered_is_not_asked_about(clause: str) -> None:
    play = quarter()
    assert play.do("take_answer", "purchasing", "2026-03-10T10:00", **answer(delivered=False)) == "gate_closed"
    assert play.refused_by() == (clause,)
    play.did("take_answer", "purchasing", "2026-03-10T10:00", **answer())
    away = trip()
    assert away.do("collect", "worker_a", "2026-03-11T10:00", **answer(delivered=False)) == "gate_closed"
    assert away.refused_by() == (clause,)


@for_clause("PS-3.1")
def test_the_department_owns_the_survey_and_the_month(clause: str) -> None:
    file = shipped(PACK).file
    assert [stage.owner for stage in file.kind["survey_quarter"].stages if not stage.final] == ["purchasing"]
    assert clause in file.kind["survey_quarter"].clause
    assert file.owner == "purchasing_head"
    play = quarter()
    assert play.do("conclude", "salesperson", "2026-03-10T10:00", **RESULT) == "wrong_role"


@for_clause("PS-5.1a", "PS-5.1b", "PS-5.1c", "PS-5.2a", "PS-6.1")
@pytest.mark.parametrize("question", QUESTIONS)
def test_the_form_asks_for_each_of_the_six(clause: str, question: str) -> None:
    play, given = quarter(), answer()
    for wrong in (None, "-1", "100.1"):
        rest = {name: value for name, value in given.items() if name != question}
        rest |= {question: wrong} if wrong else {}
        assert play.do("take_answer", "purchasing", "2026-03-10T10:00", **rest) == "fields_wrong"
        assert play.missing() == {question}
        assert clause in play.refused_by()
    play.did("take_answer", "salesperson", "2026-03-10T10:00", **answer(**{question: "0"}))
    assert "BF/QJ-044" in shipped(PACK).file.form["survey_form"].title.zh


@for_clause("PS-5.1a", "PS-5.1b", "PS-5.1c")
@pytest.mark.parametrize("subject", QUESTIONS)
def test_an_item_has_one_of_six_classes(clause: str, subject: str) -> None:
    play = heard()
    assert play.do("classify", "salesperson", "2026-03-10T11:00", subject="price") == "fields_wrong"
    assert clause in play.refused_by()
    play.did("classify", "salesperson", "2026-03-10T11:00", subject=subject)
    assert play.state.closed
    assert figures(play, "classified_total", "2026-03", "2026-03-31T12:00") == {(subject,): (1,)}


@for_clause("PS-5.2a", "house-2")
def test_a_quarter_without_a_survey_is_overdue(clause: str) -> None:
    play = quarter().until("2026-04-02T24:00")
    assert play.due("survey") == "2026-04-01T00:00:00"
    assert play.status("survey") == "missed"
    assert play.told() == [
        ("2026-03-14T00:00:00", "survey", "purchasing_head"),
        ("2026-04-01T00:00:01", "survey", "purchasing purchasing_head"),
        ("2026-04-02T00:00:00", "survey", "general_manager"),
    ]
    assert play.cites("PS-5.2a", "clock_missed")
    assert play.cites("house-2", "escalated")
    play.did("take_answer", "purchasing", "2026-04-03T10:00", **answer())
    play.did("conclude", "general_manager", "2026-04-03T11:00", **RESULT)
    assert clause in ("PS-5.2a", "house-2")


@for_clause("PS-5.2a")
@around_the_limit("2026-03-31T24:00", "2026-04-01T00:00:01")
def test_a_survey_is_on_time_until_the_quarter_ends(clause: str, at: str, status: str) -> None:
    play = surveyed("90").until("2026-03-31T23:00").did("conclude", "purchasing", at, **RESULT)
    assert (play.status("survey"), play.state.closed) == (status, True)
    assert play.cites(clause, "clock_started", "clock.survey")


@for_clause("PS-5.2a")
def test_a_survey_comes_with_each_quarter_and_only_once(clause: str) -> None:
    plays = cycled(PACK, "survey_quarter", "2026-03-02T09:00", "2026-10-01T00:00")
    assert [play.state.fields.get("period") for play in plays] == ["2026-Q2", "2026-Q3", "2026-Q4"]
    assert [play.due("survey")[:10] for play in plays] == ["2026-07-01", "2026-10-01", "2027-01-01"]
    assert plays[0].cites(clause, "opened")
    play = quarter()
    assert play.beside().open("survey_quarter", "purchasing", "2026-01-05T09:00", period="2026-Q1") == "already_open"


@for_clause("PS-5.2a")
def test_a_survey_without_an_answer_cannot_be_concluded(clause: str) -> None:
    play = quarter()
    assert play.do("conclude", "purchasing", "2026-03-10T10:00", **RESULT) == "gate_closed"
    assert play.refused_by() == (clause,)
    assert (
        play.did("take_answer", "purchasing", "2026-03-10T10:00", **answer(way="form_sent")).state.stage == "surveying"
    )


@for_clause("PS-5.2a")
def test_the_results_of_a_survey_are_there_by_question(clause: str) -> None:
    play = quarter()
    play.did("take_answer", "purchasing", "2026-02-10T10:00", **answer("80"))
    play.did("take_answer", "purchasing", "2026-03-10T10:00", **answer("90", work_attitude="61"))
    found = figures(play, "survey_result", "2026-Q1", "2026-04-01T12:00")
    assert found["work_attitude",] == ("70.50", 2)
    assert found["product_quality",] == (85, 2)
    assert clause in shipped(PACK).file.report["survey_result"].clause


@for_clause("PS-5.2b")
@pytest.mark.parametrize("by", ["sales", "quality_technical"])
def test_who_travels_brings_forms_back(clause: str, by: str) -> None:
    play = trip(by=by)
    assert play.do("collect", "sales", "2026-03-11T10:00", **answer()) == "wrong_role"
    play.did("collect", "worker_a", "2026-03-11T10:00", **answer(way="trip_form"))
    play.did("end_trip", "worker_a", "2026-03-12T18:00")
    assert (play.state.closed, play.messages) == (True, [])
    assert play.cites(clause, "moved", "step.end_trip")


@for_clause("PS-5.2b")
def test_a_trip_without_a_form_needs_a_reason_and_is_reminded(clause: str) -> None:
    play = trip()
    assert play.do("end_trip", "worker_a", "2026-03-12T18:00") == "fields_wrong"
    assert play.missing() == {"no_forms_why"}
    assert clause in play.refused_by()
    play.did("end_trip", "worker_a", "2026-03-12T18:00", no_forms_why="客户外出")
    assert sorted(message["to"] for message in play.messages) == ["purchasing", "worker_a"]
    assert play.cites(clause, "notified")


@for_clause("PS-5.2c")
def test_organisations_and_media_are_sources(clause: str) -> None:
    play = heard(source="media")
    for source, by in (("market_organisation", "sales"), ("consumer_organisation", "quality_technical")):
        heard(beside=play, source=source, by=by)
    heard("2026-04-01T09:00", play, source="media")
    assert figures(play, "sources", "2026-03", "2026-04-02T12:00") == {
        ("media",): (1,),
        ("market_organisation",): (1,),
        ("consumer_organisation",): (1,),
    }
    assert play.beside().open("information", "outsider", "2026-03-10T10:00") == "wrong_role"
    assert play.cites(clause, "filled", "form.information")


@for_clause("PS-5.4", "house-1")
def test_the_score_is_the_weighted_mean_out_of_a_hundred(clause: str) -> None:
    weights = dict(zip(QUESTIONS, (20, 10, 20, 15, 15, 20), strict=True))
    for question, weight in weights.items():
        assert surveyed().did("take_answer", "purchasing", "2026-03-10T10:00", **answer("0", **{question: "100"})).fact(
            "count.score"
        ) == Decimal(weight)
    assert surveyed("100", "70", "40").fact("count.score") == Decimal(70)
    assert surveyed().fact("count.score") is None
    assert clause in shipped(PACK).file.count["score"].clause


@for_clause("PS-5.4", "PS-5.2b")
def test_forms_of_trips_count_in_their_quarter_and_in_no_other(clause: str) -> None:
    play = surveyed("90")
    trip(beside=play).did("collect", "worker_a", "2026-03-31T23:59:59", **answer("70"))
    trip(beside=play).did("collect", "worker_a", "2026-04-01T00:00", **answer("10"))
    later = quarter(play, "2026-04-01T00:00", "2026-Q2")
    play.did("conclude", "purchasing", "2026-04-01T09:00", **RESULT)
    assert (play.fact("count.score"), play.state.classes) == (Decimal(80), {"grade": "grade_b"})
    assert later.fact("count.score") == Decimal(10)
    assert clause in (*shipped(PACK).file.count["score"].clause, *shipped(PACK).file.step["collect"].clause)


BANDS = [
    ("100", "grade_a", "PS-5.5a"),
    ("97", "grade_a", "PS-5.5a"),
    ("95.1", "grade_a", "PS-5.5a"),
    ("95", "grade_a", "PS-5.5a"),
    ("94.9", "grade_b", "PS-5.5b"),
    ("80.1", "grade_b", "PS-5.5b"),
    ("80", "grade_b", "PS-5.5b"),
    ("79.9", "grade_c", "PS-5.5c"),
    ("60.1", "grade_c", "PS-5.5c"),
    ("60", "grade_c", "PS-5.5c"),
    ("59.9", "grade_d", "PS-5.5d"),
    ("0", "grade_d", "PS-5.5d"),
]


@pytest.mark.parametrize(("score", "grade", "clause"), BANDS)
def test_a_score_has_one_grade(score: str, grade: str, clause: str) -> None:
    play = surveyed(score)
    assert play.state.classes == {"grade": grade}
    assert play.cites(clause, "classified", "class.grade")


@for_clause("PS-5.4")
def test_a_survey_without_answers_has_no_grade(clause: str) -> None:
    play: Play = quarter()
    assert play.state.classes == {}
    shown: dict[str, Any] = {**surveyed("100", "59").state.classes}
    assert shown == {"grade": "grade_c"}
    assert clause in shipped(PACK).file.count["score"].clause
