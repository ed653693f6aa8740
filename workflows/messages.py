"""What travels between the front desk and a case: names, how a run starts, and the receipt of a command."""

from dataclasses import dataclass, field
from datetime import datetime

from rules.commands import case_id_for as case_id_for
from rules.outcomes import Face

#: Names in histories and on the wire; never renamed.
CASE = "redress.case"
COMMAND = "command"
VIEW = "view"
TASK_QUEUE = "redress"
#: The type of the failure that carries a refusal: details are the `Refusal`, the seq, and the digest that was decided.
REFUSED = "Refused"

#: How many ids of done commands a run hands to the next one.
RECENT = 32


@dataclass(frozen=True, slots=True)
class CaseStart:
    """What a run of a case starts with: its id at first; after a renewal the face and the last command ids too."""

    case_id: str
    face: Face = field(default_factory=Face)
    recent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a decided command leaves its sender with: where the case stands now (``next_due`` UTC).

    ``digest`` is that of the command decided under this id; another one than the sender's means the id was used twice.
    """

    seq: int
    stage: str
    open_steps: tuple[str, ...] = ()
    next_due: datetime | None = None
    closed: bool = False
    number: str = ""
    digest: str = ""
