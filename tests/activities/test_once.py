"""What may come only once over all cases of a pack, on both databases."""

from collections.abc import Iterator
from datetime import UTC
from typing import Any

import pytest

from activities.desk import Desk
from activities.drivers.ledger import Ledger, open_ledger
from activities.organisation import Organisation, check
from activities.rebuilding import Rebuilding
from activities.requests import HandleRequest, HandleResult
from activities.verifying import verify
from rules.commands import CLOCK, Command
from tests.activities.office import OnePack
from tests.rules.corner_shop import local
from tests.rules.workshop import PACK

pytestmark = pytest.mark.offline

ORGANISATION = """
[person.anna]
[department.east]
title = { zh = "东店", en = "east" }
[roles.workshop]
clerk = ["anna"]
"""
MORNING, LATE = "2026-03-02T09:00", "2026-03-06T09:00"


class WorkshopDesk:
    """A desk that takes the workshop's cases. Requests and results are kept, as histories would."""

    def __init__(self, ledger: Ledger) -> None:
        self.shelf = OnePack(PACK)
        self.desk = Desk(ledger, self.shelf, self.shelf)
        self.pairs: dict[str, list[tuple[HandleRequest, HandleResult]]] = {}
        Organisation(ledger).apply(check(ORGANISATION), local("2026-01-01T00:00").astimezone(UTC), "root")

    def ask(self, case: str, what: str, at: str, by: str = "anna", stated: str = "", **fields: Any) -> HandleResult:
        instant = local(at).astimezone(UTC)
        happened = local(stated).astimezone(UTC) if stated else None
        kind, ref = ("complaint", PACK.ref) if what == "open" else ("", None)
        command = Command(f"{what}@{at}", what, by, instant, fields, happened, kind, ref)
        known = self.pairs.setdefault(case, [])
        request = HandleRequest(case, known[-1][1].face.seq if known else 0, command, instant)
        known.append((request, self.desk.handle(request)))
        assert known[-1][1].refusal is None
        return known[-1][1]

    def late(self, case: str, opened: str = MORNING, at: str = LATE) -> list[str | None]:
        """The fines that a case leads to whose reply is late."""
        self.ask(case, "open", opened, topic="goods")
        return fines(self.ask(case, "clock", at, CLOCK))


def fines(result: HandleResult) -> list[str | None]:
    """The amounts that a decision has decided or taken back."""
    wanted = ("consequence_decided", "consequence_reversed")
    return [amount for entry in result.entries if entry.event in wanted for _, _, amount in entry.data["lines"]]


@pytest.fixture
def desk(ledger: Ledger) -> WorkshopDesk:
    return WorkshopDesk(ledger)


@pytest.fixture
def again(empty_url: str) -> Iterator[Ledger]:
    opened = open_ledger(empty_url)
    opened.migrate()
    yield opened
    opened.close()


def test_a_party_is_fined_once_a_month_whatever_the_case(desk: WorkshopDesk) -> None:
    assert [desk.late("a"), desk.late("b")] == [["50.00"], []]
    assert desk.late("c", "2026-04-01T09:00", "2026-04-07T09:00") == ["50.00"]


def test_what_was_taken_back_may_come_again(desk: WorkshopDesk, ledger: Ledger) -> None:
    assert desk.late("a") == ["50.00"]
    assert fines(desk.ask("a", "step.reply", LATE, stated="2026-03-03T09:00")) == ["-50.00"]
    assert [desk.late("b"), desk.late("c")] == [["50.00"], []]
    assert list(verify(ledger, desk.shelf)) == []


def test_a_ledger_that_was_rebuilt_knows_who_has_had_it(desk: WorkshopDesk, again: Ledger) -> None:
    desk.late("a")
    rebuilding = Rebuilding(again, desk.shelf)
    assert rebuilding.case("a", desk.pairs["a"]).missing == ""
    assert WorkshopDesk(again).late("b") == []
