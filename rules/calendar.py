"""Business time of one calendar: what counts, from which instant, to which end of day.

The start day never counts in day operations; hours run at once. A closing instant is closed, an opening
one open. All instants are aware UTC datetimes cut to the second. Threads may share a calendar.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from rules.calendar_errors import CalendarError, OutOfRange, Unpublished
from rules.calendar_shape import CalendarShape, check_calendar
from rules.instants import DAY, from_day, from_seconds, instant_of, reading_of, to_day, to_seconds
from rules.open_time import OpenTime, Pauses
from rules.stretches import joined

__all__ = ["Calendar", "CalendarError", "OutOfRange", "Pause", "Stretch", "Unpublished"]

Pause = tuple[datetime, datetime]
"""Time that is not counted, as two aware instants; overlapping pauses count once."""

DayReason = Literal["weekend", "holiday", "make_up"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of open time that was counted.

    Attributes:
        seconds: its length.
    """

    begins: datetime
    ends: datetime
    seconds: int


class Calendar:
    """A compiled calendar; two are equal only if they are the same object.

    Attributes:
        zone: the zone whose clocks set the hours.
        name: what people call it; may be empty.
        published_from: the first year whose days are known; None when there is no first one.
        published_through: the last year whose days are known; None when there is no last one.
        time: the same arithmetic in seconds and days since 1970.
    """

    def __init__(self, shape: CalendarShape) -> None:
        self.zone: ZoneInfo = shape.zone
        self.name = shape.name
        self.published_from = shape.published_from
        self.published_through = shape.published_through
        self.time = OpenTime(shape, shape.zone)
        self._shape = shape

    @classmethod
    def from_object(cls, written: object) -> "Calendar":
        """The calendar that an object, read from JSON or TOML, describes.

        Raises:
            CalendarError: with every mistake in it, each with its place.
        """
        return cls(check_calendar(written))

    @cached_property
    def wall_clock(self) -> OpenTime:
        """The arithmetic on clock readings, as if no reading were skipped or repeated."""
        return OpenTime(self._shape, UTC)

    def provisional(self) -> "Calendar":
        """This calendar going on before and past its published years as if its week held; itself if it has no end."""
        return self if self.published_through is None and self.published_from is None else self._endless

    def due(
        self,
        start: datetime,
        allow_seconds: int,
        pauses: Iterable[Pause] = (),
        on_closing: Literal["stay", "roll"] = "stay",
    ) -> datetime:
        """The earliest instant by which that much business time outside the pauses has passed since `start`.

        0 seconds give the first instant from `start` on that is open and not paused.

        Raises:
            Unpublished: a day is needed that the calendar does not know.
            OutOfRange: nothing is found up to 2199-12-31.
        """
        if allow_seconds < 0:
            raise CalendarError(f"{allow_seconds} seconds cannot be allowed; give 0 or more")
        apart = _seconds(pauses) if pauses else ()
        return from_seconds(self.time.due(to_seconds(start), allow_seconds, apart, roll=on_closing == "roll"))

    def elapsed(self, start: datetime, until: datetime, pauses: Iterable[Pause] = ()) -> int:
        """The seconds of business time from `start` to `until` outside the pauses; 0 if `until` is not later.

        Raises:
            Unpublished: a day is needed that the calendar does not know.
        """
        return self.time.elapsed(to_seconds(start), to_seconds(until), _seconds(pauses))

    def explain_elapsed(self, start: datetime, until: datetime, pauses: Iterable[Pause] = ()) -> list[Stretch]:
        """The open stretches that `elapsed` counts, ascending; their seconds sum to it.

        Raises:
            Unpublished: a day is needed that the calendar does not know.
        """
        pieces = self.time.pieces(to_seconds(start), to_seconds(until), _seconds(pauses))
        return [Stretch(from_seconds(first), from_seconds(last), last - first) for first, last in pieces]

    def is_open(self, instant: datetime) -> bool:
        """Whether an instant is open.

        Raises:
            Unpublished: the calendar does not know its day.
        """
        return self.time.is_open(to_seconds(instant))

    def next_open(self, start: datetime) -> datetime:
        """The instant itself if it is open, else the next opening one.

        Raises:
            Unpublished: a day is needed that the calendar does not know.
            OutOfRange: nothing is open up to 2199-12-31.
        """
        return from_seconds(self.time.next_open(to_seconds(start)))

    def workday(self, start: date, number: int) -> date:
        """The working day that many after `start`, before it when negative; 0 is `start`, working or not.

        Raises:
            Unpublished: a day is needed that the calendar does not know.
            OutOfRange: there are not so many.
        """
        return from_day(self.time.workday(to_day(start), number))

    def is_workday(self, day: date) -> bool:
        """Whether a date has hours left after holidays, make-up days and breaks.

        Raises:
            Unpublished: the calendar does not know the date.
        """
        return self.time.is_workday(to_day(day))

    def workdays_between(self, start: date, until: date) -> int:
        """The number of working days after `start`, up to and including `until`; 0 if `until` is not later.

        Raises:
            Unpublished: a day is needed that the calendar does not know.
        """
        return self.time.workdays_between(to_day(start), to_day(until))

    def closing(self, day: date) -> datetime:
        """The last closing instant of a working day.

        Raises:
            Unpublished: the calendar does not know the date.
            CalendarError: the date has no hours.
        """
        return from_seconds(self.time.closing(to_day(day)))

    def midnight(self, day: date) -> datetime:
        """24:00 of a local date, working or not, published or not."""
        return from_seconds(instant_of((to_day(day) + 1) * DAY, self.zone))

    def local_date(self, instant: datetime) -> date:
        """The date that the zone's clocks show at an instant."""
        return from_day(reading_of(to_seconds(instant), self.zone) // DAY)

    def day_hours(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """The opening and closing instants of a date, ascending; none when it is closed.

        Raises:
            Unpublished: the calendar does not know the date.
        """
        self.time.covering_day(to_day(day))
        stretches = joined(self.time.stretches(to_day(day)))
        return tuple((from_seconds(opens), from_seconds(closes)) for opens, closes in stretches)

    def closed_reason(self, day: date) -> DayReason | None:
        """Why a date is no ordinary working day; None when it is one.

        "weekend" is a weekday without hours, "holiday" a date closed by name, "make_up" a date that works
        although its weekday has no hours.

        Raises:
            Unpublished: the calendar does not know the date.
        """
        number = to_day(day)
        weekly = bool(self._shape.week_hours(number))
        if self.time.is_workday(number):
            return None if weekly else "make_up"
        return "holiday" if weekly or self._shape.named_hours(number) is not None else "weekend"

    @cached_property
    def _endless(self) -> "Calendar":
        return Calendar(replace(self._shape, published_from=None, published_through=None))


def _seconds(pauses: Iterable[Pause]) -> Pauses:
    pairs = [(to_seconds(first), to_seconds(last)) for first, last in pauses]
    for first, last in pairs:
        if last < first:
            raise CalendarError(f"the pause from {from_seconds(first)} ends before it starts; swap them")
    return joined(pairs)
