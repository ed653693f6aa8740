"""What the desk answers before a command is decided: the world as rules may see it, as of the decision."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rules.calendar import Calendar
from rules.directory import Directory
from rules.pack import Pack
from rules.state import State


class Unanswered(Exception):
    """A rule asks the world something that has not been answered yet; deciding gives back `Needs` and is asked again."""

    def __init__(self, query: str) -> None:
        super().__init__(query)
        self.query = query


@dataclass(frozen=True, slots=True)
class OtherCase:
    """Another case as it stands now: read, never written."""

    state: State


@dataclass(frozen=True, slots=True)
class Facts:
    """Answers to the queries of `decide.needs`.

    Args:
        directory: Everybody, as of the decision.
        calendar: The calendar of the pack as known now.
        number: The readable number that an opening would get; empty for every other command.
        salt: 32 hex digits, fresh for this decision; personal values are hashed with it.
        cases: Other cases by id, None for an id that no case has.
        answers: Answers to every other query, by the query: ``count:…``, ``table:…``, ``once:…``, ``open:…`` …
        next_pack: The edition that ``adopt_edition`` names, None where this worker has not got it.
        count: What makes a number of a count, for a pack, a state, values that are being filled and the name of the
            count; deciding sets it.
    """

    directory: Directory
    calendar: Calendar
    number: str = ""
    salt: str = ""
    cases: dict[str, OtherCase | None] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    next_pack: Pack | None = None
    count: Callable[[Pack, State, Mapping[str, Any], str], object | None] | None = None

    def case(self, case: str) -> OtherCase | None:
        """The case of an id or number, None if there is none.

        Raises:
            Unanswered: Nobody has looked yet.
        """
        if case not in self.cases:
            raise Unanswered(f"case:{case}")
        return self.cases[case]

    def answer(self, query: str) -> Any:
        """The answer to a query.

        Raises:
            Unanswered: Nobody has answered it yet.
        """
        if query not in self.answers:
            raise Unanswered(query)
        return self.answers[query]
