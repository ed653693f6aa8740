"""redress tables: what a pack has, writing a dated row, who may, and reading it as it stood."""

from pathlib import Path
from typing import Any

import pytest

from tests.client.line import Line

pytestmark = pytest.mark.offline
TOWN_HALL = Path(__file__).parents[1] / "rules" / "data" / "town-hall.1.toml"
PEOPLE = """
[person.c1]
roles = ["clerk"]
[person.x1]
"""


@pytest.fixture
def hall(line: Line) -> Line:
    assert line("packs", "publish", str(TOWN_HALL)).code == 0
    assert line("org", "apply", line.file("org.toml", PEOPLE), "--at", "2020-01-01T00:00").code == 0
    return line


def put(line: Line, *words: str, by: str = "c1", key: str = "main") -> Any:
    return line("tables", "set", "town-hall", "streets", key, "--as", by, *words, "--json")


def rows(line: Line, *words: str) -> dict[str, Any]:
    listed = line("tables", "list", "town-hall", "streets", *words, "--json").json()["rows"]
    return {row["key"]: row["gives"] for row in reversed(listed)}


def test_the_tables_of_a_pack_are_listed_with_who_keeps_them(hall: Line) -> None:
    (table,) = hall("tables", "list", "town-hall", "--json").json()
    assert (table["table"], table["selected_by"], table["kept_by"]) == ("streets", "street", "clerk")
    assert "register of streets" in hall("tables", "list", "town-hall").out


def test_a_row_goes_before_that_of_the_pack_from_its_day_on(hall: Line) -> None:
    assert rows(hall)["main"] == {"cared_for_by": "county", "paved_on": "2020-01-01"}
    ran = put(hall, "--set", "cared_for_by=town", "--from", "2026-03-01")
    assert (ran.code, ran.json()["from"], ran.json()["unchanged"]) == (0, "2026-02-28T16:00:00Z", False)
    assert put(hall, "--set", "cared_for_by=town", "--from", "2026-03-02").json()["unchanged"] is True
    every = hall("tables", "list", "town-hall", "streets", "--every", "--json").json()["rows"]
    assert [(row["gives"], row["by"]) for row in every] == [({"cared_for_by": "town"}, "c1")]


def test_columns_that_are_not_set_stay_as_they_are_and_a_key_may_end(hall: Line) -> None:
    put(hall, "--set", "cared_for_by=town", "--from", "2020-01-01")
    put(hall, "--set", "paved_on=2021-05-01", "--from", "2020-02-01")
    assert rows(hall)["main"] == {"cared_for_by": "town", "paved_on": "2021-05-01"}
    assert "town" in hall("tables", "list", "town-hall", "streets").out
    ended = hall("tables", "end", "town-hall", "streets", "main", "--as", "c1", "--from", "2020-03-01", "--json")
    assert ended.json()["gives"] is None
    assert rows(hall)["main"] == {"cared_for_by": "county", "paved_on": "2020-01-01"}


def test_nothing_is_seen_before_it_was_written(hall: Line) -> None:
    put(hall, "--set", "cared_for_by=town", "--from", "2020-01-01")
    assert rows(hall, "--at", "2020-06-01T00:00")["main"]["cared_for_by"] == "county"


@pytest.mark.parametrize(
    ("words", "by", "code", "exit_code"),
    [
        (("--set", "cared_for_by=town"), "x1", "not_keeper", 1),
        (("--set", "cared_for_by=town"), "nobody", "no_person", 3),
        (("--set", "looked_after=town"), "c1", "no_column", 2),
        ((), "c1", "no_column", 2),
        (("--set", "cared_for_by=town", "--from", "soon"), "c1", "wrong_time", 2),
    ],
)
def test_what_cannot_be_written_is_refused_with_the_way_out(
    hall: Line, words: tuple[str, ...], by: str, code: str, exit_code: int
) -> None:
    ran = put(hall, *words, by=by)
    assert (ran.code, ran.json()["error"]["code"]) == (exit_code, code)
    assert hall("tables", "list", "town-hall", "streets", "--every", "--json").json()["rows"] == []


