"""Commands: everything that happens to a case is asked for by one, whoever asks."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from rules.pack import PackRef

#: `what` of a command: ``open``; ``step.x``, ``task.x``, ``approval.x``, ``consequence.x``; ``clock`` (a clock ran out);
#: ``recount`` (a calendar arrived); ``adopt_edition``; ``poke`` (a linked case changed).
HOUSE_COMMANDS = ("open", "clock", "recount", "adopt_edition", "poke")

#: Who asks where nobody does: a clock that ran out, the house itself.
CLOCK = "clock"
HOUSE = "house"


@dataclass(frozen=True, slots=True)
class Command:
    """One request. ``id`` is the update id; ``at`` is given by the workflow, ``asked_at`` by the gateway (UTC).

    ``fields`` holds JSON values as `forms.accept` reads them. ``pack`` and ``kind`` are for ``open``; ``pack`` also for
    ``adopt_edition``. ``carried`` comes from the case whose link opened this one: ``link`` and ``case`` (its name and the
    other case's id), fields, and instants under ``clock.x``; or from the cycle that did: ``cycle``, ``period``, ``each``.
    """

    id: str
    what: str
    by: str
    asked_at: datetime
    fields: dict[str, Any] = field(default_factory=dict)
    happened_at: datetime | None = None
    kind: str = ""
    pack: PackRef | None = None
    carried: dict[str, Any] = field(default_factory=dict)


#: Case ids are derived in this namespace, so that opening twice under one command id opens once.
_CASES = UUID("6f1c3a52-7a0e-5d3b-9c55-2f0b8a4d9e11")


def case_id_for(command_id: str) -> str:
    """The id of the case that a command opens: opaque, the same for the same command id."""
    return f"case-{uuid5(_CASES, command_id).hex}"


def digest(command: Command) -> str:
    """What identifies the content of a command: the sha256 (hex) of everything but its id and ``asked_at``."""
    pack = command.pack
    content = (
        command.what,
        command.by,
        command.fields,
        command.happened_at and command.happened_at.isoformat(),
        command.kind,
        pack and (pack.id, pack.edition, pack.sha256),
        command.carried,
    )
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
