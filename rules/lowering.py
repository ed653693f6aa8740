"""A miss that turns out to be none takes back what its rungs had given: the roles that they had raised the case to."""

from collections.abc import Iterator

from rules.draft import Draft
from rules.ladders import Rung
from rules.rungs import is_late


def on_time_rungs(draft: Draft, name: str) -> tuple[int, ...]:
    """The rungs of a clock that were climbed before its due."""
    return tuple(index for index, rung in _climbed(draft, name) if not is_late(rung))


def lowered(draft: Draft, name: str) -> list[str]:
    """The roles that only the late rungs of a clock had raised the case to."""
    mine: set[str | None] = set()
    others: set[str | None] = set()
    for clock in draft.state.clocks:
        for _, rung in _climbed(draft, clock):
            (mine if clock == name and is_late(rung) else others).add(rung.raise_to)
    return [role for role in draft.state.raised if role in mine - others]


def _climbed(draft: Draft, name: str) -> Iterator[tuple[int, Rung]]:
    """The rungs that a clock has climbed, by their place in its ladder."""
    clock = draft.pack.file.clock.get(name)
    ladder = draft.pack.file.ladder.get(clock.ladder) if clock is not None and clock.ladder else None
    rungs = ladder.rungs if ladder else ()
    return ((index, rungs[index]) for index in draft.state.clocks[name].climbed if index < len(rungs))
