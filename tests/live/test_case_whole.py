"""A whole complaint with the real desk, ledger and courier: what it leaves behind, and what it costs."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from client.clock import pass_until
from client.engine.running import Engine
from tests.live.house import RPC, until
from tests.live.real import Real, real
from workflows.histories import handled
from workflows.replaying import differences

pytestmark = pytest.mark.live

#: What an event of a history is billed as by the managed service; a start is one as well.
BILLED = (
    "workflow_execution_started", "workflow_execution_update_accepted", "activity_task_scheduled", "timer_started",
    "upsert_workflow_search_attributes",
)  # fmt: skip


async def _reference(own: Real) -> str:
    """Eight commands and two escalations."""
    case_id, opened = await own.open()
    assert opened.status == "done"
    answers = [await own.do(case_id, "step.accept", "mei", handled_by="han")]
    for _ in range(2):
        face = await own.gateway.view(case_id)
        assert face is not None
        assert face.next_due is not None
        await pass_until(own.client, own.client.get_workflow_handle(case_id), face.next_due + timedelta(seconds=1))
    answers += [
        await own.do(case_id, "step.note", "han", noted="打过电话"),
        await own.do(case_id, "step.propose", "han", compensation="100.00"),
        await own.do(case_id, "step.note", "mei", noted="客户同意"),
        await own.do(case_id, "step.regrade", "lena", level="plain"),
        await own.do(case_id, "step.reply", "han", reply="已更换", polite=True),
        await own.do(case_id, "step.revisit", "mei", satisfied=True),
    ]
    assert [answer.refusal for answer in answers] == [None] * 7
    return case_id


async def test_a_whole_complaint_stays_within_its_budgets_and_replays_to_the_same_values(
    engine: Engine, tmp_path: Path
) -> None:
    async with real(engine, tmp_path) as own:
        case_id = await _reference(own)
        handle = own.client.get_workflow_handle(case_id)
        await asyncio.wait_for(handle.result(), 10)
        events = Counter(entry.event for entry in own.reading.entries(case_id))
        assert events["escalated"] == 2
        assert events["closed"] == 1
        described = await handle.describe(rpc_timeout=RPC)
        assert described.raw_description.workflow_execution_info.history_size_bytes <= 60_000
        history = await handle.fetch_history()
        names = Counter(str(e.WhichOneof("attributes")).removesuffix("_event_attributes") for e in history.events)
        assert names["workflow_execution_update_accepted"] == 8
        assert sum(names[name] for name in BILLED) / 8 <= 3.0
        assert "李雷" not in str(own.reading.entries(case_id))
        assert await differences(history) == []


async def test_the_histories_hold_every_line_of_the_ledger(engine: Engine, tmp_path: Path) -> None:
    async with real(engine, tmp_path) as own:
        case_id = await _reference(own)
        pairs = [pair async for pair in handled(own.client, case_id)]
        assert [entry for _, result in pairs for entry in result.entries] == own.reading.entries(case_id)
        decided = {each.command_id: each.digest for each in own.reading.decisions(case_id)}
        assert {request.command.id: result.digest for request, result in pairs} == decided


async def test_messages_leave_without_the_case_waiting_for_them(engine: Engine, tmp_path: Path) -> None:
    async with real(engine, tmp_path) as own:
        (tmp_path / "files").mkdir()
        (tmp_path / "files" / "messages").write_text("in the way: no letter can be written", encoding="utf-8")
        case_id = await _reference(own)
        await asyncio.wait_for(own.client.get_workflow_handle(case_id).result(), 10)
        assert (await own.gateway.view(case_id)) is not None
        (tmp_path / "files" / "messages").unlink()

        async def delivered() -> bool:
            return any(each.status == "sent" for each in own.reading.deliveries(case_id))

        await until(delivered, 40)


async def test_a_step_of_a_closed_case_sent_again_is_answered_from_the_ledger(engine: Engine, tmp_path: Path) -> None:
    async with real(engine, tmp_path) as own:
        case_id, _ = await own.open()
        withdrawal = own.gateway.command("step.withdraw", "mei")
        assert (await own.gateway.send(case_id, withdrawal)).status == "done"
        again = await own.gateway.send(case_id, withdrawal)
        assert again.receipt is not None
        assert (again.status, again.receipt.closed) == ("done", True)
        late = await own.do(case_id, "step.accept", "mei")
        assert late.refusal is not None
        assert late.refusal.code == "case_closed"


async def test_a_worker_without_an_engine_says_so_waits_and_stops_when_told(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nowhere = f"127.0.0.1:{taken.getsockname()[1]}"
        environment = os.environ | {"REDRESS_HOME": str(tmp_path), "REDRESS_TEMPORAL_ADDRESS": nowhere}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "worker", env=environment, stderr=subprocess.PIPE, cwd=Path(__file__).parents[2]
        )
        assert process.stderr is not None
        said = await asyncio.wait_for(process.stderr.readline(), 30)
        process.send_signal(signal.SIGTERM)
        assert b'"worker": "waiting"' in said
        assert await asyncio.wait_for(process.wait(), 20) == 0


async def test_a_worker_process_says_when_it_is_ready_and_stops_in_good_order(engine: Engine, tmp_path: Path) -> None:
    environment = os.environ | {"REDRESS_HOME": str(tmp_path), "REDRESS_TEMPORAL_ADDRESS": engine.address}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "worker", env=environment, stderr=subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    assert process.stderr is not None
    ready = await asyncio.wait_for(process.stderr.readline(), 30)
    assert b'"worker": "ready"' in ready
    process.send_signal(signal.SIGTERM)
    rest = await asyncio.wait_for(process.stderr.read(), 40)
    assert b'"worker": "stopped"' in rest
    assert await asyncio.wait_for(process.wait(), 20) == 0
