"""Cycles in a rehearsal: its clock passes, and cases open by themselves where the script asks for it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.client.line import Line

pytestmark = pytest.mark.offline

BACK_OFFICE = Path(__file__).parents[1] / "rules" / "data" / "back-office.1.toml"
SHOP = {"zone": "Asia/Shanghai", "department": {"shop": {"title": {"zh": "门店", "en": "shop"}}}}


def played(line: Line, *orders: dict[str, Any], cycles: bool = True) -> list[tuple[str, str]]:
    """At and case of every opening by the house."""
    head = {"pack": str(BACK_OFFICE), "kind": "delivery", "people": {"u1": ["clerk", "manager"]}, "org": SHOP}
    script = [head | {"cycles": cycles}, *orders]
    file = line.file("script.jsonl", "\n".join(json.dumps(each) for each in script))
    ran = line("rehearse", "--script", file, "--json")
    assert ran.code == 0, ran.out + ran.err
    return [(each["at"], each["case"]) for each in ran.lines() if each["event"] == "opened" and each["by"] == "house"]


FIRST = {"at": "2026-02-25T09:00", "open": {"dealer": "north"}, "as": "u1"}


def test_nothing_opens_by_itself_unless_the_script_says_so(line: Line) -> None:
    assert played(line, FIRST, {"until": "2027-02-25T24:00"}, cycles=False) == []


def test_what_comes_opens_in_the_order_of_time(line: Line) -> None:
    assert played(line, FIRST, {"until": "2026-04-01T00:00"}) == [
        ("2026-02-25T16:00:00Z", "review"),
        ("2026-02-28T16:00:00Z", "closing"),
        ("2026-03-02T16:00:00Z", "dealers"),
        ("2026-03-30T16:00:00Z", "departments"),
        ("2026-03-31T16:00:00Z", "closing-2"),
    ]


def test_a_review_comes_again_twelve_months_after_it_was_closed(line: Line) -> None:
    closing = {"at": "2026-03-02T09:00", "do": "close", "as": "u1", "case": "review"}
    found = played(line, FIRST, {"until": "2026-02-26T12:00"}, closing, {"until": "2027-12-31T24:00"})
    assert [each for each in found if "review" in each[1]] == [
        ("2026-02-25T16:00:00Z", "review"),
        ("2027-03-01T16:00:00Z", "review-2"),
    ]


def test_a_line_that_a_step_wrote_down_gets_its_case_too(line: Line) -> None:
    laying = {"at": "2026-12-01T09:00", "do": "lay_line", "as": "u1", "set": {"line": "line_c", "chief": "u1"}}
    found = played(line, FIRST, laying, {"until": "2027-01-15T12:00"})
    assert [each[1] for each in found if each[1].startswith("lines")] == ["lines", "lines-2", "lines-3"]
