"""What must be in the ledger after the kills, counted from the lines by arithmetic of its own, not by the rules."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from rules.entries import Entry

#: The rungs of `kills_pack.toml`, in seconds after the start of its minute: 5, 10, 20, 35, 60 % of it, and a second
#: after its end, since exactly on time is on time.
RUNGS = (3, 6, 12, 21, 36, 61)

_STARTS = "step.accept"
_STOPS = ("step.pause", "step.close")

#: A case, the place of a rung in the ladder, the instant at which it is due.
Rung = tuple[str, int, datetime]


@dataclass(frozen=True, slots=True)
class Count:
    """What was acknowledged, and what the ledger holds of it."""

    acknowledged: int
    found: int
    doubled: int
    due: int
    climbed: int
    lost: tuple[Rung, ...]
    unasked: tuple[Rung, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing was lost, nothing doubled, and nothing climbed that was not due."""
        return self.found == self.acknowledged and not (self.doubled or self.lost or self.unasked)


def count(
    acknowledged: Iterable[tuple[str, str]], decided: set[tuple[str, str]], lines: Mapping[str, list[Entry]]
) -> Count:
    """Compare (case id, command id) as acknowledged and as decided, and rungs as due and as climbed."""
    told = set(acknowledged)
    due = Counter(rung for case, entries in lines.items() for rung in due_rungs(case, entries))
    climbed = Counter(
        (case, entry.data["rung"], entry.at) for case, entries in lines.items() for entry in entries
        if entry.event == "escalated"
    )  # fmt: skip
    return Count(
        acknowledged=len(told),
        found=len(told & decided),
        doubled=sum(doubled(entries) for entries in lines.values()),
        due=due.total(),
        climbed=(climbed & due).total(),
        lost=tuple(sorted((due - climbed).elements())),
        unasked=tuple(sorted((climbed - due).elements())),
    )


def due_rungs(case: str, entries: Iterable[Entry]) -> list[Rung]:
    """Every rung that fell due while the minute ran, at the latest at the very instant of what stopped it.

    For a case whose clocks have come to rest: what was never stopped has run out.
    """
    found: list[Rung] = []
    started: datetime | None = None
    for entry in entries:
        if entry.event != "moved" or entry.subject not in (_STARTS, *_STOPS):
            continue
        if started is not None:
            found += _between(case, started, entry.at)
        started = entry.at if entry.subject == _STARTS else None
    if started is not None:
        found += _between(case, started, started + timedelta(seconds=max(RUNGS)))
    return found


def _between(case: str, start: datetime, end: datetime) -> list[Rung]:
    instants = ((place, start + timedelta(seconds=seconds)) for place, seconds in enumerate(RUNGS))
    return [(case, place, instant) for place, instant in instants if instant <= end]


def doubled(entries: Iterable[Entry]) -> int:
    """How many lines say again what a command has said before; each command carries a token of its own."""
    tokens = Counter(
        str(entry.data["values"].get("token") or entry.data["kept"].get("token"))
        for entry in entries
        if entry.event == "filled"
    )
    return sum(times - 1 for times in tokens.values())
