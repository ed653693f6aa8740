"""What adopting another edition does to an open case: which dues move, or why it cannot."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from activities.drivers.ledger import Ledger
from activities.drivers.people_rows import Directories
from activities.drivers.reading import CaseRow
from activities.drivers.writing import Writing
from activities.gathering import Gathering
from activities.shelf import FileShelf
from client.times import utc
from rules import decide as rules
from rules.commands import Command
from rules.outcomes import Refusal
from rules.pack import PackRef
from rules.state import ClockState, State

#: What becomes of a case: nothing moves, dues move, it cannot adopt.
SAME, MOVES, CANNOT = "same", "moves", "cannot"


@dataclass(frozen=True, slots=True)
class Moved:
    """A due that another edition moves; None where the clock does not run, or is never due."""

    clock: str
    old: datetime | None
    new: datetime | None
    old_date: date | None = None
    new_date: date | None = None


@dataclass(frozen=True, slots=True)
class Adoption:
    """What would become of one case: `SAME`, `MOVES` with the dues, or `CANNOT` with the refusal."""

    row: CaseRow
    what: str
    moved: tuple[Moved, ...] = ()
    refusal: Refusal | None = None

    def as_json(self) -> dict[str, Any]:
        """The case as ``--json`` shows it, dues in UTC."""
        moved = [{"clock": each.clock, "old": utc(each.old), "new": utc(each.new)} for each in self.moved]
        refusal = {"code": self.refusal.code, "params": self.refusal.params} if self.refusal else None
        return {
            "case": self.row.number, "id": self.row.id, "edition": self.row.edition, "outcome": self.what,
            "moved": moved, "refusal": refusal,
        }  # fmt: skip


def command_id(row: CaseRow, target: PackRef) -> str:
    """The id under which a case as it stands now is asked to adopt an edition: asked twice it is done once."""
    return f"adopt/{target}/{row.seq}"


class Trying:
    """Decides adoptions as the desk would, and writes nothing."""

    def __init__(self, ledger: Ledger, shelf: FileShelf, by: str, at: datetime) -> None:
        """Try as a person, at an instant (UTC)."""
        self._ledger, self._shelf, self._by, self._at = ledger, shelf, by, at
        self._gathering = Gathering(shelf, shelf, Directories(), rules.decide, rules.needs)

    def adoption(self, row: CaseRow, target: PackRef) -> Adoption:
        """What would become of a case.

        Raises:
            LedgerAway: The database does not answer.
        """
        pack = self._shelf.pack(PackRef(row.pack_id, row.edition, row.sha256))
        command = Command(command_id(row, target), "adopt_edition", self._by, self._at, pack=target)
        # A transaction that is only read from: whatever is decided in it is forgotten.
        with self._ledger.reading() as connection:
            outcome, _ = self._gathering.decide(Writing(connection, row.id), pack, row.state, command, self._at)
        if outcome.refusal is not None:
            return Adoption(row, CANNOT, refusal=outcome.refusal)
        moved = tuple(_moved(row.state, outcome.state))
        return Adoption(row, MOVES if moved else SAME, moved)


def _moved(before: State, after: State) -> list[Moved]:
    found = []
    for name in dict.fromkeys((*before.clocks, *after.clocks)):
        (runs, old, old_date), (goes_on, new, new_date) = _due(before.clocks.get(name)), _due(after.clocks.get(name))
        if runs != goes_on or old != new:
            found.append(Moved(name, old, new, old_date, new_date))
    return found


def _due(clock: ClockState | None) -> tuple[bool, datetime | None, date | None]:
    """Whether a clock runs, and its due."""
    return (True, clock.due, clock.due_date) if clock is not None and clock.ticking else (False, None, None)
