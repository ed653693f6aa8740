"""The parcel desk on a ledger: its cases through the desk, its editions on a shelf, its reports."""

import json
from datetime import UTC, datetime
from typing import Any

from activities.desk import Desk
from activities.drivers.ledger import Ledger
from activities.organisation import Organisation, check
from activities.reporting import Reports
from activities.requests import HandleRequest
from activities.shelf import EditionMissing
from rules.calendar import Calendar
from rules.commands import CLOCK, Command
from rules.pack import Pack, PackRef
from rules.parsing import parse
from rules.reporting import Made, period_named
from rules.reporting_said import as_json
from tests.rules.parcel_desk import CALENDAR, PACK, TEXT, local

PEOPLE = """
[person.ann]
roles = ["clerk"]
[person.max]
roles = ["manager"]
"""


def edition(number: int, since: str = "2026-01-01", *changes: tuple[str, str]) -> Pack:
    """Another edition of the parcel desk's pack, with other words in it."""
    text = TEXT.replace("edition = 1", f"edition = {number}").replace("2026-01-01", since)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return parse(text)


class Editions:
    """A shelf of editions and when each was published."""

    def __init__(self) -> None:
        self.held: dict[PackRef, tuple[Pack, datetime | None]] = {PACK.ref: (PACK, None)}

    def pack(self, ref: PackRef) -> Pack:
        if ref not in self.held:
            raise EditionMissing(str(ref))
        return self.held[ref][0]

    def published(self) -> list[PackRef]:
        return list(self.held)

    def published_at(self, ref: PackRef) -> datetime | None:
        return self.held[ref][1]

    def calendar(self, name: str) -> Calendar:
        return CALENDAR

    def publish(self, pack: Pack, at: str) -> None:
        self.held[pack.ref] = (pack, local(at))


class Parcels:
    """Cases on a ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self.shelf = Editions()
        self.written: datetime | None = None
        self.desk = Desk(ledger, self.shelf, self.shelf, now=lambda: self.written or datetime(2026, 1, 1, tzinfo=UTC))
        self.reports = Reports(ledger, self.shelf)
        self._known: dict[str, int] = {}
        Organisation(ledger).apply(check(PEOPLE), local("2026-01-01T00:00"), "root")

    def ask(self, case: str, what: str, at: str, happened: str = "", by: str = "ann", **fields: Any) -> str:
        """What a command to a case makes: the case's number."""
        opening = what == "open"
        command = Command(
            f"{what}@{at}", what if opening or what == CLOCK else f"step.{what}", by, local(at), fields,
            happened_at=local(happened) if happened else None, kind="complaint" if opening else "",
            pack=PACK.ref if opening else None,
        )  # fmt: skip
        result = self.desk.handle(HandleRequest(case, self._known.get(case, 0), command, local(at)))
        assert result.refusal is None, result.refusal
        self._known[case] = result.face.seq
        return result.number

    def open(self, case: str, at: str, topic: str = "lost", **fields: Any) -> str:
        return self.ask(case, "open", at, customer="王女士 138", topic=topic, **fields)

    def made(self, name: str, period: str = "2026-03", as_of: str = "2026-04-01T00:00") -> Made:
        """A report of the edition that was in force then."""
        pack = self.reports.edition("parcel-desk", local(as_of))
        assert pack is not None
        return self.reports.make(pack, name, period_named(period), local(as_of))

    def said(self, name: str, period: str = "2026-03", as_of: str = "2026-04-01T00:00") -> str:
        """A report as JSON text."""
        return json.dumps(as_json(self.made(name, period, as_of)), ensure_ascii=False)
