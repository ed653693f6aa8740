"""Kept tables: dated rows that only grow, so that what was known at an instant can be read for ever."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection, or_, select

from activities.drivers.codec import canonical
from activities.drivers.ledger import Ledger
from activities.drivers.tables import kept_rows
from rules.entries import Entry
from rules.lookups import kept_row

_INSERT = kept_rows.insert()
_BYTES_OF_ORIGIN = 8


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row of a kept table: what ``key`` gives from one instant to another (open where None), who wrote it and when.

    ``gives`` is None where the key has no row from then on. ``origin``: ``<case id>/<seq>`` of the entry that wrote it,
    or ``hand/…``.
    """

    key: str
    gives: dict[str, str] | None
    valid_from: datetime
    valid_to: datetime | None
    written_at: datetime
    by: str
    origin: str


def rows_as_of(
    connection: Connection,
    pack_id: str,
    name: str,
    known: datetime,
    valid: datetime | None = None,
    key: str | None = None,
) -> list[KeptRow]:
    """The rows of a table by key, as known at one instant for another; of several for one key the one that began last.

    Args:
        connection: A transaction of the ledger.
        pack_id: Whose table it is.
        name: The table.
        known: What was written later is not seen.
        valid: The instant for which rows hold; left out, as ``known``.
        key: Only this key.
    """
    of = valid or known
    query = select(kept_rows).where(
        kept_rows.c.pack_id == pack_id,
        kept_rows.c.name == name,
        kept_rows.c.written_at <= known,
        kept_rows.c.valid_from <= of,
        or_(kept_rows.c.valid_to.is_(None), kept_rows.c.valid_to > of),
    )
    if key is not None:
        query = query.where(kept_rows.c.key == key)
    # Texts of instants sort by time; what was written last goes before what began at the same instant.
    last = {row.key: _row(row) for row in connection.execute(query.order_by(kept_rows.c.valid_from, kept_rows.c.id))}
    return [row for _, row in sorted(last.items()) if row.gives is not None]


def rows_for_rules(
    connection: Connection, pack_id: str, name: str, known: datetime, key: str | None = None
) -> list[dict[str, Any]]:
    """The same rows as rules get them, ranges with their ends."""
    return [kept_row(row.key, row.gives or {}) for row in rows_as_of(connection, pack_id, name, known, key=key)]


def history(connection: Connection, pack_id: str, name: str) -> list[KeptRow]:
    """Every row that was ever written to a table, in the order of writing."""
    query = select(kept_rows).where(kept_rows.c.pack_id == pack_id, kept_rows.c.name == name)
    return [_row(row) for row in connection.execute(query.order_by(kept_rows.c.id))]


def put_row(ledger: Ledger, pack_id: str, name: str, row: KeptRow) -> bool:
    """Add a row that a person writes; False, and nothing is written, where it says what holds already.

    Raises:
        LedgerAway: The database does not answer; nothing was written.
    """
    with ledger.writing(f"table/{pack_id}/{name}") as connection:
        now = rows_as_of(connection, pack_id, name, row.written_at, row.valid_from, row.key)
        if row.valid_to is None and [(each.gives, each.valid_to) for each in now] == [(row.gives, None)]:
            return False
        connection.execute(_INSERT, [_columns(pack_id, name, row)])
    return True


def origin_by_hand() -> str:
    """An origin of a row that a person writes."""
    return f"hand/{token_hex(_BYTES_OF_ORIGIN)}"


def written_rows(pack_id: str, case_id: str, entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """The rows that ``table_written`` entries of a case leave."""
    return [
        _columns(
            pack_id,
            entry.data["table"],
            KeptRow(
                entry.data["key"],
                entry.data["gives"],
                datetime.fromisoformat(entry.data["from"]),
                None,
                entry.noticed,
                entry.by,
                f"{case_id}/{entry.seq}",
            ),
        )
        for entry in entries
        if entry.event == "table_written"
    ]


def keep_rows(connection: Connection, pack_id: str, case_id: str, entries: Iterable[Entry]) -> None:
    """Write the rows that new ``table_written`` entries leave."""
    rows = written_rows(pack_id, case_id, entries)
    if rows:
        connection.execute(_INSERT, rows)


def _columns(pack_id: str, name: str, row: KeptRow) -> dict[str, Any]:
    return {
        "pack_id": pack_id,
        "name": name,
        "key": row.key,
        "data": canonical(row.gives),
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "written_at": row.written_at,
        "by_whom": row.by,
        "origin": row.origin,
    }


def _row(row: Any) -> KeptRow:
    gives: Mapping[str, str] | None = json.loads(row.data)
    return KeptRow(
        row.key,
        None if gives is None else dict(gives),
        row.valid_from,
        row.valid_to,
        row.written_at,
        row.by_whom,
        row.origin,
    )
