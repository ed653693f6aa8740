"""Trouble: the ledger, the worker or the engine is away; nothing is lost, nothing is done twice."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from client.engine.running import Engine
from tests.live.house import QUICK, RPC, House, house, soon, until_events
from workflows.options import Bounds

pytestmark = pytest.mark.live

SHORT = Bounds(call=timedelta(seconds=1), taken=timedelta(seconds=2), decided=timedelta(seconds=1))


async def test_while_the_ledger_is_away_a_command_is_accepted_and_pending_and_says_since_when(engine: Engine) -> None:
    async with house(engine, bounds=SHORT) as own:
        await own.open()
        own.desk.away = True
        before = datetime.now(UTC)
        answer = await own.do("step.accept", "2")
        assert (answer.status, answer.trouble) == ("pending", "")
        assert answer.since is not None
        assert before <= answer.since <= before + timedelta(seconds=1)
        assert own.desk.events(own.case_id) == ["opened"]
        own.desk.away = False
        back = datetime.now(UTC)
        await until_events(own, "opened", "moved")
        assert datetime.now(UTC) - back < timedelta(seconds=10)
        assert (await own.do("step.accept", "2")).status == "done"
        assert own.desk.events(own.case_id) == ["opened", "moved"]


async def test_a_clock_that_runs_out_while_the_ledger_is_away_is_made_up_when_it_is_back(engine: Engine) -> None:
    async with house(engine) as own:
        await own.open(dues=[soon(1)])
        own.desk.away = True
        await asyncio.sleep(2.5)
        own.desk.away = False
        await until_events(own, "opened", "escalated", within=10)


async def test_the_eleventh_waiting_command_of_a_case_is_told_that_ten_wait(engine: Engine) -> None:
    async with house(engine, bounds=Bounds(decided=timedelta(seconds=3))) as own:
        await own.open()
        own.desk.away = True
        waiting = [asyncio.create_task(own.do("step.accept", f"w{n}")) for n in range(10)]
        await asyncio.sleep(1.5)
        eleventh = await own.do("step.accept", "eleventh")
        assert eleventh.refusal is not None
        assert (eleventh.refusal.code, eleventh.refusal.params) == ("ten_wait", {"waiting": 10})
        own.desk.away = False
        answers = await asyncio.gather(*waiting)
        assert {answer.status for answer in answers} <= {"done", "pending"}
        own.sender._bounds = QUICK
        again = [await own.do("step.accept", f"w{n}") for n in range(10)]
        assert {answer.status for answer in again} == {"done"}
        assert (await own.do("step.accept", "eleventh")).status == "done"
        assert own.desk.events(own.case_id) == ["opened"] + ["moved"] * 11


async def test_without_a_worker_an_opening_is_pending_and_done_once_when_it_is_back(engine: Engine) -> None:
    async with house(engine, bounds=SHORT, working=False) as own:
        answer = await own.open()
        assert (answer.status, answer.since, answer.trouble) == ("pending", None, "no_worker")
        own.sender._bounds = QUICK
        async with own.worker():
            assert (await own.open()).status == "done"
        assert own.desk.events(own.case_id) == ["opened"]


async def test_an_engine_that_is_killed_loses_no_answered_command_and_a_waiting_one_is_done_once(
    other_engine: Engine,
) -> None:
    bounds = Bounds(call=timedelta(seconds=3), taken=timedelta(seconds=60), decided=timedelta(seconds=60))
    async with house(other_engine, bounds=bounds) as own:
        await own.open()
        await own.do("step.accept", "2")
        waiting = asyncio.create_task(own.do("step.reply", "3"))
        await asyncio.to_thread(other_engine.kill)
        gone = asyncio.create_task(own.do("step.accept", "4"))
        await asyncio.sleep(1)
        await other_engine.start()
        assert (await waiting).status == "done"
        assert (await gone).status == "done"
        events = own.desk.events(own.case_id)
        assert events == ["opened"] + ["moved"] * 3


async def test_an_engine_that_is_down_is_said_to_be_within_the_bound(other_engine: Engine) -> None:
    async with house(other_engine, bounds=SHORT, working=False) as own:
        await asyncio.to_thread(other_engine.kill)
        began = asyncio.get_running_loop().time()
        answer = await own.do("step.accept", "1")
        assert (answer.status, answer.since, answer.trouble) == ("pending", None, "no_engine")
        assert asyncio.get_running_loop().time() - began < 6


async def test_a_sender_that_is_cancelled_stops_at_once(engine: Engine) -> None:
    async with house(engine, working=False) as own:
        await _start(own)
        task = asyncio.create_task(own.do("step.accept", "1"))
        await asyncio.sleep(0.5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(task, 2)
        await own.client.get_workflow_handle(own.case_id).terminate(rpc_timeout=RPC)


async def _start(own: House) -> None:
    """Leave a case that waits for a worker."""
    opening = asyncio.create_task(own.open())
    await asyncio.sleep(0.5)
    opening.cancel()
    await asyncio.gather(opening, return_exceptions=True)
