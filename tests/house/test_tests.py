"""The tests themselves: no ring is empty, every test file is collected, and each clause is held by a test."""

import pytest

from rules.accounting import ENCODED, accounts
from tests.clause_lock import LOCK, held, key_of, shipped_packs, text_of
from tests.house.reading import named, python_files
from tests.listing import RINGS, Listed, every_test

pytestmark = pytest.mark.pure

GENERAL = "tests/rules/packs/test_"


@pytest.fixture(scope="module")
def tests() -> list[Listed]:
    return every_test()


def test_no_ring_is_empty(tests: list[Listed]) -> None:
    assert {test.ring for test in tests} == set(RINGS)


def test_every_test_file_is_collected(tests: list[Listed]) -> None:
    there = {named(file) for file in python_files("tests") if file.name.startswith("test_")}
    assert there - {test.file for test in tests} == set()


def test_every_file_that_holds_tests_is_named_so() -> None:
    lost = [
        named(file)
        for file in python_files("tests")
        if not file.name.startswith("test_") and "\ndef test_" in file.read_text(encoding="utf-8")
    ]
    assert lost == []


def test_every_encoded_clause_is_held_by_a_test_that_names_it(tests: list[Listed]) -> None:
    packs = shipped_packs()
    # The general tables name every clause; a clause is held by a test that plays it.
    lock = held(packs, (test.id for test in tests if not test.id.startswith(GENERAL)))
    encoded = [(pack, row.clause) for pack in packs for row in accounts(pack) if row.status == ENCODED]
    assert [key_of(pack, clause) for pack, clause in encoded if key_of(pack, clause) not in lock] == []


def test_the_lock_of_clauses_says_what_the_tests_say(tests: list[Listed]) -> None:
    fresh = text_of(held(shipped_packs(), (test.id for test in tests)))
    assert LOCK.read_text(encoding="utf-8") == fresh, "run make test, look at the change, and commit it"


@pytest.mark.parametrize(
    ("test_id", "named_in_it"),
    [
        ("tests/a.py::t[ST-1]", True),
        ("tests/a.py::t[over-ST-1-2]", True),
        ("tests/a.py::t[ST-13]", False),
        ("tests/a.py::t[ST-1.2]", False),
        ("tests/a.py::t[EST-1]", False),
        ("tests/a.py::t[ST-1a]", False),
    ],
)
def test_a_clause_is_not_held_by_the_name_of_a_longer_one(test_id: str, named_in_it: bool) -> None:
    standard = next(pack for pack in shipped_packs() if pack.ref.id == "standard")
    assert ("ST-1" in held([standard], [test_id])) is named_in_it


def test_a_house_rule_is_held_for_the_pack_that_its_test_names() -> None:
    group = next(pack for pack in shipped_packs() if pack.ref.id == "group-complaint-demand")
    both = ["tests/test_group_complaint_demand.py::t[house-1]", "tests/test_other.py::t[house-2]"]
    assert held([group], both) == {"group-complaint-demand:house-1": [both[0]]}
