"""The shipped packs, played: commands at instants of China time, decided in memory through the public door."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from rules import calendar_file, shelf
from rules.cabinet import Cabinet
from rules.commands import CLOCK, Command, case_id_for
from rules.counted_here import CountedHere
from rules.directory import Absence, Directory
from rules.entries import Entry
from rules.evolve import fold
from rules.facts import Facts, OtherCase, Unanswered
from rules.ground import CaseGround
from rules.outcomes import ROUNDS_AT_MOST, Filled, Outcome
from rules.pack import Pack
from rules.state import State
from tests.rules.packs.agreed import Rows, clauses_of
from tests.rules.packs.company import DIRECTORY
from tests.rules.packs.everybody import company

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = calendar_file.load("cn")
Line = tuple[str, str, str]
#: Commands that name their word; every other name is a step.
WORDS = ("step.", "task.", "approval.", "consequence.")


@cache
def shipped(name: str) -> Pack:
    """The newest edition of a shipped pack, read once."""
    return shelf.load(name, shelf.newest()[name])


@cache
def accounted(name: str) -> Rows:
    """Each clause of a shipped pack with its status and rows, worked out once."""
    return clauses_of(shipped(name))


@cache
def staff(name: str) -> Directory:
    """Who works under a shipped pack: the invented company where it uses the pack, else one made for the pack."""
    return DIRECTORY if name in DIRECTORY.bindings else company(shipped(name))


def forget() -> None:
    """Read packs anew from now on."""
    for known in (shipped, accounted, staff):
        known.cache_clear()


def instant(text: str) -> datetime:
    """An instant of China time, ``T24:00`` included."""
    if text.endswith("T24:00"):
        return datetime.fromisoformat(text.replace("T24:00", "T00:00")).replace(tzinfo=ZONE) + timedelta(days=1)
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def shown(at: datetime) -> str:
    """An instant as China time with seconds."""
    return at.astimezone(ZONE).strftime("%Y-%m-%dT%H:%M:%S")


def for_clause(*clauses: str) -> Callable[[Any], Any]:
    """A test of clauses, run for each: their ids stand in the test's id, and it gets one as ``clause``."""
    return pytest.mark.parametrize("clause", clauses)


def done(code: str, play: "Play") -> None:
    """The last command was not refused."""
    assert code == "", play.last and play.last.refusal


def around_the_limit(last_moment: str, first_late: str) -> Callable[[Any], Any]:
    """A test run with ``at`` and ``status`` at the last instant that is on time, and at the first that is late."""
    return pytest.mark.parametrize(
        ("at", "status"), [(last_moment, "met"), (first_late, "missed")], ids=["last_moment", "first_late"]
    )


def away(person: str, start: str, end: str, substitute: str) -> Directory:
    """The company while somebody is away."""
    return replace(DIRECTORY, absences=(Absence(person, instant(start), instant(end), substitute),))


