"""A house for measuring: an engine of its own, a worker for each side as a child process, all in a temporary folder."""

import asyncio
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from temporalio.client import Client

from activities.drivers.ledger import open_ledger
from activities.organisation import Organisation, check
from activities.shelf import FileShelf
from client.engine import tied
from client.engine.configuring import free_ports
from client.engine.finding import own_program
from client.engine.namespace import pairs
from client.engine.running import Engine, start_engine
from workflows.connecting import connect
from workflows.searching import KEYS

FOLDER = Path(__file__).parent
_READY_SECONDS = 60
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class House:
    """What runs while sides are measured."""

    home: Path
    engine: Engine
    client: Client
    workers: dict[str, "subprocess.Popen[bytes]"]

    @property
    def ledger(self) -> Path:
        """The ledger of Redress."""
        return self.home / "ledger.db"

    @property
    def twin_ledger(self) -> Path:
        """The ledger of the twin."""
        return self.home / "twin.db"

    def cpu_seconds(self, side: str) -> float:
        """CPU that the engine and the worker of a side have used since they started."""
        return sum(_cpu_seconds(pid) for pid in (self.engine.pid, self.workers[side].pid))


@asynccontextmanager
async def house(*, virtual_clock: bool = False, twin: bool = True) -> AsyncIterator[House]:
    """An engine with a worker of Redress, and one of the twin where it is wanted; all stopped and gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="redress-bench-") as folder:
        home = Path(folder)
        engine = await start_engine(
            home / "engine",
            program=await own_program(_say, lang="en"),
            virtual_clock=virtual_clock,
            say=_say,
            ports=free_ports(),
            lang="en",
            attributes=pairs(KEYS),
        )
        workers: dict[str, subprocess.Popen[bytes]] = {}
        try:
            _furnish(home)
            workers["redress"] = _start("worker", home, engine)
            await _wait_until_ready(home, "worker", workers["redress"])
            if twin:
                told = (engine.address, engine.namespace, str(home / "twin.db"))
                workers["twin"] = _start("bench.twin", home, engine, *told)
                await _wait_until_ready(home, "bench.twin", workers["twin"])
            yield House(home, engine, await connect(engine.address, engine.namespace), workers)
        finally:
            for each in workers.values():
                each.terminate()
            for each in workers.values():
                each.wait(timeout=40)
            await engine.stop()


def _furnish(home: Path) -> None:
    """The organisation and the pack that only the bench needs."""
    ledger = open_ledger(f"sqlite:///{home / 'ledger.db'}")
    ledger.migrate()
    text = (FOLDER / "company.toml").read_text(encoding="utf-8")
    Organisation(ledger).apply(check(text), datetime.now(UTC) - timedelta(days=1), "bench")
    ledger.close()
    shelf = FileShelf(home)
    shipped = FOLDER.parent / "rules" / "packs" / "group-complaint-demand.1.toml"
    for file in (shipped, *sorted((FOLDER / "packs").glob("*.toml"))):
        shelf.publish(file.read_text(encoding="utf-8"))


def _start(module: str, home: Path, engine: Engine, *arguments: str) -> "subprocess.Popen[bytes]":
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("REDRESS_", "TEMPORAL_"))}
    settings = {
        "REDRESS_HOME": str(home), "REDRESS_TEMPORAL_ADDRESS": engine.address, "REDRESS_NAMESPACE": engine.namespace,
        "REDRESS_CALENDAR": "endless",
    }  # fmt: skip
    with (home / f"{module}.log").open("w") as log:
        return subprocess.Popen(
            [sys.executable, tied.__file__, str(os.getpid()), sys.executable, "-m", module, *arguments],
            env=clean | settings, cwd=FOLDER.parent,
            stdout=log, stderr=log,
        )  # fmt: skip


async def _wait_until_ready(home: Path, module: str, worker: "subprocess.Popen[bytes]") -> None:
    """Wait until a worker says that it is ready."""
    ends = time.monotonic() + _READY_SECONDS
    log = home / f"{module}.log"
    while not re.search(r'"worker": "ready"', log.read_text(encoding="utf-8")):
        if time.monotonic() > ends or worker.poll() is not None:
            raise RuntimeError(f"{module} is not ready: {log.read_text(encoding='utf-8')[-2000:]}")
        await asyncio.sleep(0.05)


def _cpu_seconds(pid: int) -> float:
    """User and system time of a process and all its threads."""
    numbers = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(numbers[11]) + int(numbers[12])) / _TICKS


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
