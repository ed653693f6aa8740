"""What deciding gives back: entries, state, face, errands, or a refusal; or the facts it still needs."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rules.entries import Entry
from rules.state import State


@dataclass(frozen=True, slots=True)
class Face:
    """All that the workflow keeps of a case: what `view` answers, and when its one timer rings (UTC)."""

    seq: int = 0
    stage: str = ""
    open_steps: tuple[str, ...] = ()
    next_due: datetime | None = None
    closed: bool = False
    standing: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer, not an error: why a command changed nothing, under which clause, and what can be done.

    ``code`` is a stable word of `REFUSALS`; ``params`` fill the sentence that the client's catalogue has for it;
    ``next`` lists what is open now (steps) or what would open it.
    """

    code: str
    clause: tuple[str, ...] = ()
    params: dict[str, Any] = field(default_factory=dict)
    next: tuple[str, ...] = ()


#: Codes of refusals. The last two are given before a case is asked: too many wait at it, or nobody knows it.
REFUSALS = (
    "case_closed",
    "step_not_open",
    "unknown_step",
    "unknown_person",
    "wrong_role",
    "excluded",
    "fields_wrong",
    "gate_closed",
    "own_proposal",
    "same_id_other_content",
    "unknown_kind",
    "edition_not_adoptable",
    "edition_in_force",
    "link_refused",
    "stated_wrongly",
    "moved_too_late",
    "value_missing",
    "out_of_bounds",
    "ratios_wrong",
    "beyond_authority",
    "class_ambiguous",
    "already_open",
    "ten_wait",
    "unknown_case",
)


@dataclass(frozen=True, slots=True)
class Errand:
    """A row for the outbox, done outside the case. ``kind``: ``message``, ``open`` or ``poke``; ``key`` makes it once."""

    kind: str
    key: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled copy of a form: all accepted values as JSON; which of them are ``personal`` is kept apart from entries."""

    form: str
    copy: int
    values: dict[str, Any]
    personal: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """A decision. Where ``refusal`` is set, the entries are the rungs climbed on the way and the line of the refusal."""

    entries: tuple[Entry, ...]
    state: State
    face: Face
    errands: tuple[Errand, ...] = ()
    filled: tuple[Filled, ...] = ()
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Needs:
    """Facts that the cascade asks for before it can go on: names such as ``case:<id>``."""

    queries: tuple[str, ...]


#: So often one command may ask for facts before that counts as a fault of the rules.
ROUNDS_AT_MOST = 50
