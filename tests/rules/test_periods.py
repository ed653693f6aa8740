"""Weeks, months, quarters, years of local dates."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.periods import Period, midnight_before, months_after, period_of

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("every", "day", "key", "first", "last"),
    [
        ("week", date(2026, 3, 4), "2026-W10", date(2026, 3, 2), date(2026, 3, 8)),
        ("week", date(2027, 1, 1), "2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        ("month", date(2028, 2, 29), "2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("quarter", date(2026, 12, 31), "2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("year", date(2026, 7, 1), "2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_date_lies_in_its_period(every: str, day: date, key: str, first: date, last: date) -> None:
    found = period_of(every, day)
    assert (found.key, found.first, found.last) == (key, first, last)


@given(
    st.sampled_from(["week", "month", "quarter", "year"]),
    st.dates(date(1900, 2, 1), date(2190, 1, 1)),
)
def test_periods_follow_each_other_without_a_gap_and_in_the_order_of_their_keys(every: str, day: date) -> None:
    found = period_of(every, day)
    assert found.first <= day <= found.last
    assert found.next.first == found.last + timedelta(days=1)
    assert found.next.previous == found == period_of(every, found.last)
    assert found.previous.key < found.key < found.next.key


def test_the_day_of_a_period_is_counted_from_its_first() -> None:
    assert Period("quarter", date(2026, 4, 1)).day(28) == date(2026, 4, 28)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


def test_a_date_begins_at_midnight_of_its_zone() -> None:
    assert midnight_before(date(2026, 3, 1), ZoneInfo("Asia/Shanghai")) == datetime(2026, 2, 28, 16, tzinfo=UTC)
