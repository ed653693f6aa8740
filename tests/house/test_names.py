"""Names that histories, scripts and other programs rely on; renaming one breaks what is running."""

from datetime import UTC, datetime

import pytest
from temporalio import activity, workflow

from activities.cycle_requests import CYCLE, OPEN_CYCLE
from activities.cycles import Cycles
from activities.desk import Desk
from activities.requests import HANDLE
from rules import commands
from rules.commands import Command, digest
from rules.outcomes import REFUSALS
from workflows import messages
from workflows.case import CaseWorkflow
from workflows.cycles import CycleWorkflow
from workflows.searching import KEYS

pytestmark = pytest.mark.pure


def test_the_activity_of_the_desk_is_named_desk_handle() -> None:
    assert HANDLE == "desk.handle"
    assert activity._Definition.must_from_callable(Desk.handle).name == HANDLE


def test_the_workflow_of_a_case_is_named_redress_case_and_has_one_update_and_one_query() -> None:
    definition = workflow._Definition.must_from_class(CaseWorkflow)
    assert definition.name == messages.CASE == "redress.case"
    assert set(definition.updates) == {messages.COMMAND} == {"command"}
    assert messages.VIEW == "view"
    assert messages.VIEW in definition.queries
    assert set(definition.signals) == set()
    assert messages.TASK_QUEUE == "redress"
    assert messages.REFUSED == "Refused"


def test_the_workflow_of_a_cycle_and_its_activity_are_named_for_ever() -> None:
    assert workflow._Definition.must_from_class(CycleWorkflow).name == CYCLE == "redress.cycle"
    assert activity._Definition.must_from_callable(Cycles.open).name == OPEN_CYCLE == "cycles.open"


def test_search_attributes_are_these_four() -> None:
    assert [key.name for key in KEYS] == ["RedressPack", "RedressEdition", "RedressKind", "RedressStanding"]


def test_the_id_of_a_case_follows_from_the_command_id_for_ever() -> None:
    assert commands.case_id_for("web-4711") == "case-43568577a32454f2a50d129866364026"


def test_the_digest_of_a_command_leaves_out_its_id_and_when_it_was_asked() -> None:
    one = Command("a", "step.x", "u1", datetime(2026, 3, 2, tzinfo=UTC), {"f": "1"})
    same = Command("b", "step.x", "u1", datetime(2026, 3, 3, tzinfo=UTC), {"f": "1"})
    other = Command("a", "step.x", "u1", datetime(2026, 3, 2, tzinfo=UTC), {"f": "2"})
    assert digest(one) == digest(same) != digest(other)


def test_no_refusal_is_listed_twice() -> None:
    assert len(set(REFUSALS)) == len(REFUSALS)
