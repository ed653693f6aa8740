"""The shipped packs, played: commands at instants of China time, decided in memory through the public door."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from rules import calendar_file, shelf
from rules.commands import CLOCK, Command
from rules.decide import decide
from rules.directory import Absence, Directory
from rules.entries import Entry
from rules.evolve import fold
from rules.facts import Facts, OtherCase
from rules.outcomes import Outcome
from rules.pack import Pack
from rules.state import State
from tests.rules.packs.company import DIRECTORY

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = calendar_file.load("cn")
Line = tuple[str, str, str]


@cache
def shipped(name: str) -> Pack:
    """The first edition of a shipped pack, read once."""
    return shelf.load(name, 1)


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


def around_the_limit(last_moment: str, first_late: str) -> Callable[[Any], Any]:
    """A test run with ``at`` and ``status`` at the last instant that is on time, and at the first that is late."""
    return pytest.mark.parametrize(
        ("at", "status"), [(last_moment, "met"), (first_late, "missed")], ids=["last_moment", "first_late"]
    )


def away(person: str, start: str, end: str, substitute: str) -> Directory:
    """The company while somebody is away."""
    return replace(DIRECTORY, absences=(Absence(person, instant(start), instant(end), substitute),))


class Play:
    """One case of a shipped pack. Refusals come back as their code, an empty text is "done"."""

    def __init__(self, pack: str, directory: Directory = DIRECTORY, case_id: str = "case-1") -> None:
        self.pack = shipped(pack)
        self.directory = directory
        self.state = State(case_id)
        self.entries: list[Entry] = []
        self.messages: list[dict[str, Any]] = []
        self.openings: list[dict[str, Any]] = []
        self.others: dict[str, OtherCase | None] = {}
        self.last: Outcome | None = None

    def open(self, kind: str, by: str, at: str, **fields: Any) -> str:
        """Open the case."""
        return self._send("open", by, at, fields, kind=kind)

    def opened_by(self, opening: dict[str, Any], at: str) -> str:
        """Open the case as the link of another one asks for."""
        return self._send(
            "open", opening["by"], at, opening["fields"], kind=opening["kind"], carried=opening["carried"]
        )

    def do(self, what: str, by: str, at: str, happened_at: str = "", **fields: Any) -> str:
        """A step by its bare name, a task or an approval with its prefix."""
        what = what if what.startswith(("task.", "approval.")) else f"step.{what}"
        return self._send(what, by, at, fields, happened_at=instant(happened_at) if happened_at else None)

    def poke(self, at: str) -> str:
        """The first that the case hears of the world since its last command."""
        return self._send("poke", "house", at, {})

    def until(self, at: str) -> "Play":
        """Let the clocks run out one after another up to an instant, it included."""
        end = instant(at).astimezone(UTC)
        while (due := self.state.next_due) is not None and due <= end:
            self._decide(Command(f"clock/{due:%Y-%m-%dT%H:%M:%SZ}", CLOCK, CLOCK, due), due)
        return self

    def _send(self, what: str, by: str, at: str, fields: dict[str, Any], **also: Any) -> str:
        now = instant(at).astimezone(UTC)
        return self._decide(Command(f"{len(self.entries)}", what, by, now, fields, pack=self.pack.ref, **also), now)

    def _decide(self, command: Command, now: datetime) -> str:
        facts = Facts(self.directory, CALENDAR, number="2026-0001", salt="5a" * 16, cases=self.others)
        outcome = decide(self.pack, self.state, command, facts, now)
        assert isinstance(outcome, Outcome)
        self.last, self.state = outcome, outcome.state
        self.entries += outcome.entries
        self.messages += [errand.data for errand in outcome.errands if errand.kind == "message"]
        self.openings += [
            errand.data.get("command", errand.data) for errand in outcome.errands if errand.kind == "open"
        ]
        assert fold(self.state.case_id, self.entries) == self.state
        return outcome.refusal.code if outcome.refusal else ""

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

    def cites(self, clause: str, event: str, subject: str = "") -> bool:
        """Whether an entry of an event and subject cites a clause."""
        return any(clause in entry.clause for entry in self.of(event, subject))

    def refused_by(self) -> tuple[str, ...]:
        """The clauses that turned the last command down."""
        assert self.last is not None
        assert self.last.refusal is not None
        return self.last.refusal.clause

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
