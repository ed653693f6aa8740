"""Renewal: a case whose history grew long goes on in a new run, and nobody notices."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from temporalio import workflow

from client.engine.running import Engine
from rules.commands import digest
from tests.live.house import RPC, House, house, soon, until
from tests.workflows.fake_desk import command
from workflows.histories import handled
from workflows.messages import COMMAND
from workflows.searching import STANDING

pytestmark = pytest.mark.live


@pytest.fixture
def short_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine suggests a new run after 40 events instead of 4,096."""

    def suggested(info: workflow.Info) -> bool:
        return info.get_current_history_length() > 40

    monkeypatch.setattr(workflow.Info, "is_continue_as_new_suggested", suggested)


async def _runs(own: House) -> str:
    return (await own.client.get_workflow_handle(own.case_id).describe(rpc_timeout=RPC)).run_id


async def _until_renewed(own: House, run: str) -> None:
    async def renewed() -> bool:
        return await _runs(own) != run

    await until(renewed)


async def _grow(own: House, name: str) -> None:
    """Steps until the run has changed."""
    run = await _runs(own)
    for number in range(8):
        answer = await own.do("step.accept", f"{name}-{number}")
        assert answer.status == "done"
    await _until_renewed(own, run)


@pytest.mark.usefixtures("short_runs")
async def test_a_step_sent_again_after_a_renewal_does_not_move_the_case_back(engine: Engine) -> None:
    async with house(engine) as own:
        await own.open()
        await own.do("step.accept", "first")
        await own.do("step.once", "second")
        await _grow(own, "a")
        before = await own.view()
        assert "step.once" not in before.open_steps
        lines = len(own.desk.events(own.case_id))
        own.desk.old_faces = True
        again = await own.client.get_workflow_handle(own.case_id).execute_update(
            COMMAND, command("step.once", "second", datetime.now(UTC)), id="second", rpc_timeout=RPC
        )
        assert again["stage"] == "once"
        assert await own.view() == before
        assert before.stage == "accept"
        assert len(own.desk.events(own.case_id)) == lines


@pytest.mark.usefixtures("short_runs")
async def test_the_face_the_known_ids_the_timer_and_the_attributes_go_on_in_the_new_run(engine: Engine) -> None:
    async with house(engine) as own:
        due = soon(20)
        await own.open(dues=[soon(1), due])
        await asyncio.sleep(2)
        await _grow(own, "a")
        face = await own.view()
        assert face.next_due is not None
        assert face.next_due.isoformat() == due
        described = await own.client.get_workflow_handle(own.case_id).describe(rpc_timeout=RPC)
        assert described.typed_search_attributes.get(STANDING) == "escalated"
        names = await own.history()
        assert names.count("timer_started") == 1
        # known ids are let through although the step is not open any more
        own.desk.cases[own.case_id].decisions["gone"] = own.desk.cases[own.case_id].decisions["a-7"]
        assert (await own.do("step.gone", "gone")).status == "refused"
        assert (await own.do("step.accept", "a-7")).status == "done"


@pytest.mark.usefixtures("short_runs")
async def test_commands_in_a_storm_of_renewals_are_done_once_each_and_read_back_from_all_runs(engine: Engine) -> None:
    async with house(engine) as own:
        await own.open(dues=[soon(3600)])
        first = await _runs(own)
        for turn in range(5):
            answers = await asyncio.gather(*(own.do("step.accept", f"{turn}-{n}") for n in range(6)))
            assert {answer.status for answer in answers} == {"done"}
        assert own.desk.events(own.case_id) == ["opened"] + ["moved"] * 30
        pairs = [pair async for pair in handled(own.client, own.case_id)]
        assert await _runs(own) != first
        entries = [entry for _, result in pairs for entry in result.entries]
        assert [entry.seq for entry in entries] == list(range(1, 32))
        assert entries == own.desk.cases[own.case_id].entries
        assert all(result.digest == digest(request.command) for request, result in pairs)
        assert len({request.command.id for request, _ in pairs}) == 31


@pytest.mark.usefixtures("short_runs")
async def test_a_clock_that_the_desk_leaves_where_it_was_is_asked_afresh_by_the_new_run(engine: Engine) -> None:
    async with house(engine) as own:
        own.desk.stuck_clock, own.desk.silent_clock = 100, True
        due = soon(1)
        await own.open(dues=[due])
        await asyncio.sleep(2.5)
        await _grow(own, "a")
        known = set(own.desk.cases[own.case_id].decisions)
        number = len(own.desk.asked)

        async def asked() -> bool:
            return any(each.command.what == "clock" for each in own.desk.asked[number:])

        await until(asked)
        clocks = [each.command.id for each in own.desk.asked if each.command.what == "clock"]
        assert clocks[0] == f"clock/{due.replace('+00:00', 'Z')}"
        assert len(set(clocks)) == len(clocks)
        assert clocks[-1] not in known


async def test_the_case_reads_its_own_history_from_the_one_run_it_has(engine: Engine) -> None:
    async with house(engine) as own:
        await own.open()
        await own.do("step.wrong", "2")
        pairs = [pair async for pair in handled(own.client, own.case_id)]
        assert [request.command.id for request, _ in pairs] == ["open-1", "2"]
        refusal = pairs[1][1].refusal
        assert refusal is not None
        assert refusal.code == "wrong_role"
        assert pairs[0][0].command == command("open", "open-1", pairs[0][0].command.asked_at)
        assert pairs[0][0].command.asked_at <= datetime.now(UTC)
