"""Which tests there are, and in which ring each is: asked of pytest in a process of its own."""

import contextlib
import io
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RINGS = ("pure", "offline", "live")
_SECONDS = 180


@dataclass(frozen=True, slots=True)
class Listed:
    """One test: its id as pytest writes it, and its ring."""

    id: str
    ring: str

    @property
    def file(self) -> str:
        """The test file, from the root."""
        return self.id.partition("::")[0]


class _Lister:
    """Keeps what pytest has collected."""

    def __init__(self) -> None:
        self.found: list[Listed] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Take the collected tests over."""
        self.found = [Listed(item.nodeid, ring_of(item)) for item in session.items]


def ring_of(item: pytest.Item) -> str:
    """The ring of a test; empty where it is in none or in several."""
    rings = [ring for ring in RINGS if item.get_closest_marker(ring)]
    return rings[0] if len(rings) == 1 else ""


def every_test() -> list[Listed]:
    """Every test of the project.

    Raises:
        RuntimeError: a test file cannot be collected, with what pytest said.
    """
    done = subprocess.run(
        [sys.executable, "-m", "tests.listing"], cwd=ROOT, check=False, capture_output=True, text=True, timeout=_SECONDS
    )
    if done.returncode:
        raise RuntimeError(f"the tests cannot be collected:\n{done.stdout[-4000:]}{done.stderr[-2000:]}")
    return [Listed(*each) for each in json.loads(done.stdout)]


def _main() -> int:
    lister, said = _Lister(), io.StringIO()
    with contextlib.redirect_stdout(said):
        code = pytest.main(["--collect-only", "-q", "--no-header", "-p", "no:cacheprovider"], plugins=[lister])
    if code:
        sys.stdout.write(said.getvalue())
    else:
        sys.stdout.write(json.dumps([(each.id, each.ring) for each in lister.found]))
    return int(code)


if __name__ == "__main__":
    sys.exit(_main())
