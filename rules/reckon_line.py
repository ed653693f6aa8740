"""One line of a batch of calendar questions, read and checked: every mistake with its place."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

from rules.calendar import Calendar
from rules.calendar_errors import CalendarError
from rules.instants import DAY, from_day, parse_date, parse_duration, parse_instant, reading_of, shown
from rules.stretches import Stretches

CONVENTIONS = {
    "on_closing": ("stay", "roll"),
    "elapsed": ("real", "wall_clock"),
    "pause_outside_hours": ("nothing", "wall_time"),
    "landing": ("end_of_day", "keep_time", "into_hours", "roll_first"),
    "day_pause": ("business_time", "whole_days"),
    "zero_elapsed": ("zero", "one_second"),
    "precision": ("second", "minute"),
    "zero_while_closed": ("next_opening", "unchanged"),
}
"""The values of each convention; the first is the default."""

_FIELDS = ("start", "until", "allow", "days", "pauses")
_IGNORED = ("expected", "expected_error", "source", "note")
_KEYS = ("id", "calendar", "op", "conventions", *_FIELDS, *_IGNORED)
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of an operation: those it needs, those it may have, and what `start` and `until` are."""

    needs: tuple[str, ...]
    may: tuple[str, ...] = ()
    dates: bool = False


FORMS = {
    "due": Form(("start", "allow"), ("pauses",)),
    "before": Form(("start", "allow")),
    "offset": Form(("start", "allow")),
    "elapsed": Form(("start", "until"), ("pauses",)),
    "waiting": Form(("pauses",), ("start", "until")),
    "next_open": Form(("start",)),
    "is_open": Form(("start",)),
    "days": Form(("start", "days"), ("pauses",)),
    "workdays": Form(("start", "days"), dates=True),
    "workdays_between": Form(("start", "until"), dates=True),
    "is_workday": Form(("start",), dates=True),
    "calendar_days": Form(("start", "days"), dates=True),
}
"""The operations."""


@dataclass(frozen=True, slots=True)
class Question:
    """A checked line.

    Attributes:
        start: seconds since 1970, or days for an operation on dates; 0 where it is not given.
        until: likewise.
        given: the names of the fields that are given.
        allow: in seconds.
        pauses: in seconds since 1970, as written.
        conventions: the value of every convention.
    """

    calendar: Calendar
    op: str
    start: int
    until: int
    allow: int
    days: int
    pauses: Stretches
    given: frozenset[str]
    conventions: Mapping[str, str]


def read_question(line: Mapping[str, object]) -> Question:
    """The question that a JSON object asks.

    Raises:
        CalendarError: with every mistake in it, each with its place.
    """
    return _Reading(line).question()


