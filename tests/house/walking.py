"""A case of any pack, walked at random: whoever may takes any step that is open, with invented forms; time passes."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from rules import calendar_file
from rules.cabinet import Cabinet
from rules.commands import CLOCK, Command
from rules.directory import Directory
from rules.entries import Entry
from rules.facts import Facts, OtherCase
from rules.forms import Field
from rules.outcomes import Outcome
from rules.pack import Pack
from rules.state import State

START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
CALENDAR = calendar_file.load("cn")
_LONGEST = 4 * 24 * 3600


@dataclass
class Walk:
    """One walk: the commands that were not refused with their instants, and every entry that they left."""

    pack: Pack
    kind: str
    directory: Directory
    chance: Random
    case_id: str = "case-1"
    cabinet: Cabinet = field(default_factory=Cabinet)
    state: State = field(init=False)
    at: datetime = START
    entries: list[Entry] = field(default_factory=list)
    commands: list[tuple[Command, datetime]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.state = State(self.case_id)

    def walk(self, steps: int) -> "Walk":
        """Open the case, where somebody can, and take so many steps, fewer if it closes or nobody can take any."""
        if not self.somebody("open"):
            return self
        for _ in range(steps):
            if self.state.closed:
                return self
            self.at += timedelta(seconds=self.chance.randrange(1, _LONGEST))
            self.clocks(self.at)
            steps_now = self.open_steps()
            if not any(self.somebody(what) for what in self.chance.sample(steps_now, len(steps_now))):
                return self
        return self

    def open_steps(self) -> list[str]:
        """The steps, tasks and approvals that are open."""
        taken = self.pack.machines[self.state.kind].open_steps.get(self.state.stage, ())
        tasks = [f"task.{name}" for name, task in self.state.tasks.items() if task.status == "open"]
        asked = [f"approval.{name}" for name, each in self.state.approvals.items() if each.status == "asked"]
        return [*(f"step.{name}" for name in taken), *tasks, *asked]

    def clocks(self, until: datetime) -> None:
        """Let the clocks run out one after another."""
        while (due := self.state.next_due) is not None and due <= until:
            assert self._decide(Command(f"clock/{due}", CLOCK, CLOCK, due), due, keep=True).refusal is None

    def somebody(self, what: str) -> bool:
        """Whether somebody could do it, and did."""
        people = sorted(self.directory.people)
        return any(self._tries(what, by) for by in self.chance.sample(people, len(people)))

    def _tries(self, what: str, by: str) -> bool:
        fields: dict[str, Any] = {"verdict": self.chance.choice(["given", "returned"])} if "approval." in what else {}
        fields |= {"reason": "理由"} if fields.get("verdict") == "returned" else {}
        for _ in range(8):
            command = Command(f"c{len(self.commands)}", what, by, self.at, fields, kind=self.kind, pack=self.pack.ref)
            refusal = self._decide(command, self.at, keep=False).refusal
            if refusal is None:
                self._decide(command, self.at, keep=True)
                return True
            missing = {row["field"]: row["code"] for row in refusal.params.get("fields", ())}
            if refusal.code != "fields_wrong" or not set(missing.values()) <= {"missing"}:
                return False
            form = self.pack.file.form[refusal.params["form"]]
            fields = fields | {name: self._invented(form.field(name)) for name in missing}
        return False

    def _decide(self, command: Command, at: datetime, *, keep: bool) -> Outcome:
        others: dict[str, OtherCase | None] = {
            value: None for value in command.fields.values() if isinstance(value, str)
        }
        facts = Facts(self.directory, CALENDAR, number="N-1", salt="5a" * 16, cases=others)
        outcome = self.cabinet.decided(self.pack, self.state, command, facts, at)
        if keep:
            self.cabinet.put(outcome.state, outcome.entries)
            self.state = outcome.state
            self.entries += outcome.entries
            self.commands.append((command, at))
        return outcome

    def _invented(self, wanted: Field | None) -> Any:
        assert wanted is not None
        least, most = int(float(wanted.least or 1)), int(float(wanted.most or 90))
        people, units = sorted(self.directory.people), sorted(self.directory.departments)
        made: dict[str, Any] = {
            "number": self.chance.randint(least, max(least, most)),
            "money": f"{self.chance.randint(least, max(least, most))}.00",
            "date": self.at.date().isoformat(),
            "moment": self.at.isoformat(),
            "yes_no": self.chance.random() < 0.5,
            "tick": True,
            "choice": self.chance.choice(wanted.choices or ("-",)),
            "choices": [self.chance.choice(wanted.choices or ("-",))],
            "person": self.chance.choice(people),
            "people": [self.chance.choice(people)],
            "unit": self.chance.choice(units),
            "file": {"name": "a.txt", "sha256": "0" * 64, "size": 1},
            "list": [{each.name: self._invented(each) for each in wanted.fields}] if wanted.fields else ["一"],
        }
        return made.get(wanted.type, "说明 text " * (1 + least // len("说明 text ")))
