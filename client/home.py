"""The data folder of an installation: settings, ledger, packs, files, and what is up on this machine."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from activities.drivers.ledger import Ledger, open_ledger
from activities.drivers.trouble import LedgerAway, LedgerUrlWrong
from activities.settings import Settings, SettingsProblem, load_settings
from activities.shelf import EditionMissing, FileShelf
from client.context import Context
from client.problems import problem

RUN = "run.json"


_PROCESSES = ("up", "engine", "worker")
_LOOK_S = 5


@dataclass(frozen=True, slots=True)
class Run:
    """What `up` has running: addresses and processes, so that another shell finds it. 0 is no process."""

    address: str
    namespace: str
    up: int
    engine: int = 0
    worker: int = 0


def settings_of(context: Context) -> Settings:
    """The settings of the data folder.

    Raises:
        Problem: ``settings_broken``, with every mistake.
    """
    try:
        return load_settings(context.home)
    except SettingsProblem as broken:
        file = context.home / "redress.toml"
        raise problem("settings_broken", context.lang, why=broken, file=file) from None


def shelf_of(context: Context) -> FileShelf:
    """The packs and calendars of the data folder."""
    return FileShelf(context.home, settings_of(context).calendar)


@contextmanager
def ledger_of(context: Context, url: str = "", *, prepare: bool = False) -> Iterator[Ledger]:
    """The ledger of the settings, or of a URL; made where there is none yet, or brought up to date with ``prepare``.

    Raises:
        Problem: ``ledger_away`` with what the database says, or ``edition_missing``, also for what fails inside.
    """
    where = url or settings_of(context).ledger
    fresh = where.startswith("sqlite:///") and not Path(where.removeprefix("sqlite:///")).exists()
    try:
        ledger = open_ledger(where)
    except (LedgerUrlWrong, OSError, ImportError) as error:
        raise problem("ledger_away", context.lang, why=error) from None
    try:
        if fresh or prepare:
            ledger.migrate()
        yield ledger
    except LedgerAway as away:
        raise problem("ledger_away", context.lang, why=away.reason) from None
    except EditionMissing as missing:
        raise problem("edition_missing", context.lang, why=missing) from None
    finally:
        ledger.close()


def read_run(home: Path) -> Run | None:
    """What is up by the data folder's run file; None where nothing is, or what it names is no more.

    A process that is no more is 0, also where another one has its number by now, as after a power cut.
    """
    try:
        said = json.loads((home / RUN).read_text(encoding="utf-8"))
        born: dict[str, str] = said.pop("born")
        here = {name: said[name] for name in _PROCESSES if born.get(name) and born[name] == birth(said[name])}
        run = Run(**(said | dict.fromkeys(_PROCESSES, 0) | here))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return run if here else None


def write_run(home: Path, run: Run) -> None:
    """Say what is up, and when each process began; the file is there whole or not at all."""
    said: dict[str, object] = asdict(run)
    said["born"] = {name: birth(getattr(run, name)) for name in _PROCESSES}
    home.mkdir(parents=True, exist_ok=True)
    fresh = home / f".{RUN}.{os.getpid()}"
    fresh.write_text(json.dumps(said) + "\n", encoding="utf-8")
    fresh.replace(home / RUN)


def forget_run(home: Path) -> None:
    """Say that nothing is up."""
    with suppress(FileNotFoundError):
        (home / RUN).unlink()


def birth(pid: int) -> str:
    """When a process began, in the system's own words: another process of the same number has another birth.

    Empty where there is no such process, or the system does not say.
    """
    if not alive(pid):
        return ""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="utf-8").strip()
        # The 22nd value of the line; the name, which may hold blanks, ends with the last bracket.
        return f"{boot} {_stat(pid)[19]}"
    except (OSError, IndexError):
        pass
    try:
        said = subprocess.run(
            ["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, timeout=_LOOK_S, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return said.stdout.strip()


def alive(pid: int) -> bool:
    """Whether a process is there and has not ended."""
    if pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        return _stat(pid)[:1] != ["Z"]
    except OSError:
        return True


def _stat(pid: int) -> list[str]:
    """What Linux says of a process, from its state on."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
