"""What travels between a schedule, the workflow of a cycle and its one activity."""

from dataclasses import dataclass
from datetime import datetime

#: The names of the workflow and of its activity in histories; never renamed.
CYCLE = "redress.cycle"
OPEN_CYCLE = "cycles.open"


@dataclass(frozen=True, slots=True)
class CycleStart:
    """Which cycle a schedule is for."""

    pack_id: str
    cycle: str


@dataclass(frozen=True, slots=True)
class CycleRequest:
    """Open what has come of a cycle up to an instant (UTC, whole seconds)."""

    pack_id: str
    cycle: str
    until: datetime
