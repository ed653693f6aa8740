"""The town hall's pack with many cases that know of each other: commands by name of the case, without ledger or engine."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from rules.cabinet import Cabinet
from rules.commands import Command, case_id_for
from rules.directory import Department, Directory, Person
from rules.entries import Entry
from rules.evolve import fold
from rules.facts import Facts
from rules.outcomes import Outcome, Refusal
from rules.parsing import parse
from rules.state import State
from tests.rules.corner_shop import ENDLESS

ZONE = ZoneInfo("Asia/Shanghai")
TEXT = (Path(__file__).parent / "data" / "town-hall.1.toml").read_text(encoding="utf-8")
PACK = parse(TEXT)
DIRECTORY = Directory(
    people={name: Person(name, department="hall") for name in ("clerk", "chief", "anna", "bela", "roadhead")},
    departments={"hall": Department("hall", head="chief"), "roads": Department("roads", head="roadhead")},
    bindings={"town-hall": {"clerk": ("clerk",), "chief": ("chief",)}},
)


def local(text: str) -> datetime:
    """An instant of China time."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


class Hall:
    """Cases by name; errands are kept until `carried`. A case is ``case-<name>``, its number ``TH-<name>``."""

    def __init__(self) -> None:
        self.cabinet = Cabinet()
        self.states: dict[str, State] = {}
        self.entries: dict[str, list[Entry]] = {}
        self.pokes: list[tuple[str, str]] = []
        self.openings: list[dict[str, object]] = []
        self.says: list[str] = []

    def open(self, case: str, kind: str, by: str, at: str, /, **fields: object) -> Refusal | None:
        return self._decide(case, Command(f"open {case}", "open", by, local(at), fields, kind=kind, pack=PACK.ref), at)

    def complain(self, case: str, at: str = "2026-03-02T09:00", /, **fields: object) -> State:
        refusal = self.open(case, "complaint", "clerk", at, **({"topic": "roads"} | fields))
        assert refusal is None, refusal
        return self.states[f"case-{case}"]

    def do(self, case: str, what: str, by: str, at: str, /, **fields: object) -> Refusal | None:
        return self._decide(case, Command(f"{what}@{at}", what, by, local(at), fields), at)

    def carried(self, at: str) -> None:
        """Everything that waits for other cases is carried to them, until nothing waits."""
        while self.pokes or self.openings:
            pokes, self.pokes = self.pokes, []
            for case, command_id in pokes:
                self._decide(case.removeprefix("case-"), Command(command_id, "poke", "house", local(at)), at)
            openings, self.openings = self.openings, []
            for each in openings:
                named = case_id_for(str(each["id"])).removeprefix("case-")
                fields, carried = each["fields"], each["carried"]
                assert isinstance(fields, dict)
                assert isinstance(carried, dict)
                command = Command(
                    str(each["id"]),
                    "open",
                    str(each["by"]),
                    local(at),
                    fields,
                    kind=str(each["kind"]),
                    pack=PACK.ref,
                    carried=carried,
                )
                assert self._decide(named, command, at) is None

    def state(self, case: str) -> State:
        return self.states[f"case-{case}"]

    def events(self, case: str, event: str) -> list[Entry]:
        return [entry for entry in self.entries[f"case-{case}"] if entry.event == event]

    def _decide(self, case: str, command: Command, at: str) -> Refusal | None:
        case_id = f"case-{case}"
        before = self.states.get(case_id, State(case_id))
        facts = Facts(DIRECTORY, ENDLESS, number=f"TH-{case}", salt="5a" * 16)
        outcome = self.cabinet.decided(PACK, before, command, facts, local(at))
        assert isinstance(outcome, Outcome)
        self.cabinet.put(outcome.state, outcome.entries)
        self.states[case_id] = outcome.state
        self.entries.setdefault(case_id, []).extend(outcome.entries)
        if outcome.refusal is None:
            assert fold(case_id, self.entries[case_id]) == outcome.state
        for errand in outcome.errands:
            if errand.kind == "poke":
                self.pokes.append((errand.data["case_id"], errand.data["command_id"]))
            elif errand.kind == "open":
                self.openings.append(errand.data)
            else:
                self.says.append(errand.data["says"]["en"])
        return outcome.refusal
