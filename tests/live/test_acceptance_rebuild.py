"""A ledger that was lost comes back from the engine's histories, line by line, and work goes on in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from temporalio import workflow
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import DeleteWorkflowExecutionRequest

from activities.drivers.ledger import Ledger, open_ledger
from activities.drivers.tables import cases, decisions, entries, field_index, numbers, personal
from client.engine.running import Engine
from rules.commands import Command, case_id_for
from tests.live.company import SHORT, Company, company
from tests.live.databases import KINDS
from tests.live.house import RPC, until
from tests.rules.packs.group_complaint_demand.stories import GROUP, REGISTER
from tests.rules.packs.standard.stories import INTAKE, STANDARD
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
            renewed = await _lived(own)
        before = _rows(own.ledger)
        assert all(before.values())
        own.ledger.close()
        database.lose()

        capsys.readouterr()
        assert await own.line("ledger", "rebuild", "--json") == 0
        said = json.loads(capsys.readouterr().out)
        assert said == {"cases": len(before["cases"]), "entries": len(before["entries"]), "missing": []}
        assert _rows(own.ledger) == before
        assert await own.line("ledger", "verify") == 0
        assert await own.line("ledger", "rebuild") == 1
        assert "empty" in capsys.readouterr().err
        assert _rows(own.ledger) == before

        own.prepare()
        async with own.at_work():
            await _do(own, renewed, "step.close", "olga")
            assert own.of(renewed, "closed")
            await _opened(own, "short", "complaint", "olga", customer="周")
        assert await own.line("ledger", "verify") == 0
        own.ledger.close()


@pytest.mark.usefixtures("short_runs")
async def test_a_case_of_which_a_run_is_no_longer_kept_is_listed_by_its_id_and_the_others_come_back(
    other_engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _forget_at_once(tmp_path)
    own = await company(other_engine, tmp_path / "home")
    own.shelf.publish(SHORT)
    async with own.at_work():
        whole = await _opened(own, "short", "complaint", "olga", customer="赵")
        gone = await _opened(own, "short", "complaint", "olga", customer="钱")
        await _grow(own, gone)
    before = _rows(own.ledger)
    await _forget_first_run(own, gone)
    rebuilt = f"sqlite:///{tmp_path / 'rebuilt.db'}"

    capsys.readouterr()
    assert await own.line("ledger", "rebuild", "--into", rebuilt) == 1
    out, err = capsys.readouterr()
    assert gone in out + err
    assert whole not in out + err
    fresh = open_ledger(rebuilt)
    after = _rows(fresh)
    assert [row for rows in after.values() for row in rows if gone in row] == []
    for table in _TABLES:
        assert after[table.name] == [row for row in before[table.name] if gone not in row]
    assert len(after["cases"]) == 1
    fresh.close()

    (own.settings.home / "packs" / "short.1.toml").unlink()
    assert await own.line("ledger", "rebuild", "--into", f"sqlite:///{tmp_path / 'unread.db'}", "--json") == 1
    said = json.loads(capsys.readouterr().out)
    assert said["cases"] == 0
    assert any(each.startswith(whole) and "redress packs publish short.1.toml" in each for each in said["missing"])


async def _lived(own: Company) -> str:
    """Cases of every sort; gives back one that was renewed and goes on being open."""
    renewed = await _opened(own, "short", "complaint", "olga", customer="钱 qian@example.com", said="坏了")
    await _do(own, renewed, "step.accept", "olga")
    await _do(own, renewed, "step.note", "lena", "refused", noted="not hers")
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
    await _grow(own, renewed)
    await own.carried()
    return renewed


async def _grow(own: Company, case_id: str) -> None:
    """Steps until the case has gone on in a new run."""
    for number in range(6):
        await _do(own, case_id, "step.note", "olga", noted=f"note {number}")
    described = await own.client.get_workflow_handle(case_id).describe(rpc_timeout=RPC)
    assert described.run_id != described.raw_description.workflow_execution_info.first_run_id


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


def _forget_at_once(folder: Path) -> None:
    """Have the engine delete runs without its half minute of patience; it looks into this file every ten seconds."""
    (file,) = folder.glob("*/dynamic.yaml")
    names = ("history.transferProcessorEnsureCloseBeforeDelete", "history.visibilityProcessorEnsureCloseBeforeDelete")
    with file.open("a", encoding="utf-8") as written:
        written.writelines(f"{name}:\n- value: false\n" for name in names)


async def _forget_first_run(own: Company, case_id: str) -> None:
    """Have the engine forget how a case began, as it does when the retention of a run has ended."""
    described = await own.client.get_workflow_handle(case_id).describe(rpc_timeout=RPC)
    first = described.raw_description.workflow_execution_info.first_run_id
    request = DeleteWorkflowExecutionRequest(
        namespace=own.client.namespace, workflow_execution=WorkflowExecution(workflow_id=case_id, run_id=first)
    )
    await own.client.workflow_service.delete_workflow_execution(request, timeout=RPC)

    async def forgotten() -> bool:
        try:
            [_ async for _ in handled(own.client, case_id)]
        except RunsMissingError:
            return True
        return False

    await until(forgotten, 60)
