"""redress org, list and ledger on a data folder without an engine."""

import pytest

from tests.client.line import CORNER_SHOP, PEOPLE, Line

pytestmark = pytest.mark.offline


def test_an_organisation_is_checked_applied_once_and_shown(line: Line) -> None:
    file = line.file("org.toml", PEOPLE)
    assert line("org", "check", file, "--json").json() == {"people": 3, "departments": 1, "absences": 1, "problems": []}
    assert line("org", "apply", file, "--json").json()["unchanged"] is False
    assert line("org", "apply", file, "--json").json()["unchanged"] is True
    shown = line("org", "show", "--json").json()
    assert shown["people"]["h1"]["roles"] == ["handler"]
    assert shown["absences"][0]["from"] == "2026-04-30T16:00:00Z"
    assert "2026-05-01 00:00 +08:00" in line("org", "show", lang="zh").out


def test_every_mistake_of_an_organisation_has_its_place_and_nothing_is_applied(line: Line) -> None:
    file = line.file("org.toml", PEOPLE.replace('head = "d1"', 'head = "d2"').replace('substitute = "c1"', ""))
    ran = line("org", "apply", file, "--json")
    assert ran.code == 1
    assert {detail["place"] for detail in ran.json()["error"]["details"]} >= {"department.shop.head"}
    assert line("org", "show", "--json").json()["people"] == {}


def test_a_wrong_instant_is_wrong_usage(line: Line) -> None:
    assert line("org", "show", "--at", "yesterday").code == 2


def test_without_cases_everything_can_be_read(line: Line) -> None:
    assert line("list", "--json").json() == []
    assert "nothing to list" in line("list").out
    assert line("ledger", "verify", "--json").json() == {"cases": 0, "entries": 0, "faults": []}
    assert line("ledger", "export").out == ""


@pytest.mark.parametrize("words", [("show", "CS-1"), ("explain", "CS-1"), ("do", "CS-1", "accept", "--as", "c1")])
def test_an_unknown_case_is_not_found(line: Line, words: tuple[str, ...]) -> None:
    ran = line(*words, "--json")
    assert (ran.code, ran.json()["error"]["code"]) == (3, "no_case")


def test_an_unknown_person_has_nothing_of_his_own(line: Line) -> None:
    line("org", "apply", line.file("org.toml", PEOPLE))
    ran = line("mine", "--as", "h2")
    assert ran.code == 3
    assert "c1, h1, d1" in ran.err
    assert line("mine", "--as", "h1", "--json").json() == []


def test_an_opening_without_an_engine_says_what_to_type(line: Line) -> None:
    line("packs", "publish", str(CORNER_SHOP))
    sets = ("--set", "customer=王", "--set", "topic=goods", "--set", "said=坏了")
    ran = line("open", "--pack", "corner-shop", "--as", "c1", *sets, "--json")
    assert (ran.code, ran.json()["error"]["code"]) == (1, "engine_away")
    assert "redress up" in ran.json()["error"]["next"]


def test_unknown_fields_are_guessed_before_anything_is_sent(line: Line) -> None:
    line("packs", "publish", str(CORNER_SHOP))
    ran = line("open", "--pack", "corner-shop", "--kind", "complaint", "--as", "c1", "--set", "topc=goods")
    assert ran.code == 1
    assert 'Did you mean "topic"?' in ran.err
    assert line("open", "--pack", "corner-shop", "--kind", "complant", "--as", "c1").code == 3


def test_settings_that_cannot_be_used_are_named(line: Line) -> None:
    file = line.file("redress.toml", "[mail]\nport = 99999\n")
    ran = line("list")
    assert ran.code == 1
    assert "mail.port" in ran.err
    assert file in ran.err
