"""What a count finds in the ledger, inside the transaction that asks: nobody else counts the same meanwhile."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, select

from activities.drivers.codec import STATE, canonical, entry_of
from activities.drivers.ledger import in_turn
from activities.drivers.tables import INDEXED, cases, entries, field_index
from rules.counted_rows import CASES, THIS_CASE, Asked, Counted, counted_rows, entries_needed
from rules.counts import Count
from rules.entries import Entry
from rules.pack import Pack
from rules.reporting_rows import CaseThen
from rules.state import State


def counted(connection: Connection, pack: Pack, state: State, rest: str) -> Counted:
    """The rows of other cases of the pack, whatever their edition, and the entries that this case has so far.

    Who counts the same waits until this transaction ends, so that of two cases that arrive at once one sees the other.
    """
    asked = Asked.from_text(rest)
    count = pack.file.count[asked.name]
    in_turn(connection, f"count {pack.ref.id} {asked.name} {canonical(asked.same)}")
    needed = entries_needed(count)
    own = _entries(connection, select(cases.c.id).where(cases.c.id == state.case_id), needed)
    others = () if THIS_CASE in count.same else _others(connection, pack, state, count, asked)
    rows = tuple(counted_rows(pack, asked.name, asked.same, others))
    return Counted(rows, own.get(state.case_id, ()))


def _others(connection: Connection, pack: Pack, state: State, count: Count, asked: Asked) -> Iterator[CaseThen]:
    wanted = select(cases.c.id).where(cases.c.pack_id == pack.ref.id, cases.c.id != state.case_id, cases.c.seq > 0)
    if count.kind:
        wanted = wanted.where(cases.c.kind.in_(count.kind))
    if count.over == CASES and asked.first and asked.last:
        wanted = wanted.where(cases.c.opened_at.between(asked.first, asked.last))
    for name, value in _indexed(pack, count, asked):
        held = field_index.alias()
        wanted = wanted.join(held, held.c.case_id == cases.c.id)
        wanted = wanted.where(held.c.field == name, held.c.value == canonical(value)[:INDEXED])
    needed = entries_needed(count)
    found = _entries(connection, wanted, needed)
    query = select(cases.c.id, cases.c.state).where(cases.c.id.in_(wanted)).order_by(cases.c.opened_at, cases.c.id)
    for row in connection.execute(query):
        if not needed or row.id in found:
            yield CaseThen(STATE.validate_json(row.state), found.get(row.id, ()))


def _indexed(pack: Pack, count: Count, asked: Asked) -> Iterator[tuple[str, Any]]:
    """The fields by which the index finds the cases; it has the last value only, so not those of each copy of a form."""
    word, _, name = count.over.partition(".")
    each = {field.name for field in pack.file.form[name].fields} if word == "form" else set()
    for field, value in zip(count.same, asked.same, strict=True):
        if field not in each:
            yield field, value


def _entries(connection: Connection, wanted: Select[Any], needed: frozenset[str]) -> dict[str, tuple[Entry, ...]]:
    """The entries of some events, by case."""
    if not needed:
        return {}
    query = select(entries).where(entries.c.case_id.in_(wanted), entries.c.event.in_(needed))
    found: dict[str, list[Entry]] = {}
    for row in connection.execute(query.order_by(entries.c.case_id, entries.c.seq)):
        found.setdefault(row.case_id, []).append(entry_of(row))
    return {case: tuple(lines) for case, lines in found.items()}
