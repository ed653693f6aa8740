"""One door: what a case does with commands, on a real engine."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from client.engine.running import Engine
from rules.entries import Entry
from tests.live.house import RPC, house
from workflows.histories import handled
from workflows.options import Bounds
from workflows.replaying import differences

pytestmark = pytest.mark.live


async def test_a_complaint_goes_from_its_opening_to_its_close_and_its_run_ends(engine: Engine) -> None:
    async with house(engine) as own:
        opened = await own.open()
        assert opened.status == "done"
        assert opened.receipt is not None
        assert (opened.receipt.stage, opened.receipt.number, opened.receipt.seq) == ("new", "T-2026-1", 1)
        assert (await own.do("step.accept", "2")).status == "done"
        assert (await own.view()).stage == "accept"
        closed = await own.do("step.close", "3")
        assert closed.receipt is not None
        assert closed.receipt.closed
        await asyncio.wait_for(own.client.get_workflow_handle(own.case_id).result(), 10)
        assert own.desk.events(own.case_id) == ["opened", "moved", "moved"]


async def test_opening_twice_opens_once(engine: Engine) -> None:
    async with house(engine) as own:
        first, second = await asyncio.gather(own.open(), own.open())
        assert first == second
        assert own.desk.events(own.case_id) == ["opened"]


async def test_opening_a_closed_case_again_starts_no_second_run(engine: Engine) -> None:
    async with house(engine) as own:
        first = await own.open()
        await own.do("step.close", "2")
        handle = own.client.get_workflow_handle(own.case_id)
        await asyncio.wait_for(handle.result(), 10)
        run = (await handle.describe(rpc_timeout=RPC)).run_id
        again, other = await own.open(), await own.open("open-2")
        assert again == first
        assert other.refusal is not None
        assert other.refusal.code == "case_closed"
        assert (await handle.describe(rpc_timeout=RPC)).run_id == run
        assert own.desk.events(own.case_id) == ["opened", "moved"]


async def test_the_same_id_twice_is_done_once(engine: Engine) -> None:
    async with house(engine) as own:
        await own.open()
        first, second = await asyncio.gather(own.do("step.accept", "2"), own.do("step.accept", "2"))
        third = await own.do("step.accept", "2")
        assert first == second == third
        assert own.desk.events(own.case_id) == ["opened", "moved"]


async def test_the_same_id_with_other_content_is_refused_and_changes_nothing(engine: Engine) -> None:
    async with house(engine) as own:
        await own.open()
        await own.do("step.accept", "2", note="a")
        other = await own.do("step.accept", "2", note="b")
        assert other.refusal is not None
        assert other.refusal.code == "same_id_other_content"
        assert own.desk.events(own.case_id) == ["opened", "moved"]


async def test_a_step_that_is_not_open_is_refused_without_a_trace(engine: Engine) -> None:
    async with house(engine) as own:
        await own.open()
        before, asked = await own.history(), len(own.desk.asked)
        answer = await own.do("step.fly", "2")
        assert answer.refusal is not None
        assert (answer.refusal.code, answer.refusal.params) == ("step_not_open", {"step": "step.fly"})
        assert "step.accept" in answer.refusal.next
        assert (await own.history(), len(own.desk.asked)) == (before, asked)


async def test_a_refusal_of_the_desk_carries_its_clause_and_stays_the_same(engine: Engine) -> None:
    async with house(engine) as own:
        await own.open()
        first, again = await own.do("step.wrong", "2"), await own.do("step.wrong", "2")
        assert first.refusal is not None
        assert (first.refusal.code, first.refusal.clause) == ("wrong_role", ("T-1",))
        assert first.refusal.params == {"role": "handler"}
        assert again == first
        face = await own.view()
        assert (face.stage, face.seq) == ("new", 2)
        assert own.desk.events(own.case_id) == ["opened", "refused"]


async def test_a_command_for_a_closed_case_is_refused_and_a_known_one_gets_its_old_answer(engine: Engine) -> None:
    async with house(engine) as own:
        await own.open()
        await own.do("step.accept", "2")
        await own.do("step.close", "3")
        await asyncio.wait_for(own.client.get_workflow_handle(own.case_id).result(), 10)
        late, known = await own.do("step.reply", "4"), await own.do("step.accept", "2")
        assert late.refusal is not None
        assert late.refusal.code == "case_closed"
        assert known.status == "done"
        assert own.desk.events(own.case_id) == ["opened", "moved", "moved"]


async def test_a_command_for_a_case_that_nobody_opened_is_told_so(engine: Engine) -> None:
    async with house(engine) as own:
        answer = await own.do("step.accept", "1")
        assert answer.refusal is not None
        assert answer.refusal.code == "unknown_case"


async def test_commands_at_once_are_decided_first_in_first_decided_at_the_instant_they_came(engine: Engine) -> None:
    async with house(engine) as own:
        await own.open()
        answers = await asyncio.gather(*(own.do("step.accept", f"c{n}") for n in range(8)))
        assert sorted(answer.receipt.seq for answer in answers if answer.receipt) == list(range(2, 10))
        instants = [request.at for request in own.desk.asked]
        assert instants == sorted(instants)
        assert all(instant.microsecond == 0 for instant in instants)
        assert [request.seq for request in own.desk.asked] == list(range(9))


async def test_a_command_overtaken_by_a_close_is_still_put_before_the_desk_which_refuses_it(engine: Engine) -> None:
    # A case that checked again after its turn had come would answer itself, and break every open case on replay.
    async with house(engine, bounds=Bounds()) as own:
        await own.open()
        own.desk.away = True
        closing = asyncio.create_task(own.do("step.close", "close"))
        await asyncio.sleep(0.3)
        asked = datetime.now(UTC)
        late = asyncio.create_task(own.do("step.accept", "late"))
        await asyncio.sleep(1.8)
        own.desk.away = False
        assert (await closing).status == "done"
        answer = await late
        assert answer.refusal is not None
        assert (answer.refusal.code, answer.refusal.clause) == ("case_closed", ("T-2",))
        assert own.desk.events(own.case_id) == ["opened", "moved", "refused"]
        # What counts is when it came, not when its turn came.
        assert own.desk.asked[-1].at <= asked + timedelta(seconds=1)
        history = await own.client.get_workflow_handle(own.case_id).fetch_history()
        assert await differences(history) == []


async def test_a_ledger_that_is_ahead_of_its_case_is_taken_over_with_every_line(engine: Engine) -> None:
    async with house(engine) as own:
        await own.open()
        ahead = own.desk.cases[own.case_id]
        at = datetime.now(UTC).replace(microsecond=0)
        ahead.entries.append(Entry(2, "moved", at, at, "u1", "step.reply"))
        ahead.face = replace(ahead.face, seq=2, stage="reply")
        answer = await own.do("step.wrong", "2")
        assert answer.receipt is not None
        assert answer.receipt.seq == 3
        assert (await own.view()).stage == "reply"
        pairs = [pair async for pair in handled(own.client, own.case_id)]
        assert [entry.seq for _, result in pairs for entry in result.entries] == [1, 2, 3]
