"""Calendar objects and files: what is accepted, and every mistake with its place."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from rules.calendar import Calendar, CalendarError
from rules.calendar_file import load, parse

pytestmark = pytest.mark.pure

WEEK = {name: ["09:00-17:00"] for name in ("mon", "tue", "wed", "thu", "fri")}
GOOD: dict[str, Any] = {"zone": "UTC", "week": WEEK}


def hours(changed: dict[str, Any], day: date) -> list[str]:
    spans = Calendar.from_object(GOOD | changed).day_hours(day)
    return [f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in spans]


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        pytest.param({"holidays": []}, "holidays: unknown key", id="an unknown key"),
        pytest.param({"zone": "Mars/Olympus"}, "zone:", id="an unknown zone"),
        pytest.param({"zone": "Europe/Berlim"}, 'did you mean "Europe/Berlin"', id="a zone with a slip"),
        pytest.param({"zone": "../UTC"}, "zone:", id="a path for a zone"),
        pytest.param({"zone": "europe/berlin"}, "zone:", id="a zone in small letters"),
        pytest.param({"zone": None}, "zone:", id="a zone of null"),
        pytest.param({"week": None}, "week:", id="a week of null"),
        pytest.param({"week": []}, "week:", id="a week that is a list"),
        pytest.param({"week": {"monday": []}}, "week.monday", id="a weekday in full"),
        pytest.param({"week": {"mon": "closed"}}, "week.mon", id="a word for a weekday"),
        pytest.param({"week": {"mon": None}}, "week.mon", id="a weekday of null"),
        pytest.param({"week": {"mon": ["9:00-17:00"]}}, "week.mon[0]", id="one digit"),
        pytest.param({"week": {"mon": ["09:00-17:00 "]}}, "week.mon[0]", id="a blank at the end"),
        pytest.param({"week": {"mon": [900]}}, "week.mon[0]", id="a number"),
        pytest.param({"week": {"mon": ["09:00-09:00"]}}, "week.mon[0]", id="an empty interval"),
        pytest.param({"week": {"mon": ["09:00-23:59"]}}, "write 24:00", id="23:59 as an end"),
        pytest.param({"week": {"mon": ["24:00-24:00"]}}, "week.mon[0]", id="24:00 as a start"),
        pytest.param({"week": {"mon": ["09:00-24:01"]}}, "week.mon[0]", id="after 24:00"),
        pytest.param({"week": {"mon": ["09:60-10:00"]}}, "week.mon[0]", id="minute 60"),
        pytest.param({"week": {"mon": ["09:00-12:00", "11:59-13:00"]}}, "week.mon[1]", id="an overlap"),
        pytest.param({"week": {"mon": ["13:00-14:00", "09:00-10:00"]}}, "week.mon[1]", id="not ascending"),
        pytest.param({"make_up_hours": None}, "make_up_hours", id="make-up hours of null"),
        pytest.param({"make_up_hours": "closed"}, "make_up_hours", id="a word for make-up hours"),
        pytest.param({"yearly": {"02-30": "closed"}}, "yearly.02-30", id="a yearly date that is none"),
        pytest.param({"yearly": {"2026-12-25": "closed"}}, "yearly.2026-12-25", id="a year in a yearly date"),
        pytest.param({"days": {"2026-02-29": "closed"}}, "days.2026-02-29", id="a date that is none"),
        pytest.param({"days": {"12-25": "closed"}}, "days.12-25", id="a date without a year"),
        pytest.param({"days": {"1899-12-31": "closed"}}, "days.1899-12-31", id="a date before the range"),
        pytest.param({"days": {"2026-02-14": "open"}}, "days.2026-02-14", id="another word"),
        pytest.param({"days": {"2026-02-14": ["17:00-09:00"]}}, "days.2026-02-14[0]", id="hours that run back"),
        pytest.param({"week": {}, "days": {"2026-02-14": "working"}}, "Monday is closed", id="no hours to work"),
        pytest.param({"breaks": {"2026-02-14": "closed"}}, "breaks.2026-02-14", id="a word for a break"),
        pytest.param({"breaks": {"2026-02-14": ["22:00-23:59"]}}, "write 24:00", id="23:59 as the end of a break"),
        pytest.param({"published_from": "2025"}, "published_from", id="a year as text"),
        pytest.param({"published_from": True}, "published_from", id="a truth for a year"),
        pytest.param({"published_through": 2200}, "published_through", id="a year after the range"),
        pytest.param({"published_from": 2027, "published_through": 2026}, "published_from", id="years that cross"),
        pytest.param({"name": 5}, "name", id="a name that is a number"),
    ],
)
def test_a_mistake_is_told_with_its_place(changed: dict[str, Any], place: str) -> None:
    with pytest.raises(CalendarError) as caught:
        Calendar.from_object(GOOD | changed)
    assert len(caught.value.problems) == 1
    assert place in caught.value.problems[0]


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(CalendarError) as caught:
        Calendar.from_object({"week": {"mon": ["9-5"], "tues": []}, "days": {"soon": "closed"}, "note": 1})
    assert [problem.split(":")[0] for problem in caught.value.problems] == [
        "zone",
        "week.tues",
        "week.mon[0]",
        "days.soon",
        "note",
    ]


@pytest.mark.parametrize("written", [None, [], "cn", 5])
def test_a_calendar_that_is_no_object_is_refused(written: object) -> None:
    with pytest.raises(CalendarError, match="a calendar is an object"):
        Calendar.from_object(written)


def test_a_date_takes_its_hours_from_days_then_yearly_then_week() -> None:
    christmas, monday = date(2026, 12, 25), date(2026, 12, 28)
    yearly = {"yearly": {"12-25": "closed"}}
    assert hours({}, christmas) == ["09:00-17:00"]
    assert hours(yearly, christmas) == []
    assert hours(yearly | {"days": {"2026-12-25": ["08:00-09:00", "09:00-10:00"]}}, christmas) == ["08:00-10:00"]
    assert hours(yearly, monday) == ["09:00-17:00"]


def test_the_29th_of_february_comes_every_leap_year() -> None:
    calendar = Calendar.from_object(GOOD | {"yearly": {"02-29": ["10:00-11:00"]}})
    assert calendar.closing(date(2024, 2, 29)) == datetime(2024, 2, 29, 11, tzinfo=UTC)
    assert calendar.closing(date(2025, 2, 28)) == datetime(2025, 2, 28, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("make_up", "expected"),
    [
        ({}, ["09:00-17:00"]),
        ({"make_up_hours": []}, ["09:00-17:00"]),
        ({"make_up_hours": ["10:00-15:00"]}, ["10:00-15:00"]),
    ],
)
def test_a_working_date_has_the_make_up_hours_else_those_of_monday(
    make_up: dict[str, Any], expected: list[str]
) -> None:
    assert hours(make_up | {"days": {"2026-02-14": "working"}}, date(2026, 2, 14)) == expected


def test_a_working_monday_is_only_asked_for_where_a_date_works() -> None:
    calendar = Calendar.from_object({"zone": "UTC", "week": {}, "days": {"2026-02-14": "closed"}})
    assert not calendar.is_workday(date(2026, 2, 14))


@pytest.mark.parametrize(
    ("cut", "expected"),
    [
        (["10:00-11:00"], ["09:00-10:00", "11:00-17:00"]),
        (["08:00-09:30", "16:00-24:00"], ["09:30-16:00"]),
        (["00:00-24:00"], []),
        (["06:00-09:00", "17:00-18:00"], ["09:00-17:00"]),
        ([], ["09:00-17:00"]),
    ],
)
def test_breaks_are_cut_out_of_the_hours(cut: list[str], expected: list[str]) -> None:
    assert hours({"breaks": {"2026-02-13": cut}}, date(2026, 2, 13)) == expected


def test_a_date_whose_hours_are_all_cut_out_does_not_work() -> None:
    calendar = Calendar.from_object(GOOD | {"breaks": {"2026-02-13": ["09:00-17:00"]}})
    assert not calendar.is_workday(date(2026, 2, 13))
    assert calendar.closed_reason(date(2026, 2, 13)) == "holiday"


def test_an_interval_that_the_clocks_leave_nothing_of_is_dropped() -> None:
    week = {"sun": ["02:30-03:15"]}
    calendar = Calendar.from_object({"zone": "Europe/Berlin", "week": week})
    assert calendar.day_hours(date(2016, 3, 27)) == ()
    assert not calendar.is_workday(date(2016, 3, 27))
    assert calendar.is_workday(date(2016, 3, 20))


def test_a_file_and_its_object_are_the_same_calendar(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('zone = "UTC"\n[week]\nmon = ["09:00-17:00"]\n[days]\n2026-01-06 = "working"\n', encoding="utf-8")
    for calendar in (load(path), load(str(path)), load({"zone": "UTC", "week": {"mon": ["09:00-17:00"]}})):
        assert calendar.closing(date(2026, 1, 5)) == datetime(2026, 1, 5, 17, tzinfo=UTC)
    assert load(path).is_workday(date(2026, 1, 6))


def test_a_broken_file_is_named_with_every_mistake(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text('zone = "UTC"\nzones = 1\n[week]\nmon = 1\n', encoding="utf-8")
    with pytest.raises(CalendarError) as caught:
        load(broken)
    assert [problem.split(": ")[:2] for problem in caught.value.problems] == [
        [str(broken), "zones"],
        [str(broken), "week.mon"],
    ]


@pytest.mark.parametrize(
    ("content", "told"), [(b'zone = "UTC', "not TOML"), (b"zone = '\xff'", "not UTF-8"), (None, "cannot be read")]
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, content: bytes | None, told: str) -> None:
    path = tmp_path / "broken.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CalendarError, match=told):
        load(path)


@pytest.mark.parametrize(("name", "told"), [("endles", 'did you mean "endless"'), ("mars", "shipped are cn, endless")])
def test_an_unknown_name_names_what_is_near_or_shipped(name: str, told: str) -> None:
    with pytest.raises(CalendarError, match=told):
        load(name)


def test_a_date_given_twice_is_refused() -> None:
    with pytest.raises(CalendarError, match="not TOML"):
        parse('zone = "UTC"\n[week]\n[days]\n2026-01-06 = "closed"\n2026-01-06 = "working"\n')
