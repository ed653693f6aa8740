"""What a ledger keeps beside its entries made anew from them, as a migration asks where its shape has changed."""

from itertools import groupby
from operator import attrgetter

from sqlalchemy import Connection, bindparam, delete, select, update

from activities.drivers.codec import entry_of, state_text
from activities.drivers.links import keep_links
from activities.drivers.tables import cases, entries, links
from rules.evolve import fold

_AT_ONCE = 1_000


def fold_anew(connection: Connection) -> int:
    """Writes the state and the links of every case as its entries give them; gives back how many cases there are.

    Entries are never altered; a state is only what they say, so that nothing is lost by writing it again.
    """
    ids = list(connection.scalars(select(cases.c.id).order_by(cases.c.id)))
    write = update(cases).where(cases.c.id == bindparam("case")).values(state=bindparam("anew"))
    for begin in range(0, len(ids), _AT_ONCE):
        some = ids[begin : begin + _AT_ONCE]
        connection.execute(delete(links).where(links.c.case_id.in_(some)))
        query = select(entries).where(entries.c.case_id.in_(some)).order_by(entries.c.case_id, entries.c.seq)
        for case, rows in groupby(connection.execute(query), attrgetter("case_id")):
            found = [entry_of(row) for row in rows]
            connection.execute(write, {"case": case, "anew": state_text(fold(case, found))})
            keep_links(connection, case, found)
    return len(ids)
