"""The dispatch desk: who is in charge, how complaints are received and forwarded, DC-1.1 to DC-12.2."""

from typing import Any

import pytest

from rules.people import People
from tests.rules.packs.dispatch_complaint_resolution.stories import (
    HEAD,
    INTAKE,
    ON_THE_SPOT,
    PACK,
    UNIT,
    determined,
    forwarded,
    registered,
)
from tests.rules.packs.playing import Play, around_the_limit, for_clause, instant, shipped

pytestmark = pytest.mark.pure


def owners(play: Play, role: str) -> list[str]:
    """Who fills a role now."""
    people = People(play.pack, play.state, play.directory, instant("2026-03-02T12:00"))
    return [acting.person for acting in people.holding(role)]


def opened(**fields: Any) -> tuple[str, Play]:
    """What comes of opening a complaint."""
    play = Play(PACK)
    return play.open("complaint", "receiver", "2026-03-02T10:00", **(INTAKE | fields)), play


@for_clause("DC-1.1")
def test_the_purpose_adds_no_rule(clause: str) -> None:
    assert shipped(PACK).file.clause[clause].nothing_to_encode


@for_clause("DC-3.1")
def test_the_dispatcher_owns_a_general_complaint(clause: str) -> None:
    play = registered()
    assert (play.state.classes["severity"], owners(play, "owner")) == ("general", ["dispatcher"])
    assert clause in shipped(PACK).file.role["case_owner"].rows[1].clause
    assert play.cites(clause, "classified", "class.severity")
    assert play.cites(clause, "opened")


VIOLATION: dict[str, Any] = {"violation_what": "收费不开票", "co_departments": [{"co_department": "unit_b"}]}


@for_clause("DC-3.2")
@pytest.mark.parametrize(
    ("violation", "litigation", "owner", "handled_by"),
    [
        (True, False, "deputy_gm", "deputy_gm"),
        (False, True, "deputy_gm", "deputy_gm"),
        (True, True, "deputy_gm", "deputy_gm"),
        (False, False, "dispatcher", HEAD),
    ],
)
def test_a_violation_or_a_lawsuit_is_the_deputy_general_manager_s_with_the_departments(
    clause: str, violation: bool, litigation: bool, owner: str, handled_by: str
) -> None:
    play = determined()
    fields = VIOLATION | {"violation": violation, "litigation": litigation}
    assert play.do("report_violation", "receiver", "2026-03-02T10:22", **(fields | {"co_departments": []})) != ""
    assert play.missing() == {"co_departments"}
    play.did("report_violation", "receiver", "2026-03-02T10:22", **fields)
    assert owners(play, "owner") == [owner]
    play.did("forward", "receiver", "2026-03-02T10:30", department=UNIT)
    assert owners(play, "handling") == [handled_by]
    assert play.state.tasks["investigation"].asked == ("unit.unit_b",)
    assert play.cites(clause, "moved", "step.report_violation")
    role = shipped(PACK).file.role
    assert shipped(PACK).file.owner == "deputy_gm"
    assert {clause} <= {*role["case_owner"].rows[0].clause} & {*role["handling"].rows[0].clause}


@for_clause("DC-3.3")
def test_the_general_manager_is_the_last_one(clause: str) -> None:
    play = forwarded()
    assert play.do("escalate", HEAD, "2026-03-02T11:00", disagreement="d") == "wrong_role"
    play.did("escalate", "deputy_gm", "2026-03-02T11:00", disagreement="赔付金额")
    assert (owners(play, "owner"), shipped(PACK).file.role["general_manager"].above) == (["general_manager"], None)
    assert play.do("decide_finally", "deputy_gm", "2026-03-02T12:00", final_word="w") == "wrong_role"
    assert play.do("escalate", "deputy_gm", "2026-03-02T12:00", disagreement="d") == "step_not_open"
    assert play.status("contact") == "running"
    play.did("decide_finally", "general_manager", "2026-03-02T13:00", final_word="全额赔付")
    assert (play.state.stage, play.written("final_decision")) == ("department", {"final_word": "全额赔付"})
    assert play.cites(clause, "moved", "step.decide_finally")


WALK_IN: dict[str, Any] = {"calmed": True, "listened": True, "recorded": True, "reported_at_once": True}


@for_clause("DC-4.1")
@pytest.mark.parametrize("missing", list(WALK_IN))
def test_who_comes_in_person_is_calmed_heard_written_down_and_reported(clause: str, missing: str) -> None:
    code, play = opened(channel="walk_in", **{name: True for name in WALK_IN if name != missing})
    assert (code, play.missing(), clause in play.refused_by()) == ("fields_wrong", {missing}, True)
    play = registered(at="2026-03-02T09:10", channel="walk_in", **WALK_IN)
    assert [message["to"] for message in play.messages] == ["dispatch_centre"]
    assert play.of("notified")[0].at == instant("2026-03-02T09:10")
    assert play.cites(clause, "notified")


