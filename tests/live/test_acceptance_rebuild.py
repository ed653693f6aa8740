"""A ledger that was lost comes back from the engine's histories, line by line, and work goes on in it."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from temporalio import workflow
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import DeleteWorkflowExecutionRequest
from temporalio.service import RPCError

from activities.drivers.ledger import Ledger
from activities.drivers.tables import cases, decisions, entries, field_index, numbers, personal
from client.engine.running import Engine
from rules.commands import Command, case_id_for
from tests.live.company import SHORT, Company, company
from tests.live.databases import KINDS
from tests.live.house import RPC, until
from tests.rules.packs.stories import GROUP, INTAKE, REGISTER, STANDARD
from workflows.histories import RunsMissingError, handled

pytestmark = pytest.mark.live

_TABLES = (cases, entries, decisions, field_index, personal)
_EVENTS_OF_A_RUN = 30

Rows = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def short_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run is renewed after a few steps, and nothing of the reader's environment is read."""

    def suggested(info: workflow.Info) -> bool:
        return info.get_current_history_length() > _EVENTS_OF_A_RUN

    monkeypatch.setattr(workflow.Info, "is_continue_as_new_suggested", suggested)
    for name in ("REDRESS_HOME", "REDRESS_LEDGER_URL", "REDRESS_TEMPORAL_ADDRESS", "TEMPORAL_ADDRESS"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("short_runs")
@pytest.mark.parametrize("kind", list(KINDS))
async def test_a_lost_ledger_is_rebuilt_equal_and_work_goes_on_in_it(
    other_engine: Engine, tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with KINDS[kind](tmp_path) as database:
        own = await company(other_engine, tmp_path / "home", database.url)
        own.shelf.publish(SHORT)
        async with own.at_work():
            gone, renewed = await _lived(own)
        before = _rows(own.ledger)
        assert {case for case, *_ in before["cases"]} > {gone, renewed}
        await _forget_first_run(own, gone)
        own.ledger.close()
        database.lose()

        capsys.readouterr()
        assert await own.line("ledger", "rebuild", "--json") == 1
        said = json.loads(capsys.readouterr().out)
        assert said["missing"] == [gone]
        kept = {table: [row for row in rows if gone not in row] for table, rows in before.items()}
        after = _rows(own.ledger)
        assert after == kept
        assert said["cases"] == len(kept["cases"])
        assert said["entries"] == len(kept["entries"])
        assert await own.line("ledger", "verify") == 0
        assert await own.line("ledger", "rebuild") == 1
        assert "empty" in capsys.readouterr().err
        assert _rows(own.ledger) == after

        own.prepare()
        async with own.at_work():
            await _do(own, renewed, "step.close", "olga")
            assert own.of(renewed, "closed")
            await _opened(own, "short", "complaint", "olga", customer="钱")
        assert await own.line("ledger", "verify") == 0
        own.ledger.close()


async def _lived(own: Company) -> tuple[str, str]:
    """Cases of every sort; gives back two that were renewed, the second one goes on being open."""
    gone = await _opened(own, "short", "complaint", "olga", customer="赵")
    renewed = await _opened(own, "short", "complaint", "olga", customer="钱 qian@example.com", said="坏了")
    await _do(own, renewed, "step.accept", "olga")
    for case_id in (gone, renewed):
        await _do(own, case_id, "step.note", "lena", "refused", noted="not hers")
        for number in range(6):
            await _do(own, case_id, "step.note", "olga", noted=f"note {number}")
    await _opened(own, "short", "complaint", "lena", "refused", customer="孙")
    await _opened(own, STANDARD, "complaint", "olga", **INTAKE)

    complaint = await _opened(own, GROUP, "complaint", "emil", source="customer", what="w", customer_name="李")
    await _do(own, complaint, "step.accept_complaint", "ofra", **REGISTER)
    await _do(own, complaint, "step.to_demand", "ofra", rekinded_why="no fault of ours")
    await own.carried()
    assert [row.kind for row in own.reading.cases()].count("demand") == 1

    async def climbed() -> bool:
        return bool(own.of(renewed, "escalated"))

    await until(climbed)
    await own.carried()
    for case_id in (gone, renewed):
        assert len(await _runs(own, case_id)) > 1
    return gone, renewed


async def _opened(own: Company, pack: str, kind: str, by: str, status: str = "done", **fields: Any) -> str:
    gateway = own.gateway()
    command: Command = gateway.command("open", by, fields, kind=kind, pack=own.pack(pack))
    answer = await gateway.open(command)
    assert answer.status == status, answer
    return case_id_for(command.id)


async def _do(own: Company, case_id: str, what: str, by: str, status: str = "done", **fields: Any) -> None:
    gateway = own.gateway()
    answer = await gateway.send(case_id, gateway.command(what, by, fields))
    assert answer.status == status, answer


def _rows(ledger: Ledger) -> Rows:
    """Every row of every table that is about cases, and the numbers that were given out."""
    with ledger.reading() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in (*_TABLES, numbers)
        }


async def _runs(own: Company, case_id: str) -> list[str]:
    """The runs that the engine lists of a case, the newest first."""
    found: list[str] = []

    async def listed() -> bool:
        found[:] = [run.run_id async for run in own.client.list_workflows(f"WorkflowId = '{case_id}'", rpc_timeout=RPC)]
        return len(found) > 1

    await until(listed)
    return found


async def _forget_first_run(own: Company, case_id: str) -> None:
    """Have the engine forget how a case began, as it does when the retention of a run has ended."""
    first = (await own.client.get_workflow_handle(case_id).describe(rpc_timeout=RPC)).raw_description
    begun = first.workflow_execution_info.first_run_id
    request = DeleteWorkflowExecutionRequest(
        namespace=own.client.namespace, workflow_execution=WorkflowExecution(workflow_id=case_id, run_id=begun)
    )
    await own.client.workflow_service.delete_workflow_execution(request, timeout=timedelta(seconds=10))

    async def forgotten() -> bool:
        try:
            await asyncio.wait_for(_read(own, case_id), 10)
        except RunsMissingError:
            return True
        except RPCError:
            return False
        return False

    await until(forgotten)


async def _read(own: Company, case_id: str) -> None:
    async for _ in handled(own.client, case_id):
        pass
