"""Grumbles, SM-3.2, SM-5.3a to SM-5.3c, SM-5.5 and SM-5.6."""

from typing import Any

import pytest

from tests.rules.packs.playing import Play, around_the_limit, for_clause
from tests.rules.packs.supply_sales_satisfaction_014.stories import (
    INTAKE,
    PACK,
    carried_out,
    explained,
    explained_cause,
    passed_on,
    received,
)

pytestmark = pytest.mark.pure

ANSWER = {"after_sales_facts": "电机异响", "after_sales_solution": "更换轴承"}
SERVICE: dict[str, Any] = {
    "served_customer": "华东机电",
    "site": "苏州工厂",
    "served_on": "2026-03-06",
    "found": "安装偏差",
    "action": "校准",
    "served_by": "worker_b",
    "customer_signed": True,
}


@for_clause("SM-3.2", "house-1")
@around_the_limit("2026-03-02T14:30", "2026-03-02T14:30:01")
def test_feedback_after_the_sale_is_answered_within_four_open_hours(clause: str, at: str, status: str) -> None:
    play = received(at="2026-03-02T09:00", after_sales=True)
    play.did("task.after_sales", "quality", at, **ANSWER)
    assert (play.due("after_sales"), play.status("after_sales")) == ("2026-03-02T14:30:00", status)
    assert play.cites(clause, "clock_started", "clock.after_sales")


@for_clause("SM-3.2", "house-1")
def test_feedback_of_the_last_open_hour_before_a_holiday_waits_for_the_days_after_it(clause: str) -> None:
    play = received(at="2026-04-30T16:30", after_sales=True)
    assert play.due("after_sales") == "2026-05-06T11:30:00"
    assert play.cites(clause, "clock_started", "clock.after_sales")


@for_clause("SM-3.2", "house-1")
def test_quality_inspection_is_reminded_once(clause: str) -> None:
    play = received(at="2026-03-02T09:00", after_sales=True).until("2026-03-31T24:00")
    assert play.told() == [("2026-03-02T14:30:01", "after_sales", "quality")]
    assert play.cites("house-1", "escalated")
    assert clause in ("SM-3.2", "house-1")


@for_clause("SM-3.2")
def test_feedback_after_the_sale_is_answered_by_quality_inspection_before_it_is_carried_out(clause: str) -> None:
    play = explained(explained_cause(after_sales=True))
    assert play.do("carry_out", "supply_sales", "2026-03-11T10:00", handling="h") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("task.after_sales", "supply_sales", "2026-03-11T11:00", **ANSWER) == "wrong_role"
    assert play.do("task.after_sales", "quality", "2026-03-11T11:00", after_sales_facts="f") == "fields_wrong"
    play.did("task.after_sales", "quality", "2026-03-11T11:00", **ANSWER)
    play.did("carry_out", "supply_sales", "2026-03-11T12:00", handling="h")


@for_clause("SM-3.2")
def test_what_is_no_feedback_after_the_sale_asks_for_no_such_answer(clause: str) -> None:
    play = carried_out()
    assert (play.of("task_given", "task.after_sales"), play.state.stage) == ([], "improving")
    assert clause in play.pack.file.task["after_sales"].clause


@for_clause("SM-5.3a", "SM-5.6")
@pytest.mark.parametrize("sort", ["complaint", "opinion", "return"])
def test_a_grumble_and_a_return_have_one_contact_in_supply_and_sales(clause: str, sort: str) -> None:
    play = received(at="2026-03-05T10:00", sort=sort)
    assert play.state.fields["contact"] == "worker_a"
    assert [(message["to"], message["role"]) for message in play.messages] == [("worker_a", "contact")]
    assert play.open_steps() >= {"pass_on"}
    assert play.do("pass_on", "quality", "2026-03-05T11:00") == "wrong_role"
    assert play.did("pass_on", "supply_sales", "2026-03-05T11:00").do(
        "find_cause", "supply_sales", "2026-03-05T12:00"
    ) == ("wrong_role")
    assert play.cites(clause, "filled", "form.intake")


@for_clause("SM-5.3a")
@pytest.mark.parametrize("field", ["sort", "customer", "reach", "what", "contact", "after_sales"])
def test_nothing_is_taken_in_without_what_belongs_to_it(clause: str, field: str) -> None:
    play = Play(PACK)
    given = {name: value for name, value in INTAKE.items() if name != field}
    assert play.open("grumble", "supply_sales", "2026-03-05T10:00", **given) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({field}, True)


@for_clause("SM-5.3a")
def test_every_case_has_its_cause_its_handling_and_its_improvement(clause: str) -> None:
    play = passed_on()
    assert play.do("find_cause", "quality", "2026-03-03T09:00", cause_kind="transport") == "fields_wrong"
    play = explained(explained_cause())
    assert play.do("carry_out", "supply_sales", "2026-03-11T10:00") == "fields_wrong"
    assert play.missing() == {"handling"}
    play.did("carry_out", "supply_sales", "2026-03-11T10:00", handling="补发")
    assert play.do("close", "quality", "2026-03-12T09:00") == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({"improvement"}, True)
    assert play.did("close", "quality", "2026-03-12T09:00", improvement="加固包装").state.closed


@for_clause("SM-5.3a", "house-3")
@pytest.mark.parametrize(
    "cause", ["material", "process", "transport", "delivery_delay", "service_conduct", "other_cause"]
)
def test_causes_are_sorted(clause: str, cause: str) -> None:
    play = explained_cause(cause=cause)
    assert play.written("cause")["cause_kind"] == cause
    assert play.cites(clause, "filled", "form.cause")
    assert passed_on().do("find_cause", "quality", "2026-03-03T09:00", cause_kind="luck", cause="c") == "fields_wrong"


