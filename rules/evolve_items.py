"""How a state takes the entries of consequences; see `evolve`."""

from dataclasses import replace

from rules.entries import Entry
from rules.items import COUNTER, DECIDED, DROPPED, PROPOSED, RAISED, REVERSED, ItemState
from rules.state import State


def raised(state: State, entry: Entry) -> State:
    """An item that waits for an amount, or for a value; or one that is sent back to whoever proposed it."""
    return _with(state, entry, replace(_begun(state, entry), status=RAISED, by=""))


def proposed(state: State, entry: Entry) -> State:
    """An item whose bounds are known and that waits for its decision."""
    begun = _begun(state, entry)
    by = entry.by if entry.data["by"] == "person" else ""
    return _with(state, entry, replace(begun, status=PROPOSED, by=by, proposals=begun.proposals + 1))


def decided(state: State, entry: Entry) -> State:
    """An item as it was decided."""
    return _with(state, entry, replace(_begun(state, entry), status=DECIDED, bounded=False, low=None, high=None))


def dropped(state: State, entry: Entry) -> State:
    """An item that leads to nothing."""
    old = _old(state, entry) or ItemState(DROPPED)
    return _with(state, entry, ItemState(DROPPED, on=old.on, at=old.at, proposals=old.proposals))


def reversed_(state: State, entry: Entry) -> State:
    """A decided item that is taken back, or the counter of an item of a linked case."""
    reverses, old = entry.data["reverses"], _old(state, entry)
    if reverses.get("case"):
        counter = ItemState(COUNTER, _lines(entry), reverses=f"{reverses['case']}/{reverses['item']}")
        return _with(state, entry, counter)
    kept = old or ItemState(REVERSED)
    return _with(state, entry, ItemState(REVERSED, on=kept.on, at=kept.at, proposals=kept.proposals))


def _begun(state: State, entry: Entry) -> ItemState:
    """The item as its entry gives it, on top of what it was."""
    data = entry.data
    old = _old(state, entry) or ItemState(RAISED, at=entry.at)
    return replace(
        old,
        lines=_lines(entry),
        on=data["on"],
        bounded=data.get("bounded", False),
        low=data.get("low"),
        high=data.get("high"),
        raw=data.get("raw"),
        coefficient=data.get("coefficient"),
        choice=tuple(data.get("choice", ())),
        once=tuple(data.get("once", ())),
        dated=data.get("dated", ""),
    )


def _lines(entry: Entry) -> tuple[tuple[str, str, str | None], ...]:
    return tuple((kind, party, amount) for kind, party, amount in entry.data["lines"])


def _old(state: State, entry: Entry) -> ItemState | None:
    items, number = state.consequences.get(entry.data["consequence"], ()), entry.data["item"]
    return items[number - 1] if number <= len(items) else None


def _with(state: State, entry: Entry, item: ItemState) -> State:
    name, number = entry.data["consequence"], entry.data["item"]
    items = state.consequences.get(name, ())
    return replace(state, consequences={**state.consequences, name: (*items[: number - 1], item, *items[number:])})
