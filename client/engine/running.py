"""An engine of our own while it runs: start, health, stop, kill, restart."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from client.engine import launching, probing
from client.engine.configuring import DATABASE, Ports, free_ports
from client.engine.namespace import NAMESPACE, Attributes, UnusableError, prepare
from client.engine.programs import Program, dotted
from client.engine.schema import check_data, tables, write_stamp
from client.engine.words import EngineError, word

Say = Callable[[str], None]

_READY_S = 90.0
_STOP_S = 20.0
_ATTEMPTS = 4
_LOOK_S = 0.05
_TAKEN = "address already in use"


@dataclass(frozen=True, slots=True)
class Plan:
    """How an engine is to be run; the same for every restart of it."""

    data: Path
    program: Program
    virtual_clock: bool
    say: Say
    lang: str
    tied: bool
    attributes: Attributes


class Engine:
    """A Temporal server of our own on one data folder. Belongs to no event loop."""

    def __init__(self, plan: Plan, ports: Ports | None) -> None:
        self._plan = replace(plan, data=plan.data.absolute())
        self._ports = ports
        self._process: subprocess.Popen[bytes] | None = None
        self._adopted = 0
        self.address = ""
        self.namespace = NAMESPACE

    @property
    def pid(self) -> int:
        """The process of the server; 0 before the first start."""
        return self._process.pid if self._process is not None else self._adopted

    @property
    def data(self) -> Path:
        """The folder with the engine's database, log and configuration."""
        return self._plan.data

    def alive(self) -> bool:
        """Whether the process runs; says nothing about its health."""
        if self._process is not None:
            return self._process.poll() is None
        return self._adopted != 0 and launching.in_use(self._plan.data)

    async def healthy(self) -> bool:
        """Whether it runs and answers that it serves, within 15 seconds."""
        if not self.alive():
            return False
        try:
            return await probing.healthy(await probing.connect(self.address, self.namespace))
        except probing.NotAnsweringError:
            return False

    def kill(self) -> None:
        """End the process at once, as a power cut would, and wait until it is gone."""
        if not self.alive():
            return
        os.kill(self.pid, signal.SIGKILL)
        ends = time.monotonic() + _STOP_S
        while self.alive() and time.monotonic() < ends:
            time.sleep(_LOOK_S)

    async def stop(self) -> None:
        """End the process in good order, by force after 20 seconds; done already is fine."""
        if not self.alive():
            return
        os.kill(self.pid, signal.SIGTERM)
        ends = time.monotonic() + _STOP_S
        while self.alive():
            if time.monotonic() > ends:
                self.kill()
                self._plan.say(word("engine.killed", self._plan.lang, seconds=round(_STOP_S)))
                return
            await asyncio.sleep(_LOOK_S)

    async def restart(self) -> None:
        """Stop it if it runs and start it again on the same data; at the same address if that is still free.

        Raises:
            EngineError: it does not come up.
        """
        await self.stop()
        await self.start()

    async def start(self) -> None:
        """Start the process, wait until it serves, and have the namespace and the search attributes there.

        Raises:
            EngineError: `busy`, `kind`, `schema`, `not_started` or `namespace`.
        """
        plan, started = self._plan, time.monotonic()
        plan.data.mkdir(parents=True, exist_ok=True)
        if self._adopt():
            return
        await check_data(plan.data, plan.program, _fresh_tables, plan.say, plan.lang)
        await self._come_up()
        write_stamp(plan.data, plan.program)
        try:
            await prepare(await probing.connect(self.address, self.namespace), plan.attributes)
        except (UnusableError, probing.NotAnsweringError) as error:
            await self.stop()
            names = ", ".join(name for name, _ in plan.attributes)
            raise EngineError("namespace", plan.lang, namespace=self.namespace, why=error, attributes=names) from error
        launching.note_running(plan.data, launching.Running(self.pid, self.address, dotted(plan.program.version)))
        took = round(time.monotonic() - started, 1)
        plan.say(word("engine.ready", plan.lang, address=self.address, pid=self.pid, seconds=took))

    def _adopt(self) -> bool:
        """Take over what runs on this folder already; not if the engine is to be tied to its parent."""
        plan = self._plan
        if not launching.in_use(plan.data):
            return False
        running = launching.who_runs(plan.data)
        if running is None or plan.tied:
            raise EngineError("busy", plan.lang, data=plan.data, pid=running.pid if running else "?")
        self._process, self._adopted, self.address = None, running.pid, running.address
        plan.say(word("engine.adopted", plan.lang, address=running.address, pid=running.pid))
        return True

    async def _come_up(self) -> None:
        """Have a process that serves, on the wanted ports or, where somebody took one, on others."""
        plan = self._plan
        for _ in range(_ATTEMPTS):
            wanted = self._ports or Ports()
            taken = wanted.taken()
            self._ports = free_ports(keep=wanted)
            self.address = f"127.0.0.1:{self._ports.frontend}"
            if taken:
                numbers = ", ".join(str(asdict(wanted)[name]) for name in taken)
                plan.say(word("engine.ports", plan.lang, taken=numbers, address=self.address))
            since = launching.log_size(plan.data)
            self._process = self._spawn()
            if await self._serves():
                return
            await self.stop()
            if _TAKEN not in launching.log_tail(plan.data, since):
                break
        why = launching.log_tail(plan.data, since)[-600:] or f"{round(_READY_S)} s"
        raise EngineError("not_started", plan.lang, why=why, log=plan.data / launching.LOG)

    def _spawn(self) -> subprocess.Popen[bytes]:
        plan = self._plan
        try:
            return launching.spawn(
                plan.data,
                plan.program,
                self._ports or Ports(),
                virtual_clock=plan.virtual_clock,
                tied=plan.tied,
            )
        except launching.FolderInUseError as error:
            raise EngineError("busy", plan.lang, data=plan.data, pid="?") from error
        except (OSError, sqlite3.Error) as error:
            raise EngineError("not_started", plan.lang, why=error, log=plan.data / launching.LOG) from error

    async def _serves(self) -> bool:
        """Wait until the process serves; False once it has ended, or after a minute and a half."""
        ends = time.monotonic() + _READY_S
        host, port = self.address.split(":")
        while self.alive() and time.monotonic() < ends:
            if _listens(host, int(port)) and await self.healthy():
                return self.alive()
            await asyncio.sleep(_LOOK_S)
        return False


