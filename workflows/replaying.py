"""Value-level replay: a recorded case is replayed, and every value it produces is compared with the recording.

Temporal's own replay notices another order of commands, but not that a timer of 15 days became one of 30, or that an
activity is asked something else. Here timers, what the desk is asked and how, answers, attributes and renewals count.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from google.protobuf.message import Message
from temporalio.api.common.v1 import Payloads
from temporalio.api.history.v1 import HistoryEvent
from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_commands import WorkflowCommand
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.client import WorkflowHistory
from temporalio.converter import PayloadConverter
from temporalio.worker import Replayer, WorkflowInstance, WorkflowInstanceDetails, WorkflowRunner
from temporalio.workflow import Info

from activities.requests import HandleRequest
from rules.outcomes import Face
from workflows.case import CaseWorkflow
from workflows.codec import CONVERTER
from workflows.messages import CaseStart, Receipt
from workflows.sandbox import RUNNER

#: A value that was produced: what kind of thing, and its content.
Value = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """The first value that differs: its place among those of its kind, as it was recorded, as it is now."""

    kind: str
    place: int
    recorded: Any
    now: Any


async def differences(history: WorkflowHistory, *, runner: WorkflowRunner = RUNNER) -> list[Difference]:
    """Where the case as it is coded now would produce other values than those recorded; empty where nowhere.

    Raises:
        temporalio.workflow.NondeterminismError: the order of commands differs.
    """
    listening = _Listening(runner)
    replayer = Replayer(workflows=[CaseWorkflow], workflow_runner=listening, data_converter=CONVERTER)
    await replayer.replay_workflow(history)
    recorded = _by_kind(value for event in history.events for value in _of_event(event))
    now = _by_kind(value for command in listening.commands for value in _of_command(command))
    return [found for kind in sorted({*recorded, *now}) for found in _first(kind, recorded, now)]


def _by_kind(values: Iterator[Value]) -> dict[str, list[Any]]:
    kinds: dict[str, list[Any]] = {}
    for kind, content in values:
        kinds.setdefault(kind, []).append(content)
    return kinds


def _first(kind: str, recorded: dict[str, list[Any]], now: dict[str, list[Any]]) -> Iterator[Difference]:
    before, after = recorded.get(kind, []), now.get(kind, [])
    for place in range(max(len(before), len(after))):
        was = before[place] if place < len(before) else None
        is_ = after[place] if place < len(after) else None
        if was != is_:
            yield Difference(kind, place, was, is_)
            return


def _of_event(event: HistoryEvent) -> Iterator[Value]:
    """The values that an event of a history holds."""
    which = event.WhichOneof("attributes") or ""
    if which == "timer_started_event_attributes":
        timer = event.timer_started_event_attributes
        yield "timer", timer.start_to_fire_timeout.ToTimedelta()
    elif which == "activity_task_scheduled_event_attributes":
        yield "activity", _activity(event.activity_task_scheduled_event_attributes)
    elif which == "workflow_execution_update_completed_event_attributes":
        outcome = event.workflow_execution_update_completed_event_attributes.outcome
        if outcome.HasField("failure"):
            yield "refusal", _failure(outcome.failure)
        else:
            yield "receipt", _decoded(outcome.success, Receipt)
    elif which == "upsert_workflow_search_attributes_event_attributes":
        attributes = event.upsert_workflow_search_attributes_event_attributes.search_attributes
        yield "attributes", {name: payload.data for name, payload in attributes.indexed_fields.items()}
    elif which == "workflow_execution_continued_as_new_event_attributes":
        yield "renewal", _decoded(event.workflow_execution_continued_as_new_event_attributes.input, CaseStart)
    elif which == "workflow_execution_completed_event_attributes":
        yield "end", _decoded(event.workflow_execution_completed_event_attributes.result, Face)


def _of_command(command: WorkflowCommand) -> Iterator[Value]:
    """The values that a command of the replayed case holds, in the words of `_of_event`."""
    which = command.WhichOneof("variant")
    if which == "start_timer":
        yield "timer", command.start_timer.start_to_fire_timeout.ToTimedelta()
    elif which == "schedule_activity":
        yield "activity", _activity(command.schedule_activity)
    elif which == "update_response":
        response = command.update_response
        if response.HasField("rejected"):
            yield "refusal", _failure(response.rejected)
        elif response.HasField("completed"):
            yield "receipt", _decoded(Payloads(payloads=[response.completed]), Receipt)
    elif which == "upsert_workflow_search_attributes":
        attributes = command.upsert_workflow_search_attributes.search_attributes
        yield "attributes", {name: payload.data for name, payload in attributes.indexed_fields.items()}
    elif which == "continue_as_new_workflow_execution":
        arguments = command.continue_as_new_workflow_execution.arguments
        yield "renewal", _decoded(Payloads(payloads=arguments), CaseStart)
    elif which == "complete_workflow_execution":
        yield "end", _decoded(Payloads(payloads=[command.complete_workflow_execution.result]), Face)


def _activity(scheduled: Any) -> Value:
    """What the desk is asked and how: event and command name these things alike, but for the input and the type."""
    typed = getattr(scheduled.activity_type, "name", scheduled.activity_type)
    given = scheduled.input if hasattr(scheduled, "input") else Payloads(payloads=scheduled.arguments)
    limits = ("start_to_close_timeout", "retry_policy")
    return typed, (_decoded(given, HandleRequest), *(_plain(getattr(scheduled, name)) for name in limits))


def _plain(message: Message) -> bytes:
    return message.SerializeToString(deterministic=True)


def _failure(failure: Any) -> Value:
    """A refusal's type, message and details."""
    info = failure.application_failure_info
    details = CONVERTER.payload_converter.from_payloads(info.details.payloads)
    return info.type, (failure.message, info.non_retryable, details)


def _decoded(payloads: Payloads, kind: type) -> Any:
    """The content as our own type, so that fields which later releases add with a default do not count."""
    converter: PayloadConverter = CONVERTER.payload_converter
    return converter.from_payloads(payloads.payloads, [kind])[0]


class _Listening(WorkflowRunner):
    """A runner that notes every command of the runs it makes."""

    def __init__(self, inner: WorkflowRunner) -> None:
        self._inner = inner
        self.commands: list[WorkflowCommand] = []

    def prepare_workflow(self, defn: Any) -> None:
        """Prepare as the inner runner does."""
        self._inner.prepare_workflow(defn)

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """A run of the inner runner whose commands are noted."""
        return _Instance(self._inner.create_instance(det), self.commands.append)


class _Instance(WorkflowInstance):
    def __init__(self, inner: WorkflowInstance, note: Callable[[WorkflowCommand], None]) -> None:
        self._inner, self._note = inner, note

    def activate(self, act: WorkflowActivation) -> WorkflowActivationCompletion:
        completion = self._inner.activate(act)
        commands = completion.successful.commands
        # A timer that is started and cancelled at once never reaches a history.
        gone = {command.cancel_timer.seq for command in commands if command.HasField("cancel_timer")}
        for command in commands:
            if command.HasField("start_timer") and command.start_timer.seq in gone:
                continue
            copied = WorkflowCommand()
            copied.CopyFrom(command)
            self._note(copied)
        return completion

    def get_serialization_context(self, command_info: Any) -> Any:
        return self._inner.get_serialization_context(command_info)

    def get_external_store_context(self, command_info: Any) -> Any:
        return self._inner.get_external_store_context(command_info)

    def get_info(self) -> Info:
        return self._inner.get_info()

    def get_thread_id(self) -> int | None:
        return self._inner.get_thread_id()
