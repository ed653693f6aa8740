"""Putting it right by a date, who is punished, and how; SC-6.2f, SC-6.3 to SC-6.3b."""

from typing import Any

import pytest

from tests.rules.packs.playing import around_the_limit, for_clause
from tests.rules.packs.seed_complaint_management.stories import (
    DAY,
    HANDLER,
    improving,
    investigated,
    proposed,
    suspected,
    verified,
)

pytestmark = pytest.mark.pure


@for_clause("house-1")
def test_who_is_told_of_work_that_is_late(clause: str) -> None:
    play = investigated().did("note_work", "office", f"{DAY}12:00", work_what="门店培训", work_due="2026-03-05")
    play.until("2026-03-06T24:00")
    assert [line for line in play.told() if line[1] == "work"] == [
        ("2026-03-05T07:12:00", "work", "head_of_office"),
        ("2026-03-06T00:00:01", "work", "office leader"),
        ("2026-03-07T00:00:00", "work", "leadership"),
    ]
    assert (play.state.raised, play.cites(clause, "escalated", "clock.work")) == (("leader", "leadership"), True)


@for_clause("SC-6.3a", "SC-6.2f")
@around_the_limit("2026-03-20T24:00", "2026-03-21T00:00:01")
def test_what_is_not_put_right_by_the_leaders_date_is_a_suspicion(clause: str, at: str, status: str) -> None:
    play = improving()
    assert play.due("rectification") == "2026-03-21T00:00:00"
    play.until(at).did("task.improve", "head_b", at, improvement="已改")
    assert (play.status("rectification"), len(play.of("linked", "link.overdue"))) == (status, int(status == "missed"))
    assert play.of("clock_started", "clock.rectification")[0].clause == ("SC-6.3a",)
    if status == "missed":
        case = play.linked("overdue", at)
        assert case.written("accusation") == {"rectify_by": "2026-03-20", "responsible_unit": "unit_b"}
        assert case.state.proposed == {"circumstance": "overdue"}
        assert play.cites(clause, "linked", "link.overdue")


@for_clause("SC-6.2f")
@pytest.mark.parametrize(("verdict", "cases"), [("", 1), ("returned", 1), ("given", 0)])
def test_a_reason_that_the_leader_approves_is_no_suspicion(clause: str, verdict: str, cases: int) -> None:
    play = improving()
    assert play.do("give_reason", HANDLER, "2026-03-18T09:00", delay_reason="连续降雨") == "wrong_role"
    assert play.do("give_reason", "head_b", "2026-03-18T09:00") == "fields_wrong"
    play.did("give_reason", "head_b", "2026-03-18T09:00", delay_reason="连续降雨")
    assert play.do("approval.delay", "leadership", "2026-03-18T10:00", verdict="given") == "wrong_role"
    if verdict:
        play.did("approval.delay", "leader", "2026-03-18T10:00", verdict=verdict, reason="理由")
    assert play.state.stage == "improving"
    play.until("2026-03-31T24:00")
    assert len(play.of("linked", "link.overdue")) == cases
    assert play.cites(clause, "approval_asked", "approval.delay")
    assert len(improving().until("2026-03-31T24:00").of("linked", "link.overdue")) == 1


@for_clause("SC-6.3a", "house-1")
def test_who_is_told_of_a_date_that_passes(clause: str) -> None:
    play = improving().until("2026-03-31T24:00")
    assert [line for line in play.told() if line[1] == "rectification"] == [
        ("2026-03-19T06:48:00", "rectification", "boss"),
        ("2026-03-21T00:00:01", "rectification", "head_b leader"),
        ("2026-03-24T00:00:00", "rectification", "leadership"),
    ]
    assert play.cites("house-1", "escalated", "clock.rectification")
    assert play.cites(clause, "clock_started" if clause == "SC-6.3a" else "escalated")


@for_clause("SC-6.3")
@pytest.mark.parametrize("field", ["responsible", "responsible_unit"])
def test_nobody_is_punished_before_it_is_established_who_is_responsible(clause: str, field: str) -> None:
    empty: Any = [] if field == "responsible" else None
    case = verified(**{field: empty})
    assert case.do("propose", "office", f"{DAY}14:30") == "gate_closed"
    assert case.refused("gate_closed", clause)
    assert case.do("consequence.sanction", "leadership", f"{DAY}15:00", choice=["verbal_criticism"]) == "step_not_open"
    found = {"responsible": ["worker_b"]} if field == "responsible" else {"responsible_unit": "unit_b"}
    case.did("verify", "office", f"{DAY}15:00", **found)
    case.did("propose", "office", f"{DAY}15:10")


