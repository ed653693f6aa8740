"""The two sides: a full complaint under the group's rules by Redress, and the twin's; each step asked for one by one."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from temporalio.client import Client, WithStartWorkflowOperation, WorkflowUpdateStage
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy

from activities.drivers.ledger import open_ledger
from activities.drivers.reading import Reading
from bench.house import House
from bench.twin import QUEUE, STEPS, Receipt, TwinComplaint
from client.gateway import Gateway
from rules import shelf
from rules.commands import case_id_for
from rules.pack import PackRef
from workflows.options import Bounds

#: The reference complaint: who does what with which fields, from the opening to the archive. Eight steps.
REFERENCE: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("open", "emil", {"source": "customer", "what": "电梯停运三天,物业无人答复"}),
    ("step.accept_complaint", "ofra",
     {"business": "residential", "cause": "quality", "contract_item": "4.2", "complaint_subject": "equipment"}),
    ("step.dispatch", "ofra", {"instruction": "请工程部今日到场"}),
    ("step.handle", "ofra", {"result": "已更换门机电路板"}),
    ("step.reply", "ofra", {"reply": "电梯已于今日恢复运行", "replied_by": "phone"}),
    ("task.revisit", "ofra", {"verification": "verified"}),
    ("step.analyse", "ofra", {"cause_found": "门机老化", "prevention": "每季检查"}),
    ("step.archive", "ofra", {"household": "7-1-1203"}),
)  # fmt: skip
_RPC = timedelta(seconds=20)
_PATIENT = Bounds(taken=timedelta(seconds=120), decided=timedelta(seconds=120))


class Side(Protocol):
    """What is measured."""

    name: str

    async def complaint(self, name: str) -> list[float]:
        """Take one complaint from its opening to its end; how long each step took, in seconds."""

    async def wait(self, name: str, due: datetime) -> None:
        """Open a complaint that nobody answers until a deadline."""

    def rows(self) -> int:
        """How many steps its ledger holds."""

    def climbed(self) -> list[str]:
        """The complaints whose deadline came, as the ledger holds them, once for every line."""

    def idle(self) -> bool:
        """Whether nothing is left to be carried out."""


class Redress:
    """Redress, through the gateway that people use."""

    name = "redress"

    def __init__(self, house: House) -> None:
        self._ledger = open_ledger(f"sqlite:///{house.ledger}")
        self._gateway = Gateway(house.client, Reading(self._ledger), bounds=_PATIENT)
        self._path = house.ledger
        self._pack = shelf.load("group-complaint-demand", 1).ref
        text = (Path(__file__).parent / "packs" / "storm.1.toml").read_text(encoding="utf-8")
        self._storm = shelf.read_pack(text).ref

    async def complaint(self, name: str) -> list[float]:
        """Take the reference complaint from its opening to the archive."""
        took = []
        for number, (what, by, fields) in enumerate(REFERENCE):
            began = time.perf_counter()
            await self._ask(name, f"{name}-{number}" if number else name, what, by, fields, self._pack)
            took.append(time.perf_counter() - began)
        return took

    async def wait(self, name: str, due: datetime) -> None:
        """Open a complaint that the leader hears of at the deadline."""
        await self._ask(name, name, "open", "ofra", {"due": due.isoformat()}, self._storm)

    async def _ask(self, case: str, command_id: str, what: str, by: str, fields: dict[str, Any], pack: PackRef) -> None:
        command = self._gateway.command(what, by, fields, command_id=command_id, kind="complaint", pack=pack)
        opening = what == "open"
        answer = await (self._gateway.open(command) if opening else self._gateway.send(case_id_for(case), command))
        if answer.status != "done":
            raise RuntimeError(f"{what} of {case}: {answer}")

    def rows(self) -> int:
        """Decisions of people."""
        return int(_ask(self._path, "SELECT count(*) FROM decisions WHERE what != 'clock'")[0][0])

    def climbed(self) -> list[str]:
        """Cases, once for every rung."""
        return [row[0] for row in _ask(self._path, "SELECT case_id FROM entries WHERE event = 'escalated'")]

    def idle(self) -> bool:
        """Whether the outbox is empty."""
        return not _ask(self._path, "SELECT 1 FROM outbox WHERE done = 0 LIMIT 1")


class Twin:
    """The complaint that was written by hand."""

    name = "twin"

    def __init__(self, house: House) -> None:
        self._client: Client = house.client
        self._path = house.twin_ledger

    async def complaint(self, name: str) -> list[float]:
        """Take one complaint through its eight steps; texts as long as the reference complaint has them."""
        took = []
        for step, (_, _, fields) in zip(STEPS, REFERENCE, strict=True):
            began = time.perf_counter()
            text = " ".join(str(value) for value in fields.values())
            await (self._open(name, text, None) if step == "open" else self._step(name, step, text))
            took.append(time.perf_counter() - began)
        return took

    async def wait(self, name: str, due: datetime) -> None:
        """Open a complaint that escalates at the deadline."""
        await self._open(name, "", due)

    async def _open(self, name: str, text: str, due: datetime | None) -> None:
        start: WithStartWorkflowOperation[Any, Any] = WithStartWorkflowOperation(
            TwinComplaint.run,
            due,
            id=f"twin-{name}",
            task_queue=QUEUE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
        )
        handle = await self._client.start_update_with_start_workflow(
            TwinComplaint.step,
            args=["open", text],
            start_workflow_operation=start,
            wait_for_stage=WorkflowUpdateStage.ACCEPTED,
            id=f"{name}-open",
            rpc_timeout=_RPC,
        )
        _checked(await handle.result(rpc_timeout=_RPC))

    async def _step(self, name: str, step: str, text: str) -> None:
        handle = await self._client.get_workflow_handle(f"twin-{name}").start_update(
            TwinComplaint.step,
            args=[step, text],
            wait_for_stage=WorkflowUpdateStage.ACCEPTED,
            id=f"{name}-{step}",
            rpc_timeout=_RPC,
        )
        _checked(await handle.result(rpc_timeout=_RPC))

    def rows(self) -> int:
        """Rows of steps."""
        return int(_ask(self._path, "SELECT count(*) FROM rows WHERE step != 'escalate'")[0][0])

    def climbed(self) -> list[str]:
        """Complaints, once for every escalation."""
        return [row[0] for row in _ask(self._path, "SELECT case_id FROM rows WHERE step = 'escalate'")]

    def idle(self) -> bool:
        """The twin carries out everything at once."""
        return True


SIDES: tuple[Callable[[House], Side], ...] = (Redress, Twin)


def _checked(receipt: Receipt) -> None:
    if receipt.seq < 1:
        raise RuntimeError(str(receipt))


def _ask(path: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)) as connection:
        return connection.execute(query).fetchall()
