"""The papers know every command, every event and every search attribute."""

import re

import pytest

from client.cli.main import COMMANDS, FAMILIES
from rules.entries import EVENTS
from tests.listing import ROOT
from workflows.searching import KEYS

pytestmark = pytest.mark.pure

SPOKEN = [*COMMANDS, *(f"{family} {name}" for family, names in FAMILIES.items() for name in names)]
#: The commands that scripts rely on.
PROMISED = (
    "up", "down", "engine status", "engine start", "engine stop", "worker", "doctor", "open", "do", "show", "list",
    "mine", "explain", "packs list", "packs show", "packs check", "packs publish", "org check", "org apply",
    "org show", "clauses", "reckon", "rehearse", "report", "ledger verify", "ledger export", "ledger rebuild",
)  # fmt: skip


def _papers() -> str:
    papers = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return "\n".join(paper.read_text(encoding="utf-8") for paper in papers)


def test_every_promised_command_is_there() -> None:
    assert [name for name in PROMISED if name not in SPOKEN] == []


@pytest.mark.parametrize("name", SPOKEN)
def test_the_papers_know_the_command(name: str) -> None:
    assert re.search(rf"redress {name}\b", _papers())


@pytest.mark.parametrize("event", EVENTS)
def test_the_list_of_events_knows(event: str) -> None:
    assert re.search(rf"^(#+|\|) *`{event}`", (ROOT / "docs" / "events.md").read_text(encoding="utf-8"), re.MULTILINE)


def test_the_list_of_events_knows_no_other() -> None:
    listed = re.findall(r"^(?:#+|\|) *`(\w+)`", (ROOT / "docs" / "events.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(listed) - set(EVENTS) == set()


@pytest.mark.parametrize("key", [key.name for key in KEYS])
def test_the_papers_know_the_search_attribute(key: str) -> None:
    assert f"`{key}`" in _papers()


def test_every_target_of_the_makefile_that_the_papers_name_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"`make ([a-z]+)", _papers()))
    assert {"demo", "test"} <= named
    assert [name for name in named if f"\n{name}:" not in makefile] == []


def test_ci_runs_the_test_command_of_the_readme() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "CI=true make test"
    assert "make test" in (ROOT / "README.md").read_text(encoding="utf-8")
