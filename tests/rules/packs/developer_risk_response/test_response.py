"""Response within the hour, the plan, the two tests and what comes after: DV-1.2, DV-1.3, DV-3.1, DV-3.2, DV-4."""

from typing import Any

import pytest

from tests.rules.packs.developer_risk_response.stories import (
    COMPLAINT,
    FINISH,
    GM,
    HEAD,
    LEADER,
    PACK,
    PLAN,
    agreed,
    approved,
    complained,
    finished,
    responded,
    risk,
)
from tests.rules.packs.overview import figures, made
from tests.rules.packs.playing import Play, around_the_limit, for_clause, shipped

pytestmark = pytest.mark.pure

NAMING = {"contact_person": "other_a", "told_by": "talk"}


@for_clause("DV-3.1a", "DV-3.1b")
def test_a_response_has_two_parts(clause: str) -> None:
    play = complained()
    assert play.do("name_contact", "head_b", "2026-03-02T15:10", **NAMING) == "gate_closed"
    assert clause in play.refused_by()
    play.did("contact", "head_b", "2026-03-02T15:20", reached=True, said="已说明")
    assert (play.status("response"), play.state.stage) == ("running", "response")
    assert play.do("name_contact", "head_b", "2026-03-02T15:30", told_by="talk") == "fields_wrong"
    assert play.do("name_contact", "head_b", "2026-03-02T15:30", contact_person="other_a") == "fields_wrong"
    play.did("name_contact", "head_b", "2026-03-02T15:30", **NAMING)
    assert (play.status("response"), play.state.stage) == ("met", "handling")


@for_clause("DV-3.1a")
def test_a_call_that_nobody_took_is_no_contact(clause: str) -> None:
    play = complained().did("contact", GM, "2026-03-02T15:10", reached=False)
    assert play.do("name_contact", GM, "2026-03-02T15:20", **NAMING) == "gate_closed"
    assert play.do("contact", HEAD, "2026-03-02T15:20", reached=True) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({"said"}, True)
    assert play.do("contact", HEAD, "2026-03-02T15:20") == "fields_wrong"
    assert play.do("contact", "outsider", "2026-03-02T15:20", reached=False) == "wrong_role"


@for_clause("DV-3.1b")
@pytest.mark.parametrize("by", ["head_b", GM, HEAD])
def test_a_message_that_names_the_contact_is_a_response(clause: str, by: str) -> None:
    play = complained().did("name_contact", by, "2026-03-02T15:30", **(NAMING | {"told_by": "message"}))
    assert play.status("response") == "met"
    assert play.cites(clause, "moved", "step.name_contact")


@for_clause("DV-4.3")
@around_the_limit("2026-03-02T23:30", "2026-03-02T23:30:01")
def test_the_hour_runs_at_night_from_when_one_heard_of_it(clause: str, at: str, status: str) -> None:
    play = complained("2026-03-02T22:50", obtained_at="2026-03-02T22:30", late_entry_why="系统故障")
    assert play.due("response") == "2026-03-02T23:30:00"
    play.did("contact", "head_b", "2026-03-02T22:55", reached=True, said="s").until("2026-03-02T23:29")
    assert play.did("name_contact", "head_b", at, **NAMING).status("response") == status
    assert play.cites(clause, "clock_started", "clock.response")


@for_clause("DV-4.3", "house-4")
def test_an_hour_that_is_left_alone_climbs(clause: str) -> None:
    play = complained("2026-04-30T15:05", obtained_at="2026-04-30T15:00").until("2026-05-08T24:00")
    assert play.told() == [
        ("2026-04-30T15:48:00", "response", HEAD),
        ("2026-04-30T16:00:01", "response", f"head_b {LEADER}"),
        ("2026-05-07T00:00:00", "response", "general_manager"),
    ]
    assert play.cites("DV-4.3", "clock_missed")
    assert play.cites("house-4", "escalated")
    play.did("contact", LEADER, "2026-05-09T09:00", reached=True, said="s")
    play.did("name_contact", "general_manager", "2026-05-09T10:00", **NAMING)
    assert clause in ("DV-4.3", "house-4")


