"""redress rehearse: a script is played by the rules, each thing that happens is one line."""

import json
from typing import Any

import pytest

from tests.client.line import CORNER_SHOP, Line, Ran

pytestmark = pytest.mark.pure

PEOPLE = {"c1": ["clerk"], "h1": ["handler"], "d1": ["department_head"], "l1": ["leader"], "g1": ["general_manager"]}
HEADER = {"pack": str(CORNER_SHOP), "kind": "complaint", "people": PEOPLE, "org": None, "calendar": "endless"}
INTAKE = {"customer": "Wang", "topic": "goods", "said": "broken"}
OPEN = {"at": "2026-03-02T09:00", "open": INTAKE, "as": "c1"}
ACCEPT = {"at": "2026-03-02T10:00", "do": "accept", "set": {"handled_by": "h1"}, "as": "c1"}
REPLY = {"at": "2026-03-05T23:59:59", "do": "reply", "as": "h1", "set": {"reply": "a new one", "polite": True}}


def play(line: Line, *rows: dict[str, Any], lang: str = "en", as_json: bool = True) -> Ran:
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return line("rehearse", "--script", line.file("script.jsonl", text), *(["--json"] if as_json else []), lang=lang)


def events(ran: Ran, *names: str) -> list[tuple[str, str]]:
    return [(row["event"], row["at"]) for row in ran.lines() if row["event"] in names]


def test_a_case_that_nobody_answers_climbs_to_the_top(line: Line) -> None:
    ran = play(line, HEADER, OPEN, ACCEPT, {"until": "2026-03-31T24:00"})
    assert ran.code == 0
    climbed = [
        (row["at"], row["to"], row["house"], row["clause"]) for row in ran.lines() if row["event"] == "escalated"
    ]
    assert climbed == [
        ("2026-03-05T02:42:00Z", ["department_head"], True, ["house-1"]),
        ("2026-03-05T16:00:01Z", ["handler", "leader"], True, ["house-1"]),
        ("2026-03-06T16:00:00Z", ["general_manager"], True, ["house-1"]),
    ]
    assert events(ran, "clock_missed") == [("clock_missed", "2026-03-05T16:00:01Z")]


def test_the_last_second_of_the_day_is_on_time_and_24_00_may_be_written(line: Line) -> None:
    assert events(play(line, HEADER, OPEN, ACCEPT, REPLY), "clock_met", "clock_missed") == [
        ("clock_met", "2026-03-05T15:59:59Z")
    ]
    exact = {**REPLY, "at": "2026-03-05T24:00"}
    assert events(play(line, HEADER, OPEN, ACCEPT, exact), "clock_met", "clock_missed") == [
        ("clock_met", "2026-03-05T16:00:00Z")
    ]
    late = {**REPLY, "at": "2026-03-06T00:00:01"}
    assert events(play(line, HEADER, OPEN, ACCEPT, late), "clock_met", "clock_missed") == [
        ("clock_missed", "2026-03-05T16:00:01Z")
    ]


def test_every_event_has_every_key_in_order_of_time(line: Line) -> None:
    rows = play(line, HEADER, OPEN, ACCEPT, REPLY, {"until": "2026-03-08T24:00"}).lines()
    keys = {"at", "case", "event", "stage", "step", "by", "clock", "due", "to", "amount", "clause", "why", "house"}
    assert all(keys <= set(row) for row in rows)
    assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)
    (reply,) = [row for row in rows if row["step"] == "reply"]
    assert (reply["event"], reply["stage"], reply["by"], reply["clause"]) == ("moved", "replied", "h1", ["CS-4"])


def test_a_refusal_is_an_event_and_no_error(line: Line) -> None:
    revisit = {"at": "2026-03-02T11:00", "do": "revisit", "set": {}, "as": "c1"}
    ran = play(line, HEADER, OPEN, ACCEPT, revisit)
    assert ran.code == 0
    assert ran.lines()[-1]["event"] == "refused"
    assert ran.lines()[-1]["step"] == "revisit"
    assert ran.lines()[-1]["stage"] == "handling"


