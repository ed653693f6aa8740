"""Cycles on a real engine: a schedule looks, the courier opens, and nothing is opened twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from temporalio.client import Client, ScheduleOverlapPolicy
from temporalio.service import RPCError, RPCStatusCode

from activities.drivers.cycle_rows import CycleRows, Run
from activities.drivers.ledger import open_ledger
from activities.drivers.reading import CaseFilter
from activities.settings import load_settings
from activities.shelf import FileShelf
from client.engine.running import Engine
from rules.commands import case_id_for
from rules.cycle_openings import command_id, openings
from tests.live.house import RPC, until
from tests.live.real import Real, real
from tests.rules.back_office import PACK, TEXT
from tests.rules.corner_shop import ZONE

pytestmark = pytest.mark.live

CLOSING = PACK.file.cycle["closing"]


def prepared(home: Path, since: datetime, *, running: bool = True) -> None:
    """An installation that runs the back office's cycles."""
    FileShelf(home).publish(TEXT)
    ledger = open_ledger(load_settings(home).ledger)
    ledger.migrate()
    with ledger.writing() as connection:
        CycleRows(connection).say(Run("back-office", running, since, "tests"))
    ledger.close()


def closings(own: Real) -> list[str]:
    cases = own.reading.cases(CaseFilter(pack_id="back-office", kind="closing"))
    return sorted(case.id for case in cases if case.state.carried.get("cycle") == "closing")


def come(since: datetime) -> list[str]:
    """The ids of the cases of every month that has come by now."""
    found = openings(CLOSING, ZONE, since, datetime.now(UTC))
    return sorted(case_id_for(command_id("back-office", "closing", each, "")) for each in found)


def schedule(own: Real) -> str:
    return f"{own.settings.task_queue}-cycle/back-office/closing"


async def looks(client: Client, name: str) -> int:
    """How many runs of a schedule have ended."""
    described = await client.get_schedule_handle(name).describe(rpc_timeout=RPC)
    return described.info.num_actions - len(described.info.running_actions)


async def test_months_that_were_missed_are_made_up_once_also_when_the_schedule_was_lost(
    engine: Engine, tmp_path: Path
) -> None:
    since = datetime.now(UTC).replace(microsecond=0) - timedelta(days=70)
    prepared(tmp_path, since)
    before = come(since)
    assert len(before) >= 2
    async with real(engine, tmp_path) as own:

        async def opened() -> bool:
            return closings(own) == come(since)

        await until(opened, within=40)
        name = schedule(own)
        handle = own.client.get_schedule_handle(name)
        described = await handle.describe(rpc_timeout=RPC)
        assert described.schedule.spec.time_zone_name == "Asia/Shanghai"
        assert described.schedule.policy.overlap is ScheduleOverlapPolicy.SKIP
        done = await looks(own.client, name)
        await handle.trigger(rpc_timeout=RPC)

        async def looked_again() -> bool:
            return await looks(own.client, name) > done

        await until(looked_again, within=30)
        await handle.delete(rpc_timeout=RPC)
        assert closings(own) == come(since)
    async with real(engine, tmp_path) as own:

        async def looked() -> bool:
            try:
                return await looks(own.client, schedule(own)) > 0
            except RPCError as error:
                if error.status is RPCStatusCode.NOT_FOUND:
                    return False
                raise

        await until(looked, within=30)
        assert closings(own) == come(since)
        one = own.reading.entries(closings(own)[0])
    assert one[0].clause == ("BO-3", "BO-4")
    assert one[0].by == "house"


async def test_a_stopped_pack_has_no_schedule_that_runs(engine: Engine, tmp_path: Path) -> None:
    prepared(tmp_path, datetime.now(UTC) - timedelta(days=70), running=False)
    async with real(engine, tmp_path) as own:
        with pytest.raises(RPCError):
            await own.client.get_schedule_handle(schedule(own)).describe(rpc_timeout=RPC)
        assert closings(own) == []
