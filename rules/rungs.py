"""When the rungs of a ladder fall due: shares of the time from start to due, and lengths after it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
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


def is_late(rung: Rung) -> bool:
    """Whether a rung comes at or after the due."""
    percent = share(rung)
    return percent is None or percent >= WHOLE


@dataclass(frozen=True, slots=True)
class Span:
    """The time that a ladder is laid over: from start to due, pauses left out.

    Args:
        start: When the clock started.
        due: What was counted for it.
        in_open_time: Whether shares are of open time, as for working days and for hours that run by the calendar.
        waited: Pauses, ended, in order.
    """

    start: datetime
    due: Due
    in_open_time: bool
    waited: Waits = ()


def instant(rung: Rung, span: Span, calendar: Calendar, rule: Callable[[str], Counting]) -> datetime:
    """When a rung falls due (UTC, whole seconds).

    A share counts what the clock itself counts: open time of the calendar, or real time. A length after a due that is
    the end of a date counts from that date.

    Raises:
        Unpublished: A day is needed that the calendar does not know yet.
    """
    percent, due = share(rung), span.due.at
    if percent is None:
        return _after(rung, span.due, calendar, rule)
    if percent >= WHOLE:
        return due + LATE
    if span.in_open_time:
        total = calendar.elapsed(span.start, due, span.waited)
        if total:
            return calendar.due(span.start, total * percent // WHOLE, span.waited)
    seconds = real_between(span.start, due, span.waited) * percent // WHOLE
    return real_after(span.start, seconds, span.waited)


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
