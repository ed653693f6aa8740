"""The desk knows what was there before, on both databases: earlier copies of a case, the open case of a key."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from activities.desk import Desk
from activities.drivers.ledger import Ledger
from activities.organisation import Organisation, check
from activities.requests import HandleRequest, HandleResult
from rules.commands import Command
from tests.activities.office import OnePack
from tests.rules.corner_shop import local
from tests.rules.estate import OPENED, PACK

pytestmark = pytest.mark.offline

PEOPLE = """
[person.dana]
[person.max]
[person.ida]
[person.ian]
[roles.estate]
desk = ["dana"]
manager = ["max"]
inspectors = ["ida", "ian"]
"""
LATER = "2026-03-02T10:00"


@pytest.fixture
def desk(ledger: Ledger) -> Desk:
    Organisation(ledger).apply(check(PEOPLE), datetime(2026, 1, 1, tzinfo=UTC), "root")
    shelf = OnePack(PACK)
    return Desk(ledger, shelf, shelf)


def opened(desk: Desk, case: str, house: str = "A1") -> HandleResult:
    at = local(OPENED).astimezone(UTC)
    fields = {"house": house, "damage": "1"}
    command = Command(f"open {case}", "open", "dana", at, fields, kind="claim", pack=PACK.ref)
    return desk.handle(HandleRequest(case, 0, command, at))


def objected(desk: Desk, case: str, number: int, ground: str) -> HandleResult:
    at = local(LATER).astimezone(UTC)
    fields = {"objector": "Li", "ground": ground}
    return desk.handle(HandleRequest(case, 0, Command(f"object {number}", "step.object", "dana", at, fields), at))


def code(result: HandleResult) -> str:
    return result.refusal.code if result.refusal else ""


def test_a_copy_that_repeats_an_earlier_one_is_refused(desk: Desk) -> None:
    assert code(opened(desk, "case-1")) == ""
    assert code(objected(desk, "case-1", 1, "noise")) == ""
    assert code(objected(desk, "case-1", 2, "smell")) == ""
    refused = objected(desk, "case-1", 3, "smell")
    assert code(refused) == "fields_wrong"
    assert refused.refusal is not None
    assert refused.refusal.params["fields"][0]["copy"] == 2


def test_copies_of_another_case_are_none_of_this_one(desk: Desk) -> None:
    assert code(opened(desk, "case-1")) == ""
    assert code(opened(desk, "case-2", "B2")) == ""
    assert code(objected(desk, "case-1", 1, "noise")) == ""
    assert code(objected(desk, "case-2", 1, "noise")) == ""


def test_a_second_open_case_of_a_key_is_refused_with_the_number_of_the_first(desk: Desk) -> None:
    first = opened(desk, "case-1")
    second = opened(desk, "case-2")
    assert second.refusal is not None
    assert (second.refusal.code, second.refusal.params["number"]) == ("already_open", first.number)
    assert code(opened(desk, "case-3", "B2")) == ""


def test_of_two_who_open_at_the_same_moment_one_does(desk: Desk) -> None:
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda number: opened(desk, f"case-{number}"), range(4)))
    assert sorted(map(code, results)) == ["", "already_open", "already_open", "already_open"]
