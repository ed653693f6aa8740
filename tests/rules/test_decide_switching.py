"""Clocks whose condition becomes true after their start: the instants of every sort of event are known then."""

from datetime import datetime

import pytest

from tests.rules.clock_shop import did, opened
from tests.rules.corner_shop import local

pytestmark = pytest.mark.pure

LATER = """
[clock.later]
title = §
starts = "STARTS"
stops = ["step.close", "STOPS"]
when = [{ fact = "step.call", is = "taken" }]
allow = { hours = 3 }
[clock.short]
title = §
starts = "opened"
stops = "step.put_aside"
allow = { minutes = 30 }
[task.opinion]
title = { zh = "意见", en = "opinion" }
on = "step.note"
to = "clerk"
clause = "T-1"
[clock.opinion]
title = §
starts = "task.opinion.given"
stops = "task.opinion.done"
allow = { hours = 10 }
[approval.agreement]
title = { zh = "审批", en = "approval" }
on = "form.agreement"
of = "agreement"
to = "leader"
returns_to = "received"
clause = "T-1"
[[gate]]
step = "close"
when = [{ fact = "form.agreement", at_least = 1 }]
until = [{ fact = "approval.agreement", is = "given" }]
clause = "T-1"
"""


def pack(starts: str, stops: str = "closed") -> str:
    return LATER.replace("STARTS", starts).replace("STOPS", stops)


def story(text: str) -> list[tuple[str, datetime]]:
    """One life: opened at 9:00, then things happen, settled at 10:30; at 11:00 the condition becomes true."""
    case = opened(text, "2026-03-02T09:00")
    did(case, "flag", "2026-03-02T09:40", flagged=True)
    did(case, "note", "2026-03-02T09:50")
    assert case.do("task.opinion", "clerk", "2026-03-02T10:00") is None
    did(case, "agree", "2026-03-02T10:10", agreed="2026-03-04T09:00")
    assert case.do("approval.agreement", "leader", "2026-03-02T10:20", verdict="given") is None
    did(case, "settle", "2026-03-02T10:30")
    did(case, "call", "2026-03-02T11:00")
    clock = case.state.clocks.get("later")
    return [(clock.status, clock.started)] if clock else []


@pytest.mark.parametrize(
    ("starts", "at"),
    [
        ("opened", "2026-03-02T09:00"),
        ("clock.short.missed", "2026-03-02T09:30:01"),
        ("form.flag", "2026-03-02T09:40"),
        ("class.level.changed", "2026-03-02T09:40"),
        ("task.opinion.given", "2026-03-02T09:50"),
        ("task.opinion.done", "2026-03-02T10:00"),
        ("clock.opinion.met", "2026-03-02T10:00"),
        ("form.agreement", "2026-03-02T10:10"),
        ("approval.agreement.asked", "2026-03-02T10:10"),
        ("approval.agreement.given", "2026-03-02T10:20"),
        ("stage.settled", "2026-03-02T10:30"),
        ("step.settle", "2026-03-02T10:30"),
        ("step.any", "2026-03-02T11:00"),
        ("field.agreed", "2026-03-04T09:00"),
    ],
)
def test_a_clock_that_comes_on_later_counts_from_its_event(starts: str, at: str) -> None:
    ((status, started),) = story(pack(starts))
    assert (status, started) == ("running", local(at))


@pytest.mark.parametrize(
    ("stops", "runs"),
    [
        pytest.param("form.agreement", False, id="a stop after the start"),
        pytest.param("task.opinion.given", False, id="a stop at a task that was answered since"),
        pytest.param("approval.agreement.returned", True, id="a stop that did not happen"),
        pytest.param("clock.short.missed", True, id="a stop before the start"),
    ],
)
def test_a_clock_whose_stop_has_come_since_its_start_does_not_come_on(stops: str, *, runs: bool) -> None:
    assert bool(story(pack("form.flag", stops))) is runs


def test_a_pack_keeps_only_the_instants_that_its_switched_clocks_ask_for() -> None:
    text = pack("form.flag")
    case = opened(text, "2026-03-02T09:00")
    did(case, "flag", "2026-03-02T09:40", flagged=True)
    did(case, "agree", "2026-03-02T09:50", agreed="2026-03-04T09:00")
    assert case.state.happened == {"form.flag": local("2026-03-02T09:40")}
    assert case.pack.remembered == {"form.flag"}


def test_a_stop_before_the_window_opens_keeps_no_clock_from_coming_on() -> None:
    window = pack("form.flag", "form.agreement").replace(
        "allow = { hours = 3 }", "not_before = { hours = 1 }\nallow = { hours = 3 }"
    )
    ((status, started),) = story(window)
    assert (status, started) == ("running", local("2026-03-02T09:40"))


def test_a_link_that_was_made_is_remembered() -> None:
    link = """
[link.follow_up]
title = { zh = "后续", en = "follow-up" }
from = "complaint"
to = "complaint"
on = "step.flag"
opens = true
carries = "topic"
clause = "T-1"
"""
    case = opened(pack("link.follow_up.made") + link, "2026-03-02T09:00")
    did(case, "flag", "2026-03-02T09:40")
    did(case, "settle", "2026-03-02T10:30")
    did(case, "call", "2026-03-02T11:00")
    assert case.state.clocks["later"].started == local("2026-03-02T09:40")
