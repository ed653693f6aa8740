"""Mobile customers' complaints: how normal and urgent ones are handled, and by when, TU-4.2b to TU-4.3e and the house."""

import pytest

from tests.rules.packs.playing import around_the_limit, for_clause, shipped
from tests.rules.packs.telecom_normal_urgent.stories import (
    HEAD,
    PACK,
    REPLY,
    accepted,
    followed,
    handled,
    judged,
    received,
    sub_type,
)

pytestmark = pytest.mark.pure


@for_clause("TU-4.2b")
def test_a_normal_complaint_stays_with_the_team_leader_and_needs_no_follower(clause: str) -> None:
    play = handled()
    assert play.messages == []
    assert play.do("reply", HEAD, "2026-03-02T11:00", **REPLY) == "wrong_role"
    play.did("reply", "team_leader", "2026-03-02T11:00", **REPLY)
    assert (play.state.stage, play.state.fields.get("follower")) == ("replied", None)
    assert play.cites(clause, "moved", "step.reply")
    assert play.cites(clause, "moved", "step.start")


@for_clause("TU-4.2c", "house-1")
@around_the_limit("2026-03-04T10:00:00", "2026-03-04T10:00:01")
def test_the_answer_to_a_normal_complaint_is_due_after_48_hours(clause: str, at: str, status: str) -> None:
    play = handled()
    assert play.due("reply") == "2026-03-04T10:00:00"
    play.until(at).did("reply", "team_leader", at, **REPLY)
    assert play.status("reply") == status
    file = shipped(PACK).file
    assert (bool(file.clause["TU-4.2c"].gap), file.clause["TU-4.2c"].filled) == (True, "house-1")
    assert play.cites("house-1", "clock_started", "clock.reply")
    assert clause in ("TU-4.2c", "house-1")


@for_clause("house-1")
def test_the_ordinary_limit_runs_through_holidays_and_for_urgent_ones_too(clause: str) -> None:
    play = received("2026-04-30T09:00", channel="letter").did("accept", "intake", "2026-04-30T20:00")
    assert (play.due("reply"), play.state.classes["category"]) == ("2026-05-02T20:00:00", "urgent")
    assert play.cites(clause, "clock_started", "clock.reply")


@for_clause("TU-4.3b")
@around_the_limit("2026-03-02T18:00:00", "2026-03-02T18:00:01")
def test_a_demanded_time_takes_the_place_of_the_ordinary_limit(clause: str, at: str, status: str) -> None:
    play = followed()
    play.did("note_demand", HEAD, "2026-03-02T10:30", demanded_by="leader", demanded_until="2026-03-02T18:00")
    assert (play.due("demanded"), play.status("reply")) == ("2026-03-02T18:00:00", "off")
    play.until(at).did("reply", HEAD, at, **REPLY)
    assert play.status("demanded") == status
    assert play.cites(clause, "clock_started", "clock.demanded")


@for_clause("TU-4.3b")
def test_a_demand_may_come_with_the_complaint_and_again(clause: str) -> None:
    play = received().did(
        "note_demand", "channel_staff", "2026-03-02T09:31", demanded_by="regulator", demanded_until="2026-03-03T12:00"
    )
    play.did("accept", "intake", "2026-03-02T10:00")
    assert (play.due("demanded"), play.status("reply")) == ("2026-03-03T12:00:00", "off")
    play.did("note_demand", "intake", "2026-03-02T10:05", demanded_by="leader", demanded_until="2026-03-06T12:00")
    assert (play.due("demanded"), play.state.copies["demand"]) == ("2026-03-06T12:00:00", 2)
    assert play.cites(clause, "filled", "form.demand")


