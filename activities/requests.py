"""What travels between the case workflow and the desk: one request in, one result out."""

from dataclasses import dataclass
from datetime import datetime

from rules.commands import Command
from rules.entries import Entry
from rules.outcomes import Face, Refusal

#: The name of the desk's one activity in histories; never renamed.
HANDLE = "desk.handle"
#: The type of the failure of a command that cannot be decided; details are the edition, the command's word and the
#: name of the error.
DECIDE_FAILED = "DecideFailed"


@dataclass(frozen=True, slots=True)
class HandleRequest:
    """A command for the desk. ``seq`` is the last entry the workflow knows; ``at`` its instant, whole seconds, UTC."""

    case_id: str
    seq: int
    command: Command
    at: datetime


@dataclass(frozen=True, slots=True)
class HandleResult:
    """What the desk decided, or had decided before: every entry after the request's ``seq``, and the face now.

    ``digest`` is that of the command that was decided under this id: a caller who finds another one has used the id
    twice. ``first`` and ``last`` are the seqs of the decision's own entries; with ``salt`` (hex), what personal values
    were hashed with, and ``written``, when the ledger got it, histories can rebuild the ledger.
    """

    face: Face
    entries: tuple[Entry, ...]
    digest: str
    number: str = ""
    salt: str = ""
    written: datetime | None = None
    first: int = 0
    last: int = 0
    refusal: Refusal | None = None