def test_look_prints_how_the_case_stands_then(line: Line) -> None:
    look = {"at": "2026-03-03T10:00", "look": True}
    shown = play(line, HEADER, OPEN, ACCEPT, look).lines()[-1]
    assert shown["event"] == "look"
    assert shown["stage"] == "handling"
    assert "reply" in shown["open_steps"]
    assert shown["clocks"]["first_reply"]["due"] == "2026-03-05T16:00:00Z"
    assert shown["clocks"]["first_reply"]["left"] == 2 * 86400 + 14 * 3600


def test_several_cases_run_side_by_side_and_may_name_each_other(line: Line) -> None:
    second = {**OPEN, "at": "2026-03-03T09:00", "case": "again", "open": {**INTAKE, "earlier": "main"}}
    accept = {**ACCEPT, "at": "2026-03-03T10:00", "case": "again"}
    ran = play(line, HEADER, OPEN, ACCEPT, second, accept, {"until": "2026-03-31T24:00"})
    missed = [(row["case"], row["at"]) for row in ran.lines() if row["event"] == "clock_missed"]
    assert missed == [("main", "2026-03-05T16:00:01Z"), ("again", "2026-03-06T16:00:01Z")]
    assert [row["case"] for row in ran.lines() if row["event"] == "linked"] == ["again"]


def test_a_case_may_be_named_by_its_number(line: Line) -> None:
    second = {**OPEN, "at": "2026-03-03T09:00", "case": "again", "open": {**INTAKE, "earlier": "CS-2026-000001"}}
    rows = play(line, HEADER, OPEN, second).lines()
    assert [row["case"] for row in rows if row["event"] == "linked"] == ["again"]


def test_the_header_may_carry_an_organisation_and_a_calendar(line: Line) -> None:
    org = {
        "person": {"h1": {"department": "shop"}, "d9": {"roles": []}},
        "department": {"shop": {"title": {"zh": "门店", "en": "shop"}, "head": "d9"}},
    }
    week = {"zone": "Europe/Berlin", "week": {"mon": ["09:00-17:00"]}}
    header = {**HEADER, "org": org, "calendar": week, "people": {**PEOPLE, "d1": []}}
    ran = play(line, header, OPEN, ACCEPT, {"until": "2026-04-30T24:00"})
    assert events(ran, "opened") == [("opened", "2026-03-02T08:00:00Z")]
    assert [row["due"] for row in ran.lines() if row["event"] == "clock_started"] == ["2026-03-23T23:00:00Z"]


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ({"at": "2026-03-02T09:00", "opne": {}}, "opne"),
        ({"at": "2026-03-02T09:00", "do": "accept"}, "as"),
        ({"at": "yesterday", "look": True}, "at"),
        ({"at": "2026-03-01T09:00", "look": True}, "at"),
        ({"at": "2026-03-02T11:00", "look": True, "case": "other"}, "case"),
        ({"until": "2026-03-02T11:00", "as": "c1"}, "as"),
        ({"at": "2026-03-02T11:00", "look": True, "do": "accept", "as": "c1"}, "—"),
        ({**OPEN, "at": "2026-03-02T11:00"}, "case"),
        ({**OPEN, "at": "2026-03-02T11:00", "case": "b", "pack": "no-such"}, "pack"),
        ({"until": 5}, "until"),
    ],
)
def test_a_mistake_names_its_line_and_place(line: Line, row: dict[str, Any], place: str) -> None:
    ran = play(line, HEADER, OPEN, row)
    assert ran.code == 1
    error = ran.lines()[-1]["error"]
    assert error["code"] == "script_wrong"
    assert "Line 3" in error["what"]
    assert error["what"].endswith(f": {place}")


def test_people_read_it_in_their_language(line: Line) -> None:
    ran = play(line, HEADER, OPEN, ACCEPT, {"until": "2026-03-31T24:00"}, lang="zh", as_json=False)
    assert "2026-03-07 00:00 +08:00  升级: 首次答复 → 总经理" in ran.out
    assert "house-1 (内部约定)" in ran.out
    assert "到期 2026-03-05 24:00 +08:00" in ran.out
