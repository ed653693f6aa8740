"""An engine of our own, for real: start, restart, kill, neighbours, taken ports."""

from __future__ import annotations

import asyncio
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from temporalio.api.operatorservice.v1 import ListSearchAttributesRequest
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError

from client.engine import probing
from client.engine.configuring import Ports, free_ports
from client.engine.programs import MINIMUM, Program
from client.engine.running import Engine, start_engine
from client.engine.words import EngineError
from tests.live.waiting import QUEUE, Waiting
from workflows.searching import KEYS

pytestmark = pytest.mark.live

_RPC = probing.RPC
_ROOT = Path(__file__).parents[2]


async def _client(engine: Engine) -> Client:
    return await probing.connect(engine.address, engine.namespace)


async def _open(engine: Engine, names: list[str]) -> None:
    client = await _client(engine)
    for name in names:
        await client.start_workflow(Waiting.run, args=[1, 0], id=name, task_queue=QUEUE, rpc_timeout=_RPC)


async def _found(engine: Engine, names: list[str]) -> list[str]:
    client = await _client(engine)
    return [(await client.get_workflow_handle(name).describe(rpc_timeout=_RPC)).id for name in names]


async def test_an_engine_keeps_histories_for_ten_years(engine: Engine) -> None:
    client = await _client(engine)
    said = await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace="redress"), timeout=_RPC)
    assert said.config.workflow_execution_retention_ttl.ToTimedelta().days == 3650


async def test_an_engine_knows_every_search_attribute_of_a_case(engine: Engine) -> None:
    client = await _client(engine)
    said = await client.operator_service.list_search_attributes(
        ListSearchAttributesRequest(namespace="redress"), timeout=_RPC
    )
    assert {key.name: int(key.indexed_value_type) for key in KEYS}.items() <= dict(said.custom_attributes).items()


async def test_only_an_engine_that_is_told_so_can_skip_time(engine: Engine, other_engine: Engine) -> None:
    skips = await probing.ask(await _client(engine))
    plain = await probing.ask(await _client(other_engine))
    assert (skips.virtual_clock, plain.virtual_clock) == (True, False)
    assert skips.version is not None
    assert skips.version >= MINIMUM


async def test_a_restart_keeps_the_data_and_the_address(other_engine: Engine) -> None:
    await _open(other_engine, ["kept"])
    before, pid = other_engine.address, other_engine.pid
    await other_engine.restart()
    assert other_engine.pid != pid
    assert other_engine.address == before
    assert await _found(other_engine, ["kept"]) == ["kept"]


async def test_kill_9_loses_nothing_that_was_acknowledged(other_engine: Engine) -> None:
    acknowledged: list[str] = []
    for round_ in range(3):
        names = [f"case-{round_}-{number}" for number in range(10)]
        await _open(other_engine, names)
        other_engine.kill()
        assert not other_engine.alive()
        acknowledged += names
        await other_engine.restart()
    assert await _found(other_engine, acknowledged) == acknowledged
    await other_engine.stop()
    with closing(sqlite3.connect(other_engine.data / "engine.db")) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


async def test_two_engines_beside_each_other_share_nothing(engine: Engine, other_engine: Engine) -> None:
    await _open(other_engine, ["only-there"])
    assert await engine.healthy()
    with pytest.raises(RPCError, match="not found"):
        await _found(engine, ["only-there"])


async def test_ports_that_are_taken_are_replaced_and_named(program: Program, tmp_path: Path) -> None:
    wanted = free_ports()
    said: list[str] = []
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", wanted.frontend))
        taken.listen(1)
        other = await start_engine(
            tmp_path, program=program, virtual_clock=False, say=said.append, ports=wanted, lang="en"
        )
    try:
        assert await other.healthy()
        assert other.address != f"127.0.0.1:{wanted.frontend}"
        assert any(str(wanted.frontend) in text and other.address in text for text in said)
    finally:
        await other.stop()


async def test_a_start_on_other_ports_right_after_a_kill_does_not_wait_for_the_old_ones(
    program: Program, other_engine: Engine
) -> None:
    other_engine.kill()
    started = time.monotonic()
    moved = await start_engine(
        other_engine.data, program=program, virtual_clock=False, say=print, ports=free_ports(), lang="en"
    )
    took = time.monotonic() - started
    await moved.stop()
    assert took < 20


async def test_a_second_engine_on_the_same_folder_is_refused(program: Program, other_engine: Engine) -> None:
    with pytest.raises(EngineError, match="in use by another engine") as refused:
        await start_engine(other_engine.data, program=program, virtual_clock=False, say=print, lang="en")
    assert str(other_engine.pid) in refused.value.why
    assert await other_engine.healthy()


async def test_an_engine_that_outlived_its_starter_is_taken_over(program: Program, tmp_path: Path) -> None:
    first, second = [
        await start_engine(
            tmp_path, program=program, virtual_clock=False, say=print, ports=free_ports(), lang="en", tied=False
        )
        for _ in range(2)
    ]
    assert (second.pid, second.address) == (first.pid, first.address)
    await second.stop()
    assert not first.alive()
    assert not second.alive()


_STARTER = """
import asyncio, sys, time
from pathlib import Path
from client.engine.building import cached
from client.engine.configuring import free_ports
from client.engine.finding import own_program
from client.engine.running import start_engine
async def main():
    program = await own_program(lambda text: None)
    engine = await start_engine(Path(sys.argv[1]), program=program, virtual_clock=False,
                                say=lambda text: None, ports=free_ports())
    print(engine.pid, flush=True)
asyncio.run(main())
time.sleep(60)
"""


def _runs(pid: int) -> bool:
    """Whether the process works; one that has ended and waits to be collected does not."""
    return b"engine.yaml" in (Path(f"/proc/{pid}/cmdline").read_bytes() if Path(f"/proc/{pid}").exists() else b"")


async def test_an_engine_dies_with_the_process_it_is_tied_to(tmp_path: Path) -> None:
    starter = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _STARTER, str(tmp_path), stdout=subprocess.PIPE, cwd=_ROOT
    )
    assert starter.stdout is not None
    pid = int(await asyncio.wait_for(starter.stdout.readline(), 60))
    assert _runs(pid)
    starter.send_signal(signal.SIGKILL)
    await asyncio.wait_for(starter.wait(), 10)
    for _ in range(200):
        if not _runs(pid):
            return
        await asyncio.sleep(0.05)
    pytest.fail(f"process {pid} still runs 10 s after its parent was killed")


def test_default_ports_are_those_of_temporal() -> None:
    assert (Ports().frontend, Ports().metrics) == (7233, 8000)
