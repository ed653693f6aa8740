"""What the opener of cycles, its schedules and its workflow tell each other."""

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


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A cycle that an installation has: in the days of which zone its schedule looks, and whether it runs or is paused."""

    pack_id: str
    cycle: str
    zone: str
    running: bool
