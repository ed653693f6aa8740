"""Periods that are running or over, expiry that takes a step, lengths that a field or a table gives."""

from dataclasses import replace
from typing import Any

import pytest

from rules.commands import Command
from rules.parsing import publishing_problems
from tests.rules.clock_shop import LADDER, did, opened, with_clocks
from tests.rules.corner_shop import Play, local

pytestmark = pytest.mark.pure

WARRANTY = """
[clock.warranty]
title = §
starts = "opened"
allow = { months = 6 }
[clock.afterwards]
title = §
starts = "clock.warranty.met"
stops = "step.close"
allow = { hours = 1 }
"""


def test_a_period_runs_to_its_due_and_is_over_one_second_later_never_late() -> None:
    case = opened(WARRANTY + LADDER, "2026-03-02T09:00")
    case.wait("2026-09-03T00:00:00")
    assert case.state.clocks["warranty"].status == "running"
    case.wait("2026-09-03T00:00:01")
    warranty = case.state.clocks["warranty"]
    assert (warranty.status, warranty.ticking) == ("met", False)
    assert [entry.at for entry in case.events("clock_met")] == [local("2026-09-03T00:00")]
    assert case.state.raised == ()


def test_what_follows_a_period_starts_at_its_end_without_a_gap() -> None:
    case = opened(WARRANTY, "2026-03-02T09:00")
    did(case, "note", "2026-10-01T09:00")
    assert case.state.clocks["afterwards"].started == local("2026-09-03T00:00")


@pytest.mark.parametrize(
    ("at", "refused"),
    [
        pytest.param("2026-09-02T23:59:59", True, id="DV-3.8 inside the warranty"),
        pytest.param("2026-09-03T00:00:00", True, id="DV-3.8 at its last instant"),
        pytest.param("2026-09-03T00:00:01", False, id="DV-3.8 after it"),
    ],
)
def test_a_gate_reads_whether_a_period_runs_or_is_over(at: str, *, refused: bool) -> None:
    gate = '[[gate]]\nstep = "settle"\nuntil = [{ fact = "clock.warranty", is = "met" }]\nclause = "T-1"\n'
    case = opened(WARRANTY + gate, "2026-03-02T09:00")
    refusal = case.do("step.settle", "clerk", at)
    assert (refusal is not None) is refused


def test_an_idle_reminder_begins_anew_with_every_step_and_reminds_once_it_is_idle() -> None:
    text = """
[clock.idle]
title = §
starts = "step.any"
stops = "closed"
again = "restart"
allow = { days = 2 }
ladder = "up"
"""
    case = opened(text + LADDER, "2026-03-02T09:00")
    for day in (2, 3, 4):
        did(case, "note", f"2026-03-0{day}T10:00")
    case.wait("2026-03-07T00:00:01")
    assert [entry.at for entry in case.events("clock_missed")] == [local("2026-03-07T00:00:01")]
    assert case.state.clocks["idle"].round == 3


EXPIRY = """
[clock.expiry]
title = §
starts = "step.put_aside"
stops = "step.take_up"
allow = { hours = 2 }
on_missed = "agree"
"""
TO_SETTLED = ('[step.agree]\ntitle = { zh = "agree", en = "agree" }\nfrom = "any"\nby = "clerk"\n',) * 2


def expired(more: str = "", until: str = "2026-03-02T12:00:01") -> Play:
    moved = (TO_SETTLED[0], TO_SETTLED[1] + 'to = "settled"\n')
    case = opened(EXPIRY + more, "2026-03-02T09:00", moved)
    did(case, "put_aside", "2026-03-02T10:00")
    case.wait(until)
    return case


@pytest.mark.parametrize(
    ("until", "stage"),
    [
        pytest.param("2026-03-02T12:00:00", "aside", id="exactly at the due"),
        pytest.param("2026-03-02T12:00:01", "settled", id="one second after it"),
    ],
)
def test_expiry_takes_its_step_without_its_form_and_its_role(until: str, stage: str) -> None:
    case = expired(until=until)
    assert case.state.stage == stage
    taken = [(entry.by, entry.at) for entry in case.events("moved") if entry.subject == "step.agree"]
    assert taken == ([("clock", local("2026-03-02T12:00:01"))] if stage == "settled" else [])
    assert "agreed" not in case.state.fields
    assert "agreement" not in case.state.copies


def test_expiry_never_passes_a_gate_and_the_miss_stays() -> None:
    gate = '[[gate]]\nstep = "agree"\nuntil = [{ field = "flagged", is = true }]\nclause = "T-1"\n'
    case = expired(gate)
    assert (case.state.stage, case.state.clocks["expiry"].status) == ("aside", "missed")


