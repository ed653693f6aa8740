"""Whether the rows beside a case's entries are those that its entries leave: links, and rows of kept tables."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from activities.drivers.kept_rows import written_rows
from activities.drivers.links import link_rows
from activities.drivers.tables import kept_rows, links
from rules.entries import Entry


def row_faults(connection: Connection, pack_id: str, case_id: str, found: list[Entry]) -> Iterator[tuple[int, str]]:
    """The seq of every entry whose row is not what it leaves, and what is wrong with it."""
    links_held = connection.execute(select(links).where(links.c.case_id == case_id))
    yield from _differing("link", link_rows(case_id, found), [dict(row._mapping) for row in links_held])
    of_case = kept_rows.c.origin.startswith(f"{case_id}/", autoescape=True)
    rows = connection.execute(select(kept_rows).where(of_case).order_by(kept_rows.c.id))
    held = [{name: value for name, value in row._mapping.items() if name != "id"} for row in rows]
    yield from _differing("row of a kept table", written_rows(pack_id, case_id, found), held)


def _differing(what: str, left: list[dict[str, Any]], held: list[dict[str, Any]]) -> Iterator[tuple[int, str]]:
    wanted, there = ({_seq(row): row for row in rows} for rows in (left, held))
    for seq in sorted(wanted.keys() | there.keys()):
        if wanted.get(seq) != there.get(seq):
            how = "is not what the entry left" if seq in wanted and seq in there else "and its entry do not match"
            yield seq, f"the {what} {how}"


def _seq(row: dict[str, Any]) -> int:
    return int(row["seq"]) if "seq" in row else int(str(row["origin"]).rpartition("/")[2])
