"""ladder and rung: who is told, and who takes over, as a clock runs."""

from dataclasses import dataclass

from rules.clocks import Allow
from rules.conditions import Conditions
from rules.values import ROW, Names


@dataclass(frozen=True, slots=True)
class Rung:
    """``at`` a share of the time from start to due, or ``after`` the due. ``tell`` roles; ``raise_to`` also gets the case.

    ``tell`` may say ``holder``: whoever holds the clock.
    """

    tell: Names
    at: str | None = None
    after: Allow | None = None
    raise_to: str | None = None
    when: Conditions = ()
    clause: Names = ()
    __pydantic_config__ = ROW


@dataclass(frozen=True, slots=True)
class Ladder:
    """Rungs in the order in which they are climbed."""

    rungs: tuple[Rung, ...]
    clause: Names
    __pydantic_config__ = ROW
