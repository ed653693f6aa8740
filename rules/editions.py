"""Which edition of a pack counts on a date, and by which date a case takes its edition."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, tzinfo
from typing import Any

from rules.pack import Pack, PackFile

#: What ``taken_by`` says where the instant of the opening picks the edition.
OPENED = "opened"


def in_force(file: PackFile, on: date) -> bool:
    """Whether an edition is in force on a local date."""
    return file.effective_from <= on and (file.effective_to is None or on <= file.effective_to)


def edition_on(packs: Iterable[Pack], on: date) -> Pack | None:
    """The newest of some editions that is in force on a local date; None where there is none."""
    return max((pack for pack in packs if in_force(pack.file, on)), key=lambda pack: pack.ref.edition, default=None)


def taken_on(file: PackFile, fields: Mapping[str, Any], now: datetime, zone: tzinfo) -> date:
    """The local date that picks the edition of a case that is opened with these fields.

    Args:
        file: The edition in question; ``taken_by`` names the opening or a field with a date or a moment.
        fields: JSON values as they are written into the opening form; what is empty or no date counts as not given.
        now: The instant of the opening, for ``opened`` and where the field is empty.
        zone: The zone of the pack's calendar.
    """
    given = fields.get(file.taken_by.removeprefix("field.")) if file.taken_by != OPENED else None
    day = _day(given, zone) if isinstance(given, str) else None
    return now.astimezone(zone).date() if day is None else day


def _day(text: str, zone: tzinfo) -> date | None:
    try:
        moment = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except ValueError:
        # 24:00 of a date, which belongs to it.
        try:
            return date.fromisoformat(text.strip()[: len("2026-03-01")])
        except ValueError:
            return None
    return moment.date() if moment.tzinfo is None else moment.astimezone(zone).date()
