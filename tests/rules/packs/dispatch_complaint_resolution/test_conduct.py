"""The dispatch desk: principles, conduct, risks, threats and promises, DC-2.1 to DC-10.2."""

from typing import Any

import pytest

from tests.rules.packs.dispatch_complaint_resolution.stories import (
    HEAD,
    ON_THE_SPOT,
    PACK,
    PLAN,
    RESOLUTION,
    UNIT,
    WORKER,
    acted,
    determined,
    forwarded,
    planned,
    registered,
    resolved,
    verified,
)
from tests.rules.packs.overview import made
from tests.rules.packs.playing import Play, for_clause, shipped

pytestmark = pytest.mark.pure


DONE: dict[str, Any] = {"informed_at": "2026-03-02T15:55", "informed_what": "当日上门"}


def settle(play: Play, at: str = "2026-03-02T18:00", **fields: Any) -> str:
    """What comes of settling."""
    return play.do("resolve", HEAD, at, **(RESOLUTION | fields))


@for_clause("DC-2.1")
@pytest.mark.parametrize("missing", ["basis_rule", "factual", "fair", "prompt", "result"])
def test_a_settlement_names_its_rule_and_keeps_three_principles(clause: str, missing: str) -> None:
    play = acted()
    assert settle(play, **{missing: ""}) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({missing}, True)
    assert settle(play, basis_rule="DC-16.1") == ""
    assert play.cites(clause, "moved", "step.resolve")


@for_clause("DC-2.2", "DC-6.2")
@pytest.mark.parametrize(
    ("dispute", "customer", "told", "asked"),
    [(True, False, ["deputy_gm"], False), (False, True, [], True), (False, False, [], False)],
)
def test_risks_reach_the_deputy_general_manager_and_the_list_at_once(
    clause: str, dispute: bool, customer: bool, told: list[str], asked: bool
) -> None:
    play = forwarded()
    fields = {"dispute_risk": dispute, "customer_risk": customer, "risk_seen": "情绪激动"}
    play.did("report_risk", HEAD, "2026-03-02T15:00", **fields)
    assert [message["to"] for message in play.messages if message["template"] == "notice"] == told
    assert ("risk_report" in play.state.tasks) is asked
    rows = made(play, "risks", "2026-03", "2026-03-02T15:00").rows
    assert (rows, play.cites(clause, "moved", "step.report_risk")) == (int(dispute or customer), True)


@for_clause("DC-6.2")
def test_a_customer_who_is_a_major_risk_is_the_deputy_general_manager_s_to_know(clause: str) -> None:
    play = acted()
    play.did("report_risk", HEAD, "2026-03-02T17:30", dispute_risk=False, customer_risk=True, risk_seen="曾扬言闹事")
    assert settle(play) == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("task.risk_report", HEAD, "2026-03-02T17:40") == "wrong_role"
    play.did("task.risk_report", "deputy_gm", "2026-03-02T17:45")
    assert settle(play) == ""


@for_clause("DC-5.1")
def test_each_of_the_staff_who_is_asked_makes_a_statement(clause: str) -> None:
    play = acted().did("ask_staff", HEAD, "2026-03-02T17:10", asked_staff=[WORKER, "other_a"])
    play.did("task.statement", WORKER, "2026-03-02T17:20", stated="当日未接单")
    assert (play.state.tasks["statement"].status, settle(play)) == ("open", "gate_closed")
    assert play.refused("gate_closed", clause)
    assert play.do("task.statement", WORKER, "2026-03-02T17:30", stated="s") == "wrong_role"
    play.did("task.statement", "other_a", "2026-03-02T17:30", stated="已转派")
    assert settle(play) == ""
    assert len(play.of("filled", "form.statement")) == 2


@for_clause("DC-6.1")
def test_a_violation_goes_at_once_to_the_deputy_general_manager_who_has_it_investigated(clause: str) -> None:
    play = acted()
    fields = {"violation": True, "litigation": False, "violation_what": "私收费用"}
    play.did("report_violation", HEAD, "2026-03-02T17:10", **fields, co_departments=[{"co_department": "unit_b"}])
    given = {name: task.at for name, task in play.state.tasks.items() if name != "action"}
    assert set(given) == {"violation_report", "investigation"}
    assert len(set(given.values())) == 1

    def settled() -> str:
        return play.do("resolve", "deputy_gm", "2026-03-02T18:00", **RESOLUTION)

    assert settled() == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("task.violation_report", "deputy_gm", "2026-03-02T17:20")
    assert settled() == "gate_closed"
    assert play.do("task.investigation", "deputy_gm", "2026-03-02T17:30", investigated="i") == "wrong_role"
    play.did("task.investigation", "head_b", "2026-03-02T17:30", investigated="属实")
    assert settled() == ""
    assert play.cites(clause, "task_given", "task.violation_report")


@for_clause("DC-9.1")
def test_rudeness_that_proves_true_makes_it_a_complaint_about_service(clause: str) -> None:
    play = verified(found={"staff_fault": ["attitude_fault"]})
    assert play.state.classes["category"] == "service_quality"
    assert play.cites(clause, "classified", "class.category")
    assert play.state.tasks["apology"].status == "open"
    assert verified(found={"staff_fault": ["skill_fault"]}).state.classes["category"] == "business_operation"


