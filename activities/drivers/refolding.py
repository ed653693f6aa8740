"""The states of a ledger made anew from its entries, as a migration asks where states have got another shape."""

from itertools import groupby
from operator import attrgetter

from sqlalchemy import Connection, bindparam, select, update

from activities.drivers.codec import STATE, entry_of
from activities.drivers.tables import cases, entries
from rules.evolve import fold

_AT_ONCE = 1_000


def fold_anew(connection: Connection) -> int:
    """Writes the state of every case as the fold of its entries; gives back how many cases there are.

    Entries are never altered; a state is only what they say, so that nothing is lost by writing it again.
    """
    ids = list(connection.scalars(select(cases.c.id).order_by(cases.c.id)))
    write = update(cases).where(cases.c.id == bindparam("case")).values(state=bindparam("anew"))
    for begin in range(0, len(ids), _AT_ONCE):
        some = ids[begin : begin + _AT_ONCE]
        query = select(entries).where(entries.c.case_id.in_(some)).order_by(entries.c.case_id, entries.c.seq)
        states = [
            {"case": case, "anew": STATE.dump_json(fold(case, map(entry_of, rows))).decode()}
            for case, rows in groupby(connection.execute(query), attrgetter("case_id"))
        ]
        connection.execute(write, states)
    return len(ids)
