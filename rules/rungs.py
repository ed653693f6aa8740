"""When the rungs of a ladder fall due: shares of the time from start to due, and lengths after it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from rules.calendar import Calendar
from rules.clocks import Counting
from rules.counting import Due, Waits, count, real_after, real_between
from rules.ladders import Rung

#: Exactly on time is on time, so what follows from being late happens one second after the due instant.
LATE = timedelta(seconds=1)
WHOLE = 100


def share(rung: Rung) -> int | None:
    """The share of a rung in percent, None for one that comes after the due."""
    return int(rung.at.removesuffix("%")) if rung.at is not None else None


def instant(
    rung: Rung, start: datetime, due: Due, unit: str, calendar: Calendar, waited: Waits, rule: Callable[[str], Counting]
) -> datetime:
    """When a rung falls due (UTC, whole seconds).

    A share counts open time of the calendar for working-day clocks and real time for all others, pauses left out. A
    length after a due that is the end of a date counts from that date.

    Raises:
        Unpublished: A day is needed that the calendar does not know yet.
    """
    percent = share(rung)
    if percent is None:
        return _after(rung, due, calendar, rule)
    if percent >= WHOLE:
        return due.at + LATE
    if unit == "working_days":
        total = calendar.elapsed(start, due.at, waited)
        if total:
            return calendar.due(start, total * percent // WHOLE, waited)
    return real_after(start, real_between(start, due.at, waited) * percent // WHOLE, waited)


def _after(rung: Rung, due: Due, calendar: Calendar, rule: Callable[[str], Counting]) -> datetime:
    allow = rung.after
    if allow is None:
        raise ValueError("a rung without `at` and `after`")
    unit = allow.unit
    amount = getattr(allow, unit)
    start = due.at if due.day is None or unit in ("minutes", "hours") else _within(due.day, calendar)
    convention = replace(rule(unit), start_day="excluded")
    return count(unit, amount, start, convention, calendar).at


def _within(day: date, calendar: Calendar) -> datetime:
    """An instant of a local date: its last second."""
    return calendar.midnight(day) - LATE
