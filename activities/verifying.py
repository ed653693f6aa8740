"""Whether a ledger is whole: every chain, every seq, every state, the index of cases and fields, personal values."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from activities.drivers.codec import START, entry_of, link, state_text
from activities.drivers.ledger import Ledger
from activities.drivers.tables import cases, decisions, entries, field_index, numbers, personal
from activities.drivers.writing import index_row, indexed
from activities.gathering import DIGITS
from activities.shelf import EditionMissing, Shelf
from activities.verifying_rows import row_faults
from rules.commands import CLOCK, HOUSE
from rules.decide import face
from rules.entries import Entry
from rules.evolve import fold
from rules.filling import salted


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the ledger is not as it was written. ``seq`` is 0 where it is not about one entry.

    ``what`` is a stable word: ``seq``, ``chain``, ``end``, ``fold``, ``state``, ``index``, ``row`` (of a link or a kept
    table), ``decision``, ``personal``, ``number``, or
    ``edition`` (its pack is not on the shelf, so that its index row cannot be checked).
    """

    case_id: str
    what: str
    seq: int = 0
    detail: str = ""


def verify(ledger: Ledger, shelf: Shelf, only: Iterable[str] = ()) -> Iterator[Fault]:
    """Every fault of the ledger, or of some cases by their ids; nothing where all is as it was written.

    Raises:
        LedgerAway: The database does not answer.
    """
    with ledger.reading() as connection:
        if not only:
            yield from _number_faults(connection)
        wanted = list(only) or list(connection.scalars(select(cases.c.id).order_by(cases.c.id)))
    for case_id in wanted:
        # One transaction a case, so that cases may be worked on meanwhile.
        with ledger.reading() as connection:
            yield from _faults(connection, shelf, case_id)


def _faults(connection: Connection, shelf: Shelf, case_id: str) -> Iterator[Fault]:
    case = connection.execute(select(cases).where(cases.c.id == case_id)).first()
    if case is None:
        yield Fault(case_id, "index", detail="no such case")
        return
    lines = connection.execute(select(entries).where(entries.c.case_id == case_id).order_by(entries.c.seq)).all()
    found: list[Entry] = []
    chained = START
    for number, row in enumerate(lines, start=1):
        if row.seq != number:
            yield Fault(case_id, "seq", number, f"entry {number} is missing")
            return
        entry = _entry(row)
        if entry is None or row.hash != (chained := link(chained, case_id, entry)):
            yield Fault(case_id, "chain", number, "the entry was changed after it was written")
            return
        found.append(entry)
    if (case.seq, case.hash) != (len(found), chained):
        yield Fault(case_id, "end", len(found), f"the case is at entry {case.seq}, its last one is {len(found)}")
        return
    yield from _decision_faults(connection, case_id, found)
    yield from _personal_faults(connection, case_id, found)
    yield from _field_faults(connection, case_id, found)
    for seq, detail in row_faults(connection, case.pack_id, case_id, found):
        yield Fault(case_id, "row", seq, detail)
    yield from _state_faults(case, shelf, found)


def _state_faults(case: Row[Any], shelf: Shelf, found: list[Entry]) -> Iterator[Fault]:
    try:
        state = fold(case.id, found)
    except (KeyError, TypeError, ValueError) as error:
        yield Fault(case.id, "fold", detail=f"the entries give no state: {type(error).__name__}")
        return
    if json.loads(case.state) != json.loads(state_text(state)):
        yield Fault(case.id, "state", detail="the state is not what the entries give")
        return
    if state.pack is None:
        return
    try:
        pack = shelf.pack(state.pack)
    except EditionMissing as missing:
        yield Fault(case.id, "edition", detail=str(missing))
        return
    # The face itself is not compared: it is what the rules of its day made of the state, and only shown.
    index = index_row(state, face(pack, state), pack, case.hash)
    wrong = [name for name, value in index.items() if name not in ("state", "face") and case._mapping[name] != value]
    if wrong:
        yield Fault(case.id, "index", detail=f"not what the state gives: {', '.join(wrong)}")


