"""A calendar object as it is written, checked: every mistake with its place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import TypeVar
from zoneinfo import ZoneInfo

from rules.calendar_errors import CalendarError
from rules.calendar_hours import Hours, cut_out, parse_hours
from rules.instants import FIRST_YEAR, LAST_YEAR, from_day, parse_date, shown

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TEXTS = ("name", "source", "note")
_TABLES = ("week", "yearly", "days", "breaks")
_YEARS = ("published_from", "published_through")
_KEYS = ("zone", "make_up_hours", *_TABLES, *_YEARS, *_TEXTS)
_LEAP_YEAR = "2000"
_Key = TypeVar("_Key")


@dataclass(frozen=True, eq=False)
class CalendarShape:
    """A checked calendar object; hours are in minutes of the day, dates are days since 1970.

    Attributes:
        week: the hours of Monday to Sunday.
        yearly: hours by (month, day); nothing left means closed.
        days: hours by day, before `yearly` and `week`.
        breaks: what is cut out of the hours of a day, whatever those are.
    """

    zone: ZoneInfo
    week: tuple[Hours, ...]
    yearly: Mapping[tuple[int, int], Hours]
    days: Mapping[int, Hours]
    breaks: Mapping[int, Hours]
    published_from: int | None
    published_through: int | None
    name: str
    source: str
    note: str

    def named_hours(self, day: int) -> Hours | None:
        """The hours that `days` or `yearly` give to a day; None when only the week speaks."""
        if day in self.days:
            return self.days[day]
        if self.yearly:
            on = from_day(day)
            return self.yearly.get((on.month, on.day))
        return None

    def week_hours(self, day: int) -> Hours:
        """The hours that `week` gives to a day."""
        return self.week[(day + 3) % 7]  # 1970-01-01 was a Thursday

    def hours(self, day: int) -> Hours:
        """The hours of a day, wall clock, breaks cut out."""
        hours = self.named_hours(day)
        if hours is None:
            hours = self.week_hours(day)
        if day in self.breaks:
            hours = cut_out(hours, self.breaks[day])
        return hours


def check_calendar(written: object) -> CalendarShape:
    """The calendar that an object, read from JSON or TOML, describes.

    Raises:
        CalendarError: with every mistake in it, each with its place.
    """
    if not isinstance(written, Mapping):
        raise CalendarError(f"a calendar is an object with zone and week, not {shown(written)}")
    return _Check(written).shape()


def known_zones() -> frozenset[str]:
    """The IANA zone names of the time zone database."""
    return _zones()


class _Check:
    """One pass over a calendar object that gathers its mistakes."""

    def __init__(self, written: Mapping[object, object]) -> None:
        self.written = written
        self.problems: list[str] = []

    def shape(self) -> CalendarShape:
        for key in self.written:
            if key not in _KEYS:
                self.problems.append(f"{_place(key)}: unknown key{_nearest(key, _KEYS)}")
        zone = self.zone()
        week = self.week()
        make_up = (
            self.hours_at("make_up_hours", self.written["make_up_hours"]) if "make_up_hours" in self.written else ()
        )
        working = make_up or week[0]
        yearly = self.dates("yearly", _month_day, working)
        days = self.dates("days", parse_date, working)
        breaks = self.dates("breaks", parse_date, None)
        published_from, published_through = (self.year(key) for key in _YEARS)
        if published_from and published_through and published_from > published_through:
            self.problems.append(f"published_from: {published_from} comes after published_through {published_through}")
        name, source, note = (self.text(key) for key in _TEXTS)
        if self.problems or zone is None:
            raise CalendarError(self.problems)
        return CalendarShape(zone, week, yearly, days, breaks, published_from, published_through, name, source, note)

    def zone(self) -> ZoneInfo | None:
        name = self.written.get("zone")
        if "zone" not in self.written:
            self.problems.append('zone: missing; write an IANA zone name such as "Asia/Shanghai"')
        elif not isinstance(name, str) or name not in known_zones():
            self.problems.append(f"zone: {shown(name)} is not a known IANA zone name{_nearest(name, known_zones())}")
        else:
            return ZoneInfo(name)
        return None

    def week(self) -> tuple[Hours, ...]:
        if "week" not in self.written:
            self.problems.append("week: missing; write the hours of each weekday, or an empty table")
        week = self.table("week")
        for key in week:
            if key not in WEEKDAYS:
                self.problems.append(f"week.{_place(key)}: unknown weekday; write {' '.join(WEEKDAYS)}")
        return tuple(self.hours_at(f"week.{key}", week[key]) if key in week else () for key in WEEKDAYS)

    def table(self, key: str) -> Mapping[object, object]:
        table = self.written.get(key, {})
        if isinstance(table, Mapping):
            return table
        self.problems.append(f"{key}: {shown(table)} is not a table")
        return {}

    def dates(self, name: str, parse: Callable[[object], _Key], working: Hours | None) -> dict[_Key, Hours]:
        found = {}
        for key, value in self.table(name).items():
            place = f"{name}.{_place(key)}"
            hours = self.day_hours(place, value, working)
            try:
                found[parse(key)] = hours
            except CalendarError as error:
                self.problems += (f"{place}: {problem}" for problem in error.problems)
        return found

    def day_hours(self, place: str, value: object, working: Hours | None) -> Hours:
        if working is None or value not in ("closed", "working"):
            return self.hours_at(place, value, words=working is not None)
        if value == "closed":
            return ()
        if not working:
            self.problems.append(f'{place}: "working" has no hours, since Monday is closed; write make_up_hours')
        return working

    def hours_at(self, place: str, value: object, words: bool = False) -> Hours:
        hours, problems = parse_hours(value)
        for index, problem in problems:
            or_words = ', "closed" or "working"' if words and index is None else ""
            self.problems.append(f"{place}{'' if index is None else f'[{index}]'}: {problem}{or_words}")
        return hours

    def year(self, key: str) -> int | None:
        year = self.written.get(key)
        if key not in self.written:
            return None
        if not isinstance(year, int) or isinstance(year, bool) or not FIRST_YEAR <= year <= LAST_YEAR:
            self.problems.append(f"{key}: {shown(year)} is not a year from {FIRST_YEAR} to {LAST_YEAR}")
            return None
        return year

    def text(self, key: str) -> str:
        text = self.written.get(key, "")
        if isinstance(text, str):
            return text
        self.problems.append(f"{key}: {shown(text)} is not a text")
        return ""


def _month_day(key: object) -> tuple[int, int]:
    """The month and day of `MM-DD`; 02-29 is a date, since leap years have it."""
    try:
        on: date = from_day(parse_date(f"{_LEAP_YEAR}-{key}"))
    except CalendarError:
        raise CalendarError("no date of a year; write MM-DD") from None
    return on.month, on.day


def _place(key: object) -> str:
    text = str(key)
    return text if len(text) <= 40 else text[:39] + "…"


def _nearest(value: object, known: frozenset[str] | tuple[str, ...]) -> str:
    near = get_close_matches(value, known, n=1) if isinstance(value, str) else []
    return f'; did you mean "{near[0]}"?' if near else ""


@cache
def _zones() -> frozenset[str]:
    return frozenset(files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())
