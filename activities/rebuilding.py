"""A lost ledger, made again from what the histories hold: the requests to the desk and its results."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from activities.drivers.cycle_rows import CycleRows, Opened
from activities.drivers.ledger import Ledger
from activities.drivers.tables import cases, numbers
from activities.drivers.writing import Decided, Found, Writing
from activities.requests import HandleRequest, HandleResult
from activities.shelf import Shelf
from rules.commands import Command
from rules.decide import face
from rules.entries import Entry
from rules.evolve import evolve
from rules.filling import salt_of, salted
from rules.outcomes import Face
from rules.pack import Pack
from rules.state import State

Pair = tuple[HandleRequest, HandleResult]


class NotEmpty(ValueError):
    """The database that is to be rebuilt already holds cases; nothing was written."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What became of one case: how many entries and decisions it has again, or why it could not be rebuilt."""

    case_id: str
    entries: int = 0
    decisions: int = 0
    missing: str = ""


class Rebuilding:
    """Fills an empty ledger case by case. Messages are not sent again; erased values that histories hold come back."""

    def __init__(self, ledger: Ledger, shelf: Shelf) -> None:
        """Begin on an empty database that has its tables.

        Raises:
            NotEmpty: It holds cases.
            LedgerAway: It does not answer.
        """
        self._ledger = ledger
        self._shelf = shelf
        with ledger.reading() as connection:
            if held := connection.scalar(select(func.count()).select_from(cases)):
                raise NotEmpty(f"this ledger holds {held} cases; rebuild into an empty one, then put it in its place")

    def case(self, case_id: str, pairs: Iterable[Pair]) -> Rebuilt:
        """Rebuilds one case from all its requests and results, of all its runs; a gap leaves the case out, and is said.

        Raises:
            EditionMissing: A pack that the case ran on is not on the shelf.
            LedgerAway: The database does not answer; nothing of this case was written.
        """
        ordered = _once_each(pairs)
        entries = {entry.seq: entry for _, result in ordered for entry in result.entries}
        count = max(entries, default=0)
        if gap := next((seq for seq in range(1, count + 1) if seq not in entries), 0):
            return Rebuilt(case_id, missing=f"entry {gap} is in no history that is kept")
        with self._ledger.writing(case_id) as connection:
            writing = Writing(connection, case_id)
            found = Found(State(case_id=case_id), Face(), "", None)
            for request, result in ordered:
                if result.first != found.state.seq + 1:
                    connection.rollback()
                    return Rebuilt(
                        case_id, missing=f"no kept history holds the decision of entry {found.state.seq + 1}"
                    )
                found = self._decision(writing, found, request, result, entries)
            if found.state.seq != count:
                connection.rollback()
                return Rebuilt(case_id, missing=f"no kept history holds the decision of entry {found.state.seq + 1}")
            self._count(writing, found.state)
            _note_period(writing, found.state)
        return Rebuilt(case_id, count, len(ordered))

    def _decision(
        self, writing: Writing, found: Found, request: HandleRequest, result: HandleResult, entries: dict[int, Entry]
    ) -> Found:
        command = request.command
        new = [entries[seq] for seq in range(result.first, result.last + 1)]
        state = found.state
        for entry in new:
            state = evolve(state, entry)
        pack = self._pack(state, command)
        decided = Decided(
            command_id=command.id,
            what=command.what,
            by=command.by,
            digest=result.digest,
            at=request.at,
            asked_at=command.asked_at,
            happened_at=command.happened_at,
            first=result.first,
            last=result.last,
            refusal=result.refusal,
            salt=result.salt,
            written=result.written or request.at,
        )
        shown = face(pack, state)
        chained = writing.write(found, state, shown, pack, new, decided)
        writing.fill(new, lambda entry: _personal(entry, command, result.salt), result.salt)
        return Found(state, shown, chained, None)

    def _pack(self, state: State, command: Command) -> Pack:
        ref = state.pack or command.pack
        if ref is None:
            raise ValueError(f"the history of {state.case_id} does not begin with its opening")
        return self._shelf.pack(ref)

    def _count(self, writing: Writing, state: State) -> None:
        """Lets numbering go on after the highest number of the prefix and year."""
        if not state.number:
            return
        # Its own prefix: the edition that the case is on now may give another one.
        prefix, year, last = _parts_of(state.number)
        where = (numbers.c.prefix == prefix, numbers.c.year == year)
        held = writing.connection.scalar(select(numbers.c.last).where(*where))
        if held is None:
            writing.connection.execute(numbers.insert(), {"prefix": prefix, "year": year, "last": last})
        elif held < last:
            writing.connection.execute(numbers.update().where(*where).values(last=last))


def _note_period(writing: Writing, state: State) -> None:
    """Writes down again which period of a cycle a case was opened for, so that it is not looked for once more."""
    carried, at = state.carried, state.opened_at
    if "cycle" not in carried or state.pack is None or at is None:
        return
    opened = Opened(carried["period"], carried.get("each", ""), state.case_id, at)
    CycleRows(writing.connection).write(state.pack.id, carried["cycle"], opened, None)


def _parts_of(number: str) -> tuple[str, int, int]:
    prefix, year, last = number.rsplit("-", 2)
    return prefix, int(year), int(last)


def _once_each(pairs: Iterable[Pair]) -> list[Pair]:
    """The pairs in the order of their decisions; a command that was sent again counts once, as it was first decided."""
    first: dict[str, Pair] = {}
    for request, result in pairs:
        kept = first.setdefault(request.command.id, (request, result))
        # Of two answers the one that was asked with the lower seq holds the decision's own instant.
        if request.seq < kept[0].seq:
            first[request.command.id] = (request, result)
    return sorted(first.values(), key=lambda pair: (pair[1].first, pair[1].last))


def _personal(entry: Entry, command: Command, salt: str) -> Mapping[str, Any]:
    """The personal values of a copy, as they were accepted: what the person wrote, or that without blanks around it."""
    found = {}
    for name, hashed in entry.data["personal"].items():
        raw = command.fields.get(name, command.carried.get(name))
        tidy = raw.strip() if isinstance(raw, str) else raw
        found[name] = tidy if salted(salt_of(salt, name), tidy) == hashed else raw
    return found
