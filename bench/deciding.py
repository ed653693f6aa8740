"""How long deciding takes: every command of the lives of the pack with the longest text, with all facts at hand."""

import statistics
import tempfile
import time
from datetime import datetime
from pathlib import Path

from client.rehearsal import Rehearsal
from client.rehearsal_memory import InMemory
from rules import shelf
from rules.cabinet import Cabinet
from rules.commands import Command
from rules.decide import decide
from rules.facts import Facts
from rules.outcomes import Needs, Outcome
from rules.pack import Pack
from rules.state import State
from tests.rules.packs.lives import Lives, script_of

_TIMES = 15


class Stopwatch(Cabinet):
    """Decides as a cabinet does, and times each decision again and again once its facts are known."""

    def __init__(self) -> None:
        super().__init__()
        self.took: list[tuple[float, str]] = []

    def decided(self, pack: Pack, state: State, command: Command, facts: Facts, at: datetime) -> Outcome:
        """What a command leads to."""
        while isinstance(found := decide(pack, state, command, facts, at), Needs):
            facts = self.answered(pack, state, facts, found.queries, at)
        runs = []
        for _ in range(_TIMES):
            began = time.perf_counter()
            decide(pack, state, command, facts, at)
            runs.append(time.perf_counter() - began)
        self.took.append((statistics.median(runs) * 1_000_000, command.what))
        return found


def largest() -> str:
    """The id of the pack with the longest text."""
    packs = shelf.shipped()
    return max(shelf.newest().items(), key=lambda each: len(packs[each].read_bytes()))[0]


def deciding(pack: str = "") -> list[tuple[float, str]]:
    """Microseconds and the command of every decision in the lives of a pack, the slowest first."""
    script = script_of(pack or largest())
    cabinet = Stopwatch()
    with tempfile.TemporaryDirectory() as home:
        setting = Lives(script.header, Path(home))
        list(Rehearsal(script, setting, InMemory(setting, cabinet)).play())
    return sorted(cabinet.took, reverse=True)
