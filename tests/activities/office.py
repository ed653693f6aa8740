"""An office for tests: the corner shop's pack and people, and a desk that takes commands at instants of China time."""

from datetime import UTC, datetime
from typing import Any

from activities.desk import Desk
from activities.drivers.ledger import Ledger
from activities.organisation import Organisation, check
from activities.requests import HandleRequest, HandleResult
from activities.shelf import EditionMissing
from rules.calendar import Calendar
from rules.commands import CLOCK, Command
from rules.pack import Pack, PackRef
from tests.rules.corner_shop import ENDLESS, PACK, local

ORGANISATION = """
[person.clerk]
name = "陈柜台"
mail = "clerk@shop.example"
department = "shop"
[person.handler]
mail = "handler@shop.example"
department = "shop"
language = "en"
[person.head]
department = "shop"
[person.leader]
mail = "leader@shop.example"
[person.gm]
mail = "gm@shop.example"
roles = ["general_manager"]
[department.shop]
title = { zh = "门店", en = "shop" }
head = "head"
[roles.corner-shop]
clerk = ["clerk"]
leader = ["leader"]
"""
MORNING = "2026-03-02T09:00"


class OnePack:
    """A shelf with one pack and its calendar; `hidden` takes the pack away."""

    def __init__(self, pack: Pack = PACK, calendar: Calendar = ENDLESS) -> None:
        self.held, self.counted_by, self.hidden = pack, calendar, False

    def pack(self, ref: PackRef) -> Pack:
        if self.hidden or ref != self.held.ref:
            raise EditionMissing(f"{ref} is not here; publish it")
        return self.held

    def published(self) -> list[PackRef]:
        return [self.held.ref]

    def calendar(self, name: str) -> Calendar:
        return self.counted_by


class Office:
    """A desk on a ledger. Requests and results are kept, as histories would."""

    def __init__(self, ledger: Ledger, organisation: str = ORGANISATION) -> None:
        self.ledger = ledger
        self.shelf = OnePack()
        self.desk = Desk(ledger, self.shelf, self.shelf)
        self.pairs: dict[str, list[tuple[HandleRequest, HandleResult]]] = {}
        if organisation:
            Organisation(ledger).apply(check(organisation), datetime(2026, 1, 1, tzinfo=UTC), "root")

    def ask(
        self,
        what: str,
        by: str,
        at: str,
        case: str = "case-1",
        *,
        seq: int | None = None,
        command_id: str = "",
        **fields: Any,
    ) -> HandleResult:
        """What the desk says to a command; `seq` is what the workflow knows, by default all there is."""
        instant = local(at).astimezone(UTC)
        pack, kind = (PACK.ref, "complaint") if what == "open" else (None, "")
        command = Command(command_id or f"{what}@{at}", what, by, instant, fields, kind=kind, pack=pack)
        known = self.pairs.get(case, [])
        request = HandleRequest(case, known[-1][1].face.seq if known and seq is None else seq or 0, command, instant)
        result = self.desk.handle(request)
        self.pairs.setdefault(case, []).append((request, result))
        return result

    def open(self, case: str = "case-1", at: str = MORNING, **fields: Any) -> HandleResult:
        filled = {"customer": "王女士 wang@home.example", "topic": "goods", "said": "坏了"} | fields
        return self.ask("open", "clerk", at, case, command_id=f"open {case}", **filled)

    def accept(self, case: str = "case-1", at: str = "2026-03-02T10:00") -> HandleResult:
        return self.ask("step.accept", "clerk", at, case, handled_by="handler")

    def ring(self, at: str, case: str = "case-1") -> HandleResult:
        """The clock rings."""
        return self.ask("clock", CLOCK, at, case)