async def start_engine(
    data: Path,
    *,
    program: Program,
    virtual_clock: bool,
    say: Say,
    ports: Ports | None = None,
    lang: str = "zh",
    tied: bool = True,
    attributes: Attributes = (),
) -> Engine:
    """An engine that serves the namespace `redress` on the data folder.

    Args:
        data: The engine's own folder, made if it is not there.
        program: What to run, from `finding`.
        virtual_clock: Whether workflows may skip time; never for people's own cases.
        say: Told what happens, in the language `lang`.
        ports: Where to listen; by default 7233 and its neighbours. One that is taken is replaced.
        lang: `zh` or `en`.
        tied: Whether the engine dies with the thread that starts it. If not, it lives on, and the next start
            on the same folder takes it over.
        attributes: Search attributes to have there, as pairs of name and type.

    Raises:
        EngineError: it cannot be started; what, why and what next.
    """
    engine = Engine(Plan(data, program, virtual_clock, say, lang, tied, attributes), ports)
    say(word("engine.starting", lang, data=data))
    try:
        await engine.start()
    except asyncio.CancelledError:
        engine.kill()
        raise
    return engine


async def _fresh_tables(program: Program) -> str:
    """The checksum of the tables that the program makes in an empty folder."""
    with tempfile.TemporaryDirectory(prefix="redress-tables-") as folder:
        scratch = await start_engine(
            Path(folder), program=program, virtual_clock=False, say=lambda _: None, ports=free_ports()
        )
        await scratch.stop()
        return tables(Path(folder) / DATABASE)


def _listens(host: str, port: int) -> bool:
    """Whether anything takes connections there; much cheaper than to build a client each time."""
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True
