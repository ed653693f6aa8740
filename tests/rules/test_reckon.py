"""The batch: every public case, and the form of lines and answers."""

import json
from pathlib import Path
from typing import Any

import pytest

from rules.reckon import answer_line

pytestmark = pytest.mark.pure

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "cases.jsonl").read_text(encoding="utf-8").splitlines()
]
OFFICE = {"zone": "UTC", "week": {name: ["09:00-17:00"] for name in ("mon", "tue", "wed", "thu", "fri")}}
OPEN: dict[str, Any] = {"id": "x", "calendar": OFFICE, "op": "is_open", "start": "2026-01-05T09:00:00Z"}
DUE: dict[str, Any] = OPEN | {"op": "due", "allow": "PT1H"}
DAYS: dict[str, Any] = OPEN | {"op": "days", "days": 1}


def asked(line: object) -> dict[str, Any]:
    found = json.loads(answer_line(json.dumps(line)))
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_public_case_is_right(case: dict[str, Any]) -> None:
    found = asked(case)
    assert found["id"] == case["id"]
    if case.get("expected_error"):
        assert found["error"]
    else:
        assert (found.get("answer"), type(found.get("answer"))) == (case["expected"], type(case["expected"]))


def test_all_public_cases_are_there() -> None:
    assert len(CASES) == 363


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        pytest.param({"begin": 1}, "begin", id="an unknown key"),
        pytest.param({"op": "finish"}, "op", id="an unknown operation"),
        pytest.param({"op": ["due"]}, "op", id="an operation that is a list"),
        pytest.param({"calendar": "cn"}, "calendar", id="a calendar by name"),
        pytest.param({"calendar": None}, "calendar", id="no calendar"),
        pytest.param({"start": None}, "start", id="null where a field is needed"),
        pytest.param({"start": 5}, "start", id="a number for an instant"),
        pytest.param({"start": "2026-01-05T09:00:00.5Z"}, "start", id="a fraction of a second"),
        pytest.param({"start": "2026-01-05 09:00"}, "start", id="a blank for the T"),
        pytest.param({"start": "2026-01-05T24:00"}, "start", id="24:00 as a time of day"),
        pytest.param({"start": "2026-01-05T09:00+0800"}, "start", id="an offset without a colon"),
        pytest.param({"start": "2026-01-05T09:00+24:00"}, "start", id="an offset of a day"),
        pytest.param({"start": "2026-02-30T09:00"}, "start", id="a date that is none"),
        pytest.param({"start": "２026-01-05T09:00"}, "start", id="a wide digit"),
        pytest.param({"start": "2026-01-05T09:00Z\n"}, "start", id="a line end after the instant"),
        pytest.param({"start": "1899-12-31T23:59:59"}, "start", id="before the range"),
        pytest.param({"start": "2200-01-01T00:00"}, "start", id="after the range"),
        pytest.param({"start": "9999-12-31T23:59:59-23:59"}, "start", id="after the last year of all"),
        pytest.param({"start": "0001-01-01T00:00:00+23:59"}, "start", id="before the first year of all"),
        pytest.param({"days": 0}, "days", id="a zero that is not used"),
        pytest.param({"pauses": {}}, "pauses", id="pauses that are no list and not used"),
        pytest.param({"conventions": []}, "conventions", id="conventions as a list"),
        pytest.param({"conventions": {"landing": None}}, "conventions.landing", id="a convention of null"),
        pytest.param({"conventions": {"landing": "midnight"}}, "conventions.landing", id="a value of packs only"),
        pytest.param(DUE | {"allow": None}, "allow", id="allow is needed"),
        pytest.param(DUE | {"allow": 3600}, "allow", id="a number for a duration"),
        pytest.param(DUE | {"allow": "PT"}, "allow", id="a duration without a part"),
        pytest.param(DUE | {"allow": "PT1.5H"}, "allow", id="a fraction of an hour"),
        pytest.param(DUE | {"allow": "+PT1H"}, "allow", id="a plus"),
        pytest.param(DUE | {"allow": "PT" + "9" * 5000 + "H"}, "nothing found", id="a duration beyond all years"),
        pytest.param(DUE | {"pauses": [["2026-01-05T10:00"]]}, "pauses[0]", id="a pause without an end"),
        pytest.param(DUE | {"pauses": [["2026-01-05", "2026-01-06"]]}, "pauses[0]", id="a pause of dates"),
        pytest.param(DAYS | {"days": True}, "days", id="a truth for a number"),
        pytest.param(DAYS | {"days": 3.0}, "days", id="a number with a point"),
        pytest.param(DAYS | {"days": 10**30}, "nothing found", id="more days than there are"),
        pytest.param(
            DAYS | {"days": -1, "pauses": [["2026-01-05T10:00", "2026-01-05T10:00"]]}, "pauses", id="pauses back"
        ),
        pytest.param({"op": "calendar_days", "start": "2199-12-31", "days": 1}, "range", id="a date answered outside"),
        pytest.param({"op": "workdays", "start": "1900-01-01", "days": -1}, "1900", id="searched outside"),
        pytest.param({"op": "waiting", "start": None}, "pauses", id="waiting needs pauses"),
    ],
)
def test_a_mistake_is_answered_with_its_place(changed: dict[str, Any], place: str) -> None:
    found = asked(OPEN | changed)
    assert found["id"] == "x"
    assert place in found["error"]
    assert "answer" not in found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("", None),
        ("[]", None),
        ("null", None),
        ('{"id": "x"', None),
        ('{"id": 7}', None),
        ('{"id": "x", "id": "y"}', None),
        ('{"id": "x", "op": "due", "op": "due"}', "x"),
        ('{"id": "x", "days": NaN}', "x"),
        ('{"id": "x", "days": ' + "9" * 5000 + "}", "x"),
        ('{"id": "x", "start": "\udcff"}', "x"),
        ("[" * 100_000, None),
        ('{"id": "\\ud800"}', "\ud800"),
        ('{"id": "\u2028"}', "\u2028"),
    ],
)
def test_a_line_that_cannot_be_read_is_an_error_with_the_id_if_there_is_one(text: str, name: str | None) -> None:
    answered = answer_line(text)
    found = json.loads(answered)
    assert found["id"] == name
    assert found["error"]
    assert len(answered.splitlines()) == 1
    answered.encode()


def test_every_mistake_of_a_line_is_told_at_once() -> None:
    found = asked(OPEN | {"start": "soon", "days": 1, "conventions": {"closing": "open"}, "begin": 1})
    assert all(place in found["error"] for place in ("start:", "days:", "closing", "begin"))


def test_the_whole_calendar_is_checked_even_where_it_is_not_used() -> None:
    calendar = OFFICE | {"days": {"2026-02-30": "closed"}}
    found = asked({"id": "", "calendar": calendar, "op": "calendar_days", "start": "2026-01-01", "days": 1})
    assert found["id"] == ""
    assert "calendar.days.2026-02-30" in found["error"]


def test_keys_of_the_case_file_are_ignored() -> None:
    assert asked(OPEN | {"expected": 1, "expected_error": [], "source": None, "note": {}})["answer"] is True
