"""A decision in the making: entries are written one by one, the state follows each, errands wait for the end."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from rules.clocks import Counting
from rules.commands import Command
from rules.counted_here import CountedHere
from rules.entries import Entry
from rules.evolve import evolve
from rules.facts import Facts
from rules.ground import CaseGround
from rules.kinds import Kind
from rules.outcomes import Errand, Filled
from rules.pack import Pack
from rules.people import Acting, People
from rules.remembering import event_of
from rules.state import State
from rules.values import Names, Title


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of a case, by its name in packs, and the instant that clocks start or stop at."""

    name: str
    at: datetime


class Draft:
    """What one command has led to so far.

    Attributes:
        at: The instant of the decision.
        judged: The instant of the command that clocks are judged by.
        by: The person who asks, ``clock`` or ``house``.
        state: The state after the entries so far.
        before: The state before what is asked for, once the clocks are brought up to its instant.
        counts: The numbers of counts for this case, with the entries so far.
    """

    def __init__(
        self, pack: Pack, state: State, command: Command, facts: Facts, at: datetime, judged: datetime
    ) -> None:
        self.pack = pack
        self.state = state
        self.before = state
        self.entries: list[Entry] = []
        self.command = command
        self.counts = CountedHere(facts, state, self.entries, judged)
        self.facts = replace(facts, count=self.counts.amount)
        self.at = at
        self.judged = judged
        self.by = command.by
        self.filled: list[Filled] = []
        self._errands: list[tuple[str, dict[str, Any]]] = []
        self._rung_messages: dict[str, list[dict[str, Any]]] = {}

    @property
    def kind(self) -> Kind:
        """The kind of the case."""
        return self.pack.file.kind[self.state.kind]

    @property
    def ground(self) -> CaseGround:
        """The ground of the case as it is now."""
        return CaseGround(self.pack, self.state, facts=self.facts)

    def people(self, holder: str = "") -> People:
        """The roles of the case as it is now."""
        return People(self.pack, self.state, self.facts.directory, self.at, holder, self.facts)

    def convention(self, unit: str) -> Counting:
        """The pack's convention for a unit; an empty one for ``until``, which needs none."""
        found: Counting | None = getattr(self.pack.file.counting, unit)
        return found or Counting()

    def write(
        self, event: str, subject: str, at: datetime, clause: Names, data: Mapping[str, Any], by: str | None = None
    ) -> None:
        """Write one entry; the state takes it at once, with the event's name where clocks may ask for it later."""
        name = event_of(event, subject, data) if self.pack.remembered else ""
        kept = {"remembered": name} if name in self.pack.remembered else {}
        entry = Entry(
            seq=self.state.seq + 1,
            event=event,
            at=at,
            noticed=self.at,
            by=self.by if by is None else by,
            subject=subject,
            clause=clause,
            house=self.pack.is_house(clause),
            data={**data, **kept},
        )
        self.entries.append(entry)
        self.state = evolve(self.state, entry)

    def mark(self) -> tuple[int, int, int, State]:
        """Where the draft is, to come back to by `back_to` when the command turns out to be refused."""
        return len(self.entries), len(self.filled), len(self._errands), self.state

    def back_to(self, mark: tuple[int, int, int, State]) -> None:
        """Forget everything that was written after a mark."""
        entries, filled, errands, self.state = mark
        del self.entries[entries:], self.filled[filled:], self._errands[errands:]

    def errand(self, kind: str, data: dict[str, Any]) -> None:
        """Something for the outbox."""
        self._errands.append((kind, data))

    def tell(self, acting: Acting, role: str, says: Title, template: str, clause: Names, clock: str = "") -> None:
        """A message to somebody who fills a role; of the rungs of one clock only the last one of a decision is sent."""
        message = {
            "to": acting.person,
            "for": acting.instead_of,
            "role": role,
            "template": template,
            "says": {"zh": says.zh, "en": says.en},
            "number": self.state.number,
            "clause": list(clause),
            "seq": self.state.seq,
        }
        if clock:
            self._rung_messages.setdefault(clock, []).append(message)
        else:
            self._errands.append(("message", message))

    def climbs(self, clock: str) -> None:
        """Another rung of a clock is climbed: the messages of the one before it are not sent."""
        self._rung_messages.pop(clock, None)

    def errands(self) -> tuple[Errand, ...]:
        """Every errand, each with a key that makes it once."""
        rows = [*self._errands, *(("message", each) for group in self._rung_messages.values() for each in group)]
        seq = self.state.seq
        return tuple(
            Errand(kind, f"{self.state.case_id}/{seq}/{number}", data) for number, (kind, data) in enumerate(rows)
        )

    def words(self, **also: Title | str) -> dict[str, dict[str, str]]:
        """What a notice may name, in each language: see `duties.NOTICE_WORDS`."""
        file, state = self.pack.file, self.state
        stage = next((one.title for one in self.kind.stages if one.name == state.stage), Title("", ""))
        titles: dict[str, Title | str] = {
            "number": state.number,
            "kind": self.kind.title,
            "stage": stage,
            "pack": file.title,
            "clock": "",
            "due": "",
            "step": "",
            "by": self.by,
            **also,
        }
        return {
            lang: {name: value if isinstance(value, str) else getattr(value, lang) for name, value in titles.items()}
            for lang in ("zh", "en")
        }


def happenings(names: Iterable[str], at: datetime) -> list[Happening]:
    """Events that happen at one instant."""
    return [Happening(name, at) for name in names]
