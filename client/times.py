"""Instants as people read them, in a zone with its offset, and as scripts read them, in UTC."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from client.words import word

#: What a person may write as an instant: what is counted from it stays in the range of the calendar.
_YEARS = range(1900, 2190)


def utc(instant: datetime | None) -> str | None:
    """An instant as ``--json`` shows it: ``2025-07-31T16:00:00Z``; None for none."""
    return None if instant is None else instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def read(text: str) -> datetime:
    """The instant (UTC) that an entry or an answer spells as ``…Z``.

    Raises:
        ValueError: It is not an instant with its offset.
    """
    instant = datetime.fromisoformat(text.replace("Z", "+00:00"))
    if instant.tzinfo is None:
        raise ValueError(text)
    return instant.astimezone(UTC)


def local(instant: datetime | None, zone: tzinfo, due_date: date | None = None) -> str:
    """An instant for people: ``2025-07-31 16:00 +08:00``; a due at midnight is 24:00 of its date; ``—`` for none."""
    if instant is None:
        return "—"
    there = instant.astimezone(zone)
    offset = there.strftime("%z")
    offset = f"{offset[:3]}:{offset[3:]}"
    if due_date is not None and there.time() == time(0) and there.date() == due_date + timedelta(days=1):
        return f"{due_date.isoformat()} 24:00 {offset}"
    seconds = there.strftime(":%S") if there.second else ""
    return f"{there.strftime('%Y-%m-%d %H:%M')}{seconds} {offset}"


def spoken(text: str, zone: tzinfo) -> datetime:
    """The instant (UTC) that a person wrote: with an offset, or on the wall clock of the zone; ``T24:00`` is allowed.

    Raises:
        ValueError: It cannot be read as an instant, lies before 1900 or after 2189, or the zone skips that reading.
    """
    plain = text.strip().replace("Z", "+00:00").replace(" ", "T", 1)
    day, midnight, rest = plain.partition("T24:00")
    if midnight:
        rest = rest.removeprefix(":00")
        if date.fromisoformat(day).year not in _YEARS:
            raise ValueError(text)
        plain = f"{(date.fromisoformat(day) + timedelta(days=1)).isoformat()}T00:00{rest}"
    instant = datetime.fromisoformat(plain)
    if instant.year not in _YEARS:
        raise ValueError(text)
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=zone)
        if instant.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != instant.replace(tzinfo=None):
            raise ValueError(text)
    return instant.astimezone(UTC)


def left(until: datetime, now: datetime, lang: str) -> str:
    """The time left until an instant, or by how much it is over, to the two largest units."""
    gap = until - now
    length = duration(abs(gap), lang)
    return word("cli.late_by" if gap < timedelta(0) else "cli.time_left", lang, length=length)


def duration(length: timedelta, lang: str) -> str:
    """A length of time in its two largest units that are not zero."""
    seconds = int(length.total_seconds())
    amounts = (
        ("days", seconds // 86400),
        ("hours", seconds % 86400 // 3600),
        ("minutes", seconds % 3600 // 60),
        ("seconds", seconds % 60),
    )
    first = next((index for index, (_, amount) in enumerate(amounts) if amount), 3)
    parts = [
        word(f"unit.{unit}", lang, amount=amount)
        for unit, amount in amounts[first : first + 2]
        if amount or unit == "seconds" == amounts[first][0]
    ]
    return ("" if lang == "zh" else " ").join(parts)


def zone_of(name: str) -> tzinfo:
    """The zone of that name, UTC where the machine does not know it."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return UTC


def present() -> datetime:
    """The present instant (UTC), cut to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def today() -> date:
    """The present date in UTC."""
    return present().date()
