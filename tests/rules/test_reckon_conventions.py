"""Conventions, landings and the ends of a calendar, worked out by hand."""

import json
from typing import Any

import pytest

from rules.reckon import answer_line

pytestmark = pytest.mark.pure

WEEK = {name: ["09:00-17:00"] for name in ("mon", "tue", "wed", "thu", "fri")}
ROUND = {name: ["00:00-24:00"] for name in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
OFFICE = {"zone": "UTC", "week": WEEK}
NEVER: dict[str, Any] = {"zone": "UTC", "week": {}}
KNOWN = OFFICE | {"published_from": 2025, "published_through": 2026}
LATE = {"zone": "UTC", "week": ROUND, "published_from": 2025, "published_through": 2026}
BERLIN = {"zone": "Europe/Berlin", "week": ROUND}
NIGHT = {"zone": "Europe/Berlin", "week": {"sun": ["01:00-02:30"]}}
# In January 2026 the 5th is a Monday; the times are UTC.
MON, FRI, SAT = "2026-01-05T", "2026-01-09T", "2026-01-10T"


def asked(calendar: dict[str, Any], op: str, **fields: Any) -> Any:
    found = json.loads(answer_line(json.dumps({"id": "x", "calendar": calendar, "op": op, **fields})))
    return found.get("answer", "error")


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(asked(OFFICE, "offset", start=MON + "10:00", allow="-PT1H"), MON + "09:00:00Z", id="offset back"),
        pytest.param(asked(OFFICE, "offset", start=MON + "10:00", allow="-PT0S"), MON + "10:00:00Z", id="minus zero"),
        pytest.param(asked(OFFICE, "before", start=SAT + "10:00", allow="PT0S"), FRI + "17:00:00Z", id="before zero"),
        pytest.param(asked(OFFICE, "before", start=MON + "17:00", allow="PT0S"), MON + "17:00:00Z", id="at closing"),
        pytest.param(asked(OFFICE, "before", start=MON + "17:00", allow="PT8H"), MON + "09:00:00Z", id="the latest"),
        pytest.param(
            asked(OFFICE, "due", start=FRI + "16:00", allow="PT1H", conventions={"on_closing": "roll"}),
            "2026-01-12T09:00:00Z",
            id="rolled over the week-end",
        ),
        pytest.param(
            asked(OFFICE, "due", start=SAT + "16:00", allow="PT0S", conventions={"zero_while_closed": "unchanged"}),
            SAT + "16:00:00Z",
            id="nothing allowed leaves the start",
        ),
        pytest.param(
            asked(NEVER, "due", start=SAT + "16:00", allow="PT0S", conventions={"zero_while_closed": "unchanged"}),
            SAT + "16:00:00Z",
            id="even where nothing is ever open",
        ),
        pytest.param(
            asked(OFFICE, "due", start=MON + "09:00", allow="PT0S", pauses=[[MON + "08:00", MON + "17:00"]]),
            "2026-01-06T09:00:00Z",
            id="first instant that is open and not paused",
        ),
        pytest.param(
            asked(
                OFFICE,
                "elapsed",
                start=MON + "09:00",
                until=MON + "11:00",
                pauses=[[MON + "05:00", MON + "09:30"], [MON + "10:50", MON + "23:00"]],
                conventions={"pause_outside_hours": "wall_time"},
            ),
            "PT1H20M",
            id="whole lengths, cut to start and until",
        ),
        pytest.param(
            asked(
                OFFICE,
                "elapsed",
                start=FRI + "16:00",
                until="2026-01-12T10:00",
                pauses=[[SAT + "00:00", SAT + "12:00"]],
                conventions={"pause_outside_hours": "wall_time"},
            ),
            "PT0S",
            id="never below zero",
        ),
        pytest.param(
            asked(
                OFFICE,
                "waiting",
                pauses=[[SAT + "10:00", SAT + "12:00"], [SAT + "11:00", SAT + "13:00"]],
                conventions={"pause_outside_hours": "wall_time"},
            ),
            "PT3H",
            id="overlaps count once",
        ),
        pytest.param(asked(OFFICE, "waiting", pauses=[]), "PT0S", id="no pause"),
        pytest.param(
            asked(
                OFFICE,
                "due",
                start=FRI + "16:00",
                allow="PT2H",
                pauses=[[FRI + "20:00", FRI + "21:00"], ["2026-01-12T10:30", "2026-01-12T10:40"]],
                conventions={"pause_outside_hours": "wall_time"},
            ),
            "2026-01-12T11:10:00Z",
            id="each pause before the due found so far is added",
        ),
        pytest.param(
            asked(
                OFFICE,
                "elapsed",
                start=SAT + "10:00",
                until=SAT + "11:00",
                conventions={"zero_elapsed": "one_second", "precision": "minute"},
            ),
            "PT0S",
            id="the answer is cut to the minute last",
        ),
        pytest.param(
            asked(OFFICE, "due", start=MON + "09:00:59", allow="PT1M", conventions={"precision": "minute"}),
            MON + "09:01:00Z",
            id="an instant is cut down",
        ),
        pytest.param(
            asked(OFFICE, "days", start=SAT + "12:00", days=-1, conventions={"landing": "roll_first"}),
            "2026-01-08T17:00:00Z",
            id="rolled back to the last closing, then a day",
        ),
        pytest.param(
            asked(OFFICE, "days", start=SAT + "12:00", days=0, conventions={"landing": "keep_time"}),
            SAT + "12:00:00Z",
            id="zero days keep the start",
        ),
        pytest.param(
            asked(
                OFFICE,
                "days",
                start=MON + "16:00",
                days=1,
                pauses=[[MON + "10:00", MON + "17:00"]],
                conventions={"landing": "keep_time", "on_closing": "roll"},
            ),
            "2026-01-07T09:00:00Z",
            id="an hour of waiting added at 16:00, rolled",
        ),
        pytest.param(asked(NEVER, "days", start=MON + "09:00", days=0), "error", id="no closing anywhere"),
        pytest.param(asked(NEVER, "workdays", start="2026-01-05", days=0), "2026-01-05", id="zero days search nothing"),
        pytest.param(asked(NEVER, "workdays", start="2026-01-05", days=-1), "error", id="no working day anywhere"),
        pytest.param(
            asked(NEVER, "workdays_between", start="1900-01-01", until="2199-12-31"), 0, id="none in 300 years"
        ),
        pytest.param(asked(NEVER, "waiting", pauses=[[MON + "09:00", FRI + "09:00"]]), "PT0S", id="never open"),
        pytest.param(asked(LATE, "due", start="2026-12-31T23:00", allow="PT1H"), "2027-01-01T00:00:00Z", id="24:00"),
        pytest.param(
            asked(LATE, "due", start="2026-12-31T23:00", allow="PT1H", conventions={"on_closing": "roll"}),
            "error",
            id="rolling needs the next day",
        ),
        pytest.param(asked(LATE, "before", start="2025-01-01T01:00", allow="PT1H"), "2025-01-01T00:00:00Z", id="first"),
        pytest.param(asked(LATE, "before", start="2025-01-01T01:00", allow="PT61M"), "error", id="the year before"),
        pytest.param(asked(KNOWN, "elapsed", start=MON + "09:00", until="2027-01-01T00:00"), "error", id="until"),
        pytest.param(
            asked(KNOWN, "due", start=MON + "09:00", allow="PT1H", pauses=[["2027-01-04T09:00", "2027-01-05T09:00"]]),
            MON + "10:00:00Z",
            id="an unpublished pause after the due is not needed",
        ),
        pytest.param(
            asked(KNOWN, "waiting", pauses=[["2026-12-31T09:00", "2027-01-01T00:00"]]), "PT8H", id="up to 24:00"
        ),
        pytest.param(asked(KNOWN, "waiting", pauses=[["2026-12-31T09:00", "2027-01-01T00:01"]]), "error", id="over it"),
        pytest.param(asked(OFFICE, "due", start="2199-12-31T16:00", allow="PT9H"), "error", id="after the range"),
        pytest.param(
            asked(BERLIN, "elapsed", start="2016-03-27T00:00", until="2016-03-28T00:00"), "PT23H", id="23 hours"
        ),
        pytest.param(
            asked(BERLIN, "elapsed", start="2016-10-30T00:00", until="2016-10-31T00:00"), "PT25H", id="25 hours"
        ),
        pytest.param(
            asked(
                BERLIN,
                "due",
                start="2016-03-27T01:00",
                allow="PT90M",
                conventions={"elapsed": "wall_clock"},
            ),
            "2016-03-27T01:30:00Z",
            id="02:30 on the wall is skipped and becomes 03:30",
        ),
        pytest.param(
            asked(BERLIN, "days", start="2016-03-26T02:30", days=1, conventions={"landing": "keep_time"}),
            "2016-03-27T01:30:00Z",
            id="a landing that is skipped moves forward",
        ),
        pytest.param(
            asked(BERLIN, "days", start="2016-10-29T02:30", days=1, conventions={"landing": "keep_time"}),
            "2016-10-30T00:30:00Z",
            id="a landing that is repeated is the first",
        ),
        pytest.param(asked(NIGHT, "is_open", start="2016-10-30T02:15+01:00"), False, id="the second 02:15 is closed"),
        pytest.param(
            asked(NIGHT, "is_open", start="2016-10-30T02:15+01:00", conventions={"elapsed": "wall_clock"}),
            True,
            id="on the wall there is one 02:15",
        ),
        pytest.param(asked(BERLIN, "is_workday", start="1900-01-01"), True, id="the first date"),
    ],
)
def test_a_question_worked_out_by_hand(found: object, expected: object) -> None:
    assert found == expected
