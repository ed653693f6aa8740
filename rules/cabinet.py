"""Every case of a rehearsal or a test, in memory: what the desk would find in the ledger for rules that ask."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from rules.cabinet_answers import held, kept_rows, linked_here, naming
from rules.commands import Command
from rules.counted_rows import THIS_CASE, Asked, Counted, counted_rows
from rules.decide import decide
from rules.earlier import copies, key_of, number_of_open
from rules.entries import Entry
from rules.facts import Facts, OtherCase
from rules.once import had
from rules.outcomes import ROUNDS_AT_MOST, Outcome
from rules.pack import Pack
from rules.reporting_rows import CaseThen
from rules.state import State


class Cabinet:
    """States and entries of cases by id. One that was refused at its opening is kept and is no case."""

    def __init__(self) -> None:
        self._states: dict[str, State] = {}
        self._entries: dict[str, list[Entry]] = {}
        self._places = 0

    def take_place(self) -> int:
        """The next place, from 1: whoever is about to begin a case may name it by that."""
        self._places += 1
        return self._places

    def put(self, state: State, entries: Iterable[Entry]) -> None:
        """Keep a case as it is now, and what a command has just added to it."""
        self._states[state.case_id] = state
        self._entries.setdefault(state.case_id, []).extend(entries)

    def cases(self, pack_id: str = "", kinds: Iterable[str] = ()) -> Iterator[State]:
        """The cases of a pack, whatever their edition, and of some kinds; of all where none are given."""
        wanted = tuple(kinds)
        for state in self._states.values():
            if state.pack and pack_id in ("", state.pack.id) and (not wanted or state.kind in wanted):
                yield state

    def entries(self, case_id: str) -> tuple[Entry, ...]:
        """The entries of a case; none for one that is not here."""
        return tuple(self._entries.get(case_id, ()))

    def other(self, named: str) -> OtherCase | None:
        """The case of an id or number, None if there is none."""
        found = self._states.get(named) or next((each for each in self.cases() if each.number == named), None)
        return OtherCase(found) if found and found.pack else None

    def answer(self, pack: Pack, state: State, query: str, at: datetime) -> Any:
        """The answer to a query of a case that is not about one other case, as of an instant.

        Raises:
            KeyError: No rule asks such a thing.
        """
        word, _, rest = query.partition(":")
        return ANSWERS[word](self, pack, state, rest, at)

    def answered(self, pack: Pack, state: State, facts: Facts, queries: Iterable[str], at: datetime) -> Facts:
        """Facts with the answers to some queries."""
        for query in queries:
            word, _, rest = query.partition(":")
            if word == "case":
                facts = replace(facts, cases={**facts.cases, rest: self.other(rest)})
            else:
                facts = replace(facts, answers={**facts.answers, query: self.answer(pack, state, query, at)})
        return facts

    def decided(self, pack: Pack, state: State, command: Command, facts: Facts, at: datetime) -> Outcome:
        """What a command leads to, with everything answered that its rules ask; nothing is kept of it.

        Raises:
            RuntimeError: The rules ask without end.
        """
        for _ in range(ROUNDS_AT_MOST):
            outcome = decide(pack, state, command, facts, at)
            if isinstance(outcome, Outcome):
                return outcome
            facts = self.answered(pack, state, facts, outcome.queries, at)
        raise RuntimeError(f"{pack.ref}: {command.what} still asks for facts after {ROUNDS_AT_MOST} rounds")


Answer = Callable[[Cabinet, Pack, State, str, datetime], Any]


def _copies(cabinet: Cabinet, pack: Pack, state: State, rest: str, at: datetime) -> Any:
    return copies(cabinet.entries(state.case_id), rest)


def _open(cabinet: Cabinet, pack: Pack, state: State, rest: str, at: datetime) -> Any:
    kind, key = key_of(rest)
    return number_of_open(cabinet.cases(pack.ref.id, (kind,)), kind, key)


def _count(cabinet: Cabinet, pack: Pack, state: State, rest: str, at: datetime) -> Counted:
    """The rows of other cases, and this case's own entries."""
    asked = Asked.from_text(rest)
    count = pack.file.count[asked.name]
    others = (
        CaseThen(each, cabinet.entries(each.case_id))
        for each in cabinet.cases(pack.ref.id, count.kind)
        if each.case_id != state.case_id and THIS_CASE not in count.same
    )
    return Counted(tuple(counted_rows(pack, asked.name, asked.same, others)), cabinet.entries(state.case_id))


def _linked(cabinet: Cabinet, pack: Pack, state: State, rest: str, at: datetime) -> Any:
    link, _, case = rest.partition(":")
    return naming(cabinet.cases(), link, case)


def _held(cabinet: Cabinet, pack: Pack, state: State, rest: str, at: datetime) -> Any:
    return held(((each, entry) for each in cabinet.cases() for entry in cabinet.entries(each.case_id)), rest)


def _table(cabinet: Cabinet, pack: Pack, state: State, rest: str, at: datetime) -> Any:
    return kept_rows(
        (entry for each in cabinet.cases(pack.ref.id) for entry in cabinet.entries(each.case_id)), rest, at
    )


#: What answers a query, by the word before its colon; it gets the rest.
ANSWERS: dict[str, Answer] = {
    "count": _count,
    "copies": _copies,
    "open": _open,
    "linked": _linked,
    "linked_here": lambda cabinet, pack, state, rest, at: linked_here(cabinet.cases(), rest),
    "held": _held,
    "table": _table,
    "once": lambda cabinet, pack, state, rest, at: had(cabinet.cases(pack.ref.id), state, rest),
}
