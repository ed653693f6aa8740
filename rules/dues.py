"""The due and the rungs of a clock as its entry keeps them, with how they were counted."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any, TypeVar

from rules.calendar import Calendar, Unpublished
from rules.clocks import Allow, Clock, Counting
from rules.conditions import as_number, holds
from rules.counting import Due, Waits, count, stamp
from rules.draft import Draft
from rules.ladders import Rung
from rules.rungs import LATE, WHOLE, Span, instant, share
from rules.values import FieldValue, Gap

_T = TypeVar("_T")
#: The longest length that a field may hold, by unit; beyond it the value is taken as not given.
_TEN_YEARS = {"minutes": 5_256_000, "hours": 87_600, "days": 3_650, "working_days": 2_600, "months": 120}


def limit(draft: Draft, allow: Allow, at: datetime) -> datetime | None:
    """The instant at which a length of time from an instant ends; None where its value is empty."""
    due = _due(draft, allow, draft.convention(allow.unit), at, ())[0]
    return None if due is None else due.at


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
    rule = clock.counting or draft.convention(allow.unit)
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
    if isinstance(amount, Gap):
        return None, False, amount.gap
    if isinstance(amount, FieldValue):
        amount = _as_amount(draft.ground.field(amount.field), allow.unit)
        if amount is None:
            return None, False, "field"
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
    if number is None or number != number.to_integral_value() or not 0 < number <= _TEN_YEARS[unit]:
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
        percent = share(rung)
        late = percent is None or percent >= WHOLE
        if index in climbed or (provisional and late) or not holds(rung.when, draft.ground):
            continue
        at, _ = _known(draft.facts.calendar, partial(_rung_at, rung, span, draft))
        rows.append([index, stamp(at)])
    return rows


def _rung_at(rung: Rung, span: Span, draft: Draft, calendar: Calendar) -> datetime:
    return instant(rung, span, calendar, draft.convention)
