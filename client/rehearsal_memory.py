"""Takes commands of a rehearsal in memory: the same rules as the desk, with nothing behind them."""

from dataclasses import dataclass, replace
from datetime import datetime

from activities.gathering import prefix_of
from client.rehearsal_setting import Setting
from rules.commands import Command
from rules.decide import decide, needs
from rules.entries import Entry
from rules.facts import Facts, OtherCase
from rules.outcomes import Errand, Face, Needs, Outcome
from rules.pack import Pack
from rules.state import State

_ROUNDS = 5
_SALT = "0" * 32


@dataclass(frozen=True, slots=True)
class Taken:
    """What a command led to: its entries, the case after them, and what is to be done for other cases."""

    entries: tuple[Entry, ...]
    state: State
    face: Face
    errands: tuple[Errand, ...] = ()


class InMemory:
    """Every case of a rehearsal, as its rules leave it."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._states: dict[str, State] = {}
        self._numbers: dict[tuple[str, int], int] = {}

    def take(self, pack: Pack, state: State, command: Command, at: datetime) -> Taken:
        """What a command leads to at an instant; the case is kept as it then is."""
        outcome = self.decided(pack, state, command, at)
        self._states[state.case_id] = outcome.state
        return Taken(outcome.entries, outcome.state, outcome.face, outcome.errands)

    def decided(self, pack: Pack, state: State, command: Command, at: datetime) -> Outcome:
        """What a command would lead to."""
        calendar = self._setting.calendar(pack)
        series = prefix_of(pack.file), calendar.local_date(at).year
        facts = Facts(
            directory=self._setting.directory,
            calendar=calendar,
            number=f"{series[0]}-{series[1]}-{self._numbers.get(series, 0) + 1:06}" if command.what == "open" else "",
            salt=_SALT,
            cases=self._others(needs(pack, state, command)),
        )
        for _ in range(_ROUNDS):
            outcome = decide(pack, state, command, facts, at)
            if isinstance(outcome, Needs):
                facts = replace(facts, cases=facts.cases | self._others(outcome.queries))
                continue
            if command.what == "open" and outcome.state.number:
                self._numbers[series] = self._numbers.get(series, 0) + 1
            return outcome
        raise RuntimeError(f"{pack.ref}: {command.what} still asks for facts after {_ROUNDS} rounds")

    def _others(self, queries: tuple[str, ...]) -> dict[str, OtherCase | None]:
        named = [query.removeprefix("case:") for query in queries]
        found = {name: self._states.get(name) for name in named}
        return {name: OtherCase(state) if state and state.pack else None for name, state in found.items()}
