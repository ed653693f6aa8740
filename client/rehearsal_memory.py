"""Takes commands of a rehearsal in memory: the same rules as the desk, with nothing behind them."""

from dataclasses import dataclass
from datetime import datetime

from activities.gathering import prefix_of
from client.rehearsal_setting import Setting
from rules.cabinet import Cabinet
from rules.commands import Command
from rules.entries import Entry
from rules.facts import Facts
from rules.outcomes import Errand, Face, Outcome
from rules.pack import Pack
from rules.state import State

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

    def __init__(self, setting: Setting, cabinet: Cabinet | None = None) -> None:
        self._setting = setting
        self._cabinet = cabinet or Cabinet()
        self._numbers: dict[tuple[str, int], int] = {}

    def take(self, pack: Pack, state: State, command: Command, at: datetime) -> Taken:
        """What a command leads to at an instant; the case is kept as it then is."""
        outcome = self.decided(pack, state, command, at)
        self._cabinet.put(outcome.state, outcome.entries)
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
        )
        outcome = self._cabinet.decided(pack, state, command, facts, at)
        if command.what == "open" and outcome.state.number:
            self._numbers[series] = self._numbers.get(series, 0) + 1
        return outcome
