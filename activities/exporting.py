"""The ledger for auditors: one JSON object a line, cases one after another, each entry with its hash."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Table, select, true

from activities.drivers.codec import canonical
from activities.drivers.ledger import Ledger
from activities.drivers.tables import cases, decisions, deliveries, entries, kept_rows, personal
from rules.instants import stamp

_JSON = {"clause", "data", "refusal", "value"}
_NAMES = {"by_whom": "by"}


def export(ledger: Ledger, only: Iterable[str] = (), *, with_personal: bool = False) -> Iterator[str]:
    """The lines of all cases, or of some by their ids: ``case``, then its ``decision``, ``entry``, ``delivery`` lines.

    Where all are asked for, the rows of kept tables come first, as ``table_row`` lines.

    Salts are never among them; personal values and addresses only where they are asked for.

    Raises:
        LedgerAway: The database does not answer.
    """
    if not only:
        yield from _lines(ledger, "table_row", kept_rows, true(), kept_rows.c.id, {"id"})
    with ledger.reading() as connection:
        wanted = list(only) or list(connection.scalars(select(cases.c.id).order_by(cases.c.opened_at, cases.c.id)))
    for case_id in wanted:
        yield from _lines(ledger, "case", cases, cases.c.id == case_id, cases.c.id, {"state", "face"})
        yield from _lines(ledger, "decision", decisions, decisions.c.case_id == case_id, decisions.c.first, {"salt"})
        yield from _lines(ledger, "entry", entries, entries.c.case_id == case_id, entries.c.seq, set())
        hidden = set() if with_personal else {"address"}
        yield from _lines(ledger, "delivery", deliveries, deliveries.c.case_id == case_id, deliveries.c.at, hidden)
        if with_personal:
            yield from _lines(ledger, "personal", personal, personal.c.case_id == case_id, personal.c.seq, {"salt"})


def _lines(ledger: Ledger, kind: str, table: Table, where: Any, order: Any, hidden: set[str]) -> Iterator[str]:
    shown = [column for column in table.columns if column.name not in hidden]
    with ledger.reading() as connection:
        rows = connection.execute(select(*shown).where(where).order_by(order)).all()
    for row in rows:
        line = {_NAMES.get(name, name): _plain(name, value) for name, value in row._mapping.items()}
        yield canonical({"line": kind, **line})


def _plain(name: str, value: Any) -> Any:
    if value is not None and name in _JSON:
        return json.loads(value)
    return stamp(value) if hasattr(value, "astimezone") else value
