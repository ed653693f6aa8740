"""Complaints about goods sold through channels: CS-0.1 to CS-1.4, and the skeleton around them."""

from typing import Any

import pytest

from tests.rules.packs.playing import Play, for_clause, shipped

pytestmark = pytest.mark.pure

PACK = "channel-sales-template"
INTAKE: dict[str, Any] = {
    "customer_sort": "agent",
    "customer_name": "华东代理",
    "contact": "13800000000",
    "goods": "空气净化器一百台",
    "what": "到货破损三台",
}
ACTION = {"action": "改用加固包装", "responsible": "worker_b"}


def received(**fields: Any) -> Play:
    """A complaint, received on Monday 2 March at nine."""
    return Play(PACK).did("open.complaint", "service", "2026-03-02T09:00", **(INTAKE | fields))


def proposed() -> Play:
    """… with a solution that waits for the manager."""
    play = received().did("assign", "service", "2026-03-02T10:00", handler="worker_a")
    return play.did("propose", "worker_a", "2026-03-03T09:00", found="属实", solution="换货")


def revisited() -> Play:
    """… approved, replied to and revisited; only the prevention is left."""
    play = proposed().did("approval.solution", "manager", "2026-03-03T10:00", verdict="given")
    play.did("release", "manager", "2026-03-03T11:00").did("reply", "service", "2026-03-04T09:00", reply="已换货")
    return play.did("revisit", "service", "2026-03-09T09:00", content=True)


@for_clause("CS-0.1")
def test_three_people_sign_before_an_edition_is_published(clause: str) -> None:
    file = shipped(PACK).file
    assert file.signatures == ("preparer", "checker", "releaser")
    assert all(clause in file.role[name].clause for name in file.signatures)


@for_clause("CS-1.1")
@pytest.mark.parametrize("sort", ["end_consumer", "agent", "franchisee"])
def test_three_sorts_of_customers_complain(clause: str, sort: str) -> None:
    play = received(customer_sort=sort)
    assert play.cites(clause, "filled", "form.intake")


@for_clause("CS-1.1")
def test_nobody_else_is_a_customer(clause: str) -> None:
    play = Play(PACK)
    assert play.open("complaint", "service", "2026-03-02T09:00", **(INTAKE | {"customer_sort": "supplier"}))
    assert play.missing() == {"customer_sort"}
    assert play.refused("fields_wrong")
    assert clause in play.refused_by() + shipped(PACK).file.form["intake"].clause


@for_clause("CS-1.2")
def test_a_complaint_names_the_goods_that_were_sold(clause: str) -> None:
    play = Play(PACK)
    fields = {name: value for name, value in INTAKE.items() if name != "goods"}
    assert play.open("complaint", "service", "2026-03-02T09:00", **fields) == "fields_wrong"
    assert play.missing() == {"goods"}
    assert received().cites(clause, "opened")


@for_clause("CS-1.3")
def test_no_step_of_the_one_procedure_is_left_out(clause: str) -> None:
    assert shipped(PACK).file.clause[clause].always == "no_skipping"
    play = received()
    for step in ("propose", "release", "reply", "revisit", "close"):
        assert play.do(step, "manager", "2026-03-02T10:00") == "step_not_open"


@for_clause("CS-1.4")
def test_a_case_without_prevention_is_not_closed(clause: str) -> None:
    play = revisited()
    assert play.do("close", "worker_a", "2026-03-10T09:00") == "fields_wrong"
    assert play.missing() == {"preventive_actions"}
    assert clause in play.refused_by()
    assert play.do("close", "worker_a", "2026-03-10T09:00", preventive_actions=[]) == "fields_wrong"


@for_clause("CS-1.4")
@pytest.mark.parametrize("prevention", [[ACTION], {"no": "偶发运输事故"}], ids=["one_action", "reasoned_none"])
def test_a_case_with_an_action_or_a_reason_for_none_is_closed(clause: str, prevention: Any) -> None:
    play = revisited().did("close", "worker_a", "2026-03-10T09:00", preventive_actions=prevention)
    assert play.state.closed
    assert play.cites(clause, "moved", "step.close")


@for_clause("CS-1.4")
def test_an_action_has_somebody_who_does_it(clause: str) -> None:
    play = revisited()
    assert play.do("close", "worker_a", "2026-03-10T09:00", preventive_actions=[{"action": "加固"}]) == "fields_wrong"
    assert clause in play.refused_by()


@for_clause("house-1")
def test_the_manager_approves_before_the_customer_hears(clause: str) -> None:
    play = proposed()
    assert play.do("release", "manager", "2026-03-03T10:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("approval.solution", "manager", "2026-03-03T10:30", verdict="returned", reason="再查")
    assert play.state.stage == "investigation"


@for_clause("house-1")
def test_nobody_approves_what_he_proposed_and_a_new_proposal_is_approved_anew(clause: str) -> None:
    play = received().did("assign", "service", "2026-03-02T10:00", handler="manager")
    play.did("propose", "manager", "2026-03-03T09:00", found="属实", solution="换货")
    assert play.do("approval.solution", "manager", "2026-03-03T10:00", verdict="given") in ("excluded", "own_proposal")
    play = proposed().did("approval.solution", "manager", "2026-03-03T10:00", verdict="returned", reason="再查")
    play.did("propose", "worker_a", "2026-03-03T14:00", found="属实", solution="退货")
    assert play.do("release", "manager", "2026-03-03T15:00") == "gate_closed"
    play.did("approval.solution", "manager", "2026-03-03T15:30", verdict="given")
    assert play.cites(clause, "approval_given", "approval.solution")
