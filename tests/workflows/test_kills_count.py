"""The second counting of the kills bites: a line taken away, added or moved is seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bench.kills_count import RUNGS, Count, count
from rules.entries import Entry

pytestmark = pytest.mark.offline

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def _line(event: str, seconds: int, subject: str = "", **data: object) -> Entry:
    at = AT + timedelta(seconds=seconds)
    return Entry(1, event, at, at, "mei", subject, data=dict(data))


def _filled(token: str) -> Entry:
    return _line("filled", 0, "form.note", values={"token": token}, kept={})


def _counted(lines: list[Entry]) -> Count:
    return count([("c", "1"), ("c", "2")], {("c", "1"), ("c", "2"), ("c", "clock/x")}, {"c": lines})


ACCEPTED = _line("moved", 0, "step.accept")
CLIMBED = [_line("escalated", seconds, rung=place) for place, seconds in enumerate(RUNGS)]
STOPPED_AT_12 = [ACCEPTED, *CLIMBED[:3], _line("moved", 12, "step.pause"), _filled("t1"), _filled("t2")]


def test_a_case_left_alone_climbs_every_rung() -> None:
    assert _counted([ACCEPTED, *CLIMBED]).holds
    assert _counted([ACCEPTED, *CLIMBED]).due == 6


def test_what_stops_the_minute_stops_the_rungs_after_it_but_not_the_one_of_the_same_instant() -> None:
    found = _counted(STOPPED_AT_12)
    assert (found.due, found.climbed, found.holds) == (3, 3, True)


def test_starting_again_starts_the_rungs_again() -> None:
    again = [replace(line, at=line.at + timedelta(seconds=5)) for line in (ACCEPTED, *CLIMBED)]
    assert _counted([ACCEPTED, CLIMBED[0], *again]).holds


def test_a_rung_that_is_missing_doubled_or_elsewhere_is_seen() -> None:
    assert len(_counted([ACCEPTED, *CLIMBED[1:]]).lost) == 1
    assert len(_counted([ACCEPTED, *CLIMBED, CLIMBED[2]]).unasked) == 1
    moved = replace(CLIMBED[5], at=CLIMBED[5].at + timedelta(seconds=1))
    assert not _counted([ACCEPTED, *CLIMBED[:5], moved]).holds


def test_a_command_that_is_not_found_or_written_twice_is_seen() -> None:
    assert not count([("c", "1")], set(), {"c": STOPPED_AT_12}).holds
    assert _counted([*STOPPED_AT_12, _filled("t2")]).doubled == 1
