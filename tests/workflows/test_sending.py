"""The careful sender alone: what it does with a call that fails at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from temporalio.client import Client, WorkflowUpdateRPCTimeoutOrCancelledError

from tests.workflows.fake_desk import FakeDesk, command
from workflows.options import Bounds
from workflows.sending import Sender

pytestmark = pytest.mark.offline

SHORT = Bounds(taken=timedelta(seconds=0.5), again=timedelta(seconds=0.1))


class CancellingClient:
    """A client each of whose calls ends at once as cancelled, as a proxy that shuts down has it."""

    def __init__(self) -> None:
        self.calls = 0

    def get_workflow_handle(self, case_id: str) -> CancellingClient:
        return self

    async def start_update(self, *args: Any, **options: Any) -> None:
        self.calls += 1
        raise WorkflowUpdateRPCTimeoutOrCancelledError


async def test_a_call_that_ends_at_once_as_cancelled_is_tried_again_with_pauses() -> None:
    client = CancellingClient()
    sender = Sender(cast(Client, client), FakeDesk().recall, bounds=SHORT)
    answer = await sender.send("case-1", command("step.accept", "1", datetime.now(UTC)))
    assert (answer.status, answer.since) == ("pending", None)
    assert 2 <= client.calls <= 6
