"""Calendars by name, by file and by object; the shipped ones lie in `calendars/`."""

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from rules.calendar import Calendar
from rules.calendar_errors import CalendarError

_SHIPPED = Path(__file__).parent / "calendars"


def shipped() -> tuple[str, ...]:
    """The names of the calendars that come with Redress, sorted."""
    return tuple(sorted(path.stem for path in _SHIPPED.glob("*.toml")))


def load(which: str | Path | Mapping[str, object]) -> Calendar:
    """The calendar of a shipped name, a TOML file or an object.

    A shipped calendar is the same object at each call. A text is a shipped name, or a path if it ends
    with `.toml`.

    Raises:
        CalendarError: there is no such calendar, or with every mistake in it, each with its place.
    """
    if isinstance(which, Mapping):
        return Calendar.from_object(which)
    if isinstance(which, Path) or which.endswith(".toml"):
        return _read(Path(which))
    if which not in shipped():
        near = get_close_matches(which, shipped(), n=1)
        known = f"shipped are {', '.join(shipped())}; else give a .toml file"
        hint = f'did you mean "{near[0]}"?' if near else known
        raise CalendarError(f'calendar "{which}": not known; {hint}')
    return _shipped(which)


def parse(text: str) -> Calendar:
    """The calendar that a TOML text describes.

    Raises:
        CalendarError: the text is no TOML, or with every mistake in it, each with its place.
    """
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CalendarError(f"not TOML: {error}") from None
    return Calendar.from_object(written)


def _read(path: Path) -> Calendar:
    try:
        return parse(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise CalendarError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from None
    except OSError as error:
        raise CalendarError(f"{path}: cannot be read: {error.strerror or error}") from None
    except CalendarError as error:
        raise CalendarError(f"{path}: {problem}" for problem in error.problems) from None


@cache
def _shipped(name: str) -> Calendar:
    return _read(_SHIPPED / f"{name}.toml")
