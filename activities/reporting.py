"""Reports out of the ledger: each is read in one transaction, from what had been noticed by an instant."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

from sqlalchemy import Connection

from activities.drivers.kept_rows import rows_for_rules
from activities.drivers.ledger import Ledger
from activities.drivers.then import Wanted, cases_then, personal_values
from activities.gathering import Calendars
from activities.shelf import Published
from rules.calendar import Calendar
from rules.counts import Report
from rules.directory import Directory
from rules.editions import in_force
from rules.pack import Pack
from rules.periods import Period, midnight_before
from rules.reporting import Made, looks_back, make, needed_of
from rules.reporting_rows import named_by
from rules.reporting_tables import TablesThen, tables_read
from rules.reporting_values import Personal

#: What stands in a register where a personal value was erased; people read it in their language.
ERASED = "erased"
#: Of an edition whose publishing nobody wrote down.
_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)

_STARTS = {
    "form": ("filled",),
    "step": ("moved",),
    "clock": ("clock_started",),
    "task": ("task_given",),
}


class Editions(Published, Calendars, Protocol):
    """Where editions and calendars come from."""


@dataclass(frozen=True, slots=True)
class Erased:
    """A personal value that is gone for good."""

    def __str__(self) -> str:
        """The word that stands for it."""
        return ERASED


class Reports:
    """Makes reports. Every method may raise `LedgerAway`."""

    def __init__(self, ledger: Ledger, shelf: Editions) -> None:
        self._ledger = ledger
        self._shelf = shelf

    def edition(self, pack_id: str, at: datetime) -> Pack | None:
        """The edition of a pack that was in force at an instant; None where none was.

        In force is what had been published by then and whose days include that date; of several the newest. Where
        nothing had been published by then, as for cases that were rehearsed in the past, it is what was published first.
        Of an edition whose publishing nobody wrote down, such as a shipped one, the days alone say it.
        """
        dated = [(self._shelf.published_at(pack.ref) or _ALWAYS, pack) for pack in self._in_force(pack_id, at)]
        by_then = [pack for published, pack in dated if published <= at]
        if by_then:
            return max(by_then, key=lambda pack: pack.ref.edition)
        return min(dated, key=lambda each: (each[0], each[1].ref.edition))[1] if dated else None

    def settled(self, as_of: datetime, now: datetime) -> datetime:
        """The instant to ask for instead of one that is just passing, once all is written that was noticed by then.

        What is being written now may have been noticed a moment ago: it is waited for, so that a report made for a past
        instant is the same for ever.
        """
        self._ledger.settle()
        past = now.replace(microsecond=0) - timedelta(seconds=1)
        return past if past < as_of <= now else as_of

    def having(self, name: str, at: datetime) -> list[Pack]:
        """The editions in force at an instant that have a report of that name; every edition in force without a name."""
        ids = sorted({ref.id for ref in self._shelf.published()})
        packs = [pack for pack_id in ids if (pack := self.edition(pack_id, at)) is not None]
        return [pack for pack in packs if not name or name in pack.file.report]

    def make(self, pack: Pack, name: str, period: Period, as_of: datetime) -> Made:
        """A report of an edition for a period, from what had been noticed by an instant."""
        calendar = self._shelf.calendar(pack.file.calendar)
        with self._ledger.reading() as connection:
            if not self._ledger.is_sqlite:
                # Several statements, one moment: what is written meanwhile is not seen by half of them.
                connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            wanted = wanted_by(pack, name, period, as_of, calendar)
            facts = _tables(connection, pack, name, as_of, calendar)
            made = make(pack, name, period, as_of, cases_then(connection, wanted), calendar, facts)
            return _with_personal(connection, made)

    def _in_force(self, pack_id: str, at: datetime) -> Iterator[Pack]:
        for ref in self._shelf.published():
            if ref.id != pack_id:
                continue
            pack = self._shelf.pack(ref)
            if in_force(pack.file, self._shelf.calendar(pack.file.calendar).local_date(at)):
                yield pack


def _tables(connection: Connection, pack: Pack, name: str, as_of: datetime, calendar: Calendar) -> TablesThen:
    """The kept tables that a report looks up, as they were known and held at an instant."""
    answers = {
        f"table:{table}": rows_for_rules(connection, pack.ref.id, table, as_of)
        for table in tables_read(pack, pack.file.report[name])
    }
    return TablesThen(Directory(), calendar, answers=answers)


def wanted_by(pack: Pack, name: str, period: Period, as_of: datetime, calendar: Calendar) -> Wanted:
    """The cases that can have a row in a period, or in the one before where the report looks back."""
    report = pack.file.report[name]
    first = period.previous.first if looks_back(report) else period.first
    span = midnight_before(first, calendar.zone), midnight_before(period.next.first, calendar.zone)
    wanted = Wanted(pack.ref.id, as_of, needed_of(report), report.kind)
    return _narrowed(wanted, report, span)


def _narrowed(wanted: Wanted, report: Report, span: tuple[datetime, datetime]) -> Wanted:
    word, dated = report.over.partition(".")[0], report.dated
    if dated == "opened" or (dated is None and word == "cases"):
        return replace(wanted, opened=span)
    if dated is None and word == "consequence":
        # A consequence may be dated into another month than that of its decision.
        return replace(wanted, happened=frozenset({"consequence_decided", "consequence_reversed"}))
    if dated is None:
        return replace(wanted, happened=frozenset(_STARTS[word]), between=span)
    if dated.startswith(("field.", "stage.")):
        return wanted
    return replace(wanted, happened=frozenset(named_by(dated)[0]), between=span)


def _with_personal(connection: Connection, made: Made) -> Made:
    """The report with the personal values of its register, as far as they are still there."""
    apart = [cell for line in made.register for cell in line.cells if isinstance(cell, Personal)]
    if not apart:
        return made
    kept = personal_values(connection, sorted({cell.case_id for cell in apart}), {cell.field for cell in apart})

    def shown(cell: object) -> object:
        if not isinstance(cell, Personal):
            return cell
        value = kept.get((cell.case_id, cell.seq, cell.field))
        return Erased() if value is None else json.loads(value)

    register = tuple(replace(line, cells=tuple(shown(cell) for cell in line.cells)) for line in made.register)
    return replace(made, register=register)