@dataclass
class _Reading:
    """One pass over a line that gathers its mistakes."""

    line: Mapping[str, object]
    problems: list[str] = field(default_factory=list)

    def question(self) -> Question:
        self.problems += (f"{shown(key)}: unknown key" for key in self.line if key not in _KEYS)
        if not isinstance(self.line.get("id"), str):
            self.problems.append("id: missing or not a text")
        calendar = self.calendar()
        op = self.line.get("op")
        form = FORMS.get(op) if isinstance(op, str) else None
        if form is None:
            self.problems.append(f"op: {shown(op)} is not an operation; write one of {', '.join(FORMS)}")
        conventions = self.conventions()
        if calendar is None or form is None or not isinstance(op, str):
            raise CalendarError(self.problems)
        given = self.given(op, form)
        start, until = (self.moment(calendar, op, name) if name in given else 0 for name in ("start", "until"))
        allow = self.allow(op) if "allow" in given else 0
        days = self.days() if "days" in given else 0
        pauses = self.pauses(calendar) if "pauses" in given else []
        if op == "days" and days < 0 and pauses:
            self.problems.append("pauses: cannot be added to days that are counted back; leave them out")
        if self.problems:
            raise CalendarError(self.problems)
        return Question(calendar, op, start, until, allow, days, pauses, given, conventions)

    def calendar(self) -> Calendar | None:
        written = self.line.get("calendar")
        if not isinstance(written, dict):
            self.problems.append("calendar: missing or not an object; write one with zone and week")
            return None
        try:
            return _compiled(json.dumps(written, sort_keys=True))
        except CalendarError as error:
            self.problems += (f"calendar.{problem}" for problem in error.problems)
            return None

    def conventions(self) -> dict[str, str]:
        chosen = {name: values[0] for name, values in CONVENTIONS.items()}
        written = self.line.get("conventions")
        if written is None:
            return chosen
        if not isinstance(written, dict):
            self.problems.append(f"conventions: {shown(written)} is not an object")
            return chosen
        for name, value in written.items():
            if name not in CONVENTIONS:
                self.problems.append(f"conventions: {shown(name)} is none of {', '.join(CONVENTIONS)}")
            elif value not in CONVENTIONS[name]:
                self.problems.append(f"conventions.{name}: {shown(value)} is none of {', '.join(CONVENTIONS[name])}")
            else:
                chosen[name] = value
        return chosen

    def given(self, op: str, form: Form) -> frozenset[str]:
        """The fields that are given, when the operation uses them."""
        found = []
        for name in _FIELDS:
            value = self.line.get(name)
            if name in form.needs or name in form.may:
                if value is not None:
                    found.append(name)
                elif name in form.needs:
                    self.problems.append(f"{name}: missing; {op} needs it")
            elif value is not None and not (name == "pauses" and value == []):
                self.problems.append(f"{name}: {op} does not use it; leave it out")
        return frozenset(found)

    def moment(self, calendar: Calendar, op: str, name: str) -> int:
        if FORMS[op].dates:
            moment = day = self.parsed(name, parse_date, self.line[name])
        else:
            moment = self.parsed(name, lambda text: parse_instant(text, calendar.zone), self.line[name])
            day = None if moment is None else reading_of(moment, calendar.zone) // DAY
        if moment is None or day is None:
            return 0
        # Counting calendar days looks at no day of the calendar.
        if op != "calendar_days":
            self.parsed(name, lambda _: _published(calendar, day), moment)
        return moment

    def allow(self, op: str) -> int:
        allow = self.parsed("allow", parse_duration, self.line["allow"]) or 0
        if allow < 0 and op != "offset":
            self.problems.append(f"allow: {shown(self.line['allow'])} is negative; write 0 or more, or the op offset")
        return allow

    def days(self) -> int:
        days = self.line["days"]
        if isinstance(days, int) and not isinstance(days, bool):
            return days
        self.problems.append(f"days: {shown(days)} is not a whole number")
        return 0

    def pauses(self, calendar: Calendar) -> Stretches:
        written = self.line["pauses"]
        if not isinstance(written, list):
            self.problems.append(f"pauses: {shown(written)} is not a list of pairs of instants")
            return []
        found = []
        for index, pair in enumerate(written):
            place = f"pauses[{index}]"
            if not isinstance(pair, list) or len(pair) != 2:
                self.problems.append(f"{place}: {shown(pair)} is not a pair of instants")
                continue
            first, last = (self.parsed(place, lambda text: parse_instant(text, calendar.zone), text) for text in pair)
            if first is None or last is None:
                continue
            if last < first:
                self.problems.append(f"{place}: ends before it starts; swap its two instants")
            found.append((first, last))
        return found

    def parsed(self, place: str, parse: Callable[[object], _Value], written: object) -> _Value | None:
        try:
            return parse(written)
        except CalendarError as error:
            self.problems += (f"{place}: {problem}" for problem in error.problems)
            return None


def _published(calendar: Calendar, day: int) -> None:
    year = from_day(day).year
    if calendar.published_from is not None and year < calendar.published_from:
        raise calendar.time.too_early()
    if calendar.published_through is not None and year > calendar.published_through:
        raise calendar.time.too_late()


@lru_cache(maxsize=16)
def _compiled(text: str) -> Calendar:
    """The calendar of a JSON text; a batch asks the same one again and again, and its tables are worth keeping."""
    return Calendar.from_object(json.loads(text))
