"""The due and the rungs of a clock as its entry keeps them, with how they were counted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from rules.calendar import Calendar, Unpublished
from rules.clocks import Allow, Clock, Counting
from rules.conditions import as_number, holds
from rules.counting import ONE_SECOND, Due, Waits, count
from rules.counting_periods import DAYS_OF_MONTHS
from rules.draft import Draft
from rules.instants import stamp
from rules.ladders import Rung
from rules.periods import ONE_DAY, WEEK
from rules.rungs import LATE, Span, instant, is_late
from rules.values import FieldValue, Gap, TableValue

_T = TypeVar("_T")
#: The longest length that a field or table may hold, by unit; beyond it the value is taken as not given.
_MOST = {
    "minutes": 5_256_000,
    "hours": 87_600,
    "days": 3_650,
    "working_days": 2_600,
    "months": 120,
    "by_day": DAYS_OF_MONTHS[-1],
    "around": DAYS_OF_MONTHS[-1],
}
#: What a clock itself says of its unit goes before what ``[counting]`` says.
_CONVENTIONS = tuple(Counting.__dataclass_fields__)


def convention(draft: Draft, allow: Allow, own: Counting | None = None) -> Counting:
    """How a length is counted: what the clock itself says, and for the rest ``[counting]``."""
    general = draft.convention(allow.unit)
    week = draft.pack.file.counting.week
    if allow.end_of == WEEK and week is not None:
        general = replace(general, first=week.first)
    if own is None:
        return general
    said = {name: value for name in _CONVENTIONS if (value := getattr(own, name)) is not None}
    return replace(general, **said)


def limit(draft: Draft, allow: Allow, at: datetime) -> datetime | None:
    """The instant at which a length of time from an instant ends; None where its value is empty."""
    due = _due(draft, allow, convention(draft, allow), at, ())[0]
    return None if due is None else due.at


def window_opens(draft: Draft, name: str, started: datetime, waited: Waits, *, agreed: bool) -> datetime | None:
    """The early end of a clock's window, None where it has none: a day that is counted opens it when it begins.

    An agreed instant has no early end, and an empty value none either.
    """
    clock = draft.pack.file.clock[name]
    allow = clock.not_before
    if allow is None or agreed:
        return None
    due = _due(draft, allow, convention(draft, allow, clock.counting), started, waited)[0]
    if due is None:
        return None
    if allow.unit in ("minutes", "hours") or "T" in due.how.get("named", ""):
        return due.at
    made_up = timedelta(seconds=due.how.get("made_up", 0))
    calendar = draft.facts.calendar
    day = calendar.local_date(due.at - made_up - ONE_SECOND)
    return calendar.midnight(day - ONE_DAY) + made_up


def counted(
    draft: Draft, name: str, started: datetime, waited: Waits, agreed: object = None, climbed: tuple[int, ...] = ()
) -> dict[str, Any]:
    """The due, the rungs and the explanation of a clock, as its entry keeps them.

    Args:
        draft: The decision.
        name: The clock.
        started: When it started.
        waited: Its pauses so far.
        agreed: The instant that was agreed instead of its length.
        climbed: The rungs that are behind it.
    """
    clock = draft.pack.file.clock[name]
    allow = clock.allow
    data: dict[str, Any] = {"clock": name, "due": None, "due_date": None, "misses_at": None, "rungs": []}
    if allow is None:
        return data | {"provisional": False, "counted": None}
    if agreed is not None:
        allow = Allow(until=FieldValue(clock.moved_to or ""))
    opens = window_opens(draft, name, started, waited, agreed=agreed is not None)
    if opens is not None:
        data["not_before"] = stamp(opens)
    rule = convention(draft, allow, clock.counting)
    due, provisional, gap = _due(draft, allow, rule, started, waited)
    if due is None:
        return data | {"provisional": False, "counted": {"gap": gap}}
    data |= {"due": stamp(due.at), "due_date": due.day and due.day.isoformat(), "provisional": provisional}
    data |= {"misses_at": None if provisional else stamp(due.at + LATE), "counted": due.how}
    span = Span(started, due, in_open_time(allow.unit, rule), waited)
    data["rungs"] = rungs_left(draft, clock, span, climbed, provisional=provisional)
    return data


def in_open_time(unit: str, rule: Counting) -> bool:
    """Whether a clock counts open time of the calendar."""
    return unit == "working_days" or rule.runs == "calendar"


def _due(draft: Draft, allow: Allow, rule: Counting, started: datetime, waited: Waits) -> tuple[Due | None, bool, str]:
    """The due of an allowance, whether it is provisional, and the gap that leaves it open."""
    amount = getattr(allow, allow.unit)
    if isinstance(amount, FieldValue | TableValue):
        word = "field" if isinstance(amount, FieldValue) else "table"
        amount = _as_amount(draft.ground.lookup(amount), allow.unit) or Gap(word)
    if isinstance(amount, Gap):
        return None, False, amount.gap
    due, provisional = _known(
        draft.facts.calendar, lambda calendar: count(allow.unit, amount, started, rule, calendar, waited)
    )
    return due, provisional, ""


def _known(calendar: Calendar, counting: Callable[[Calendar], _T]) -> tuple[_T, bool]:
    """What a counting gives, and whether it had to go on past the days that the calendar knows."""
    try:
        return counting(calendar), False
    except Unpublished:
        return counting(calendar.provisional()), True


def _as_amount(value: object, unit: str) -> Any:
    """A field's value as a length: a whole number of the unit, ten years at most, or a date or an instant."""
    if unit == "until":
        return value if isinstance(value, date | datetime) else None
    number = as_number(value)
    if number is None or number != number.to_integral_value() or not 0 < number <= _MOST[unit]:
        return None
    return int(number)


def rungs_left(
    draft: Draft, clock: Clock, span: Span, climbed: tuple[int, ...], *, provisional: bool = False
) -> list[list[Any]]:
    """The rungs that are still to be climbed; a provisional clock only reminds, it raises to nobody for being late."""
    if clock.ladder is None:
        return []
    rows: list[list[Any]] = []
    for index, rung in enumerate(draft.pack.file.ladder[clock.ladder].rungs):
        if index in climbed or (provisional and is_late(rung)) or not holds(rung.when, draft.ground):
            continue
        at, _ = _known(draft.facts.calendar, partial(_rung_at, rung, span, draft))
        rows.append([index, stamp(at)])
    return rows


def _rung_at(rung: Rung, span: Span, draft: Draft, calendar: Calendar) -> datetime:
    return instant(rung, span, calendar, draft.convention)