def test_expiry_leaves_out_a_step_that_is_not_open_any_more() -> None:
    text = EXPIRY.replace('stops = "step.take_up"', 'stops = "closed"').replace('"agree"', '"close"')
    case = opened(text, "2026-03-02T09:00")
    did(case, "put_aside", "2026-03-02T10:00")
    did(case, "close", "2026-03-02T11:00")
    count = len(case.entries)
    case.wait("2026-03-31T00:00")
    assert len(case.entries) == count


LOOKED_UP = """
[clock.reply]
title = §
starts = "opened"
stops = "step.settle"
allow = { hours = { table = "limits", gives = "hours" } }
[clock.promised]
title = §
starts = "opened"
stops = "step.settle"
allow = { hours = { field = "hours" } }
[clock.monthly]
title = §
starts = "opened"
stops = "step.settle"
allow = { by_day = { field = "day" } }
"""


@pytest.mark.parametrize(
    ("fields", "clock", "due"),
    [
        pytest.param({"topic": "goods"}, "reply", "2026-03-03T09:00", id="the row of the case"),
        pytest.param({"topic": "service"}, "reply", None, id="a row that the text leaves open"),
        pytest.param({"hours": 5}, "promised", "2026-03-02T14:00", id="a field"),
        pytest.param({}, "promised", None, id="an empty field"),
        pytest.param({"hours": 0}, "promised", None, id="nothing"),
        pytest.param({"day": 1}, "monthly", "2026-04-02T00:00", id="a day of the month from a field"),
        pytest.param({"day": 28}, "monthly", "2026-03-29T00:00", id="the last day that every month has"),
        pytest.param({"day": 29}, "monthly", None, id="a day that some months lack"),
    ],
)
def test_a_length_is_looked_up_in_the_case_and_an_empty_one_is_never_guessed(
    fields: dict[str, Any], clock: str, due: str | None
) -> None:
    case = opened(LOOKED_UP, "2026-03-02T09:00", **fields)
    found = case.state.clocks[clock]
    assert found.due == (local(due) if due else None)
    if due is None:
        counted = next(entry for entry in case.events("clock_started") if entry.data["clock"] == clock).data["counted"]
        assert set(counted) == {"gap"}
        assert found.ticking


@pytest.mark.parametrize(
    ("at", "status"),
    [
        pytest.param("2026-03-03T18:00:00", "met", id="at the instant that was named after the start"),
        pytest.param("2026-03-03T18:00:01", "missed", id="after it"),
    ],
)
def test_a_clock_gets_its_due_when_the_field_is_filled(at: str, status: str) -> None:
    demanded = LOOKED_UP.replace('hours = { field = "hours" }', 'until = { field = "demanded" }')
    case = opened(demanded, "2026-03-02T09:00")
    assert case.state.clocks["promised"].due is None
    did(case, "demand", "2026-03-02T10:00", demanded="2026-03-03T18:00")
    (line,) = case.events("clock_recounted")
    assert (line.data["clock"], line.data["was"]) == ("promised", None)
    did(case, "settle", at)
    assert case.state.clocks["promised"].status == status


def test_a_row_that_is_left_open_blocks_only_its_use() -> None:
    case = opened(LOOKED_UP, "2026-03-02T09:00", topic="service")
    assert case.events("clock_started")[0].data["counted"] == {"gap": "table"}
    assert publishing_problems(with_clocks(LOOKED_UP)) == ()


def test_an_edition_that_fills_a_gap_gives_the_running_clock_its_due() -> None:
    case = opened(LOOKED_UP, "2026-03-02T09:00")
    filled = with_clocks(LOOKED_UP.replace('{ field = "hours" }', "6"), ("edition = 1", "edition = 2"))
    case.facts = replace(case.facts, next_pack=filled)
    at = local("2026-03-02T10:00")
    assert case.decide(Command("a", "adopt_edition", "house", at, pack=filled.ref), at) is None
    assert case.state.clocks["promised"].due == local("2026-03-02T15:00")
    (line,) = case.events("clock_recounted")
    assert (line.data["clock"], line.data["was"]) == ("promised", None)


OWN = """
[clock.reply]
title = §
starts = "opened"
stops = "step.settle"
allow = { days = 6 }
counting = { ends = "closing" }
"""


def test_what_a_clock_says_of_its_counting_goes_before_the_rest_of_the_pack() -> None:
    moves = ('rest_day = "stays"', 'rest_day = "moves"')
    # Six days after Monday 2 March are Sunday the 8th, which moves to Monday, and Monday ends at closing.
    assert opened(OWN, "2026-03-02T09:00", moves).state.clocks["reply"].due == local("2026-03-09T18:00")
    assert opened(OWN, "2026-03-02T09:00").state.clocks["reply"].due == local("2026-03-09T00:00")
