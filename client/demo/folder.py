"""The demonstration's own data folder: found, emptied of an earlier demonstration, and never anybody else's."""

import shutil
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from client.demo.saying import trouble
from client.engine.launching import FolderInUseError, hold, in_use
from client.home import read_run

MARKER = "this-is-a-redress-demo"
#: The invented calendar: it has no holidays and no last published year.
CALENDAR = "endless"
_LEDGER_URL = "REDRESS_LEDGER_URL"


@contextmanager
def own_folder(home: Path, lang: str, environment: Mapping[str, str]) -> Iterator[Path]:
    """The demonstration's folder, emptied, with its settings, and nobody else's as long as the block runs.

    Raises:
        Problem: a ledger is configured, the folder is not a demonstration's, or something runs in it.
    """
    _no_ledger_of_the_reader(home, lang, environment)
    marker = home / MARKER
    if home.is_symlink() or (home.exists() and not home.is_dir()):
        raise trouble("not_ours", lang, folder=home)
    if home.is_dir() and any(home.iterdir()) and not marker.is_file():
        raise trouble("not_ours", lang, folder=home)
    try:
        home.mkdir(parents=True, exist_ok=True)
        with marker.open("a") as lock:
            hold(lock)
            if in_use(home / "engine") or read_run(home) is not None:
                raise trouble("in_use", lang, folder=home)
            _empty(home)
            (home / "redress.toml").write_text(f'calendar = "{CALENDAR}"\nlang = "{lang}"\n', encoding="utf-8")
            yield home
    except FolderInUseError:
        raise trouble("in_use", lang, folder=home) from None


def _no_ledger_of_the_reader(home: Path, lang: str, environment: Mapping[str, str]) -> None:
    if environment.get(_LEDGER_URL):
        raise trouble("ledger_configured", lang, place=_LEDGER_URL)
    file = home / "redress.toml"
    try:
        configured = tomllib.loads(file.read_text(encoding="utf-8")).get("ledger_url")
    except (OSError, ValueError):
        return
    if configured:
        raise trouble("ledger_configured", lang, place=file)


def _empty(home: Path) -> None:
    """Take away what an earlier demonstration left; the marker stays, since it is locked."""
    for path in home.iterdir():
        if path.name == MARKER:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
