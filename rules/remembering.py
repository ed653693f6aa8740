"""Events that the state of a case remembers: those at which clocks start or stop that a condition may switch on later."""

from collections.abc import Iterable, Mapping
from typing import Any

from rules.clocks import Clock
from rules.judging import PROPOSAL

#: Words whose last instant the state knows anyway.
_KNOWN = ("opened", "closed", "stage", "step", "field")
#: What entries are called in packs; of the others the event is named after the subject: ``task_done``, ``task.x.done``.
_NAMED = {"filled": "", "classified": ".changed", "linked": ".made", "counted": ".reached", "clock_corrected": ".met"}


def remembered(clocks: Iterable[Clock]) -> frozenset[str]:
    """The events of switched clocks whose instants have to be kept."""
    events = {event for clock in clocks for event in (*clock.starts, *clock.stops)}
    return frozenset(event for event in events if event.partition(".")[0] not in _KNOWN)


def event_of(entry: str, subject: str, data: Mapping[str, Any]) -> str:
    """How packs name what an entry says, from its event, subject and data; empty where they have no name for it."""
    if entry == "classified" and data["by"] == PROPOSAL:
        return ""
    if entry in _NAMED:
        return subject + _NAMED[entry]
    word, _, aspect = entry.partition("_")
    return f"{subject}.{aspect}" if aspect and subject.startswith(f"{word}.") else ""
