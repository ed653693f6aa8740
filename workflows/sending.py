"""The careful sender: a command reaches its case once, however often it is sent, and every wait has an end."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from temporalio.client import (
    Client,
    WithStartWorkflowOperation,
    WorkflowUpdateFailedError,
    WorkflowUpdateHandle,
    WorkflowUpdateRPCTimeoutOrCancelledError,
    WorkflowUpdateStage,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from activities.drivers.trouble import LedgerAway
from rules.commands import Command, digest
from workflows.answers import (
    Answer,
    from_failure,
    is_closed,
    is_unknown,
    judged,
    refused,
    says_nothing,
    ten_wait,
)
from workflows.messages import CASE, COMMAND, TASK_QUEUE, CaseStart, Receipt
from workflows.options import Bounds
from workflows.recalling import Recall
from workflows.searching import at_start

_Handle = WorkflowUpdateHandle[Receipt]
_Ask = Callable[[timedelta], Awaitable[_Handle]]

#: Refusals that a case gives by its face alone: the ledger may know that the command was done before.
_BY_FACE = ("case_closed", "step_not_open")


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Sender:
    """Sends commands. The update id is the command id, always; a timeout never means "not done"."""

    def __init__(
        self,
        client: Client,
        recall: Recall,
        *,
        bounds: Bounds | None = None,
        task_queue: str = TASK_QUEUE,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        """Send through this client, made by `connect`; ``now`` dates what is pending."""
        self._client, self._recall, self._now = client, recall, now
        self._bounds, self._task_queue = bounds or Bounds(), task_queue

    async def open(self, case_id: str, command: Command) -> Answer:
        """What became of an opening: the case is made where there is none, once, and never a second time."""

        async def ask(within: timedelta) -> _Handle:
            start: WithStartWorkflowOperation[Any, Any] = WithStartWorkflowOperation(
                CASE,
                CaseStart(case_id),
                id=case_id,
                task_queue=self._task_queue,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                search_attributes=at_start(command),
            )
            try:
                return await self._client.start_update_with_start_workflow(
                    COMMAND,
                    command,
                    start_workflow_operation=start,
                    wait_for_stage=WorkflowUpdateStage.ACCEPTED,
                    id=command.id,
                    result_type=Receipt,
                    rpc_timeout=within,
                )
            except (RPCError, WorkflowAlreadyStartedError, WorkflowUpdateRPCTimeoutOrCancelledError):
                # The operation has the same error and complains on stderr where nobody asks it for that.
                await asyncio.gather(start.workflow_handle(), return_exceptions=True)
                raise

        return await self._answer(ask, case_id, command)

    async def send(self, case_id: str, command: Command) -> Answer:
        """What became of a command for a case that is there."""
        case = self._client.get_workflow_handle(case_id)

        async def ask(within: timedelta) -> _Handle:
            return await case.start_update(
                COMMAND,
                command,
                wait_for_stage=WorkflowUpdateStage.ACCEPTED,
                id=command.id,
                result_type=Receipt,
                rpc_timeout=within,
            )

        return await self._answer(ask, case_id, command)

    async def _answer(self, ask: _Ask, case_id: str, command: Command) -> Answer:
        """Send until it is taken, then wait for the decision; look into the ledger where the case cannot say."""
        content = digest(command)
        try:
            answer = await self._reach(ask, content)
        except WorkflowAlreadyStartedError:
            answer = refused("case_closed")
        except RPCError as error:
            if is_closed(error):
                answer = refused("case_closed")
            elif is_unknown(error):
                answer = refused("unknown_case", case=case_id)
            elif ten_wait(error):
                return refused("ten_wait", waiting=10)
            else:
                raise
        if answer.refusal is not None and answer.refusal.code in (*_BY_FACE, "unknown_case"):
            try:
                recorded = await self._recall(case_id, command.id)
            except LedgerAway:
                return Answer("pending", trouble="no_ledger")
            if recorded is not None:
                return judged(recorded.receipt, recorded.refusal, content)
        return answer

    async def _reach(self, ask: _Ask, content: str) -> Answer:
        """The answer of the case, or ``pending`` when the bounds are used up."""
        loop, bounds = asyncio.get_running_loop(), self._bounds
        handle: _Handle | None = None
        since: datetime | None = None
        trouble = "no_worker"
        ends = loop.time() + bounds.taken.total_seconds()
        while (left := ends - loop.time()) > 0:
            within = min(bounds.call, timedelta(seconds=left))
            try:
                async with asyncio.timeout(within.total_seconds() + 1):
                    if handle is None:
                        handle = await ask(within)
                        if since is None:
                            since, ends = self._now(), loop.time() + bounds.decided.total_seconds()
                    receipt = await handle.result(rpc_timeout=within)
            except WorkflowUpdateFailedError as error:
                return from_failure(error, content) or refused("case_closed")
            except (WorkflowUpdateRPCTimeoutOrCancelledError, TimeoutError):
                _heed_cancelling()
            except RPCError as error:
                if handle is not None and is_unknown(error):
                    handle = None
                elif ten_wait(error) or not says_nothing(error):
                    raise
                trouble = "no_engine" if error.status is RPCStatusCode.UNAVAILABLE else trouble
            else:
                return judged(receipt, None, content)
            # A call may fail at once, however it fails: it is never tried again without a pause.
            await asyncio.sleep(min(bounds.again.total_seconds(), max(0.0, ends - loop.time())))
        return Answer("pending", since=since, trouble="" if since else trouble)


def _heed_cancelling() -> None:
    """Raise what the client library swallowed: it reports our own cancelling as a timeout of the call."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
