"""Looks at an engine's file before a program opens it: who made it, and whether its tables still fit."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from client.engine.configuring import DATABASE
from client.engine.programs import Kind, Program, Version, dotted, read_version
from client.engine.words import EngineError, word

_STAMP = "made_by.json"


@dataclass(frozen=True, slots=True)
class Stamp:
    """The program that opened the data last."""

    kind: Kind
    version: Version


def read_stamp(data: Path) -> Stamp | None:
    """Who made the data in the folder; None if there are none, or nobody said."""
    if not (data / DATABASE).exists():
        return None
    try:
        said = json.loads((data / _STAMP).read_text())
        version = read_version(str(said["version"]))
        return None if version is None else Stamp(Kind(said["kind"]), version)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_stamp(data: Path, program: Program) -> None:
    """Leave word that the program has opened the data."""
    fresh = data / f"{_STAMP}.new"
    fresh.write_text(json.dumps({"kind": program.kind.value, "version": dotted(program.version)}))
    fresh.replace(data / _STAMP)


def tables(database: Path) -> str:
    """A checksum of the tables and indexes in an SQLite file, empty if it has none; rows do not count.

    Raises:
        sqlite3.DatabaseError: it is no SQLite file.
    """
    with closing(sqlite3.connect(database, timeout=5)) as db:
        rows = db.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()
    if not rows:
        return ""
    lines = sorted(" ".join(str(part) for part in row).split() for row in rows)
    return hashlib.sha256(json.dumps(lines).encode()).hexdigest()


async def check_data(
    data: Path,
    program: Program,
    fresh_tables: Callable[[Program], Awaitable[str]],
    say: Callable[[str], None],
    lang: str,
) -> None:
    """Return if the program may open the folder's data, after keeping a copy where it is another version.

    Args:
        data: The engine's data folder.
        program: Who wants to open it.
        fresh_tables: What `tables` says of a new file made by a program.
        say: Told where the copy is.
        lang: `zh` or `en`.

    Raises:
        EngineError: `kind` or `schema`; the data are untouched then.
    """
    database = data / DATABASE
    if not database.exists():
        return
    stamp = read_stamp(data)
    if stamp is not None and stamp.kind is not program.kind:
        raise EngineError("kind", lang, data=data, made=stamp.kind.value, version=dotted(stamp.version))
    if stamp is not None and stamp.version == program.version:
        return
    made = "?" if stamp is None else dotted(stamp.version)
    refusal = EngineError("schema", lang, program=dotted(program.version), data=data, made=made)
    if stamp is not None and stamp.version[:2] > program.version[:2]:
        raise refusal
    try:
        there = tables(database)
    except sqlite3.DatabaseError as error:
        raise refusal from error
    if there == "":
        return  # a first start was cut off before it made a table
    if there != await fresh_tables(program):
        raise refusal
    say(word("data.copied", lang, copy=_keep_copy(database, made.replace("?", "unknown"))))


def _keep_copy(database: Path, made: str) -> Path:
    """The path of a whole copy, what is only in the write-ahead log included."""
    copy = database.with_name(f"{database.stem}.before-upgrade-from-{made}.db")
    fresh = copy.with_suffix(".new")
    with closing(sqlite3.connect(database, timeout=5)) as source, closing(sqlite3.connect(fresh)) as target:
        source.backup(target)
    fresh.replace(copy)
    return copy
