"""Cost of service that an SP bears each month, MN-30 to MN-33, and who is told of a limit that runs out, house-4."""

from typing import Any

import pytest

from tests.rules.packs.overview import cycled, figures
from tests.rules.packs.playing import Play, around_the_limit, for_clause, shipped
from tests.rules.packs.telecom_sp.stories import (
    COST,
    DESK,
    PACK,
    SP,
    charged,
    classified,
    escalated,
    fixed,
    held,
    listed,
    objected,
    published,
    received,
    verified,
)

pytestmark = pytest.mark.pure


def cost(play: Play) -> dict[str, str]:
    """The lines of a statement: consequence and amount."""
    lines = play.of("consequence_decided")
    assert all(line.data["month"] == "2026-03" for line in lines)
    assert all(line.data["lines"][0][:2] == ["unit", "unit_a"] for line in lines)
    return {
        line.subject.removeprefix("consequence."): line.data["lines"][0][2]
        for line in lines
        if line.data["unit"] == "yuan"
    }


def many(number: int) -> Play:
    """So many complaints of March in one world; the first of them."""
    first = received()
    for _ in range(number - 1):
        received(first)
    return first


@for_clause("MN-30")
def test_a_statement_has_its_lines(clause: str) -> None:
    first = many(34)
    verified(escalated(first))
    play = charged(fixed(first, raw=35), uses_1259818=True)
    assert cost(play) == {
        "complaint_cost": "17000.00",
        "escalated_cost": "5000.00",
        "hotline_cost": "150.00",
        "line_cost": "1000.00",
    }
    assert (play.state.stage, play.state.closed) == ("charged", True)
    assert all(clause in line.clause for line in play.of("consequence_decided") if line.data["unit"] == "yuan")


