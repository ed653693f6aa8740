"""For every run of tests: each test is in one ring, and nothing is skipped or expected to fail."""

from collections.abc import Generator
from typing import Any

import pytest

from tests.listing import ring_of


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse tests that are in no ring or in two, before any is deselected."""
    lost = [item.nodeid for item in items if not ring_of(item)]
    if lost:
        raise pytest.UsageError("mark each test module pure, offline or live, once: " + ", ".join(sorted(lost)[:10]))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[Any]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Make a failure of every skip and of every expected failure."""
    report = yield
    expected = hasattr(report, "wasxfail")
    if expected:
        del report.wasxfail
    if report.skipped or expected:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped or expected to fail; every test runs, and passes"
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Make a failure of every module that skips itself."""
    report = yield
    if report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid} skips itself; every test runs"
    return report
