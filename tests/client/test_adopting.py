"""redress packs adopt --dry-run: which dues would move, and who cannot; nothing is written."""

from datetime import timedelta
from pathlib import Path

import pytest

from activities.desk import Desk
from activities.drivers.ledger import open_ledger
from activities.drivers.reading import Reading
from activities.organisation import Organisation, check
from activities.requests import HandleRequest
from activities.settings import load_settings
from activities.shelf import FileShelf
from client.times import present, read
from rules.commands import Command
from tests.activities.office import ORGANISATION
from tests.client.line import CORNER_SHOP, Line

pytestmark = pytest.mark.offline

TEXT = CORNER_SHOP.read_text(encoding="utf-8").replace('calendar = "cn"', 'calendar = "endless"', 1)
LONGER = TEXT.replace("edition = 1", "edition = 2", 1).replace("{ working_days = 3 }", "{ working_days = 4 }")


class Shop:
    """An installation with a case that nobody has accepted, one whose clock runs, and a second edition."""

    def __init__(self, home: Path, second: str) -> None:
        shelf = FileShelf(home)
        self.first, self.second = shelf.publish(TEXT), shelf.publish(second)
        self.ledger = open_ledger(load_settings(home).ledger)
        self.ledger.migrate()
        now = present()
        Organisation(self.ledger).apply(check(ORGANISATION), now - timedelta(days=1), "root")
        self.desk = Desk(self.ledger, shelf, shelf)
        fields = {"customer": "王女士", "topic": "goods", "said": "坏了"}
        for case in ("case-a", "case-b"):
            opening = Command(f"open {case}", "open", "clerk", now, fields, kind="complaint", pack=self.first)
            self._do(case, opening, 0)
        accepting = Command("accept", "step.accept", "clerk", now, {"handled_by": "handler"})
        self._do("case-b", accepting, Reading(self.ledger).entries("case-b")[-1].seq)

    def _do(self, case: str, command: Command, seq: int) -> None:
        assert self.desk.handle(HandleRequest(case, seq, command, command.asked_at)).refusal is None

    def entries(self) -> int:
        reading = Reading(self.ledger)
        return sum(len(reading.entries(case)) for case in ("case-a", "case-b"))


def test_the_dues_that_would_move_are_told_and_nothing_is_written(line: Line) -> None:
    shop = Shop(line.home, LONGER)
    before = shop.entries()
    ran = line("packs", "adopt", "corner-shop.2", "--as", "leader", "--dry-run", "--json")
    assert ran.code == 0
    by_case = {each["id"]: each for each in ran.json()["cases"]}
    assert by_case["case-a"]["outcome"] == "same"
    [moved] = by_case["case-b"]["moved"]
    assert moved["clock"] == "first_reply"
    assert read(moved["new"]) > read(moved["old"])
    assert shop.entries() == before
    text = line("packs", "adopt", "corner-shop.2", "--as", "leader", "--dry-run", lang="zh").out
    assert "期限变动" in text
    assert "首次答复" in text
    shop.ledger.close()


def test_a_case_that_cannot_adopt_says_why_and_the_command_ends_with_1(line: Line) -> None:
    shop = Shop(line.home, LONGER.replace("first_reply", "answer_first"))
    ran = line("packs", "adopt", "corner-shop.2", "--as", "leader", "--dry-run", "--json")
    assert ran.code == 1
    by_case = {each["id"]: each for each in ran.json()["cases"]}
    assert by_case["case-b"]["outcome"] == "cannot"
    assert by_case["case-b"]["refusal"]["code"] == "edition_not_adoptable"
    assert by_case["case-b"]["refusal"]["params"]["missing"] == ["first_reply"]
    assert "cannot adopt" in line("packs", "adopt", "corner-shop.2", "--as", "leader", "--dry-run").out
    one = line("packs", "adopt", "corner-shop.2", "--as", "leader", "--dry-run", "--case", "case-a", "--json")
    assert (one.code, [each["id"] for each in one.json()["cases"]]) == (0, ["case-a"])
    shop.ledger.close()


def test_the_edition_has_to_be_named_and_be_of_the_same_pack(line: Line) -> None:
    shop = Shop(line.home, LONGER)
    unnamed = line("packs", "adopt", "corner-shop", "--as", "leader", "--dry-run", "--json")
    assert (unnamed.code, unnamed.json()["error"]["code"]) == (2, "edition_not_named")
    other = line("packs", "adopt", "standard.1", "--as", "leader", "--case", "case-a", "--dry-run", "--json")
    assert (other.code, other.json()["error"]["code"]) == (2, "other_pack")
    none = line("packs", "adopt", "corner-shop.1", "--as", "leader", "--dry-run", "--json")
    assert none.json()["cases"] == []
    shop.ledger.close()
