"""What the ledger holds of what was there before: copies of a form in a case, open cases with the values of a key."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, bindparam, select

from activities.drivers.codec import STATE, canonical, entry_of
from activities.drivers.ledger import in_turn
from activities.drivers.tables import INDEXED, cases, entries, field_index
from rules.entries import Entry
from rules.state import State

_FILLED = (
    select(entries)
    .where(
        entries.c.case_id == bindparam("case"),
        entries.c.event == "filled",
        entries.c.subject == bindparam("subject"),
    )
    .order_by(entries.c.seq)
)


def filled(connection: Connection, case_id: str, form: str) -> list[Entry]:
    """The entries of a case that say that a form was filled, in order."""
    return [entry_of(row) for row in connection.execute(_FILLED, {"case": case_id, "subject": f"form.{form}"})]


def open_cases(connection: Connection, pack_id: str, kind: str, key: dict[str, Any]) -> Iterator[State]:
    """The open cases of a kind whose indexed fields begin with the values of a key.

    On PostgreSQL nobody else can open a case of that key until this transaction ends; SQLite has one writer at a time.
    """
    in_turn(connection, f"open:{pack_id}:{kind}:{canonical(key)}")
    query = select(cases.c.state).where(
        cases.c.pack_id == pack_id, cases.c.kind == kind, cases.c.closed.is_(False), cases.c.number.is_not(None)
    )
    for name, value in key.items():
        same = select(field_index.c.case_id).where(
            field_index.c.field == name, field_index.c.value == canonical(value)[:INDEXED]
        )
        query = query.where(cases.c.id.in_(same))
    for row in connection.execute(query.order_by(cases.c.opened_at, cases.c.number)):
        yield STATE.validate_json(row.state)
