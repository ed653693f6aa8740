"""Recorded histories replay to the same values; each mutated twin, which Temporal's own replay lets pass, does not."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer
from temporalio.workflow import NondeterminismError

from workflows.case import CaseWorkflow
from workflows.codec import CONVERTER
from workflows.cycles import CycleWorkflow
from workflows.replaying import differences
from workflows.sandbox import RUNNER

pytestmark = pytest.mark.offline

FOLDER = Path(__file__).parent / "histories"
CYCLE = FOLDER / "0.2-cycle.json"
FILES = sorted(set(FOLDER.glob("*.json")) - {CYCLE})
Event = dict[str, Any]


def _history(file: Path, change: Callable[[Event], bool] = lambda event: False) -> WorkflowHistory:
    """The recording, with the first event changed that `change` wants to change."""
    content = json.loads(file.read_text(encoding="utf-8"))
    changed = any(change(event) for event in content["events"])
    assert changed or change.__name__ == "<lambda>"
    return WorkflowHistory.from_json(file.stem, json.dumps(content))


def _payload(holder: Event, key: str, before: str, after: str) -> bool:
    """Replace text in the first payload under the key."""
    payload = holder[key]["payloads"][0]
    text = base64.b64decode(payload["data"]).decode()
    payload["data"] = base64.b64encode(text.replace(before, after, 1).encode()).decode()
    return before in text


def another_timer(event: Event) -> bool:
    timer = event.get("timerStartedEventAttributes")
    if timer:
        timer["startToFireTimeout"] = "2592000s"
    return bool(timer)


def another_question(event: Event) -> bool:
    asked = event.get("activityTaskScheduledEventAttributes")
    return asked is not None and _payload(asked, "input", '"seq":1', '"seq":9')


def another_patience(event: Event) -> bool:
    asked = event.get("activityTaskScheduledEventAttributes")
    if asked:
        asked["startToCloseTimeout"] = "11s"
    return bool(asked)


def another_retry(event: Event) -> bool:
    asked = event.get("activityTaskScheduledEventAttributes")
    if asked:
        asked["retryPolicy"]["maximumAttempts"] = 3
    return bool(asked)


def another_receipt(event: Event) -> bool:
    outcome = event.get("workflowExecutionUpdateCompletedEventAttributes", {}).get("outcome", {})
    return "success" in outcome and _payload(outcome, "success", "T-", "U-")


def another_refusal(event: Event) -> bool:
    failed = event.get("workflowExecutionUpdateCompletedEventAttributes", {}).get("outcome", {}).get("failure")
    return bool(failed) and _payload(failed["applicationFailureInfo"], "details", "handler", "leader")


def another_standing(event: Event) -> bool:
    upserted = event.get("upsertWorkflowSearchAttributesEventAttributes")
    if upserted:
        fields = upserted["searchAttributes"]["indexedFields"]
        fields["RedressStanding"]["data"] = base64.b64encode(b'"open"').decode()
    return bool(upserted)


def another_renewal(event: Event) -> bool:
    renewed = event.get("workflowExecutionContinuedAsNewEventAttributes")
    return renewed is not None and _payload(renewed, "input", "open-1", "open-2")


def another_end(event: Event) -> bool:
    ended = event.get("workflowExecutionCompletedEventAttributes")
    return ended is not None and _payload(ended, "result", '"closed":true', '"closed":false')


MUTATIONS = [
    ("handled", another_timer),
    ("handled", another_question),
    ("handled", another_patience),
    ("handled", another_retry),
    ("handled", another_receipt),
    ("handled", another_refusal),
    ("handled", another_standing),
    ("handled", another_end),
    ("waiting", another_timer),
    ("together", another_refusal),
    ("stalled", another_timer),
    ("renewed", another_renewal),
]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_a_recorded_case_comes_to_the_same_values(file: Path) -> None:
    assert await differences(_history(file)) == []


@pytest.mark.parametrize(("story", "mutation"), MUTATIONS, ids=lambda each: getattr(each, "__name__", each))
async def test_a_mutated_case_is_found_out_although_the_usual_replay_lets_it_pass(
    story: str, mutation: Callable[[Event], bool]
) -> None:
    file = FOLDER / f"0.1-{story}.json"
    usual = Replayer(workflows=[CaseWorkflow], data_converter=CONVERTER, workflow_runner=RUNNER)
    await usual.replay_workflow(_history(file, mutation))
    assert len(await differences(_history(file, mutation))) == 1


def another_cycle(event: Event) -> bool:
    asked = event.get("activityTaskScheduledEventAttributes")
    if asked:
        asked["activityType"]["name"] = "cycles.shut"
    return bool(asked)


async def test_a_recorded_look_at_a_cycle_replays_and_one_that_asked_for_something_else_does_not() -> None:
    replayer = Replayer(workflows=[CycleWorkflow], data_converter=CONVERTER, workflow_runner=RUNNER)
    await replayer.replay_workflow(_history(CYCLE))
    with pytest.raises(NondeterminismError):
        await replayer.replay_workflow(_history(CYCLE, another_cycle))


def test_every_recording_has_a_mutated_twin() -> None:
    assert {file.stem for file in FILES} == {f"0.1-{story}" for story, _ in MUTATIONS}


def test_recordings_carry_the_flags_of_the_kernel_without_which_replay_sees_less() -> None:
    for file in FILES:
        assert '"coreUsedFlags"' in file.read_text(encoding="utf-8")
