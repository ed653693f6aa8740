"""Returns: inspected anew, proposed, approved, carried out, SM-5.4a to SM-5.4c."""

import pytest

from tests.rules.packs.playing import Play, for_clause
from tests.rules.packs.supply_sales_satisfaction_014.stories import (
    INSPECTION,
    INTAKE,
    PACK,
    approved,
    carried_out,
    explained,
    inspected,
    passed_on,
)

pytestmark = pytest.mark.pure


@for_clause("SM-5.4a")
def test_only_what_was_returned_is_inspected_anew(clause: str) -> None:
    play = passed_on()
    fields = {"cause_kind": "material", "cause": "c"}
    assert play.do("take_back_goods", "quality", "2026-03-03T09:00", **fields) == "gate_closed"
    back = passed_on(sort="return")
    assert back.do("find_cause", "quality", "2026-03-03T09:00", **fields) == "gate_closed"
    assert back.refused("gate_closed", clause)
    assert back.did("take_back_goods", "quality", "2026-03-03T09:00", **fields).state.stage == "re_inspection"
    assert back.cites(clause, "moved", "step.take_back_goods")


@for_clause("SM-5.4a")
@pytest.mark.parametrize(("quantity", "code"), [(11, "gate_closed"), (12, ""), (13, "gate_closed")])
def test_all_that_came_back_is_inspected(clause: str, quantity: int, code: str) -> None:
    play = passed_on(sort="return")
    play.did("take_back_goods", "quality", "2026-03-03T09:00", cause_kind="material", cause="c")
    given = INSPECTION | {"inspected_quantity": quantity}
    assert play.do("inspect", "supply_sales", "2026-03-04T09:00", **given) == "wrong_role"
    assert play.do("inspect", "quality", "2026-03-04T09:00", **given) == code
    assert clause in play.refused_by() if code else play.cites(clause, "moved", "step.inspect")


@for_clause("SM-5.4a")
@pytest.mark.parametrize(("bad", "code"), [(-1, "fields_wrong"), (0, ""), (12, "")])
def test_what_does_not_conform_is_counted(clause: str, bad: int, code: str) -> None:
    play = passed_on(sort="return")
    play.did("take_back_goods", "quality", "2026-03-03T09:00", cause_kind="material", cause="c")
    assert play.do("inspect", "quality", "2026-03-04T09:00", **(INSPECTION | {"bad_quantity": bad})) == code
    assert clause in play.pack.file.form["re_inspection"].clause


@for_clause("SM-5.4a")
@pytest.mark.parametrize(("quantity", "code"), [(None, "fields_wrong"), (0, "fields_wrong"), (1, "")])
def test_a_return_says_how_much_came_back(clause: str, quantity: int | None, code: str) -> None:
    play = Play(PACK)
    fields = INTAKE | {"sort": "return", "returned_quantity": quantity}
    assert play.open("grumble", "quality", "2026-03-02T10:00", **fields) == code
    assert clause in play.pack.file.form["intake"].clause


@for_clause("SM-5.4b")
@pytest.mark.parametrize(
    ("remedy", "wanted"),
    [
        ("compensation", "remedy_amount"),
        ("allowance", "remedy_amount"),
        ("repair", ""),
        ("rework", ""),
        ("other_remedy", "remedy_text"),
    ],
)
def test_quality_inspection_proposes_one_of_five_remedies(clause: str, remedy: str, wanted: str) -> None:
    play, also = inspected(), {"remedy_amount": "300.00", "remedy_text": "换货"}
    assert play.do("propose", "supply_sales", "2026-03-05T09:00", remedy=remedy, **also) == "wrong_role"
    if wanted:
        assert play.do("propose", "quality", "2026-03-05T09:00", remedy=remedy) == "fields_wrong"
        assert play.missing() == {wanted}
    given = {wanted: also[wanted]} if wanted else {}
    play.did("propose", "quality", "2026-03-05T09:00", remedy=remedy, **given)
    assert play.cites(clause, "approval_asked", "approval.proposal")


@for_clause("SM-5.4b")
def test_the_general_manager_approves_or_sends_back(clause: str) -> None:
    play = inspected().did("propose", "quality", "2026-03-05T09:00", remedy="repair")
    assert play.do("take_over", "supply_sales", "2026-03-05T10:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("approval.proposal", "quality", "2026-03-05T10:00", verdict="given") != ""
    play.did("approval.proposal", "general_manager", "2026-03-06T09:00", verdict="returned", reason="重新核算")
    assert play.do("take_over", "supply_sales", "2026-03-06T10:00") == "gate_closed"
    play.did("propose", "quality", "2026-03-06T11:00", remedy="rework")
    play.did("approval.proposal", "general_manager", "2026-03-06T12:00", verdict="given")
    play.did("propose", "quality", "2026-03-06T13:00", remedy="repair")
    assert play.do("take_over", "supply_sales", "2026-03-06T14:00") == "gate_closed"


@for_clause("SM-5.4b")
def test_a_grumble_without_a_return_needs_no_approval(clause: str) -> None:
    play = carried_out().did("close", "quality", "2026-03-12T09:00", improvement="i")
    assert play.of("approval_asked") == []
    assert clause in play.pack.file.approval["proposal"].clause


@for_clause("SM-5.4c")
def test_what_was_approved_is_carried_out_after_a_talk_with_the_customer(clause: str) -> None:
    play = approved().did("take_over", "supply_sales", "2026-03-10T10:00")
    assert play.do("carry_out", "supply_sales", "2026-03-10T11:00", handling="返工") == "gate_closed"
    assert play.refused("gate_closed", clause)
    explained(play).did("carry_out", "supply_sales", "2026-03-11T10:00", handling="返工")
    assert play.cites(clause, "moved", "step.carry_out")
