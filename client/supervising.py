"""Keeps an engine and a worker up on this machine until somebody stops them; what dies is started again."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from client.context import Context
from client.engine.finding import EngineSettings, Remote, find_engine
from client.engine.namespace import NAMESPACE, pairs
from client.engine.running import Engine
from client.engine.words import EngineError
from client.home import Run, alive, forget_run, read_run, settings_of, write_run
from client.printing import note
from client.words import word
from workflows.searching import KEYS

_LOOK_S = 0.5
_STOP_S = 40.0
_LONGEST_WAIT_S = 30.0
#: A process that ran so long counts as healthy: its next end is restarted at once.
_HEALTHY_S = 60.0
_READY_S = 60.0


class Backoff:
    """How long to wait before a process that ended is started again, in seconds: 1, 2, 4 … 30."""

    def __init__(self) -> None:
        self._wait = 0.0
        self._started = 0.0

    def started(self, now: float) -> None:
        """The process was started at that instant of the monotonic clock."""
        self._started = now

    def next(self, now: float) -> float:
        """The wait before the next start."""
        healthy = now - self._started >= _HEALTHY_S
        self._wait = 1.0 if healthy or not self._wait else min(self._wait * 2, _LONGEST_WAIT_S)
        return self._wait


def engine_settings(context: Context) -> EngineSettings:
    """What this data folder wants of an engine; it lives on until somebody stops it."""
    settings, environment = settings_of(context), dict(os.environ)
    if settings.temporal_address:
        environment.setdefault("TEMPORAL_ADDRESS", settings.temporal_address)
        environment.setdefault("TEMPORAL_NAMESPACE", settings.namespace)
    return EngineSettings(context.home / "engine", context.lang, pairs(KEYS), environment=environment)


def worker_line() -> list[str]:
    """The command line of a worker."""
    return [sys.executable, "-m", "worker"]


def worker_environment(context: Context, address: str, namespace: str) -> dict[str, str]:
    """The environment of a worker: our data folder, our engine, our code."""
    root = str(Path(__file__).resolve().parent.parent)
    path = os.pathsep.join(part for part in (root, os.environ.get("PYTHONPATH", "")) if part)
    named = {"REDRESS_HOME": str(context.home), "PYTHONPATH": path}
    if address:
        named |= {"REDRESS_TEMPORAL_ADDRESS": address, "REDRESS_NAMESPACE": namespace}
    return {**os.environ, **named}


class House:
    """What `up` keeps running."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._engine: Engine | None = None
        self._worker: subprocess.Popen[bytes] | None = None
        self._address, self._namespace = "", NAMESPACE
        self._stop = asyncio.Event()

    async def run(self) -> None:
        """Start everything, keep it up until SIGINT or SIGTERM, stop everything.

        Raises:
            EngineError: There is no engine to be had.
        """
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._stop.set)
        try:
            await asyncio.to_thread(self._end_stray_worker)
            await self._find()
            self._start_worker()
            await self._ready()
            pid = self._worker.pid if self._worker else 0
            note(word("cli.up_ready", self._context.lang, address=self._address, pid=pid))
            await self._watch()
        finally:
            note(word("cli.up_stopping", self._context.lang))
            await self._end()
            note(word("cli.stopped", self._context.lang))

    async def _find(self) -> None:
        found = await find_engine(engine_settings(self._context), note)
        if not isinstance(found, Remote):
            self._engine = found
        self._address, self._namespace = found.address, found.namespace
        self._say()

    def _start_worker(self) -> None:
        logs = self._context.home / "logs"
        logs.mkdir(parents=True, exist_ok=True)
        with (logs / "worker.log").open("ab") as log:
            self._worker = subprocess.Popen(
                worker_line(), env=worker_environment(self._context, self._address, self._namespace),
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        self._say()

    async def _ready(self) -> None:
        """Wait until the engine sees the worker, or until it has ended; a slow one is no reason to give up."""
        from client.polling import polled

        ends = time.monotonic() + _READY_S
        while time.monotonic() < ends and not self._stop.is_set():
            if self._worker is None or self._worker.poll() is not None:
                return
            if await polled(self._address, self._namespace):
                return
            await self._pause(_LOOK_S)

    async def _watch(self) -> None:
        engine, worker = Backoff(), Backoff()
        lang = self._context.lang
        while not self._stop.is_set():
            if self._engine is not None and not self._engine.alive():
                wait = engine.next(time.monotonic())
                note(word("cli.up_engine_gone", lang, seconds=round(wait)))
                await self._pause(wait)
                if not self._stop.is_set():
                    await self._start_engine(self._engine)
                    engine.started(time.monotonic())
            if self._worker is not None and self._worker.poll() is not None:
                wait = worker.next(time.monotonic())
                note(word("cli.up_worker_gone", lang, seconds=round(wait), code=self._worker.returncode))
                await self._pause(wait)
                if not self._stop.is_set():
                    self._start_worker()
                    worker.started(time.monotonic())
            await self._pause(_LOOK_S)

    async def _start_engine(self, engine: Engine) -> None:
        """Have the engine again; where it listens elsewhere now, a worker that looks for it there.

        One that does not come up is said, and tried again by whoever watches.
        """
        try:
            await engine.start()
        except (EngineError, OSError) as error:
            note(str(error))
            return
        before, self._address = self._address, engine.address
        self._say()
        if self._worker is not None and self._address != before:
            note(word("cli.up_engine_moved", self._context.lang, address=self._address))
            await asyncio.to_thread(end_process, self._worker.pid, self._worker)
            self._start_worker()

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stop.wait(), seconds)

    async def _end(self) -> None:
        if self._worker is not None:
            await asyncio.to_thread(end_process, self._worker.pid, self._worker)
        if self._engine is not None:
            await self._engine.stop()
        forget_run(self._context.home)

    def _end_stray_worker(self) -> None:
        """End the worker that an `up` left behind which was killed."""
        run = read_run(self._context.home)
        if run is not None and run.worker and run.up != os.getpid():
            end_process(run.worker)

    def _say(self) -> None:
        engine = self._engine.pid if self._engine else 0
        worker = self._worker.pid if self._worker else 0
        write_run(self._context.home, Run(self._address, self._namespace, os.getpid(), engine, worker))


def end_process(pid: int, child: "subprocess.Popen[bytes] | None" = None) -> None:
    """End a process in good order, by force after 40 seconds; one that is gone already is fine."""
    if child is None and not alive(pid):
        return
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    ends = time.monotonic() + _STOP_S
    while time.monotonic() < ends:
        if (child.poll() is not None) if child is not None else not alive(pid):
            return
        time.sleep(0.1)
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
