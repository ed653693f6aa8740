"""The runner: our rooms are loaded once, and a run is made fast."""

from __future__ import annotations

import statistics
import sys
import time
import types

import pytest
from temporalio import workflow
from temporalio.worker.workflow_sandbox import SandboxRestrictions
from temporalio.worker.workflow_sandbox._importer import Importer
from temporalio.worker.workflow_sandbox._restrictions import RestrictionContext

from workflows.case import CaseWorkflow
from workflows.sandbox import RUNNER

pytestmark = pytest.mark.offline

OURS = ("rules", "activities", "workflows")


def _load(restrictions: SandboxRestrictions) -> dict[str, types.ModuleType]:
    """The modules of ours that a sandbox of these restrictions sees after loading the case."""
    importer = Importer(restrictions, RestrictionContext(), workflow_module_name="workflows.case")
    with importer.applied():
        __import__("workflows.case")
        return {name: module for name, module in sys.modules.items() if name.split(".")[0] in OURS}


def _prepare() -> float:
    definition = workflow._Definition.must_from_class(CaseWorkflow)
    began = time.perf_counter()
    RUNNER.prepare_workflow(definition)
    return time.perf_counter() - began


def test_a_run_loads_nothing_of_ours_again() -> None:
    outside = dict(sys.modules)
    seen = _load(RUNNER.restrictions)
    assert seen["workflows.case"] is outside["workflows.case"]
    assert [name for name, module in seen.items() if outside.get(name) is not module] == []


def test_without_the_names_our_rooms_would_be_loaded_again() -> None:
    outside = dict(sys.modules)
    seen = _load(SandboxRestrictions.default)
    assert seen["rules.outcomes"] is not outside["rules.outcomes"]


async def test_a_run_is_made_within_three_milliseconds() -> None:
    _prepare()
    assert statistics.median(_prepare() for _ in range(21)) <= 0.003
