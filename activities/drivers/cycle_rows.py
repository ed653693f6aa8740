"""What the ledger keeps of cycles: which packs run them, which periods were opened, and what they open cases for."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, func, select
from sqlalchemy.dialects import postgresql, sqlite

from activities.drivers.kept_rows import rows_as_of
from activities.drivers.tables import cases, cycle_runs, cycles, entries, field_index, outbox
from activities.drivers.writing import errand_row
from rules.outcomes import Errand

_INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@dataclass(frozen=True, slots=True)
class Run:
    """Whether an installation runs the cycles of a pack, since when (UTC), and who said so: empty where a case did."""

    pack_id: str
    running: bool
    since: datetime
    by: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A period that was opened: for which value of ``for_each`` (empty for none), as which case (empty: for nobody)."""

    period: str
    each: str
    case_id: str
    at: datetime


class CycleRows:
    """The rows of cycles in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def runs(self) -> dict[str, Run]:
        """Which packs run: what somebody said, else the packs of which a case was opened, since the first of these."""
        first = (
            select(cases.c.pack_id, func.min(cases.c.opened_at).label("since"))
            .where(cases.c.opened_at.is_not(None))
            .group_by(cases.c.pack_id)
        )
        found = {
            row.pack_id: Run(row.pack_id, running=True, since=_instant(row.since))
            for row in self.connection.execute(first)
        }
        said = self.connection.execute(select(cycle_runs))
        return found | {row.pack_id: Run(row.pack_id, row.running, row.since, row.by_whom) for row in said}

    def say(self, run: Run) -> None:
        """Writes down whether a pack runs, in place of what was said before."""
        new = _INSERTS[self.connection.dialect.name](cycle_runs)
        what = {name: getattr(new.excluded, name) for name in ("running", "since", "by_whom")}
        row = {"pack_id": run.pack_id, "running": run.running, "since": run.since, "by_whom": run.by}
        self.connection.execute(new.on_conflict_do_update(index_elements=["pack_id"], set_=what), row)

    def opened(self, pack_id: str, cycle: str) -> list[Opened]:
        """Every period of a cycle that was opened, the first one first."""
        query = select(cycles).where(cycles.c.pack_id == pack_id, cycles.c.cycle == cycle)
        rows = self.connection.execute(query.order_by(cycles.c.opened_at, cycles.c.period, cycles.c.each))
        return [Opened(row.period, row.each, row.case_id, row.opened_at) for row in rows]

    def write(self, pack_id: str, cycle: str, opened: Opened, errand: Errand | None) -> bool:
        """Writes down that a period was opened and puts its command into the outbox; whether anything new is to be opened.

        A period that is written down, a command that waits and a case that is there already stay as they are.
        """
        key = and_(cycles.c.pack_id == pack_id, cycles.c.cycle == cycle, cycles.c.period == opened.period)
        if self._there(select(cycles.c.period).where(key, cycles.c.each == opened.each)):
            return False
        row = {"pack_id": pack_id, "cycle": cycle, "period": opened.period, "each": opened.each}
        self.connection.execute(cycles.insert(), row | {"case_id": opened.case_id, "opened_at": opened.at})
        if errand is None or self._there(select(cases.c.id).where(cases.c.id == opened.case_id)):
            return False
        if self._there(select(outbox.c.id).where(outbox.c.key == errand.key)):
            return False
        self.connection.execute(outbox.insert(), errand_row(opened.case_id, errand, opened.at))
        return True

    def closed(self, case_id: str) -> datetime | None:
        """When a case was closed; None while it is open or not opened yet. One whose opening was refused ended at that."""
        row = self.connection.execute(select(cases.c.closed, cases.c.number).where(cases.c.id == case_id)).first()
        if row is None or not (row.closed or row.number is None):
            return None
        ends = "refused" if row.number is None else "closed"
        query = select(entries.c.at).where(entries.c.case_id == case_id, entries.c.event == ends)
        at: datetime | None = self.connection.scalar(query.order_by(entries.c.seq).limit(1))
        return at

    def kept(self, pack_id: str, table: str, at: datetime) -> tuple[str, ...]:
        """The keys of a table that the installation keeps, as they were known at an instant, however late it is asked."""
        return tuple(row.key for row in rows_as_of(self.connection, pack_id, table, at))

    def had(self, pack_id: str, but: str, field: str, since: datetime, until: datetime) -> tuple[str, ...]:
        """The values that a field has in the cases opened from one instant up to and without another, but those of a kind."""
        query = (
            select(field_index.c.value)
            .join(cases, cases.c.id == field_index.c.case_id)
            .where(
                cases.c.pack_id == pack_id, cases.c.kind != but, cases.c.opened_at >= since, cases.c.opened_at < until
            )
            .where(field_index.c.field == field)
        )
        return tuple(sorted(set(_texts(self.connection.execute(query.distinct())))))

    def _there(self, query: Any) -> bool:
        return self.connection.execute(query.limit(1)).first() is not None


def _instant(found: Any) -> datetime:
    """An aggregate comes back as the text that the database keeps, or as an instant."""
    return found if isinstance(found, datetime) else datetime.fromisoformat(found)


def _texts(rows: Iterable[Row[Any]]) -> Iterable[str]:
    for row in rows:
        try:
            value = json.loads(row.value)
        except ValueError:
            # The index keeps the beginning of a long text, which names nothing.
            continue
        yield from (each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str))