@for_clause("TU-4.3b")
@pytest.mark.parametrize("lacks", ["demanded_by", "demanded_until"])
def test_a_demand_says_whose_it_is_and_by_when(clause: str, lacks: str) -> None:
    fields = {"demanded_by": "leader", "demanded_until": "2026-03-02T18:00"}
    del fields[lacks]
    play = handled()
    assert play.do("note_demand", "intake", "2026-03-02T10:30", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({lacks}, True)


@for_clause("TU-4.3c", "house-4")
def test_an_urgent_complaint_is_one_level_higher(clause: str) -> None:
    play = followed()
    assert [message["to"] for message in play.messages] == [HEAD]
    assert play.do("reply", "team_leader", "2026-03-02T11:00", **REPLY) == "wrong_role"
    assert play.did("reply", HEAD, "2026-03-02T11:00", **REPLY).state.stage == "replied"
    file = shipped(PACK).file
    levels = [role := "team_leader"]
    while above := file.role[role].above:
        levels.append(role := above)
    assert levels == ["team_leader", "department_head", "company_leader", "general_manager"]
    assert clause in (*file.role["case_owner"].clause, *file.notice[0].clause)


@for_clause("TU-4.3c", "TU-4.3d")
def test_what_becomes_urgent_later_goes_up_and_wants_its_follower_before_the_answer(clause: str) -> None:
    play = handled()
    play.did("note_demand", "intake", "2026-03-02T10:30", demanded_by="leader", demanded_until="2026-03-02T18:00")
    assert [message["to"] for message in play.messages] == [HEAD]
    assert play.do("reply", "team_leader", "2026-03-02T11:00", **REPLY) == "wrong_role"
    assert play.do("reply", HEAD, "2026-03-02T11:00", **REPLY) == "gate_closed"
    assert play.refused("gate_closed", "TU-4.3d")
    play.did("name_follower", HEAD, "2026-03-02T11:10", follower="worker_a")
    assert play.did("reply", "worker_a", "2026-03-02T11:20", **REPLY).state.stage == "replied"
    assert clause in ("TU-4.3c", *play.of("moved", "step.reply")[0].clause)


@for_clause("TU-4.3d")
def test_handling_of_an_urgent_one_does_not_start_without_a_follower(clause: str) -> None:
    play = judged(channel="media")
    assert play.do("start", "intake", "2026-03-02T10:20") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("name_follower", "intake", "2026-03-02T10:21") == "fields_wrong"
    play.did("name_follower", "intake", "2026-03-02T10:22", follower="worker_a")
    assert play.did("start", "intake", "2026-03-02T10:23").state.stage == "handling"
    assert play.cites(clause, "moved", "step.name_follower")


@for_clause("TU-4.3e")
def test_urgent_ones_come_first_and_among_them_the_first_kind(clause: str) -> None:
    file = shipped(PACK).file
    assert file.kind["complaint"].queue == ("category", "sub_type")
    assert file.class_["category"].values == ("urgent", "normal")
    kinds = ("major", "escalated", "batch", "sudden_fault", "important_customer", "repeat", "none")
    assert file.class_["sub_type"].values == kinds
    assert received().cites(clause, "opened")


@for_clause("house-3")
def test_a_limit_that_runs_out_is_told_upward(clause: str) -> None:
    play = handled().until("2026-03-06T12:00")
    assert play.told() == [
        ("2026-03-04T00:24:00", "reply", HEAD),
        ("2026-03-04T10:00:01", "reply", "team_leader company_leader"),
        ("2026-03-06T00:00:00", "reply", "general_manager"),
    ]
    assert play.cites(clause, "escalated", "clock.reply")
    play.did("name_follower", "company_leader", "2026-03-06T13:00", follower="worker_a")
    assert play.did("reply", "general_manager", "2026-03-06T14:00", **REPLY).state.stage == "replied"


@for_clause("house-3")
def test_a_demanded_time_that_runs_out_is_told_upward_too(clause: str) -> None:
    play = followed()
    play.did("note_demand", HEAD, "2026-03-02T11:00", demanded_by="leader", demanded_until="2026-03-02T21:00")
    assert play.until("2026-03-04T12:00").told() == [
        ("2026-03-02T19:00:00", "demanded", HEAD),
        ("2026-03-02T21:00:01", "demanded", f"{HEAD} company_leader"),
        ("2026-03-04T00:00:00", "demanded", "general_manager"),
    ]
    assert play.cites(clause, "escalated", "clock.demanded")


@for_clause("TU-4.1")
def test_a_category_is_exactly_one_of_two_from_the_beginning(clause: str) -> None:
    assert {sub_type(play)[0] for play in (received(), accepted(), judged(), handled())} == {"normal"}
    assert received(channel="letter").state.classes["category"] == "urgent"
    assert shipped(PACK).file.class_["category"].clause == (clause,)
