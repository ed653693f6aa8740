"""The dispatch desk: limits for the department, apologies, plan and instruction, DC-12.3a to DC-A1.8."""

from typing import Any

import pytest

from tests.rules.packs.dispatch_complaint_resolution.stories import (
    CUSTOMER_CAUSES,
    FINDINGS,
    HEAD,
    PACK,
    PLAN,
    RESOLUTION,
    UNIT,
    WORKER,
    acted,
    forwarded,
    informed,
    planned,
    registered,
    verified,
)
from tests.rules.packs.playing import Play, around_the_limit, for_clause, shipped

pytestmark = pytest.mark.pure


DONE: dict[str, Any] = {"informed_at": "2026-03-02T15:55", "informed_what": "当日上门"}


def settle(play: Play, at: str = "2026-03-02T18:00", **fields: Any) -> str:
    """What comes of settling."""
    return play.do("resolve", HEAD, at, **(RESOLUTION | fields))


@for_clause("DC-12.3a")
@around_the_limit("2026-03-07T18:30:00", "2026-03-07T18:30:01")
def test_the_customer_is_contacted_within_24_hours_of_the_sheet(clause: str, at: str, status: str) -> None:
    play = registered(at="2026-03-06T18:00")
    play.did("judge", "receiver", "2026-03-06T18:10", established=True, established_why="w", cause="work_mistake")
    play.did("determine", "receiver", "2026-03-06T18:20", responsibility="r")
    play.did("forward", "receiver", "2026-03-06T18:30", department=UNIT)
    assert (play.due("contact"), play.due("settling")) == ("2026-03-07T18:30:00", "2026-03-07T18:30:00")
    play.until(at).did("contact", HEAD, at, contacted_how="已致电")
    assert play.status("contact") == status
    assert play.cites(clause, "clock_started", "clock.contact")


@for_clause("DC-12.3a", "DC-2.1")
@around_the_limit("2026-03-03T10:30:00", "2026-03-03T10:30:01")
def test_what_is_not_special_is_settled_within_24_hours_too(clause: str, at: str, status: str) -> None:
    play = acted().until(at)
    assert settle(play, at) == ""
    assert play.status("settling") == status
    assert clause in (*play.pack.file.clock["settling"].clause, *play.pack.file.step["resolve"].clause)


@for_clause("DC-12.3b", "house-3")
@around_the_limit("2026-03-05T24:00", "2026-03-06T00:00:01")
def test_special_circumstances_have_three_working_days_from_the_sheet(clause: str, at: str, status: str) -> None:
    play = acted()
    assert play.do("declare_special", HEAD, "2026-03-03T09:00", special=True) == "fields_wrong"
    assert (
        play.missing(),
        play.do("declare_special", WORKER, "2026-03-03T09:00", special=True, special_reason="r"),
    ) == (
        {"special_reason"},
        "wrong_role",
    )
    play.did("declare_special", HEAD, "2026-03-03T09:00", special=True, special_reason="需订购配件")
    assert (play.due("special"), play.status("settling"), play.due("contact")) == (
        "2026-03-06T00:00:00",
        "off",
        "2026-03-03T10:30:00",
    )
    play.until(at)
    assert settle(play, at) == ""
    assert play.status("special") == status
    assert play.cites("DC-12.3b", "clock_started", "clock.special")
    assert play.cites(clause, "moved", "step.declare_special")


@for_clause("DC-12.3b")
def test_a_holiday_is_no_working_day(clause: str) -> None:
    play = registered(at="2026-04-30T09:00")
    play.did("judge", "receiver", "2026-04-30T09:05", established=True, established_why="w", cause="work_mistake")
    play.did("determine", "receiver", "2026-04-30T09:10", responsibility="r")
    play.did("forward", "receiver", "2026-04-30T09:30", department=UNIT)
    play.did("declare_special", HEAD, "2026-04-30T10:00", special=True, special_reason="需订购配件")
    assert (play.due("special"), play.due("progress")) == ("2026-05-09T00:00:00", "2026-05-01T09:30:00")
    assert play.cites(clause, "clock_started", "clock.special")


