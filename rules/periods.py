"""Calendar periods of local dates: weeks from Monday, months, quarters, years; their keys and where they begin."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from rules.instants import DAY, from_seconds, instant_of, to_day

PERIODS = WEEK, MONTH, QUARTER, YEAR = "week", "month", "quarter", "year"
#: To the next local date.
ONE_DAY = timedelta(days=1)
_MONTHS = {MONTH: 1, QUARTER: 3, YEAR: 12}


@dataclass(frozen=True, slots=True)
class Period:
    """A week, month, quarter or year; ``first`` is its first local date."""

    every: str
    first: date

    @property
    def last(self) -> date:
        """Its last local date."""
        return self.next.first - ONE_DAY

    @property
    def key(self) -> str:
        """What it is called: ``2026-W10``, ``2026-03``, ``2026-Q1``, ``2026``; sorted as text it is sorted by time."""
        match self.every:
            case "week":
                year, week, _ = self.first.isocalendar()
                return f"{year}-W{week:02}"
            case "month":
                return f"{self.first:%Y-%m}"
            case "quarter":
                return f"{self.first.year}-Q{(self.first.month + 2) // 3}"
        return str(self.first.year)

    @property
    def next(self) -> "Period":
        """The period after it."""
        return self._moved(1)

    @property
    def previous(self) -> "Period":
        """The period before it."""
        return self._moved(-1)

    def day(self, number: int) -> date:
        """The local date of its day of that number, 1 being the first."""
        return self.first + (number - 1) * ONE_DAY

    def _moved(self, by: int) -> "Period":
        if self.every == WEEK:
            return Period(WEEK, self.first + by * 7 * ONE_DAY)
        return Period(self.every, months_after(self.first, by * _MONTHS[self.every]))


def period_of(every: str, day: date) -> Period:
    """The week, month, quarter or year in which a local date lies."""
    if every == WEEK:
        return Period(WEEK, day - day.weekday() * ONE_DAY)
    size = _MONTHS[every]
    return Period(every, date(day.year, (day.month - 1) // size * size + 1, 1))


def months_after(day: date, months: int) -> date:
    """The date so many months later (earlier below zero); the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return first + min(day.day - 1, (following - first).days - 1) * ONE_DAY


def begin_of(value: object, zone: tzinfo) -> datetime | None:
    """The instant of a moment, or at which a local date begins in a zone (UTC); None for anything else."""
    if isinstance(value, datetime):
        return value
    return midnight_before(value, zone) if isinstance(value, date) else None


def midnight_before(day: date, zone: tzinfo) -> datetime:
    """The instant (UTC) at which a local date begins in a zone."""
    return from_seconds(instant_of(to_day(day) * DAY, zone))
