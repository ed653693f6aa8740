"""The group's rule: 5 and 15 working days with the first day counted, exemptions, plan dates."""

from typing import Any

import pytest

from tests.rules.packs.group_complaint_demand.stories import accepted, heard, planned
from tests.rules.packs.playing import Play, around_the_limit, done, for_clause, shown

pytestmark = pytest.mark.pure

STARTED_WHEN_DUE = {
    "monday_morning": ("2026-03-02T00:00:00", "2026-03-07T00:00:00"),
    "monday_at_night": ("2026-03-02T23:59:59", "2026-03-07T00:00:00"),
    "saturday": ("2026-03-07T10:00:00", "2026-03-14T00:00:00"),
    "sunday": ("2026-03-08T10:00:00", "2026-03-14T00:00:00"),
    "make_up_saturday": ("2026-02-14T10:00:00", "2026-02-28T00:00:00"),
    "over_the_spring_festival": ("2026-02-12T10:00:00", "2026-02-26T00:00:00"),
    "in_the_spring_festival": ("2026-02-18T10:00:00", "2026-03-01T00:00:00"),
}
KINDS = [
    pytest.param("GD-4.2.2a", "complaint", "handling", id="GD-4.2.2a"),
    pytest.param("GD-4.2.2d", "demand", "demand_handling", id="GD-4.2.2d"),
]
EXEMPTIONS = [
    pytest.param("GD-4.2.2b", "complaint", "handling", id="GD-4.2.2b"),
    pytest.param("GD-4.2.2e", "demand", "demand_handling", id="GD-4.2.2e"),
    pytest.param("GD-4.2.2g", "escalated", "escalated", id="GD-4.2.2g"),
]
PLAN: dict[str, Any] = {"plan_date": "2026-03-20"}


def running(kind: str) -> Play:
    """A case whose limit runs on Tuesday at noon."""
    return planned("escalated") if kind == "escalated" else accepted(kind)


def exempt(play: Play, at: str = "2026-03-03T12:00", **fields: Any) -> str:
    """Let the manager of the office exempt the case."""
    granted: dict[str, Any] = {"long_repair": False, "exempt_why": "w"} | fields
    return play.do("exempt", "omar", at, **granted)


@pytest.mark.parametrize(("clause", "kind", "clock"), KINDS)
@pytest.mark.parametrize(("at", "due"), STARTED_WHEN_DUE.values(), ids=list(STARTED_WHEN_DUE))
def test_five_working_days_are_counted_with_the_day_of_acceptance(
    clause: str, kind: str, clock: str, at: str, due: str
) -> None:
    play = accepted(kind, at)
    assert play.due(clock) == due
    assert play.cites(clause, "clock_started", f"clock.{clock}")


@pytest.mark.parametrize(("clause", "kind", "clock"), KINDS)
@around_the_limit("2026-03-06T24:00", "2026-03-07T00:00:01")
def test_handling_is_on_time_until_the_end_of_the_fifth_day(
    clause: str, kind: str, clock: str, at: str, status: str
) -> None:
    play = accepted(kind)
    code = play.do("handle", "ofra", at, result="r")
    # a complaint that is late has been escalated by itself, and is handled on another path
    assert code == ("step_not_open" if status == "missed" and kind == "complaint" else "")
    assert play.status(clock) == status
    assert play.cites(clause, f"clock_{status}", f"clock.{clock}")


@pytest.mark.parametrize(("clause", "kind", "clock"), KINDS)
def test_hearing_does_not_start_the_limit(clause: str, kind: str, clock: str) -> None:
    play = heard(kind)
    assert play.status(clock) == "off"
    assert accepted(kind, "2026-03-03T10:00", opened="2026-03-02T09:00").due(clock) == "2026-03-10T00:00:00"
    assert clause in play.pack.file.clock[clock].clause


@pytest.mark.parametrize(("clause", "kind", "clock"), EXEMPTIONS)
@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"purchase": "4999.99"}, "running"),
        ({"purchase": "4999"}, "running"),
        ({"purchase": "5000"} | PLAN, "off"),
        ({"purchase": "5000.01"} | PLAN, "off"),
        ({"purchase": "8000.00"} | PLAN, "off"),
        ({"long_repair": True} | PLAN, "off"),
        ({"long_repair": True, "purchase": "1.00"} | PLAN, "off"),
        ({}, "running"),
    ],
    ids=["a_fen_below", "4999", "on", "a_fen_above", "pump", "long_repair", "long_repair_and_little_money", "neither"],
)
def test_long_repair_or_a_purchase_of_5000_yuan_switches_the_limit_off(
    clause: str, kind: str, clock: str, fields: dict[str, Any], status: str
) -> None:
    play = running(kind)
    done(exempt(play, **fields), play)
    assert play.status(clock) == status
    assert play.status("plan") == ("running" if status == "off" else "off")
    assert play.cites(clause, "moved", "step.exempt")
    if status == "off":
        assert clause in play.of("clock_off", f"clock.{clock}")[0].clause
        assert play.messages[-1]["to"] == "pia"


@pytest.mark.parametrize(("clause", "kind", "clock"), EXEMPTIONS)
def test_an_exemption_that_comes_later_switches_off_from_then_on_and_a_miss_stays(
    clause: str, kind: str, clock: str
) -> None:
    play = running(kind)
    late = "2026-03-25T09:00" if kind == "escalated" else "2026-03-09T09:00"
    done(exempt(play, late, purchase="5000.00", **PLAN), play)
    assert play.status(clock) == "missed"
    assert len(play.of("clock_missed", f"clock.{clock}")) == 1
    assert shown(play.of("clock_off", f"clock.{clock}")[0].at).startswith(late)
    told = len(play.told())
    play.until("2026-06-01T00:00")
    assert clock not in {line[1] for line in play.told()[told:]}
    assert play.cites(clause, "clock_off", f"clock.{clock}")


