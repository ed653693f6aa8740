"""The corner shop's pack played by hand: commands at instants of China time, decided without ledger or engine."""

import tomllib
from dataclasses import replace
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

from rules.calendar import Calendar
from rules.commands import CLOCK, Command
from rules.decide import decide
from rules.directory import Absence, Department, Directory, Person
from rules.entries import Entry
from rules.evolve import fold
from rules.facts import Facts
from rules.outcomes import Outcome, Refusal
from rules.pack import Pack
from rules.parsing import parse
from rules.state import State

ZONE = ZoneInfo("Asia/Shanghai")
TEXT = (Path(__file__).parent / "data" / "corner-shop.1.toml").read_text(encoding="utf-8")
PACK = parse(TEXT)


def calendar(name: str = "endless") -> Calendar:
    return Calendar.from_object(tomllib.loads(files("rules").joinpath(f"calendars/{name}.toml").read_text("utf-8")))


ENDLESS = calendar()
DIRECTORY = Directory(
    people={
        name: Person(name, department=department)
        for name, department in (
            ("clerk", "shop"),
            ("handler", "shop"),
            ("other", "shop"),
            ("head", "shop"),
            ("leader", "office"),
            ("deputy", "office"),
            ("gm", "office"),
        )
    },
    departments={"shop": Department("shop", head="head", above="office"), "office": Department("office", head="gm")},
    bindings={"corner-shop": {"clerk": ("clerk",), "leader": ("leader",), "general_manager": ("gm",)}},
)


def local(text: str) -> datetime:
    """An instant of China time."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


class Play:
    """One case, command by command."""

    def __init__(self, pack: Pack = PACK, facts: Facts | None = None) -> None:
        self.pack = pack
        self.facts = facts or Facts(DIRECTORY, ENDLESS, number="CS-2026-000001", salt="5a" * 16)
        self.state = State("case-1")
        self.entries: list[Entry] = []
        self.outcome: Outcome | None = None

    def do(self, what: str, by: str, at: str, /, **fields: object) -> Refusal | None:
        """Decide one command; its entries are kept, its refusal comes back."""
        instant = local(at)
        asked = Command(f"{what}@{at}", what, by, instant, fields, kind="complaint", pack=self.pack.ref)
        return self.decide(asked, instant)

    def decide(self, command: Command, at: datetime) -> Refusal | None:
        outcome = decide(self.pack, self.state, command, self.facts, at)
        assert isinstance(outcome, Outcome)
        self.outcome = outcome
        self.state = outcome.state
        self.entries += outcome.entries
        assert fold("case-1", self.entries) == self.state
        return outcome.refusal

    def wait(self, until: str) -> None:
        """Let the clocks run out one after another, as the workflow's timer does."""
        while (due := self.state.next_due) is not None and due <= local(until):
            assert self.decide(Command(f"clock/{due}", CLOCK, CLOCK, due), due) is None

    def opened(self, at: str = "2026-03-02T09:00", /, **fields: object) -> "Play":
        fields = {"customer": "王女士", "topic": "goods", "said": "坏了"} | fields
        assert self.do("open", "clerk", at, **fields) is None
        return self

    def accepted(self, at: str = "2026-03-02T10:00", **fields: object) -> "Play":
        self.opened("2026-03-02T09:00", **fields)
        assert self.do("step.accept", "clerk", at, handled_by="handler") is None
        return self

    def events(self, event: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.event == event]

    def with_absence(self, person: str, substitute: str) -> "Play":
        away = Absence(person, local("2026-01-01T00:00"), local("2027-01-01T00:00"), substitute)
        self.facts = replace(self.facts, directory=replace(DIRECTORY, absences=(away,)))
        return self


SECOND = timedelta(seconds=1)
