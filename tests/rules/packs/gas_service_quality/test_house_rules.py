"""House rules of the journey: handled anew, the ladder, another nature."""

import pytest

from tests.rules.packs.gas_service_quality.stories import (
    A2,
    PACK,
    complaint,
    confirmed,
    desk,
    found,
    grumble,
    investigated,
    issued,
    ledgered,
    returned,
    reviewed,
    signed,
)
from tests.rules.packs.playing import Play, for_clause, shipped

pytestmark = pytest.mark.pure

INSPECTED = {"inspected": "现场查看", "effective": False}


def anew(play: Play, at: str, limit: str) -> Play:
    """A1 is issued again with another limit, and signed."""
    return signed(issued(play, at, limit_days=limit), at)


@for_clause("house-4")
def test_an_effect_that_is_denied_leads_to_a_new_a1_with_a_limit_of_its_own(clause: str) -> None:
    play = returned(grumble())
    assert play.do("deny_effect", "service_centre", "2026-03-04T11:00", **(INSPECTED | {"effective": True})) != ""
    assert play.refused("gate_closed", clause)
    play.did("deny_effect", "service_centre", "2026-03-04T11:00", **INSPECTED)
    assert (play.state.stage, play.cites(clause, "moved", "step.deny_effect")) == ("accepted", True)
    anew(play, "2026-03-09T09:00", "1")
    assert (play.due("within_days"), play.status("within_days")) == ("2026-03-11T00:00:00", "running")
    assert len(play.of("task_given", "task.investigation")) == 1


@for_clause("house-4")
def test_a_customer_who_is_not_satisfied_leads_to_a_new_a1_too(clause: str) -> None:
    play, asked = confirmed(grumble()), {"revisited": "仍不满意", "satisfied": True}
    assert play.do("note_dissatisfaction", "service_centre", "2026-03-05T10:00", **asked) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("note_dissatisfaction", "service_centre", "2026-03-05T10:00", **(asked | {"satisfied": False}))
    anew(play, "2026-03-05T11:00", "0")
    assert (play.due("same_day"), play.status("within_days")) == ("2026-03-06T00:00:00", "met")
    play.did("return_a2", "head_a", "2026-03-05T16:00", **A2)
    assert (play.state.stage, play.status("same_day")) == ("effect_check", "met")
    assert play.cites(clause, "moved", "step.note_dissatisfaction")
    play.did("confirm_effect", "service_centre", "2026-03-05T17:00", **(INSPECTED | {"effective": True}))
    assert play.do("revisit", "service_centre", "2026-03-06T10:00", revisited="已改善", satisfied=True) == ""


@for_clause("house-10")
@pytest.mark.parametrize("step", ["deny_effect", "note_dissatisfaction"])
def test_what_had_no_effect_is_judged_before_the_review_ends(clause: str, step: str) -> None:
    play = returned(grumble()) if step == "deny_effect" else confirmed(grumble())
    fields = INSPECTED if step == "deny_effect" else {"revisited": "不满意", "satisfied": False}
    play.did(step, "service_centre", "2026-03-05T10:00", **fields)
    anew(play, "2026-03-05T11:00", "3").did("return_a2", "head_a", "2026-03-05T16:00", **A2)
    play.did("confirm_effect", "service_centre", "2026-03-05T17:00", **(INSPECTED | {"effective": True}))
    play.did("revisit", "service_centre", "2026-03-06T10:00", revisited="已改善", satisfied=True)
    play.did("task.investigation", "worker_b", "2026-03-06T11:00", findings="属实", verified=True, blamed="抄表班")
    found(play.did("verify", "service_centre", "2026-03-06T12:00"), "2026-03-06T13:00")
    play.did("consequence.points", "service_centre", "2026-03-06T14:00", amount="20")
    play.did("consequence.points", "hr_admin", "2026-03-06T14:00")
    people = {"responsible_people": ["other_a"]}
    assert play.do("conclude", "service_centre", "2026-03-06T15:00", **people) == "gate_closed"
    assert play.refused("gate_closed", clause)
    judged = {"not_effective": True, "effectiveness_why": "措施空泛"}
    assert play.do("task.judge_effectiveness", "hr_admin", "2026-03-06T15:00", **judged) == "wrong_role"
    play.did("task.judge_effectiveness", "service_centre", "2026-03-06T15:00", **judged)
    assert play.do("conclude", "service_centre", "2026-03-06T15:10", **people) == "gate_closed"
    assert play.refused("gate_closed", "GQ-A4.18")
    head = {"act": "no effect", "acted_on": "2026-03-04", "evidence": "复查", "whose": "head"}
    play.did("find", "service_centre", "2026-03-06T15:20", head_failing="effectiveness", **head)
    play.did("consequence.points", "service_centre", "2026-03-06T15:30", amount="10")
    play.did("consequence.points", "hr_admin", "2026-03-06T15:40")
    assert play.do("conclude", "service_centre", "2026-03-06T16:00", **people) == ""


