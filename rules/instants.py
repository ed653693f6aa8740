"""Instants, dates and durations: their text forms, and clock readings of a zone.

Inside, an instant is a whole number of seconds since 1970-01-01T00:00Z, a reading is what the clock of a zone
shows, written the same way as if it were UTC, and a day is a whole number of days since 1970-01-01.
"""

import json
import re
from datetime import UTC, date, datetime, timedelta, tzinfo

from rules.calendar_errors import CalendarError, OutOfRange

DAY = 86_400
HOUR = 3_600
MINUTE = 60
FIRST_YEAR = 1900
LAST_YEAR = 2199

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_SECOND = timedelta(seconds=1)
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_INSTANT = re.compile(r"([0-9-]{10})T([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?(Z|[+-][0-9]{2}:[0-9]{2})?")
_DURATION = re.compile(r"(-?)PT(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)S)?")
# Longer numbers are cut to this many digits: far outside every range, and int() refuses 4,300 digits.
_DIGITS = 40
_SHOWN = 60
_RANGE = f"local dates run from {FIRST_YEAR}-01-01 to {LAST_YEAR}-12-31"


def to_seconds(instant: datetime) -> int:
    """The seconds since 1970 of an aware instant, fractions cut off."""
    return (instant - _EPOCH) // _SECOND


def from_seconds(seconds: int) -> datetime:
    """The aware UTC instant that many seconds after 1970-01-01T00:00Z."""
    return datetime.fromtimestamp(seconds, UTC)


def to_day(value: date) -> int:
    """The days from 1970-01-01 to a date."""
    return value.toordinal() - _EPOCH_ORDINAL


def from_day(day: int) -> date:
    """The date that many days after 1970-01-01."""
    return date.fromordinal(day + _EPOCH_ORDINAL)


def reading_of(seconds: int, zone: tzinfo) -> int:
    """What the clock of a zone shows at an instant."""
    offset = datetime.fromtimestamp(seconds, zone).utcoffset()
    return seconds if offset is None else seconds + offset // _SECOND


def instant_of(reading: int, zone: tzinfo) -> int:
    """The instant at which a zone's clock shows a reading.

    A skipped reading moves forward by the length of the gap, of a repeated one it is the first: both are what
    the offset before the change (fold 0) gives.
    """
    offset = datetime.fromtimestamp(reading, UTC).replace(tzinfo=zone).utcoffset()
    return reading if offset is None else reading - offset // _SECOND


def check_day(day: int) -> int:
    """A day, unchanged, that lies in the range of local dates.

    Raises:
        OutOfRange: it does not.
    """
    if not _FIRST_DAY <= day <= _LAST_DAY:
        raise OutOfRange(f"a date outside the range: {_RANGE}")
    return day


def check_instant(seconds: int, zone: tzinfo) -> int:
    """An instant, unchanged, whose local date lies in the range.

    Raises:
        OutOfRange: it does not.
    """
    # Two days more than the range on each side, so that odd years never reach datetime.
    if not (_FIRST_DAY - 2) * DAY <= seconds <= (_LAST_DAY + 2) * DAY:
        raise OutOfRange(f"an instant outside the range: {_RANGE}")
    check_day(reading_of(seconds, zone) // DAY)
    return seconds


def parse_date(text: object) -> int:
    """The day that a text `YYYY-MM-DD` names.

    Raises:
        CalendarError: the text has another form, is no date, or lies outside the range.
    """
    if not isinstance(text, str):
        raise CalendarError(f"{shown(text)} is not a date; write YYYY-MM-DD in quotes")
    if not (match := _DATE.fullmatch(text)):
        raise CalendarError(f"{shown(text)} is not a date; write YYYY-MM-DD")
    return check_day(_day(match, text))


def parse_instant(text: object, zone: tzinfo) -> int:
    """The instant that a text `YYYY-MM-DDTHH:MM[:SS]` with `Z`, an offset or nothing names.

    Raises:
        CalendarError: the text has another form, the zone skips the reading, or it lies outside the range.
    """
    if not isinstance(text, str) or not (match := _INSTANT.fullmatch(text)):
        raise CalendarError(f"{shown(text)} is not an instant; write YYYY-MM-DDTHH:MM:SS with Z, ±HH:MM or nothing")
    if not (day := _DATE.fullmatch(match[1])):
        raise CalendarError(f"{shown(text)} does not begin with a date; write YYYY-MM-DD before the T")
    hours, minutes, seconds = int(match[2]), int(match[3]), int(match[4] or 0)
    if hours > 23 or minutes > 59 or seconds > 59:
        raise CalendarError(f"{shown(text)} has no such time of day; write 00:00:00 to 23:59:59")
    reading = _day(day, text) * DAY + hours * HOUR + minutes * MINUTE + seconds
    if match[5] is not None:
        return check_instant(reading - _offset(match[5], text), zone)
    check_day(reading // DAY)
    instant = instant_of(reading, zone)
    if reading_of(instant, zone) != reading:
        raise CalendarError(f"{shown(text)} is skipped by the clocks of {zone}; write another time, or an offset")
    return check_instant(instant, zone)


def parse_duration(text: object) -> int:
    """The seconds of a text `PT[nH][nM][nS]`, negative with `-` in front.

    Raises:
        CalendarError: the text has another form.
    """
    match = _DURATION.fullmatch(text) if isinstance(text, str) else None
    if match is None or match.group(2, 3, 4) == (None, None, None):
        raise CalendarError(f"{shown(text)} is not a duration of hours, minutes and seconds; write PT2H30M")
    hours, minutes, seconds = (_whole(part) for part in match.group(2, 3, 4))
    amount = hours * HOUR + minutes * MINUTE + seconds
    return -amount if match[1] else amount


def stamp(instant: datetime) -> str:
    """An aware instant as entries and answers write it: ISO 8601 in UTC, whole seconds, ``Z``."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def instant_text(seconds: int) -> str:
    """An instant in UTC with seconds and `Z`."""
    return stamp(from_seconds(seconds))


def duration_text(seconds: int) -> str:
    """A duration in normal form: minutes and seconds below 60, zero parts left out, nothing is `PT0S`."""
    sign, amount = ("-", -seconds) if seconds < 0 else ("", seconds)
    parts = ((amount // HOUR, "H"), (amount // MINUTE % 60, "M"), (amount % MINUTE, "S"))
    return f"{sign}PT" + ("".join(f"{number}{unit}" for number, unit in parts if number) or "0S")


def shown(value: object) -> str:
    """A given value for an error text, as JSON, cut when it is long."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _day(match: re.Match[str], text: str) -> int:
    try:
        return to_day(date(int(match[1]), int(match[2]), int(match[3])))
    except ValueError:
        raise CalendarError(f"{shown(text)}: the calendar has no such date") from None


def _offset(text: str, whole: str) -> int:
    if text == "Z":
        return 0
    hours, minutes = int(text[1:3]), int(text[4:6])
    if hours > 23 or minutes > 59:
        raise CalendarError(f"{shown(whole)} has no such offset; write ±HH:MM below 24:00")
    return (-1 if text[0] == "-" else 1) * (hours * HOUR + minutes * MINUTE)


def _whole(digits: str | None) -> int:
    kept = (digits or "").lstrip("0")
    return int(kept[:_DIGITS] or "0")


_FIRST_DAY = to_day(date(FIRST_YEAR, 1, 1))
_LAST_DAY = to_day(date(LAST_YEAR, 12, 31))
