"""Counts in the ledger: two cases that arrive at once, pokes, the index that finds what is the same."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from sqlalchemy import select

from activities.drivers.counted_rows import counted
from activities.drivers.ledger import Ledger, open_ledger
from activities.drivers.reading import Reading
from activities.drivers.tables import cases, field_index, outbox
from activities.rebuilding import Rebuilding
from activities.requests import HandleResult
from activities.verifying import verify
from rules.counted_rows import Asked
from tests.activities.faults import FaultDesk
from tests.rules.faults import PACK, pack_with

pytestmark = pytest.mark.offline


@pytest.fixture
def desk(ledger: Ledger) -> FaultDesk:
    return FaultDesk(ledger)


@pytest.fixture
def again(empty_url: str) -> Iterator[Ledger]:
    opened = open_ledger(empty_url)
    opened.migrate()
    yield opened
    opened.close()


def _crossings(result: HandleResult) -> list[int]:
    return [entry.data["number"] for entry in result.entries if entry.event == "counted"]


def _pokes(ledger: Ledger) -> list[str]:
    with ledger.reading() as connection:
        rows = connection.scalars(select(outbox.c.data).where(outbox.c.kind == "poke")).all()
    return sorted(json.loads(row)["case_id"] for row in rows)


def test_the_third_reaches_three_and_pokes_the_two_before_it_once(desk: FaultDesk, ledger: Ledger) -> None:
    assert [_crossings(desk.open(case, f"2026-03-02T09:0{i}")) for i, case in enumerate("abc")] == [[], [], [3]]
    assert _pokes(ledger) == ["a", "b"]
    for case in "ab":
        assert _crossings(desk.poke(case, "2026-03-02T09:05")) == [3]
    assert _crossings(desk.open("d", "2026-03-02T09:06")) == [4]
    assert _pokes(ledger) == ["a", "b"]


def test_of_two_that_arrive_at_once_exactly_one_crosses(url: str, ledger: Ledger) -> None:
    first = FaultDesk(ledger, pack=pack_with("reached = 3", "reached = 10"))
    for number in range(8):
        first.open(f"c{number}", "2026-03-02T09:00")
    beside = open_ledger(url)
    second = FaultDesk(beside, organisation=False, pack=first.pack)
    together = Barrier(2)

    def arrive(desk: FaultDesk, case: str) -> list[int]:
        together.wait(5)
        return _crossings(desk.open(case, "2026-03-02T09:10"))

    with ThreadPoolExecutor(2) as threads:
        found = sorted(threads.map(arrive, (first, second), ("x", "y")))
    beside.close()

    assert found == [[], [10]]
    assert len(_pokes(ledger)) == 9
    assert {*_pokes(ledger)} < {*(f"c{number}" for number in range(8)), "x", "y"}


def test_many_arrivals_of_several_workers_lose_nobody(url: str, ledger: Ledger) -> None:
    others = [open_ledger(url) for _ in range(3)]
    desks = [FaultDesk(ledger), *(FaultDesk(each, organisation=False) for each in others)]
    with ThreadPoolExecutor(4) as threads:
        opened = list(threads.map(lambda n: desks[n % 4].open(f"c{n}", "2026-03-02T09:00"), range(12)))
    for each in others:
        each.close()

    numbers = sorted(number for result in opened for number in _crossings(result))
    assert numbers == list(range(3, 13))
    assert len(_pokes(ledger)) == 2


def test_cases_are_found_by_their_fields_however_long_they_are(desk: FaultDesk, ledger: Ledger) -> None:
    long = "1" * 199
    for case, caller in (("a", long + "甲"), ("b", long + "甲"), ("c", long + "乙")):
        desk.open(case, caller=caller, loss="10.00")
    with ledger.writing("d") as connection:
        state = Reading(ledger).case("a")
        assert state is not None
        asked = Asked("of_caller", (f"{long}甲",)).text.removeprefix("count:")
        answer = counted(connection, PACK, state.state, asked)
    assert [row.case_id for row in answer.others] == ["b"]


def test_a_month_takes_the_values_of_its_cases(desk: FaultDesk, ledger: Ledger) -> None:
    for case, at in (("a", "2026-03-31T23:59"), ("b", "2026-04-01T00:00"), ("c", "2026-04-02T00:00")):
        desk.open(case, at, caller="x", loss="12.50")
    state = Reading(ledger).case("c")
    assert state is not None
    with ledger.writing("c") as connection:
        rest = Asked("losses_of_month", ("x",)).text.removeprefix("count:")
        answer = counted(connection, PACK, state.state, rest)
    assert [(row.case_id, row.value) for row in answer.others] == [("a", Decimal("12.50")), ("b", Decimal("12.50"))]


def test_classes_are_in_the_index_as_they_last_were(desk: FaultDesk, ledger: Ledger) -> None:
    for case in "abc":
        desk.open(case)
    desk.poke("a", "2026-03-02T09:05")
    with ledger.reading() as connection:
        rows = connection.execute(select(field_index).where(field_index.c.field == "class.level"))
        held = {row.case_id: row.value for row in rows}
    assert held == {"a": '"sudden"', "b": '"plain"', "c": '"sudden"'}


def test_what_counts_have_left_is_verified_and_rebuilt(desk: FaultDesk, ledger: Ledger, again: Ledger) -> None:
    for case in "abc":
        desk.open(case)
    desk.poke("a", "2026-03-02T09:05")
    assert list(verify(ledger, desk.shelf)) == []

    rebuilding = Rebuilding(again, desk.shelf)
    assert [rebuilding.case(case, pairs).missing for case, pairs in desk.pairs.items()] == ["", "", ""]
    for table in (cases, field_index):
        with ledger.reading() as old, again.reading() as new:
            rows = [sorted(map(tuple, each.execute(select(table)).all()), key=repr) for each in (old, new)]
        assert rows[0] == rows[1]
    assert list(verify(again, desk.shelf)) == []


def test_a_class_in_the_index_that_is_not_the_cases_is_a_fault(desk: FaultDesk, ledger: Ledger) -> None:
    desk.open("a")
    with ledger.writing() as connection:
        connection.execute(field_index.update().where(field_index.c.field == "class.level").values(value='"sudden"'))
    assert [fault.what for fault in verify(ledger, desk.shelf)] == ["index"]
