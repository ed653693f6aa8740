"""The calendar as the clocks of a case use it, with mainland China and the endless one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from timeit import repeat

import pytest

from rules.calendar import Calendar, CalendarError, OutOfRange, Unpublished
from rules.calendar_file import load, shipped
from rules.instants import from_seconds

pytestmark = pytest.mark.pure

CN = load("cn")
ENDLESS = load("endless")


def local(text: str) -> datetime:
    """An instant by the clocks of Shanghai, which are eight hours ahead of UTC."""
    return datetime.fromisoformat(text + "+08:00").astimezone(UTC)


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_calendar_loads_and_says_where_it_comes_from(name: str) -> None:
    calendar = load(name)
    assert calendar.name
    assert calendar.zone.key == "Asia/Shanghai"
    assert load(name) is calendar


@pytest.mark.parametrize("year", [2025, 2026])
def test_mainland_china_has_248_working_days(year: int) -> None:
    # The first of January is a holiday, so nothing is lost by not counting the start.
    assert CN.workdays_between(date(year, 1, 1), date(year, 12, 31)) == 248
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
    assert sum(CN.is_workday(day) for day in days) == 248


def test_a_due_goes_on_at_nine_on_a_make_up_saturday() -> None:
    assert CN.due(local("2026-02-13T17:00"), 7200) == local("2026-02-14T10:00")


def test_a_due_at_the_closing_instant_stays_or_goes_on() -> None:
    start = local("2026-02-13T17:00")
    assert CN.due(start, 3600) == local("2026-02-13T18:00")
    assert CN.due(start, 3600, on_closing="roll") == local("2026-02-14T09:00")


def test_a_pause_is_not_counted_and_the_parts_sum_to_what_is() -> None:
    start, until = local("2026-02-13T10:00"), local("2026-02-14T10:00")
    pauses = [(local("2026-02-13T11:00"), local("2026-02-13T14:00"))]
    parts = CN.explain_elapsed(start, until, pauses)
    assert [(part.begins, part.ends) for part in parts] == [
        (local("2026-02-13T10:00"), local("2026-02-13T11:00")),
        (local("2026-02-13T14:00"), local("2026-02-13T18:00")),
        (local("2026-02-14T09:00"), local("2026-02-14T10:00")),
    ]
    assert sum(part.seconds for part in parts) == CN.elapsed(start, until, pauses) == 6 * 3600
    assert CN.due(start, 6 * 3600, pauses) == until


def test_a_day_that_is_open_around_the_clock_is_one_part_over_new_year() -> None:
    week = {name: ["00:00-24:00"] for name in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
    calendar = Calendar.from_object({"zone": "Europe/Berlin", "week": week})
    begins, ends = datetime(2025, 12, 30, tzinfo=UTC), datetime(2026, 1, 3, tzinfo=UTC)
    assert [(part.begins, part.ends) for part in calendar.explain_elapsed(begins, ends)] == [(begins, ends)]
    assert calendar.is_open(datetime(2025, 12, 31, 23, tzinfo=UTC))


def test_24_00_is_the_first_instant_of_the_next_date_even_after_the_last_published_day() -> None:
    assert CN.midnight(date(2026, 2, 13)) == local("2026-02-14T00:00")
    assert CN.midnight(date(2026, 12, 31)) == local("2027-01-01T00:00")
    assert CN.local_date(CN.midnight(date(2026, 2, 13))) == date(2026, 2, 14)
    assert CN.elapsed(local("2026-12-31T17:00"), CN.midnight(date(2026, 12, 31))) == 3600


def test_closing_and_hours_of_a_date() -> None:
    assert CN.closing(date(2026, 2, 14)) == local("2026-02-14T18:00")
    assert CN.day_hours(date(2026, 2, 14)) == (
        (local("2026-02-14T09:00"), local("2026-02-14T12:00")),
        (local("2026-02-14T13:30"), local("2026-02-14T18:00")),
    )
    assert CN.day_hours(date(2026, 2, 15)) == ()
    with pytest.raises(CalendarError, match="2026-02-15 has no hours"):
        CN.closing(date(2026, 2, 15))


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 2, 13), None),
        (date(2026, 2, 14), "make_up"),
        (date(2026, 2, 17), "holiday"),
        (date(2026, 2, 15), "holiday"),
        (date(2026, 3, 1), "weekend"),
    ],
)
def test_a_date_says_why_it_is_no_ordinary_working_day(day: date, reason: str | None) -> None:
    assert CN.closed_reason(day) == reason


def test_a_day_after_the_published_years_is_named() -> None:
    with pytest.raises(Unpublished, match="2027-01-01 is needed") as caught:
        CN.workday(date(2026, 12, 30), 5)
    assert caught.value.day == date(2027, 1, 1)
    with pytest.raises(Unpublished):
        CN.due(local("2026-12-31T17:00"), 3601)
    assert CN.due(local("2026-12-31T17:00"), 3600) == local("2026-12-31T18:00")
    with pytest.raises(Unpublished):
        CN.is_open(local("2027-01-01T00:00"))


def test_a_day_before_the_published_years_is_named() -> None:
    with pytest.raises(Unpublished, match="from 2025 only") as caught:
        CN.elapsed(local("2024-12-31T09:00"), local("2025-01-02T09:00"))
    assert caught.value.day == date(2024, 12, 31)
    with pytest.raises(Unpublished):
        CN.is_workday(date(2024, 12, 31))
    with pytest.raises(Unpublished):
        CN.workday(date(2025, 1, 3), -3)


def test_a_provisional_calendar_goes_on_as_the_week_holds() -> None:
    provisional = CN.provisional()
    assert provisional.workday(date(2026, 12, 31), 1) == date(2027, 1, 1)
    assert provisional.due(local("2026-12-31T17:00"), 7200) == local("2027-01-01T10:00")
    assert provisional.workday(date(2026, 2, 13), 3) == CN.workday(date(2026, 2, 13), 3)
    assert CN.provisional() is provisional
    assert ENDLESS.provisional() is ENDLESS
    assert provisional.is_workday(date(2024, 12, 31))
    with pytest.raises(Unpublished):
        CN.is_workday(date(2024, 12, 31))


def test_a_calendar_that_is_never_open_ends_a_search_with_an_error() -> None:
    never = Calendar.from_object({"zone": "UTC", "week": {}})
    with pytest.raises(OutOfRange, match="2199-12-31"):
        never.due(datetime(1900, 1, 1, tzinfo=UTC), 1)
    with pytest.raises(OutOfRange, match="1900-01-01"):
        never.workday(date(2199, 12, 31), -1)
    with pytest.raises(OutOfRange):
        never.next_open(datetime(2026, 1, 1, tzinfo=UTC))
    assert never.elapsed(datetime(1900, 1, 1, tzinfo=UTC), datetime(2199, 12, 31, tzinfo=UTC)) == 0


def test_a_single_open_date_far_away_is_found_from_both_sides() -> None:
    rare = Calendar.from_object({"zone": "UTC", "week": {}, "days": {"2050-06-01": ["10:00-11:00"]}})
    assert rare.next_open(datetime(1950, 1, 1, tzinfo=UTC)) == datetime(2050, 6, 1, 10, tzinfo=UTC)
    assert rare.workday(date(2199, 1, 1), -1) == date(2050, 6, 1)
    assert rare.workday(date(1901, 1, 1), 1) == date(2050, 6, 1)
    closed = datetime(2199, 1, 1, tzinfo=UTC)
    assert from_seconds(rare.time.before(int(closed.timestamp()), 60)) == datetime(2050, 6, 1, 10, 59, tzinfo=UTC)


def test_the_order_of_the_questions_changes_no_answer() -> None:
    far, near = datetime(2190, 5, 5, 3, tzinfo=UTC), datetime(1950, 5, 5, 3, tzinfo=UTC)
    week = {"mon": ["09:00-17:00"], "fri": ["22:00-24:00"]}
    one, other = (Calendar.from_object({"zone": "America/New_York", "week": week}) for _ in range(2))
    assert (one.due(far, 9999), one.due(near, 9999)) == (other.due(near, 9999), other.due(far, 9999))[::-1]
    assert one.elapsed(near, far) == other.elapsed(near, far)


def test_threads_may_ask_one_calendar_at_once() -> None:
    week = {"mon": ["09:00-17:00"], "thu": ["22:00-24:00"]}
    starts = [datetime(year, 7, 1, tzinfo=UTC) for year in range(1950, 2100)] * 2
    alone, shared = (Calendar.from_object({"zone": "Europe/Berlin", "week": week}) for _ in range(2))
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda start: shared.due(start, 10**7), starts[::-1]))
    assert found[::-1] == [alone.due(start, 10**7) for start in starts]


def test_a_negative_allowance_and_a_pause_that_runs_back_are_refused() -> None:
    start = local("2026-02-13T10:00")
    with pytest.raises(CalendarError, match="give 0 or more"):
        CN.due(start, -1)
    with pytest.raises(CalendarError, match="ends before it starts"):
        CN.elapsed(start, start, [(start, start - timedelta(seconds=1))])


def test_fractions_of_a_second_are_cut_off() -> None:
    assert CN.due(local("2026-02-13T10:00:00.999"), 60) == local("2026-02-13T10:01:00")


def test_a_warm_due_takes_at_most_ten_microseconds() -> None:
    start = local("2026-02-13T17:00")
    CN.due(start, 7200)
    # The best of many short rounds: the machine may be busy with other things.
    best = min(repeat(lambda: CN.due(start, 7200), number=200, repeat=50)) / 200
    assert best < 10e-6
