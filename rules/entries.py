"""Entries: one line that happened. The ledger keeps them, a state is their fold, nothing alters them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

#: The closed list of what can happen; `docs/events.md` describes each with its data.
EVENTS = (
    "opened",
    "moved",
    "filled",
    "classified",
    "clock_started",
    "clock_met",
    "clock_missed",
    "clock_paused",
    "clock_resumed",
    "clock_moved",
    "clock_off",
    "clock_recounted",
    "clock_corrected",
    "escalated",
    "task_given",
    "task_answered",
    "task_done",
    "approval_asked",
    "approval_signed",
    "approval_given",
    "approval_returned",
    "approval_lapsed",
    "counted",
    "consequence_raised",
    "consequence_proposed",
    "consequence_decided",
    "consequence_dropped",
    "consequence_reversed",
    "linked",
    "link_closed",
    "table_written",
    "notified",
    "refused",
    "edition_adopted",
    "closed",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger.

    Args:
        seq: 1, 2, 3 … within the case.
        event: One of `EVENTS`.
        at: When it holds from: the due instant of a rung, the judged instant of a step (UTC, whole seconds).
        noticed: The instant of the decision that wrote it.
        by: The person, ``clock`` or ``house``.
        subject: What it is about: ``step.accept``, ``clock.handling``, ``form.intake`` …
        clause: The clauses or house rules that made it happen.
        house: Whether these are house rules alone.
        data: What `decide.evolve` and people need beyond that; see `docs/events.md`.
    """

    seq: int
    event: str
    at: datetime
    noticed: datetime
    by: str
    subject: str
    clause: tuple[str, ...] = ()
    house: bool = False
    data: dict[str, Any] = field(default_factory=dict)
