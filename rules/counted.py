"""From counted rows to a number: the window that contains a case, and what is made of the rows in it."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal

from rules.calendar import Calendar
from rules.conditions import as_number
from rules.counted_rows import CountedRow
from rules.counts import Count, Measure, Within
from rules.periods import begin_of, midnight_before, months_after, period_of

Amount = int | Decimal | None
Rows = tuple[CountedRow, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A number, and the rows that make it in the order of their time; None where there is nothing to make it of."""

    number: Amount
    rows: Rows


def number(count: Count, rows: Iterable[CountedRow], own: Rows, now: datetime, calendar: Calendar) -> Number:
    """The number of a count for a case.

    Args:
        count: The block of the pack.
        rows: Every row, the case's own among them.
        own: Its own rows: a sliding window has to contain one of them, a period is that of the last one; where it has
            none, they contain ``now``.
        now: The instant that stands for a case without a row.
        calendar: In whose zone periods begin and end.
    """
    if count.within is None:
        everything = tuple(rows)
        return Number(measured(count.measure, everything), everything)
    ats, placed = _placed(rows, calendar.zone)
    mine = _placed(own, calendar.zone)[0] or [now]
    if count.within.period:
        first, end = _period(count.within.period, mine[-1], calendar)
        inside = tuple(placed[bisect_left(ats, first) : bisect_left(ats, end)])
        return Number(measured(count.measure, inside), inside)
    ending = _ending(count.within, calendar.zone)
    # Of windows with the same end the longest holds all that is in the others.
    longest: dict[int, int] = {}
    for at in mine:
        for begins, ends in _around(ats, at, ending):
            longest[ends] = min(begins, longest.get(ends, begins))
    return _fullest(count.measure, (tuple(placed[begins:ends]) for ends, begins in sorted(longest.items())))


def reaching(count: Count, rows: Iterable[CountedRow], least: Decimal, calendar: Calendar) -> frozenset[str]:
    """The open cases for which the number is at least so much."""
    found: set[str] = set()
    for window in _windows(count, rows, calendar):
        amount = measured(count.measure, window)
        if amount is not None and amount >= least:
            found |= {row.case_id for row in window if row.is_open}
    return frozenset(found)


def measured(measure: Measure, rows: Rows) -> Amount:
    """What a measure makes of rows; a share is in percent, a mean or share of nothing is None."""
    return MEASURES[measure.show](rows)


def _windows(count: Count, rows: Iterable[CountedRow], calendar: Calendar) -> Iterator[Rows]:
    if count.within is None:
        yield tuple(rows)
        return
    ats, placed = _placed(rows, calendar.zone)
    ending, before = _ending(count.within, calendar.zone), 0
    for first, at in enumerate(ats):
        if count.within.period:
            end = bisect_left(ats, _period(count.within.period, at, calendar)[1])
        else:
            end = bisect_right(ats, ending(at))
        # A window that ends where the one before it ends holds nothing that is not in that one.
        if end > before:
            yield tuple(placed[first:end])
            before = end


def _placed(rows: Iterable[CountedRow], zone: tzinfo) -> tuple[list[datetime], list[CountedRow]]:
    """Instants and rows in the order of time, without those that stand nowhere in it."""
    pairs = [(_instant(row, zone), row) for row in rows if row.at is not None]
    pairs.sort(key=lambda pair: pair[0])
    return [at for at, _ in pairs], [row for _, row in pairs]


def _instant(row: CountedRow, zone: tzinfo) -> datetime:
    return begin_of(row.at, zone) or datetime.min.replace(tzinfo=UTC)


def _period(every: str, at: datetime, calendar: Calendar) -> tuple[datetime, datetime]:
    """Where the period of an instant begins, and where the one after it does."""
    period = period_of(every, calendar.local_date(at))
    return midnight_before(period.first, calendar.zone), midnight_before(period.next.first, calendar.zone)


def _ending(within: Within, zone: tzinfo) -> Callable[[datetime], datetime]:
    """The last instant that is in one window with a first one; exactly as far apart as the window is long is in it."""
    if within.months:
        months = within.months

        def later(first: datetime) -> datetime:
            local = first.astimezone(zone)
            day = months_after(local.date(), months)
            return datetime.combine(day, local.time(), zone).astimezone(UTC)

        return later
    length = timedelta(minutes=within.minutes or 0, hours=within.hours or 0, days=within.days or 0)
    return lambda first: first + length


def _around(ats: Sequence[datetime], at: datetime, ending: Callable[[datetime], datetime]) -> Iterator[tuple[int, int]]:
    """The windows that contain an instant, as first and one after the last; each begins with a row, or there."""
    last = bisect_right(ats, at)
    for first in range(last):
        if (end := ending(ats[first])) >= at:
            yield first, bisect_right(ats, end)
    yield last, bisect_right(ats, ending(at))


def _fullest(measure: Measure, windows: Iterator[Rows]) -> Number:
    """The window with the highest number; of means and shares the one with the most rows."""
    by_rows = measure.show in ("mean", "share")
    best, most = Number(measured(measure, ()), ()), Decimal(0)
    for window in windows:
        made = measured(measure, window)
        full = Decimal(len(window)) if by_rows else Decimal(made or 0)
        if full > most:
            best, most = Number(made, window), full
    return best


def _count(rows: Rows) -> Amount:
    return sum(row.sign for row in rows)


def _distinct(rows: Rows) -> Amount:
    held: dict[str, int] = {}
    for row in rows:
        if row.value is not None:
            held[str(row.value)] = held.get(str(row.value), 0) + row.sign
    return sum(times > 0 for times in held.values())


def _sum(rows: Rows) -> Amount:
    return sum((as_number(row.value) or Decimal(0) for row in rows), Decimal(0))


def _mean(rows: Rows) -> Amount:
    taken = [(value, row.weight) for row in rows if (value := as_number(row.value)) is not None]
    weight = sum((each for _, each in taken), Decimal(0))
    return sum((value * each for value, each in taken), Decimal(0)) / weight if weight else None


def _share(rows: Rows) -> Amount:
    return Decimal(100) * sum(row.hit for row in rows) / len(rows) if rows else None


#: What a count can make of its rows.
MEASURES: dict[str, Callable[[Rows], Amount]] = {
    "count": _count,
    "distinct": _distinct,
    "sum": _sum,
    "mean": _mean,
    "share": _share,
}
