"""The survey of a year: what is asked, what comes back, score and grades, MS-2, MS-3.1, MS-3.2, MS-4.1 to MS-4.4.3."""

from decimal import Decimal

import pytest

from tests.rules.packs.marketing_satisfaction_measurement.stories import (
    DATA,
    ITEMS,
    LEVELS,
    PACK,
    REPORT,
    SENDING,
    SUB_ITEMS,
    recovered,
    returned,
    sent,
    survey,
)
from tests.rules.packs.overview import cycled, figures, made
from tests.rules.packs.playing import around_the_limit, for_clause, shipped

pytestmark = pytest.mark.pure

ANSWERS = dict.fromkeys(ITEMS, "satisfied")
DETAILS = dict.fromkeys(SUB_ITEMS, "satisfied")


@for_clause("MS-2.1")
def test_only_customers_are_asked(clause: str) -> None:
    play = survey()
    assert play.do("send", "marketing", "2026-06-01T10:00", **(SENDING | {"respondent": "employee"})) == "gate_closed"
    assert play.refused_by() == (clause,)
    play.did("send", "marketing", "2026-06-01T10:00", **SENDING)
    assert len(play.openings) == 1


@for_clause("MS-3.1")
def test_the_marketing_centre_surveys_adds_up_and_analyses(clause: str) -> None:
    play = recovered()
    assert play.do("write_report", "after_sales", "2026-07-10T10:00", **REPORT) == "wrong_role"
    assert survey().do("end_recovery", "after_sales", "2026-07-01T10:00") == "wrong_role"
    file = shipped(PACK).file
    assert [stage.owner for stage in file.kind["survey_year"].stages[:2]] == ["marketing", "marketing"]
    assert file.owner == "management_representative"
    assert clause in file.kind["survey_year"].clause


@for_clause("MS-3.2")
def test_after_sales_takes_part(clause: str) -> None:
    play = survey().did("send", "after_sales", "2026-06-01T10:00", **SENDING)
    form = play.linked("questionnaire", "2026-06-01T10:00")
    form.did("take_sub_items", "after_sales", "2026-06-15T10:00", **DETAILS)
    form.did("take_back", "after_sales", "2026-06-15T10:00", **ANSWERS)
    assert all(form.cites(clause, "moved", f"step.{step}") for step in ("take_sub_items", "take_back"))


@for_clause("MS-4.1", "MS-4.4.1", "house-3")
@pytest.mark.parametrize("item", ITEMS)
def test_each_of_four_items_is_asked_for(clause: str, item: str) -> None:
    form = sent(survey()).did("take_sub_items", "marketing", "2026-06-15T10:00", **DETAILS)
    for wrong in (None, "level_6"):
        rest = {name: value for name, value in ANSWERS.items() if name != item} | ({item: wrong} if wrong else {})
        assert form.do("take_back", "marketing", "2026-06-15T10:00", **rest) == "fields_wrong"
        assert (form.missing(), clause in form.refused_by()) == ({item}, True)
    for level in LEVELS:
        assert returned(survey(), level).state.stage == "returned"


@for_clause("MS-4.1", "MS-4.4.1", "house-3")
@pytest.mark.parametrize("item", SUB_ITEMS)
def test_product_quality_is_asked_for_in_its_parts(clause: str, item: str) -> None:
    form = sent(survey())
    for wrong in (None, "level_6"):
        rest = {name: value for name, value in DETAILS.items() if name != item} | ({item: wrong} if wrong else {})
        assert form.do("take_sub_items", "marketing", "2026-06-15T10:00", **rest) == "fields_wrong"
        assert (form.missing(), clause in form.refused_by()) == ({item}, True)


@for_clause("MS-4.1")
def test_a_form_comes_back_with_both_pages_once(clause: str) -> None:
    form = sent(survey())
    assert form.do("take_back", "marketing", "2026-06-15T10:00", **ANSWERS) == "gate_closed"
    assert form.refused_by() == (clause,)
    form.did("take_sub_items", "marketing", "2026-06-15T10:00", **DETAILS)
    assert form.do("take_sub_items", "marketing", "2026-06-15T10:00", **DETAILS) != ""
    assert form.did("take_back", "marketing", "2026-06-15T10:00", **ANSWERS).state.closed


