"""The facts that a decision rests on: who there is, the calendar, a number, a salt, other cases."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from activities.answering import ANSWERERS
from activities.drivers.people_rows import Directories
from activities.drivers.writing import Writing
from activities.shelf import EditionMissing, Shelf
from rules.calendar import Calendar, CalendarError
from rules.commands import Command
from rules.facts import Facts, OtherCase
from rules.outcomes import ROUNDS_AT_MOST, Needs, Outcome
from rules.pack import Pack, PackFile
from rules.state import State

_CASE = "case:"
#: Of a readable number, after the year.
DIGITS = 6
_BYTES_OF_SALT = 16

Decide = Callable[[Pack, State, Command, Facts, datetime], Outcome | Needs]
NeededFirst = Callable[[Pack, State, Command], tuple[str, ...]]


class Calendars(Protocol):
    """Where calendars come from."""

    def calendar(self, name: str) -> Calendar:
        """The calendar of that name as known now, the same object while it does not change."""


class CalendarMissing(LookupError):
    """The calendar of a pack is not here, or has mistakes; the message names them."""


class EndlessNeeds(RuntimeError):
    """A decision asks for facts again and again: a fault in the rules, not in what was asked."""


class Gathering:
    """Answers what rules ask, as of the decision, inside the desk's transaction."""

    def __init__(
        self, shelf: Shelf, calendars: Calendars, directories: Directories, decide: Decide, needs: NeededFirst
    ) -> None:
        self._shelf = shelf
        self._calendars = calendars
        self._directories = directories
        self._decide = decide
        self._needs = needs

    def decide(self, writing: Writing, pack: Pack, state: State, command: Command, at: datetime) -> tuple[Outcome, str]:
        """The outcome of a command and the salt it was decided with.

        Raises:
            CalendarMissing: The pack's calendar cannot be used now.
            EndlessNeeds: The rules are not content however much they are told.
        """
        calendar = self._calendar(pack)
        opening = command.what == "open" and state.pack is None
        prefix, year = prefix_of(pack.file), calendar.local_date(at).year
        number = f"{prefix}-{year}-{writing.next_number(prefix, year):0{DIGITS}}" if opening else ""
        facts = Facts(
            directory=self._directories.at(writing.connection, at),
            calendar=calendar,
            number=number,
            salt=secrets.token_hex(_BYTES_OF_SALT),
            next_pack=self._next_pack(command),
        )
        facts = self._answered(writing, pack, state, facts, self._needs(pack, state, command), at)
        for _ in range(ROUNDS_AT_MOST):
            outcome = self._decide(pack, state, command, facts, at)
            if isinstance(outcome, Outcome):
                if opening and not outcome.state.number:
                    writing.give_back(prefix, year)
                return outcome, facts.salt
            facts = self._answered(writing, pack, state, facts, outcome.queries, at)
        raise EndlessNeeds(f"{pack.ref}: {command.what} still asks for facts after {ROUNDS_AT_MOST} rounds")

    def _calendar(self, pack: Pack) -> Calendar:
        try:
            return self._calendars.calendar(pack.file.calendar)
        except CalendarError as error:
            raise CalendarMissing(
                f"{pack.ref} counts by the calendar {pack.file.calendar}, which cannot be used: {error}; "
                f"its cases wait until calendars/{pack.file.calendar}.toml in the data folder is right"
            ) from None

    def _answered(
        self, writing: Writing, pack: Pack, state: State, facts: Facts, queries: Iterable[str], at: datetime
    ) -> Facts:
        cases, answers = {}, {}
        for query in queries:
            if query.startswith(_CASE):
                named = query.removeprefix(_CASE)
                other = writing.other(named)
                cases[named] = OtherCase(other) if other else None
            else:
                word, _, rest = query.partition(":")
                answers[query] = ANSWERERS[word](writing, pack, state, rest, at)
        return replace(facts, cases=facts.cases | cases, answers=facts.answers | answers)

    def _next_pack(self, command: Command) -> Pack | None:
        if command.what != "adopt_edition" or command.pack is None:
            return None
        try:
            return self._shelf.pack(command.pack)
        except EditionMissing:
            return None


def prefix_of(file: PackFile) -> str:
    """What the readable numbers of a pack begin with: its own prefix, else the initials of its id."""
    return file.prefix or "".join(word[0] for word in file.id.replace("_", "-").split("-") if word).upper()
