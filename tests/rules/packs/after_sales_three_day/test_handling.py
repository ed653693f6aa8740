"""Complaints about repairs, from the leader's instruction to the end: AS-6, AS-7."""

from decimal import Decimal

import pytest

from tests.rules.packs.after_sales_three_day.stories import (
    CHARGE,
    PLAN,
    carried_out,
    decided,
    found,
    instructed,
    planned,
    returned,
    revisited,
)
from tests.rules.packs.overview import made
from tests.rules.packs.playing import Play, for_clause

pytestmark = pytest.mark.pure


@for_clause("AS-6.1", "AS-6.2")
def test_the_leader_in_charge_looks_at_each_plan(clause: str) -> None:
    play = planned()
    assert play.state.stage == "instruction"
    assert len(play.of("approval_asked", "approval.instruction")) == 1
    given = {"verdict": "given", "instruction": "同意"}
    assert play.do("approval.instruction", "general_manager", "2026-03-03T16:00", **given) != ""
    assert play.do("approval.instruction", "leader", "2026-03-03T16:00", verdict="given") == "fields_wrong"
    play.did("approval.instruction", "leader", "2026-03-03T16:00", **given)
    assert play.cites(clause, "approval_given", "approval.instruction")


@for_clause("AS-6.1")
def test_who_wrote_the_plan_does_not_approve_it(clause: str) -> None:
    play = found("worker_b").until("2026-03-06T09:00")
    play.did("plan", "leader", "2026-03-06T09:30", **PLAN)
    given = {"verdict": "given", "instruction": "同意"}
    assert play.do("approval.instruction", "leader", "2026-03-06T10:00", **given) != ""
    play.did("approval.instruction", "general_manager", "2026-03-06T10:00", **given)
    assert play.cites(clause, "approval_given", "approval.instruction")


@for_clause("AS-6.2")
def test_a_plan_that_is_returned_comes_again_and_is_looked_at_again(clause: str) -> None:
    play = planned()
    fields = {"verdict": "returned", "reason": "r", "instruction": "补充费用"}
    play.did("approval.instruction", "leader", "2026-03-03T16:00", **fields)
    assert (play.state.stage, play.status("instruction")) == ("planning", "met")
    play.did("plan", CHARGE, "2026-03-03T17:00", **PLAN)
    assert (play.status("instruction"), play.due("instruction")) == ("running", "")
    assert play.do("carry_out", CHARGE, "2026-03-03T18:00") == "gate_closed"
    play.did("approval.instruction", "leader", "2026-03-03T18:00", verdict="given", instruction="同意")
    assert play.status("instruction") == "met"
    assert play.cites(clause, "clock_met", "clock.instruction")


@for_clause("AS-6.3")
@pytest.mark.parametrize(
    ("loss", "recovered", "left"), [("2000", "500", "1500"), ("500", "500", "0"), ("500", "600", "0")]
)
def test_what_is_left_of_a_loss_is_kept(clause: str, loss: str, recovered: str, left: str) -> None:
    play = carried_out("worker_b", loss_arisen=True)
    assert play.do("return_form", CHARGE, "2026-03-04T10:00", result="r") == "gate_closed"
    assert play.refused_by() == (clause,)
    play.did("record_loss", CHARGE, "2026-03-04T10:00", loss=loss, recovered=recovered, measures="旧件折价")
    assert play.fact("consequence.loss") == Decimal(left)
    assert play.do("record_loss", CHARGE, "2026-03-04T10:05", loss="1", recovered="0", measures="m") != ""
    assert play.did("return_form", CHARGE, "2026-03-04T11:00", result="r").state.stage == "returned"
    assert play.cites(clause, "consequence_decided", "consequence.loss")
    line = made(play, "losses", "2026-03", "2026-03-31T12:00").register[0]
    assert [str(cell) for cell in line.cells[1:]] == [f"{loss}.00", f"{recovered}.00", "旧件折价"]


@for_clause("AS-6.3")
@pytest.mark.parametrize("field", ["loss", "recovered", "measures"])
def test_a_loss_is_written_down_with_what_was_done(clause: str, field: str) -> None:
    play = carried_out("worker_b", loss_arisen=True)
    fields = {"loss": "2000", "recovered": "500", "measures": "旧件折价"}
    del fields[field]
    assert play.do("record_loss", CHARGE, "2026-03-04T10:00", **fields) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({field}, True)


@for_clause("AS-7.1")
def test_nothing_is_carried_out_without_an_instruction(clause: str) -> None:
    play = planned()
    assert play.do("carry_out", CHARGE, "2026-03-04T09:00") == "gate_closed"
    assert play.refused_by() == (clause,)
    assert instructed().did("carry_out", CHARGE, "2026-03-04T09:00").state.stage == "executing"


