from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from activities.drivers.ledger import Ledger, open_ledger
from activities.drivers.tables import cases, decisions, entries, field_index, numbers, personal
from activities.rebuilding import NotEmpty, Rebuilding
from activities.verifying import verify
from tests.activities.office import Office
from tests.rules.corner_shop import PACK

pytestmark = pytest.mark.offline
_SAME = (cases, entries, decisions, field_index, personal, numbers)


@pytest.fixture
def again(empty_url: str) -> Iterator[Ledger]:
    """An empty ledger with its tables."""
    opened = open_ledger(empty_url)
    opened.migrate()
    yield opened
    opened.close()


@pytest.fixture
def lived(sqlite_ledger: Ledger) -> Office:
    office = Office(sqlite_ledger)
    office.open(customer="  李先生 ")
    office.accept()
    office.ask("step.reply", "clerk", "2026-03-02T11:00")
    office.ask("poke", "house", "2026-03-02T12:00")
    office.ask("step.accept", "clerk", "2026-03-02T10:00", seq=0, handled_by="handler")
    office.ask("step.note", "clerk", "2026-03-02T13:00", seq=2, noted="known late")
    office.ring("2026-03-09T12:00")
    office.open("refused", topic="weather")
    office.open("other")
    return office


def _rows(ledger: Ledger, table: Any) -> list[Any]:
    with ledger.reading() as connection:
        return sorted((tuple(row) for row in connection.execute(select(table))), key=repr)


def test_a_rebuilt_ledger_equals_the_lost_one(lived: Office, again: Ledger) -> None:
    rebuilding = Rebuilding(again, lived.shelf)
    rebuilt = [rebuilding.case(case_id, pairs) for case_id, pairs in lived.pairs.items()]

    assert [each.missing for each in rebuilt] == ["", "", ""]
    for table in _SAME:
        if table is not numbers:
            assert _rows(again, table) == _rows(lived.ledger, table), table.name
    assert _rows(again, numbers) == [("CS", 2026, 2)]
    assert list(verify(again, lived.shelf)) == []


def test_work_goes_on_in_a_rebuilt_ledger(lived: Office, again: Ledger) -> None:
    rebuilding = Rebuilding(again, lived.shelf)
    for case_id, pairs in lived.pairs.items():
        rebuilding.case(case_id, pairs)
    office = Office(again)
    office.pairs = lived.pairs

    assert office.open("new").number == "CS-2026-000003"
    assert office.ask("step.ask_customer", "handler", "2026-03-09T13:00").refusal is None
    assert list(verify(again, office.shelf)) == []


def test_numbering_goes_on_after_the_cases_own_prefix_whatever_its_edition_says_now(
    lived: Office, again: Ledger
) -> None:
    lived.shelf.held = replace(PACK, file=replace(PACK.file, prefix="NEW"))
    Rebuilding(again, lived.shelf).case("case-1", lived.pairs["case-1"])
    assert _rows(again, numbers) == [("CS", 2026, 1)]


@pytest.mark.parametrize("lost", [0, 1])
def test_a_case_whose_history_has_a_gap_is_left_out_and_named(lived: Office, again: Ledger, lost: int) -> None:
    pairs = [pair for pair in lived.pairs["case-1"] if pair[0].seq != 0 and pair[0].seq != 2]
    if lost:
        pairs = [pair for pair in lived.pairs["case-1"] if pair[0].command.what != "step.reply"]
    rebuilt = Rebuilding(again, lived.shelf).case("case-1", pairs)

    assert (rebuilt.case_id, rebuilt.entries) == ("case-1", 0)
    assert rebuilt.missing
    assert _rows(again, cases) == []


def test_a_ledger_that_holds_cases_is_not_written_over(lived: Office) -> None:
    with pytest.raises(NotEmpty, match="holds 3 cases"):
        Rebuilding(lived.ledger, lived.shelf)
