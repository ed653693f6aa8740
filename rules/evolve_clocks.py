"""How the clocks of a state take an entry."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from rules.entries import Entry
from rules.state import ClockState, RungState, State


def instant(text: str | None) -> datetime | None:
    """An instant as entries write it (ISO 8601, UTC, Z), None for None."""
    return datetime.fromisoformat(text) if text else None


def _with_clock(state: State, entry: Entry, clock: ClockState) -> State:
    return replace(state, clocks={**state.clocks, entry.data["clock"]: clock})


def _counted(entry: Entry) -> dict[str, Any]:
    data = entry.data
    due_date = data.get("due_date")
    return {
        "due": instant(data["due"]),
        "due_date": date.fromisoformat(due_date) if due_date else None,
        "misses_at": instant(data["misses_at"]),
        "rungs": tuple(RungState(index, datetime.fromisoformat(due)) for index, due in data["rungs"]),
        "provisional": data["provisional"],
    }


def _started(state: State, entry: Entry) -> State:
    data = entry.data
    waited = ((datetime.fromisoformat(begin), datetime.fromisoformat(end)) for begin, end in data.get("waited", ()))
    clock = ClockState(
        status="running",
        started=entry.at,
        holder=data["holder"],
        round=data["round"],
        waited=tuple(waited),
        climbed=tuple(data.get("climbed", ())),
        **_counted(entry),
    )
    return _with_clock(state, entry, clock)


def _moved(state: State, entry: Entry) -> State:
    old = state.clocks[entry.data["clock"]]
    climbed = tuple(entry.data.get("climbed", old.climbed))
    status = "running" if old.status == "missed" else old.status
    moved = replace(old, status=status, climbed=climbed, agreed=True, **_counted(entry))
    return _lowered(_with_clock(state, entry, moved), entry)


def _recounted(state: State, entry: Entry) -> State:
    return _with_clock(state, entry, replace(state.clocks[entry.data["clock"]], **_counted(entry)))


def _paused(state: State, entry: Entry) -> State:
    old, data = state.clocks[entry.data["clock"]], entry.data
    paused = replace(old, status="paused", paused_at=entry.at, pause=data["pause"], pause_ends=instant(data["ends"]))
    return _with_clock(state, entry, paused)


def _resumed(state: State, entry: Entry) -> State:
    old = state.clocks[entry.data["clock"]]
    waited = (*old.waited, (old.paused_at or entry.at, entry.at))
    resumed = replace(
        old, status="running", waited=waited, paused_at=None, pause=None, pause_ends=None, **_counted(entry)
    )
    return _with_clock(state, entry, resumed)


def _met(state: State, entry: Entry) -> State:
    old = state.clocks[entry.data["clock"]]
    return _lowered(_with_clock(state, entry, _ended(old, "met", entry)), entry)


def _missed(state: State, entry: Entry) -> State:
    return _with_clock(state, entry, replace(state.clocks[entry.data["clock"]], status="missed", misses_at=None))


def _off(state: State, entry: Entry) -> State:
    old = state.clocks.get(entry.data["clock"]) or ClockState(status="off", started=entry.at)
    return _with_clock(state, entry, _ended(old, "missed" if old.status == "missed" else "off", entry))


def _ended(old: ClockState, status: str, entry: Entry) -> ClockState:
    """A clock that has ended: it stands still from then on, and what there was of a pause has been waited for."""
    waited = old.waited
    if old.status == "paused" and old.paused_at is not None and old.paused_at < entry.at:
        waited = (*waited, (old.paused_at, entry.at))
    return replace(
        old, status=status, ticking=False, rungs=(), misses_at=None, waited=waited, paused_at=entry.at, pause_ends=None
    )


def _lowered(state: State, entry: Entry) -> State:
    """The roles to which a miss that was none had raised the case are lowered again."""
    lowers = entry.data.get("lowers")
    return replace(state, raised=tuple(role for role in state.raised if role not in lowers)) if lowers else state


def _escalated(state: State, entry: Entry) -> State:
    data = entry.data
    old = state.clocks[data["clock"]]
    left = tuple(rung for rung in old.rungs if rung.index != data["rung"])
    raised = state.raised
    if data["raise_to"] and data["raise_to"] not in raised:
        raised = (*raised, data["raise_to"])
    climbed = replace(old, rungs=left, climbed=(*old.climbed, data["rung"]))
    return replace(_with_clock(state, entry, climbed), raised=raised)


TAKES: dict[str, Callable[[State, Entry], State]] = {
    "clock_started": _started,
    "clock_moved": _moved,
    "clock_recounted": _recounted,
    "clock_paused": _paused,
    "clock_resumed": _resumed,
    "clock_met": _met,
    "clock_corrected": _met,
    "clock_missed": _missed,
    "clock_off": _off,
    "escalated": _escalated,
}
