"""`python -m bench.mutate`: is every number, unit, comparison, role and citation of the packs held by a test?

Each mutant of a pack is put on the shelf in its place, and the tests of the packs are run until one goes red. A mutant
that `parse` refuses is caught as well. Survivors are listed, with the reason that `bench/survivors.toml` gives; below 95 % caught
the exit code is 1. For a mutant only the tests of its pack run: those of its folder, and the general ones for this pack.
``--pack`` judges one pack alone.
"""

import argparse
import contextlib
import inspect
import io
import json
import os
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import pytest

from bench.mutants import Mutant, mutants
from rules import shelf
from rules.pack import Pack
from rules.parsing import parse
from rules.problems import PackProblems
from tests.rules.packs import playing
from tests.rules.packs.agreed import PACKS, folder

ROOT = Path(__file__).parents[1]
LEAST = 0.95
_PROCESSES = 2
_SECONDS_OF_A_TEST = 20
_TESTS = "tests/rules/packs"
_SURVIVORS = Path(__file__).with_name("survivors.toml")
#: The general test that catches most mutants of a sort at once, and the one that takes longest.
_TABLED = {"role": "test_people.py", "citation": "test_clauses.py", "flag": "test_forms.py"}
_LONGEST = "test_lives.py"
_LOAD = shelf.load


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a mutant: by what it was caught, empty if by nothing."""

    pack: str
    mutant: str
    caught_by: str


class Mutating:
    """A pytest plugin: instead of running the tests once it runs them for every mutant."""

    def __init__(self, share: int, of: int, packs: Sequence[str]) -> None:
        """Take every ``of``-th mutant of some packs, from ``share`` on."""
        self.share, self.of, self.packs = share, of, packs
        self.fates: list[Fate] = []
        self.red: list[str] = []
        self._first: list[str] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests as they are, then for every mutant."""
        signal.signal(signal.SIGALRM, _too_long)
        _put({})
        for name, edition in shelf.newest().items():
            if name in self.packs:
                file = shelf.shipped()[name, edition]
                items = [item for item in session.items if isinstance(item, pytest.Function) and _is_about(item, name)]
                red = [item.nodeid for item in items if not _passes(item)]
                self.red += red
                if not red:
                    self._judge(name, edition, file.read_text(encoding="utf-8"), items)
        return True

    def _judge(self, name: str, edition: int, text: str, items: Sequence[pytest.Function]) -> None:
        self._first = []
        for number, mutant in enumerate(mutants(text)):
            if number % self.of == self.share:
                self.fates.append(Fate(name, str(mutant), self._caught(name, edition, mutant, items)))
        _put({})

    def _caught(self, name: str, edition: int, mutant: Mutant, items: Sequence[pytest.Function]) -> str:
        try:
            pack = parse(mutant.text)
        except PackProblems:
            return "parse"
        _put({(name, edition): pack})
        # Whoever caught one of the last mutants often catches the next; the clauses of a pack stand in order.
        recent = {nodeid: place for place, nodeid in enumerate(reversed(self._first[-12:]))}
        late = len(recent)

        def turn(item: pytest.Function) -> int:
            if item.path.name == _TABLED.get(mutant.sort):
                return -1
            return recent.get(item.nodeid, late + (item.path.name == _LONGEST))

        for item in sorted(items, key=turn):
            if not _passes(item):
                self._first.append(item.nodeid)
                return item.nodeid
        return ""


def _is_about(item: pytest.Function, pack: str) -> bool:
    """Whether a test lies in the folder of a pack, or is a general one that gets this pack."""
    return item.path.parent == folder(pack) or _params(item).get("pack") == pack


def _params(item: pytest.Function) -> dict[str, object]:
    return dict(item.callspec.params) if hasattr(item, "callspec") else {}


def _put(packs: dict[tuple[str, int], Pack]) -> None:
    """Let the tests find these packs on the shelf instead of the shipped ones."""

    def load(name: str, edition: int, *folder: object) -> Pack:
        return packs[name, edition] if (name, edition) in packs else _LOAD(name, edition)

    shelf.load = load  # type: ignore[assignment]  # the one seam that the tests of the packs read through
    playing.forget()