@for_clause("MN-30", "MN-31a")
def test_nothing_is_charged_before_the_data_are_out_and_the_volume_assessed(clause: str) -> None:
    play = fixed()
    assert play.do("charge", "billing", "2026-04-12T13:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("publish_cost", "billing", "2026-04-12T13:01", **COST)
    assert play.do("charge", "billing", "2026-04-12T13:02") == "gate_closed"
    play.did("assess_volume", "customer_service", "2026-04-12T13:03").did("charge", "billing", "2026-04-12T13:04")


@for_clause("MN-30.1a")
@pytest.mark.parametrize(("number", "reduced", "amount"), [(1, 0, "500.00"), (2, 1, "500.00"), (5, 2, "1500.00")])
def test_each_complaint_that_is_left_costs_500_yuan(clause: str, number: int, reduced: int, amount: str) -> None:
    first = classified()
    complaints = [first, *(classified(first) for _ in range(number - 1))]
    statement = listed(first)
    for place, complaint in enumerate(complaints[:reduced]):
        objected(statement, complaint, f"2026-04-09T10:0{place}").did(
            "reduce", DESK, "2026-04-10T10:00", reason_clear=True
        )
    statement.until("2026-04-12T00:00")
    statement.did("fix_volume", DESK, "2026-04-12T10:00", raw_volume=number, reduced_volume=reduced)
    assert cost(charged(statement))["complaint_cost"] == amount
    assert statement.cites(clause, "consequence_decided", "consequence.complaint_cost")


@for_clause("MN-30.1b")
@pytest.mark.parametrize(
    ("responsible", "lines"),
    [
        ([True], {"complaint_cost": "0.00", "escalated_cost": "5000.00"}),
        ([True, True], {"complaint_cost": "0.00", "escalated_cost": "10000.00"}),
        ([False], {"complaint_cost": "500.00"}),
    ],
)
def test_an_escalated_complaint_of_the_sp_counts_ten_times(
    clause: str, responsible: list[bool], lines: dict[str, str]
) -> None:
    plays: list[Play] = []
    for each in responsible:
        plays.append(verified(escalated(plays[0] if plays else None), responsible=each))
    play = charged(fixed(plays[0], raw=len(plays)), score="8")
    assert cost(play) == {**lines, "hotline_cost": "0.00"}
    assert plays[0].state.classes["charge"] == ("tenfold" if responsible[0] else "once")
    assert play.cites(clause, "consequence_decided", "consequence.escalated_cost") is responsible[0]
    ordinary = verified(classified())
    assert ordinary.state.classes["charge"] == "once"
    assert ordinary.cites("MN-30.1a", "classified", "class.charge")
    assert not responsible[0] or plays[0].cites(clause, "classified", "class.charge")


@for_clause("MN-30.1a", "MN-30.1b")
def test_other_months_and_other_sps_cost_nothing_here(clause: str) -> None:
    first = received(counted_at="2026-04-01T00:00")
    received(first, sp="unit_b")
    verified(escalated(first, sp="unit_b"))
    verified(escalated(first, counted_at="2026-02-28T23:00"))
    play = charged(fixed(first), score="8")
    assert cost(play) == {"complaint_cost": "0.00", "hotline_cost": "0.00"}
    assert clause in ("MN-30.1a", "MN-30.1b")


@for_clause("MN-30.2")
@pytest.mark.parametrize(
    ("score", "amount"),
    [("0", "800.00"), ("6.5", "150.00"), ("7.99", "1.00"), ("8", "0.00"), ("8.01", "0.00"), ("10", "0.00")],
)
def test_test_calls_cost_what_is_missing_to_eight_points(clause: str, score: str, amount: str) -> None:
    play = charged(fixed(), score=score)
    assert cost(play)["hotline_cost"] == amount
    assert play.cites(clause, "consequence_decided", "consequence.hotline_cost")


@for_clause("MN-30.3a")
@pytest.mark.parametrize(("uses", "amount"), [(True, "1000.00"), (False, None)])
def test_the_hotline_1259818_costs_a_thousand(clause: str, uses: bool, amount: str | None) -> None:
    play = charged(fixed(), uses_1259818=uses)
    assert cost(play).get("line_cost") == amount
    assert play.cites(clause, "consequence_decided", "consequence.line_cost") is uses


@for_clause("MN-30.3b")
def test_calls_are_a_line_of_their_own(clause: str) -> None:
    play = fixed()
    for kind, fee in (("outgoing", "42.30"), ("forwarded", "17.70")):
        play.did("enter_call_fee", "billing", "2026-04-12T10:30", call_kind=kind, call_fee=fee)
    assert (
        play.do("enter_call_fee", "billing", "2026-04-12T10:31", call_kind="outgoing", call_fee="1") == "fields_wrong"
    )
    assert play.refused("fields_wrong", clause)
    for lacks in ("call_kind", "call_fee"):
        fields = {"call_kind": "outgoing", "call_fee": "1"}
        del fields[lacks]
        assert play.do("enter_call_fee", "billing", "2026-04-12T10:31", **fields) == "fields_wrong"
        assert play.missing() == {lacks}
    assert cost(charged(play))["call_cost"] == "60.00"
    assert play.cites(clause, "consequence_decided", "consequence.call_cost")
    assert play.cites(clause, "moved", "step.enter_call_fee")
    assert "call_cost" not in cost(charged(fixed()))


@for_clause("MN-30.3b")
@pytest.mark.parametrize(("fee", "amount"), [("0.00", None), ("0.01", "0.01"), ("1.00", "1.00")])
def test_calls_that_cost_nothing_are_no_line(clause: str, fee: str, amount: str | None) -> None:
    play = fixed().did("enter_call_fee", "billing", "2026-04-12T10:30", call_kind="outgoing", call_fee=fee)
    assert cost(charged(play)).get("call_cost") == amount
    assert play.cites(clause, "consequence_decided", "consequence.call_cost") is bool(amount)


def settled(world: Play | None, number: int, amount: str, kind: str, deducted: bool = False) -> Play:
    """So many complaints that are settled with a refund; the last of them."""
    for _ in range(number):
        world = verified(classified(world))
        refund = {"refund_kind": kind, "refund_paid": amount, "already_deducted": deducted}
        world.did("settle", "customer_service", "2026-03-04T10:00", answer="已退费", **refund)
    assert world is not None
    return world


@for_clause("MN-30.4")
def test_refunds_and_double_refunds_are_charged_once(clause: str) -> None:
    world = settled(settled(None, 10, "8.00", "single_refund"), 2, "16.00", "double_refund")
    settled(world, 3, "100.00", "single_refund", deducted=True)
    verified(classified(world)).did("settle", "customer_service", "2026-03-04T10:00", answer="已办")
    play = charged(fixed(world, raw=16))
    assert cost(play)["refund_cost"] == "112.00"
    assert play.cites(clause, "consequence_decided", "consequence.refund_cost")
    assert "refund_cost" not in cost(charged(fixed()))


@for_clause("MN-30.4")
@pytest.mark.parametrize(
    "fields", [{"sp": "unit_b"}, {"counted_at": "2026-04-01T00:00"}, {"counted_at": "2026-02-28T23:59:59"}]
)
def test_refunds_of_others_are_not_charged_here(clause: str, fields: dict[str, Any]) -> None:
    other = verified(classified(**fields))
    refund: dict[str, Any] = {"refund_kind": "single_refund", "refund_paid": "8.00", "already_deducted": False}
    for lacks in ("refund_paid", "already_deducted"):
        given = {name: value for name, value in refund.items() if name != lacks}
        code = other.do("settle", "customer_service", "2026-03-04T10:00", answer="已退费", **given)
        assert (code, other.missing()) == ("fields_wrong", {lacks})
    other.did("settle", "customer_service", "2026-03-04T10:00", answer="已退费", **refund)
    assert "refund_cost" not in cost(charged(fixed(other)))
    assert clause in other.pack.file.form["settlement"].clause


@for_clause("MN-31a")
@around_the_limit("2026-04-12T24:00", "2026-04-13T00:00:01")
def test_the_data_of_the_cost_are_out_around_the_tenth(clause: str, at: str, status: str) -> None:
    play = cycled(PACK, "statements", "2026-03-15T00:00", "2026-04-02T00:00", "unit_a")[0]
    assert play.due("cost") == "2026-04-13T00:00:00"
    play.until(at).did("publish_cost", "billing", at, **COST)
    assert play.status("cost") == status
    assert play.cites(clause, "clock_started", "clock.cost")
    assert play.do("publish_cost", "billing", at, **COST) == "step_not_open"


@for_clause("MN-31a", "MN-31b")
@pytest.mark.parametrize("lacks", list(COST))
def test_the_data_are_complete_and_may_be_out_while_objections_run(clause: str, lacks: str) -> None:
    play, fields = listed(), {name: value for name, value in COST.items() if name != lacks}
    assert play.do("publish_cost", "billing", "2026-04-09T10:00", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({lacks}, True)
    assert play.do("publish_cost", "billing", "2026-04-09T10:00", **(COST | {"score": "-1"})) == "fields_wrong"
    play.did("publish_cost", "billing", "2026-04-09T10:00", **COST).until("2026-04-12T00:00")
    play.did("fix_volume", DESK, "2026-04-12T10:00", raw_volume=0, reduced_volume=0)
    assert play.do("publish_cost", "billing", "2026-04-12T11:00", **COST) == "step_not_open"


@for_clause("MN-31b")
def test_whole_network_sms_are_a_group_of_their_own(clause: str) -> None:
    play = received()
    received(play)
    received(play, service_type="whole_network_sms")
    received(play, counted_at="2026-04-01T00:00")
    found = figures(play, "cost_groups", "2026-03", "2026-05-01T00:00")
    assert found == {("unit_a", "provincial_sms"): (2,), ("unit_a", "whole_network_sms"): (1,)}
    assert clause in shipped(PACK).file.report["cost_groups"].clause


@for_clause("MN-32")
def test_the_owner_of_the_policy_alone_interprets_it(clause: str) -> None:
    file = shipped(PACK).file
    assert (file.owner, file.role["policy_owner"].clause) == ("policy_owner", (clause,))


@for_clause("MN-33", "house-6")
def test_the_day_of_issue_is_lost_and_the_house_sets_one(clause: str) -> None:
    file = shipped(PACK).file
    assert (bool(file.clause["MN-33"].gap), file.clause["MN-33"].filled) == (True, "house-6")
    assert (file.effective_from.isoformat(), file.clause["house-6"].always) == ("2026-01-01", "editions")
    assert clause in ("MN-33", "house-6")


@for_clause("house-4")
def test_an_answer_that_does_not_come_is_told_upward(clause: str) -> None:
    play = published().until("2026-03-12T12:00")
    assert play.told()[1] == ("2026-03-11T00:00:01", "answer", f"{SP} leader")
    assert [(line[0][:10], line[2]) for line in play.told()] == [
        ("2026-03-10", "head_of_partner_desk"),
        ("2026-03-11", f"{SP} leader"),
        ("2026-03-12", "general_manager"),
    ]
    assert play.cites(clause, "escalated", "clock.answer")


@for_clause("house-4")
def test_refunds_publication_and_cost_are_told_upward(clause: str) -> None:
    hold = held().until("2026-04-03T12:00")
    assert [line[2] for line in hold.told()] == ["head_of_billing", "billing leader", "general_manager"]
    out = Play(PACK).did("open.publication", DESK, "2026-03-01T00:00").until("2026-03-31T12:00")
    assert [line[2] for line in out.told()] == ["head_of_partner_desk", f"{DESK} leader", "general_manager"]
    assert hold.cites(clause, "escalated", "clock.refunds")
    assert hold.do("refund", "leader", "2026-04-03T13:00", refunded_number="C1", refund_amount="8.00") == ""


@for_clause("house-4", "MN-25a")
def test_a_list_is_reminded_of_a_day_before(clause: str) -> None:
    play = Play(PACK).did("open.statement", DESK, "2026-04-01T00:00", sp="unit_a", period="2026-04")
    told = [line for line in play.until("2026-04-20T12:00").told() if line[1] == "list"]
    assert told == [
        ("2026-04-10T00:00:00", "list", f"{DESK} head_of_partner_desk"),
        ("2026-04-11T00:00:01", "list", f"{DESK} leader"),
        ("2026-04-14T00:00:00", "list", "general_manager"),
    ]
    assert play.cites(clause, "escalated", "clock.list")
    for by in ("leader", "general_manager"):
        assert by in play.pack.file.role
    play.did("publish_list", "general_manager", "2026-04-20T13:00", counted_at="2026-03-01T00:00")
