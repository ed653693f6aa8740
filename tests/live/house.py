"""A house for live tests of the case: the real workflow on a real engine, with a fake desk behind it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from temporalio.client import Client
from temporalio.worker import Worker

from client.engine.running import Engine
from rules.outcomes import Face
from tests.workflows.fake_desk import FakeDesk, command
from workflows.answers import Answer
from workflows.case import CaseWorkflow
from workflows.connecting import connect
from workflows.messages import VIEW
from workflows.options import Bounds
from workflows.sandbox import RUNNER
from workflows.sending import Sender

RPC = timedelta(seconds=10)
QUICK = Bounds(call=timedelta(seconds=2), taken=timedelta(seconds=10), decided=timedelta(seconds=2))


@dataclass
class House:
    """One case of its own in one task queue of its own."""

    client: Client
    desk: FakeDesk
    sender: Sender
    queue: str
    case_id: str

    def worker(self, **options: Any) -> Worker:
        return Worker(
            self.client,
            task_queue=self.queue,
            workflows=[CaseWorkflow],
            activities=[self.desk.handle],
            workflow_runner=RUNNER,
            **options,
        )

    async def open(self, command_id: str = "open-1", **fields: Any) -> Answer:
        return await self.sender.open(self.case_id, command("open", command_id, datetime.now(UTC), **fields))

    async def do(self, step: str, command_id: str, **fields: Any) -> Answer:
        return await self.sender.send(self.case_id, command(step, command_id, datetime.now(UTC), **fields))

    async def view(self) -> Face:
        handle = self.client.get_workflow_handle(self.case_id)
        face: Face = await handle.query(VIEW, result_type=Face, rpc_timeout=RPC)
        return face

    async def history(self) -> list[str]:
        """The names of the events of the newest run."""
        history = await self.client.get_workflow_handle(self.case_id).fetch_history()
        return [str(event.WhichOneof("attributes")).removesuffix("_event_attributes") for event in history.events]


async def until(holds: Callable[[], Awaitable[bool]], within: float = 15) -> None:
    """Return as soon as it holds; fail after so many seconds."""
    for _ in range(int(within / 0.05)):
        if await holds():
            return
        await asyncio.sleep(0.05)
    raise TimeoutError(f"not within {within} s")


async def until_events(own: House, *events: str, within: float = 15) -> None:
    """Return as soon as exactly this happened to the case."""

    async def happened() -> bool:
        return own.desk.events(own.case_id) == list(events)

    await until(happened, within)


def soon(seconds: float) -> str:
    """An instant so many seconds ahead, whole seconds, as a command carries it."""
    return (datetime.now(UTC) + timedelta(seconds=seconds)).replace(microsecond=0).isoformat()


@asynccontextmanager
async def house(engine: Engine, *, bounds: Bounds = QUICK, working: bool = True) -> AsyncIterator[House]:
    """A house with a worker that runs, or without one."""
    client = await connect(engine.address, engine.namespace, working=True)
    desk, queue, case_id = FakeDesk(), f"redress-{uuid4()}", f"case-{uuid4().hex}"
    sending = await connect(engine.address, engine.namespace)
    sender = Sender(sending, desk.recall, bounds=bounds, task_queue=queue)
    own = House(client, desk, sender, queue, case_id)
    if working:
        async with own.worker():
            yield own
    else:
        yield own