@for_clause("DC-12.3c")
@pytest.mark.parametrize(
    ("at", "task"), [("2026-03-03T10:30:00", False), ("2026-03-03T10:30:01", True)], ids=["last_moment", "first_late"]
)
def test_who_does_not_hear_of_the_progress_in_time_is_called_as_a_task(clause: str, at: str, task: bool) -> None:
    play = verified()
    play.did("declare_special", HEAD, "2026-03-02T15:00", special=True, special_reason="需订购配件")
    play.until(at)
    assert (("progress_call" in play.state.tasks), play.due("progress")) == (task, "2026-03-03T10:30:00")
    call = {"called_at": "2026-03-03T10:29", "caller": HEAD, "progress_told": "配件已订"}
    what = "task.progress_call" if task else "progress_call"
    for missing in call:
        left = {name: value for name, value in call.items() if name != missing}
        assert play.do(what, HEAD, at, **left) == "fields_wrong"
        assert (play.missing(), clause in play.refused_by()) == ({missing}, True)
    play.did(what, HEAD, at, **call)
    assert play.until("2026-03-04T10:00").status("progress") == ("missed" if task else "met")
    assert play.written("progress")["progress_told"] == "配件已订"


@for_clause("DC-12.3c")
def test_without_special_circumstances_no_progress_is_told(clause: str) -> None:
    play = verified().until("2026-03-06T10:00")
    assert (play.status("progress"), "progress_call" in play.state.tasks) == ("off", False)
    assert clause in shipped(PACK).file.clock["progress"].clause


@for_clause("DC-16.2")
@pytest.mark.parametrize("fault", ["attitude_fault", "skill_fault"])
def test_two_apologise_where_staff_was_at_fault(clause: str, fault: str) -> None:
    play = forwarded().did("contact", HEAD, "2026-03-02T11:00", contacted_how="c")
    found = {name: value for name, value in FINDINGS.items() if name != "person_concerned"} | {"staff_fault": [fault]}
    assert play.do("verify", HEAD, "2026-03-02T14:00", **found) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({"person_concerned"}, True)
    play = acted(found={"staff_fault": [fault]})
    said = {"apologised": True, "understanding": {"no": "客户未接受"}}
    assert settle(play) == "gate_closed"
    play.did("task.apology", WORKER, "2026-03-02T17:10", **said)
    assert settle(play) == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("task.apology", WORKER, "2026-03-02T17:20", **said) == "wrong_role"
    assert play.do("task.apology", "line_leader", "2026-03-02T17:20", apologised=True) == "fields_wrong"
    play.did("task.apology", "line_leader", "2026-03-02T17:20", **said)
    assert settle(play) == ""


@for_clause("DC-16.2")
def test_without_a_fault_of_staff_nobody_apologises(clause: str) -> None:
    assert "apology" not in verified().state.tasks
    assert clause in shipped(PACK).file.task["apology"].clause


@for_clause("DC-17.3")
def test_the_leaders_of_both_departments_propose_a_way(clause: str) -> None:
    play = acted("internal_coordination")
    units = [{"coordinated_unit": "unit_a"}, {"coordinated_unit": "unit_b"}]
    assert play.do("ask_coordination", HEAD, "2026-03-04T09:00", coordinated=units) == "wrong_role"
    play.did("ask_coordination", "dispatcher", "2026-03-04T09:00", coordinated=units)
    play.did("task.coordination", "head_a", "2026-03-04T10:00", coordination_way="派单归口")
    assert play.do("resolve", "dispatcher", "2026-03-04T11:00", **RESOLUTION) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("task.coordination", "head_b", "2026-03-04T12:00", coordination_way="同意")
    assert play.do("resolve", "dispatcher", "2026-03-04T13:00", **RESOLUTION) == ""


