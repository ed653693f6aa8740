"""Reports over surveys and consequences: points, extremes, changes, units that are never added together."""

import pytest

from rules.parsing import parse
from rules.reporting_said import as_json
from tests.rules.parcel_desk import TEXT, Parcels, values

pytestmark = pytest.mark.pure


def test_points_are_weighted_and_brought_to_a_hundred() -> None:
    desk = Parcels()
    desk.answered("2026-03-02", speed="very", manner="fairly", wish="更快")
    desk.answered("2026-03-03", speed="fairly", manner="not_at_all")
    points, hundred, wishes = desk.report("content").totals[0].figures
    assert (points.value, points.unit, points.met) == ("3.20", "points", False)
    assert (hundred.value, hundred.unit) == (64, "hundred_points")
    assert (wishes.value, wishes.cases) == (("更快",), ("PD-2026-000001",))


@pytest.mark.parametrize(("speed", "met"), [("very", True), ("fairly", False)])
def test_a_question_that_was_left_out_does_not_count(speed: str, met: bool) -> None:
    desk = Parcels()
    desk.answered("2026-03-02", speed=speed)
    desk.answered("2026-03-02")
    points = desk.report("content").totals[0].figures[0]
    assert (points.value, points.met) == ({"very": 5, "fairly": 3}[speed], met)
    assert points.cases == ("PD-2026-000001",)


def test_a_survey_without_answers_says_so() -> None:
    desk = Parcels()
    assert desk.report("content").totals[0].figures[0].note == "no_answers"
    desk.answered("2026-03-02", wish="无")
    figure = desk.report("content").totals[0].figures[0]
    assert (figure.value, figure.note, figure.met, figure.rows) == (None, "no_answers", None, 1)


def test_each_copy_of_a_survey_counts_even_in_one_case() -> None:
    desk = Parcels()
    number = desk.answered("2026-03-02", speed="very", manner="very")
    desk.do(number, "survey", "2026-03-09T09:00", speed="not_at_all", manner="not_at_all")
    figure = desk.report("content").totals[0].figures[0]
    assert (figure.value, figure.rows, figure.cases) == (3, 2, (number,))


def test_what_a_copy_leaves_out_is_not_taken_from_another_copy() -> None:
    shows = '{ show = "share", when = [{ field = "wish", filled = true }] }, { show = "list", of = "again" }'
    desk = Parcels(parse(TEXT.replace('{ show = "mean", of = "hundred_points" }', shows)))
    number = desk.answered("2026-03-02", wish="更快", again="8")
    desk.do(number, "survey", "2026-03-09T09:00", speed="very", manner="very")
    assert [figure.value for figure in desk.report("content").totals[0].figures][1:3] == ["50.00", ("8",)]


def test_the_lowest_question_and_the_largest_and_smallest_change_are_named() -> None:
    desk = Parcels()
    desk.answered("2026-02-02", speed="very", manner="fairly")
    desk.answered("2026-03-02", speed="not_at_all", manner="fairly")
    made = desk.report("questions")
    assert values(made.lines) == {"speed": [1, -4, -4], "manner": [3, 0, 0]}
    lowest, largest, smallest = made.totals[0].figures
    assert (lowest.value, lowest.lines) == (1, ({"question": "speed"},))
    assert (largest.value, largest.lines) == (-4, ({"question": "speed"},))
    assert (smallest.value, smallest.lines) == (0, ({"question": "manner"},))
    assert largest.cases == ("PD-2026-000002",)


def test_without_a_period_before_no_change_is_made_up() -> None:
    desk = Parcels()
    desk.answered("2026-03-02", speed="very", manner="fairly")
    figure = desk.report("questions").totals[0].figures[1]
    assert (figure.value, figure.note, figure.lines) == (None, "nothing_before", ())


def test_lines_that_are_equally_low_are_all_named() -> None:
    desk = Parcels()
    desk.answered("2026-03-02", speed="fairly", manner="fairly")
    assert len(desk.report("questions").totals[0].figures[0].lines) == 2


def fined(desk: Parcels) -> str:
    number = desk.open("2026-03-02T09:00")
    desk.fine(number, "2026-03-05T09:00", ("ann", "50.00"), ("bob", "20.50"))
    return number


def test_fines_are_added_for_each_party_and_a_reversal_is_a_line_of_its_own_month() -> None:
    desk = Parcels()
    number = fined(desk)
    desk.fine(number, "2026-04-05T09:00", ("ann", "-50.00"), back=True)
    assert values(desk.report("fines").lines) == {("ann", "yuan"): ["50.00", 1], ("bob", "yuan"): ["20.50", 1]}
    assert values(desk.report("fines", "2026-04").lines) == {("ann", "yuan"): ["-50.00", 0]}
    (year,) = desk.report("fines", "2026").totals
    assert [figure.value for figure in year.figures] == ["20.50", 2]
    assert year.figures[0].cases == (number,)


def test_a_fine_is_dated_where_its_rule_says_so() -> None:
    desk = Parcels()
    number = desk.open("2026-03-02T09:00")
    desk.fine(number, "2026-04-05T09:00", ("ann", "50.00"), dated="2026-03-31")
    assert desk.report("fines", "2026-03").rows == 1
    assert desk.report("fines", "2026-04").rows == 0


def test_different_units_are_lines_of_their_own_and_never_added() -> None:
    desk = Parcels()
    number = fined(desk)
    desk.fine(number, "2026-03-06T09:00", ("ann", "3"), unit="conduct", name="points")
    made = desk.report("fines")
    assert values(made.lines)["ann", "conduct"] == [3, 1]
    assert {line.by["unit"]: line.figures[0].value for line in made.totals} == {"conduct": 3, "yuan": "70.50"}


def test_sanctions_are_listed_and_no_sum_is_made_of_words() -> None:
    shows = 'shows = [{ show = "sum" }, { show = "list", of = "choice" }]'
    desk = Parcels(parse(TEXT.replace('shows = [{ show = "sum" }, { show = "count" }]', shows)))
    number = desk.open("2026-03-02T09:00")
    desk.fine(number, "2026-03-06T09:00", ("ann", None), unit="sanction", name="warning", choice=["warning"])
    assert [figure.value for figure in desk.report("fines").totals[0].figures] == [0, ("warning",)]


def test_as_json_a_report_says_what_it_is_and_which_cases_are_behind_each_figure() -> None:
    desk = Parcels()
    number = fined(desk)
    said = as_json(desk.report("fines"))
    assert said["lines"][0] == {
        "by": {"party": "ann", "unit": "yuan"},
        "figures": [
            {"show": "sum", "title": None, "value": "50.00", "unit": "yuan", "rows": 1, "cases": [number], "note": "",
             "met": None, "of": []},
            {"show": "count", "title": None, "value": 1, "unit": "", "rows": 1, "cases": [number], "note": "",
             "met": None, "of": []},
        ],
    }  # fmt: skip
    assert (said["period"], said["from"], said["until"]) == ("2026-03", "2026-02-28T16:00:00Z", "2026-03-31T16:00:00Z")
    assert (said["clause"], said["edition"], said["house"]) == (["PD-3"], 1, False)