@for_clause("house-6")
@pytest.mark.parametrize(("limit", "clock"), [("0", "same_day"), ("3", "within_days")])
def test_the_ladder_climbs_to_the_leaders_of_the_company(clause: str, limit: str, clock: str) -> None:
    play = issued(grumble(), limit_days=limit).until("2026-03-31T24:00")
    climbed = {
        "0": ["2026-03-02T21:06:00", "2026-03-03T00:00:01", "2026-03-04T00:00:00"],
        "3": ["2026-03-05T06:42:00", "2026-03-06T00:00:01", "2026-03-07T00:00:00"],
    }[limit]
    assert play.told() == [
        (climbed[0], clock, "head_a"),
        (climbed[1], clock, "worker_a head_of_service_centre"),
        (climbed[2], clock, "company_leadership"),
    ]
    assert play.cites(clause, "escalated")
    assert play.status(clock) == "missed"


@for_clause("house-6")
def test_who_takes_over_may_take_every_step(clause: str) -> None:
    play = signed(issued(grumble())).until("2026-03-06T12:00")
    assert play.do("return_a2", "company_leadership", "2026-03-06T12:10", **A2) == "wrong_role"
    play.did("return_a2", "head_of_service_centre", "2026-03-06T12:10", **A2)
    assert play.cites(clause, "escalated")
    again = signed(issued(grumble())).until("2026-03-08T00:00")
    assert again.do("return_a2", "company_leadership", "2026-03-08T12:10", **A2) == ""


@for_clause("house-6")
def test_the_head_of_the_department_that_has_a_complaint_takes_over(clause: str) -> None:
    play = issued(complaint()).until("2026-03-06T00:00:01")
    assert play.told()[-1][2] == "worker_a head_of_hr_admin"
    assert play.cites(clause, "escalated")


@for_clause("house-8")
def test_a_grumble_that_becomes_a_complaint_goes_to_hr_and_to_the_ladder_of_its_level(clause: str) -> None:
    play, changed = issued(grumble()), {"nature": "complaint", "nature_why": "要求赔偿500元"}
    assert play.do("reclassify", "hr_admin", "2026-03-02T11:00", **changed) == "wrong_role"
    assert play.do("reclassify", "service_centre", "2026-03-02T11:00", nature="complaint") == "fields_wrong"
    assert play.missing() == {"nature_why"}
    play.did("reclassify", "service_centre", "2026-03-02T11:00", **changed)
    assert (desk(play), play.cites(clause, "classified", "class.nature")) == ("hr_admin", True)
    play.did("grade", "hr_admin", "2026-03-02T12:00", impact="no_impact", impact_why="无")
    signed(play, "2026-03-02T13:00").did("return_a2", "head_a", "2026-03-03T10:00", **A2)
    play.did("confirm_effect", "hr_admin", "2026-03-03T11:00", **(INSPECTED | {"effective": True}))
    play.did("revisit", "hr_admin", "2026-03-04T10:00", revisited="接受", satisfied=True)
    play.did("task.investigation", "worker_b", "2026-03-05T11:00", findings="属实", verified=True, blamed="抄表班")
    found(play.did("verify", "hr_admin", "2026-03-05T12:00", circular=False))
    assert [entry.subject for entry in play.of("consequence_raised")] == ["consequence.sanction_level_3"]


@for_clause("house-8")
def test_a_complaint_that_becomes_a_grumble_costs_points_whatever_its_level_was(clause: str) -> None:
    play = complaint("level_2").did(
        "reclassify", "hr_admin", "2026-03-02T09:20", nature="grumble", nature_why="撤回赔偿要求"
    )
    found(reviewed(play))
    assert [entry.subject for entry in play.of("consequence_raised")] == ["consequence.points"]
    assert play.cites(clause, "filled", "form.reclassification")


@for_clause("house-8")
def test_the_nature_is_changed_until_the_problem_is_verified(clause: str) -> None:
    changed = {"nature": "complaint", "nature_why": "要求赔偿"}
    for play in (grumble(), issued(grumble()), returned(grumble()), confirmed(grumble()), ledgered(grumble())):
        assert play.did("reclassify", "service_centre", "2026-03-09T09:00", **changed).cites(clause, "classified")
    assert reviewed(grumble()).do("reclassify", "service_centre", "2026-03-09T09:00", **changed) == "step_not_open"
    assert investigated(grumble()).state.stage == "ledgered"


@for_clause("house-4")
def test_the_same_day_counts_anew_with_each_a1(clause: str) -> None:
    play = signed(issued(grumble(), limit_days="0")).did("return_a2", "head_a", "2026-03-02T16:00", **A2)
    play.did("deny_effect", "service_centre", "2026-03-03T11:00", **INSPECTED)
    anew(play, "2026-03-04T09:00", "0")
    assert (play.due("same_day"), play.status("same_day")) == ("2026-03-05T00:00:00", "running")
    assert play.cites(clause, "moved", "step.issue_a1")


@for_clause("house-6")
def test_the_leaders_are_told_at_the_end_of_the_next_working_day(clause: str) -> None:
    play = issued(grumble(), "2026-03-06T10:00", limit_days="0").until("2026-03-31T24:00")
    assert play.told()[-1] == ("2026-03-10T00:00:00", "same_day", "company_leadership")
    assert clause in play.of("escalated")[-1].clause


def test_hr_owns_the_edition() -> None:
    assert shipped(PACK).file.owner == "hr_admin"
