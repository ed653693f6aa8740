"""What may come only once, found in the index of fields inside the transaction that asks."""

from sqlalchemy import Connection, select

from activities.drivers.ledger import in_turn
from activities.drivers.tables import cases, field_index
from rules.once import STANDS, mark_of


def had(connection: Connection, pack_id: str, case_id: str, rest: str) -> bool:
    """Whether another case of the pack, whatever its edition, has an item under ``<consequence>:<key>`` that stands.

    Who asks for the same waits until this transaction ends, so that of two cases that arrive at once one sees the other.
    """
    in_turn(connection, f"once {pack_id} {mark_of(rest)}")
    query = (
        select(field_index.c.case_id)
        .join(cases, cases.c.id == field_index.c.case_id)
        .where(field_index.c.field == mark_of(rest), field_index.c.value == STANDS)
        .where(cases.c.pack_id == pack_id, cases.c.id != case_id)
    )
    return connection.execute(query.limit(1)).first() is not None