@for_clause("DC-19.1")
@pytest.mark.parametrize("cause", CUSTOMER_CAUSES)
def test_what_the_customer_is_wrong_about_is_explained_and_turned_down(clause: str, cause: str) -> None:
    play = acted(cause)
    assert settle(play) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({"explanation", "demand_decision"}, True)
    assert settle(play, explanation="e", demand_decision="met") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert settle(play, explanation="e", demand_decision="declined") == ""
    assert play.state.consequences == {}


@for_clause("DC-19.1")
def test_another_cause_may_be_met(clause: str) -> None:
    play = acted("other_cause")
    assert settle(play, demand_decision="met") == ""
    assert clause in shipped(PACK).file.form["resolution"].clause


@for_clause("DC-A1.4")
def test_a_plan_has_causes_and_follows_the_facts(clause: str) -> None:
    play = forwarded()
    assert play.do("plan", HEAD, "2026-03-02T11:00", **PLAN) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play = verified()
    for missing in ("causes", "opinion", "actions"):
        assert play.do("plan", HEAD, "2026-03-02T15:00", **(PLAN | {missing: ""})) == "fields_wrong"
        assert (play.missing(), clause in play.refused_by()) == ({missing}, True)
    play.did("plan", HEAD, "2026-03-02T15:00", **PLAN)


@for_clause("DC-A1.5")
def test_the_plan_of_a_major_complaint_awaits_one_instruction(clause: str) -> None:
    play = verified(harms_image=True)
    assert play.do("submit_plan", HEAD, "2026-03-02T14:30") == "gate_closed"
    play = planned(harms_image=True)
    assert play.do("inform", HEAD, "2026-03-02T15:05", **DONE) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("submit_plan", HEAD, "2026-03-02T15:10")
    asked = play.state.approvals["instruction"]
    assert (play.state.stage, asked.asked, asked.status) == ("instruction", ("supervising_leader",), "asked")
    assert play.do("approval.instruction", "supervising_leader", "2026-03-02T15:20", verdict="given") == "fields_wrong"
    play.did("approval.instruction", "supervising_leader", "2026-03-02T15:30", verdict="given", instructed="同意")
    play.did("inform", HEAD, "2026-03-02T16:00", **DONE)


@for_clause("DC-A1.5")
def test_a_plan_that_is_returned_goes_back_and_a_general_one_needs_none(clause: str) -> None:
    play = planned(economic_loss=True).did("submit_plan", HEAD, "2026-03-02T15:10")
    back = {"verdict": "returned", "reason": "补充赔付", "instructed": "补充"}
    play.did("approval.instruction", "supervising_leader", "2026-03-02T15:30", **back)
    assert play.state.stage == "department"
    general = planned()
    assert general.do("submit_plan", HEAD, "2026-03-02T15:10") == "gate_closed"
    assert general.refused("gate_closed", clause)
    assert informed().state.approvals == {}


@for_clause("DC-A1.6")
def test_the_customer_is_told_before_anything_is_carried_out(clause: str) -> None:
    play = verified()
    assert play.do("inform", HEAD, "2026-03-02T14:30", **DONE) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play = planned()
    assert play.do("task.action", HEAD, "2026-03-02T16:10", each="1", evidence="e", action_on="2026-03-02") != ""
    assert play.do("inform", HEAD, "2026-03-02T16:10", informed_what="w") == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({"informed_at"}, True)
    assert play.did("inform", HEAD, "2026-03-02T16:10", **DONE).state.stage == "implementing"


@for_clause("DC-A1.8")
def test_every_action_is_carried_out_with_evidence(clause: str) -> None:
    play = informed()
    assert settle(play) == "gate_closed"
    done = {"evidence": "工单", "action_on": "2026-03-02"}
    assert play.do("task.action", HEAD, "2026-03-02T17:00", each="1", evidence="工单") == "fields_wrong"
    play.did("task.action", HEAD, "2026-03-02T17:00", each="1", **done)
    assert settle(play) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("task.action", HEAD, "2026-03-02T17:30", each="2", **done)
    assert settle(play) == ""
    assert play.state.stage == "resolved"
