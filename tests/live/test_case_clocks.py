"""One timer: what a case does when a clock runs out, on a real engine."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from client.clock import pass_time
from client.engine.running import Engine
from tests.live.house import RPC, house, soon, until_events

pytestmark = pytest.mark.live


async def test_a_clock_that_runs_out_takes_the_same_door_within_two_seconds(engine: Engine) -> None:
    async with house(engine) as own:
        due = soon(2)
        await own.open(dues=[due])
        await until_events(own, "opened", "escalated")
        clock = own.desk.asked[-1]
        assert clock.command.id == f"clock/{due.replace('+00:00', 'Z')}"
        assert (clock.command.what, clock.command.by) == ("clock", "clock")
        late = clock.at - datetime.fromisoformat(due)
        assert timedelta(0) <= late <= timedelta(seconds=2)


async def test_the_timer_is_armed_again_only_when_the_next_due_moves(engine: Engine) -> None:
    async with house(engine) as own:
        await own.open(dues=[soon(300)])
        for number in range(3):
            await own.do("step.accept", f"same-{number}")
        names = await own.history()
        assert (names.count("timer_started"), names.count("timer_canceled")) == (1, 0)
        await own.do("step.accept", "moved", dues=[soon(600)])
        names = await own.history()
        assert (names.count("timer_started"), names.count("timer_canceled")) == (2, 1)


async def test_months_pass_and_every_rung_is_climbed_once(engine: Engine) -> None:
    async with house(engine) as own:
        dues = [soon(86400 * day) for day in (1, 30, 90)]
        await own.open(dues=dues)
        passed = await pass_time(own.client, own.client.get_workflow_handle(own.case_id), timedelta(days=91))
        assert [stop.isoformat() for stop in passed.stops] == dues
        assert own.desk.events(own.case_id) == ["opened", "escalated", "escalated", "escalated"]
        assert [entry.at.isoformat() for entry in own.desk.cases[own.case_id].entries[1:]] == dues


async def test_a_clock_that_the_desk_leaves_where_it_was_is_asked_again_later_and_does_not_spin(
    engine: Engine,
) -> None:
    async with house(engine) as own:
        own.desk.stuck_clock = 2
        due = soon(1)
        await own.open(dues=[due])
        await until_events(own, "opened", "notified", "notified", "escalated")
        clocks = [request.command.id for request in own.desk.asked if request.command.what == "clock"]
        name = f"clock/{due.replace('+00:00', 'Z')}"
        assert clocks == [name, f"{name}/2", f"{name}/3"]
        instants = [request.at for request in own.desk.asked if request.command.what == "clock"]
        assert instants[1] - instants[0] >= timedelta(seconds=1)
        assert instants[2] - instants[1] >= timedelta(seconds=2)


async def test_a_clock_that_waits_behind_a_command_which_climbed_its_rung_is_not_asked(engine: Engine) -> None:
    async with house(engine) as own:
        due = soon(2)
        await own.open(dues=[due])
        own.desk.away = True
        waiting = asyncio.create_task(own.do("step.accept", "2"))
        await asyncio.sleep(3.5)
        own.desk.away = False
        await waiting
        await until_events(own, "opened", "moved", "escalated")
        await own.do("step.accept", "3")
        assert own.desk.events(own.case_id) == ["opened", "moved", "escalated", "moved"]


async def test_a_worker_that_was_away_over_three_rungs_makes_them_up_in_order_and_once(engine: Engine) -> None:
    async with house(engine, working=False) as own:
        async with own.worker():
            await own.open(dues=[soon(2), soon(3), soon(4)])
        await asyncio.sleep(4.5)
        waiting = asyncio.create_task(own.do("step.accept", "2"))
        await asyncio.sleep(0.3)
        async with own.worker():
            answer = await waiting
            assert answer.status == "done"
            await until_events(own, "opened", "escalated", "escalated", "escalated", "moved")
            await asyncio.sleep(0.5)
        dues = [entry.at for entry in own.desk.cases[own.case_id].entries[1:4]]
        assert dues == sorted(dues)
        assert len(own.desk.events(own.case_id)) == 5


async def test_attributes_and_details_say_the_standing_and_nothing_of_people(engine: Engine) -> None:
    async with house(engine) as own:
        await own.open(dues=[soon(1)], name="李雷")
        await until_events(own, "opened", "escalated")
        await own.do("step.accept", "2", note="韩梅梅")
        handle = own.client.get_workflow_handle(own.case_id)
        described = await handle.describe(rpc_timeout=RPC)
        values = {pair.key.name: pair.value for pair in described.typed_search_attributes}
        assert values["RedressStanding"] == "escalated"
        assert values["RedressKind"] == "complaint"
        history = await handle.fetch_history()
        written = [str(event.user_metadata) for event in history.events]
        assert any("step.accept" in text for text in written)
        assert not any("u1" in text for text in written)
        upserts = [e for e in history.events if e.HasField("upsert_workflow_search_attributes_event_attributes")]
        assert len(upserts) == 1
