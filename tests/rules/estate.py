"""The claims of an invented estate, played by hand: several cases beside each other, what rules ask is answered."""

from datetime import datetime
from pathlib import Path
from typing import Any

from rules.cabinet import Cabinet
from rules.commands import CLOCK, Command
from rules.directory import Directory, Person
from rules.entries import Entry
from rules.evolve import fold
from rules.facts import Facts
from rules.outcomes import Outcome, Refusal
from rules.pack import Pack
from rules.parsing import parse
from rules.state import State
from tests.rules.corner_shop import ENDLESS, local

TEXT = (Path(__file__).parent / "data" / "estate.1.toml").read_text(encoding="utf-8")
PACK = parse(TEXT)
PEOPLE = {"desk": ("dana",), "manager": ("max",), "inspectors": ("ida", "ian")}
DIRECTORY = Directory(
    people={name: Person(name) for names in PEOPLE.values() for name in names}, bindings={"estate": PEOPLE}
)
FACTS = Facts(DIRECTORY, ENDLESS, salt="5a" * 16)
OPENED = "2026-03-02T09:00"


class Claim:
    """One case of the estate. Cases that share a cabinet know of each other."""

    def __init__(self, cabinet: Cabinet | None = None, pack: Pack = PACK) -> None:
        self.cabinet = cabinet or Cabinet()
        self.pack = pack
        self.place = self.cabinet.take_place()
        self.state = State(f"case-{self.place}")
        self.entries: list[Entry] = []

    def do(self, what: str, by: str, at: str, /, **fields: Any) -> Refusal | None:
        """Decide one command; its refusal comes back."""
        asked = Command(f"{what}@{at}", what, by, local(at), fields, kind="claim", pack=self.pack.ref)
        return self.decide(asked, local(at)).refusal

    def decide(self, command: Command, at: datetime) -> Outcome:
        facts = Facts(DIRECTORY, ENDLESS, number=f"RE-{self.place}", salt=FACTS.salt)
        outcome = self.cabinet.decided(self.pack, self.state, command, facts, at)
        self.cabinet.put(outcome.state, outcome.entries)
        self.state = outcome.state
        self.entries += outcome.entries
        assert fold(self.state.case_id, self.entries) == self.state
        return outcome

    def wait(self, until: str) -> None:
        """Let the clocks run out one after another."""
        while (due := self.state.next_due) is not None and due <= local(until):
            assert self.decide(Command(f"clock/{due}", CLOCK, CLOCK, due), due).refusal is None

    def opened(self, **fields: Any) -> "Claim":
        assert self.do("open", "dana", OPENED, **({"house": "A1", "damage": "500.00"} | fields)) is None
        return self

    def events(self, event: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.event == event]


def wrong(refusal: Refusal | None) -> dict[str, str]:
    """The code of every wrong field."""
    assert refusal is not None
    assert refusal.code == "fields_wrong", refusal
    return {row["field"]: row["code"] for row in refusal.params["fields"]}


def code(refusal: Refusal | None) -> str:
    return refusal.code if refusal else ""
