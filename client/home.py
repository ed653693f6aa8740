"""The data folder of an installation: settings, ledger, packs, files, and what is up on this machine."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from activities.drivers.ledger import Ledger, open_ledger
from activities.drivers.trouble import LedgerAway
from activities.settings import Settings, SettingsProblem, load_settings
from activities.shelf import EditionMissing, FileShelf
from client.context import Context
from client.problems import problem

RUN = "run.json"


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
    except (ValueError, OSError, ImportError) as error:
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
    """What is up by the data folder's run file; None where nothing is, or what it names is no more."""
    try:
        run = Run(**json.loads((home / RUN).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return run if any(alive(pid) for pid in (run.up, run.engine, run.worker)) else None


def write_run(home: Path, run: Run) -> None:
    """Say what is up; the file is there whole or not at all."""
    home.mkdir(parents=True, exist_ok=True)
    fresh = home / f".{RUN}.{os.getpid()}"
    fresh.write_text(json.dumps(asdict(run)) + "\n", encoding="utf-8")
    fresh.replace(home / RUN)


def forget_run(home: Path) -> None:
    """Say that nothing is up."""
    with suppress(FileNotFoundError):
        (home / RUN).unlink()


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
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return True
    return state.rpartition(")")[2].split()[:1] != ["Z"]
