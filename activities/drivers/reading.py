"""Reading the ledger: cases, entries, decisions, deliveries, the organisation. Writes nothing."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, or_, select

from activities.drivers.codec import STATE, entry_of
from activities.drivers.ledger import Ledger
from activities.drivers.outbox import Delivery
from activities.drivers.people_rows import Directories
from activities.drivers.tables import (
    cases,
    decisions,
    deliveries,
    entries,
    field_index,
    organisation_versions,
    personal,
)
from activities.drivers.writing import Decided, decided_of
from rules.directory import Directory
from rules.entries import Entry
from rules.outcomes import Filled
from rules.pack import PackRef
from rules.state import State


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as the ledger knows it. ``owner`` is the role that owns its stage; ``next_due`` in UTC."""

    id: str
    number: str
    pack_id: str
    edition: int
    sha256: str
    kind: str
    stage: str
    standing: str
    owner: str
    opened_at: datetime | None
    opened_by: str
    next_due: datetime | None
    closed: bool
    provisional: bool
    seq: int
    state: State


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases are asked for; what is empty does not narrow. ``fields``: values that rules read, as JSON texts."""

    pack_id: str = ""
    kind: str = ""
    stage: str = ""
    standing: str = ""
    owner: str = ""
    closed: bool | None = None
    due_before: datetime | None = None
    provisional: bool | None = None
    fields: tuple[tuple[str, str], ...] = ()
    most: int = 1000


@dataclass(frozen=True, slots=True)
class PersonalValue:
    """A personal value of a filled form; None once it was erased."""

    seq: int
    form: str
    copy: int
    field: str
    value: Any


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the organisation: from when on it is valid (UTC), who applied it, the checksum of its file."""

    version: int
    valid_from: datetime
    applied_by: str
    sha256: str


class Reading:
    """Answers from the ledger. Every method may raise `LedgerAway`."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._directories = Directories()

    def case(self, named: str) -> CaseRow | None:
        """The case of an id or a readable number, None if there is none."""
        found = self._rows(select(cases).where(or_(cases.c.id == named, cases.c.number == named)))
        return _case(found[0]) if found else None

    def cases(self, which: CaseFilter | None = None) -> list[CaseRow]:
        """The opened cases that a filter names, the oldest first."""
        asked = which or CaseFilter()
        query = select(cases).where(cases.c.number.is_not(None)).order_by(cases.c.opened_at, cases.c.number)
        for name in ("pack_id", "kind", "stage", "standing", "owner"):
            if value := getattr(asked, name):
                query = query.where(cases.c[name] == value)
        for name in ("closed", "provisional"):
            if (flag := getattr(asked, name)) is not None:
                query = query.where(cases.c[name].is_(flag))
        if asked.due_before is not None:
            query = query.where(cases.c.next_due < asked.due_before)
        for name, value in asked.fields:
            has = select(field_index.c.case_id).where(field_index.c.field == name, field_index.c.value == value)
            query = query.where(cases.c.id.in_(has))
        return [_case(row) for row in self._rows(query.limit(asked.most))]

    def provisional(self, after: str, most: int) -> list[CaseRow]:
        """The open cases that count past a calendar's end, by their ids, from the first id after one on."""
        query = select(cases).where(cases.c.provisional.is_(True), cases.c.closed.is_(False), cases.c.id > after)
        return [_case(row) for row in self._rows(query.order_by(cases.c.id).limit(most))]

    def pack_of(self, case_id: str) -> PackRef | None:
        """The edition that a case runs on, None if there is no such case."""
        query = select(cases.c.pack_id, cases.c.edition, cases.c.sha256).where(cases.c.id == case_id)
        return next((PackRef(row.pack_id, row.edition, row.sha256) for row in self._rows(query)), None)

    def case_ids(self) -> list[str]:
        """The ids of all cases, refused openings among them."""
        return [row.id for row in self._rows(select(cases.c.id).order_by(cases.c.id))]

    def editions(self) -> list[PackRef]:
        """The edition of every open case, each once, sorted by id and edition."""
        columns = (cases.c.pack_id, cases.c.edition, cases.c.sha256)
        rows = self._rows(select(*columns).where(cases.c.closed.is_(False)).distinct().order_by(*columns))
        return [PackRef(row.pack_id, row.edition, row.sha256) for row in rows]

    def entries(self, case_id: str) -> list[Entry]:
        """Every entry of a case, in order."""
        return [entry_of(row) for row in self._rows(_of(entries, case_id).order_by(entries.c.seq))]

    def decision(self, case_id: str, command_id: str) -> Decided | None:
        """How a command was decided, None if it was not."""
        rows = self._rows(_of(decisions, case_id).where(decisions.c.command_id == command_id))
        return decided_of(rows[0]) if rows else None

    def decisions(self, case_id: str) -> list[Decided]:
        """Every decision of a case, in order."""
        return [decided_of(row) for row in self._rows(_of(decisions, case_id).order_by(decisions.c.first))]

    def deliveries(self, case_id: str) -> list[Delivery]:
        """What became of every message of a case, in the order of their keys."""
        rows = self._rows(_of(deliveries, case_id).order_by(deliveries.c.at, deliveries.c.key))
        return [Delivery(**row._mapping) for row in rows]

    def copies(self, case_id: str) -> list[Filled]:
        """Every filled copy of a form, in order; without its personal values, whose names it lists."""
        query = _of(entries, case_id).where(entries.c.event == "filled").order_by(entries.c.seq)
        filled = [entry_of(row).data for row in self._rows(query)]
        return [
            Filled(each["form"], each["copy"], each["values"] | each["kept"], tuple(each["personal"]))
            for each in filled
        ]

    def personal(self, case_id: str) -> list[PersonalValue]:
        """The personal values of a case, in the order in which they were filled in."""
        rows = self._rows(_of(personal, case_id).order_by(personal.c.seq, personal.c.field))
        return [
            PersonalValue(row.seq, row.form, row.copy, row.field, None if row.value is None else json.loads(row.value))
            for row in rows
        ]

    def directory(self, at: datetime) -> Directory:
        """Everybody, as of an instant."""
        with self._ledger.reading() as connection:
            return self._directories.at(connection, at)

    def organisation_versions(self) -> list[Version]:
        """The versions of the organisation, the first one first."""
        query = select(organisation_versions).order_by(organisation_versions.c.version)
        return [Version(**row._mapping) for row in self._rows(query)]

    def _rows(self, query: Select[Any]) -> list[Row[Any]]:
        with self._ledger.reading() as connection:
            return list(connection.execute(query))


def _of(table: Any, case_id: str) -> Select[Any]:
    return select(table).where(table.c.case_id == case_id)


def _case(row: Row[Any]) -> CaseRow:
    kept = {name: value for name, value in row._mapping.items() if name not in ("face", "hash", "written")}
    return CaseRow(**kept | {"number": row.number or "", "state": STATE.validate_json(row.state)})
