"""The child process of an engine: one per data folder, with its log, and what is known of a running one."""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from client.engine.configuring import DATABASE, Ports, command_line, write_configuration
from client.engine.programs import Kind, Program

LOG = "engine.log"
_LOCK = "engine.lock"
_RUNNING = "running.json"
_TIED = Path(__file__).with_name("tied.py")
_LOG_BYTES = 10_000_000
_TAIL_BYTES = 4_000


class FolderInUseError(RuntimeError):
    """Another engine holds the data folder."""


@dataclass(frozen=True, slots=True)
class Running:
    """What an engine that is up left in its data folder for others."""

    pid: int
    address: str
    version: str


def spawn(data: Path, program: Program, ports: Ports, *, virtual_clock: bool, tied: bool) -> subprocess.Popen[bytes]:
    """The process of the engine, just started in its data folder.

    The lock on the folder is handed down to the process and lives exactly as long as it does: two servers on
    one SQLite file can never be, whatever happens to the process that started them.

    Raises:
        FolderInUseError: another engine holds the folder.
        OSError: the program cannot be started.
    """
    with (data / _LOCK).open("a") as lock:
        hold(lock)
        if program.kind is Kind.SERVER:
            write_configuration(data, ports, virtual_clock=virtual_clock)
            _forget_members(data / DATABASE)
        words = command_line(program, ports, virtual_clock=virtual_clock)
        if tied:
            words = [sys.executable, "-I", "-S", str(_TIED), str(os.getpid()), *words]
        with _fresh_log(data / LOG).open("ab") as log:
            return subprocess.Popen(
                words, cwd=data, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                pass_fds=(lock.fileno(),), start_new_session=True,
            )  # fmt: skip


def hold(lock: IO[str]) -> None:
    """Lock the open file for whoever shares it.

    Raises:
        FolderInUseError: somebody else has it locked.
    """
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise FolderInUseError(str(Path(lock.name).parent)) from None


def in_use(data: Path) -> bool:
    """Whether an engine, of whomever, has the data folder now."""
    if not (data / _LOCK).exists():
        return False
    with (data / _LOCK).open("a") as lock:
        try:
            hold(lock)
        except FolderInUseError:
            return True
    return False


def note_running(data: Path, running: Running) -> None:
    """Leave word for other processes of what is up in this folder."""
    fresh = data / f"{_RUNNING}.new"
    fresh.write_text(json.dumps({"pid": running.pid, "address": running.address, "version": running.version}))
    fresh.replace(data / _RUNNING)


def who_runs(data: Path) -> Running | None:
    """What the engine that has this folder left about itself; None if none is up or it is not ready yet."""
    if not in_use(data):
        return None
    try:
        said = json.loads((data / _RUNNING).read_text())
        running = Running(int(said["pid"]), str(said["address"]), str(said["version"]))
        os.kill(running.pid, 0)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return running


def log_tail(data: Path, since: int = 0) -> str:
    """The end of the engine's log, from byte `since` on, at most 4,000 bytes."""
    try:
        with (data / LOG).open("rb") as log:
            log.seek(max(since, (data / LOG).stat().st_size - _TAIL_BYTES))
            return log.read().decode(errors="replace").strip()
    except OSError:
        return ""


def log_size(data: Path) -> int:
    """Bytes in the engine's log now, 0 without one."""
    path = data / LOG
    return path.stat().st_size if path.exists() else 0


def _forget_members(database: Path) -> None:
    """Drop the list of server parts that ran last; nobody runs, since we hold the folder.

    A server that starts on other ports within 20 seconds looks for the parts in that list first, and was seen
    to need 54 seconds to give up; worse, another engine may listen there by now.
    """
    if not database.exists():
        return
    with closing(sqlite3.connect(database, timeout=5)) as db, db:
        if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'cluster_membership'").fetchone():
            db.execute("DELETE FROM cluster_membership")


def _fresh_log(path: Path) -> Path:
    """The path of the log, with an overlong one moved aside."""
    if path.exists() and path.stat().st_size > _LOG_BYTES:
        path.replace(path.with_suffix(".log.1"))
    return path