@for_clause("MS-4.4.2")
def test_the_empty_heading_is_filled_by_the_house(clause: str) -> None:
    row = shipped(PACK).file.clause[clause]
    assert (bool(row.gap), row.filled) == (True, "house-3")


@for_clause("MS-4.2")
@pytest.mark.parametrize("way", ["form_sent", "telephone", "visit"])
def test_customers_are_asked_in_three_ways(clause: str, way: str) -> None:
    form = sent(survey(), way=way)
    assert form.state.kind == "questionnaire"
    play = survey()
    assert play.do("send", "marketing", "2026-06-01T10:00", **(SENDING | {"way": "guess"})) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({"way"}, True)


@for_clause("MS-4.2")
@pytest.mark.parametrize("field", sorted(DATA))
def test_data_and_lost_business_are_analysed_before_the_report(clause: str, field: str) -> None:
    play = survey()
    rest = {name: value for name, value in DATA.items() if name != field}
    assert play.do("analyse_data", "marketing", "2026-06-01T10:00", **rest) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({field}, True)
    returned(play, "satisfied")
    play.did("end_recovery", "marketing", "2026-07-01T10:00")
    assert play.do("write_report", "marketing", "2026-07-02T10:00", **REPORT) == "gate_closed"
    assert play.refused_by() == (clause,)
    play.did("analyse_data", "marketing", "2026-07-02T10:00", **DATA)
    play.did("write_report", "marketing", "2026-07-02T10:00", **REPORT)


@for_clause("MS-4.2")
@pytest.mark.parametrize(("change", "code"), [("-100.1", "fields_wrong"), ("-100", ""), ("-12", ""), ("30", "")])
def test_sales_fall_by_no_more_than_all(clause: str, change: str, code: str) -> None:
    play = survey()
    assert play.do("analyse_data", "marketing", "2026-06-01T10:00", **(DATA | {"sales_change": change})) == code
    assert clause in shipped(PACK).file.form["data_analysis"].clause


@for_clause("MS-4.3b")
@around_the_limit("2026-12-31T24:00", "2027-01-01T00:00:01")
def test_a_survey_is_on_time_until_the_year_ends(clause: str, at: str, status: str) -> None:
    play = survey("2026-10-01T09:00")
    returned(play, "satisfied", at="2026-11-01T10:00")
    play.until("2026-12-31T23:00").did("end_recovery", "marketing", at)
    assert (play.status("survey"), play.state.stage) == (status, "analysing")
    assert play.cites(clause, "clock_started", "clock.survey")


@for_clause("MS-4.3b", "house-4")
def test_a_year_without_a_survey_is_overdue(clause: str) -> None:
    play = survey("2025-01-01T00:00").until("2026-01-08T24:00")
    assert play.due("survey") == "2026-01-01T00:00:00"
    assert [line[0::2] for line in play.told()] == [
        ("2025-10-20T00:00:00", "head_of_marketing"),
        ("2026-01-01T00:00:01", "marketing management_representative"),
        ("2026-01-05T00:00:00", "general_manager"),
    ]
    assert play.cites("MS-4.3b", "clock_missed")
    assert play.cites("house-4", "escalated")
    assert clause in ("MS-4.3b", "house-4")


@for_clause("MS-4.3b")
def test_a_survey_comes_with_each_year_and_only_once(clause: str) -> None:
    plays = cycled(PACK, "survey_year", "2025-06-01T00:00", "2027-01-01T00:00")
    assert [play.state.fields.get("period") for play in plays] == ["2026", "2027"]
    assert plays[0].cites(clause, "opened")
    play = survey()
    assert play.beside().open("survey_year", "marketing", "2026-02-01T09:00", period="2026") == "already_open"


@for_clause("MS-4.3b")
def test_a_survey_to_which_nobody_answered_is_none(clause: str) -> None:
    play = survey()
    sent(play)
    assert play.do("end_recovery", "marketing", "2026-07-01T10:00") == "gate_closed"
    assert play.refused_by() == (clause,)
    returned(play, "very_dissatisfied")
    play.did("end_recovery", "marketing", "2026-07-01T10:00")


