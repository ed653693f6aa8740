"""Erasing a person: personal values go for good, the chain of the case still verifies."""

import json

from sqlalchemy import select, update

from activities.drivers.ledger import Ledger
from activities.drivers.tables import decisions, deliveries, personal
from activities.notices import CUSTOMER


def erase(ledger: Ledger, case_id: str, *fields: str) -> int:
    """Erases the personal values of a case, all of them or those of some fields. Gives back how many were there.

    Entries keep their salted hashes. The salt of the value goes too, and that of its decision, which it was made from,
    so that nobody can try out what was hashed; other values of the decision keep salts of their own. The addresses that
    the customer was written to go from the deliveries of the case, of some fields those that stood in them.

    It does not reach: the engine's histories, which hold what was asked until they are dropped; files that were
    attached; letters that were sent or written as files; other cases of the same person; backups, exports and logs;
    fields that the pack does not call personal.

    Raises:
        LedgerAway: The database does not answer; nothing was erased.
    """
    mine = [personal.c.case_id == case_id, personal.c.value.is_not(None)]
    if fields:
        mine.append(personal.c.field.in_(fields))
    with ledger.writing(case_id) as connection:
        gone = connection.execute(select(personal.c.seq, personal.c.value).where(*mine)).all()
        for seq in {row.seq for row in gone}:
            decided = [decisions.c.case_id == case_id, decisions.c.first <= seq, decisions.c.last >= seq]
            connection.execute(update(decisions).where(*decided).values(salt=None))
        connection.execute(update(personal).where(*mine).values(value=None, salt=None))
        written = [deliveries.c.case_id == case_id, deliveries.c.person == CUSTOMER]
        if fields:
            held = [str(json.loads(row.value)).strip() for row in gone]
            written.append(deliveries.c.address.in_(held))
        connection.execute(update(deliveries).where(*written).values(address=""))
    return len(gone)
