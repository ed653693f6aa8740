"""Complaints about repairs, from the call to the plan: AS-1 to AS-5, AS-10."""

import pytest

from tests.rules.packs.after_sales_three_day.stories import (
    CHARGE,
    INTAKE,
    PACK,
    SLIP,
    found,
    judged,
    planned,
    received,
    recorded,
    routed,
)
from tests.rules.packs.playing import Play, for_clause, shipped

pytestmark = pytest.mark.pure

TACT = {"answered": "说明使用方法", "tactful": True}


@for_clause("AS-1.1")
def test_the_information_clerk_takes_the_call(clause: str) -> None:
    assert Play(PACK).open("complaint", "service", "2026-03-02T10:00", **INTAKE) == "wrong_role"
    play = recorded()
    assert play.cites(clause, "opened")
    assert play.state.stage == "recorded"
    assert recorded(channel="other_channel").state.stage == "recorded"


@for_clause("AS-1.2")
@pytest.mark.parametrize("field", sorted(INTAKE))
def test_the_whole_complaint_is_written_down(clause: str, field: str) -> None:
    fields = {name: value for name, value in INTAKE.items() if name != field}
    play = Play(PACK)
    assert play.open("complaint", "clerk", "2026-03-02T10:00", **fields) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({field}, True)


@for_clause("AS-2.1")
@pytest.mark.parametrize(
    ("grounds", "reasonable", "standing"),
    [
        (True, True, "established"),
        (True, False, "unfounded"),
        (False, True, "unfounded"),
        (False, False, "unfounded"),
    ],
)
def test_a_complaint_stands_by_grounds_and_demand(clause: str, grounds: bool, reasonable: bool, standing: str) -> None:
    play = judged(grounds, reasonable)
    assert play.state.classes["standing"] == standing
    assert play.cites(clause, "classified", "class.standing")
    code = play.do("route", "service", "2026-03-02T12:00", **SLIP)
    assert code == ("" if standing == "established" else "gate_closed")
    assert standing == "established" or play.refused("gate_closed", clause)


@for_clause("AS-2.1")
def test_customer_service_judges_both_questions(clause: str) -> None:
    play = recorded()
    assert play.do("judge", "clerk", "2026-03-02T11:00", grounds=True, reasonable=True) == "wrong_role"
    assert play.do("judge", "service", "2026-03-02T11:00", grounds=True) == "fields_wrong"
    assert play.missing() == {"reasonable"}
    assert "standing" not in play.state.classes
    assert play.do("judge", "service", "2026-03-02T11:00", reasonable=True) == "fields_wrong"
    assert clause in play.refused_by()
    assert play.do("route", "service", "2026-03-02T12:00", **SLIP) == "gate_closed"
    assert play.do("answer_tactfully", "service", "2026-03-02T12:00", **TACT) == "gate_closed"


@for_clause("AS-2.2")
@pytest.mark.parametrize("by", ["service", "clerk"])
def test_what_does_not_stand_ends_with_a_tactful_answer(clause: str, by: str) -> None:
    standing = judged()
    assert standing.do("answer_tactfully", by, "2026-03-02T11:10", **TACT) == "gate_closed"
    assert standing.refused_by() == (clause,)
    play = judged(grounds=False).did("answer_tactfully", by, "2026-03-02T11:10", **TACT)
    assert (play.state.stage, play.state.closed, play.status("closing")) == ("not_established", True, "off")
    blunt = judged(reasonable=False)
    assert blunt.do("answer_tactfully", by, "2026-03-02T11:10", answered="a") == "fields_wrong"
    assert blunt.missing() == {"tactful"}


@for_clause("AS-3.1")
def test_department_and_person_in_charge_are_fixed(clause: str) -> None:
    play = judged()
    for lacking in ("accepting_department", "person_in_charge"):
        fields = {"category": "price", "accepting_department": "unit_b", "person_in_charge": "worker_b"}
        del fields[lacking]
        assert play.do("route", "service", "2026-03-02T12:00", **fields) == "fields_wrong"
        assert (play.missing(), clause in play.refused_by()) == ({lacking}, True)
    play.did(
        "route",
        "service",
        "2026-03-02T12:00",
        category="price",
        accepting_department="unit_b",
        person_in_charge="worker_b",
    )
    assert play.do("receive_slip", "after_sales", "2026-03-02T14:00") == "wrong_role"
    assert play.did("receive_slip", "head_b", "2026-03-02T14:00").state.stage == "cause"