def _decision_faults(connection: Connection, case_id: str, found: list[Entry]) -> Iterator[Fault]:
    """Decisions have to cover the entries without a gap, and to say of themselves what their entries say."""
    query = select(decisions).where(decisions.c.case_id == case_id)
    following = 1
    for row in connection.execute(query.order_by(decisions.c.first, decisions.c.last)):
        if row.first != following:
            yield Fault(case_id, "decision", following, "no decision, or more than one, wrote this entry")
            return
        if not _says_the_same(row, found[row.first - 1 : row.last]):
            yield Fault(case_id, "decision", row.first, "the decision is not what its entries say")
        following = row.last + 1
    if following != len(found) + 1:
        yield Fault(case_id, "decision", following, "no decision wrote this entry")


def _says_the_same(decision: Row[Any], wrote: list[Entry]) -> bool:
    """Whether a decision names who asked, what was refused and when as the entries do that it wrote."""
    refused = [entry for entry in wrote if entry.event == "refused"]
    code = json.loads(decision.refusal)["code"] if decision.refusal else None
    if [entry.data["code"] for entry in refused] != ([code] if code else []):
        return False
    persons = {entry.by for entry in wrote} - {CLOCK, HOUSE}
    return persons <= {decision.by_whom} and all(entry.noticed == decision.at for entry in wrote)


def _number_faults(connection: Connection) -> Iterator[Fault]:
    """Numbers are given out without a gap: one that no case has any more was taken away with its case."""
    given = set(connection.scalars(select(cases.c.number).where(cases.c.number.is_not(None))))
    counted = set()
    for row in connection.execute(select(numbers)):
        counted |= {f"{row.prefix}-{row.year}-{each:0{DIGITS}}" for each in range(1, row.last + 1)}
    for number in sorted(counted - given):
        yield Fault(number, "number", detail="it was given out, and no case has it")
    for number in sorted(given - counted - {""}):
        yield Fault(number, "number", detail="a case has it, and it was never given out")


def _personal_faults(connection: Connection, case_id: str, found: list[Entry]) -> Iterator[Fault]:
    """Every hash has a row with its value; one that was erased keeps its row, without value and salt."""
    hashed = {
        (entry.seq, field): hash_
        for entry in found
        if entry.event == "filled"
        for field, hash_ in entry.data["personal"].items()
    }
    rows = connection.execute(select(personal).where(personal.c.case_id == case_id))
    kept = {(row.seq, row.field): row for row in rows}
    for seq, field in sorted(hashed.keys() - kept.keys()):
        yield Fault(case_id, "personal", seq, f"{field} is not there any more, and was not erased")
    for (seq, field), row in sorted(kept.items()):
        erased = row.value is None and row.salt is None and (seq, field) in hashed
        if not erased and not _is_of(row, hashed.get((seq, field))):
            yield Fault(case_id, "personal", seq, f"{field} is not what was filled in")


def _is_of(row: Row[Any], hash_: str | None) -> bool:
    """Whether the value of a row is the one that was hashed."""
    if row.value is None or row.salt is None:
        return False
    try:
        return salted(row.salt, json.loads(row.value)) == hash_
    except ValueError:
        return False


def _field_faults(connection: Connection, case_id: str, found: list[Entry]) -> Iterator[Fault]:
    """The index of fields holds what was filled in last, and what the classes last were."""
    filled: dict[str, str] = {}
    for entry in found:
        filled |= indexed(entry)
    rows = connection.execute(select(field_index).where(field_index.c.case_id == case_id))
    held = {row.field: row.value for row in rows}
    wrong = sorted(name for name in filled.keys() | held.keys() if filled.get(name) != held.get(name))
    if wrong:
        yield Fault(case_id, "index", detail=f"fields that are not what was filled in: {', '.join(wrong)}")


def _entry(row: Row[Any]) -> Entry | None:
    try:
        return entry_of(row)
    except (TypeError, ValueError):
        return None
