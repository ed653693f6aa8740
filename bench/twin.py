"""The twin: a complaint written by hand, with no rules. Eight updates, one activity each that writes one ledger row.

Same options, fsync, cache and sandbox as Redress has; `bench` measures both in turn. Runs as `python -m bench.twin`.
"""

import asyncio
import signal
import sqlite3
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from temporalio import activity, workflow
from temporalio.common import RetryPolicy
from temporalio.worker import Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from workflows.connecting import connect
from workflows.options import CACHED_CASES, DESK_THREADS, GRACE

QUEUE = "twin"
STEPS = ("open", "accept", "dispatch", "handle", "reply", "revisit", "analyse", "archive")
RETRY = RetryPolicy(initial_interval=timedelta(milliseconds=200), maximum_interval=timedelta(seconds=5))
_WAIT = timedelta(seconds=10)


@dataclass(frozen=True)
class Row:
    """One row of the twin's ledger."""

    case_id: str
    seq: int
    step: str
    at: datetime
    text: str


@dataclass(frozen=True)
class Receipt:
    """What a step leaves its sender with."""

    seq: int
    stage: str


class Ledger:
    """A SQLite file, one table, one row a step."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._own = threading.local()

    def connection(self) -> sqlite3.Connection:
        """The connection of this thread."""
        if not hasattr(self._own, "connection"):
            new = self._own.connection = sqlite3.connect(self._path, isolation_level=None)
            for pragma in ("busy_timeout = 1000", "journal_mode = WAL", "synchronous = FULL"):
                new.execute(f"PRAGMA {pragma}")
            new.execute("CREATE TABLE IF NOT EXISTS rows (case_id, seq, step, at, text, PRIMARY KEY (case_id, seq))")
        found: sqlite3.Connection = self._own.connection
        return found

    @activity.defn(name="twin.write")
    def write(self, row: Row) -> Receipt:
        """Write a row; twice is the same as once."""
        values = (row.case_id, row.seq, row.step, row.at.isoformat(), row.text)
        self.connection().execute("INSERT OR IGNORE INTO rows VALUES (?, ?, ?, ?, ?)", values)
        return Receipt(row.seq, row.step)


@workflow.defn(name="twin.complaint")
class TwinComplaint:
    """A complaint: steps in a fixed order, one deadline."""

    @workflow.init
    def __init__(self, due: datetime | None) -> None:
        self._seq = 0
        self._turn = asyncio.Lock()

    @workflow.run
    async def run(self, due: datetime | None) -> int:
        """Wait for the last step or for the deadline; the number of rows."""
        if due is not None and due > workflow.now():
            try:
                await workflow.wait_condition(self._done, timeout=due - workflow.now())
            except TimeoutError:
                await self._write("escalate", "")
        await workflow.wait_condition(lambda: self._done() and workflow.all_handlers_finished())
        return self._seq

    @workflow.query
    def seq(self) -> int:
        """The number of rows."""
        return self._seq

    @workflow.update
    async def step(self, name: str, text: str) -> Receipt:
        """The receipt of a step, once its row is written."""
        return await self._write(name, text)

    @step.validator
    def _check(self, name: str, text: str) -> None:
        if name not in STEPS or self._done():
            raise ValueError(name)

    def _done(self) -> bool:
        return self._seq >= len(STEPS)

    async def _write(self, name: str, text: str) -> Receipt:
        async with self._turn:
            row = Row(workflow.info().workflow_id, self._seq + 1, name, workflow.now(), text)
            receipt = await workflow.execute_activity_method(
                Ledger.write, row, start_to_close_timeout=_WAIT, retry_policy=RETRY, summary=name
            )
            self._seq += 1
            return receipt


RUNNER = SandboxedWorkflowRunner(
    restrictions=SandboxRestrictions.default.with_passthrough_modules("bench", "workflows", "rules", "activities")
)


async def work(address: str, namespace: str, path: str) -> None:
    """Work until told to stop."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    ledger = Ledger(path)
    ledger.connection()
    client = await connect(address, namespace, working=True)
    with ThreadPoolExecutor(DESK_THREADS) as threads:
        async with Worker(
            client, task_queue=QUEUE, workflows=[TwinComplaint], activities=[ledger.write], activity_executor=threads,
            workflow_runner=RUNNER, max_cached_workflows=CACHED_CASES, graceful_shutdown_timeout=GRACE,
            max_concurrent_activities=DESK_THREADS,
        ):  # fmt: skip
            print('{"worker": "ready"}', file=sys.stderr, flush=True)
            await stop.wait()


if __name__ == "__main__":
    asyncio.run(work(*sys.argv[1:4]))
