"""Penalties of the employee track, and the time of its replies, HF-4.1.2c, HF-7.1.1b to HF-7.1.1e, HF-7.2.8."""

import pytest

from tests.rules.packs.home_furnishing.stories import (
    PACK,
    PENALTY,
    UPWARD,
    again_employee,
    appealed,
    determined,
    informed,
    noted,
    punished,
    reported_up,
    talked,
    with_rules,
)
from tests.rules.packs.playing import Play, around_the_limit, for_clause, shipped

pytestmark = pytest.mark.pure


@for_clause("HF-4.1.2c")
@pytest.mark.parametrize(
    ("amount", "by"), [("199.99", "hr_manager"), ("200", "hr_manager"), ("200.01", "general_manager")]
)
def test_what_is_beyond_his_authority_goes_up(clause: str, amount: str, by: str) -> None:
    play = punished(amount, "200")
    assert play.state.approvals["rule_penalty"].asked == (by,)
    assert play.do("execute", "hr_manager", "2026-03-04T13:00", executed="e") == "gate_closed"
    assert play.refused("gate_closed", clause)
    if by != "hr_manager":
        assert play.do("approval.rule_penalty", "hr_manager", "2026-03-04T13:00", verdict="given") == "beyond_authority"
    play.did("approval.rule_penalty", by, "2026-03-04T14:00", verdict="given")
    assert str(play.fact("consequence.rule_penalty")) in (amount, f"{amount}.00")
    play.did("execute", "hr_manager", "2026-03-04T15:00", executed="e")
    assert play.cites(clause, "consequence_decided", "consequence.rule_penalty")


@for_clause("house-2")
@pytest.mark.parametrize("amount", ["0.01", "10"])
def test_until_the_authority_is_entered_everything_goes_to_the_general_manager(clause: str, amount: str) -> None:
    play = punished(amount)
    assert play.state.approvals["rule_penalty"].asked == ("general_manager",)
    assert clause in play.pack.file.table["penalty_authority"].clause


@for_clause("HF-4.1.2c", "HF-7.2.8")
def test_an_item_that_the_rules_do_not_have_blocks(clause: str) -> None:
    play = talked(informed(determined(reported_up(noted(with_rules())), **PENALTY)))
    assert play.do("consequence.rule_penalty", "hr", "2026-03-04T12:00") == "value_missing"
    assert play.do("close_employee", "employee_handler", "2026-03-05T09:00", tracked=True) == "gate_closed"
    assert clause in play.pack.file.consequence["rule_penalty"].clause


@for_clause("HF-4.1.2c")
def test_a_penalty_is_carried_out_before_the_case_is_closed(clause: str) -> None:
    play = talked(punished("100", "200")).did(
        "approval.rule_penalty", "hr_manager", "2026-03-04T14:00", verdict="given"
    )
    assert play.do("close_employee", "employee_handler", "2026-03-05T09:00", tracked=True) == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("execute", "hr", "2026-03-05T10:00", executed="e") == "wrong_role"
    play.did("execute", "hr_manager", "2026-03-05T10:00", executed="e")
    assert play.did("close_employee", "employee_handler", "2026-03-05T11:00", tracked=True).state.closed


@for_clause("HF-4.1.2c")
def test_without_anybody_to_be_penalised_nothing_is_proposed(clause: str) -> None:
    assert "rule_penalty" not in informed().state.consequences
    play = reported_up()
    given = {"determination": "d", "basis": "b", "punished": ["other_a"]}
    assert play.do("determine", "hr_manager", "2026-03-03T10:00", **given) == "fields_wrong"
    assert play.missing() == {"offence"}
    assert clause in play.pack.file.consequence["rule_penalty"].clause


@for_clause("HF-7.1.1b")
@around_the_limit("2026-03-05T24:00", "2026-03-06T00:00:01")
def test_the_employee_has_his_reply_within_three_days(clause: str, at: str, status: str) -> None:
    play = informed(at=at)
    assert (play.due("employee_reply"), play.status("employee_reply")) == ("2026-03-06T00:00:00", status)
    assert play.cites(clause, "clock_started", "clock.employee_reply")


