"""Cases as they stood at an instant, out of the ledger, some hundreds at a time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from activities.drivers.codec import STATE, entry_of
from activities.drivers.tables import cases, entries, personal
from rules.entries import Entry
from rules.reporting_rows import CaseThen, as_it_stood
from rules.state import State

#: Entries of an early ledger do not say when they were written.
_WRITTEN = func.coalesce(entries.c.written, entries.c.noticed)
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases are wanted; what is empty does not narrow.

    ``events``: which entries come with them. ``opened``: only those opened from one instant up to another.
    ``happened``: only those with an entry of these events, ``between`` two instants where these are given.
    """

    pack_id: str
    as_of: datetime
    events: frozenset[str]
    kinds: tuple[str, ...] = ()
    opened: tuple[datetime, datetime] | None = None
    happened: frozenset[str] = frozenset()
    between: tuple[datetime, datetime] | None = None


def cases_then(connection: Connection, wanted: Wanted) -> Iterator[CaseThen]:
    """The wanted cases by what had been noticed; those that were not opened yet are left out."""
    found = connection.execute(_query(wanted)).all()
    for begin in range(0, len(found), _AT_ONCE):
        some = found[begin : begin + _AT_ONCE]
        states = {row.id: STATE.validate_json(row.state) for row in some}
        later = [row.id for row in some if (row.written or states[row.id].last_at or wanted.as_of) > wanted.as_of]
        yield from _batch(connection, wanted, states, later)


def _query(wanted: Wanted) -> Any:
    query = select(cases.c.id, cases.c.state, cases.c.written).where(
        cases.c.pack_id == wanted.pack_id, cases.c.number.is_not(None)
    )
    query = query.where(cases.c.opened_at <= wanted.as_of) if wanted.opened is None else query
    if wanted.kinds:
        query = query.where(cases.c.kind.in_(wanted.kinds))
    if wanted.opened is not None:
        query = query.where(cases.c.opened_at >= wanted.opened[0], cases.c.opened_at < wanted.opened[1])
    if wanted.happened:
        met = [entries.c.event.in_(sorted(wanted.happened)), wanted.as_of >= _WRITTEN]
        if wanted.between is not None:
            met += [entries.c.at >= wanted.between[0], entries.c.at < wanted.between[1]]
        query = query.where(cases.c.id.in_(select(entries.c.case_id).where(*met)))
    return query.order_by(cases.c.opened_at, cases.c.id)


def _batch(connection: Connection, wanted: Wanted, states: dict[str, State], later: list[str]) -> Iterator[CaseThen]:
    """Nothing has come since for most cases: their state is the one that is kept; the others are folded again."""
    needed = or_(entries.c.event.in_(sorted(wanted.events)), entries.c.case_id.in_(later))
    query = (
        select(*(column for column in entries.c if column.name not in ("hash", "written")))
        .where(and_(entries.c.case_id.in_(list(states)), wanted.as_of >= _WRITTEN, needed))
        .order_by(entries.c.case_id, entries.c.seq)
    )
    rows = connection.execute(query)
    lines: dict[str, tuple[Entry, ...]] = {
        case: tuple(entry_of(row) for row in group) for case, group in groupby(rows, key=lambda row: row.case_id)
    }
    changed = frozenset(later)
    for case, state in states.items():
        if case not in changed:
            yield CaseThen(state, lines.get(case, ()))
        elif (stood := as_it_stood(case, lines.get(case, ()), wanted.as_of)) is not None:
            yield stood


def personal_values(connection: Connection, case_ids: Iterable[str], fields: Iterable[str]) -> dict[Any, str | None]:
    """Personal values as JSON by (case id, seq, field); None for one that was erased."""
    ids, found = list(case_ids), {}
    for begin in range(0, len(ids), _AT_ONCE):
        query = select(personal.c.case_id, personal.c.seq, personal.c.field, personal.c.value).where(
            personal.c.case_id.in_(ids[begin : begin + _AT_ONCE]), personal.c.field.in_(sorted(fields))
        )
        for row in connection.execute(query):
            found[row.case_id, row.seq, row.field] = row.value
    return found