@for_clause("GD-4.2.2b", "house-9")
@pytest.mark.parametrize("by", ["ofra", "emil", "quan"])
def test_only_the_manager_of_the_office_exempts_and_says_why(clause: str, by: str) -> None:
    play = accepted()
    granted: dict[str, Any] = {"long_repair": True, "exempt_why": "w"} | PLAN
    assert play.do("exempt", by, "2026-03-03T12:00", **granted) == "wrong_role"
    assert play.do("exempt", "omar", "2026-03-03T12:00", long_repair=True, **PLAN) == "fields_wrong"
    assert play.missing() == {"exempt_why"}
    done(play.do("exempt", "omar", "2026-03-03T12:00", **granted), play)
    assert play.cites(clause, "moved" if clause == "GD-4.2.2b" else "notified")


@pytest.mark.parametrize(
    ("clause", "kind"),
    [("GD-4.2.2c", "complaint"), ("GD-4.2.2e", "demand"), ("GD-4.2.2g", "escalated")],
    ids=["GD-4.2.2c", "GD-4.2.2e", "GD-4.2.2g"],
)
@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"long_repair": True}, "fields_wrong"),
        ({"purchase": "5000.00"}, "fields_wrong"),
        ({"purchase": "4999.99"}, ""),
        ({"long_repair": True} | PLAN, ""),
    ],
    ids=["repair_without_date", "purchase_without_date", "not_exempt", "with_date"],
)
def test_an_exempt_case_has_a_planned_date(clause: str, kind: str, fields: dict[str, Any], code: str) -> None:
    play = running(kind)
    assert exempt(play, **fields) == code
    assert (play.missing() if code else set()) == ({"plan_date"} if code else set())
    assert clause in play.pack.file.clock["plan"].clause


@for_clause("GD-4.2.2c", "GD-4.2.2e", "GD-4.2.2g")
@around_the_limit("2026-03-20T24:00", "2026-03-21T00:00:01")
def test_the_planned_date_is_a_limit_until_its_end(clause: str, at: str, status: str) -> None:
    play = accepted("demand")
    done(exempt(play, purchase="8000", **PLAN), play)
    assert play.due("plan") == "2026-03-21T00:00:00"
    done(play.do("handle", "ofra", at, result="r"), play)
    assert play.status("plan") == status
    assert play.cites(clause, "clock_started", "clock.plan")


@for_clause("GD-4.2.2c")
def test_a_new_planned_date_counts_anew(clause: str) -> None:
    play = accepted()
    done(exempt(play, purchase="8000", **PLAN), play)
    done(exempt(play, "2026-03-04T12:00", purchase="8000", plan_date="2026-03-31"), play)
    assert (play.due("plan"), play.state.clocks["plan"].round) == ("2026-04-01T00:00:00", 2)
    assert play.cites(clause, "clock_started", "clock.plan")


@for_clause("house-9")
def test_an_exempt_case_has_a_progress_note_every_week(clause: str) -> None:
    play = accepted()
    done(exempt(play, purchase="5000.00", **PLAN), play)
    assert play.due("progress") == "2026-03-11T00:00:00"
    done(play.do("progress_note", "ofra", "2026-03-10T24:00", progress="p"), play)
    assert (play.due("progress"), play.state.clocks["progress"].round) == ("2026-03-19T00:00:00", 2)
    play.until("2026-03-19T00:00:01")
    assert play.told()[-1] == ("2026-03-19T00:00:01", "progress", "ofra omar")
    assert play.cites(clause, "escalated", "clock.progress")


@for_clause("house-9")
def test_a_case_that_is_not_exempt_needs_no_progress_note(clause: str) -> None:
    play = accepted()
    done(exempt(play, purchase="4999.99"), play)
    done(play.do("progress_note", "ofra", "2026-03-04T12:00", progress="p"), play)
    assert play.status("progress") == "off"
    assert clause in play.pack.file.clock["progress"].clause


@for_clause("house-4")
@pytest.mark.parametrize("kind", ["complaint", "demand"])
@pytest.mark.parametrize(
    ("heard_at", "at", "status"),
    [
        ("2026-03-02T09:00", "2026-03-02T24:00", "met"),
        ("2026-03-02T09:00", "2026-03-03T00:00:01", "missed"),
        ("2026-03-07T09:00", "2026-03-09T24:00", "met"),
        ("2026-03-07T09:00", "2026-03-10T00:00:01", "missed"),
    ],
    ids=["last_moment", "first_late", "saturday_last_moment", "saturday_first_late"],
)
def test_what_is_heard_is_accepted_on_the_working_day_itself(
    clause: str, kind: str, heard_at: str, at: str, status: str
) -> None:
    play = accepted(kind, at, opened=heard_at)
    assert play.status("acceptance") == status
    assert play.cites(clause, "clock_started", "clock.acceptance")
    assert play.of("clock_started", "clock.acceptance")[0].house


@for_clause("house-2")
def test_the_ladder_is_shown_as_a_rule_of_the_house_and_the_limit_as_law(clause: str) -> None:
    play = accepted().until("2026-06-01T00:00")
    assert {(entry.clause, entry.house) for entry in play.of("escalated")} == {((clause,), True)}
    assert {entry.house for entry in play.of("clock_missed")} == {False}
    assert play.state.raised == ("leader", "general_manager")
