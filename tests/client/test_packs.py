"""redress packs, clauses and reckon, as they are typed."""

import pytest

from tests.client.line import CORNER_SHOP, Line

pytestmark = pytest.mark.offline


def test_a_good_file_is_checked_published_and_listed(line: Line) -> None:
    assert line("packs", "check", str(CORNER_SHOP)).code == 0
    assert line("packs", "publish", str(CORNER_SHOP), "--json").json()["already"] is False
    assert line("packs", "publish", str(CORNER_SHOP), "--json").json()["already"] is True
    assert "corner-shop" in [row["pack"] for row in line("packs", "list", "--json").json()]
    shown = line("packs", "show", "corner-shop", "--json").json()
    assert shown["stages"]["complaint"] == ["received", "handling", "replied", "closed"]
    assert "街角商店客户投诉办法" in line("packs", "show", "corner-shop", lang="zh").out


def test_a_released_edition_is_never_edited(line: Line) -> None:
    line("packs", "publish", str(CORNER_SHOP))
    edited = CORNER_SHOP.read_text(encoding="utf-8").replace("working_days = 3 }", "working_days = 4 }")
    ran = line("packs", "publish", line.file("other.toml", edited), "--json")
    assert ran.code == 1
    assert ran.json()["error"]["code"] == "edition_changed"
    assert "edition = 2" in ran.json()["error"]["next"]


def test_every_mistake_of_a_file_is_listed_with_its_place(line: Line) -> None:
    text = CORNER_SHOP.read_text(encoding="utf-8")
    broken = text.replace('holder = "clerk"', 'holder = "clark"').replace('to = "replied"', 'to = "repleid"')
    ran = line("packs", "check", line.file("broken.toml", broken), "--json")
    assert ran.code == 1
    details = ran.json()["error"]["details"]
    assert len(details) >= 2
    assert all(detail["place"] and detail["what"] and detail["line"] for detail in details)
    assert line("packs", "check", str(line.home / "broken.toml"), lang="zh").err.count("→") >= 2


def test_a_file_that_is_not_there_is_not_found(line: Line) -> None:
    ran = line("packs", "check", "no-such.toml", "--json")
    assert (ran.code, ran.json()["error"]["code"]) == (3, "no_file")


def test_an_unknown_pack_is_not_found_and_guessed(line: Line) -> None:
    line("packs", "publish", str(CORNER_SHOP))
    ran = line("packs", "show", "corner-shp")
    assert ran.code == 3
    assert 'Did you mean "corner-shop"?' in ran.err


def test_the_clauses_of_a_pack_are_one_array(line: Line) -> None:
    line("packs", "publish", str(CORNER_SHOP))
    rows = line("clauses", "corner-shop", "--json").json()
    assert [row["status"] for row in rows if row["clause"] == "CS-1"] == ["nothing_to_encode"]
    assert {frozenset(row) for row in rows} == {frozenset(("pack", "clause", "status", "rows", "tests"))}
    assert "已落实" in line("clauses", "corner-shop", lang="zh").out


def test_reckon_answers_each_line_and_skips_blank_ones(line: Line) -> None:
    batch = '{"id": "a", "op": "is_open"}\n\nnonsense\n'
    ran = line("reckon", "--batch", line.file("batch.jsonl", batch))
    assert ran.code == 0
    assert [(row["id"], "error" in row) for row in ran.lines()] == [("a", True), (None, True)]
    assert line("reckon", "--batch", "no-such.jsonl").code == 3