def _passes(item: pytest.Function) -> bool:
    """Whether a test passes; called without the runner, which would take longer than the tests."""
    params = _params(item)
    wanted = list(inspect.signature(item.function).parameters)
    if missing := [name for name in wanted if name not in params]:
        raise pytest.UsageError(
            f"{item.nodeid} needs fixtures ({', '.join(missing)}); tests of packs take parameters only"
        )
    signal.alarm(_SECONDS_OF_A_TEST)
    call = pytest.CallInfo.from_call(lambda: item.function(**{name: params[name] for name in wanted}), when="call")
    signal.alarm(0)
    return call.excinfo is None


def _too_long(number: int, frame: FrameType | None) -> None:
    raise TimeoutError(f"a test took longer than {_SECONDS_OF_A_TEST} s")


def work(share: int, of: int, packs: Sequence[str]) -> int:
    """Judge a share of the mutants of some packs; one JSON object per line."""
    plugin = Mutating(share, of, packs)
    # Where one pack is judged, the folders of the others need not even be read.
    folders = [str(folder(pack)) for pack in packs] + [str(file) for file in sorted((ROOT / _TESTS).glob("test_*.py"))]
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        code = pytest.main(["-q", "-s", "--no-header", "-p", "no:cacheprovider", *folders], plugins=[plugin])
    if plugin.red or code:
        print(json.dumps({"red": plugin.red, "said": said.getvalue()[-2000:]}))
        return 1
    for fate in plugin.fates:
        print(json.dumps({"pack": fate.pack, "mutant": fate.mutant, "caught_by": fate.caught_by}))
    return 0


def main(line: Sequence[str]) -> int:
    """0 if at least 95 % of the mutants of each pack are caught, else 1."""
    parser = argparse.ArgumentParser(prog="python -m bench.mutate", description=__doc__)
    parser.add_argument("--pack", action="append", choices=PACKS, help="judge this pack; may stand several times")
    parser.add_argument("--share", type=int, nargs=2, metavar=("NUMBER", "OF"), help="judge one share, as a child does")
    asked = parser.parse_args(line)
    packs = asked.pack or list(PACKS)
    if asked.share:
        number, of = asked.share
        return work(number, of, packs)
    began = time.monotonic()
    command = [sys.executable, "-m", "bench.mutate", *(f"--pack={pack}" for pack in packs), "--share"]
    children = [
        subprocess.Popen([*command, str(share), str(_PROCESSES)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for share in range(_PROCESSES)
    ]
    said = [json.loads(line) for child in children for line in child.communicate()[0].splitlines() if line[:1] == "{"]
    if any(child.returncode for child in children):
        print("the tests of the packs are red before anything is changed:", *said, sep=os.linesep)
        return 1
    fates = [Fate(**each) for each in said]
    whole = [_report(pack, [fate for fate in fates if fate.pack == pack]) for pack in packs]
    if len(packs) > 1:
        _report("all packs", fates, listed=False)
    print(f"{time.monotonic() - began:.0f} s")
    return 0 if all(whole) else 1


def _report(name: str, fates: list[Fate], *, listed: bool = True) -> bool:
    """Print what became of the mutants of a pack; whether enough of them were caught."""
    survived = sorted((fate for fate in fates if not fate.caught_by), key=lambda fate: _line_of(fate.mutant))
    reasons = _reasons()
    for fate in survived if listed else ():
        reason = reasons.get((fate.pack, fate.mutant.partition(": ")[2]), "no reason given")
        print(f"survived: {fate.pack} {fate.mutant} ({reason})")
    refused = sum(fate.caught_by == "parse" for fate in fates)
    caught = len(fates) - len(survived)
    share = caught / len(fates) if fates else 1.0
    print(f"{name}: {len(fates)} mutants, {caught} caught ({refused} by parse): {share:.1%}, at least {LEAST:.0%}")
    return share >= LEAST


def _line_of(mutant: str) -> int:
    return int(mutant.removeprefix("line ").partition(":")[0])


def _reasons() -> dict[tuple[str, str], str]:
    """Why mutants survive, by pack and mutant without its line."""
    rows = tomllib.loads(_SURVIVORS.read_text(encoding="utf-8")).get("survivor", [])
    return {(row["pack"], row["mutant"]): row["reason"] for row in rows}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