@for_clause("MS-4.3b", "MS-4.4.3a")
@pytest.mark.parametrize("field", sorted(SENDING))
def test_a_form_is_sent_to_somebody_about_something(clause: str, field: str) -> None:
    play = survey()
    rest = {name: value for name, value in SENDING.items() if name != field}
    assert play.do("send", "marketing", "2026-06-01T10:00", **rest) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({field}, True)


@for_clause("MS-4.3c")
@pytest.mark.parametrize(
    ("back", "out", "rate", "value"),
    [(3, 4, "75", "low_return"), (4, 5, "80", "enough_returned"), (5, 6, "83.33", "enough_returned")],
)
def test_eighty_percent_of_the_forms_come_back(clause: str, back: int, out: int, rate: str, value: str) -> None:
    play = survey()
    for each in range(out):
        if each < back:
            returned(play, "satisfied")
        else:
            sent(play)
    play.did("end_recovery", "marketing", "2026-07-01T10:00")
    assert play.state.classes["recovery"] == value
    assert round(Decimal(str(play.fact("count.return_rate"))), 2) == Decimal(rate)
    assert play.cites(clause, "classified", "class.recovery")
    share, number = made(play, "return_rate", "2026", "2026-07-02T12:00").totals[0].figures
    assert (share.met, number.value) == (value == "enough_returned", out)


@for_clause("MS-4.3c")
def test_a_form_that_is_given_up_counts_as_sent(clause: str) -> None:
    play = survey()
    returned(play, "satisfied")
    form = sent(play)
    assert form.do("give_up", "after_sales", "2026-06-30T10:00") == "wrong_role"
    assert form.did("give_up", "marketing", "2026-06-30T10:00").state.stage == "lost"
    assert (form.state.closed, play.fact("count.return_rate")) == (True, 50)
    assert form.cites(clause, "moved", "step.give_up")


@for_clause("MS-4.3c", "MS-4.4.3a")
def test_the_forms_of_another_year_do_not_count(clause: str) -> None:
    last = survey("2025-01-01T00:00")
    returned(last, "very_dissatisfied", at="2025-06-01T10:00")
    sent(last, "2025-06-01T11:00")
    play = survey(beside=last)
    returned(play, "very_satisfied")
    assert (play.fact("count.score"), play.fact("count.return_rate")) == (100, 100)
    assert (last.fact("count.score"), last.fact("count.return_rate")) == (0, 50)
    count = shipped(PACK).file.count
    assert clause in (*count["score"].clause, *count["return_rate"].clause)


@for_clause("MS-4.4.1", "house-1")
@pytest.mark.parametrize(("level", "points"), list(zip(LEVELS, (100, 90, 80, 20, 0), strict=True)))
def test_each_level_has_its_points(clause: str, level: str, points: int) -> None:
    for item in ITEMS:
        play, given = survey(), dict.fromkeys(ITEMS, "very_dissatisfied") | {item: level}
        returned(play, *given.values())
        assert play.fact("count.score") == Decimal(points) / 4
        by_item = figures(play, "by_item", "2026", "2026-07-02T12:00")
        assert by_item[item,][0] == points
    play = survey()
    returned(play, "satisfied", sub=level)
    assert {line[0] for line in figures(play, "by_sub_item", "2026", "2026-07-02T12:00").values()} == {points}
    assert clause in shipped(PACK).file.form["survey_form"].clause


@for_clause("MS-4.4.3a")
def test_statistics_are_made_by_product_type(clause: str) -> None:
    play = survey()
    for _ in range(3):
        returned(play, "satisfied", product_type="X")
    for _ in range(2):
        returned(play, "rather_satisfied", product_type="Y")
    found = figures(play, "by_product_type", "2026", "2026-07-02T12:00")
    assert {key[0]: line[:2] for key, line in found.items()} == {"X": (80, 3), "Y": (90, 2)}
    assert play.fact("count.score") == 84
    assert clause in shipped(PACK).file.report["by_product_type"].clause
