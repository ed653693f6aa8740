"""Runs every test, ring by ring, and says how many were collected, passed and deselected; what `make test` runs.

On the way `rules/packs/clauses.lock` is written anew; with `CI` in the environment it is compared instead.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

from tests.clause_lock import LOCK, held, shipped_packs, text_of
from tests.listing import RINGS, ROOT, Listed, every_test

#: Arguments of each ring, and the seconds after which it hangs.
_ARGUMENTS = {"pure": ["-n", "2"], "offline": ["-n", "2"], "live": ["--durations=5"]}
_SECONDS = {"pure": 600, "offline": 600, "live": 1500}


def main() -> int:
    """0 if every ring has tests and all of them passed, else 1."""
    tests = every_test()
    wrong = [*_clauses(tests), *(line for ring in RINGS if (line := _empty(ring, tests)))]
    table = [f"{'ring':<9}{'collected':>10}{'passed':>8}{'deselected':>12}{'seconds':>9}"]
    for ring in RINGS:
        chosen, began = sum(1 for test in tests if test.ring == ring), time.monotonic()
        passed, failed = _run(ring)
        took = round(time.monotonic() - began)
        table.append(f"{ring:<9}{len(tests):>10}{passed:>8}{len(tests) - chosen:>12}{took:>9}")
        if failed or passed != chosen:
            wrong.append(f"{ring}: {passed} of {chosen} tests passed")
    sys.stdout.write("\n".join(["", *table, "", *wrong, "" if wrong else "all passed, nothing skipped", ""]))
    return 1 if wrong else 0


def _empty(ring: str, tests: Iterable[Listed]) -> str:
    return "" if any(test.ring == ring for test in tests) else f"{ring}: the ring is empty"


def _run(ring: str) -> tuple[int, bool]:
    """How many tests of a ring passed, and whether the run itself failed."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-m", ring, f"--junit-xml={report}", *_ARGUMENTS[ring]]
        sys.stdout.write(f"\n== {ring}: pytest {' '.join(command[3:5])}\n")
        sys.stdout.flush()
        try:
            code = subprocess.run(command, cwd=ROOT, check=False, timeout=_SECONDS[ring]).returncode
        except subprocess.TimeoutExpired:
            sys.stdout.write(f"{ring}: stopped after {_SECONDS[ring]} s\n")
            return 0, True
        return _passed(report) if report.is_file() else 0, code != 0


def _passed(report: Path) -> int:
    cases = ElementTree.parse(report).getroot().iter("testcase")  # noqa: S314 - written by our own pytest just now
    return sum(1 for case in cases if not any(each.tag in ("failure", "error", "skipped") for each in case))


def _clauses(tests: Iterable[Listed]) -> list[str]:
    """What is wrong with the lock of clauses; where nobody compares, it is written anew."""
    fresh = text_of(held(shipped_packs(), (test.id for test in tests)))
    if LOCK.is_file() and LOCK.read_text(encoding="utf-8") == fresh:
        return []
    if os.environ.get("CI"):
        return [f"{LOCK.relative_to(ROOT)} is not what the tests say; run make test and commit it"]
    LOCK.write_text(fresh, encoding="utf-8")
    sys.stdout.write(f"{LOCK.relative_to(ROOT)} written anew\n")
    return []


if __name__ == "__main__":
    sys.exit(main())
