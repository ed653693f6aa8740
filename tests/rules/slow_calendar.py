"""A second, independent counting of business time: it looks at every single minute of the zone's clock.

It shares no line with the project: no folds, no totals, no bisection. Instants are minutes since 1970.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

MARGIN_DAYS = 4
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Intervals = list[tuple[int, int]]


@lru_cache(maxsize=32)
def clock_of(zone: str, first: date, days: int) -> dict[int, datetime]:
    """What the zone's clock shows at every minute around the window."""
    start = datetime(first.year, first.month, first.day, tzinfo=UTC) - timedelta(days=MARGIN_DAYS)
    begin = (start - EPOCH) // timedelta(minutes=1)
    clock = ZoneInfo(zone)
    return {
        minute: (EPOCH + timedelta(minutes=minute)).astimezone(clock).replace(tzinfo=None)
        for minute in range(begin, begin + (days + 2 * MARGIN_DAYS) * 1440)
    }


@lru_cache(maxsize=32)
def first_shown(zone: str, first: date, days: int) -> dict[datetime, int]:
    """The first minute at which each reading is shown; skipped readings moved forward by the gap."""
    shown: dict[datetime, int] = {}
    clock = clock_of(zone, first, days)
    before: datetime | None = None
    for minute, reading in clock.items():
        shown.setdefault(reading, minute)
        if before is not None and reading - before > timedelta(minutes=1):
            gap = reading - before - timedelta(minutes=1)
            for skipped in range(1, gap // timedelta(minutes=1) + 1):
                missing = before + timedelta(minutes=skipped)
                shown.setdefault(missing, minute + skipped - 1)
        before = reading
    return shown


class SlowCalendar:
    """The open minutes of a window of dates."""

    def __init__(self, zone: str, first: date, days: int, hours: dict[date, Intervals]) -> None:
        shown = first_shown(zone, first, days)
        self.clock = clock_of(zone, first, days)
        self.open: set[int] = set()
        self.closings: dict[date, int] = {}
        for day, intervals in hours.items():
            midnight = datetime.combine(day, time())
            for begin, end in intervals:
                opens = shown[midnight + timedelta(minutes=begin)]
                closes = shown[midnight + timedelta(minutes=end)]
                if opens < closes:
                    self.open.update(range(opens, closes))
                    self.closings[day] = max(closes, self.closings.get(day, closes))
        self.last = max(self.clock) - 1440

    def running(self, minute: int, pauses: Intervals) -> bool:
        return minute in self.open and not any(begin <= minute < end for begin, end in pauses)

    def elapsed(self, start: int, until: int, pauses: Intervals) -> int:
        return sum(self.running(minute, pauses) for minute in range(start, until))

    def first_running(self, start: int, pauses: Intervals) -> int | None:
        return next((minute for minute in range(start, self.last) if self.running(minute, pauses)), None)

    def due(self, start: int, allow: int, pauses: Intervals) -> int | None:
        if allow == 0:
            return self.first_running(start, pauses)
        counted = 0
        for minute in range(start, self.last):
            counted += self.running(minute, pauses)
            if counted == allow:
                return minute + 1
        return None

    def before(self, start: int, allow: int) -> int | None:
        if allow == 0 and start in self.open:
            return start
        counted = 0
        for minute in range(start - 1, min(self.clock) + 1440, -1):
            counted += minute in self.open
            if allow == 0 and counted:
                return minute + 1
            if allow and counted == allow:
                return minute
        return None