@for_clause("SM-5.3b")
def test_nothing_is_settled_before_it_was_explained_to_the_customer(clause: str) -> None:
    play = explained_cause()
    assert play.do("carry_out", "supply_sales", "2026-03-06T09:00", handling="h") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("explain", "worker_a", "2026-03-06T10:00", explained="e") == "fields_wrong"
    assert play.missing() == {"sincere"}
    assert play.do("explain", "quality", "2026-03-06T10:00", explained="e", sincere=True) == "wrong_role"
    explained(play).did("carry_out", "supply_sales", "2026-03-11T10:00", handling="h")


@for_clause("SM-5.3c", "house-5")
def test_who_served_on_site_reports_it_before_the_case_is_closed(clause: str) -> None:
    play = passed_on().did("visit", "quality", "2026-03-03T08:00")
    assert play.did("find_cause", "quality", "2026-03-03T09:00", cause_kind="process", cause="c")
    explained(play).did("carry_out", "supply_sales", "2026-03-11T10:00", handling="h")
    assert play.do("close", "quality", "2026-03-12T09:00", improvement="i") == "gate_closed"
    assert play.refused("gate_closed", "SM-5.3c")
    for field in SERVICE:
        left = {name: value for name, value in SERVICE.items() if name != field}
        assert play.do("report_service", "quality", "2026-03-12T09:30", **left) == "fields_wrong"
        assert (play.missing(), clause in play.refused_by()) == ({field}, True)
    play.did("report_service", "quality", "2026-03-12T09:30", **SERVICE)
    assert play.did("close", "quality", "2026-03-12T10:00", improvement="i").state.closed


@for_clause("SM-5.3c")
@pytest.mark.parametrize("visits", [1, 2])
def test_each_service_on_site_has_its_report_and_there_are_no_others(clause: str, visits: int) -> None:
    play = explained_cause()
    for _ in range(visits):
        play.did("visit", "supply_sales", "2026-03-04T08:00")
    explained(play).did("carry_out", "supply_sales", "2026-03-11T10:00", handling="h")
    for _ in range(visits):
        assert play.do("close", "quality", "2026-03-12T09:00", improvement="i") == "gate_closed"
        play.did("report_service", "supply_sales", "2026-03-12T09:30", **SERVICE)
    assert play.do("report_service", "quality", "2026-03-12T10:00", **SERVICE) == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.did("close", "quality", "2026-03-12T10:00", improvement="i").state.closed


@for_clause("SM-5.5")
def test_the_first_case_with_a_cause_is_closed_with_its_improvement_alone(clause: str) -> None:
    play = carried_out().did("close", "quality", "2026-03-12T09:00", improvement="i")
    assert play.of("task_given", "task.prevention") == []
    assert play.cites(clause, "filled", "form.improvement")


@for_clause("SM-5.5", "house-2")
@pytest.mark.parametrize(
    ("first", "asked"),
    [("2025-12-02T10:00", True), ("2025-12-02T09:59:59", False)],
    ids=["90_days", "a_second_more"],
)
def test_a_cause_that_comes_again_within_ninety_days_asks_for_a_measure(clause: str, first: str, asked: bool) -> None:
    earlier = received(at=first).did("pass_on", "supply_sales", "2026-01-05T09:00")
    earlier.did("find_cause", "quality", "2026-01-06T09:00", cause_kind="transport", cause="c")
    play = carried_out(earlier.beside())
    if not asked:
        assert play.did("close", "quality", "2026-03-12T09:00", improvement="i").state.closed
        return
    assert play.do("close", "quality", "2026-03-12T09:00", improvement="i") == "gate_closed"
    assert play.refused("gate_closed", "SM-5.5")
    assert play.cites(clause, "task_given", "task.prevention")
    assert play.do("task.prevention", "supply_sales", "2026-03-12T09:00") == "wrong_role"
    assert play.do("task.prevention", "quality", "2026-03-12T09:00", procedure="corrective") == "fields_wrong"
    play.did("task.prevention", "quality", "2026-03-12T09:00", procedure="corrective", measure="更换承运商")
    assert play.did("close", "quality", "2026-03-12T10:00", improvement="i").state.closed


@for_clause("SM-5.5", "house-2")
def test_another_cause_is_no_repeat(clause: str) -> None:
    play = carried_out(explained_cause(cause="material").beside(), "transport")
    assert play.fact("count.same_cause") == 1
    assert play.of("task_given", "task.prevention") == []
    assert clause in play.pack.file.count["same_cause"].clause


@for_clause("SM-5.5")
@pytest.mark.parametrize("procedure", ["corrective", "preventive", "continual"])
def test_a_measure_follows_one_of_three_procedures(clause: str, procedure: str) -> None:
    play = carried_out(explained_cause().beside())
    assert play.fact("count.same_cause") == 2
    play.did("task.prevention", "quality", "2026-03-12T09:00", procedure=procedure, measure="m")
    assert (play.written("prevention")["procedure"], play.cites(clause, "filled", "form.prevention")) == (
        procedure,
        True,
    )


@for_clause("SM-5.6")
def test_supply_and_sales_steps_in_itself_where_the_contact_does_not(clause: str) -> None:
    play = explained_cause().did(
        "explain", "supply_sales", "2026-03-04T09:00", explained="e", sincere={"no": "无法联系"}
    )
    assert play.cites(clause, "moved", "step.explain")
    assert play.do("carry_out", "worker_b", "2026-03-04T10:00", handling="h") == "wrong_role"
