"""From what a TOML file may write to what the rows hold: one name where a list of names stands, dates as text."""

import types
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from typing import Any, Union, get_args, get_origin, get_type_hints

from rules.conditions import Condition
from rules.values import Names, toml_key

Place = tuple[str | int, ...]

#: What is done to the value of a key: it may be a single name, a single condition, or hold rows of a class.
Shape = tuple[str, type[Any] | None]

_plans: dict[type[Any], dict[str, Shape]] = {}


def shaped(value: Any, row: type[Any]) -> Any:
    """The same table, with a list of one wherever the row class wants a list and a single thing is written."""
    if not isinstance(value, dict):
        return value
    plan = _plan(row)
    return {key: _fit(inner, plan[key]) if key in plan else inner for key, inner in value.items()}


def floats(value: Any, place: Place = ()) -> Iterator[Place]:
    """The places of all floats of a document; money and ratios are strings."""
    if isinstance(value, float):
        yield place
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from floats(inner, (*place, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from floats(inner, (*place, index))


def as_text(value: object) -> str:
    """A date, time or moment of a TOML file as ISO text, for JSON.

    Raises:
        TypeError: The value is none of them.
    """
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no value of a TOML file")


def keys_of(row: type[Any]) -> tuple[str, ...]:
    """The keys that a row may have, as a pack spells them."""
    return tuple(toml_key(field.name) for field in fields(row))


def row_at(row: type[Any], place: Place) -> type[Any] | None:
    """The class of the row that stands at a place under a row of that class, None where none does."""
    current: type[Any] | None = row
    skip = False
    for part in place:
        if isinstance(part, int) or skip:
            skip = False
            continue
        how, current = _plan(current).get(part, ("plain", None)) if current else ("plain", None)
        skip = how == "rows_by_name"
    return current


def _fit(value: Any, shape: Shape) -> Any:
    how, row = shape
    if how == "names" and isinstance(value, str):
        return [value]
    if row is None:
        return value
    if how == "rows_by_name" and isinstance(value, dict):
        return {name: shaped(inner, row) for name, inner in value.items()}
    if row is Condition and isinstance(value, dict):
        value = [value]
    if isinstance(value, list):
        return [shaped(inner, row) for inner in value]
    return shaped(value, row)


def _plan(row: type[Any]) -> dict[str, Shape]:
    """What each key of a row class holds, read off its annotations once."""
    if row not in _plans:
        hints = get_type_hints(row)
        _plans[row] = {toml_key(field.name): _shape(hints[field.name]) for field in fields(row)}
    return _plans[row]


def _shape(hint: Any) -> Shape:
    if hint == Names:
        return "names", None
    if get_origin(hint) in (Union, types.UnionType):
        return next((shape for part in get_args(hint) if (shape := _shape(part)) != ("plain", None)), ("plain", None))
    if get_origin(hint) is dict:
        inner = _shape(get_args(hint)[1])
        return "rows_by_name" if inner[1] else "plain", inner[1]
    if get_origin(hint) is tuple:
        return "rows", _shape(get_args(hint)[0])[1]
    if is_dataclass(hint) and isinstance(hint, type):
        return "row", hint
    return "plain", None
