"""`python -m bench.mutate`: is every number, unit, comparison, role and citation of the packs held by a test?

Each mutant of a pack is put on the shelf in its place, and the tests of the packs are run until one goes red. A mutant
that `parse` refuses is caught as well. Survivors are listed; below 95 % caught the exit code is 1.
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

ROOT = Path(__file__).parents[1]
LEAST = 0.95
_PROCESSES = 2
_SECONDS_OF_A_TEST = 20
_TESTS = "tests/rules/packs"
_LOAD = shelf.load


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a mutant: by what it was caught, empty if by nothing."""

    pack: str
    mutant: str
    caught_by: str


class Mutating:
    """A pytest plugin: instead of running the tests once it runs them for every mutant."""

    def __init__(self, share: int, of: int) -> None:
        """Take every ``of``-th mutant, from ``share`` on."""
        self.share, self.of = share, of
        self.fates: list[Fate] = []
        self.red: list[str] = []
        self._first: list[str] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests as they are, then for every mutant."""
        signal.signal(signal.SIGALRM, _too_long)
        items = [item for item in session.items if isinstance(item, pytest.Function)]
        _put({})
        self.red = [item.nodeid for item in items if not _passes(item)]
        if self.red:
            return True
        for (name, edition), file in shelf.shipped().items():
            for number, mutant in enumerate(mutants(file.read_text(encoding="utf-8"))):
                if number % self.of == self.share:
                    self.fates.append(Fate(name, str(mutant), self._caught(name, edition, mutant, items)))
        _put({})
        return True

    def _caught(self, name: str, edition: int, mutant: Mutant, items: Sequence[pytest.Function]) -> str:
        try:
            pack = parse(mutant.text)
        except PackProblems:
            return "parse"
        _put({(name, edition): pack})
        # Whoever caught one of the last mutants often catches the next; the clauses of a pack stand in order.
        recent = {nodeid: place for place, nodeid in enumerate(reversed(self._first[-12:]))}
        for item in sorted(items, key=lambda item: recent.get(item.nodeid, len(recent))):
            if not _passes(item):
                self._first.append(item.nodeid)
                return item.nodeid
        return ""


def _put(packs: dict[tuple[str, int], Pack]) -> None:
    """Let the tests find these packs on the shelf instead of the shipped ones."""
    from tests.rules.packs import playing

    def load(name: str, edition: int, *folder: object) -> Pack:
        return packs[name, edition] if (name, edition) in packs else _LOAD(name, edition)

    shelf.load = load  # type: ignore[assignment]  # the one seam that the tests of the packs read through
    playing.shipped.cache_clear()


def _passes(item: pytest.Function) -> bool:
    """Whether a test passes; called without the runner, which would take longer than the tests."""
    params = item.callspec.params if hasattr(item, "callspec") else {}
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


def work(share: int, of: int) -> int:
    """Judge a share of the mutants; one JSON object per line."""
    plugin = Mutating(share, of)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        code = pytest.main(["-q", "-s", "--no-header", "-p", "no:cacheprovider", _TESTS], plugins=[plugin])
    if plugin.red or code:
        print(json.dumps({"red": plugin.red, "said": said.getvalue()[-2000:]}))
        return 1
    for fate in plugin.fates:
        print(json.dumps({"pack": fate.pack, "mutant": fate.mutant, "caught_by": fate.caught_by}))
    return 0


def main(line: Sequence[str]) -> int:
    """0 if at least 95 % of the mutants are caught, else 1."""
    parser = argparse.ArgumentParser(prog="python -m bench.mutate", description=__doc__)
    parser.add_argument("--share", type=int, nargs=2, metavar=("NUMBER", "OF"), help="judge one share, as a child does")
    asked = parser.parse_args(line)
    if asked.share:
        return work(*asked.share)
    began = time.monotonic()
    command = [sys.executable, "-m", "bench.mutate", "--share"]
    children = [
        subprocess.Popen([*command, str(share), str(_PROCESSES)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for share in range(_PROCESSES)
    ]
    said = [json.loads(line) for child in children for line in child.communicate()[0].splitlines() if line[:1] == "{"]
    if any(child.returncode for child in children):
        print("the tests of the packs are red before anything is changed:", *said, sep=os.linesep)
        return 1
    return _report([Fate(**each) for each in said], time.monotonic() - began)


def _report(fates: list[Fate], seconds: float) -> int:
    for fate in sorted((fate for fate in fates if not fate.caught_by), key=lambda fate: (fate.pack, fate.mutant)):
        print(f"survived: {fate.pack} {fate.mutant}")
    caught = sum(bool(fate.caught_by) for fate in fates)
    refused = sum(fate.caught_by == "parse" for fate in fates)
    share = caught / len(fates) if fates else 0.0
    print(
        f"{len(fates)} mutants, {caught} caught ({refused} by parse): {share:.1%}, at least {LEAST:.0%}; {seconds:.0f} s"
    )
    return 0 if share >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
