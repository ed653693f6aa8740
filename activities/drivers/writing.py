"""What the desk reads and writes in its one transaction, in as few statements as can be."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, literal, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from activities.drivers.codec import FACE, REFUSAL, START, STATE, canonical, entry_of, entry_row, link, state_text
from activities.drivers.kept_rows import keep_rows
from activities.drivers.links import keep_links
from activities.drivers.tables import (
    AT_ONCE,
    INDEXED,
    cases,
    decisions,
    entries,
    field_index,
    numbers,
    outbox,
    personal,
)
from rules.entries import Entry
from rules.filling import salt_of
from rules.judging import PROPOSAL
from rules.once import marks
from rules.outcomes import Errand, Face, Refusal
from rules.pack import Pack
from rules.state import State

#: The accepted values of the copy that a ``filled`` entry is about, personal ones among them.
FormValues = Callable[[Entry], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Decided:
    """What a command was answered with: the numbers of its first and last entry, its digest, its salt, its refusal.

    ``written``: when the ledger got it, never before ``at``; later where the ledger was away meanwhile.
    """

    command_id: str
    what: str
    by: str
    digest: str
    at: datetime
    asked_at: datetime
    happened_at: datetime | None
    first: int
    last: int
    refusal: Refusal | None
    salt: str
    written: datetime | None


@dataclass(frozen=True, slots=True)
class Found:
    """What the ledger holds of a case, and of one command to it. ``hash`` is that of its last entry."""

    state: State
    face: Face
    hash: str
    decided: Decided | None


_ONE = select(literal(1).label("one")).subquery()
_FIND = select(cases.c.state, cases.c.face, cases.c.hash, decisions).select_from(
    _ONE.outerjoin(cases, cases.c.id == bindparam("case")).outerjoin(
        decisions, and_(decisions.c.case_id == bindparam("case"), decisions.c.command_id == bindparam("command"))
    )
)
_SINCE = (
    select(entries)
    .where(entries.c.case_id == bindparam("case"), entries.c.seq > bindparam("since"))
    .order_by(entries.c.seq)
)
_OTHERS = select(cases.c.id, cases.c.number, cases.c.state).where(
    or_(cases.c.id == bindparam("named"), cases.c.number == bindparam("named"))
)
_GO_ON = update(cases).where(cases.c.id == bindparam("case"))
_ENTRIES, _DECISIONS, _PERSONAL, _OUTBOX = entries.insert(), decisions.insert(), personal.insert(), outbox.insert()
_CASES = cases.insert()
_GIVE_BACK = (
    update(numbers)
    .where(numbers.c.prefix == bindparam("of_prefix"), numbers.c.year == bindparam("of_year"))
    .values(last=numbers.c.last - 1)
)
_DIALECTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_NUMBERS = {
    name: insert(numbers)
    .values(last=1)
    .on_conflict_do_update(index_elements=["prefix", "year"], set_={"last": numbers.c.last + 1})
    .returning(numbers.c.last)
    for name, insert in _DIALECTS.items()
}


def _indexing(insert: Any) -> Any:
    new = insert(field_index)
    return new.on_conflict_do_update(index_elements=["case_id", "field"], set_={"value": new.excluded.value})


_FIELD_INDEX = {name: _indexing(insert) for name, insert in _DIALECTS.items()}


class Writing:
    """One write transaction of the ledger on one case."""

    def __init__(self, connection: Connection, case_id: str) -> None:
        self.connection = connection
        self._case_id = case_id
        self._dialect = connection.dialect.name

    def find(self, command_id: str) -> Found:
        """The case as it stands, an empty one if nobody has opened it, and how that command was decided, if it was."""
        row = self.connection.execute(_FIND, {"case": self._case_id, "command": command_id}).one()
        if row.state is None:
            return Found(State(case_id=self._case_id), Face(), START, None)
        decided = decided_of(row) if row.command_id is not None else None
        return Found(STATE.validate_json(row.state), FACE.validate_json(row.face), row.hash, decided)

    def since(self, seq: int) -> tuple[Entry, ...]:
        """The entries of the case after a seq."""
        rows = self.connection.execute(_SINCE, {"case": self._case_id, "since": seq})
        return tuple(entry_of(row) for row in rows)

    def other(self, named: str) -> State | None:
        """The state of the case of that id or number, None if there is no such case."""
        row = self.connection.execute(_OTHERS, {"named": named}).first()
        return STATE.validate_json(row.state) if row else None

    def next_number(self, prefix: str, year: int) -> int:
        """The next number of a prefix and year, taken: nobody gets it until this transaction ends."""
        taken: int = self.connection.execute(_NUMBERS[self._dialect], {"prefix": prefix, "year": year}).scalar_one()
        return taken

    def give_back(self, prefix: str, year: int) -> None:
        """Gives back the number that was taken in this transaction."""
        self.connection.execute(_GIVE_BACK, {"of_prefix": prefix, "of_year": year})

    def write(self, found: Found, state: State, face: Face, pack: Pack, new: Sequence[Entry], decided: Decided) -> str:
        """Writes entries, decision, state and index row of one decision; gives back the hash of the last entry."""
        rows, chained = [], found.hash
        for entry in new:
            chained = link(chained, self._case_id, entry)
            rows.append(entry_row(self._case_id, entry, chained, decided.written))
        index = index_row(state, face, pack, chained) | {"written": decided.written}
        if found.state.seq == 0:
            self.connection.execute(_CASES, {"id": self._case_id, **index})
        else:
            self.connection.execute(_GO_ON, {"case": self._case_id, **index})
        if rows:
            self.connection.execute(_ENTRIES, rows)
        self.connection.execute(_DECISIONS, _decision_row(self._case_id, decided))
        keep_links(self.connection, self._case_id, new)
        keep_rows(self.connection, (state.pack or pack.ref).id, self._case_id, new)
        return chained

    def fill(self, new: Iterable[Entry], values: FormValues, salt: str) -> None:
        """Writes what entries leave beside them: the index of fields and classes, and personal values kept apart."""
        kept: dict[str, str] = {}
        apart: list[dict[str, Any]] = []
        for entry in new:
            kept |= indexed(entry)
            if entry.event != "filled":
                continue
            data = entry.data
            common = {"case_id": self._case_id, "seq": entry.seq, "form": data["form"], "copy": data["copy"]}
            apart += [
                {**common, "field": name, "salt": salt_of(salt, name), "value": canonical(value)}
                for name, value in values(entry).items()
                if name in data["personal"]
            ]
        if kept:
            rows = [{"case_id": self._case_id, "field": name, "value": value} for name, value in kept.items()]
            self.connection.execute(_FIELD_INDEX[self._dialect], rows)
        if apart:
            self.connection.execute(_PERSONAL, apart)

    def send(self, errands: Sequence[Errand], at: datetime) -> None:
        """Puts errands into the outbox."""
        if errands:
            self.connection.execute(_OUTBOX, [errand_row(self._case_id, errand, at) for errand in errands])


def indexed(entry: Entry) -> dict[str, str]:
    """What an entry brings to the index of fields: values that rules read by field, a class as ``class.x``, what came once."""
    if entry.event == "filled":
        return {name: canonical(value)[:INDEXED] for name, value in entry.data["kept"].items()}
    if entry.event == "classified" and entry.data["by"] != PROPOSAL:
        return {f"class.{entry.data['class']}": canonical(entry.data["value"])[:INDEXED]}
    return marks(entry)


def decided_of(row: Any) -> Decided:
    """The decision that a row keeps."""
    return Decided(
        command_id=row.command_id,
        what=row.what,
        by=row.by_whom,
        digest=row.digest,
        at=row.at,
        asked_at=row.asked_at,
        happened_at=row.happened_at,
        first=row.first,
        last=row.last,
        refusal=REFUSAL.validate_json(row.refusal) if row.refusal else None,
        salt=row.salt or "",
        written=row.written,
    )


def errand_row(case_id: str, errand: Errand, at: datetime) -> dict[str, Any]:
    """The row of the outbox of an errand that nobody has tried yet."""
    return {
        "key": errand.key,
        "case_id": case_id,
        "kind": errand.kind,
        "data": json.dumps(errand.data, ensure_ascii=False),
        "made_at": at,
        "done": False,
        # Not `at`: a case on a virtual clock may be weeks ahead of whoever carries the errand.
        "next_try": AT_ONCE,
        "leased_until": AT_ONCE,
        "leased_by": "",
        "tries": 0,
        "error": "",
        "result": "",
    }


def index_row(state: State, face: Face, pack: Pack, chained: str) -> dict[str, Any]:
    """What the list of cases says of a case, its state among it; always worked out from the state."""
    ref = state.pack or pack.ref
    kind = pack.file.kind.get(state.kind)
    owner = kind.stage(state.stage).owner if kind and state.stage else None
    return {
        "number": state.number or None,
        "pack_id": ref.id,
        "edition": ref.edition,
        "sha256": ref.sha256,
        "kind": state.kind,
        "stage": state.stage,
        "standing": face.standing,
        "owner": owner or "",
        "opened_at": state.opened_at,
        "opened_by": state.opened_by,
        "next_due": face.next_due,
        "closed": face.closed,
        "provisional": any(clock.provisional and clock.ticking for clock in state.clocks.values()),
        "seq": state.seq,
        "state": state_text(state),
        "face": FACE.dump_json(face).decode(),
        "hash": chained,
    }


def _decision_row(case_id: str, decided: Decided) -> dict[str, Any]:
    return {
        "case_id": case_id,
        "command_id": decided.command_id,
        "what": decided.what,
        "by_whom": decided.by,
        "digest": decided.digest,
        "at": decided.at,
        "asked_at": decided.asked_at,
        "happened_at": decided.happened_at,
        "first": decided.first,
        "last": decided.last,
        "refusal": REFUSAL.dump_json(decided.refusal).decode() if decided.refusal else None,
        "salt": decided.salt or None,
        "written": decided.written,
    }
