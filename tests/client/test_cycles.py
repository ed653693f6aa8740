"""redress cycles, as it is typed."""

import pytest

from activities.cycle_requests import CycleRequest
from activities.cycles import Cycles
from activities.drivers.ledger import open_ledger
from activities.shelf import FileShelf
from client.times import read
from tests.client.line import CORNER_SHOP, Line

pytestmark = pytest.mark.offline

BACK_OFFICE = str(CORNER_SHOP.with_name("back-office.1.toml"))


@pytest.fixture
def shop(line: Line) -> Line:
    assert line("packs", "publish", BACK_OFFICE).code == 0
    return line


def row(line: Line, cycle: str) -> dict[str, object]:
    [found] = [each for each in line("cycles", "list", "--json").json() if each["cycle"] == cycle]
    return dict(found)


def test_a_published_pack_is_listed_and_does_nothing_unasked(shop: Line) -> None:
    found = row(shop, "closing")
    assert (found["pack"], found["every"], found["opens"], found["clause"]) == (
        "back-office", "month", "closing", ["BO-4"],
    )  # fmt: skip
    assert (found["status"], found["since"], found["last"], found["next"], found["cases"]) == (
        "not_started", None, None, None, 0,
    )  # fmt: skip
    assert "未启动" in shop("cycles", "list", lang="zh").out


def test_what_is_started_runs_until_it_is_stopped_and_twice_is_once(shop: Line) -> None:
    first = shop("cycles", "start", "back-office", "--json").json()
    assert (first["running"], first["unchanged"]) == (True, False)
    assert shop("cycles", "start", "back-office", "--json").json() == first | {"unchanged": True}
    running = row(shop, "closing")
    assert (running["status"], running["since"]) == ("running", first["since"])
    assert str(running["next"]) > first["since"]
    assert shop("cycles", "stop", "back-office", "--json").json()["running"] is False
    assert (row(shop, "closing")["status"], row(shop, "closing")["next"]) == ("stopped", None)


def test_what_was_opened_is_listed_with_its_last_period(shop: Line) -> None:
    shop("cycles", "start", "back-office")
    ahead = read(str(row(shop, "closing")["next"]))
    ledger, shelf = open_ledger(f"sqlite:///{shop.home / 'ledger.db'}"), FileShelf(shop.home)
    assert Cycles(ledger, shelf, shelf).open(CycleRequest("back-office", "closing", ahead)) == 1
    ledger.close()
    found = row(shop, "closing")
    assert isinstance(found["last"], dict)
    assert read(found["last"]["at"]) == ahead
    assert found["cases"] == 1
    assert read(str(found["next"])) > ahead


def test_a_pack_without_cycles_or_without_a_name_is_refused(shop: Line) -> None:
    shop("packs", "publish", str(CORNER_SHOP))
    assert shop("cycles", "start", "corner-shop", "--json").json()["error"]["code"] == "no_cycles"
    unknown = shop("cycles", "stop", "back-offise", "--json")
    assert (unknown.code, unknown.json()["error"]["code"]) == (3, "no_pack")
    assert [each["cycle"] for each in shop("cycles", "list", "--pack", "corner-shop", "--json").json()] == []


def test_nobody_but_the_keeper_sets_cycles_going(shop: Line) -> None:
    refused = shop("cycles", "start", "back-office", "--as", "nobody")
    assert refused.code == 3
    assert row(shop, "closing")["status"] == "not_started"
