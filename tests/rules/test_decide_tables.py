"""Tables that are kept: rows that steps write, before those of the pack; what a gap or a missing row gives."""

from dataclasses import replace
from decimal import Decimal

import pytest

from rules.classes import Table, TableRow
from rules.facts import Facts
from rules.ground import CaseGround
from rules.lookups import kept_row, row_of
from rules.parsing import parse
from rules.values import TableValue, Title
from tests.rules.corner_shop import ENDLESS
from tests.rules.town_hall import DIRECTORY, TEXT, Hall

pytestmark = pytest.mark.pure
NINE, TEN, LATER = "2026-03-02T09:00", "2026-03-02T10:00", "2026-03-02T11:00"


def cares(hall: Hall, street: str, who: str) -> bool:
    """Whether the register says that somebody cares for the street: else the gate on the decision is closed."""
    case = f"{street}-{who}-{len(hall.states)}"
    hall.complain(case, TEN, street=street, carer=who)
    return hall.do(case, "step.decide", "chief", LATER) is None


def test_a_row_of_the_pack_is_read_where_nothing_was_written() -> None:
    assert not cares(Hall(), "main", "town")
    assert cares(Hall(), "main", "county")


@pytest.mark.parametrize("street", ["nowhere", "lane"])
def test_a_row_that_is_missing_or_a_gap_agrees_with_nothing(street: str) -> None:
    assert not cares(Hall(), street, "nobody knows")


def test_a_step_writes_a_row_that_goes_before_that_of_the_pack_for_every_case() -> None:
    hall = Hall()
    hall.complain("one")
    fields = {"street": "main", "cared_for_by": "town", "paved_on": "2026-02-01"}
    assert hall.do("one", "step.survey", "clerk", TEN, **fields) is None
    entry = hall.events("one", "table_written")[0]
    assert entry.clause == ("TH-6",)
    assert entry.data == {
        "table": "streets",
        "key": "main",
        "gives": {"cared_for_by": "town", "paved_on": "2026-02-01"},
        "from": "2026-03-02T02:00:00Z",
    }
    assert not cares(hall, "main", "county")
    assert cares(hall, "main", "town")


def test_the_row_that_was_written_last_stands() -> None:
    hall = Hall()
    hall.complain("one")
    for at, who in ((NINE, "town"), (TEN, "state")):
        assert hall.do("one", "step.survey", "clerk", at, street="main", cared_for_by=who) is None
    assert not cares(hall, "main", "town")
    assert cares(hall, "main", "state")


def test_nothing_is_written_where_the_key_is_empty() -> None:
    hall = Hall()
    hall.complain("one")
    assert hall.do("one", "step.survey", "clerk", TEN, cared_for_by="town") is None
    assert hall.events("one", "table_written") == []


BY_WEIGHT = """
[table.patience]
title = { zh = "时限", en = "patience" }
key = "class.weight"
rows = [{ key = "water", gives = { hours = "4" } }]
clause = "TH-2"
"""
HOURS = TableValue("patience", "hours")
WEIGHED: dict[str, dict[str, str]] = {"water": {"weight": "water"}, "roads": {"weight": "roads"}, "": {}}
KEPT_RANGES = Table(Title("甲", "a"), ("X-1",), by="amount", kept_by="installation", columns=("most",))
ANSWERED = Facts(
    DIRECTORY, ENDLESS, answers={"table:tiers": [kept_row("..60", {"most": "1"}), kept_row("60..80", {"most": "2"})]}
)


@pytest.mark.parametrize(
    ("amount", "gives"),
    [("59.99", "1"), ("60", "2"), ("79.99", "2"), ("80", None), ("-5", "1")],
)
def test_a_kept_range_begins_at_its_lower_end_and_stops_before_its_upper_one(amount: str, gives: str | None) -> None:
    assert row_of("tiers", KEPT_RANGES, Decimal(amount), ANSWERED).get("most") == gives


def test_nothing_is_known_of_a_kept_table_without_facts_and_of_an_empty_value() -> None:
    assert row_of("tiers", KEPT_RANGES, Decimal(1), None) == {}
    assert row_of("tiers", KEPT_RANGES, None, ANSWERED) == {}


def test_a_yes_or_no_is_a_key_as_it_is_written_in_packs() -> None:
    table = Table(Title("甲", "a"), ("X-1",), key="agreed", rows=(TableRow({"most": "1"}, key="true"),))
    assert row_of("limits", table, True, None) == {"most": "1"}
    assert row_of("limits", table, False, None) == {}


def test_a_row_may_be_selected_by_the_value_that_a_class_has_now() -> None:
    hall = Hall()
    state = hall.complain("one")
    pack = parse(f"{TEXT}{BY_WEIGHT}")
    found = {value: CaseGround(pack, replace(state, classes=held)).lookup(HOURS) for value, held in WEIGHED.items()}
    assert found == {"water": "4", "roads": None, "": None}
