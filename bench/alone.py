"""What can be measured without an engine: deciding, counting, loading packs, a run in the sandbox, the first help."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from bench.deciding import deciding
from rules import calendar_file, shelf
from rules.calendar import Calendar
from rules.pack import Pack

_FORTY_HOURS = 40 * 3600
_MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def micro() -> dict[str, float]:
    """Every figure in the unit that its name ends with: medians, `decide_us` that of the slowest decision."""
    decisions = [took for took, _ in deciding()]
    return {
        "decide_us": max(decisions),
        "decide_median_us": statistics.median(decisions),
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


def _due() -> float:
    """Microseconds to count 40 open hours from an instant, warm: the mean of a thousand, since one is too short."""
    calendar: Calendar = calendar_file.load("cn")
    starts = [_MONDAY + timedelta(minutes=7 * number) for number in range(1000)]

    def thousand() -> None:
        for start in starts:
            calendar.due(start, _FORTY_HOURS)

    thousand()
    return _seconds(thousand, times=5) * 1000