@for_clause("HF-7.1.1b")
def test_an_explanation_is_a_reply_and_holidays_are_days(clause: str) -> None:
    play = noted(at="2026-04-30T10:00", obvious=True)
    assert play.due("employee_reply") == "2026-05-04T00:00:00"
    play.did("explain", "employee_handler", "2026-05-03T10:00", explained="e")
    assert (play.status("employee_reply"), play.cites(clause, "clock_met", "clock.employee_reply")) == ("met", True)


@for_clause("HF-7.1.1b", "house-1")
def test_general_manager_and_chairman_hear_of_a_reply_that_does_not_come(clause: str) -> None:
    play = determined().until("2026-03-10T00:00")
    told = [line for line in play.told() if line[1] == "employee_reply"]
    assert told == [
        ("2026-03-05T06:48:00", "employee_reply", "hr_manager"),
        ("2026-03-06T00:00:01", "employee_reply", "hr_manager general_manager"),
        ("2026-03-07T00:00:00", "employee_reply", "chairman"),
    ]
    assert {"general_manager", "chairman"} <= set(play.state.raised)
    assert clause in ("HF-7.1.1b", *play.pack.file.ladder["top"].clause)


def first(reported: str, told: str) -> Play:
    """A first complaint, reported upward and replied at these instants."""
    return informed(determined_late(reported_up(at=reported)), at=told)


def determined_late(play: Play) -> Play:
    """… determined right after the report."""
    return play.did("determine", "hr_manager", "2026-03-03T11:00", determination="d", basis="b")


@for_clause("HF-7.1.1c")
@pytest.mark.parametrize("cause", ["late", "over_the_head"])
@pytest.mark.parametrize(
    ("reported", "told", "handler", "manager"),
    [
        ("2026-03-02T24:00", "2026-03-05T24:00", "", ""),
        ("2026-03-03T00:00:01", "2026-03-05T24:00", "50.00", ""),
        ("2026-03-02T24:00", "2026-03-06T00:00:01", "", "50.00"),
        ("2026-03-03T00:00:01", "2026-03-06T00:00:01", "50.00", "50.00"),
    ],
    ids=["in_time", "report_late", "reply_late", "both_late"],
)
def test_who_held_the_expired_clock_pays_fifty_yuan_each_time(
    clause: str, cause: str, reported: str, told: str, handler: str, manager: str
) -> None:
    play = with_rules(again_employee(first(reported, told), repeat_cause=cause))
    lines = {name: items[0].lines for name, items in play.state.consequences.items() if name.startswith("delay_")}
    wanted = {
        "delay_fine_handler": (("person", "employee_handler", handler),),
        "delay_fine_manager": (("person", "hr_manager", manager),),
    }
    assert lines == {name: line for name, line in wanted.items() if line[0][2]}
    for name in lines:
        assert play.do(f"approval.{name}", "hr_manager", "2026-03-09T10:00", verdict="given") != ""
        play.did(f"approval.{name}", "general_manager", "2026-03-09T10:00", verdict="given")
        assert (play.fact(f"consequence.{name}"), play.cites(clause, "consequence_decided", f"consequence.{name}")) == (
            50,
            True,
        )


@for_clause("HF-7.1.1c")
@pytest.mark.parametrize("cause", ["other_cause", "complex"])
def test_lateness_that_did_not_lead_to_the_repeat_costs_nothing(clause: str, cause: str) -> None:
    late = first("2026-03-03T00:00:01", "2026-03-06T00:00:01")
    play = again_employee(late, repeat_cause=cause, concerned=["other_a"])
    assert (play.state.consequences, play.cites(clause, "linked", "link.again")) == ({}, True)
    reported_up(play, "2026-03-09T12:00")
    fields = {"first_case": late.state.case_id, "repeat_cause": "late", "serious": False}
    assert play.do("link_again", "hr", "2026-03-09T13:00", **fields) == "step_not_open"