SANCTIONS = ["verbal_criticism", "admonishing_talk", "circular_criticism", "performance_deduction"]


@for_clause("SC-6.3b")
@pytest.mark.parametrize("choice", [*([each] for each in SANCTIONS), SANCTIONS])
def test_one_or_several_of_four_sanctions_for_the_person_and_the_head(clause: str, choice: list[str]) -> None:
    case = proposed()
    assert case.do("consequence.sanction", "leader", f"{DAY}15:00", choice=choice) == "wrong_role"
    case.did("consequence.sanction", "leadership", f"{DAY}15:00", choice=choice)
    decided = case.of("consequence_decided", "consequence.sanction")[0].data
    assert [line[1] for line in decided["lines"]] == ["worker_b", "head_b"]
    assert (decided["choice"], case.cites(clause, "consequence_decided")) == (choice, True)


@for_clause("SC-6.3b")
@pytest.mark.parametrize("choice", [[], ["dismissal"]])
def test_there_is_no_fifth_sanction_and_none_is_no_decision(clause: str, choice: list[str]) -> None:
    case = proposed()
    assert case.do("consequence.sanction", "leadership", f"{DAY}15:00", choice=choice) != ""
    assert clause in case.refused_by()


@for_clause("SC-6.3b")
def test_it_takes_the_instruction_of_a_member_of_the_leadership(clause: str) -> None:
    case = proposed().did("consequence.sanction", "leadership", f"{DAY}15:00", choice=["admonishing_talk"])
    assert case.do("punish", "leadership", f"{DAY}15:10") == "gate_closed"
    assert case.refused("gate_closed", clause)
    ruling = {"sanction_instruction": "同意", "deducts": False}
    assert case.do("instruct", "office", f"{DAY}15:20", **ruling) == "wrong_role"
    for field in ruling:
        some = {name: value for name, value in ruling.items() if name != field}
        assert case.do("instruct", "leadership", f"{DAY}15:20", **some) == "fields_wrong"
        assert case.missing() == {field}
    case.did("instruct", "leadership", f"{DAY}15:20", **ruling)
    assert case.do("instruct", "leadership", f"{DAY}15:21", **ruling) == "step_not_open"
    assert case.do("punish", "office", f"{DAY}15:30") == "wrong_role"
    case.did("punish", "leadership", f"{DAY}15:30")
    assert (case.state.stage, case.fact("consequence.deduction.times")) == ("punished", 0)


@for_clause("SC-6.3b")
def test_without_a_sanction_nobody_is_punished_and_a_deduction_has_an_amount(clause: str) -> None:
    case = proposed().did("instruct", "leadership", f"{DAY}15:20", sanction_instruction="扣绩效", deducts=True)
    assert case.do("punish", "leadership", f"{DAY}15:30") == "gate_closed"
    case.did("consequence.sanction", "leadership", f"{DAY}15:40", choice=["performance_deduction"])
    assert case.do("punish", "leadership", f"{DAY}15:45") == "gate_closed"
    assert clause in case.refused_by()
    assert case.do("consequence.deduction", "office", f"{DAY}15:50", amount="200") == "wrong_role"
    case.did("consequence.deduction", "leadership", f"{DAY}15:50", amount="200")
    lines = case.of("consequence_decided", "consequence.deduction")[0].data["lines"]
    assert [(line[1], line[2]) for line in lines] == [("worker_b", "200.00"), ("head_b", "200.00")]
    case.did("punish", "leadership", f"{DAY}16:00")


@for_clause("house-7")
@pytest.mark.parametrize("by", ["office", "leadership"])
def test_a_suspicion_that_does_not_prove_true_is_dropped_with_a_reason(clause: str, by: str) -> None:
    for case in (suspected("duty"), proposed()):
        assert case.do("drop", by, f"{DAY}15:00") == "fields_wrong"
        assert clause in case.refused_by()
        assert case.do("drop", "leader", f"{DAY}15:00", dropped_why="w") == "wrong_role"
        case.did("drop", by, f"{DAY}15:00", dropped_why="查无实据")
        assert case.state.stage == "dropped"
