"""Complaints of website users: what happens at each level, W3-5.2.1a to W3-5.2.3."""

from typing import Any

import pytest

from tests.rules.packs.playing import Play, for_clause, shipped
from tests.rules.packs.website_three_level.stories import (
    FIRST,
    PACK,
    apologised,
    consulted,
    explained,
    judged,
    opined,
    reported,
    with_centre,
    with_section,
)

pytestmark = pytest.mark.pure

RESULT = {"result": "补发代金券", "apology": "非常抱歉"}
DECISION = {"decided_what": "批评教育并致歉"}


def told(play: Play) -> list[str]:
    """Whom notices told so far."""
    return sorted(message["to"] for message in play.messages)


@for_clause("W3-5.2.1a")
def test_a_customer_who_accepts_the_explanation_ends_the_case_at_the_first_level(clause: str) -> None:
    play = explained()
    assert play.do("settle", FIRST, "2026-03-02T10:25") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("customer_word", FIRST, "2026-03-02T10:30", content=True).did("settle", FIRST, "2026-03-02T10:31")
    assert (play.state.closed, len(play.of("filled", "form.explanation"))) == (True, 1)
    assert play.cites(clause, "moved", "step.explain")


@for_clause("W3-5.2.1a")
@pytest.mark.parametrize("origin", ["poor_attitude", "system_trouble"])
def test_only_level_1_is_explained(clause: str, origin: str) -> None:
    play = judged(origin)
    assert play.do("explain", FIRST, "2026-03-02T10:20", explained="e", tactful=True) == "gate_closed"
    assert play.refused("gate_closed", clause)


@for_clause("W3-5.2.1b")
@pytest.mark.parametrize("manager", ["section_manager", "deputy_section_manager"])
def test_a_customer_who_is_not_content_comes_before_the_section(clause: str, manager: str) -> None:
    play = explained()
    assert play.do("report_to_section", FIRST, "2026-03-02T10:30") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play = with_section()
    assert told(play) == ["deputy_section_manager", "section_manager"]
    play.did("talk", manager, "2026-03-02T11:00", talked="t")
    assert (play.state.stage, play.cites(clause, "moved", "step.report_to_section")) == ("section", True)


@for_clause("W3-5.2.1b")
def test_a_content_customer_is_not_reported_upward(clause: str) -> None:
    play = explained().did("customer_word", FIRST, "2026-03-02T10:30", content=True)
    assert play.do("report_to_section", FIRST, "2026-03-02T10:31") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("customer_word", FIRST, "2026-03-02T10:32", content=False)


@for_clause("W3-5.2.1c")
def test_no_level_is_left_out(clause: str) -> None:
    assert explained().do("ask_centre", "section_manager", "2026-03-02T10:40") == "step_not_open"
    play = with_section().did("customer_word", "section_manager", "2026-03-02T10:45", content=False)
    assert play.do("ask_centre", "section_manager", "2026-03-02T10:50") == "gate_closed"
    assert play.refused_by() == (clause,)
    play.did("talk", "section_manager", "2026-03-02T11:00", talked="t")
    play.did("ask_centre", "section_manager", "2026-03-02T11:05")


@for_clause("W3-5.2.1d")
def test_the_request_reaches_both_heads_of_the_centre(clause: str) -> None:
    play = with_section().did("talk", "section_manager", "2026-03-02T11:00", talked="t")
    assert play.do("ask_centre", "section_manager", "2026-03-02T11:05") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play = with_centre()
    assert told(play)[:2] == ["centre_manager", "deputy_centre_manager"]
    assert play.cites(clause, "moved", "step.ask_centre")


@for_clause("W3-5.2.1d")
def test_a_customer_whom_the_section_contents_does_not_reach_the_centre(clause: str) -> None:
    play = with_section().did("talk", "section_manager", "2026-03-02T11:00", talked="t")
    play.did("customer_word", "section_manager", "2026-03-02T11:05", content=True)
    assert play.do("ask_centre", "section_manager", "2026-03-02T11:10") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.did("settle", "deputy_section_manager", "2026-03-02T11:15").state.closed


