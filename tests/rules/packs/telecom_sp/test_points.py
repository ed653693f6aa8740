"""Points for breaches of an SP: MN-9, MN-12d, MN-12e, MN-13c, MN-13d, MN-17, MN-23, house-1 and house-3."""

from typing import Any

import pytest

from tests.rules.packs.playing import Play, for_clause
from tests.rules.packs.telecom_sp.stories import (
    CHARACTER,
    DESK,
    SP,
    admitted,
    answered,
    characterised,
    classified,
    contested,
    penalised,
    points,
    published,
    received,
)

pytestmark = pytest.mark.pure


@for_clause("MN-9", "house-1", "MN-12e")
@pytest.mark.parametrize(("level", "cost"), [("grave", "6"), ("serious", "4"), ("general", "2")])
def test_a_breach_costs_the_points_of_its_level(clause: str, level: str, cost: str) -> None:
    play = penalised(admitted(), level=level)
    assert points(play) == cost
    line = play.of("consequence_decided", "consequence.breach_points")[0]
    assert (line.data["lines"], line.data["unit"]) == ([["unit", "unit_a", cost]], "credit_points")
    assert (set(line.clause), play.cites("MN-9", "moved", "step.penalise")) == ({"MN-9", "MN-12e"}, True)
    assert clause in ("MN-12e", *play.pack.file.table["breach_points"].clause)


@for_clause("MN-9")
def test_a_level_without_a_row_is_no_level_until_the_installation_keeps_one(clause: str) -> None:
    play = admitted()
    assert play.do("characterise", DESK, "2026-03-11T10:00", **(CHARACTER | {"level": "special"})) == "fields_wrong"
    kept = [{"key": "special", "at_least": None, "under": None, "gives": {"points": "12"}}]
    play.answers |= {"table:breach_points:special": kept, "table:breach_points": kept}
    assert points(penalised(play, level="special")) == "12"
    empty = characterised(admitted())
    empty.answers["table:breach_points:grave"] = [
        {"key": "grave", "at_least": None, "under": None, "gives": {"points": "x"}}
    ]
    assert empty.do("penalise", DESK, "2026-03-11T11:00") == "value_missing"
    assert empty.refused("value_missing", clause)


@for_clause("MN-12e")
@pytest.mark.parametrize(("coefficient", "cost"), [("1", "6"), ("1.2", "7.2"), ("0.5", "3")])
def test_the_actual_coefficient_stands_where_no_higher_one_does(clause: str, coefficient: str, cost: str) -> None:
    play = penalised(admitted(), actual_coefficient=coefficient)
    assert points(play) == cost
    assert play.cites(clause, "consequence_decided", "consequence.breach_points")
    assert play.do("penalise", DESK, "2026-03-11T12:00") == "step_not_open"


def wap(verdict: str, codes: bool) -> Play:
    """A WAP case that the SP admits, with or without pseudo-codes."""
    play = published(service_type="wap")
    if codes:
        play.did("ask_codes", SP, "2026-03-06T10:00", numbers_asked=1, codes_for="lodge_appeal")
        play.did("grant_codes", DESK, "2026-03-06T11:00")
    play.did("task.vendor_check", "vendor", "2026-03-06T12:00", vendor_verdict=verdict)
    answered(play, position="admit").did("verify", DESK, "2026-03-10T10:00")
    return play.did("confirm_breach", DESK, "2026-03-10T11:00", verified_by="系统记录")


@for_clause("MN-12d")
@pytest.mark.parametrize(
    ("verdict", "codes", "cost"), [("violation", True, "9"), ("violation", False, "6"), ("no_violation", True, "6")]
)
def test_pseudo_codes_and_a_verdict_against_it_make_it_one_and_a_half(
    clause: str, verdict: str, codes: bool, cost: str
) -> None:
    play = penalised(wap(verdict, codes))
    assert points(play) == cost
    assert play.cites(clause, "consequence_decided", "consequence.breach_points") is (cost == "9")


@for_clause("MN-13c", "MN-13d")
@pytest.mark.parametrize(
    ("contact", "cost"),
    [
        ({"contact_result": "unreachable"}, "4"),
        ({"contact_result": "accepts"}, "4"),
        ({"contact_result": "still_denies", "new_evidence": False, "convincing": False}, "6"),
        ({"contact_result": "still_denies", "new_evidence": True, "convincing": False}, "6"),
        ({"contact_result": "still_denies", "new_evidence": False, "convincing": True}, "6"),
    ],
)
def test_who_still_denies_without_proof_pays_one_and_a_half(clause: str, contact: dict[str, Any], cost: str) -> None:
    play = contested().did("last_confirmation", DESK, "2026-03-11T09:00", **contact)
    assert points(penalised(play, level="serious")) == cost
    assert play.cites("MN-13d", "consequence_decided", "consequence.breach_points") is (cost == "6")
    assert clause in play.pack.file.form["last_confirmation"].clause