@for_clause("AS-3.2", "house-3")
@pytest.mark.parametrize("category", ["repair_quality", "repair_similar"])
def test_repair_quality_goes_to_after_sales_by_rule(clause: str, category: str) -> None:
    play = routed(category=category)
    assert play.do("receive_slip", "head_a", "2026-03-02T14:00") == "wrong_role"
    assert play.did("receive_slip", "after_sales", "2026-03-02T14:00").state.stage == "cause"
    file = shipped(PACK).file
    assert clause in (*file.role["responsible"].rows[0].clause, *file.form["slip"].clause)


@for_clause("AS-3.2", "house-3")
@pytest.mark.parametrize("category", ["conduct", "price", "other_matter"])
def test_everything_else_goes_where_it_is_sent(clause: str, category: str) -> None:
    play = judged()
    assert play.do("route", "service", "2026-03-02T12:00", **(SLIP | {"category": category})) == "fields_wrong"
    assert play.missing() == {"accepting_department"}
    play = routed(category=category, accepting_department="unit_a")
    assert play.do("receive_slip", "after_sales", "2026-03-02T14:00") == "wrong_role"
    assert play.do("receive_slip", "head_a", "2026-03-02T14:00") == ""
    assert clause in shipped(PACK).file.form["slip"].clause


@for_clause("AS-10.1", "house-3")
def test_a_case_without_a_category_is_not_routed(clause: str) -> None:
    play = judged()
    assert play.do("route", "service", "2026-03-02T12:00", person_in_charge=CHARGE) == "fields_wrong"
    assert play.missing() == {"category"}
    assert clause in play.refused_by()
    assert play.do("route", "service", "2026-03-02T12:00", **(SLIP | {"category": "noise"})) == "fields_wrong"


@for_clause("AS-10.2", "house-4")
@pytest.mark.parametrize("kind", ["important", "major"])
def test_a_grave_type_needs_its_reason(clause: str, kind: str) -> None:
    play = judged()
    assert play.state.classes["type"] == "general"
    assert play.do("route", "service", "2026-03-02T12:00", **(SLIP | {"type": kind})) == "fields_wrong"
    assert play.missing() == {"type_why"}
    assert play.do("route", "service", "2026-03-02T12:00", **(SLIP | {"type": "huge"})) == "fields_wrong"
    play.did("route", "service", "2026-03-02T12:00", **(SLIP | {"type": kind, "type_why": "涉及人身安全"}))
    assert play.state.classes["type"] == kind
    assert play.cites(clause, "classified", "class.type")
    assert routed(type="general").state.classes["type"] == "general"


@for_clause("AS-4.1", "AS-4.2")
def test_there_is_no_plan_without_a_cause_and_somebody_or_a_reason(clause: str) -> None:
    play = received()
    assert play.do("plan", CHARGE, "2026-03-03T10:00", plan="p", loss_arisen=False) == "step_not_open"
    for lacking in ("cause", "at_fault"):
        fields = {"cause": "刹车片装反", "at_fault": ["worker_b"]}
        del fields[lacking]
        assert play.do("find_cause", CHARGE, "2026-03-03T10:00", **fields) == "fields_wrong"
        assert (play.missing(), clause in play.refused_by()) == ({lacking}, True)
    assert play.do("find_cause", "worker_b", "2026-03-03T10:00", cause="c", at_fault=["worker_b"]) == "wrong_role"
    assert found("worker_b").state.stage == "planning"
    assert found().cites(clause, "moved", "step.find_cause")


@for_clause("AS-5.1")
def test_a_plan_is_put_forward(clause: str) -> None:
    play = found("worker_b")
    assert play.do("plan", CHARGE, "2026-03-03T15:00", loss_arisen=False) == "fields_wrong"
    assert play.missing() == {"plan"}
    assert play.do("plan", CHARGE, "2026-03-03T15:00", plan="p") == "fields_wrong"
    assert play.missing() == {"loss_arisen"}
    play = planned()
    assert (len(play.of("filled", "form.plan")), play.state.stage) == (1, "instruction")
    assert play.cites(clause, "moved", "step.plan")


@for_clause("AS-0.2", "AS-10.3")
def test_what_is_lost_is_said_to_be_lost(clause: str) -> None:
    row = shipped(PACK).file.clause[clause]
    assert row.gap
    assert row.filled == {"AS-0.2": "house-1", "AS-10.3": None}[clause]
    assert shipped(PACK).file.owner == "leader"