@for_clause("W3-5.2.1e")
@pytest.mark.parametrize("head", ["centre_manager", "deputy_centre_manager"])
def test_an_exception_is_granted_with_the_opinions_of_two_departments(clause: str, head: str) -> None:
    play = consulted()
    play.did("task.opinion", "other_department", "2026-03-02T15:00", each="finance", opinion="同意")
    assert play.do("approval.special_treatment", head, "2026-03-02T15:30", verdict="given") != ""
    play = opined()
    assert play.do("conclude", head, "2026-03-02T15:30") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("approval.special_treatment", head, "2026-03-02T16:00", verdict="given").did(
        "conclude", head, "2026-03-02T16:05"
    )
    assert (len(play.of("filled", "form.opinion")), play.state.stage) == (2, "result")
    assert play.cites(clause, "approval_given", "approval.special_treatment")


@for_clause("W3-5.2.1e")
def test_a_refused_exception_is_a_result_too(clause: str) -> None:
    play = opined().did(
        "approval.special_treatment", "centre_manager", "2026-03-02T16:00", verdict="returned", reason="r"
    )
    assert play.state.stage == "result"
    assert play.cites(clause, "approval_returned", "approval.special_treatment")


@for_clause("W3-5.2.1f")
@pytest.mark.parametrize("field", sorted(RESULT))
def test_customer_maintenance_tells_the_result_and_apologises(clause: str, field: str) -> None:
    play = opined().did(
        "approval.special_treatment", "centre_manager", "2026-03-02T16:00", verdict="returned", reason="r"
    )
    assert play.do("tell_result", FIRST, "2026-03-02T17:00", **RESULT) == "wrong_role"
    rest = {name: value for name, value in RESULT.items() if name != field}
    assert play.do("tell_result", "maintenance", "2026-03-02T17:00", **rest) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({field}, True)
    play.did("tell_result", "maintenance", "2026-03-02T17:00", **RESULT)
    assert play.state.closed
    assert play.cites(clause, "moved", "step.tell_result")


@for_clause("W3-5.2.2a")
def test_at_level_2_nothing_is_open_before_the_apology(clause: str) -> None:
    play = judged("poor_attitude")
    assert play.do("report_to_centre", "maintenance", "2026-03-02T11:00", findings="f") == "step_not_open"
    play.did("apologise", FIRST, "2026-03-02T11:00", apologised="电话致歉")
    assert play.cites(clause, "moved", "step.apologise")


@for_clause("W3-5.2.2a")
def test_grumbling_is_not_apologised_for_at_once(clause: str) -> None:
    play = judged("policy")
    assert play.do("apologise", FIRST, "2026-03-02T11:00", apologised="a") == "gate_closed"
    assert play.refused("gate_closed", clause)


@for_clause("W3-5.2.2b")
def test_customer_maintenance_reports_to_both_heads_of_the_centre(clause: str) -> None:
    play = apologised("weak_skill")
    assert play.do("report_to_centre", FIRST, "2026-03-02T11:00", findings="f") == "wrong_role"
    play.did("report_to_centre", "maintenance", "2026-03-02T11:00", findings="f")
    assert told(play) == ["centre_manager", "deputy_centre_manager"]
    assert play.cites(clause, "moved", "step.report_to_centre")


@for_clause("W3-5.2.2c")
def test_each_person_at_fault_is_warned_or_punished(clause: str) -> None:
    play = reported("agent_error", at_fault=(FIRST, "worker_b"))
    assert play.do("decide", "centre_manager", "2026-03-02T14:00", **DECISION) == "gate_closed"
    assert play.refused("gate_closed", clause)
    sanctioned(play, "warning")
    decided = play.of("consequence_decided", "consequence.sanction")
    assert {party for entry in decided for party in (FIRST, "worker_b") if party in str(entry.data)} == {
        FIRST,
        "worker_b",
    }
    assert play.did("decide", "deputy_centre_manager", "2026-03-02T15:00", **DECISION).state.stage == "result"
    assert play.cites(clause, "consequence_decided", "consequence.sanction")


