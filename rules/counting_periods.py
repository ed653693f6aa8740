"""The last day of lengths that the calendar on the wall bounds: the end of a week or month, a day of the month.

Every day from the first to the last is a part, so that the parts sum to the days that such a length leaves.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from rules.clocks import Counting
from rules.periods import MONTH, ONE_DAY, WEEK, period_of

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
#: The days that every month has.
DAYS_OF_MONTHS = range(1, 29)


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last day of a length, the day that the pack names for it, and runs of days: those that count, those passed."""

    day: date
    named: date
    parts: tuple[tuple[date, date], ...]
    passed: tuple[tuple[date, date, str], ...] = ()

    def how(self) -> dict[str, Any]:
        """The runs as a count explains itself: ISO dates, each part with its number of days, and their sum."""
        parts = [[first.isoformat(), last.isoformat(), (last - first).days + 1] for first, last in self.parts]
        passed = [[first.isoformat(), last.isoformat(), why] for first, last, why in self.passed]
        total = sum((last - first).days + 1 for first, last in self.parts)
        return {"parts": parts, "passed": passed, "sum": total, "named": self.named.isoformat()}


def end_of(period: str, first: date, rule: Counting) -> LastDay:
    """The last day of the week, month, quarter or year in which a day lies; a week begins with the day of the rule."""
    shifted = WEEKDAYS.index(rule.first or WEEKDAYS[0]) * ONE_DAY if period == WEEK else timedelta()
    last = period_of(period, first - shifted).last + shifted
    return LastDay(last, last, ((first, last),))


def by_day(number: int, first: date, rule: Counting) -> LastDay:
    """The last day on time before a day of the month, or that day itself as the rule says; the first that comes."""
    late = rule.that_day == "late"
    named = _next(number, first + ONE_DAY if late else first)
    last = named - ONE_DAY if late else named
    return LastDay(last, named, ((first, last),), ((named, named, "day_named"),) if late else ())


def around(number: int, first: date, rule: Counting) -> LastDay:
    """The day of the month that comes first, and the days after it that the rule tolerates."""
    named = _next(number, first)
    tolerated = rule.days or 0
    last = named + tolerated * ONE_DAY
    parts = ((first, named), (named + ONE_DAY, last)) if tolerated else ((first, named),)
    return LastDay(last, named, parts)


def _next(number: int, first: date) -> date:
    """The first date from a date on, itself included, that is a day of the month."""
    here = first.replace(day=number)
    return here if here >= first else period_of(MONTH, first).next.first.replace(day=number)


FINDS: dict[str, Callable[[Any, date, Counting], LastDay]] = {"end_of": end_of, "by_day": by_day, "around": around}
