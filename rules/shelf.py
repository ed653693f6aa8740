"""Folders of packs: their files, and the lock with the hash of every released edition; the one that comes with Redress."""

import hashlib
import json
from importlib.resources import files
from importlib.resources.abc import Traversable

from rules.pack import Pack
from rules.parsing import parse

FOLDER = files("rules") / "packs"
LOCK = "editions.lock"
_SUFFIX = ".toml"


def read_pack(source: str | Traversable) -> Pack:
    """The pack of a text, or of a file.

    Raises:
        PackProblems: With every mistake of the text.
    """
    return parse(source if isinstance(source, str) else source.read_text(encoding="utf-8"))


def file_name(pack: str, edition: int) -> str:
    """What the file of an edition is called: ``standard.1.toml``."""
    return f"{pack}.{edition}{_SUFFIX}"


def shipped(folder: Traversable = FOLDER) -> dict[tuple[str, int], Traversable]:
    """The files of the packs in a folder by id and edition; a file is called ``<id>.<edition>.toml``."""
    found = {}
    for file in folder.iterdir() if folder.is_dir() else ():
        pack, _, edition = file.name.removesuffix(_SUFFIX).rpartition(".")
        if file.name.endswith(_SUFFIX) and pack and edition.isdecimal():
            found[pack, int(edition)] = file
    return dict(sorted(found.items()))


def newest(folder: Traversable = FOLDER) -> dict[str, int]:
    """The newest edition of every pack in a folder, by id."""
    # The files are in the order of their editions, so the last one of an id stays.
    return dict(shipped(folder).keys())


def load(pack: str, edition: int, folder: Traversable = FOLDER) -> Pack:
    """A shipped pack.

    Raises:
        KeyError: No such edition is shipped.
        PackProblems: It has mistakes.
    """
    return read_pack(shipped(folder)[pack, edition])


def released(folder: Traversable = FOLDER) -> dict[str, str]:
    """The sha256 of each released edition by the name of its file, as the lock of a folder holds them."""
    lock = folder / LOCK
    locked: dict[str, str] = json.loads(lock.read_text(encoding="utf-8")) if lock.is_file() else {}
    return locked


def altered(folder: Traversable = FOLDER) -> tuple[str, ...]:
    """The files of released editions that are gone or hold another text than was released; none is how it should be."""
    return tuple(name for name, sha256 in released(folder).items() if _sha256(folder / name) != sha256)


def lock_text(folder: Traversable = FOLDER) -> str:
    """The lock that releases every edition in a folder.

    Raises:
        ValueError: An edition that is released already has another text.
    """
    if changed := altered(folder):
        raise ValueError(
            f"released editions are never edited: {', '.join(changed)}; give the new text the next edition"
        )
    locked = {file.name: _sha256(file) for file in shipped(folder).values()}
    return json.dumps(released(folder) | locked, indent=1, sort_keys=True) + "\n"


def _sha256(file: Traversable) -> str:
    return hashlib.sha256(file.read_text(encoding="utf-8").encode()).hexdigest() if file.is_file() else ""