@for_clause("DC-4.1")
def test_a_call_needs_no_ticks_for_walking_in(clause: str) -> None:
    play = registered()
    assert play.messages == []
    assert play.cites(clause, "filled", "form.intake")


@for_clause("DC-8.2")
def test_nothing_is_saved_before_cool_handling_was_acknowledged(clause: str) -> None:
    code, play = opened(cool=False)
    assert (code, play.missing(), clause in play.refused_by()) == ("fields_wrong", {"cool"}, True)
    assert registered(at="2026-03-02T09:00").cites(clause, "filled", "form.intake")


@for_clause("DC-11.1")
@pytest.mark.parametrize("channel", ["phone", "letter", "e_mail", "walk_in", "other_channel"])
def test_there_are_five_channels(clause: str, channel: str) -> None:
    more: dict[str, Any] = {"letter_type": "complaint_letter"} if channel == "letter" else {}
    more |= WALK_IN if channel == "walk_in" else {}
    play = registered(channel=channel, channel_name="街道转来" if channel == "other_channel" else "", **more)
    assert play.state.fields["channel"] == channel
    assert play.cites(clause, "filled", "form.intake")


@for_clause("DC-11.1")
@pytest.mark.parametrize(
    ("fields", "missing"), [({"channel": "fax"}, "channel"), ({"channel": "other_channel"}, "channel_name")]
)
def test_another_channel_has_a_name(clause: str, fields: dict[str, str], missing: str) -> None:
    code, play = opened(**fields)
    assert (code, play.missing(), clause in play.refused_by()) == ("fields_wrong", {missing}, True)


@for_clause("DC-12.1a")
@pytest.mark.parametrize(
    "missing", ["customer_name", "building_unit", "phone_number", "course", "content", "soothed", "receiver_name"]
)
def test_customer_course_and_content_are_written_down_and_he_is_soothed(clause: str, missing: str) -> None:
    code, play = opened(**{missing: ""})
    assert (code, play.missing(), clause in play.refused_by()) == ("fields_wrong", {missing}, True)
    assert play.state.number == ""
    play = registered(at="2026-03-02T09:00")
    assert (bool(play.state.number), play.due("forward")) == (True, "2026-03-02T10:00:00")


@for_clause("DC-12.1b")
@pytest.mark.parametrize("wrong", ["satisfied_now", "no_further"])
def test_a_complaint_is_over_at_once_only_if_he_is_content_and_says_so(clause: str, wrong: str) -> None:
    play = registered()
    assert play.do("fast_close", "receiver", "2026-03-02T10:20", **(ON_THE_SPOT | {wrong: False})) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("fast_close", "receiver", "2026-03-02T10:20", **ON_THE_SPOT)
    assert (play.state.stage, play.status("forward")) == ("resolved", "off")
    assert play.cites(clause, "clock_off", "clock.forward")
    assert play.until("2026-03-02T12:00").of("clock_missed") == []


@for_clause("DC-12.2")
@around_the_limit("2026-03-06T18:40:00", "2026-03-06T18:40:01")
def test_it_is_forwarded_within_an_hour_day_and_night(clause: str, at: str, status: str) -> None:
    play = registered(at="2026-03-06T17:40").did(
        "judge", "receiver", "2026-03-06T17:50", established=True, established_why="w", cause="work_mistake"
    )
    play.did("determine", "receiver", "2026-03-06T17:55", responsibility="r")
    assert play.due("forward") == "2026-03-06T18:40:00"
    play.did("forward", "receiver", at, department=UNIT)
    assert play.status("forward") == status
    assert play.cites(clause, "clock_started", "clock.forward")
    assert play.cites(clause, "moved", "step.forward")
    assert play.state.consequences == {}


@for_clause("DC-12.2", "house-1")
def test_the_dispatcher_hears_after_45_minutes_the_leader_after_the_hour(clause: str) -> None:
    play = registered().until("2026-06-30T24:00")
    assert play.told() == [
        ("2026-03-02T10:45:00", "forward", "dispatcher"),
        ("2026-03-02T11:00:01", "forward", "receiver line_leader"),
    ]
    assert play.cites("house-1", "escalated")
    assert clause in ("house-1", *shipped(PACK).file.clock["forward"].clause)
    assert play.fact("consequence.late_points") == 0