@for_clause("AS-7.2")
def test_no_case_ends_without_a_penalty_or_a_reason(clause: str) -> None:
    play = decided(revisited(), "penalty_head")
    assert play.do("close", "service", "2026-03-05T11:00") == "gate_closed"
    assert play.refused_by() == (clause,)
    assert play.did("close", "service", "2026-03-05T11:00", no_penalty_why="配件自然老化").state.closed


@for_clause("AS-7.2", "AS-7.4", "house-5")
def test_each_person_responsible_is_penalised(clause: str) -> None:
    play = decided(revisited("worker_b", "other_b"), "penalty_head")
    assert play.do("close", "service", "2026-03-05T11:00", no_penalty_why="n") == "gate_closed"
    assert play.refused("gate_closed", "AS-7.2")
    assert play.do("consequence.penalty_person", "service", "2026-03-05T10:00", choice=["criticism"]) == "wrong_role"
    decided(play, "penalty_person", choice="deduction")
    lines = play.of("consequence_decided", "consequence.penalty_person")[0].data["lines"]
    assert [line[1] for line in lines] == ["worker_b", "other_b"]
    assert play.did("close", "service", "2026-03-05T11:00").state.closed
    assert play.cites(clause, "consequence_decided", "consequence.penalty_person")


@for_clause("AS-7.2")
def test_a_penalty_that_is_waived_leaves_its_reason(clause: str) -> None:
    play = decided(revisited("worker_b"), "penalty_head")
    play.did("consequence.penalty_person", "leader", "2026-03-05T10:00", drop=True, reason="初犯")
    assert play.do("close", "service", "2026-03-05T11:00") == "gate_closed"
    assert play.refused_by() == (clause,)
    assert play.did("close", "service", "2026-03-05T11:00", no_penalty_why="初犯").state.closed


@for_clause("AS-7.4", "house-5")
@pytest.mark.parametrize("choice", ["criticism", "warning", "deduction", "dismissal"])
def test_the_head_of_the_department_is_penalised_too(clause: str, choice: str) -> None:
    play = decided(revisited("worker_b"), "penalty_person")
    assert play.do("close", "service", "2026-03-05T11:00") == "gate_closed"
    assert play.refused_by() == ("AS-7.4",)
    code = play.do("consequence.penalty_head", "leader", "2026-03-05T10:30", choice=[choice])
    assert code == ("fields_wrong" if choice == "dismissal" else "")
    decided(play, "penalty_head")
    assert "head_a" in str(play.of("consequence_decided", "consequence.penalty_head")[0].data)
    assert play.did("close", "service", "2026-03-05T11:00").state.closed
    assert play.cites(clause, "consequence_decided", "consequence.penalty_head")


@for_clause("AS-7.4")
def test_the_leader_may_waive_the_penalty_of_the_head(clause: str) -> None:
    play = decided(revisited("worker_b"), "penalty_person")
    assert play.do("consequence.penalty_head", "leader", "2026-03-05T10:30", drop=True) != ""
    play.did("consequence.penalty_head", "leader", "2026-03-05T10:30", drop=True, reason="已尽管理责任")
    assert play.did("close", "service", "2026-03-05T11:00").state.closed
    assert play.cites(clause, "consequence_dropped", "consequence.penalty_head")


@for_clause("AS-7.5", "house-5")
def test_whoever_delayed_answers_for_it(clause: str) -> None:
    play = carried_out("worker_b").until("2026-03-06T00:00:01")
    assert play.status("closing") == "missed"
    assert play.fact("consequence.delay.open") == 1
    play.did("return_form", CHARGE, "2026-03-06T09:00", result="r")
    fields = {"customer_word": "已修好", "satisfied": True, "verified": True}
    play.did("task.phone_revisit", "service", "2026-03-06T10:00", **fields)
    decided(decided(play, "penalty_person", "2026-03-06T11:00"), "penalty_head", "2026-03-06T11:00")
    assert play.do("close", "service", "2026-03-06T12:00") == "gate_closed"
    assert play.refused_by() == ("AS-7.5",)
    decided(play, "delay", "2026-03-06T13:00", "warning")
    assert CHARGE in str(play.of("consequence_decided", "consequence.delay")[0].data)
    assert play.did("close", "service", "2026-03-06T14:00").state.closed
    assert play.cites(clause, "consequence_decided", "consequence.delay")


@for_clause("AS-7.5")
def test_a_delay_may_be_excused_with_a_reason(clause: str) -> None:
    play = carried_out("worker_b").until("2026-03-06T00:00:01")
    assert play.do("consequence.delay", "leader", "2026-03-06T09:00", drop=True) != ""
    play.did("consequence.delay", "leader", "2026-03-06T09:00", drop=True, reason="停电两日")
    assert play.cites(clause, "consequence_dropped", "consequence.delay")


