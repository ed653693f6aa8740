"""Windows with a lower bound: what comes before the early end is kept and stops nothing."""

from datetime import datetime

import pytest

from tests.rules.clock_shop import did, opened, play
from tests.rules.corner_shop import Play, local

pytestmark = pytest.mark.pure

REVISIT = """
[clock.revisit]
title = §
starts = "step.settle"
stops = "step.call"
not_before = { working_days = 1 }
allow = { working_days = 3 }
"""


def settled(text: str, at: str, known: str = "endless") -> Play:
    case = opened(text, at, known=known)
    did(case, "settle", at)
    return case


@pytest.mark.parametrize(
    ("at", "status", "ticks"),
    [
        pytest.param("2026-03-02T23:59:59", "running", True, id="DC-18.1 the day itself is too early"),
        pytest.param("2026-03-03T00:00:00", "met", False, id="DC-18.1 the first second of working day 1"),
        pytest.param("2026-03-05T23:59:59", "met", False, id="DC-18.1 the last second of working day 3"),
        pytest.param("2026-03-06T00:00:00", "met", False, id="DC-18.1 exactly at the due"),
        pytest.param("2026-03-06T00:00:01", "missed", False, id="DC-18.1 one second after it"),
    ],
)
def test_a_call_counts_from_working_day_1_to_3(at: str, status: str, *, ticks: bool) -> None:
    case = settled(REVISIT, "2026-03-02T10:00")
    did(case, "call", at)
    clock = case.state.clocks["revisit"]
    assert (clock.status, clock.ticking) == (status, ticks)
    assert case.state.steps["call"].times == 1


def test_a_call_that_came_too_early_leaves_no_line_of_the_clock_and_a_second_one_meets_it() -> None:
    case = settled(REVISIT, "2026-03-02T10:00")
    before = len(case.entries)
    did(case, "call", "2026-03-02T11:00")
    assert [entry.event for entry in case.entries[before:]] == ["moved"]
    did(case, "call", "2026-03-04T11:00")
    assert [entry.at for entry in case.events("clock_met")] == [local("2026-03-04T11:00")]


def test_a_window_opens_after_the_holiday_and_its_entry_says_when() -> None:
    # The Spring Festival of 2026 closes 15 to 23 February; Saturday 14 and 28 February work.
    case = settled(REVISIT, "2026-02-14T10:00", known="cn")
    started = case.events("clock_started")[0]
    assert datetime.fromisoformat(started.data["not_before"]) == local("2026-02-24T00:00")
    assert datetime.fromisoformat(started.data["due"]) == local("2026-02-27T00:00")
    did(case, "call", "2026-02-23T23:59:59")
    assert case.state.clocks["revisit"].ticking
    did(case, "call", "2026-02-24T00:00")
    assert case.state.clocks["revisit"].status == "met"


HOURS = """
[clock.revisit]
title = §
starts = "step.settle"
stops = "step.call"
not_before = { minutes = 90 }
allow = { hours = 4 }
pauses = [{ from = "step.note", to = "step.flag", reason = "goods", most = { hours = 2 } }]
"""


@pytest.mark.parametrize(
    ("at", "met"),
    [
        pytest.param("2026-03-02T11:29:59", False, id="below 90 minutes"),
        pytest.param("2026-03-02T11:30:00", True, id="exactly 90 minutes"),
        pytest.param("2026-03-02T11:30:01", True, id="above"),
    ],
)
def test_a_window_of_hours_opens_at_its_instant(at: str, *, met: bool) -> None:
    case = settled(HOURS, "2026-03-02T10:00")
    did(case, "call", at)
    assert (case.state.clocks["revisit"].status == "met") is met


def test_a_pause_moves_both_ends_and_a_stop_inside_it_that_is_too_early_leaves_it_paused() -> None:
    case = settled(HOURS, "2026-03-02T10:00")
    did(case, "note", "2026-03-02T10:30")
    did(case, "call", "2026-03-02T11:45")
    assert case.state.clocks["revisit"].status == "paused"
    did(case, "flag", "2026-03-02T12:00")
    did(case, "call", "2026-03-02T12:59:59")
    assert case.state.clocks["revisit"].status == "running"
    did(case, "call", "2026-03-02T13:00")
    assert case.state.clocks["revisit"].status == "met"