@for_clause("DC-9.2")
@pytest.mark.parametrize(("promised", "code"), [("299.99", ""), ("300.00", ""), ("300.01", "gate_closed")])
def test_nothing_is_promised_beyond_what_the_leader_allows(clause: str, promised: str, code: str) -> None:
    play = registered()
    assert play.do("fast_close", "receiver", "2026-03-02T10:05", **ON_THE_SPOT, promised="0.01") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("ask_promise", "receiver", "2026-03-02T10:06", asked_amount="300", asked_why="误工")
    assert play.do("task.promise", "receiver", "2026-03-02T10:07", may_promise="300") == "wrong_role"
    play.did("task.promise", "line_leader", "2026-03-02T10:10", may_promise="300")
    assert play.do("fast_close", "receiver", "2026-03-02T10:20", **ON_THE_SPOT, promised=promised) == code


@for_clause("DC-9.2")
def test_neither_answer_nor_news_may_promise_and_without_a_promise_all_is_saved(clause: str) -> None:
    play = registered()
    assert play.do("answer", "receiver", "2026-03-02T10:05", told="赔300元", promised="300") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("answer", "receiver", "2026-03-02T10:05", told="尽快回复", promised="0")
    play = planned()
    play.did("ask_promise", HEAD, "2026-03-02T15:30", asked_amount="50", asked_why="误工")
    assert play.do("inform", HEAD, "2026-03-02T16:00", **DONE, promised="50") == "gate_closed"
    play.did("task.promise", "line_leader", "2026-03-02T15:40", may_promise="0")
    assert play.do("inform", HEAD, "2026-03-02T16:00", **DONE, promised="50") == "gate_closed"
    play.did("inform", HEAD, "2026-03-02T16:00", **DONE)


@for_clause("DC-9.3")
def test_an_unreasonable_demand_is_explained(clause: str) -> None:
    play = acted()
    assert settle(play, unreasonable=True) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({"explanation"}, True)
    assert settle(play, unreasonable=True, explanation="无合同依据") == ""


@for_clause("DC-9.4")
def test_a_threat_stops_everything_until_one_person_watches(clause: str) -> None:
    for play, step, by, fields in [
        (determined(), "forward", "receiver", {"department": UNIT}),
        (registered(), "fast_close", "receiver", ON_THE_SPOT),
        (verified(), "plan", HEAD, PLAN),
        (planned(), "inform", HEAD, DONE),
        (acted(), "resolve", HEAD, RESOLUTION),
    ]:
        play.did("report_threat", by, "2026-03-02T18:00", threat=True, at_risk={"no": "无特定目标"})
        assert play.do(step, by, "2026-03-02T18:10", **fields) == "gate_closed"
        assert play.refused("gate_closed", clause)
        play.did("name_watcher", by, "2026-03-02T18:20", watcher="other_b")
        assert play.messages[-1]["to"] == "other_b"
        assert play.do(step, by, "2026-03-02T18:30", **fields) == ""


@for_clause("DC-9.5")
def test_each_who_is_at_risk_is_protected(clause: str) -> None:
    play = acted()
    rows = [{"at_risk_who": "抄表员"}, {"at_risk_who": "调压站"}]
    assert play.do("report_threat", HEAD, "2026-03-02T17:10", threat=True) == "fields_wrong"
    play.did("report_threat", HEAD, "2026-03-02T17:10", threat=True, at_risk=rows)
    play.did("name_watcher", HEAD, "2026-03-02T17:20", watcher="other_b")
    play.did("task.protection", "dispatcher", "2026-03-02T17:30", each="1", measure="两人同行")
    assert settle(play) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("task.protection", "dispatcher", "2026-03-02T17:40", each="2", measure="加锁巡查")
    assert settle(play) == ""


@for_clause("DC-9.5")
def test_without_a_threat_nobody_needs_protection(clause: str) -> None:
    play = acted()
    play.did("report_threat", HEAD, "2026-03-02T17:10", threat=False, at_risk=[{"at_risk_who": "抄表员"}])
    assert ("protection" in play.state.tasks, settle(play)) == (False, "")
    assert clause in shipped(PACK).file.task["protection"].clause


@for_clause("DC-10.1")
def test_the_customer_agrees_or_there_is_a_reason(clause: str) -> None:
    play = acted()
    assert settle(play, agreed_on="") == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({"agreed_on"}, True)
    assert settle(play, agreed_on={"no": ""}) == "fields_wrong"
    assert settle(play, agreed_on={"no": "客户坚持换新"}) == ""
    assert resolved().written("resolution")["agreed_on"] == "2026-03-02"


@for_clause("DC-10.2")
def test_nothing_leaves_the_company_before_an_attempt_inside(clause: str) -> None:
    play, fields = forwarded(), {"outside_body": "消协", "outside_why": "客户要求"}
    assert play.do("hand_outside", HEAD, "2026-03-06T09:00", **fields) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("try_to_settle", HEAD, "2026-03-06T10:00", attempted="协商退费")
    assert play.do("hand_outside", HEAD, "2026-03-06T11:00", outside_body="消协") == "fields_wrong"
    play.did("hand_outside", HEAD, "2026-03-06T11:00", **fields)