@for_clause("AS-7.5")
def test_who_is_on_time_answers_for_no_delay(clause: str) -> None:
    play = decided(decided(revisited("worker_b"), "penalty_person"), "penalty_head").until("2026-03-31T12:00")
    assert play.fact("consequence.delay.open") == 0
    assert play.did("close", "service", "2026-03-31T13:00").state.closed
    assert len(made(play, "penalties", "2026-03", "2026-03-31T23:00").register) == 2
    assert clause not in {each for entry in play.entries for each in entry.clause}


@for_clause("AS-7.3")
def test_without_the_form_the_case_goes_no_further(clause: str) -> None:
    play = carried_out("worker_b")
    assert play.do("close", "service", "2026-03-04T10:00") == "step_not_open"
    assert play.do("return_form", "service", "2026-03-04T10:00", result="r") == "wrong_role"
    assert play.do("return_form", CHARGE, "2026-03-04T10:00") == "fields_wrong"
    play.did("return_form", CHARGE, "2026-03-04T10:00", result="r")
    assert (play.state.stage, play.status("closing")) == ("returned", "met")
    assert play.cites(clause, "moved", "step.return_form")


@for_clause("AS-7.6")
def test_customer_service_revisits_by_telephone(clause: str) -> None:
    play = decided(decided(returned("worker_b"), "penalty_person"), "penalty_head")
    assert len(play.of("task_given", "task.phone_revisit")) == 1
    for step in ("close", "send_back"):
        assert play.do(step, "service", "2026-03-05T11:00") == "gate_closed"
        assert play.refused("gate_closed", "AS-7.7")
    fields = {"customer_word": "已修好", "satisfied": True, "verified": True}
    assert play.do("task.phone_revisit", CHARGE, "2026-03-05T12:00", **fields) != ""
    play.did("task.phone_revisit", "service", "2026-03-05T12:00", **fields)
    assert play.did("close", "service", "2026-03-05T13:00").state.closed
    assert play.cites(clause, "task_done", "task.phone_revisit")


@for_clause("AS-7.7")
def test_what_was_not_done_goes_back_and_the_days_begin_anew(clause: str) -> None:
    play = decided(decided(revisited("worker_b", verified=False), "penalty_person"), "penalty_head")
    assert play.do("close", "service", "2026-03-05T11:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("send_back", "service", "2026-03-05T11:00")
    assert play.state.stage == "routed"
    play.did("receive_slip", "after_sales", "2026-03-09T09:00")
    assert (play.due("closing"), play.status("closing")) == ("2026-03-13T00:00:00", "running")
    again(play)
    assert play.did("close", "service", "2026-03-11T12:00").state.closed
    assert play.cites(clause, "moved", "step.send_back")


@for_clause("AS-7.2", "AS-7.4")
def test_nobody_is_penalised_twice_in_one_case(clause: str) -> None:
    play = decided(decided(revisited("worker_b", verified=False), "penalty_person"), "penalty_head")
    play.did("send_back", "service", "2026-03-05T11:00").did("receive_slip", CHARGE, "2026-03-09T09:00")
    again(play, "worker_b", "other_b")
    assert play.fact("consequence.penalty_person.open") == 1
    assert play.fact("consequence.penalty_head.open") == 0
    decided(play, "penalty_person", "2026-03-11T11:00")
    lines = [
        line for entry in play.of("consequence_decided", "consequence.penalty_person") for line in entry.data["lines"]
    ]
    assert [line[1] for line in lines] == ["worker_b", "other_b"]
    other = returned("worker_b")
    assert (other.fact("consequence.penalty_person.open"), other.fact("consequence.penalty_head.open")) == (1, 1)
    assert play.cites(clause, "consequence_decided")


@for_clause("AS-7.2", "AS-7.4")
def test_in_another_case_the_same_people_are_penalised_again(clause: str) -> None:
    play = decided(decided(returned("worker_b"), "penalty_person"), "penalty_head")
    other = carried_out("worker_b", beside=play)
    assert (other.fact("consequence.penalty_person.open"), other.fact("consequence.penalty_head.open")) == (1, 1)
    assert other.cites(clause, "consequence_proposed")


def again(play: Play, *at_fault: str) -> None:
    """The second round, in which everything is done anew."""
    play.did("find_cause", CHARGE, "2026-03-09T10:00", cause="刹车盘变形", at_fault=list(at_fault) or ["worker_b"])
    play.did("plan", CHARGE, "2026-03-09T11:00", **PLAN)
    assert play.do("carry_out", CHARGE, "2026-03-09T12:00") == "gate_closed"
    play.did("approval.instruction", "leader", "2026-03-09T13:00", verdict="given", instruction="同意")
    play.did("carry_out", CHARGE, "2026-03-10T09:00").did("return_form", CHARGE, "2026-03-10T10:00", result="r")
    assert play.do("close", "service", "2026-03-10T11:00") == "gate_closed"
    fields = {"customer_word": "已修好", "satisfied": True, "verified": True}
    play.did("task.phone_revisit", "service", "2026-03-11T09:00", **fields)
    assert play.do("send_back", "service", "2026-03-11T10:00") == "gate_closed"