class Play:
    """One case of a shipped pack. Refusals come back as their code, an empty text is "done".

    Cases that share a ``cabinet`` know of each other; each gets an id and a number of its own. ``answers`` holds what
    the world answers whatever is in the cabinet: query -> answer.
    """

    def __init__(
        self, pack: str, directory: Directory | None = None, case_id: str = "", cabinet: Cabinet | None = None
    ) -> None:
        self.pack = shipped(pack)
        self.directory = directory or staff(pack)
        self.cabinet = Cabinet() if cabinet is None else cabinet
        self.place = self.cabinet.take_place()
        self.state = State(case_id or f"case-{self.place}")
        self.entries: list[Entry] = []
        self.messages: list[dict[str, Any]] = []
        self.openings: list[dict[str, Any]] = []
        self.pokes: list[dict[str, Any]] = []
        self.filled: list[Filled] = []
        self.others: dict[str, OtherCase | None] = {}
        self.answers: dict[str, Any] = {}
        self.last: Outcome | None = None

    def open(self, kind: str, by: str, at: str, /, **fields: Any) -> str:
        """Open the case."""
        return self._send("open", by, at, fields, kind=kind)

    def opened_by(self, opening: dict[str, Any], at: str) -> str:
        """Open the case as the link of another one asks for."""
        return self._send(
            "open", opening["by"], at, opening["fields"], kind=opening["kind"], carried=opening["carried"]
        )

    def linked(self, link: str, at: str) -> "Play":
        """The case that a link of this one has opened last, opened now."""
        opening = next(each for each in reversed(self.openings) if each["carried"]["link"] == link)
        other = Play(self.pack.ref.id, self.directory, case_id_for(opening["id"]), self.cabinet)
        code = other.opened_by(opening, at)
        assert code == "", other.last and other.last.refusal
        return other

    def beside(self) -> "Play":
        """Another case of the same company, still to be opened; each knows of the other."""
        return Play(self.pack.ref.id, self.directory, cabinet=self.cabinet)

    def did(self, what: str, by: str, at: str, /, happened_at: Any = "", **fields: Any) -> "Play":
        """The case after a command that has to succeed: ``open.<kind>``, a step, a task, an approval."""
        word, _, kind = what.partition(".")
        code = (
            self.open(kind, by, at, **fields)
            if word == "open"
            else self.do(what, by, at, happened_at=happened_at, **fields)
        )
        assert code == "", self.last and self.last.refusal
        return self

    def do(self, what: str, by: str, at: str, /, happened_at: Any = "", **fields: Any) -> str:
        """A step by its bare name; a task, an approval, a consequence with its word before it."""
        what = what if what.startswith(WORDS) else f"step.{what}"
        return self._send(what, by, at, fields, happened_at=instant(happened_at) if happened_at else None)

    def poke(self, at: str) -> str:
        """The first that the case hears of the world since its last command."""
        return self._send("poke", "house", at, {})

    def until(self, at: str) -> "Play":
        """Let the clocks run out one after another up to an instant, it included."""
        end = instant(at).astimezone(UTC)
        while (due := self.state.next_due) is not None and due <= end:
            self.take(Command(f"clock/{due:%Y-%m-%dT%H:%M:%SZ}", CLOCK, CLOCK, due), due)
        return self

    def _send(self, what: str, by: str, at: str, fields: dict[str, Any], /, **also: Any) -> str:
        now = instant(at).astimezone(UTC)
        return self.take(Command(f"{len(self.entries)}", what, by, now, fields, pack=self.pack.ref, **also), now)

    def take(self, command: Command, now: datetime) -> str:
        """Take a command as it is; the code of its refusal, empty where it was done."""
        outcome = self.cabinet.decided(self.pack, self.state, command, self._facts(), now)
        self.cabinet.put(outcome.state, outcome.entries)
        self.last, self.state = outcome, outcome.state
        self.entries += outcome.entries
        self.filled += outcome.filled
        self.messages += [errand.data for errand in outcome.errands if errand.kind == "message"]
        self.pokes += [errand.data for errand in outcome.errands if errand.kind == "poke"]
        self.openings += [
            errand.data.get("command", errand.data) for errand in outcome.errands if errand.kind == "open"
        ]
        assert fold(self.state.case_id, self.entries) == self.state
        return outcome.refusal.code if outcome.refusal else ""

    def _facts(self) -> Facts:
        number = f"2026-{self.place:04}"
        return Facts(
            self.directory, CALENDAR, number=number, salt="5a" * 16, cases=dict(self.others), answers=dict(self.answers)
        )

    def fact(self, name: str) -> object | None:
        """A fact of the case by its name in packs: ``consequence.fine`` is the amount decided, ``count.x`` a number."""
        facts = self._facts()
        assert self.state.last_at is not None
        for _ in range(ROUNDS_AT_MOST):
            counts = CountedHere(facts, self.state, (), self.state.last_at)
            try:
                return CaseGround(self.pack, self.state, facts=replace(facts, count=counts.amount)).fact(name)
            except Unanswered as question:
                facts = self.cabinet.answered(self.pack, self.state, facts, (question.query,), self.state.last_at)
        raise AssertionError(f"{name} is asked for without end")

    def due(self, clock: str) -> str:
        """The due instant of a clock in China time, an empty text if it has none."""
        now = self.state.clocks.get(clock)
        return shown(now.due) if now and now.due else ""

    def status(self, clock: str) -> str:
        """The status of a clock, ``off`` if it never ran."""
        now = self.state.clocks.get(clock)
        return now.status if now else "off"

    def of(self, event: str, subject: str = "") -> list[Entry]:
        """The entries of an event, of one subject if it is given."""
        return [entry for entry in self.entries if entry.event == event and subject in ("", entry.subject)]

    def written(self, form: str) -> dict[str, Any]:
        """What stands in the last copy of a form, as JSON."""
        return next(copy.values for copy in reversed(self.filled) if copy.form == form)

    def cites(self, clause: str, event: str, subject: str = "") -> bool:
        """Whether an entry of an event and subject cites a clause."""
        return any(clause in entry.clause for entry in self.of(event, subject))

    def refused_by(self) -> tuple[str, ...]:
        """The clauses that turned the last command down."""
        assert self.last is not None
        assert self.last.refusal is not None
        return self.last.refusal.clause

    def refused(self, code: str, clause: str = "") -> bool:
        """Whether the last command was refused with a code, under a clause if one is given."""
        refusal = self.last.refusal if self.last else None
        return refusal is not None and refusal.code == code and (not clause or clause in refusal.clause)

    def open_steps(self) -> set[str]:
        """The steps, tasks and approvals that are open now; steps by their bare name."""
        assert self.last is not None
        return {name.removeprefix("step.") for name in self.last.face.open_steps}

    def missing(self) -> set[str]:
        """The fields for which the last command was turned down."""
        assert self.last is not None
        assert self.last.refusal is not None
        return {row["field"] for row in self.last.refusal.params["fields"]}

    def told(self) -> list[Line]:
        """Whom clocks told: instant in China time, clock, and the persons in the order of the rung."""
        return [
            (shown(entry.at), entry.data["clock"], " ".join(person for person, _ in entry.data["persons"]))
            for entry in self.of("escalated")
        ]
