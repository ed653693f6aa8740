"""A clock that replaces another; a clock that goes on with the time it had left."""

from datetime import datetime

import pytest

from tests.rules.clock_shop import LADDER, did, opened
from tests.rules.corner_shop import SECOND, Play, local

pytestmark = pytest.mark.pure

IMPOSED = """
[clock.ordinary]
title = §
starts = "opened"
stops = "step.settle"
allow = { hours = 48 }
ladder = "up"
[clock.imposed]
title = §
starts = "form.demand"
when = [{ field = "demanded", filled = true }]
unless = [{ field = "withdrawn", is = true }]
stops = "step.settle"
allow = { until = { field = "demanded" } }
replaces = "ordinary"
"""


def status(case: Play, name: str) -> str:
    return case.state.clocks[name].status


@pytest.mark.parametrize(
    ("at", "found"),
    [
        pytest.param("2026-03-02T17:59:59", "met", id="TU-4.3b before the time demanded"),
        pytest.param("2026-03-02T18:00:00", "met", id="TU-4.3b at the time demanded"),
        pytest.param("2026-03-02T18:00:01", "missed", id="TU-4.3b after it"),
    ],
)
def test_a_demanded_time_replaces_the_ordinary_limit(at: str, found: str) -> None:
    case = opened(IMPOSED + LADDER, "2026-03-02T09:00")
    did(case, "demand", "2026-03-02T10:00", demanded="2026-03-02T18:00")
    off = case.events("clock_off")
    assert [(entry.subject, entry.data["why"], entry.data["replaced_by"]) for entry in off] == [
        ("clock.ordinary", "replaced", "imposed")
    ]
    did(case, "settle", at)
    assert (status(case, "ordinary"), status(case, "imposed")) == ("off", found)
    case.wait("2026-03-31T00:00")
    assert not [entry for entry in case.events("escalated") if entry.subject == "clock.ordinary"]


def test_without_a_demand_the_ordinary_limit_stands() -> None:
    case = opened(IMPOSED + LADDER, "2026-03-02T09:00")
    case.wait("2026-03-31T00:00")
    assert [entry.at for entry in case.events("clock_missed")] == [local("2026-03-04T09:00") + SECOND]


def test_a_demand_that_is_withdrawn_gives_the_ordinary_limit_its_place_back_from_its_own_start() -> None:
    case = opened(IMPOSED + LADDER, "2026-03-02T09:00")
    did(case, "demand", "2026-03-02T10:00", demanded="2026-03-02T18:00")
    did(case, "demand", "2026-03-02T11:00", withdrawn=True)
    assert (status(case, "imposed"), status(case, "ordinary")) == ("off", "running")
    assert case.state.clocks["ordinary"].due == local("2026-03-04T09:00")


def test_a_miss_of_the_replaced_clock_stays_written() -> None:
    case = opened(IMPOSED + LADDER, "2026-03-02T09:00")
    did(case, "demand", "2026-03-05T10:00", demanded="2026-03-06T18:00")
    assert (status(case, "ordinary"), case.state.clocks["ordinary"].ticking) == ("missed", False)


def test_a_clock_does_not_start_while_the_one_that_replaces_it_ticks() -> None:
    text = IMPOSED.replace('starts = "opened"', 'starts = "step.note"')
    case = opened(text + LADDER, "2026-03-02T09:00")
    did(case, "demand", "2026-03-02T10:00", demanded="2026-03-02T18:00")
    did(case, "note", "2026-03-02T11:00")
    assert "ordinary" not in case.state.clocks
    did(case, "settle", "2026-03-02T12:00")
    did(case, "take_up", "2026-03-02T13:00")
    assert "ordinary" not in case.state.clocks
    did(case, "note", "2026-03-02T14:00")
    assert case.state.clocks["ordinary"].due == local("2026-03-04T14:00")


HANDLING = """
[clock.handling]
title = §
starts = ["opened", "step.take_up"]
stops = "step.put_aside"
allow = { hours = 4 }
again = "resume"
"""


@pytest.mark.parametrize(
    ("at", "found"),
    [
        pytest.param("2026-03-03T11:59:59", "met", id="below the three hours that were left"),
        pytest.param("2026-03-03T12:00:00", "met", id="exactly"),
        pytest.param("2026-03-03T12:00:01", "missed", id="above"),
    ],
)
def test_a_resumed_clock_goes_on_with_the_time_it_had_left(at: str, found: str) -> None:
    case = opened(HANDLING, "2026-03-02T09:00")
    did(case, "put_aside", "2026-03-02T10:00")
    did(case, "take_up", "2026-03-03T09:00")
    clock = case.state.clocks["handling"]
    assert (clock.due, clock.round) == (local("2026-03-03T12:00"), 1)
    did(case, "put_aside", at)
    assert status(case, "handling") == found


def test_a_clock_resumed_twice_has_waited_twice_and_explains_both() -> None:
    case = opened(HANDLING, "2026-03-02T09:00")
    for aside, up in (("2026-03-02T10:00", "2026-03-02T11:00"), ("2026-03-02T12:30", "2026-03-02T14:00")):
        did(case, "put_aside", aside)
        did(case, "take_up", up)
    assert case.state.clocks["handling"].due == local("2026-03-02T15:30")
    counted = case.events("clock_started")[-1].data["counted"]
    assert len(counted["waited"]) == 2
    assert sum(part[2] for part in counted["parts"]) == counted["sum"] == 4 * 3600


def test_a_clock_of_working_days_resumes_after_the_days_it_stood_still() -> None:
    case = opened(HANDLING.replace("hours = 4", "working_days = 3"), "2026-04-30T09:00", known="cn")
    # Three working days from 30 April are 6, 7 and 8 May; put aside on the 6th, taken up on Saturday 9 May, which works.
    assert case.state.clocks["handling"].due == local("2026-05-09T00:00")
    did(case, "put_aside", "2026-05-06T10:00")
    did(case, "take_up", "2026-05-09T10:00")
    assert case.state.clocks["handling"].due == local("2026-05-13T00:00")


def test_a_clock_that_was_stopped_late_has_nothing_left_to_resume() -> None:
    case = opened(HANDLING, "2026-03-02T09:00")
    did(case, "put_aside", "2026-03-02T15:00")
    did(case, "take_up", "2026-03-02T16:00")
    assert (status(case, "handling"), case.state.clocks["handling"].ticking) == ("missed", False)


def test_a_running_clock_is_left_alone_by_its_start() -> None:
    text = HANDLING.replace('"step.take_up"', '"step.note"')
    case = opened(text, "2026-03-02T09:00")
    did(case, "note", "2026-03-02T10:00")
    assert [datetime.fromisoformat(entry.data["due"]) for entry in case.events("clock_started")] == [
        local("2026-03-02T13:00")
    ]
