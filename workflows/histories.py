"""What the engine remembers: every decision of a case, read back from the histories of all its runs."""

from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import timedelta
from typing import TypeVar

from temporalio.api.common.v1 import Payloads, WorkflowExecution
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.api.workflowservice.v1 import GetWorkflowExecutionHistoryRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.requests import HANDLE, HandleRequest, HandleResult
from workflows.messages import CASE

T = TypeVar("T")
Pair = tuple[HandleRequest, HandleResult]

_RPC = timedelta(seconds=30)


class RunsMissingError(LookupError):
    """The engine no longer keeps every run of this case, so its decisions cannot all be read back."""

    def __init__(self, case_id: str) -> None:
        super().__init__(case_id)
        self.case_id = case_id


async def case_ids(client: Client) -> AsyncIterator[str]:
    """The id of every case that the engine knows, open or closed, each once."""
    seen: set[str] = set()
    async for run in client.list_workflows(f"WorkflowType = '{CASE}'", rpc_timeout=_RPC):
        if run.id not in seen:
            seen.add(run.id)
            yield run.id


async def handled(client: Client, case_id: str) -> AsyncIterator[Pair]:
    """Every decision of a case, in the order in which it was recorded, over all its runs.

    A command that was asked again comes again only where the desk's answer brought entries that were not seen before.

    Raises:
        RunsMissingError: a run is not kept any more.
    """
    seen: set[str] = set()
    for events in await _runs(client, case_id):
        for asked, answered in _answered(events):
            request = await _decode(client, asked, HandleRequest)
            result = await _decode(client, answered, HandleResult)
            if request.command.id not in seen or result.entries:
                seen.add(request.command.id)
                yield request, result


async def _runs(client: Client, case_id: str) -> list[list[HistoryEvent]]:
    """The events of every run that the newest one descends from, oldest first."""
    runs: list[list[HistoryEvent]] = []
    run_id = ""
    while True:
        try:
            events = await _events(client, case_id, run_id)
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                raise RunsMissingError(case_id) from error
            raise
        runs.insert(0, events)
        run_id = events[0].workflow_execution_started_event_attributes.continued_execution_run_id
        if not run_id:
            return runs


async def _events(client: Client, case_id: str, run_id: str) -> list[HistoryEvent]:
    """The whole history of one run; that of the newest where no run is named."""
    request = GetWorkflowExecutionHistoryRequest(
        namespace=client.namespace, execution=WorkflowExecution(workflow_id=case_id, run_id=run_id)
    )
    events: list[HistoryEvent] = []
    while True:
        page = await client.workflow_service.get_workflow_execution_history(request, retry=True, timeout=_RPC)
        events.extend(page.history.events)
        if not page.next_page_token:
            return events
        request.next_page_token = page.next_page_token


def _answered(events: Iterable[HistoryEvent]) -> Iterator[tuple[Payloads, Payloads]]:
    """What the desk was asked and what it answered, in the order of the answers."""
    asked: dict[int, Payloads] = {}
    for event in events:
        if event.event_type == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED:
            scheduled = event.activity_task_scheduled_event_attributes
            if scheduled.activity_type.name == HANDLE:
                asked[event.event_id] = scheduled.input
        elif event.event_type == EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED:
            completed = event.activity_task_completed_event_attributes
            if completed.scheduled_event_id in asked:
                yield asked[completed.scheduled_event_id], completed.result


async def _decode(client: Client, payloads: Payloads, kind: type[T]) -> T:
    values = await client.data_converter.decode(payloads.payloads, [kind])
    value: T = values[0]
    return value
