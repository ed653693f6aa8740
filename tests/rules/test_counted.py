"""From rows to a number, without any case: measures, the edges of windows and of calendar periods."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from rules.counted import Rows, measured, number, reaching
from rules.counted_rows import Asked, CountedRow
from rules.counts import Count, Measure, Within
from rules.values import Title
from tests.rules.corner_shop import ENDLESS, local

pytestmark = pytest.mark.pure

NOON = local("2026-03-02T12:00").astimezone(UTC)
CASES = Measure("count")


def _row(case: str, at: datetime | date | None = NOON, **also: Any) -> CountedRow:
    return CountedRow(case, also.pop("is_open", True), at, **also)


def _at(text: str) -> datetime:
    return local(text).astimezone(UTC)


def _count(measure: Measure = CASES, **within: Any) -> Count:
    return Count(Title("甲", "a"), ("A-1",), measure=measure, within=Within(**within) if within else None)


def _number(count: Count, *rows: CountedRow, now: datetime = NOON) -> object:
    """The number for the case whose rows are called ``me``."""
    return number(count, rows, tuple(row for row in rows if row.case_id == "me"), now, ENDLESS).number


@pytest.mark.parametrize(
    ("measure", "rows", "made"),
    [
        (CASES, (_row("a"), _row("b"), _row("c", sign=-1)), 1),
        (Measure("distinct"), (_row("a", value="x"), _row("b", value="x"), _row("c", value="y"), _row("d")), 2),
        (Measure("distinct"), (_row("a", value="x"), _row("b", value="x", sign=-1)), 0),
        (
            Measure("sum"),
            (_row("a", value=Decimal("0.10")), _row("b", value=Decimal("0.20")), _row("c")),
            Decimal("0.30"),
        ),
        (Measure("sum"), (_row("a", value="50.00"), _row("b", value="-50.00")), Decimal(0)),
        (Measure("mean"), (_row("a", value=10, weight=Decimal(3)), _row("b", value=20), _row("c")), Decimal("12.5")),
        (Measure("mean"), (_row("a"),), None),
        (Measure("share"), (_row("a"), _row("b"), _row("c", hit=False), _row("d", hit=False)), Decimal(50)),
        (Measure("share"), (), None),
    ],
)
def test_a_measure_makes_one_number_of_rows(measure: Measure, rows: Rows, made: object) -> None:
    assert measured(measure, rows) == made


@pytest.mark.parametrize(
    ("within", "last", "together"),
    [
        ({"minutes": 30}, NOON + timedelta(minutes=30), True),
        ({"minutes": 30}, NOON + timedelta(minutes=30, seconds=1), False),
        ({"hours": 2}, NOON + timedelta(hours=2), True),
        ({"days": 7}, NOON + timedelta(days=7, seconds=1), False),
        ({"months": 1}, _at("2026-04-02T12:00:00"), True),
        ({"months": 1}, _at("2026-04-02T12:00:01"), False),
    ],
)
def test_a_sliding_window_holds_what_is_exactly_as_far_apart(within: Any, last: datetime, together: bool) -> None:
    assert _number(_count(**within), _row("a"), _row("me", last)) == (2 if together else 1)


def test_a_month_from_the_end_of_january_ends_with_february() -> None:
    rows = [_row("a", _at("2026-01-31T08:00")), _row("me", _at("2026-02-28T08:00"))]
    assert _number(_count(months=1), *rows) == 2


@pytest.mark.parametrize(
    ("period", "other", "together"),
    [
        ("week", "2026-03-08T23:59:59", True),
        ("week", "2026-03-09T00:00:00", False),
        ("month", "2026-03-01T00:00:00", True),
        ("month", "2026-02-28T23:59:59", False),
        ("quarter", "2026-01-01T00:00:00", True),
        ("quarter", "2026-04-01T00:00:00", False),
        ("year", "2026-12-31T23:59:59", True),
        ("year", "2025-12-31T23:59:59", False),
    ],
)
def test_a_period_is_that_of_the_calendars_zone(period: str, other: str, together: bool) -> None:
    assert _number(_count(period=period), _row("a", _at(other)), _row("me")) == (2 if together else 1)


def test_a_date_stands_at_the_beginning_of_its_day() -> None:
    assert _number(_count(period="month"), _row("a", date(2026, 4, 1)), _row("me")) == 1
    assert _number(_count(hours=12), _row("a", date(2026, 3, 2)), _row("me")) == 2


def test_what_stands_nowhere_in_time_is_in_no_window_and_counts_without_one() -> None:
    rows = (_row("a", None), _row("me"))
    assert (_number(_count(period="year"), *rows), _number(_count(), *rows)) == (1, 2)


def test_a_case_without_a_row_looks_around_its_own_instant() -> None:
    rows = [_row(name, NOON + timedelta(minutes=minute)) for name, minute in (("a", -31), ("b", -20), ("c", 5))]
    assert _number(_count(minutes=30), *rows) == 2
    assert _number(_count(minutes=30), *rows, now=NOON + timedelta(hours=3)) == 0


def _calls(*minutes: int) -> Iterator[CountedRow]:
    for minute in minutes:
        yield _row(f"at {minute}", NOON + timedelta(minutes=minute), is_open=minute != 10)


def test_every_open_case_of_a_window_that_reaches_the_number_is_among_them() -> None:
    reached = reaching(_count(minutes=30), _calls(0, 10, 20, 45, 100), Decimal(3), ENDLESS)
    assert reached == {"at 0", "at 20"}
    assert reaching(_count(minutes=30), _calls(0, 10, 20, 45, 100), Decimal(4), ENDLESS) == set()
    assert reaching(_count(), _calls(0, 500), Decimal(2), ENDLESS) == {"at 0", "at 500"}
    assert reaching(_count(period="week"), _calls(0, 500), Decimal(2), ENDLESS) == {"at 0", "at 500"}


def test_a_query_reads_back_as_it_was_asked() -> None:
    asked = Asked("sudden", ("无信号", True, 3), NOON, None)
    assert asked.text.startswith('count:sudden:[["无信号",true,3],')
    assert Asked.from_text(asked.text.removeprefix("count:")) == asked
