"""How a due instant is counted: unit, start day, end of day, pauses; each count explains itself.

A count's parts sum to the allowance in the clock's own unit: seconds for minutes and hours, days for days and
working days. Sources of the conventions: PRC Civil Code Art. 201 (start day), 203 (end of day); a pack
names its choice of each.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from rules.calendar import Calendar
from rules.clocks import Counting
from rules.counting_periods import FINDS
from rules.instants import stamp
from rules.periods import ONE_DAY, months_after

Waits = tuple[tuple[datetime, datetime], ...]
ONE_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Due:
    """A due instant (UTC), the local date whose end it is if it is one, and how it was counted."""

    at: datetime
    day: date | None = None
    how: dict[str, Any] = field(default_factory=dict)


def count(unit: str, amount: Any, start: datetime, rule: Counting, calendar: Calendar, waited: Waits = ()) -> Due:
    """The due instant of a clock that started at an instant.

    Args:
        unit: One of `clocks.UNITS`.
        amount: A whole number of the unit; for ``until`` a date or an aware datetime; for ``end_of`` a period by its
            name; for ``same_day`` ignored.
        start: UTC, whole seconds.
        rule: The pack's convention for the unit.
        calendar: Whose open time and working days count.
        waited: Pauses, ended, in order.

    Raises:
        Unpublished: A day is needed that the calendar does not know yet.
    """
    match unit:
        case "minutes" | "hours":
            seconds = amount * (60 if unit == "minutes" else 3600)
            due = _hours(seconds, start, rule, calendar, waited)
        case "until":
            due = _until(amount, rule, calendar)
        case "end_of" | "by_day" | "around":
            due = _bounded(unit, amount, start, rule, calendar, waited)
        case _:
            due = _DAYS[unit](amount, start, rule, calendar, waited)
    how = {"unit": unit, "amount": _plain(amount), "start": stamp(start), "rule": _said(rule), **due.how}
    if waited:
        how["waited"] = [[stamp(begin), stamp(end)] for begin, end in waited]
    return Due(due.at, due.day, how)


def due_data(due: datetime | None, day: date | None) -> dict[str, str | None]:
    """A due instant as entries write it, with the date whose 24:00 it is, if it is one."""
    return {"due": stamp(due) if due else None, "due_date": day.isoformat() if day else None}


def real_after(start: datetime, seconds: int, waited: Waits) -> datetime:
    """The instant by which that many seconds outside the waits have passed since an instant."""
    at, left = start, seconds
    for begin, end in waited:
        if end <= at:
            continue
        run = int((max(begin, at) - at).total_seconds())
        if run >= left:
            break
        left -= run
        at = end
    return at + timedelta(seconds=left)


def real_between(start: datetime, end: datetime, waited: Waits) -> int:
    """The seconds from one instant to another, the waits left out."""
    total = (end - start).total_seconds()
    for begin, stop in waited:
        total -= max(0.0, (min(stop, end) - max(begin, start)).total_seconds())
    return max(0, int(total))


def _hours(seconds: int, start: datetime, rule: Counting, calendar: Calendar, waited: Waits) -> Due:
    if rule.runs == "calendar":
        due = calendar.due(start, seconds, waited)
        pieces = calendar.explain_elapsed(start, due, waited)
        parts = [[stamp(piece.begins), stamp(piece.ends), piece.seconds] for piece in pieces]
        return Due(due, None, {"parts": parts, "sum": seconds})
    due = real_after(start, seconds, waited)
    parts = [[stamp(begin), stamp(end), int((end - begin).total_seconds())] for begin, end in _runs(start, due, waited)]
    return Due(due, None, {"parts": parts, "sum": seconds})


def _runs(start: datetime, due: datetime, waited: Waits) -> Iterator[tuple[datetime, datetime]]:
    at = start
    for begin, end in waited:
        if begin > at and begin < due:
            yield at, begin
        at = max(at, end)
    if due > at or not waited:
        yield at, due


def _working_days(amount: int, start: datetime, rule: Counting, calendar: Calendar, waited: Waits) -> Due:
    first = calendar.local_date(start)
    included = rule.start_day == "included_if_working" and calendar.is_workday(first)
    stood = _days_waited(rule, waited, calendar, calendar.workdays_between)
    last = calendar.workday(first, amount - included + stood)
    days = _each(first if included else first + ONE_DAY, last)
    parts, passed = _sorted_out(days, calendar, _held(waited, calendar) if stood else ())
    if not included:
        why = "start_day" if calendar.is_workday(first) else (calendar.closed_reason(first) or "start_day")
        passed.insert(0, [first.isoformat(), first.isoformat(), why])
    return _landed(last, rule, calendar, waited, {"parts": parts, "passed": _joined(passed), "sum": amount})


def _days(amount: int, start: datetime, rule: Counting, calendar: Calendar, waited: Waits) -> Due:
    first = calendar.local_date(start)
    included = rule.start_day == "included"
    stood = _days_waited(rule, waited, calendar, lambda begin, end: (end - begin).days)
    last = first + (amount - included + stood) * ONE_DAY
    how: dict[str, Any] = {"sum": amount, "passed": []}
    begin = first if included else first + ONE_DAY
    how["parts"] = [[begin.isoformat(), last.isoformat(), amount]]
    if stood:
        how["stood"] = stood
    if not included:
        how["passed"] = [[first.isoformat(), first.isoformat(), "start_day"]]
    return _landed(_rolled(last, rule, calendar, how), rule, calendar, waited, how)


def _months(amount: int, start: datetime, rule: Counting, calendar: Calendar, waited: Waits) -> Due:
    first = calendar.local_date(start)
    last = months_after(first, amount)
    stood = _days_waited(rule, waited, calendar, lambda begin, end: (end - begin).days)
    how: dict[str, Any] = {"sum": amount, "passed": [], "parts": [[first.isoformat(), last.isoformat(), amount]]}
    if stood:
        how["stood"] = stood
        last += stood * ONE_DAY
    return _landed(_rolled(last, rule, calendar, how), rule, calendar, waited, how)


def _same_day(amount: object, start: datetime, rule: Counting, calendar: Calendar, waited: Waits) -> Due:
    day = calendar.local_date(start)
    return _landed(day, rule, calendar, (), {"parts": [[day.isoformat(), day.isoformat(), 1]], "passed": [], "sum": 1})


def _bounded(unit: str, amount: Any, start: datetime, rule: Counting, calendar: Calendar, waited: Waits) -> Due:
    """The end of the day that the calendar on the wall bounds a length with, and the days that a pause adds."""
    found = FINDS[unit](amount, calendar.local_date(start), rule)
    how, last = found.how(), found.day
    stood = _days_waited(rule, waited, calendar, lambda begin, end: (end - begin).days)
    if stood:
        how["stood"] = stood
        last += stood * ONE_DAY
    return _landed(_rolled(last, rule, calendar, how), rule, calendar, waited, how)


def _until(amount: Any, rule: Counting, calendar: Calendar) -> Due:
    if isinstance(amount, datetime):
        return Due(amount.astimezone(UTC), None, {"parts": [], "passed": [], "named": stamp(amount)})
    return _landed(amount, rule, calendar, (), {"parts": [], "passed": [], "named": amount.isoformat()})


def _landed(day: date, rule: Counting, calendar: Calendar, waited: Waits, how: dict[str, Any]) -> Due:
    """The end of a day, after which paused time is made up where pauses count as time.

    A day that never opens has no closing instant: it ends at midnight.
    """
    closes = rule.ends == "closing" and calendar.is_workday(day)
    end = calendar.closing(day) if closes else calendar.midnight(day)
    if waited and rule.pauses == "time":
        seconds = sum(int((stop - begin).total_seconds()) for begin, stop in waited)
        how["made_up"] = seconds
        return Due(end + timedelta(seconds=seconds), None, how)
    return Due(end, None if closes else day, how)


def _rolled(day: date, rule: Counting, calendar: Calendar, how: dict[str, Any]) -> date:
    if rule.rest_day != "moves" or calendar.is_workday(day):
        return day
    moved = calendar.workday(day, 1)
    how["passed"] = [*how["passed"], [day.isoformat(), (moved - ONE_DAY).isoformat(), "rest_day"]]
    how["moved_to"] = moved.isoformat()
    return moved


def _days_waited(rule: Counting, waited: Waits, calendar: Calendar, between: Callable[[date, date], int]) -> int:
    if rule.pauses != "whole_days":
        return 0
    return sum(between(*_dates(wait, calendar)) for wait in waited)


def _dates(wait: tuple[datetime, datetime], calendar: Calendar) -> tuple[date, date]:
    """The first and the last local date of a pause; one that ends at 24:00 has not touched the next date."""
    begin, end = wait
    return calendar.local_date(begin), calendar.local_date(max(begin, end - ONE_SECOND))


def _held(waited: Waits, calendar: Calendar) -> tuple[tuple[date, date], ...]:
    """The dates on which a pause held the clock: after its first day, up to its last."""
    dates = (_dates(wait, calendar) for wait in waited)
    return tuple((first + ONE_DAY, last) for first, last in dates)


def _each(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += ONE_DAY


def _sorted_out(
    days: Iterable[date], calendar: Calendar, held: tuple[tuple[date, date], ...]
) -> tuple[list[list[Any]], list[list[Any]]]:
    """Dates that count, joined into runs with their number, and dates passed over with the reason."""
    parts: list[list[Any]] = []
    passed: list[list[Any]] = []
    open_run = False
    for day in days:
        text = day.isoformat()
        if not calendar.is_workday(day):
            passed.append([text, text, calendar.closed_reason(day) or "holiday"])
            open_run = False
        elif any(begin <= day <= end for begin, end in held):
            passed.append([text, text, "pause"])
            open_run = False
        elif open_run:
            parts[-1][1:] = [text, parts[-1][2] + 1]
        else:
            parts.append([text, text, 1])
            open_run = True
    return parts, passed


def _joined(passed: list[list[Any]]) -> list[list[Any]]:
    """Neighbouring dates with the same reason as one row."""
    rows: list[list[Any]] = []
    for first, last, why in passed:
        follows = rows and date.fromisoformat(rows[-1][1]) + ONE_DAY == date.fromisoformat(first)
        if follows and rows[-1][2] == why:
            rows[-1][1] = last
        else:
            rows.append([first, last, why])
    return rows


def _plain(amount: object) -> object:
    if isinstance(amount, datetime):
        return stamp(amount)
    return amount.isoformat() if isinstance(amount, date) else amount


def _said(rule: Counting) -> dict[str, str | int]:
    names = ("runs", "start_day", "ends", "rest_day", "missing_day", "pauses", "that_day", "days", "first")
    return {name: value for name in names if (value := getattr(rule, name)) is not None}


_DAYS: dict[str, Callable[[Any, datetime, Counting, Calendar, Waits], Due]] = {
    "days": _days,
    "working_days": _working_days,
    "months": _months,
    "same_day": _same_day,
}