@for_clause("DV-4.3")
def test_an_event_that_is_heard_of_late_may_be_late_at_once(clause: str) -> None:
    play = complained("2026-03-02T17:00").until("2026-03-02T17:00:01")
    assert play.status("response") == "missed"
    assert play.cites(clause, "clock_missed", "clock.response")


@for_clause("DV-4.2b")
def test_the_share_of_timely_responses_is_known(clause: str) -> None:
    first = responded()
    for _ in range(2):
        late = risk("2026-03-02T15:05", first, **(COMPLAINT | {"customer_state": "protesting"})).until(
            "2026-03-02T16:10"
        )
        assert late.status("response") == "missed"
    risk(beside=first)
    assert figures(first, "response_rate", "2026-03", "2026-03-31T12:00") == {(): ("33.33", 3)}
    assert clause in shipped(PACK).file.report["response_rate"].clause


@for_clause("DV-3.2")
@pytest.mark.parametrize("wrong", [{"calmed": False}, {"major_risk": True}])
def test_an_event_that_has_not_calmed_is_not_finished(clause: str, wrong: dict[str, bool]) -> None:
    play = agreed()
    assert play.do("finish", HEAD, "2026-03-05T10:00", **(FINISH | wrong)) == "gate_closed"
    assert play.refused_by() == (clause,)
    assert play.do("finish", GM, "2026-03-05T10:00", **FINISH) == "wrong_role"
    assert play.did("finish", HEAD, "2026-03-05T10:00", **FINISH).state.stage == "accountability"


@for_clause("DV-3.2", "DV-3.2.2", "DV-4.4c")
@pytest.mark.parametrize("field", sorted(FINISH))
def test_nothing_is_left_open_at_the_end(clause: str, field: str) -> None:
    play = agreed()
    rest = {name: value for name, value in FINISH.items() if name != field}
    assert play.do("finish", HEAD, "2026-03-05T10:00", **rest) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({field}, True)


@for_clause("DV-3.2.1", "house-2")
def test_a_plan_is_approved_by_the_leader_and_ready(clause: str) -> None:
    play = responded().did("plan", GM, "2026-03-03T10:00", **PLAN)
    play.did("negotiate", GM, "2026-03-03T10:30", house_number="1-1", accepts=True)
    assert play.do("finish", HEAD, "2026-03-05T10:00", **FINISH) == "gate_closed"
    assert play.refused_by() == ("DV-3.2.1",)
    assert play.do("approval.plan", HEAD, "2026-03-05T10:30", verdict="given") != ""
    play.did("approval.plan", LEADER, "2026-03-05T11:00", verdict="given")
    assert play.did("finish", HEAD, "2026-03-05T12:00", **FINISH).state.stage == "accountability"
    assert play.cites(clause, "approval_given", "approval.plan")


@for_clause("DV-3.2.1")
def test_a_plan_that_is_returned_or_not_ready_finishes_nothing(clause: str) -> None:
    play = approved(plan={"executable": False}).did(
        "negotiate", GM, "2026-03-04T10:00", house_number="1-1", accepts=True
    )
    assert play.do("finish", HEAD, "2026-03-05T10:00", **FINISH) == "gate_closed"
    assert play.refused_by() == (clause,)
    play.did("plan", GM, "2026-03-05T11:00", **PLAN)
    assert play.do("finish", HEAD, "2026-03-05T11:30", **FINISH) == "gate_closed"
    play.did("approval.plan", LEADER, "2026-03-05T12:00", verdict="returned", reason="r")
    assert play.state.stage == "handling"
    assert play.do("finish", HEAD, "2026-03-05T12:30", **FINISH) == "gate_closed"


