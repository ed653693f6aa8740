"""How handling is evaluated, and who handles what is about whom: P3-6.2c to P3-6.4."""

from typing import Any

import pytest

from tests.rules.packs.overview import figures
from tests.rules.packs.playing import for_clause, shipped
from tests.rules.packs.property_three_class.stories import (
    CLEANING,
    CLEANING_HEAD,
    EVALUATION,
    MANAGER,
    OUTCOME,
    PACK,
    classed,
    registered,
    ruled,
    settled,
)

pytestmark = pytest.mark.pure


@for_clause("P3-6.2c")
@pytest.mark.parametrize("fields", [{"written": True}, {}], ids=["class_2", "class_3"])
def test_the_manager_evaluates_what_others_handle(clause: str, fields: dict[str, Any]) -> None:
    play = settled(**fields).did("follow_up", "customer_service", "2026-03-05T09:00", followed_up=True)
    play.did("revisit", "customer_service", "2026-03-05T10:00", revisited=True, content=True)
    assert play.do("close", "customer_service", "2026-03-05T11:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("evaluate", "customer_service", "2026-03-05T12:00", **EVALUATION) == "wrong_role"
    play.did("evaluate", MANAGER, "2026-03-05T12:00", **EVALUATION)
    play.did("close", "customer_service", "2026-03-05T13:00")


@for_clause("P3-6.2c")
def test_class_one_needs_no_evaluation_of_his_own_work(clause: str) -> None:
    play = ruled(injury=True).did("follow_up", MANAGER, "2026-03-05T09:00", followed_up=True)
    play.did("revisit", "customer_service", "2026-03-05T10:00", revisited=True, content=True)
    assert play.did("close", "customer_service", "2026-03-05T11:00").state.closed
    assert clause in shipped(PACK).file.step["evaluate"].clause


@for_clause("P3-6.3", "house-4")
def test_customer_service_handles_what_is_about_no_department(clause: str) -> None:
    play = classed(written=True)
    assert play.do("settle", MANAGER, "2026-03-03T09:00", **OUTCOME) == "wrong_role"
    play.did("settle", "customer_service", "2026-03-03T09:00", **OUTCOME)
    row = shipped(PACK).file.role["handler"].rows[2]
    assert (row.gives, clause in row.clause) == ("customer_service", True)


@for_clause("P3-6.3")
def test_the_revisit_is_customer_service_s_own(clause: str) -> None:
    play = settled(about_unit=CLEANING)
    for other in (CLEANING_HEAD, MANAGER):
        assert play.do("revisit", other, "2026-03-05T10:00", revisited=True, content=True) == "wrong_role"
    play.did("revisit", "customer_service", "2026-03-05T10:00", revisited=True, content=True)
    assert play.cites(clause, "moved", "step.revisit")
    assert play.written("revisit") == {"revisited": True, "content": True}


@for_clause("P3-6.4", "house-4")
@pytest.mark.parametrize("fields", [{"written": True}, {}], ids=["class_2", "class_3"])
def test_a_department_handles_what_is_about_itself_and_it_counts_once(clause: str, fields: dict[str, Any]) -> None:
    play = classed(about_unit=CLEANING, **fields)
    assert play.do("settle", "customer_service", "2026-03-03T09:00", **OUTCOME) == "wrong_role"
    play.did("settle", CLEANING_HEAD, "2026-03-03T09:00", **OUTCOME)
    play.did("follow_up", CLEANING_HEAD, "2026-03-04T09:00", followed_up=True)
    registered(play.beside())
    assert figures(play, "departments", "2026-03", "2026-04-01T00:00") == {(CLEANING,): (1,)}
    row = shipped(PACK).file.role["handler"].rows[1]
    assert (row.gives, clause in row.clause) == ("centre_department", True)
