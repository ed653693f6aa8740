"""Departments, heads, leaders, money and other companies, HF-4.2.2a to HF-4.2.4b, HF-6.1 to HF-6.3, HF-7.2.2a."""

from typing import Any

import pytest

from tests.rules.packs.home_furnishing.stories import (
    DIRECT,
    ORDER,
    REGISTER,
    RESULT,
    delivered,
    escalated,
    registered,
    replied,
    reported,
    revisited,
)
from tests.rules.packs.playing import Play, around_the_limit, for_clause

pytestmark = pytest.mark.pure

REWORK = {"rework_number": "FX-9", "rework_quantity": 1, "rework_delivery": "2026-03-20"}
BACK: dict[str, Any] = {"called_back": "2026-03-02T09:35", "section_result": "已說明"}
SECTIONS: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "order": ("marketing", ORDER, BACK | {"cleared_up": "解答"}),
    "rework": ("after_sales", REWORK, BACK),
}


@for_clause("HF-4.2.2a", "HF-4.2.3a")
@pytest.mark.parametrize("section", sorted(SECTIONS))
def test_the_data_of_an_order_are_checked_first(clause: str, section: str) -> None:
    who, data, _ = SECTIONS[section]
    play = delivered(section=section)
    assert play.do("report_result", "worker_a", "2026-03-02T09:40", **RESULT) == "gate_closed"
    other = "after_sales" if who == "marketing" else "marketing"
    assert play.do(f"task.{section}_check", other, "2026-03-02T09:30", **data) == "wrong_role"
    for field in data:
        left = {name: value for name, value in data.items() if name != field}
        assert play.do(f"task.{section}_check", who, "2026-03-02T09:30", **left) == "fields_wrong"
        assert play.missing() == {field}
    play.did(f"task.{section}_check", who, "2026-03-02T09:30", **data)
    own = {"order": "HF-4.2.2a", "rework": "HF-4.2.3a"}[section]
    assert play.cites(own, "task_done", f"task.{section}_check")
    assert clause in play.pack.file.task[{"HF-4.2.2a": "order_check", "HF-4.2.3a": "rework_check"}[clause]].clause


@for_clause("HF-4.2.2a", "HF-4.2.3a")
@pytest.mark.parametrize(("quantity", "code"), [(0, "fields_wrong"), (1, "")])
def test_a_quantity_is_one_at_least(clause: str, quantity: int, code: str) -> None:
    section, field = {"HF-4.2.2a": ("order", "quantity"), "HF-4.2.3a": ("rework", "rework_quantity")}[clause]
    who, data, _ = SECTIONS[section]
    play = delivered(section=section)
    assert play.do(f"task.{section}_check", who, "2026-03-02T09:30", **(data | {field: quantity})) == code


@for_clause("HF-4.2.2c", "HF-4.2.3b")
@pytest.mark.parametrize("direct", [False, True])
@pytest.mark.parametrize("section", sorted(SECTIONS))
def test_a_section_calls_back_before_there_is_a_result(clause: str, section: str, direct: bool) -> None:
    who, data, handled = SECTIONS[section]
    play = delivered(section=section, direct=direct).did(f"task.{section}_check", who, "2026-03-02T09:30", **data)
    step, fields = ("reply_direct", DIRECT) if direct else ("report_result", RESULT)
    own = {"order": "HF-4.2.2c", "rework": "HF-4.2.3b"}[section]
    assert play.do(step, "worker_a", "2026-03-02T09:32", **fields) == "gate_closed"
    assert play.refused("gate_closed", own)
    for field in BACK:
        left = {name: value for name, value in handled.items() if name != field}
        assert play.do(f"task.{section}_handling", who, "2026-03-02T09:36", **left) == "fields_wrong"
        assert play.missing() == {field}
    play.did(f"task.{section}_handling", who, "2026-03-02T09:36", **handled)
    play.did(step, "worker_a", "2026-03-02T09:40", **fields)
    assert clause in ("HF-4.2.2c", "HF-4.2.3b")


@for_clause("HF-4.2.2b")
def test_the_section_clears_it_up_or_gives_material(clause: str) -> None:
    play = delivered(section="order").did("task.order_check", "marketing", "2026-03-02T09:30", **ORDER)
    assert play.do("task.order_handling", "marketing", "2026-03-02T09:36", **BACK) == "fields_wrong"
    assert (play.missing(), clause in play.pack.file.form["order_handling"].clause) == ({"cleared_up"}, True)
    file = {"name": "care.pdf", "size": 3, "sha256": "0" * 64}
    play.did("task.order_handling", "marketing", "2026-03-02T09:36", **BACK, material=file)
    assert play.cites(clause, "task_done", "task.order_handling")


