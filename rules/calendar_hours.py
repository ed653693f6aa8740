"""Hours of one date, in minutes of the day: reading them, and cutting breaks out."""

import re

from rules.instants import shown

Hours = tuple[tuple[int, int], ...]
"""Half-open intervals in minutes of the day, ascending, not overlapping; none means closed."""

_INTERVAL = re.compile(r"([0-9]{2}):([0-9]{2})-([0-9]{2}):([0-9]{2})")
_MIDNIGHT = 24 * 60
_ALMOST_MIDNIGHT = _MIDNIGHT - 1


def parse_hours(value: object) -> tuple[Hours, list[tuple[int | None, str]]]:
    """The intervals of a list `["HH:MM-HH:MM", …]`, and its mistakes by index (None: the list itself)."""
    if not isinstance(value, list | tuple):
        return (), [(None, f'{shown(value)} is not a list of intervals; write ["09:00-12:00"]')]
    hours: list[tuple[int, int]] = []
    problems: list[tuple[int | None, str]] = []
    for index, text in enumerate(value):
        interval = _interval(text)
        if isinstance(interval, str):
            problems.append((index, interval))
        elif hours and interval[0] < hours[-1][1]:
            problems.append(
                (index, f"{shown(text)} begins before the interval in front of it ends; sort and part them")
            )
        else:
            hours.append(interval)
    return tuple(hours), problems


def cut_out(hours: Hours, breaks: Hours) -> Hours:
    """The hours that are left when breaks are taken out of them."""
    left = list(hours)
    for begin, end in breaks:
        kept = []
        for opens, closes in left:
            pieces = ((opens, min(closes, begin)), (max(opens, end), closes))
            kept += [(first, last) for first, last in pieces if first < last]
        left = kept
    return tuple(left)


def _interval(text: object) -> tuple[int, int] | str:
    """The minutes an interval begins and ends at, or what is wrong with it."""
    match = _INTERVAL.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        return f'{shown(text)} is not an interval; write "HH:MM-HH:MM"'
    first_hour, first_minute, last_hour, last_minute = (int(part) for part in match.groups())
    begin, end = first_hour * 60 + first_minute, last_hour * 60 + last_minute
    if first_minute > 59 or last_minute > 59 or begin >= _MIDNIGHT or end > _MIDNIGHT:
        return f"{shown(text)} has no such time of day; write 00:00 to 23:59, and 24:00 as an end only"
    if end == _ALMOST_MIDNIGHT:
        return f"{shown(text)} ends at 23:59; write 24:00"
    if end <= begin:
        return f"{shown(text)} does not end after it starts; split hours over midnight at midnight"
    return begin, end
