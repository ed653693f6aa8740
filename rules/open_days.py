"""The open time of a calendar as a table of instants that grows by whole years when it is asked for more."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, tzinfo
from itertools import accumulate

from rules.calendar_errors import OutOfRange, Unpublished
from rules.calendar_shape import CalendarShape
from rules.instants import DAY, FIRST_YEAR, LAST_YEAR, MINUTE, from_day, instant_of, reading_of, to_day
from rules.stretches import Stretches, cut

_CHECK = "ask for less, or check that the calendar has open hours"


@dataclass(frozen=True, slots=True)
class OpenTable:
    """The open stretches of some whole years; never changed, only replaced by a longer one.

    Attributes:
        begins: the first instant of the first year.
        ends: the instant after the last year.
        opens: when each stretch opens.
        closes: when each stretch closes.
        totals: open seconds from an arbitrary zero up to each close; growing keeps them.
        base: the total before the first stretch.
        workdays: the working days.
    """

    first_year: int
    last_year: int
    begins: int
    ends: int
    opens: list[int]
    closes: list[int]
    totals: list[int]
    base: int
    workdays: list[int]

    @property
    def top(self) -> int:
        """The total at the end of the table."""
        return self.totals[-1] if self.totals else self.base

    def passed(self, instant: int) -> int:
        """The total at an instant that lies in the table, its end included."""
        index = bisect_right(self.opens, instant) - 1
        if index < 0:
            return self.base
        left = self.closes[index] - instant
        return self.totals[index] - left if left > 0 else self.totals[index]


class OpenDays:
    """The hours of single days as instants, and the table of open time.

    The table is built for the year that is asked for first and grows to both sides. A search doubles it at
    each step, so that 300 years take nine of them, and stops where the calendar ends.

    Attributes:
        zone: the zone whose clocks set the hours.
        first_year: the first year that may be looked at.
        last_year: the last one.
    """

    def __init__(self, shape: CalendarShape, zone: tzinfo) -> None:
        self.zone = zone
        self.first_year = shape.published_from or FIRST_YEAR
        self.last_year = shape.published_through or LAST_YEAR
        self._shape = shape
        self._table = _EMPTY
        self._begins = instant_of(_new_year(self.first_year) * DAY, zone)
        self._ends = instant_of(_new_year(self.last_year + 1) * DAY, zone)

    def stretches(self, day: int) -> Stretches:
        """The hours of one day as instants; what the zone's clocks leave nothing of is dropped."""
        found: Stretches = []
        for opens, closes in self._shape.hours(day):
            first = instant_of(day * DAY + opens * MINUTE, self.zone)
            last = instant_of(day * DAY + closes * MINUTE, self.zone)
            if first < last:
                found.append((first, last))
        return found

    def covering(self, first: int, last: int) -> OpenTable:
        """A table from one instant up to a later one, which may be the end of the calendar's last day.

        Raises:
            CalendarError: an instant lies where the calendar knows nothing.
        """
        table = self._table
        if table is _EMPTY or not table.begins <= first <= last <= table.ends:
            table = self._reach(self._reach(table, first), last)
        return table

    def covering_day(self, day: int) -> OpenTable:
        """A table in which the year of a day is.

        Raises:
            CalendarError: the day lies where the calendar knows nothing.
        """
        year = from_day(day).year
        if year < self.first_year:
            raise self.too_early()
        if year > self.last_year:
            raise self.too_late()
        return self._reach_year(self._table, year)

    def later(self, table: OpenTable) -> OpenTable:
        """A table that goes on longer than the given one.

        Raises:
            CalendarError: the calendar ends there.
        """
        if table.last_year >= self.last_year:
            raise self.too_late()
        return self._reach_year(table, min(self.last_year, table.last_year + _span(table)))

    def earlier(self, table: OpenTable) -> OpenTable:
        """A table that begins sooner than the given one.

        Raises:
            CalendarError: the calendar begins there.
        """
        if table.first_year <= self.first_year:
            raise self.too_early()
        return self._reach_year(table, max(self.first_year, table.first_year - _span(table)))

    def too_late(self) -> OutOfRange | Unpublished:
        """The error for a day after the last one that may be looked at."""
        if self._shape.published_through is None:
            return OutOfRange(f"nothing found up to {LAST_YEAR}-12-31, where all calendars end; {_CHECK}")
        return self._unpublished(date(self.last_year + 1, 1, 1), f"through {self.last_year}")

    def too_early(self) -> OutOfRange | Unpublished:
        """The error for a day before the first one that may be looked at."""
        if self._shape.published_from is None:
            return OutOfRange(f"nothing found back to {FIRST_YEAR}-01-01, where all calendars begin; {_CHECK}")
        return self._unpublished(date(self.first_year - 1, 12, 31), f"from {self.first_year}")

    def _unpublished(self, day: date, known: str) -> Unpublished:
        named = f" {self._shape.name!r}" if self._shape.name else ""
        return Unpublished(
            day,
            f"{day} is needed, but the calendar{named} is published {known} only;"
            " ask for a day inside, or take a calendar that knows this one",
        )

    def _reach(self, table: OpenTable, instant: int) -> OpenTable:
        if instant < self._begins:
            raise self.too_early()
        if instant > self._ends:
            raise self.too_late()
        year = from_day(reading_of(instant, self.zone) // DAY).year
        table = self._reach_year(table, min(max(year, self.first_year), self.last_year))
        # Clocks that were put back at New Year show the old year again; the next year holds such an instant.
        while instant < table.begins:
            table = self.earlier(table)
        while instant > table.ends:
            table = self.later(table)
        return table

    def _reach_year(self, table: OpenTable, year: int) -> OpenTable:
        if table is _EMPTY:
            table = self._years(year, year)
        elif year < table.first_year:
            table = _joined(self._years(year, table.first_year - 1), table, keep_second=True)
        elif year > table.last_year:
            table = _joined(table, self._years(table.last_year + 1, year), keep_second=False)
        # One assignment: threads that grow the table at once lose work, never a consistent table.
        self._table = table
        return table

    def _years(self, first: int, last: int) -> OpenTable:
        begins, ends = (instant_of(_new_year(year) * DAY, self.zone) for year in (first, last + 1))
        workdays: list[int] = []
        # A zone that skips a whole day at New Year moves the hours of 31 December into the next year.
        found = self.stretches(_new_year(first) - 1) if first > self.first_year else []
        for day in range(_new_year(first), _new_year(last + 1)):
            if stretches := self.stretches(day):
                workdays.append(day)
                found += stretches
        opens: list[int] = []
        closes: list[int] = []
        for opening, closing in cut(sorted(found), begins, ends):
            if closes and opening <= closes[-1]:
                closes[-1] = max(closes[-1], closing)
            else:
                opens.append(opening)
                closes.append(closing)
        totals = list(accumulate(closing - opening for opening, closing in zip(opens, closes, strict=True)))
        return OpenTable(first, last, begins, ends, opens, closes, totals, 0, workdays)


def _joined(first: OpenTable, second: OpenTable, *, keep_second: bool) -> OpenTable:
    """Two tables that follow each other as one, with the totals of the one that was there before."""
    lower = second.base - first.top if keep_second else 0
    higher = 0 if keep_second else first.top - second.base
    return OpenTable(
        first.first_year,
        second.last_year,
        first.begins,
        second.ends,
        first.opens + second.opens,
        first.closes + second.closes,
        [total + lower for total in first.totals] + [total + higher for total in second.totals],
        first.base + lower,
        first.workdays + second.workdays,
    )


def _new_year(year: int) -> int:
    return to_day(date(year, 1, 1))


def _span(table: OpenTable) -> int:
    return table.last_year - table.first_year + 1


_EMPTY = OpenTable(0, -1, 0, 0, [], [], [], 0, [])
