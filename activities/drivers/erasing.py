"""Erasing a person: personal values go for good, the chain of the case still verifies."""

from sqlalchemy import select, update

from activities.drivers.ledger import Ledger
from activities.drivers.tables import decisions, personal


def erase(ledger: Ledger, case_id: str, *fields: str) -> int:
    """Erases the personal values of a case, all of them or those of some fields. Gives back how many were there.

    Entries keep their salted hashes. The salt of the value goes too, and that of its decision, which it was made from,
    so that nobody can try out what was hashed; other values of the decision keep salts of their own.

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
            connection.execute(update(decisions).where(*decided).values(salt=None))
        connection.execute(update(personal).where(*mine).values(value=None, salt=None))
    return len(gone)