@for_clause("HF-4.2.2c")
def test_how_soon_the_section_calls_back_is_measured(clause: str) -> None:
    play = delivered(section="order").did("task.order_check", "marketing", "2026-03-02T09:30", **ORDER)
    play.did("task.order_handling", "marketing", "2026-03-02T09:36", **SECTIONS["order"][2])
    (met,) = play.of("clock_met", "clock.order_call_back")
    assert (met.data["spent"], clause in met.clause) == (360, True)


@for_clause("HF-4.2.2d", "HF-4.2.3c")
def test_the_responsible_person_has_the_result(clause: str) -> None:
    section = {"HF-4.2.2d": "order", "HF-4.2.3c": "rework"}[clause]
    who, data, handled = SECTIONS[section]
    play = delivered(section=section).did(f"task.{section}_check", who, "2026-03-02T09:30", **data)
    play.did(f"task.{section}_handling", who, "2026-03-02T09:36", **handled)
    (told,) = [entry for entry in play.of("notified") if clause in entry.clause]
    assert told.data["persons"] == [["other_a", ""]]


@for_clause("HF-4.2.4b")
def test_a_breach_of_the_production_rules_is_dealt_with_by_name(clause: str) -> None:
    play = revisited(replied(reported(cause="production_rule_breach")))
    assert play.do("close", "first_handler", "2026-03-06T11:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("task.breach", "manufacturing", "2026-03-06T12:00", breach_measure="m") == "fields_wrong"
    assert play.missing() == {"breach_person"}
    assert play.do("task.breach", "marketing", "2026-03-06T12:00", breach_measure="m") == "wrong_role"
    play.did("task.breach", "manufacturing", "2026-03-06T12:00", breach_department="unit_b", breach_measure="通報")
    assert play.did("close", "first_handler", "2026-03-06T13:00").state.closed
    assert replied().of("task_given", "task.breach") == []


@for_clause("HF-6.1", "HF-7.2.2a")
@around_the_limit("2026-03-02T12:00", "2026-03-02T12:00:01")
def test_the_top_leader_replies_within_the_hour_and_solves_within_the_day(clause: str, at: str, status: str) -> None:
    play = escalated()
    assert play.do("leader_replies", "head_a", at, leader_said="s") == "wrong_role"
    play.did("leader_replies", "head_b", at, leader_said="今日解決")
    assert (play.due("leader_reply"), play.status("leader_reply")) == ("2026-03-02T12:00:00", status)
    assert (play.due("leader_solution"), play.status("leader_solution")) == ("2026-03-03T00:00:00", "running")
    assert play.cites(clause, "moved", "step.escalate")


@for_clause("HF-6.1", "house-1")
def test_the_general_manager_hears_when_the_leader_does_not_reply(clause: str) -> None:
    play = escalated().until("2026-03-04T00:00")
    assert [line for line in play.told() if line[1] == "leader_reply"] == [
        ("2026-03-02T11:48:00", "leader_reply", "head_b"),
        ("2026-03-02T12:00:01", "leader_reply", "head_b general_manager"),
        ("2026-03-04T00:00:00", "leader_reply", "chairman"),
    ]
    assert clause in ("HF-6.1", *play.pack.file.ladder["top"].clause)


@for_clause("HF-6.1", "house-1")
def test_the_hour_runs_by_night_and_the_chairman_hears_after_the_next_working_day(clause: str) -> None:
    play = escalated(delivered(registered(at="2026-03-06T23:10"), "2026-03-06T23:20"), "2026-03-06T23:40")
    assert play.due("leader_reply") == "2026-03-07T00:40:00"
    told = {clock: at for at, clock, _ in play.until("2026-03-20T00:00").told()}
    assert (told["leader_reply"], told["head_investigation"]) == ("2026-03-10T00:00:00", "2026-03-10T00:00:00")
    assert clause in ("HF-6.1", *play.pack.file.ladder["up"].clause)


@for_clause("HF-6.1")
@pytest.mark.parametrize("direct", [False, True])
def test_with_the_escalation_the_clock_of_the_second_handler_ends(clause: str, direct: bool) -> None:
    play = escalated(delivered(direct=direct), "2026-03-02T09:45")
    assert play.status("direct_reply" if direct else "second_reply") == "met"
    assert play.do("escalate", "worker_a", "2026-03-02T09:50", top_leader="head_b", unsolved="u") == "step_not_open"
    missing = delivered()
    assert missing.do("escalate", "first_handler", "2026-03-02T09:50", unsolved="u") == "fields_wrong"
    assert (missing.missing(), clause in missing.refused_by()) == ({"top_leader"}, True)


@for_clause("HF-7.2.2a")
@around_the_limit("2026-03-02T24:00", "2026-03-03T00:00:01")
def test_the_top_leader_solves_it_on_the_same_day(clause: str, at: str, status: str) -> None:
    play = escalated(at="2026-03-02T16:00")
    assert play.do("leader_solves", "worker_a", at, **RESULT) == "wrong_role"
    play.did("leader_solves", "head_b", at, **RESULT)
    assert (play.due("leader_solution"), play.status("leader_solution")) == ("2026-03-03T00:00:00", status)
    assert (play.state.stage, play.cites(clause, "moved", "step.leader_solves")) == ("result_ready", True)


@for_clause("HF-6.1")
def test_a_solution_is_a_reply_as_well(clause: str) -> None:
    play = escalated().did("leader_solves", "head_b", "2026-03-02T11:30", **RESULT)
    assert (play.status("leader_reply"), play.cites(clause, "clock_met", "clock.leader_reply")) == ("met", True)


@for_clause("HF-6.2a", "HF-6.2b", "HF-6.2c")
@pytest.mark.parametrize("direct", [False, True])
def test_both_must_answer_before_the_customer_hears_anything_about_money(clause: str, direct: bool) -> None:
    play = registered(about_money=True)
    assert {message["to"] for message in play.messages} == {"engineering_manager", "quality_judge"}
    play = delivered(play, direct=direct)
    if not direct:
        reported(play).did("enter_result", "first_handler", "2026-03-02T09:45", result="r")
    step, by, fields = ("reply_direct", "worker_a", DIRECT) if direct else ("reply", "first_handler", {"told": "t"})
    cited = fields | {"rests_on_both": True}
    assert play.do(step, by, "2026-03-02T09:46", **cited) == "gate_closed"
    assert play.do("task.money", "quality_judge", "2026-03-02T09:46") == "fields_wrong"
    assert play.missing() == {"money_solution"}
    play.did("task.money", "quality_judge", "2026-03-02T09:47", solution_time="2026-03-02T16:00")
    assert play.do(step, by, "2026-03-02T09:48", **cited) == "gate_closed"
    assert play.refused("gate_closed", "HF-6.2b")
    play.did("task.money", "engineering_manager", "2026-03-02T09:49", money_solution="折讓300元")
    assert play.do(step, by, "2026-03-02T09:49", **fields) == "fields_wrong"
    assert play.missing() == {"rests_on_both"}
    play.did(step, by, "2026-03-02T09:50", **cited)
    row = play.pack.file
    assert clause in (*row.task["money"].clause, *row.step["reply"].clause, *row.form["direct_reply"].clause)


@for_clause("HF-6.2a", "HF-6.3")
def test_what_shows_later_is_flagged_with_its_reason_and_once(clause: str) -> None:
    play = delivered()
    assert play.of("task_given") == []
    assert play.do("flag", "worker_a", "2026-03-02T09:30", about_money=True) == "fields_wrong"
    fields = {"about_money": True, "other_company": True, "flag_why": "物流公司損壞"}
    play.did("flag", "worker_a", "2026-03-02T09:30", **fields)
    assert {entry.subject for entry in play.of("task_given")} == {"task.money", "task.joint"}
    play.did("task.money", "quality_judge", "2026-03-02T09:47", money_solution="s")
    play.did("task.money", "engineering_manager", "2026-03-02T09:47", money_solution="s")
    play.did("flag", "first_handler", "2026-03-02T09:50", **fields)
    assert len(play.of("task_given")) == 2
    assert play.cites(clause, "filled", "form.flags")


@for_clause("HF-6.3")
@pytest.mark.parametrize("direct", [False, True])
@pytest.mark.parametrize("flag", ["other_company", "major_engineering"])
def test_general_manager_and_chairman_handle_other_companies_and_major_engineering(
    clause: str, flag: str, direct: bool
) -> None:
    fields: dict[str, Any] = {flag: True, "flag_why": "涉及物流公司"}
    play = registered(**fields)
    assert {message["to"] for message in play.messages} == {"general_manager", "chairman"}
    delivered(play, direct=direct)
    if not direct:
        reported(play).did("enter_result", "first_handler", "2026-03-02T09:45", result="r")
    step, by, told = ("reply_direct", "worker_a", DIRECT) if direct else ("reply", "first_handler", {"told": "t"})
    joint = {"participants": ["head_a", "head_b"], "joint_decision": "會同物流公司賠付"}
    for who in ("general_manager", "chairman"):
        assert play.do(step, by, "2026-03-02T09:46", **told) == "gate_closed"
        assert play.refused("gate_closed", clause)
        assert play.do("task.joint", who, "2026-03-02T09:46", joint_decision="d") == "fields_wrong"
        play.did("task.joint", who, "2026-03-02T09:47", **joint)
    play.did(step, by, "2026-03-02T09:48", **told)
    assert play.written("joint_handling")["participants"] == ["head_a", "head_b"]


@for_clause("HF-6.3")
@pytest.mark.parametrize("flag", ["other_company", "major_engineering"])
def test_such_a_flag_has_its_reason(clause: str, flag: str) -> None:
    play = Play("home-furnishing")
    given = REGISTER | {flag: True}
    assert play.open("customer", "first_handler", "2026-03-02T09:00", **given) == "fields_wrong"
    assert (play.missing(), clause in play.pack.file.form["customer_register"].clause) == ({"flag_why"}, True)
