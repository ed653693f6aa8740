"""The ledger database, SQLite or PostgreSQL: connections, transactions, migrations."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Engine, bindparam, create_engine, event, func, make_url, select
from sqlalchemy.exc import ArgumentError

from activities.drivers.trouble import LedgerAway, LedgerUrlWrong, plainly

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = "activities.drivers:migrations"
_SQLITE_PRAGMAS = ("busy_timeout = 1000", "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON")
_POSTGRESQL_OPTIONS = "-c statement_timeout=10000 -c lock_timeout=2000 -c idle_in_transaction_session_timeout=30000"
_SECONDS_TO_CONNECT = 5
_SECONDS_FOR_A_TURN = 5
_LOCK_OF_MIGRATIONS = "redress migrations"
#: Waits for the lock called ``name`` and keeps it until the transaction ends (PostgreSQL).
_TAKE_LOCK = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("name"), 0)))
#: Everybody who writes holds this one together with his case; who takes it alone waits until all of them have written.
_WRITERS = 7_266_737
_WRITE = _TAKE_LOCK.add_columns(func.pg_advisory_xact_lock_shared(_WRITERS))
_WAIT_FOR_WRITERS = select(func.pg_advisory_xact_lock(_WRITERS))


#: What alembic is about stands in variables of its module, so one thread migrates at a time.
_MIGRATING = threading.Lock()


def in_turn(connection: Connection, name: str) -> None:
    """Wait until nobody else holds a name, and hold it until the transaction ends; SQLite has one writer anyway."""
    if connection.dialect.name != "sqlite":
        connection.execute(_TAKE_LOCK, {"name": name})


class Ledger:
    """A ledger database. Threads may share it; `close` gives its connections back."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.is_sqlite = engine.dialect.name == "sqlite"
        self._writer = engine.execution_options(writes=True)
        # SQLite has one writer and lets the others sleep and guess; within a process they queue here instead.
        self._turn = threading.Lock()

    @contextmanager
    def writing(self, lock: str = "") -> Iterator[Connection]:
        """One write transaction, committed at the end; `lock` names what nobody else may write meanwhile (a case).

        Raises:
            LedgerAway: The database does not answer; nothing was written.
            LedgerRefused: It does not take what was to be written; nothing was written.
        """
        with self._my_turn(), plainly(), self._writer.begin() as connection:
            if lock and not self.is_sqlite:
                connection.execute(_WRITE, {"name": lock})
            yield connection

    def settle(self) -> None:
        """Wait until whatever is being written now has been written.

        Raises:
            LedgerAway: The database does not answer, or somebody writes for longer than it lets one wait.
        """
        with self.writing() as connection:
            if not self.is_sqlite:
                connection.execute(_WAIT_FOR_WRITERS)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One read transaction.

        Raises:
            LedgerAway: The database does not answer.
        """
        with plainly(), self.engine.connect() as connection:
            yield connection

    def migrate(self) -> None:
        """Brings the database to the tables of this version; a database that has them stays as it is.

        Raises:
            LedgerAway: The database does not answer, or its tables are those of another version of Redress.
        """
        from alembic import command  # a third of a second, which a command that only reads need not pay
        from alembic.util import CommandError

        with _MIGRATING, self.writing(_LOCK_OF_MIGRATIONS) as connection:
            if not self.is_sqlite:
                # A change of a large table may take longer than any statement of a case.
                connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            try:
                command.upgrade(migrations(connection), "head")
            except CommandError as error:
                raise LedgerAway(f"its tables are not of this version: {error}; run the one that made them") from None

    def close(self) -> None:
        """Closes every connection that is not in use."""
        self.engine.dispose()

    @contextmanager
    def _my_turn(self) -> Iterator[None]:
        if not self.is_sqlite:
            yield
            return
        if not self._turn.acquire(timeout=_SECONDS_FOR_A_TURN):
            raise LedgerAway("another write of this process takes too long")
        try:
            yield
        finally:
            self._turn.release()


def open_ledger(url: str) -> Ledger:
    """The ledger at a URL: ``sqlite:///…`` (its folder is made) or ``postgresql+psycopg://…``; not connected yet.

    Raises:
        LedgerUrlWrong: It is no such URL.
        ImportError: The driver of the database is not installed.
    """
    where = checked_url(url)
    # Parameters stay out of error texts and logs: they may hold personal values.
    common: dict[str, Any] = {"hide_parameters": True, "pool_size": 8, "max_overflow": 8, "pool_timeout": 5}
    if where.get_backend_name() == "sqlite":
        if where.database:
            Path(where.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(where, **common)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        settings = {"connect_timeout": _SECONDS_TO_CONNECT, "options": _POSTGRESQL_OPTIONS}
        engine = create_engine(where, connect_args=settings, pool_recycle=1800, **common)
    return Ledger(engine)


def checked_url(text: str) -> URL:
    """The URL that a text is.

    Raises:
        LedgerUrlWrong: It is none, or names a database that Redress does not know.
    """
    known = "write sqlite:////the/file.db or postgresql+psycopg://user:password@host/name"
    try:
        url = make_url(text)
        url.get_dialect()
    except (ArgumentError, ValueError) as error:
        raise LedgerUrlWrong(f"the URL of the ledger cannot be read ({type(error).__name__}); {known}") from None
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise LedgerUrlWrong(f"the URL of the ledger names {url.get_backend_name()}, which cannot hold one; {known}")
    return url


def migrations(connection: Connection) -> "Config":
    """The configuration of alembic for one connection; no file and no working directory is needed."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", _MIGRATIONS)
    config.attributes["connection"] = connection
    return config


def _prepare_sqlite(connection: Any, record: object) -> None:
    # The driver would begin transactions by itself, always deferred; `_begin_sqlite` does it instead.
    connection.isolation_level = None
    for pragma in _SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
