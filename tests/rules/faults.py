"""Network faults in memory: several cases of the pack in data/network-fault.1.toml, commands at instants of China time."""

from datetime import UTC
from pathlib import Path
from typing import Any

from rules.cabinet import Cabinet
from rules.commands import CLOCK, HOUSE, Command
from rules.directory import Directory, Person
from rules.draft import Draft
from rules.entries import Entry
from rules.evolve import fold
from rules.facts import Facts, Unanswered
from rules.outcomes import Outcome
from rules.pack import Pack
from rules.parsing import parse
from rules.state import State
from tests.rules.corner_shop import ENDLESS, local

TEXT = (Path(__file__).parent / "data" / "network-fault.1.toml").read_text(encoding="utf-8")
PACK = parse(TEXT)
DIRECTORY = Directory(people={"lee": Person("lee")}, departments={}, bindings={"network-fault": {"desk": ("lee",)}})


def pack_with(old: str, new: str) -> Pack:
    """The pack with one text replaced."""
    assert old in TEXT
    return parse(TEXT.replace(old, new))


class Faults:
    """The cases of one desk by name. Pokes wait until `poke` delivers them."""

    def __init__(self, pack: Pack = PACK) -> None:
        self.pack = pack
        self.cabinet = Cabinet()
        self.states: dict[str, State] = {}
        self.pokes: list[dict[str, Any]] = []

    def open(self, case: str, at: str, **fields: Any) -> Outcome:
        """Open a case; without fields a customer of its own has no signal."""
        filled = {"fault_kind": "no_signal", "caller": f"caller of {case}"} | fields
        given = {name: value for name, value in filled.items() if value is not None}
        return self.do(case, "open", at, **given)

    def do(self, case: str, what: str, at: str, by: str = "lee", **fields: Any) -> Outcome:
        """Decide a command that is not refused."""
        instant = local(at).astimezone(UTC)
        command = Command(f"{what}@{at}", what, by, instant, fields, kind="fault", pack=self.pack.ref)
        state = self.states.get(case, State(case))
        outcome = self.cabinet.decided(self.pack, state, command, self.facts(case), instant)
        assert outcome.refusal is None, outcome.refusal
        self.cabinet.put(outcome.state, outcome.entries)
        self.states[case] = outcome.state
        self.pokes += [errand.data for errand in outcome.errands if errand.kind == "poke"]
        assert fold(case, self.cabinet.entries(case)) == outcome.state
        return outcome

    def facts(self, case: str) -> Facts:
        return Facts(DIRECTORY, ENDLESS, number=f"NF-{len(self.states)}", salt="5a" * 16)

    def ring(self, case: str) -> Outcome:
        """The next clock of a case runs out."""
        due = self.states[case].next_due
        assert due is not None
        command = Command(f"clock/{due}", CLOCK, CLOCK, due)
        outcome = self.cabinet.decided(self.pack, self.states[case], command, self.facts(case), due)
        self.cabinet.put(outcome.state, outcome.entries)
        self.states[case] = outcome.state
        return outcome

    def poke(self, at: str) -> None:
        """Every case that waits to be told is told."""
        waiting, self.pokes = self.pokes, []
        for each in waiting:
            self.do(each["case_id"], "poke", at, HOUSE)

    def counted(self, case: str) -> list[Entry]:
        """The lines of a case that say a count has reached its number."""
        return [entry for entry in self.cabinet.entries(case) if entry.event == "counted"]

    def number(self, case: str, name: str, at: str = "2026-03-02T12:00") -> object:
        """The number of a count for a case, as its next command would find it."""
        state, instant, facts = self.states[case], local(at).astimezone(UTC), self.facts(case)
        for _ in range(3):
            draft = Draft(self.pack, state, Command("look", "poke", HOUSE, instant), facts, instant, instant)
            try:
                return draft.ground.fact(f"count.{name}")
            except Unanswered as question:
                facts = self.cabinet.answered(self.pack, state, facts, (question.query,), instant)
        raise AssertionError(f"count.{name} asks for ever")