@for_clause("MN-23")
@pytest.mark.parametrize(
    ("fields", "cost"),
    [
        ({"ruled_by": "miit", "caused_escalated": True}, "9"),
        ({"ruled_by": "china_mobile_group", "caused_batch": True}, "9"),
        ({"ruled_by": "miit", "caused_escalated": True, "caused_batch": True}, "9"),
        ({"ruled_by": "miit"}, "6"),
        ({"caused_escalated": True, "caused_batch": True}, "6"),
    ],
)
def test_a_ruling_against_it_makes_it_one_and_a_half(clause: str, fields: dict[str, Any], cost: str) -> None:
    play = penalised(admitted(), **fields)
    assert points(play) == cost
    assert play.cites(clause, "consequence_decided", "consequence.breach_points") is (cost == "9")


@for_clause("MN-12d", "MN-23")
def test_of_several_coefficients_the_highest_counts_and_none_is_multiplied(clause: str) -> None:
    ruled = {"ruled_by": "miit", "caused_escalated": True, "caused_batch": True}
    play = penalised(wap("violation", True), **ruled, actual_coefficient="1.2")
    assert points(play) == "9"
    assert play.cites(clause, "consequence_decided", "consequence.breach_points")
    assert points(penalised(wap("violation", True), **ruled, actual_coefficient="1.8")) == "10.8"


def again(first: Play, **fields: Any) -> Play:
    """A second case of the SP that names the first, characterised."""
    play = admitted(first, earlier_breach=first.state.case_id, **{"counted_at": "2026-03-20T08:00"} | fields)
    return characterised(play)


@for_clause("MN-17a")
def test_the_same_violation_costs_nothing_again(clause: str) -> None:
    first = penalised(admitted())
    second = again(first, counted_at="2026-03-01T08:00").did("penalise", DESK, "2026-03-11T11:00")
    assert second.state.classes["repetition"] == "same_violation"
    assert (points(second), second.of("consequence_decided")) == ("0", [])
    assert second.cites(clause, "classified", "class.repetition")
    assert first.state.classes["repetition"] == "first"


@for_clause("MN-17a")
def test_complaints_of_the_next_month_are_tied_to_the_breach_of_the_same_service(clause: str) -> None:
    first = penalised(admitted())
    late = classified(first, counted_at="2026-04-02T09:00")
    late.did("tie_to_breach", "customer_service", "2026-04-02T11:00", breach=first.state.case_id)
    assert late.cites(clause, "linked", "link.of_breach")
    for wrong in ({"service": "S2"}, {"sp": "unit_b"}):
        other = classified(first, **wrong)
        assert other.do("tie_to_breach", DESK, "2026-04-02T11:00", breach=first.state.case_id) == "link_refused"
        assert other.refused("link_refused", clause)
    assert late.do("tie_to_breach", DESK, "2026-04-02T11:00") == "fields_wrong"


@for_clause("MN-17b", "house-3")
@pytest.mark.parametrize(
    ("fields", "cost"),
    [({}, "12"), ({"violation_kind": "V2"}, "12"), ({"ruled_by": "miit", "caused_batch": True}, "12")],
)
def test_a_new_violation_costs_twice_and_strictly(clause: str, fields: dict[str, Any], cost: str) -> None:
    first = penalised(admitted())
    moment = "2026-03-01T08:00" if "violation_kind" in fields else "2026-03-20T08:00"
    second = admitted(first, earlier_breach=first.state.case_id, counted_at=moment)
    penalised(second, **fields)
    assert (second.state.classes["repetition"], points(second)) == ("new_violation", cost)
    assert second.cites(clause, "consequence_decided", "consequence.breach_points")


@for_clause("MN-17b")
def test_a_case_that_cost_nothing_is_none_that_was_punished(clause: str) -> None:
    first = characterised(admitted())
    second = again(first).did("penalise", DESK, "2026-03-11T11:00")
    assert (second.state.classes["repetition"], points(second)) == ("first", "6")
    complaint = received(first, service="S2")
    fields = {"sp": "unit_a", "service": "S2", "service_type": "provincial_sms", "counted_at": "2026-03-20T08:00"}
    fields |= {"first_complaint_at": "2026-03-20T09:00", "complaint": complaint.state.case_id}
    other = complaint.beside()
    refused = other.open(
        "breach", DESK, "2026-03-21T10:00", **fields, can_be_suspended=True, earlier_breach=first.state.case_id
    )
    assert (refused, other.refused("link_refused", clause)) == ("link_refused", True)
