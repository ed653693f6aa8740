"""Erasing a person: personal values go for good, the chain of the case still verifies."""

from sqlalchemy import select, update

from activities.drivers.ledger import Ledger
from activities.drivers.tables import decisions, personal


def erase(ledger: Ledger, case_id: str, *fields: str) -> int:
    """Erases the personal values of a case, all of them or those of some fields. Gives back how many were there.

    Entries keep their salted hashes. The salt of the whole decision goes too, so that nobody can try out what was
    hashed; what else that decision filled in stays, and can no longer be checked against its hash.

    Raises:
        LedgerAway: The database does not answer; nothing was erased.
    """
    mine = [personal.c.case_id == case_id, personal.c.value.is_not(None)]
    if fields:
        mine.append(personal.c.field.in_(fields))
    with ledger.writing(case_id) as connection:
        gone = connection.scalars(select(personal.c.seq).where(*mine)).all()
        for seq in set(gone):
            decided = [decisions.c.case_id == case_id, decisions.c.first <= seq, decisions.c.last >= seq]
            first, last = connection.execute(select(decisions.c.first, decisions.c.last).where(*decided)).one()
            connection.execute(update(decisions).where(*decided).values(salt=None))
            beside = [personal.c.case_id == case_id, personal.c.seq.between(first, last)]
            connection.execute(update(personal).where(*beside).values(salt=None))
        connection.execute(update(personal).where(*mine).values(value=None))
    return len(gone)
