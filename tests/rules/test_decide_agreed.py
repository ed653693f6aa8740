"""Agreed times move a clock that runs; misses that were none take back what their rungs gave."""

from datetime import datetime

import pytest

from rules.commands import Command
from tests.rules.clock_shop import LADDER, did, opened
from tests.rules.corner_shop import Play, local

pytestmark = pytest.mark.pure

REPLY = (
    """
[clock.reply]
title = §
starts = "opened"
stops = "step.settle"
allow = { hours = 2 }
moved_to = "agreed"
ladder = "up"
"""
    + LADDER
)
ASKED = ('judged_by = "at"', 'judged_by = "asked_at"')


def agree(case: Play, asked: str, at: str, agreed: str) -> str | None:
    command = Command("a", "step.agree", "clerk", local(asked), {"agreed": agreed})
    refusal = case.decide(command, local(at))
    return refusal.code if refusal else None


@pytest.mark.parametrize(
    ("at", "code"),
    [
        pytest.param("2026-03-02T10:59:59", None, id="HF-7.2.1d one second before the due"),
        pytest.param("2026-03-02T11:00:00", None, id="HF-7.2.1d exactly at the due"),
        pytest.param("2026-03-02T11:00:01", "moved_too_late", id="HF-7.2.1d one second after it"),
    ],
)
def test_a_due_is_moved_up_to_itself_and_refused_after_it(at: str, code: str | None) -> None:
    case = opened(REPLY, "2026-03-02T09:00")
    assert agree(case, at, at, "2026-03-12T18:00") == code
    due = "2026-03-02T11:00" if code else "2026-03-12T18:00"
    assert case.state.clocks["reply"].due == local(due)
    assert ("agreed" in case.state.fields) is (code is None)


def test_a_refused_agreement_says_which_clock_and_when_it_was_due() -> None:
    case = opened(REPLY, "2026-03-02T09:00")
    refusal = case.do("step.agree", "clerk", "2026-03-02T12:00", agreed="2026-03-12T18:00")
    assert refusal is not None
    assert refusal.params == {"clock": "reply", "due": "2026-03-02 11:00:00 +0800"}
    assert refusal.clause == ("T-1",)


def test_an_agreement_moves_the_clocks_that_still_run_and_leaves_the_late_one() -> None:
    longer = REPLY.split("[ladder.up]")[0].replace("clock.reply", "clock.longer").replace("hours = 2", "hours = 8")
    case = opened(REPLY + longer, "2026-03-02T09:00")
    assert agree(case, "2026-03-02T12:00", "2026-03-02T12:00", "2026-03-12T18:00") is None
    assert case.state.clocks["reply"].due == local("2026-03-02T11:00")
    assert case.state.clocks["longer"].due == local("2026-03-12T18:00")


def test_an_agreement_after_the_clock_has_stopped_is_kept_and_moves_nothing() -> None:
    case = opened(REPLY, "2026-03-02T09:00")
    did(case, "settle", "2026-03-02T10:00")
    assert agree(case, "2026-03-02T12:00", "2026-03-02T12:00", "2026-03-12T18:00") is None
    assert case.events("clock_moved") == []


def test_a_length_that_the_regulation_leaves_open_gets_its_due_by_agreement() -> None:
    case = opened(REPLY.replace("hours = 2", 'hours = { gap = "cut", meanwhile = "warn" }'), "2026-03-02T09:00")
    assert case.state.clocks["reply"].due is None
    assert agree(case, "2026-03-05T09:00", "2026-03-05T09:00", "2026-03-12T18:00") is None
    assert case.state.clocks["reply"].due == local("2026-03-12T18:00")


def test_an_agreement_asked_in_time_takes_back_the_miss_and_its_rungs() -> None:
    case = opened(REPLY, "2026-03-02T09:00", ASKED)
    case.wait("2026-03-02T12:00")
    assert (case.state.raised, case.state.clocks["reply"].climbed) == (("leader",), (0, 1))
    assert agree(case, "2026-03-02T11:00", "2026-03-02T12:00", "2026-03-12T18:00") is None
    clock = case.state.clocks["reply"]
    assert (case.state.raised, clock.status, clock.climbed) == ((), "running", (0,))
    case.wait("2026-03-31T00:00")
    missed = [entry.at for entry in case.events("clock_missed")]
    assert missed == [local("2026-03-02T11:00:01"), local("2026-03-12T18:00:01")]
    assert case.state.raised == ("leader", "general_manager")


SECOND_CLOCK = """
[clock.other]
title = §
starts = "opened"
stops = "step.close"
allow = { minutes = 30 }
ladder = "up"
"""


@pytest.mark.parametrize(
    ("other", "raised"),
    [
        pytest.param("", (), id="nobody else raised it"),
        pytest.param(SECOND_CLOCK, ("leader", "general_manager"), id="another clock is late too"),
    ],
)
def test_a_corrected_clock_lowers_the_roles_that_only_it_had_raised(other: str, raised: tuple[str, ...]) -> None:
    case = opened(REPLY + other, "2026-03-02T09:00", ASKED)
    case.wait("2026-03-04T09:00")
    assert case.state.raised == ("leader", "general_manager")
    assert (
        case.decide(Command("s", "step.settle", "clerk", local("2026-03-02T11:00")), local("2026-03-04T10:00")) is None
    )
    assert case.state.clocks["reply"].status == "met"
    assert case.state.raised == raised
    corrected = case.events("clock_corrected")[0]
    assert corrected.data["lowers"] == ([] if raised else ["leader", "general_manager"])


def test_a_stop_that_is_asked_after_the_due_lowers_nobody() -> None:
    case = opened(REPLY, "2026-03-02T09:00", ASKED)
    case.wait("2026-03-02T12:00")
    asked = local("2026-03-02T11:00:01")
    assert case.decide(Command("s", "step.settle", "clerk", asked), local("2026-03-02T12:00")) is None
    assert (case.state.raised, case.events("clock_corrected")) == (("leader",), [])


def test_a_case_that_was_lowered_stands_open_again() -> None:
    case = opened(REPLY, "2026-03-02T09:00", ASKED)
    case.wait("2026-03-02T12:00")
    assert case.outcome is not None
    assert case.outcome.face.standing == "escalated"
    assert (
        case.decide(Command("s", "step.settle", "clerk", local("2026-03-02T11:00")), local("2026-03-02T12:00")) is None
    )
    assert case.outcome.face.standing == "open"


def test_a_pause_that_ends_by_a_command_asked_before_it_lasts_no_time() -> None:
    text = REPLY.replace(
        'ladder = "up"\n',
        'pauses = [{ from = "step.note", to = "step.flag", reason = "goods", most = { hours = 8 } }]\n',
        1,
    )
    case = opened(text, "2026-03-02T09:00", ASKED)
    did(case, "note", "2026-03-02T10:00")
    assert case.decide(Command("f", "step.flag", "clerk", local("2026-03-02T09:59")), local("2026-03-02T10:01")) is None
    clock = case.state.clocks["reply"]
    assert (clock.status, clock.due) == ("running", local("2026-03-02T11:00"))
    assert [datetime.fromisoformat(entry.data["due"]) for entry in case.events("clock_resumed")] == [clock.due]
