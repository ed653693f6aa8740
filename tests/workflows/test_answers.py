"""What a failure of the engine means for whoever sent the command."""

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ActivityError, ApplicationError, RetryState

from activities.requests import DECIDE_FAILED
from workflows.answers import CommandFailedError, NotDecidedError, from_failure

pytestmark = pytest.mark.offline


def _failed(kind: str) -> WorkflowUpdateFailedError:
    given_up = ActivityError(
        "Activity task failed",
        scheduled_event_id=5,
        started_event_id=6,
        identity="worker",
        activity_type="desk.handle",
        activity_id="1",
        retry_state=RetryState.NON_RETRYABLE_FAILURE,
    )
    given_up.__cause__ = ApplicationError("no", "standard.1", "step.note", "KeyError", type=kind, non_retryable=True)
    return WorkflowUpdateFailedError(given_up)


def test_a_command_that_the_desk_gave_up_names_pack_word_and_error() -> None:
    with pytest.raises(NotDecidedError) as told:
        from_failure(_failed(DECIDE_FAILED), "digest")
    assert (told.value.pack, told.value.what, told.value.kind) == ("standard.1", "step.note", "KeyError")


def test_any_other_failure_of_the_desk_is_our_fault() -> None:
    with pytest.raises(CommandFailedError) as told:
        from_failure(_failed("CaseMissing"), "digest")
    assert not isinstance(told.value, NotDecidedError)
