"""Business time: counted, added and taken away, in whole seconds and days since 1970.

Open time is looked up in a table of totals with bisection; nothing here walks day by day.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from rules.calendar_errors import CalendarError
from rules.instants import from_day
from rules.open_days import OpenDays, OpenTable
from rules.stretches import Stretches, cut, joined

Pauses = Sequence[tuple[int, int]]
"""Pauses in seconds since 1970, as `joined` gives them: ascending, apart, none empty."""


class OpenTime(OpenDays):
    """The arithmetic of one calendar. Every method raises CalendarError where the calendar knows nothing."""

    def is_open(self, instant: int) -> bool:
        """Whether an instant is open; the opening one is, the closing one is not."""
        table = self._covering_next(instant)
        index = bisect_right(table.closes, instant)
        return index < len(table.closes) and table.opens[index] <= instant

    def next_open(self, instant: int) -> int:
        """The instant itself if it is open, else the next opening one."""
        table = self.covering(instant, instant)
        while (index := bisect_right(table.closes, instant)) == len(table.closes):
            table = self.later(table)
        return max(instant, table.opens[index])

    def last_close(self, instant: int) -> int:
        """The instant itself if it is open or a closing one, else the last closing one before it."""
        table = self.covering(instant, instant)
        if table.closes and table.closes[-1] == instant:
            return instant
        table = self._covering_next(instant)
        while (index := bisect_right(table.opens, instant) - 1) < 0:
            table = self.earlier(table)
        return min(instant, table.closes[index])

    def due(self, start: int, allow: int, pauses: Pauses = (), *, roll: bool = False) -> int:
        """The earliest instant by which `allow` seconds of business time outside the pauses have passed.

        `allow` 0 gives the first instant that is open and not paused; `roll` goes on to such a one.
        """
        if not allow:
            return self._running_from(start, pauses)
        if not pauses:
            found = self._after(start, allow)
            return self.next_open(found) if roll else found
        begin, left = start, allow
        for first, last in pauses:
            if last <= begin:
                continue
            if first > begin:
                # Without the pause first: one that begins after the due may lie where nothing is published.
                found = self._after(begin, left)
                if found <= first:
                    return self._running_from(found, pauses) if roll else found
                left -= self.elapsed(begin, first)
            begin = last
        found = self._after(begin, left)
        return self._running_from(found, pauses) if roll else found

    def before(self, start: int, allow: int) -> int:
        """The latest instant from which `allow` seconds of business time run to `start`; 0: `last_close`."""
        if not allow:
            return self.last_close(start)
        table = self.covering(start, start)
        target = table.passed(start) - allow
        while target < table.base:
            table = self.earlier(table)
        index = bisect_right(table.totals, target)
        return table.closes[index] - (table.totals[index] - target)

    def elapsed(self, start: int, until: int, pauses: Pauses = ()) -> int:
        """The business time from `start` to `until` outside the pauses; 0 if `until` is not later."""
        if until <= start:
            return 0
        table = self.covering(start, until)
        counted = table.passed(until) - table.passed(start)
        return counted - sum(table.passed(last) - table.passed(first) for first, last in cut(pauses, start, until))

    def waiting(self, pauses: Pauses) -> int:
        """The seconds of business time inside the pauses."""
        return sum(self.elapsed(first, last) for first, last in pauses)

    def pieces(self, start: int, until: int, pauses: Pauses = ()) -> Stretches:
        """The open stretches from `start` to `until` outside the pauses; their sum is `elapsed`."""
        found: Stretches = []
        begin = start
        for first, last in [*cut(pauses, start, until), (until, until)]:
            if begin < first:
                table = self.covering(begin, first)
                low = max(bisect_right(table.opens, begin) - 1, 0)
                high = bisect_left(table.opens, first)
                found += cut(zip(table.opens[low:high], table.closes[low:high], strict=True), begin, first)
            begin = last
        return joined(found)

    def is_workday(self, day: int) -> bool:
        """Whether a day has hours left."""
        self.covering_day(day)
        return bool(self.stretches(day))

    def workday(self, day: int, number: int) -> int:
        """The working day that many after a day, before it when negative; 0 is the day itself."""
        if not number:
            return day
        table = self.covering_day(day)
        if number > 0:
            while (index := bisect_right(table.workdays, day) + number - 1) >= len(table.workdays):
                table = self.later(table)
        else:
            while (index := bisect_left(table.workdays, day) + number) < 0:
                table = self.earlier(table)
        return table.workdays[index]

    def workdays_between(self, start: int, until: int) -> int:
        """The working days after `start`, up to and including `until`; 0 if `until` is not later."""
        if until <= start:
            return 0
        self.covering_day(start)
        table = self.covering_day(until)
        return bisect_right(table.workdays, until) - bisect_right(table.workdays, start)

    def closing(self, day: int) -> int:
        """The last closing instant of a working day."""
        self.covering_day(day)
        stretches = self.stretches(day)
        if not stretches:
            raise CalendarError(f"{from_day(day)} has no hours, so it has no closing; ask for a working day")
        return max(closes for _, closes in stretches)

    def _covering_next(self, instant: int) -> OpenTable:
        """A table that goes on after an instant, so that an opening at the instant itself is seen."""
        table = self.covering(instant, instant)
        return self.later(table) if instant == table.ends else table

    def _after(self, start: int, allow: int) -> int:
        table = self.covering(start, start)
        target = table.passed(start) + allow
        while target > table.top:
            table = self.later(table)
        index = bisect_left(table.totals, target)
        return table.closes[index] - (table.totals[index] - target)

    def _running_from(self, start: int, pauses: Pauses) -> int:
        """The first instant from `start` on that is open and not paused."""
        found = self.next_open(start)
        for first, last in pauses:
            if first <= found < last:
                found = self.next_open(last)
        return found
