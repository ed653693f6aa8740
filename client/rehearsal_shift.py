"""A rehearsal of past days on an engine whose clocks only go forward: everything is moved by whole calendar cycles.

After 28 years the same dates fall on the same weekdays, leap days too, as long as no year 2100 lies in between.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from rules.entries import Entry

CYCLE = 28
_DATED = ("days", "breaks")
_YEARS = ("published_from", "published_through")
_DATE = re.compile(r"^(\d{4})(-\d{2}-\d{2}(?:T.*)?)$")
_NUMBER = re.compile(r"^(.+-)(\d{4})(-\d{6})$")


def years_to_move(first: datetime, now: datetime) -> int:
    """By how many years a rehearsal that begins at an instant has to be moved to lie ahead of now."""
    return max(0, -(-(now.year + 1 - first.year) // CYCLE) * CYCLE)


def moved(instant: datetime, years: int) -> datetime:
    """The instant so many years later; earlier for less than zero."""
    return instant.replace(year=instant.year + years)


def moved_calendar(written: Mapping[str, Any], years: int) -> dict[str, Any]:
    """A calendar object with every date so many years later."""
    found = dict(written)
    for key in _DATED:
        if key in found:
            found[key] = {_later(day, years): hours for day, hours in found[key].items()}
    for key in _YEARS:
        if key in found:
            found[key] += years
    return found


def moved_values(value: Any, years: int) -> Any:
    """JSON data with every date, instant and readable number so many years later."""
    if isinstance(value, dict):
        return {key: moved_values(each, years) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [moved_values(each, years) for each in value]
    return _later(value, years) if isinstance(value, str) else value


def moved_entry(entry: Entry, years: int) -> Entry:
    """An entry so many years later."""
    return replace(
        entry,
        at=moved(entry.at, years),
        noticed=moved(entry.noticed, years),
        data=moved_values(entry.data, years),
    )


def _later(text: str, years: int) -> str:
    match = _DATE.match(text) or _NUMBER.match(text)
    if match is None:
        return text
    if _DATE.match(text):
        try:
            date.fromisoformat(text[:10])
        except ValueError:
            return text
        return f"{int(match[1]) + years:04}{match[2]}"
    return f"{match[1]}{int(match[2]) + years:04}{match[3]}"
