"""The virtual clock on a real engine, with a workflow that only waits."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from temporalio.client import Client, WorkflowHandle
from temporalio.worker import Worker

from client.clock import now_of, pass_time, pass_until
from client.engine import probing
from client.engine.running import Engine
from client.engine.words import EngineError
from tests.live.waiting import QUEUE, Waiting, write_down

pytestmark = pytest.mark.live


async def _start(client: Client, days: int, queue: str = QUEUE) -> WorkflowHandle[Waiting, int]:
    name = f"waiting-{uuid4()}"
    return await client.start_workflow(Waiting.run, args=[days, 0], id=name, task_queue=queue, rpc_timeout=probing.RPC)


async def test_fifty_days_pass_in_seconds_and_every_stop_is_made(engine: Engine) -> None:
    client = await probing.connect(engine.address, engine.namespace)
    async with Worker(client, task_queue=QUEUE, workflows=[Waiting], activities=[write_down]):
        handle = await _start(client, 60)
        start, began = await now_of(client, handle), time.monotonic()
        passed = await pass_time(client, handle, timedelta(days=50, hours=1))
        assert time.monotonic() - began < 50
        assert len(passed.stops) == 50
        assert passed.stops == tuple(sorted(passed.stops))
        assert timedelta(0) <= passed.now - start - timedelta(days=50, hours=1) < timedelta(seconds=30)
        await client.get_workflow_handle(handle.id).terminate(rpc_timeout=probing.RPC)


async def test_a_case_notices_every_due_instant_within_two_seconds(engine: Engine) -> None:
    client = await probing.connect(engine.address, engine.namespace)
    async with Worker(client, task_queue=QUEUE, workflows=[Waiting], activities=[write_down]):
        handle = await _start(client, 60)
        await pass_time(client, handle, timedelta(days=4, hours=1))
        late = [float(text) for text in await handle.query(Waiting.lateness, rpc_timeout=probing.RPC)]
        assert len(late) == 4
        assert all(0 <= seconds < 2 for seconds in late)
        await handle.terminate(rpc_timeout=probing.RPC)


async def test_a_case_that_ends_on_the_way_stops_the_clock(engine: Engine) -> None:
    client = await probing.connect(engine.address, engine.namespace)
    async with Worker(client, task_queue=QUEUE, workflows=[Waiting], activities=[write_down]):
        handle = await _start(client, 7)
        passed = await pass_time(client, handle, timedelta(days=30))
        assert passed.ended
        assert len(passed.stops) == 7


async def test_a_case_opened_later_is_brought_to_the_instant_of_another(engine: Engine) -> None:
    client = await probing.connect(engine.address, engine.namespace)
    async with Worker(client, task_queue=QUEUE, workflows=[Waiting], activities=[write_down]):
        first = await _start(client, 60)
        there = (await pass_time(client, first, timedelta(days=3, hours=2))).now
        second = await _start(client, 60)
        assert await now_of(client, second) < datetime.now(UTC) + timedelta(seconds=5)
        brought = await pass_until(client, second, there)
        assert there <= brought.now < there + timedelta(seconds=30)
        again = await pass_until(client, second, there - timedelta(days=1))
        assert again.stops == ()
        for handle in (first, second):
            await handle.terminate(rpc_timeout=probing.RPC)


async def test_without_a_worker_the_clock_says_that_it_is_stuck(engine: Engine) -> None:
    client = await probing.connect(engine.address, engine.namespace)
    handle = await _start(client, 3, queue="nobody-serves-this")
    with pytest.raises(EngineError, match="See that a worker runs"):
        await pass_time(client, handle, timedelta(days=1), bound=timedelta(seconds=1), lang="en")
    await handle.terminate(rpc_timeout=probing.RPC)
