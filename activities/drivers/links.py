"""Links from both ends: the rows beside ``linked`` entries, and what a case may ask about the cases that name it."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, bindparam, select

from activities.drivers.ledger import in_turn
from activities.drivers.tables import cases, links
from rules.entries import Entry

_INSERT = links.insert()
_NAMING = select(links.c.case_id).where(links.c.link == bindparam("of_link"), links.c.other == bindparam("of_case"))
_HERE = (
    select(links.c.case_id)
    .join(cases, cases.c.id == links.c.case_id)
    .where(links.c.other == bindparam("of_case"), cases.c.closed.is_(False))
)
_HOLDING = (
    select(cases.c.closed)
    .join(links, links.c.case_id == cases.c.id)
    .where(links.c.other == bindparam("of_case"), links.c.hold.is_(True))
)
#: The cases that open cases hold: what was decided in them is not carried out meanwhile.
_HELD = (
    select(links.c.other)
    .join(cases, links.c.case_id == cases.c.id)
    .where(links.c.hold.is_(True), cases.c.closed.is_(False))
    .distinct()
)


def link_rows(case_id: str, entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """The rows that ``linked`` entries of a case leave."""
    return [
        {
            "case_id": case_id,
            "seq": entry.seq,
            "link": entry.data["link"],
            "other": entry.data["case"],
            "hold": bool(entry.data.get("hold", False)),
        }
        for entry in entries
        if entry.event == "linked"
    ]


def keep_links(connection: Connection, case_id: str, entries: Iterable[Entry]) -> None:
    """Write the rows that new ``linked`` entries leave."""
    rows = link_rows(case_id, entries)
    if rows:
        connection.execute(_INSERT, rows)


def held_cases(connection: Connection) -> frozenset[str]:
    """The ids of the cases that an open case holds: what was decided in them is not carried out meanwhile."""
    return frozenset(connection.scalars(_HELD))


def naming(connection: Connection, link: str, case: str) -> list[str]:
    """The cases that hold a link to a case; until the transaction ends nobody else links to it."""
    in_turn(connection, f"links/{case}")
    return sorted(connection.scalars(_NAMING, {"of_link": link, "of_case": case}))


def linked_here(connection: Connection, case: str) -> list[str]:
    """The open cases that hold any link to a case; until the transaction ends nobody else links to it."""
    in_turn(connection, f"links/{case}")
    return sorted(set(connection.scalars(_HERE, {"of_case": case})))


def held(connection: Connection, case: str) -> str:
    """``now`` while an open case holds a case, ``before`` if one did, else ``never``."""
    closed = list(connection.scalars(_HOLDING, {"of_case": case}))
    return "now" if not all(closed) else "before" if closed else "never"
