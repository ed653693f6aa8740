"""The table of stages that `machine` derives once from a `transitions` machine; deciding looks steps up in it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StageTable:
    """Where each step leads. ``moves`` maps (stage, step) to the stage after it; ``open_steps`` lists steps by stage."""

    entry: str
    moves: dict[tuple[str, str], str]
    open_steps: dict[str, tuple[str, ...]]
    final: frozenset[str]