@for_clause("house-2")
def test_who_wrote_a_plan_does_not_approve_it(clause: str) -> None:
    play = complained().until("2026-03-02T16:01").did("contact", LEADER, "2026-03-02T16:02", reached=True, said="s")
    play.did("name_contact", LEADER, "2026-03-02T16:03", **NAMING).did("plan", LEADER, "2026-03-03T10:00", **PLAN)
    assert play.do("approval.plan", LEADER, "2026-03-03T11:00", verdict="given") != ""
    play.did("approval.plan", "general_manager", "2026-03-03T11:00", verdict="given")
    assert play.cites(clause, "approval_given", "approval.plan")


@for_clause("DV-3.2.2", "house-3")
@pytest.mark.parametrize(
    ("yes", "no", "code"),
    [(0, 0, "gate_closed"), (1, 1, "gate_closed"), (2, 3, "gate_closed"), (3, 2, ""), (26, 25, ""), (1, 0, "")],
)
def test_most_owners_accept_when_more_than_half_do(clause: str, yes: int, no: int, code: str) -> None:
    play = agreed(yes, no)
    assert play.do("finish", HEAD, "2026-03-05T10:00", **FINISH) == code
    assert play.refused("gate_closed", clause) is bool(code)


@for_clause("DV-3.2.2")
def test_owners_of_another_event_do_not_count_and_nobody_twice(clause: str) -> None:
    play = agreed(1, 0)
    other = agreed(0, 3)
    assert (play.fact("count.accepting"), other.fact("count.accepting")) == (100, 0)
    second = play.beside()
    assert second.state.seq == 0
    again: dict[str, Any] = {"house_number": "1-0", "accepts": False}
    assert play.do("negotiate", GM, "2026-03-04T11:00", **again) != ""
    assert play.do("negotiate", HEAD, "2026-03-04T11:00", **(again | {"house_number": "2"})) == "wrong_role"
    assert play.do("negotiate", GM, "2026-03-04T11:00", accepts=True) == "fields_wrong"
    assert play.do("negotiate", GM, "2026-03-04T11:00", house_number="2") == "fields_wrong"
    assert clause in shipped(PACK).file.count["accepting"].clause


@for_clause("DV-3.2.2")
def test_each_event_counts_its_own_owners(clause: str) -> None:
    play = agreed(1, 2)
    other = risk("2026-03-02T15:05", play, **(COMPLAINT | {"customer_state": "protesting"}))
    other.did("name_contact", GM, "2026-03-02T15:30", contact_person="other_a", told_by="message")
    other.did("negotiate", GM, "2026-03-04T10:00", house_number="1-1", accepts=True)
    assert other.fact("count.accepting") == 100
    assert other.cites(clause, "moved", "step.negotiate")


@for_clause("DV-3.2.2")
@pytest.mark.parametrize("wrong", [{"talks_over": False}, {"outbreak_possible": True}])
def test_talks_are_over_and_no_outbreak_is_possible(clause: str, wrong: dict[str, bool]) -> None:
    play = agreed()
    assert play.do("finish", HEAD, "2026-03-05T10:00", **(FINISH | wrong)) == "gate_closed"
    assert play.refused_by() == (clause,)


@for_clause("DV-4.1a", "DV-3.2.1")
@pytest.mark.parametrize("field", sorted(PLAN))
def test_a_plan_minds_company_and_customer(clause: str, field: str) -> None:
    play = responded()
    rest = {name: value for name, value in PLAN.items() if name != field}
    assert play.do("plan", GM, "2026-03-03T10:00", **rest) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({field}, True)