def test_an_unknown_table_and_one_that_nobody_keeps_are_told_apart(hall: Line) -> None:
    corner = str(TOWN_HALL.parent / "corner-shop.1.toml")
    hall("packs", "publish", corner)
    unknown = hall("tables", "set", "corner-shop", "limit", "goods", "--as", "c1", "--set", "most=1", "--json")
    assert (unknown.code, unknown.json()["error"]["code"]) == (3, "no_table")
    fixed = hall("tables", "set", "corner-shop", "limits", "goods", "--as", "c1", "--set", "most=1", "--json")
    assert (fixed.code, fixed.json()["error"]["code"]) == (1, "table_not_kept")


TIERS = """
[table.tiers]
title = { zh = "分档", en = "tiers" }
by = "cost"
kept_by = "installation"
columns = ["most"]
clause = "TH-6"
[form.costs]
title = { zh = "费用", en = "costs" }
fields = [{ name = "cost", title = { zh = "费用", en = "cost" }, type = "money" }]
clause = "TH-6"
[step.cost]
title = { zh = "费用", en = "cost" }
from = "open"
by = "clerk"
form = "costs"
clause = "TH-6"
"""


def test_ranges_are_written_as_their_ends_do_not_overlap_and_belong_to_the_owner_of_the_pack(line: Line) -> None:
    text = TOWN_HALL.read_text(encoding="utf-8").replace("edition = 1", "edition = 2") + TIERS
    assert line("packs", "publish", line.file("town-hall.2.toml", text)).code == 0
    line("org", "apply", line.file("org.toml", PEOPLE + '[person.c2]\nroles = ["chief"]\n'))

    def tier(key: str, by: str = "c2") -> str:
        ran = line("tables", "set", "town-hall.2", "tiers", key, "--as", by, "--set", "most=5", "--json")
        return "" if ran.code == 0 else str(ran.json()["error"]["code"])

    assert tier("..60", by="c1") == "not_keeper"
    assert [tier(key) for key in ("..60", "60..80", "80..")] == ["", "", ""]
    assert [tier(key) for key in ("70..90", "..10", "59.99..60")] == ["table_overlaps"] * 3
    assert [tier(key) for key in ("60", "80..60", "a..b", "..", "60..60")] == ["table_key_wrong"] * 5
    assert tier("60..80") == ""


PENALTIES = """
[table.penalties]
title = { zh = "处罚标准", en = "penalties" }
key = "street"
kept_by = "clerk"
columns = ["amount", "remark"]
clause = "TH-6"
[consequence.penalty]
title = { zh = "处罚", en = "penalty" }
on = "opened"
against = "clerk"
unit = "yuan"
fixed = { table = "penalties", gives = "amount" }
decided_by = ["chief"]
clause = "TH-6"
"""


@pytest.mark.parametrize(
    ("column", "key", "days", "code"),
    [
        ("amount=500.00", "main", (), ""),
        ("amount=10%", "main", (), ""),
        ("remark=none", "main", (), ""),
        ("amount=NaN", "main", (), "column_no_amount"),
        ("amount=-5", "main", (), "column_no_amount"),
        ("amount=", "main", (), "column_no_amount"),
        ("amount=" + "9" * 38, "main", (), "column_no_amount"),
        ("amount=5", " ", (), "table_key_empty"),
        ("amount=5", "main", ("--from", "2026-03-02", "--to", "2026-03-02"), "row_ends_first"),
        ("amount=5", "main", ("--from", "0001-01-01"), "wrong_time"),
        ("amount=5", "main", ("--to", "9999-12-31T24:00"), "wrong_time"),
    ],
)
def test_a_row_that_no_amount_can_be_counted_from_is_refused(
    line: Line, column: str, key: str, days: tuple[str, ...], code: str
) -> None:
    text = TOWN_HALL.read_text(encoding="utf-8") + PENALTIES
    assert line("packs", "publish", line.file("town-hall.1.toml", text)).code == 0
    line("org", "apply", line.file("org.toml", PEOPLE), "--at", "2020-01-01T00:00")
    ran = line("tables", "set", "town-hall", "penalties", key, "--as", "c1", "--set", column, *days, "--json")
    assert (ran.code, ran.json().get("error", {}).get("code", "")) == (2 if code else 0, code)
