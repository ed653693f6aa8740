"""What was there before: earlier copies of a form in a case, and the open case that has the values of a key."""

import json
from collections.abc import Iterable
from typing import Any

from rules.entries import Entry
from rules.state import State


def copies(entries: Iterable[Entry], form: str) -> tuple[dict[str, Any], ...]:
    """The values of every filled copy of a form, the first one first, without the personal ones."""
    filled = (entry.data for entry in entries if entry.event == "filled" and entry.data["form"] == form)
    return tuple({**data["values"], **data["kept"]} for data in filled)


def key_of(rest: str) -> tuple[str, dict[str, Any]]:
    """The kind and the values of a key that the query ``open:<kind>:<JSON>`` asks for, from what follows ``open:``."""
    kind, _, values = rest.partition(":")
    return kind, json.loads(values)


def number_of_open(cases: Iterable[State], kind: str, key: dict[str, Any]) -> str:
    """The number of the first open case of a kind that has the values of a key, empty if there is none."""
    for state in cases:
        alive = state.kind == kind and state.number and not state.closed
        if alive and all(state.fields.get(name) == value for name, value in key.items()):
            return state.number
    return ""