@for_clause("DV-4.1b", "DV-4.4d")
def test_departments_support_in_one_case(clause: str) -> None:
    play = agreed()
    units = [{"department": unit} for unit in ("unit_a", "unit_b", "general_manager_dept")]
    assert play.do("ask_support", HEAD, "2026-03-04T11:00", supporters=units, asked_for="a") == "wrong_role"
    assert play.do("ask_support", GM, "2026-03-04T11:00", supporters=units) == "fields_wrong"
    assert play.do("ask_support", GM, "2026-03-04T11:00", asked_for="a") == "fields_wrong"
    play.did("ask_support", GM, "2026-03-04T11:00", supporters=units, asked_for="抢修力量")
    for head in ("head_a", "head_b", "head_of_general_manager"):
        assert play.do("finish", HEAD, "2026-03-05T10:00", **FINISH) == "gate_closed"
        assert play.refused_by() == ("DV-4.1b",)
        play.did("task.support", head, "2026-03-05T10:00", support="派两人")
    assert play.did("finish", HEAD, "2026-03-05T11:00", **FINISH).state.stage == "accountability"
    lines = made(play, "support", "2026-03", "2026-03-31T12:00").register
    assert [line.cells[1] for line in lines] == ["head_a", "head_b", "head_of_general_manager"]
    assert play.cites(clause, "task_done", "task.support")


@for_clause("DV-4.4c")
@pytest.mark.parametrize(
    ("given", "main", "code"),
    [
        ({"project_gm": GM, "city_gm": "worker_b"}, GM, ""),
        ({"project_gm": GM, "city_gm": "worker_b"}, "worker_b", "gate_closed"),
        ({"project_gm": None, "city_gm": "worker_b", "area_gm": "other_a"}, "worker_b", ""),
        ({"project_gm": None, "city_gm": "worker_b", "area_gm": "other_a"}, "other_a", "gate_closed"),
        ({"project_gm": None, "area_gm": "other_a"}, "other_a", ""),
        ({"project_gm": GM, "area_gm": "other_a"}, "other_a", "gate_closed"),
        ({"project_gm": GM, "area_gm": "other_a"}, "outsider", "gate_closed"),
    ],
)
def test_the_end_names_the_first_responsible_person(clause: str, given: dict[str, Any], main: str, code: str) -> None:
    first = given.get("project_gm") or given.get("city_gm") or given["area_gm"]
    play = agreed(by=first, **given)
    assert play.do("finish", HEAD, "2026-03-05T10:00", **(FINISH | {"main_responsible": main})) == code
    assert play.refused("gate_closed", clause) is bool(code)


@for_clause("DV-1.2")
def test_a_finished_event_comes_before_the_leader(clause: str) -> None:
    play = finished()
    fields: dict[str, Any] = {"answerable": {"no": "材料缺陷"}, "accounting": "向供应商追偿"}
    assert play.do("account", HEAD, "2026-03-06T10:00", **fields) == "wrong_role"
    assert play.do("account", LEADER, "2026-03-06T10:00", accounting="c") == "fields_wrong"
    assert play.do("account", LEADER, "2026-03-06T10:00", answerable=[GM]) == "fields_wrong"
    assert clause in play.refused_by()
    assert play.did("account", LEADER, "2026-03-06T10:00", **fields).state.stage == "experience"
    assert shipped(PACK).file.consequence == {}


@for_clause("DV-1.3")
def test_a_lesson_is_found_by_its_project(clause: str) -> None:
    play: Play = finished()
    play.did("account", LEADER, "2026-03-06T10:00", answerable=[GM], accounting="通报")
    assert play.do("file_lesson", LEADER, "2026-03-06T11:00", lesson="l") == "wrong_role"
    assert play.do("file_lesson", HEAD, "2026-03-06T11:00") == "fields_wrong"
    play.did("file_lesson", HEAD, "2026-03-06T11:00", lesson="交付前做蓄水试验")
    assert play.state.closed
    line = made(play, "lessons", "2026-03", "2026-03-31T12:00").register[0]
    assert (line.cells[0], line.cells[2]) == ("P-7", "交付前做蓄水试验")
    assert play.cites(clause, "closed")
