"""The workshop's pack, which is all consequences, played by hand: cases that know of each other, in memory."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from rules.cabinet import Cabinet
from rules.commands import CLOCK, Command
from rules.directory import Department, Directory, Person
from rules.entries import Entry
from rules.evolve import fold
from rules.facts import Facts
from rules.ground import CaseGround
from rules.outcomes import Outcome, Refusal
from rules.pack import Pack
from rules.parsing import parse
from rules.state import State
from tests.rules.corner_shop import ENDLESS, local

TEXT = (Path(__file__).parent / "data" / "workshop.1.toml").read_text(encoding="utf-8")
PACK = parse(TEXT)
STAFF = Directory(
    people={name: Person(name) for name in ("clerk", "helper", "handler", "porter", "hr", "deputy", "gm")},
    departments={"east": Department("east"), "west": Department("west")},
    bindings={
        "workshop": {
            "clerk": ("clerk",),
            "handler": ("handler", "porter"),
            "hr": ("hr", "deputy"),
            "general_manager": ("gm",),
        }
    },
)
MORNING = "2026-03-02T09:00"


class Workshop:
    """One case; cases that share a cabinet know of each other."""

    def __init__(self, case: str = "case-1", cabinet: Cabinet | None = None, pack: Pack = PACK) -> None:
        self.cabinet = cabinet or Cabinet()
        self.pack = pack
        self.state = State(case)
        self.entries: list[Entry] = []
        self.outcome: Outcome | None = None

    def do(
        self, what: str, by: str, at: str = MORNING, *, kind: str = "complaint", stated: str = "", **fields: Any
    ) -> Refusal | None:
        """Decide one command; its refusal comes back."""
        happened = local(stated) if stated else None
        asked = Command(f"{what}@{len(self.entries)}", what, by, local(at), fields, happened, kind, self.pack.ref)
        return self.decide(asked, local(at))

    def decide(self, command: Command, at: datetime) -> Refusal | None:
        facts = Facts(STAFF, ENDLESS, number=f"W-{self.state.case_id}", salt="5a" * 16)
        outcome = self.cabinet.decided(self.pack, self.state, command, facts, at)
        self.outcome, self.state = outcome, outcome.state
        self.entries += outcome.entries
        self.cabinet.put(outcome.state, outcome.entries)
        assert fold(self.state.case_id, self.entries) == self.state
        return outcome.refusal

    def opened(self, at: str = MORNING, **fields: Any) -> "Workshop":
        assert self.do("open", "clerk", at, **({"topic": "goods", "store": "east", "price": "1000"} | fields)) is None
        return self

    def blamed(self, *persons: str, **fields: Any) -> "Workshop":
        assert self.opened().do("step.blame", "clerk", blamed=list(persons or ("porter",)), **fields) is None
        return self

    def wait(self, until: str) -> "Workshop":
        """Let the clocks run out one after another."""
        while (due := self.state.next_due) is not None and due <= local(until):
            assert self.decide(Command(f"clock/{due}", CLOCK, CLOCK, due), due) is None
        return self

    def code(self, what: str, by: str, at: str = MORNING, **fields: Any) -> str:
        """The code of the refusal of a command, empty if it is done."""
        refusal = self.do(what, by, at, **fields)
        return refusal.code if refusal else ""

    def wrong(self) -> list[tuple[str, str]]:
        """The fields for which the last command was refused, each with its code."""
        assert self.outcome is not None
        assert self.outcome.refusal is not None
        return [(row["field"], row["code"]) for row in self.outcome.refusal.params["fields"]]

    def of(self, event: str, name: str) -> list[Entry]:
        """The entries of an event of a consequence."""
        return [
            each
            for each in self.entries
            if (each.event, each.subject) == (f"consequence_{event}", f"consequence.{name}")
        ]

    def lines(self, event: str, name: str) -> list[tuple[str, str | None]]:
        """Party and amount of every line of the entries of an event."""
        return [(party, amount) for each in self.of(event, name) for _, party, amount in each.data["lines"]]

    def fact(self, name: str) -> object | None:
        return CaseGround(self.pack, self.state, facts=Facts(STAFF, ENDLESS)).fact(name)

    def amount(self, name: str) -> str:
        """What was decided of a consequence, as text."""
        found = self.fact(f"consequence.{name}")
        assert isinstance(found, Decimal)
        return str(found)

    def beside(self, case: str) -> "Workshop":
        """Another case of the same workshop."""
        return Workshop(case, self.cabinet, self.pack)


def with_tariff(fee: str) -> Pack:
    """The pack once the tariff of service is there."""
    gap = '{ gap = "the tariff of service is another document", meanwhile = "block" }'
    return replace(parse(TEXT.replace(gap, f'"{fee}"')), ref=PACK.ref)
