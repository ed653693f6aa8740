"""Records the histories that `tests/workflows/histories` keeps: `python -m tests.live.recording FOLDER`.

Run it once per release that adds a path; a history that is there is never recorded over.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from unittest.mock import patch

from temporalio import activity, workflow
from temporalio.client import WorkflowHistory
from temporalio.worker import Worker

from activities.cycle_requests import CYCLE, OPEN_CYCLE, CycleRequest, CycleStart
from client.engine.configuring import free_ports
from client.engine.finding import own_program
from client.engine.namespace import pairs
from client.engine.running import Engine, start_engine
from tests.live.house import House, house, soon
from workflows.connecting import connect
from workflows.cycles import CycleWorkflow
from workflows.messages import TASK_QUEUE
from workflows.sandbox import RUNNER
from workflows.searching import KEYS

#: Who served a run is a machine's name and no part of the story.
_NAMES = re.compile(r'"identity": "[^"]*"')
#: Where on the recording machine something was raised.
_PLACES = re.compile(r'"stackTrace": "(?:[^"\\]|\\.)*"')

#: After so many events the story `renewed` has the engine suggest a new run.
LONG = 40

Story = Callable[[House], Awaitable[None]]


async def handled(own: House) -> None:
    """Opened, ignored until two rungs are climbed, refused once, handled and closed."""
    await own.open(dues=[soon(1), soon(2), soon(3600)], note="not a person")
    await asyncio.sleep(3.5)
    await own.do("step.wrong", "2")
    await own.do("step.accept", "3", dues=[soon(7200)])
    await own.do("step.reply", "4")
    await own.do("step.close", "5")


async def waiting(own: House) -> None:
    """Opened and one step taken; open still, with its timer armed."""
    await own.open(dues=[soon(86400 * 15)])
    await own.do("step.accept", "2")


async def together(own: House) -> None:
    """Six commands at once, one of them refused."""
    await own.open()
    steps = ("step.accept", "step.reply", "step.wrong", "step.accept", "step.reply", "step.accept")
    await asyncio.gather(*(own.do(step, f"{number}") for number, step in enumerate(steps)))


async def stalled(own: House) -> None:
    """A clock that the desk left where it was and that was asked again."""
    own.desk.stuck_clock = 1
    await own.open(dues=[soon(1)])
    await asyncio.sleep(4)


async def renewed(own: House) -> None:
    """A run that grew long and handed over to the next one."""

    def suggested(info: workflow.Info) -> bool:
        return info.get_current_history_length() > LONG

    with patch.object(workflow.Info, "is_continue_as_new_suggested", suggested):
        await own.open(dues=[soon(3600)])
        for number in range(7):
            await own.do("step.accept", str(number))
        await asyncio.sleep(1)


STORIES: tuple[Story, ...] = (handled, waiting, together, stalled, renewed)


async def record(engine: Engine, folder: Path) -> None:
    """Have each story told once on the engine, and keep the history of its first run."""
    for story in STORIES:
        file = folder / f"0.1-{story.__name__}.json"
        if file.exists():
            continue
        async with house(engine) as own:
            opened = own.client.get_workflow_handle(own.case_id)
            await story(own)
            await asyncio.sleep(0.5)
            first = (await opened.describe()).raw_description.workflow_execution_info.first_run_id
            history = await own.client.get_workflow_handle(own.case_id, run_id=first).fetch_history()
            for event in history.events if story is renewed else ():
                if event.event_id > LONG and event.HasField("workflow_task_started_event_attributes"):
                    event.workflow_task_started_event_attributes.suggest_continue_as_new = True
            _keep(history, file)


async def record_cycle(engine: Engine, folder: Path) -> None:
    """Have the schedule's workflow look at a cycle once, and keep its history."""
    file = folder / "0.2-cycle.json"
    if file.exists():
        return
    client = await connect(engine.address, engine.namespace, working=True)

    @activity.defn(name=OPEN_CYCLE)
    async def opened(request: CycleRequest) -> int:
        return 2

    async with Worker(
        client, task_queue=TASK_QUEUE, workflows=[CycleWorkflow], activities=[opened], workflow_runner=RUNNER
    ):
        looked = await client.start_workflow(
            CYCLE, CycleStart("standard", "month"), id="redress-cycle/standard/month", task_queue=TASK_QUEUE
        )
        await looked.result()
    _keep(await looked.fetch_history(), file)


def _keep(history: WorkflowHistory, file: Path) -> None:
    named = _NAMES.sub('"identity": "redress"', history.to_json())
    file.write_text(_PLACES.sub('"stackTrace": ""', named), encoding="utf-8")


async def main(folder: Path) -> None:
    """Start an engine, record, stop it."""
    program = await own_program(print, lang="en")
    with tempfile.TemporaryDirectory() as data:
        engine = await start_engine(
            Path(data), program=program, virtual_clock=True, say=print, ports=free_ports(), attributes=pairs(KEYS)
        )
        await record(engine, folder)
        await record_cycle(engine, folder)
        await engine.stop()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