def sanctioned(play: Play, choice: str) -> Play:
    """The centre's general manager decides every sanction that is open."""
    while play.fact("consequence.sanction.open"):
        play.did("consequence.sanction", "centre_manager", "2026-03-02T14:30", choice=[choice])
    return play


@for_clause("W3-5.2.2c")
@pytest.mark.parametrize(
    ("by", "choice", "code"),
    [
        ("section_manager", "warning", "wrong_role"),
        ("centre_manager", "dismissal", "fields_wrong"),
        ("deputy_centre_manager", "punishment", ""),
    ],
)
def test_a_sanction_is_one_of_two_and_the_centre_s(clause: str, by: str, choice: str, code: str) -> None:
    play = reported("agent_error", at_fault=("worker_b",))
    assert play.do("consequence.sanction", by, "2026-03-02T14:00", choice=[choice]) == code
    assert clause in shipped(PACK).file.consequence["sanction"].clause


@for_clause("W3-5.2.2c")
@pytest.mark.parametrize("origin", ["poor_attitude", "weak_skill", "agent_error"])
def test_nobody_is_sanctioned_only_for_a_reason(clause: str, origin: str) -> None:
    play = reported(origin)
    assert play.do("decide", "centre_manager", "2026-03-02T14:00", **DECISION) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("decide", "centre_manager", "2026-03-02T14:00", **DECISION, no_sanction_why="无个人责任")
    assert play.state.stage == "result"


@for_clause("W3-5.2.2c")
def test_a_sanction_that_is_dropped_needs_its_reason_in_the_decision(clause: str) -> None:
    play = reported("agent_error", at_fault=("worker_b",))
    play.did("consequence.sanction", "centre_manager", "2026-03-02T14:00", drop=True, reason="已自行补救")
    assert play.do("decide", "centre_manager", "2026-03-02T14:30", **DECISION) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("decide", "centre_manager", "2026-03-02T15:00", **DECISION, no_sanction_why="已自行补救")


@for_clause("W3-5.2.3", "house-2")
def test_level_3_is_apologised_for_reported_and_told(clause: str) -> None:
    play = apologised("system_trouble")
    assert play.do("report_to_centre", "maintenance", "2026-03-02T11:00", findings="f") == "fields_wrong"
    assert play.missing() == {"causing_unit"}
    play.did("report_to_centre", "maintenance", "2026-03-02T11:00", findings="f", causing_unit="unit_b")
    assert told(play) == ["centre_manager", "deputy_centre_manager", "head_b"]
    play.did("decide", "centre_manager", "2026-03-02T14:00", **DECISION)
    assert play.did("tell_result", "maintenance", "2026-03-02T15:00", **RESULT).state.closed
    assert play.cites("house-2", "moved", "step.tell_result")
    row = shipped(PACK).file.clause["W3-5.2.3"]
    assert (bool(row.gap), row.filled) == (True, "house-2")
    assert clause in ("W3-5.2.3", row.filled)


@for_clause("W3-5.2.2c")
def test_sanctions_stand_where_level_3_wins_over_level_2(clause: str) -> None:
    fields: dict[str, Any] = {"at_fault": ("worker_b",), "causing_unit": "unit_b"}
    play = reported("system_trouble", "agent_error", **fields)
    assert play.state.classes == {"level": "level_3"}
    assert play.fact("consequence.sanction.open") == 1
    assert play.cites(clause, "consequence_raised", "consequence.sanction") or play.cites(
        clause, "consequence_proposed", "consequence.sanction"
    )
    assert reported("system_trouble", **fields).fact("consequence.sanction.open") == 0
