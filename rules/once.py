"""What may come only once, beyond this case: the query, the marks that entries leave for it, and who has had it."""

import hashlib
from collections.abc import Iterable

from rules.entries import Entry
from rules.state import State

#: The word of the query ``once:<consequence>:<key as JSON>``; its answer is yes or no.
ONCE = "once"
STANDS, GONE = "1", "0"
_OVER = ("consequence_dropped", "consequence_reversed")


def query(name: str, key: str) -> str:
    """Whether another case has an item of a consequence under a key that stands."""
    return f"{ONCE}:{name}:{key}"


def mark_of(rest: str) -> str:
    """The name under which the index of fields holds the mark of ``<consequence>:<key>``, however long the key is."""
    return f"{ONCE}.{hashlib.sha256(rest.encode()).hexdigest()}"


def marks(entry: Entry) -> dict[str, str]:
    """What an entry of a consequence says of its keys, by the name of the mark; nothing for every other entry."""
    if not entry.event.startswith("consequence_"):
        return {}
    value = GONE if entry.event in _OVER else STANDS
    return {mark_of(f"{entry.data['consequence']}:{key}"): value for key in entry.data.get("once", ())}


def had(others: Iterable[State], state: State, rest: str) -> bool:
    """Whether one of the cases, but not the one that asks, has an item under ``<consequence>:<key>`` that stands."""
    name, _, key = rest.partition(":")
    return any(
        item.stands and key in item.once
        for other in others
        if other.case_id != state.case_id
        for item in other.consequences.get(name, ())
    )
