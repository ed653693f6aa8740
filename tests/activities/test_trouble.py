import logging
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory

from activities.drivers.ledger import Ledger, open_ledger
from activities.drivers.reading import Reading
from activities.drivers.trouble import LedgerAway
from tests.activities.office import Office

pytestmark = pytest.mark.offline


def _file(ledger: Ledger) -> str:
    return str(ledger.engine.url.database)


def test_sqlite_is_set_up_to_lose_nothing(sqlite_ledger: Ledger) -> None:
    with sqlite_ledger.reading() as connection:
        said = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        }
    assert said == {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 1000, "foreign_keys": 1}


def test_a_locked_ledger_is_away_and_answers_when_it_is_free(
    sqlite_ledger: Ledger, caplog: pytest.LogCaptureFixture
) -> None:
    office = Office(sqlite_ledger)
    office.open()
    other = sqlite3.connect(_file(sqlite_ledger), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            with pytest.raises(ApplicationError, match="database is locked") as told:
                office.accept()
        other.execute("ROLLBACK")
        other.close()
        accepted = office.accept()

    assert told.value.type == "LedgerAway"
    assert told.value.non_retryable is False
    assert told.value.category is ApplicationErrorCategory.BENIGN
    assert accepted.refusal is None
    said = [record.getMessage() for record in caplog.records if record.name == "activities.desk"]
    assert len(said) == 2
    assert "nothing is lost" in said[0]
    assert "answers again" in said[1]


def test_reading_goes_on_while_somebody_writes(sqlite_ledger: Ledger) -> None:
    office = Office(sqlite_ledger)
    office.open()
    other = sqlite3.connect(_file(sqlite_ledger), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert Reading(sqlite_ledger).case("case-1") is not None
    other.close()


def test_a_full_ledger_writes_nothing_and_goes_on_when_there_is_room(sqlite_ledger: Ledger) -> None:
    office, reading = Office(sqlite_ledger), Reading(sqlite_ledger)
    office.open()
    entries = reading.entries("case-1")
    with sqlite_ledger.engine.connect() as connection:
        used = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {used}")
    with pytest.raises(ApplicationError, match="full") as told:
        office.ask("step.note", "clerk", "2026-03-02T10:00", noted="x" * 9_000)
    assert told.value.type == "LedgerAway"
    assert reading.entries("case-1") == entries
    assert len(reading.decisions("case-1")) == 1

    with sqlite_ledger.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 100000")
    assert office.ask("step.note", "clerk", "2026-03-02T10:00", noted="x" * 9_000).refusal is None


def test_a_case_that_somebody_else_is_writing_is_away_for_a_bounded_time(office: Office) -> None:
    office.open()
    holding, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        with office.ledger.writing("case-1"):
            holding.set()
            let_go.wait(20)

    holder = threading.Thread(target=hold)
    holder.start()
    holding.wait(5)
    with pytest.raises(ApplicationError) as told:
        office.accept()
    let_go.set()
    holder.join()
    assert told.value.type == "LedgerAway"
    assert office.accept().refusal is None


def test_a_server_that_is_down_is_away_within_its_time() -> None:
    ledger = open_ledger("postgresql+psycopg://nobody@127.0.0.1:9/nothing")
    with pytest.raises(LedgerAway, match="connection"), ledger.reading():
        pass


def test_a_file_that_is_no_database_is_away(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"not a database, just words " * 100)
    ledger = open_ledger(f"sqlite:///{tmp_path / 'x.db'}")
    with pytest.raises(LedgerAway, match="not a database"), ledger.reading() as connection:
        connection.execute(text("SELECT 1"))


def test_an_error_never_shows_the_values_of_a_row(sqlite_ledger: Ledger) -> None:
    office = Office(sqlite_ledger)
    with sqlite_ledger.writing() as connection:
        connection.execute(text("DROP TABLE personal"))
    with pytest.raises(ApplicationError) as told:
        office.open(customer="李先生")
    assert "personal" in str(told.value)
    assert "李先生" not in str(told.value)
