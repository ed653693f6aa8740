"""What can be measured without an engine: deciding, counting, loading packs, a run in the sandbox, the first help."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from activities.organisation import check
from bench.house import FOLDER
from bench.sides import REFERENCE
from rules import calendar_file, shelf
from rules.calendar import Calendar
from rules.commands import Command
from rules.decide import decide
from rules.facts import Facts
from rules.outcomes import Outcome
from rules.pack import Pack
from rules.state import State

_FORTY_HOURS = 40 * 3600
_MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def micro() -> dict[str, float]:
    """Every figure in the unit that its name ends with: medians, `decide_us` that of the slowest step."""
    steps = _deciding()
    return {
        "decide_us": max(steps.values()),
        "decide_median_us": statistics.median(steps.values()),
        "due_us": _due(),
        "packs_load_ms": _seconds(_load_all, times=5) * 1000,
        "pack_load_ms": max(_seconds(partial(shelf.load, *each), times=5) for each in shelf.shipped()) * 1000,
        "help_ms": _seconds(_help, times=3) * 1000,
    }


def _seconds(do: Callable[[], object], times: int) -> float:
    """The median of so many runs."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        do()
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def _load_all() -> list[Pack]:
    return [shelf.load(*each) for each in shelf.shipped()]


def _help() -> None:
    subprocess.run(
        [sys.executable, "-c", "from client.cli.main import run; run()", "--help"],
        stdout=subprocess.DEVNULL,
        check=True,
        timeout=60,
    )


def _deciding() -> dict[str, float]:
    """Microseconds of each step of the reference complaint, under the largest pack that is shipped."""
    pack = shelf.load("group-complaint-demand", 1)
    directory = check((FOLDER / "company.toml").read_text(encoding="utf-8")).directory
    facts = Facts(directory, calendar_file.load("cn"), number="GD-2026-000001", salt="5a" * 16)
    state, at, took = State("case-1"), _MONDAY, {}
    for what, by, fields in REFERENCE:
        command = Command(what, what, by, at, fields, kind="complaint", pack=pack.ref)

        def once(state: State = state, command: Command = command, at: datetime = at) -> Outcome:
            outcome = decide(pack, state, command, facts, at)
            if not isinstance(outcome, Outcome) or outcome.refusal:
                raise RuntimeError(f"{command.what}: {outcome}")
            return outcome

        state = once().state
        took[what] = _seconds(once, times=300) * 1_000_000
        at += timedelta(hours=20)
    return took


def _due() -> float:
    """Microseconds to count 40 open hours from an instant, warm: the mean of a thousand, since one is too short."""
    calendar: Calendar = calendar_file.load("cn")
    starts = [_MONDAY + timedelta(minutes=7 * number) for number in range(1000)]

    def thousand() -> None:
        for start in starts:
            calendar.due(start, _FORTY_HOURS)

    thousand()
    return _seconds(thousand, times=5) * 1000