AROUND = """
[clock.published]
title = §
starts = "opened"
stops = "step.call"
allow = { around = 10 }
"""


@pytest.mark.parametrize(
    ("at", "status"),
    [
        pytest.param("2026-03-03T10:00", "met", id="long before the tolerance is early, and met"),
        pytest.param("2026-03-12T23:59:59", "met", id="the last day of the tolerance"),
        pytest.param("2026-03-13T00:00:00", "met", id="exactly at its end"),
        pytest.param("2026-03-13T00:00:01", "missed", id="late from the 13th"),
    ],
)
def test_around_the_10th_holds_nothing_back(at: str, status: str) -> None:
    case = settled(AROUND, "2026-03-02T10:00")
    did(case, "call", at)
    assert case.state.clocks["published"].status == status


def test_closing_ends_a_clock_whose_window_has_not_opened() -> None:
    case = settled(REVISIT, "2026-03-02T10:00")
    did(case, "close", "2026-03-02T11:00")
    assert [entry.data["why"] for entry in case.events("clock_off")] == ["closed"]


VISIT = """
[clock.visit]
title = §
starts = "field.demanded"
stops = "field.visited"
allow = { minutes = 30 }
"""
VISITED = (
    '  { name = "withdrawn"',
    '  { name = "visited", title = { zh = "到访", en = "visited" }, type = "moment" },\n  { name = "withdrawn"',
)


@pytest.mark.parametrize(
    ("visited", "status", "lines"),
    [
        pytest.param("2026-03-02T11:30:00", "met", ["clock_met"], id="half an hour later"),
        pytest.param("2026-03-02T11:30:01", "missed", ["clock_missed", "clock_off"], id="a second more"),
    ],
)
def test_a_limit_of_which_start_and_stop_are_stated_at_once_is_decided_at_once(
    visited: str, status: str, lines: list[str]
) -> None:
    case = opened(VISIT, "2026-03-02T10:00", VISITED)
    did(case, "demand", "2026-03-02T12:00", demanded="2026-03-02T11:00", visited=visited)
    clock = case.state.clocks["visit"]
    assert (clock.status, clock.ticking) == (status, False)
    assert [entry.event for entry in case.entries if entry.subject == "clock.visit"] == ["clock_started", *lines]


DONE = """
[clock.work]
title = §
starts = "opened"
stops = "field.done_on"
allow = { days = 3 }
"""
DONE_ON = (
    '  { name = "withdrawn"',
    '  { name = "done_on", title = { zh = "完成日期", en = "done on" }, type = "date" },\n  { name = "withdrawn"',
)


@pytest.mark.parametrize(
    ("done_on", "at", "status"),
    [
        pytest.param("2026-03-05", "2026-03-09T12:00", "met", id="the last day"),
        pytest.param("2026-03-06", "2026-03-09T12:00", "missed", id="a day more"),
        pytest.param("2026-03-05", "2026-03-05T12:00", "met", id="that very day"),
    ],
)
def test_a_date_that_stops_a_clock_stands_for_its_whole_day(done_on: str, at: str, status: str) -> None:
    case = opened(DONE, "2026-03-02T10:00", DONE_ON)
    did(case, "demand", at, done_on=done_on)
    assert case.state.clocks["work"].status == status
    assert not case.state.clocks["work"].ticking


def test_a_number_that_is_the_length_of_a_clock_is_whole() -> None:
    clocks = (
        '[clock.work]\ntitle = §\nstarts = "step.settle"\nstops = "closed"\nallow = { hours = { field = "hours" } }'
    )
    refusal = play(clocks).do("open", "clerk", "2026-03-02T10:00", topic="goods", hours="2.5")
    assert refusal is not None
    assert refusal.params["fields"] == [{"field": "hours", "code": "not_whole"}]
    assert opened(clocks, "2026-03-02T10:00", hours="2.0").state.fields["hours"] == "2.0"