@for_clause("HF-7.1.1c")
def test_two_repeats_are_two_fines_and_another_employee_is_no_repeat(clause: str) -> None:
    late = first("2026-03-03T00:00:01", "2026-03-05T24:00")
    assert all("delay_fine_handler" in again_employee(late).state.consequences for _ in range(2))
    other = noted(late.beside(), "2026-03-09T09:00", complainant="worker_a")
    fields = {"first_case": late.state.case_id, "repeat_cause": "late", "serious": False}
    assert other.do("link_again", "employee_handler", "2026-03-09T09:00", **fields) == "link_refused"
    assert clause in other.refused_by()


@for_clause("HF-7.1.1d")
@around_the_limit("2026-03-03T24:00", "2026-03-04T00:00:01")
def test_a_major_complaint_is_reported_to_the_top_within_a_day(clause: str, at: str, status: str) -> None:
    play = reported_up()
    assert play.do("report_to_top", "hr_manager", "2026-03-02T17:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("flag_major", "hr_manager", "2026-03-02T17:00") == "fields_wrong"
    assert play.do("flag_major", "hr", "2026-03-02T17:00", major_why="w") == "wrong_role"
    play.did("flag_major", "hr_manager", "2026-03-02T17:00", major_why="涉及多人").did("report_to_top", "hr", at)
    assert (play.due("major_report"), play.status("major_report")) == ("2026-03-04T00:00:00", status)
    assert play.cites(clause, "clock_started", "clock.major_report")


@for_clause("HF-7.1.1d")
def test_a_complaint_is_flagged_as_major_once(clause: str) -> None:
    play = reported_up().did("flag_major", "hr_manager", "2026-03-02T17:00", major_why="涉及多人")
    play.did("escalate_matter", "hr_manager", "2026-03-02T18:00", top_leader="head_b", unsolved="u")
    play.did("leader_answers", "head_b", "2026-03-02T19:00", leader_said="s")
    assert play.do("flag_major", "hr_manager", "2026-03-02T20:00", major_why="w") == "step_not_open"
    assert clause in play.refused_by()


@for_clause("HF-7.1.1e")
@pytest.mark.parametrize("by", ["general_manager", "chairman"])
def test_the_determination_of_the_top_is_final(clause: str, by: str) -> None:
    play = reported_up().did("flag_major", "hr_manager", "2026-03-02T17:00", major_why="涉及多人")
    play.did("report_to_top", "hr_manager", "2026-03-02T18:00")
    given = {"determination": "d", "basis": "b"}
    assert play.do("final_determination", "hr_manager", "2026-03-03T10:00", **given) == "wrong_role"
    play = informed(play.did("final_determination", by, "2026-03-03T10:00", **given))
    review = appealed(play)
    assert (
        review.do("decide_review", "chairman", "2026-03-06T09:00", outcome="upheld", review_reasons="r")
        == "gate_closed"
    )
    assert review.refused("gate_closed", clause)
    assert review.did("refuse_review", "chairman", "2026-03-06T09:00").state.stage == "inadmissible"
    assert play.cites(clause, "moved", "step.final_determination")


@for_clause("HF-7.1.1e", "HF-5.1.2c")
def test_the_top_determines_on_evidence_too(clause: str) -> None:
    play = noted().did("report_up", "employee_handler", "2026-03-02T16:00", **UPWARD)
    play.did("flag_major", "hr_manager", "2026-03-02T17:00", major_why="w").did(
        "report_to_top", "hr", "2026-03-02T18:00"
    )
    assert play.do("final_determination", "chairman", "2026-03-03T10:00", determination="d", basis="b") == "gate_closed"
    assert clause in (*play.refused_by(), *shipped(PACK).file.step["final_determination"].clause)
