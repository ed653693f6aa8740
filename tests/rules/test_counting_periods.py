"""Lengths that the calendar on the wall bounds: ends of periods, days of the month, and days around which."""

from datetime import datetime

import pytest

from rules.clocks import Counting
from rules.counting import count
from tests.rules.corner_shop import calendar, local

pytestmark = pytest.mark.pure

ENDLESS, CN = calendar(), calendar("cn")
END = Counting(ends="midnight")
ON_TIME = Counting(that_day="on_time", ends="midnight")
LATE = Counting(that_day="late", ends="midnight")
TWO = Counting(days=2, ends="midnight")


def due(unit: str, amount: object, start: str, rule: Counting) -> datetime:
    found = count(unit, amount, local(start), rule, CN)
    assert sum(part[2] for part in found.how["parts"]) == found.how["sum"]
    return found.at


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        pytest.param("month", "2026-02-01T00:00", "2026-03-01T00:00", id="the first instant of a month"),
        pytest.param("month", "2026-02-28T23:59:59", "2026-03-01T00:00", id="the last second of a short month"),
        pytest.param("month", "2028-02-10T10:00", "2028-03-01T00:00", id="a leap year"),
        pytest.param("month", "2026-12-31T10:00", "2027-01-01T00:00", id="the last day of a year"),
        pytest.param("quarter", "2026-03-31T23:59:59", "2026-04-01T00:00", id="the last second of a quarter"),
        pytest.param("quarter", "2026-04-01T00:00", "2026-07-01T00:00", id="the first instant of the next"),
        pytest.param("quarter", "2026-11-30T09:00", "2027-01-01T00:00", id="the last quarter"),
        pytest.param("year", "2026-01-01T00:00", "2027-01-01T00:00", id="a whole year"),
        pytest.param("year", "2026-12-31T23:59:59", "2027-01-01T00:00", id="the last second of a year"),
    ],
)
def test_a_period_ends_at_24_00_of_its_last_day(period: str, start: str, end: str) -> None:
    assert due("end_of", period, start, END) == local(end)


@pytest.mark.parametrize(
    ("first", "start", "end"),
    [
        pytest.param(
            "monday", "2026-03-01T23:59:59", "2026-03-02T00:00", id="Sunday is the last of a week from Monday"
        ),
        pytest.param("monday", "2026-03-02T00:00", "2026-03-09T00:00", id="Monday is the first"),
        pytest.param("sunday", "2026-03-01T00:00", "2026-03-08T00:00", id="Sunday is the first of a week from Sunday"),
        pytest.param("sunday", "2026-03-07T23:59:59", "2026-03-08T00:00", id="Saturday is its last"),
        pytest.param("friday", "2026-03-05T12:00", "2026-03-06T00:00", id="Thursday is the last of a week from Friday"),
        pytest.param("friday", "2026-03-06T12:00", "2026-03-13T00:00", id="Friday is the first"),
    ],
)
def test_a_week_ends_before_the_day_that_the_pack_begins_it_with(first: str, start: str, end: str) -> None:
    assert due("end_of", "week", start, Counting(ends="midnight", first=first)) == local(end)


@pytest.mark.parametrize(
    ("rule", "start", "end"),
    [
        pytest.param(ON_TIME, "2026-03-07T12:00", "2026-03-09T00:00", id="the day before"),
        pytest.param(ON_TIME, "2026-03-08T23:59:59", "2026-03-09T00:00", id="on the day"),
        pytest.param(ON_TIME, "2026-03-09T00:00", "2026-04-09T00:00", id="the day after"),
        pytest.param(LATE, "2026-03-07T23:59:59", "2026-03-08T00:00", id="before it, the day before"),
        pytest.param(LATE, "2026-03-08T00:00", "2026-04-08T00:00", id="before it, on the day"),
        pytest.param(ON_TIME, "2026-12-09T00:00", "2027-01-09T00:00", id="over the end of the year"),
    ],
)
def test_by_day_8_is_the_first_8th_that_comes_on_time_or_late_as_the_pack_says(
    rule: Counting, start: str, end: str
) -> None:
    assert due("by_day", 8, start, rule) == local(end)


def test_before_the_first_is_the_last_day_of_the_month_before() -> None:
    assert due("by_day", 1, "2026-02-03T09:00", LATE) == local("2026-03-01T00:00")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param("2025-08-01T09:00", "2025-08-13T00:00", id="MN-31a late from 13 August 00:00"),
        pytest.param("2025-08-10T23:59:59", "2025-08-13T00:00", id="on the day"),
        pytest.param("2025-08-11T00:00", "2025-09-13T00:00", id="after the day the next month's"),
    ],
)
def test_around_the_10th_is_late_only_after_the_tolerance(start: str, end: str) -> None:
    assert due("around", 10, start, TWO) == local(end)


def test_around_the_28th_reaches_into_the_next_month_where_february_is_short() -> None:
    assert due("around", 28, "2026-02-01T09:00", TWO) == local("2026-03-03T00:00")


def test_a_last_day_of_rest_moves_to_the_next_working_day_where_the_pack_says_so() -> None:
    # 8 March 2026 is a Sunday; 1 to 5 May 2026 is a holiday, 9 May a Saturday that works.
    moves = Counting(that_day="on_time", ends="midnight", rest_day="moves")
    assert due("by_day", 8, "2026-03-02T09:00", moves) == local("2026-03-10T00:00")
    assert due("by_day", 2, "2026-05-01T09:00", moves) == local("2026-05-07T00:00")
    assert due("by_day", 9, "2026-05-06T09:00", moves) == local("2026-05-10T00:00")
    assert due("by_day", 8, "2026-03-02T09:00", ON_TIME) == local("2026-03-09T00:00")


def test_a_day_that_never_opens_ends_at_midnight_even_where_days_end_at_closing() -> None:
    closing = Counting(that_day="on_time", ends="closing")
    assert due("by_day", 6, "2026-03-02T09:00", closing) == local("2026-03-06T18:00")
    assert due("by_day", 8, "2026-03-02T09:00", closing) == local("2026-03-09T00:00")


def test_a_counting_explains_its_days_and_names_the_day() -> None:
    how = count("by_day", 8, local("2026-03-06T12:00"), LATE, ENDLESS).how
    assert how["parts"] == [["2026-03-06", "2026-03-07", 2]]
    assert how["passed"] == [["2026-03-08", "2026-03-08", "day_named"]]
    assert (how["named"], how["sum"], how["rule"]) == ("2026-03-08", 2, {"ends": "midnight", "that_day": "late"})
    how = count("around", 10, local("2026-03-09T12:00"), TWO, ENDLESS).how
    assert how["parts"] == [["2026-03-09", "2026-03-10", 2], ["2026-03-11", "2026-03-12", 2]]
    assert (how["named"], how["sum"], how["rule"]["days"]) == ("2026-03-10", 4, 2)


def test_a_pause_lengthens_a_period_by_the_days_it_held() -> None:
    rule = Counting(ends="midnight", pauses="whole_days")
    waited = ((local("2026-03-10T09:00"), local("2026-03-12T09:00")),)
    found = count("end_of", "month", local("2026-03-02T09:00"), rule, ENDLESS, waited)
    assert (found.at, found.how["stood"]) == (local("2026-04-03T00:00"), 2)
