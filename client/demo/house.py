"""Engine and worker of a demonstration: both its own, both gone at its end, whatever happens."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from activities.drivers.ledger import Ledger, open_ledger
from activities.drivers.reading import Reading
from activities.shelf import FileShelf
from client.context import Context
from client.demo.folder import CALENDAR
from client.demo.saying import say, tell, trouble
from client.engine import tied
from client.engine.configuring import free_ports
from client.engine.finding import own_program
from client.engine.namespace import pairs
from client.engine.running import Engine, start_engine
from client.polling import polled
from client.supervising import worker_environment, worker_line
from workflows.connecting import connect
from workflows.searching import KEYS

_READY_S = 45.0
_STOP_S = 20.0
_LOOK_S = 0.1
_SAY_S = 5.0
#: What the reader has set for an installation of his own must not reach the demonstration.
_READERS = ("REDRESS_", "TEMPORAL_")


@dataclass(frozen=True, slots=True)
class House:
    """What the demonstration plays in."""

    context: Context
    client: Any
    ledger: Ledger
    reading: Reading
    shelf: FileShelf

    @property
    def lang(self) -> str:
        """The reader's language."""
        return self.context.lang


@asynccontextmanager
async def house(context: Context) -> AsyncIterator[House]:
    """An engine with a virtual clock, a worker and a ledger in the demonstration's folder; afterwards all stopped.

    Raises:
        EngineError: there is no engine to be had.
        Problem: the worker does not come up.
    """
    lang = context.lang
    program = await own_program(say, lang=lang)
    ledger = open_ledger(f"sqlite:///{context.home / 'ledger.db'}")
    engine: Engine | None = None
    worker: subprocess.Popen[bytes] | None = None
    try:
        ledger.migrate()
        engine = await start_engine(
            context.home / "engine", program=program, virtual_clock=True, say=say, ports=free_ports(), lang=lang,
            attributes=pairs(KEYS),
        )  # fmt: skip
        worker = _start_worker(context, engine)
        await _until_ready(worker, engine, context)
        client = await connect(engine.address, engine.namespace)
        yield House(context, client, ledger, Reading(ledger), FileShelf(context.home, CALENDAR))
    finally:
        tell("stopping", lang)
        if worker is not None:
            _end(worker)
        if engine is not None:
            await engine.stop()
        ledger.close()


def clean(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without what the reader set for an installation of his own."""
    return {name: value for name, value in environment.items() if not name.startswith(_READERS)}


def _start_worker(context: Context, engine: Engine) -> "subprocess.Popen[bytes]":
    """A worker as a process of its own; on Linux it ends with us even if we are killed."""
    ours = ("REDRESS_HOME", "REDRESS_TEMPORAL_ADDRESS", "REDRESS_NAMESPACE")
    whole = worker_environment(context, engine.address, engine.namespace)
    environment = clean(whole) | {name: whole[name] for name in ours}
    logs = context.home / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    line = [sys.executable, "-I", "-S", tied.__file__, str(os.getpid()), *worker_line()]
    with (logs / "worker.log").open("ab") as log:
        return subprocess.Popen(
            line, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )


async def _until_ready(worker: "subprocess.Popen[bytes]", engine: Engine, context: Context) -> None:
    say_next, started = time.monotonic() + _SAY_S, time.monotonic()
    while not await polled(engine.address, engine.namespace):
        took = time.monotonic() - started
        if worker.poll() is not None or took > _READY_S:
            log = context.home / "logs" / "worker.log"
            raise trouble("no_worker", context.lang, log=log, why=_tail(log))
        if time.monotonic() > say_next:
            tell("worker_waiting", context.lang, seconds=round(took))
            say_next += _SAY_S
        await asyncio.sleep(_LOOK_S)
    say(_worker_ready(context.lang, worker.pid, time.monotonic() - started))


def _worker_ready(lang: str, pid: int, seconds: float) -> str:
    from client.words import word

    return word("demo.worker_ready", lang, pid=pid, seconds=round(seconds, 1))


def _tail(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1][:300] if lines else "—"


def _end(worker: "subprocess.Popen[bytes]") -> None:
    """Stop the worker in good order, by force after 20 seconds."""
    worker.terminate()
    try:
        worker.wait(_STOP_S)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait(_STOP_S)
