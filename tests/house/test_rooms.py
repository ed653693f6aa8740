"""The rooms: imports open downwards only, and rules see nothing of the world."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.reading import ROOMS, imported, named, python_files, used
from tests.listing import ROOT

pytestmark = pytest.mark.pure

#: What a module of the rules may import beside the standard library and the rules.
MAY = {"rules/parsing.py": {"pydantic"}, "rules/machine.py": {"transitions"}}


def _top(module: str) -> str:
    return module.partition(".")[0]


def test_the_contracts_of_imports_are_kept() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT, check=False, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_worker_sees_every_room_but_the_client() -> None:
    assert "client" not in {_top(module) for module in imported(ROOT / "worker.py")}


def test_no_room_imports_the_worker_tests_or_the_bench() -> None:
    found = {
        (named(file), module)
        for file in python_files(*ROOMS)
        for module in imported(file)
        if _top(module) in ("worker", "tests", "bench")
    }
    assert found == set()


def test_rules_import_the_standard_library_and_themselves_alone() -> None:
    found = {
        (named(file), _top(module))
        for file in python_files("rules")
        for module in imported(file)
        if _top(module) not in sys.stdlib_module_names | {"rules"} | MAY.get(named(file), set())
    }
    assert found == set()


def test_workflows_are_started_and_updated_by_the_careful_sender_alone() -> None:
    names = ("start_workflow", "start_update", "execute_update", "start_update_with_start_workflow", "signal")
    found = {
        named(file)
        for file in [*python_files(*ROOMS), ROOT / "worker.py"]
        for text, _ in used(file)
        if text.rpartition(".")[2] in names and "." in text and not text.startswith("signal")
    }
    assert found - {"client/rehearsal_engine.py"} == {"workflows/sending.py"}


def test_people_talk_to_temporal_through_the_gateway_alone() -> None:
    """The engine room and what looks after it know the server too, but no other part of the front desk does."""
    may = (
        "client/engine/",
        "client/gateway.py",
        "client/clock.py",
        "client/polling.py",
        "client/reaching.py",
        "client/rehearsal_engine.py",
        "client/sending.py",
    )
    found = {
        named(file)
        for file in python_files("client")
        if "temporalio" in {_top(module) for module in imported(file)} and not named(file).startswith(may)
    }
    assert found == set()
