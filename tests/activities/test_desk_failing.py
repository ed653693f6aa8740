"""What cannot be decided fails at once, and holds up nothing but itself."""

import logging
from datetime import datetime

import pytest
from sqlalchemy import text
from temporalio.exceptions import ApplicationError

from activities.desk import Desk
from activities.drivers.ledger import Ledger
from activities.drivers.reading import Reading
from activities.drivers.tables import decisions
from activities.drivers.trouble import LedgerRefused
from activities.requests import HandleResult
from rules.commands import Command
from rules.decide import decide
from rules.facts import Facts
from rules.outcomes import Needs, Outcome
from rules.pack import Pack, PackRef
from rules.problems import PackProblems
from rules.state import State
from tests.activities.office import Office

pytestmark = pytest.mark.offline
FAULTS = [
    ValueError("李先生"),
    ZeroDivisionError("李先生"),
    KeyError("李先生"),
    RuntimeError("rungs of 李先生 feed each other without end"),
    TypeError("李先生"),
    AttributeError("李先生"),
    RecursionError("李先生"),
]


class Failing:
    """Decides as the rules do, but fails where a note is taken."""

    def __init__(self, fault: Exception) -> None:
        self.fault = fault

    def __call__(self, pack: Pack, state: State, command: Command, facts: Facts, at: datetime) -> Outcome | Needs:
        if command.what == "step.note":
            raise self.fault
        return decide(pack, state, command, facts, at)


def _note(office: Office, minute: int = 0) -> HandleResult:
    return office.ask("step.note", "clerk", f"2026-03-02T10:0{minute}", noted="李先生")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_a_fault_in_deciding_fails_the_command_for_good_without_a_value(
    sqlite_ledger: Ledger, caplog: pytest.LogCaptureFixture, fault: Exception
) -> None:
    office = Office(sqlite_ledger)
    office.desk = Desk(sqlite_ledger, office.shelf, office.shelf, decide=Failing(fault))
    office.open()
    with caplog.at_level(logging.ERROR):
        for _ in range(2):
            with pytest.raises(ApplicationError) as told:
                _note(office)

    name = type(fault).__name__
    assert (told.value.type, told.value.non_retryable) == ("DecideFailed", True)
    assert told.value.message == f"corner-shop.1: step.note cannot be decided ({name}); nothing was written"
    assert list(told.value.details) == ["corner-shop.1", "step.note", name]
    [said] = [record.getMessage() for record in caplog.records]
    assert said.startswith("case-1: corner-shop.1")
    assert "test_desk_failing" in said
    assert "李先生" not in caplog.text
    assert office.accept().refusal is None


def test_a_pack_that_a_stricter_version_cannot_read_fails_its_commands(
    office: Office, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stricter(ref: PackRef) -> Pack:
        raise PackProblems(())

    office.open()
    monkeypatch.setattr(office.shelf, "pack", stricter)
    for case, what in (("case-1", "step.accept"), ("case-2", "open")):
        with pytest.raises(ApplicationError, match=rf"corner-shop\.1: {what} .* \(PackProblems\)") as told:
            office.ask(what, "clerk", "2026-03-02T10:00", case)
        assert (told.value.type, told.value.non_retryable) == ("DecideFailed", True)
    assert reading.case_ids() == ["case-1"]


def test_a_broken_constraint_fails_the_command_and_shows_no_row(office: Office, ledger: Ledger) -> None:
    office.open()
    with ledger.writing() as connection:
        connection.execute(text("UPDATE numbers SET last = 0"))
    with pytest.raises(ApplicationError, match="LedgerRefused") as told:
        office.open("case-2")
    assert (told.value.type, told.value.non_retryable) == ("DecideFailed", True)
    assert "CS-2026" not in str(told.value)


def test_the_ledger_says_what_it_refuses_by_its_name_alone(ledger: Ledger) -> None:
    Office(ledger).open(customer="李先生")
    with pytest.raises(LedgerRefused, match="IntegrityError") as told, ledger.writing() as connection:
        connection.execute(text("INSERT INTO personal SELECT * FROM personal"))
    assert "case-1" not in str(told.value)
    assert told.value.__suppress_context__


def test_a_value_that_cannot_be_bound_is_refused_by_its_name_alone(ledger: Ledger) -> None:
    with pytest.raises(LedgerRefused, match="StatementError") as told, ledger.writing() as connection:
        connection.execute(decisions.update().values(at="李先生"))
    assert "李先生" not in str(told.value)
