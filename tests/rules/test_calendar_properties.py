"""The calendar against a slow counting, minute by minute, where the clocks are put forward and back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.calendar import Calendar, CalendarError
from tests.rules.slow_calendar import EPOCH, MARGIN_DAYS, Intervals, SlowCalendar

pytestmark = pytest.mark.pure

DAYS = 5
WINDOWS = {
    "Europe/Berlin": (date(2016, 3, 25), date(2016, 10, 28)),
    "America/Sao_Paulo": (date(2017, 10, 13), date(2018, 2, 16)),  # the clocks change at midnight
    "Australia/Lord_Howe": (date(2016, 4, 1), date(2016, 9, 30)),  # by half an hour
    "America/St_Johns": (date(2006, 10, 27), date(2006, 3, 31)),  # at 00:01, so the date goes back too
    "America/Havana": (date(2016, 11, 4), date(2016, 3, 11)),
    "Pacific/Apia": (date(2011, 12, 28),),  # 30 December was skipped
    "Pacific/Kiritimati": (date(1994, 12, 29),),  # 31 December was skipped
    "Asia/Shanghai": (date(2026, 2, 13),),
}
BOUNDARIES = (0, 1, 15, 30, 60, 90, 120, 150, 165, 180, 200, 540, 720, 810, 1080, 1380, 1410, 1430, 1440)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@dataclass(frozen=True)
class Pair:
    """The same calendar twice, and the minutes of its window."""

    fast: Calendar
    slow: SlowCalendar
    minutes: range


def text_of(intervals: Intervals) -> list[str]:
    return [f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in intervals]


def runs(begin: int, end: int, cut: set[int]) -> Intervals:
    """The runs of minutes of one interval that are not cut out."""
    found: Intervals = []
    for minute in range(begin, end):
        if minute in cut:
            continue
        if found and found[-1][1] == minute:
            found[-1] = (found[-1][0], minute + 1)
        else:
            found.append((minute, minute + 1))
    return found


@st.composite
def intervals(draw: st.DrawFn) -> Intervals:
    bounds = sorted(draw(st.sets(st.sampled_from(BOUNDARIES), max_size=6)))
    return list(zip(bounds[::2], bounds[1::2], strict=False))


@st.composite
def pairs(draw: st.DrawFn) -> Pair:
    zone = draw(st.sampled_from(sorted(WINDOWS)))
    first = draw(st.sampled_from(WINDOWS[zone]))
    week = [draw(intervals()) for _ in WEEKDAYS]
    window = [first + timedelta(days=number) for number in range(-MARGIN_DAYS + 2, DAYS + MARGIN_DAYS - 2)]
    days = draw(st.dictionaries(st.sampled_from(window), intervals(), max_size=3))
    breaks = draw(st.dictionaries(st.sampled_from(window), intervals(), max_size=3))
    hours = {}
    for day in window:
        cut = {minute for a, b in breaks.get(day, []) for minute in range(a, b)}
        hours[day] = [run for a, b in days.get(day, week[day.weekday()]) for run in runs(a, b, cut)]
    written = {
        "zone": zone,
        "week": {name: text_of(of_day) for name, of_day in zip(WEEKDAYS, week, strict=True)},
        "days": {day.isoformat(): text_of(of_day) for day, of_day in days.items()},
        "breaks": {day.isoformat(): text_of(of_day) for day, of_day in breaks.items()},
    }
    begin = (datetime(first.year, first.month, first.day, tzinfo=UTC) - EPOCH) // timedelta(minutes=1)
    return Pair(
        Calendar.from_object(written), SlowCalendar(zone, first, DAYS, hours), range(begin, begin + DAYS * 1440)
    )


def at(minute: int, seconds: int = 0) -> datetime:
    return EPOCH + timedelta(minutes=minute, seconds=seconds)


def minute_of(instant: datetime) -> int:
    minute, rest = divmod(instant - EPOCH, timedelta(minutes=1))
    assert not rest
    return minute


def found(call: Callable[[], datetime], slow: int | None, minutes: range) -> None:
    """Both find the same minute, or the fast one finds nothing near the window."""
    try:
        fast = minute_of(call())
    except CalendarError:
        assert slow is None
        return
    assert fast == slow if slow is not None else not minutes.start <= fast < minutes.stop


def a_minute(data: st.DataObject, pair: Pair) -> int:
    return data.draw(st.sampled_from(pair.minutes))


def some_pauses(data: st.DataObject, pair: Pair) -> Intervals:
    ends = data.draw(st.lists(st.tuples(st.sampled_from(pair.minutes), st.integers(0, 2000)), max_size=3))
    return [(begin, begin + length) for begin, length in ends]


def instants(pauses: Intervals) -> list[tuple[datetime, datetime]]:
    return [(at(begin), at(end)) for begin, end in pauses]


@quick
@given(pairs(), st.data())
def test_elapsed_is_the_count_of_the_open_minutes_outside_the_pauses(pair: Pair, data: st.DataObject) -> None:
    start, until, pauses = a_minute(data, pair), a_minute(data, pair), some_pauses(data, pair)
    counted = pair.fast.elapsed(at(start), at(until), instants(pauses))
    assert counted == 60 * pair.slow.elapsed(start, until, pauses)
    parts = pair.fast.explain_elapsed(at(start), at(until), instants(pauses))
    assert sum(part.seconds for part in parts) == counted
    assert all(part.ends - part.begins == timedelta(seconds=part.seconds) for part in parts)


@quick
@given(pairs(), st.integers(0, 3000), st.booleans(), st.data())
def test_due_is_the_first_minute_by_which_the_allowed_minutes_have_passed(
    pair: Pair, allow: int, roll: bool, data: st.DataObject
) -> None:
    start, pauses = a_minute(data, pair), some_pauses(data, pair)
    slow = pair.slow.due(start, allow, pauses)
    if roll and slow is not None:
        slow = pair.slow.first_running(slow, pauses)
    on_closing: Literal["roll", "stay"] = "roll" if roll else "stay"
    found(lambda: pair.fast.due(at(start), allow * 60, instants(pauses), on_closing), slow, pair.minutes)


@quick
@given(pairs(), st.integers(0, 3000), st.data())
def test_before_is_the_last_minute_from_which_the_allowed_minutes_run(
    pair: Pair, allow: int, data: st.DataObject
) -> None:
    start = a_minute(data, pair)

    def before() -> datetime:
        return EPOCH + timedelta(seconds=pair.fast.time.before(start * 60, allow * 60))

    found(before, pair.slow.before(start, allow), pair.minutes)


@quick
@given(pairs(), st.data())
def test_open_and_next_open_and_working_days_agree_with_the_minutes(pair: Pair, data: st.DataObject) -> None:
    start = a_minute(data, pair)
    assert pair.fast.is_open(at(start)) == (start in pair.slow.open)
    found(lambda: pair.fast.next_open(at(start)), pair.slow.first_running(start, []), pair.minutes)
    local = pair.slow.clock[start].date()
    assert pair.fast.local_date(at(start)) == local
    assert pair.fast.is_workday(local) == (local in pair.slow.closings)
    if local in pair.slow.closings:
        assert pair.fast.closing(local) == at(pair.slow.closings[local])


@quick
@given(pairs(), st.integers(1, 10**6), st.integers(0, 59), st.data())
def test_due_and_elapsed_are_inverse_to_the_second(pair: Pair, allow: int, seconds: int, data: st.DataObject) -> None:
    start, pauses = at(a_minute(data, pair), seconds), instants(some_pauses(data, pair))
    try:
        due = pair.fast.due(start, allow, pauses)
    except CalendarError:
        assert not any(pair.fast.is_workday(date(2050, 1, day)) for day in range(1, 8))
        return
    assert pair.fast.elapsed(start, due, pauses) == allow
    assert pair.fast.elapsed(start, due - timedelta(seconds=1), pauses) == allow - 1
    assert pair.fast.due(start + timedelta(seconds=1), allow, pauses) >= due
    assert pair.fast.due(start, allow + 1, pauses) > due
    assert due >= pair.fast.due(start, allow)


@quick
@given(pairs(), st.integers(-400, 400), st.data())
def test_the_nth_working_day_is_n_working_days_away(pair: Pair, number: int, data: st.DataObject) -> None:
    start = pair.fast.local_date(at(a_minute(data, pair)))
    try:
        day = pair.fast.workday(start, number)
    except CalendarError:
        assert not any(pair.fast.is_workday(date(2050, 1, day)) for day in range(1, 8))
        return
    if number > 0:
        assert pair.fast.workdays_between(start, day) == number
    if number < 0:
        assert pair.fast.workdays_between(day, start) == -number - 1 + pair.fast.is_workday(start)
    assert number == 0 or pair.fast.is_workday(day)
