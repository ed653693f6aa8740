"""Complaints at home and abroad: one proposes, one checks, one rules; handling and answer, MD-4.3 to MD-8.5."""

import pytest

from tests.rules.packs.manufacturer_domestic_overseas.stories import (
    CARRIED_OUT,
    DECISION,
    FILE,
    PROPOSAL,
    REVISIT,
    accepted,
    checked,
    closed,
    decided,
    examined,
    handled,
    improving,
    investigated,
    proposed,
    received,
    reported,
    verified,
)
from tests.rules.packs.overview import made
from tests.rules.packs.playing import for_clause

pytestmark = pytest.mark.pure

RULING = {"disputed": "生产与物流互相推责", "ruled": "由生产承担", "materials": FILE}


@for_clause("MD-4.3")
@pytest.mark.parametrize("lacks", sorted(RULING))
def test_a_dispute_is_ruled_on_by_marketing_and_by_materials(clause: str, lacks: str) -> None:
    for play in (investigated(), decided()):
        at = "2026-03-10T09:00"
        assert play.do("rule_dispute", "head_b", at, **RULING) == "wrong_role"
        fields = {name: value for name, value in RULING.items() if name != lacks}
        assert play.do("rule_dispute", "marketing", at, **fields) == "fields_wrong"
        assert (play.missing(), play.refused("fields_wrong", clause)) == ({lacks}, True)
        play.did("rule_dispute", "marketing", at, **RULING)
        assert play.cites(clause, "moved", "step.rule_dispute")


@for_clause("MD-4.4")
def test_the_time_to_the_answer_is_measured_from_the_decision(clause: str) -> None:
    assert reported().status("answering") == "off"
    play = decided()
    assert (play.status("answering"), play.due("answering")) == ("running", "")
    play.did("reply", "marketing", "2026-03-09T12:00", answer="将退款")
    assert (play.status("answering"), play.of("clock_met", "clock.answering")[0].data["spent"]) == ("met", 7200)
    assert play.written("reply") == {"answer": "将退款"}
    assert play.cites(clause, "moved", "step.reply")


@for_clause("MD-4.4", "MD-8.2", "MD-8.3")
@pytest.mark.parametrize("first", ["carry_out", "reply"])
def test_handled_is_what_is_carried_out_and_answered_in_either_order(clause: str, first: str) -> None:
    play = decided()
    doings = {
        "carry_out": lambda at: play.did("carry_out", "head_b", at, **CARRIED_OUT),
        "reply": lambda at: play.did("reply", "marketing", at, answer="a"),
    }
    assert play.do("conclude", "marketing", "2026-03-12T08:00") == "gate_closed"
    doings.pop(first)("2026-03-12T09:00")
    assert (play.state.classes["handled"], play.status("handling_home")) == ("not_yet_handled", "running")
    assert play.do("conclude", "marketing", "2026-03-12T10:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    doings.popitem()[1]("2026-03-13T09:00")
    assert (play.state.classes["handled"], play.status("handling_home")) == ("handled", "met")
    assert play.did("conclude", "marketing", "2026-03-13T10:00").state.stage == "handled"


@for_clause("MD-8.3")
def test_without_an_answer_the_case_stays_open_and_the_limit_runs(clause: str) -> None:
    play = decided().did("carry_out", "head_b", "2026-03-12T09:00", **CARRIED_OUT).until("2026-03-18T00:00:01")
    assert (play.state.stage, play.status("handling_home")) == ("handling", "missed")
    assert play.do("conclude", "marketing", "2026-03-18T09:00") == "gate_closed"
    assert play.refused("gate_closed", clause)


@for_clause("MD-4.5")
def test_a_side_matter_is_decided_at_any_time_and_moves_no_clock(clause: str) -> None:
    for play in (received(), examined(), investigated(), reported(), decided(), handled()):
        before = (play.state.stage, play.due("handling_home"))
        fields = {"side_matter": "价格问题", "side_decision": "另行商议"}
        play.did("decide_side_matter", "marketing", "2026-03-14T09:00", **fields)
        assert (play.state.stage, play.due("handling_home")) == before
        assert play.state.copies["side_matter"] == 1
        assert play.cites(clause, "moved", "step.decide_side_matter")
    assert "decide_side_matter" not in improving().open_steps()


@for_clause("MD-5.1a")
def test_the_deputy_sees_what_is_under_investigation_with_its_limit(clause: str) -> None:
    play = investigated()
    investigated("abroad", play.beside())
    accepted(play=play.beside())
    register = made(play, "under_investigation", "2026-03", "2026-03-10T12:00").register
    limits = [line.cells for line in register if line.cells[1] in ("handling_home", "handling_abroad")]
    assert [(cells[1], cells[4]) for cells in limits] == [("handling_home", "running"), ("handling_abroad", "running")]
    assert len({cells[0] for cells in limits}) == 2
    assert clause in play.pack.file.report["under_investigation"].clause


@for_clause("MD-5.1b")
@pytest.mark.parametrize("person", ["head_b", "marketing"])
def test_a_report_goes_upward_and_the_deputy_is_told(clause: str, person: str) -> None:
    play = checked()
    play.messages.clear()
    assert play.do("report_up", person, "2026-03-08T09:00") == "fields_wrong"
    play.did("report_up", person, "2026-03-08T09:00", reported="调查报告")
    assert {message["to"] for message in play.messages} == {"deputy_gm", "general_manager"}
    assert (play.state.stage, play.cites(clause, "notified", "step.report_up")) == ("decision", True)


@for_clause("MD-5.1c", "house-7")
def test_nothing_goes_up_before_the_deputy_has_checked_who_is_responsible(clause: str) -> None:
    play = proposed()
    assert play.do("report_up", "head_b", "2026-03-07T08:00", reported="r") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("approval.proposal", "marketing", "2026-03-07T08:30", verdict="given") == "own_proposal"
    assert play.do("approval.proposal", "general_manager", "2026-03-07T08:40", verdict="given") == "wrong_role"
    play.did("approval.proposal", "deputy_gm", "2026-03-07T09:00", verdict="returned", reason="依据不足")
    assert play.state.stage == "investigation"
    assert play.do("report_up", "head_b", "2026-03-07T10:00", reported="r") == "gate_closed"
    play.did("propose", "marketing", "2026-03-07T11:00", **PROPOSAL)
    play.did("approval.proposal", "deputy_gm", "2026-03-07T12:00", verdict="given")
    assert play.did("report_up", "head_b", "2026-03-07T13:00", reported="r").state.stage == "decision"


@for_clause("MD-5.1c", "house-7")
def test_a_new_proposal_is_checked_anew(clause: str) -> None:
    play = checked().did("propose", "marketing", "2026-03-07T11:00", **(PROPOSAL | {"proposed_unit": "unit_b"}))
    assert play.do("report_up", "head_b", "2026-03-07T13:00", reported="r") == "gate_closed"
    assert play.refused("gate_closed", clause)


@for_clause("MD-5.1c")
@pytest.mark.parametrize("lacks", sorted(PROPOSAL))
def test_a_proposal_names_department_persons_and_ways(clause: str, lacks: str) -> None:
    fields = {name: value for name, value in PROPOSAL.items() if name != lacks}
    play = verified()
    assert play.do("propose", "marketing", "2026-03-06T09:00", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({lacks}, True)


@for_clause("MD-5.3a")
def test_the_deputy_leads_the_talks_about_the_investigation(clause: str) -> None:
    play = investigated()
    fields = {"met_on": "2026-03-04", "minutes": "客户同意送检"}
    for person in ("marketing", "head_b", "general_manager"):
        assert play.do("meet_customer", person, "2026-03-04T15:00", **fields) == "wrong_role"
    assert play.refused("wrong_role", clause)
    play.did("meet_customer", "deputy_gm", "2026-03-04T15:00", **fields)
    assert (play.state.copies["customer_meeting"], play.of("moved", "step.meet_customer")[0].by) == (1, "deputy_gm")


@for_clause("MD-5.3b")
def test_the_deputy_leads_the_settlement(clause: str) -> None:
    play = decided()
    fields = {"talked_on": "2026-03-10", "settled": "更换20件"}
    for person in ("marketing", "head_b", "general_manager"):
        assert play.do("settle", person, "2026-03-10T15:00", **fields) == "wrong_role"
    assert play.refused("wrong_role", clause)
    play.did("settle", "deputy_gm", "2026-03-10T15:00", **fields)
    assert play.state.copies["settlement"] == 1
    assert play.cites(clause, "filled", "form.settlement")


@for_clause("MD-6.1")
def test_nothing_is_decided_before_the_general_manager_has_reviewed_it(clause: str) -> None:
    play = reported()
    for person in ("marketing", "head_b", "deputy_gm"):
        assert play.do("decide", person, "2026-03-09T09:00", **DECISION) == "wrong_role"
        assert play.do("review", person, "2026-03-09T09:00", reviewed="r") == "wrong_role"
    assert play.do("decide", "general_manager", "2026-03-09T09:00", **DECISION) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("review", "general_manager", "2026-03-09T09:10", reviewed="属实")
    assert play.did("decide", "general_manager", "2026-03-09T09:20", **DECISION).state.stage == "handling"


@for_clause("MD-6.2a")
def test_the_general_manager_fixes_the_way_of_handling(clause: str) -> None:
    play = reported().did("review", "general_manager", "2026-03-09T09:00", reviewed="属实")
    assert play.do("decide", "general_manager", "2026-03-09T09:10", responsible_unit="unit_b") == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({"method"}, True)
    play = decided()
    assert (play.written("proposal")["options"], play.written("decision")["method"]) == (["更换20件", "退款"], "退款")
    assert play.of("moved", "step.decide")[0].by == "general_manager"


@for_clause("MD-6.2b", "house-7")
def test_the_general_manager_s_ruling_stands_beside_what_was_proposed(clause: str) -> None:
    play = decided()
    assert (play.written("proposal")["proposed_unit"], play.state.fields["responsible_unit"]) == ("unit_a", "unit_b")
    assert play.cites(clause, "moved", "step.decide")
    assert play.do("carry_out", "head_a", "2026-03-12T09:00", **CARRIED_OUT) == "wrong_role"
    assert play.did("carry_out", "head_b", "2026-03-12T09:00", **CARRIED_OUT).state.stage == "handling"


@for_clause("MD-7.5c")
@pytest.mark.parametrize("late", [False, True], ids=["investigation", "handling"])
def test_the_department_that_passed_it_on_helps_when_asked(clause: str, late: bool) -> None:
    play, step, fields = (decided(), "conclude", {}) if late else (checked(), "report_up", {"reported": "r"})
    play.did("ask_help", "head_b", "2026-03-10T09:00", help_wanted="客户合同")
    assert (play.state.tasks["help"].status, play.state.tasks["help"].asked) == ("open", ("receiving_department",))
    if late:
        play.did("carry_out", "head_b", "2026-03-12T09:00", **CARRIED_OUT)
        play.did("reply", "marketing", "2026-03-12T10:00", answer="a")
    assert play.do(step, "marketing", "2026-03-13T09:00", **fields) == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("task.help", "head_b", "2026-03-13T10:00", helped="h") == "wrong_role"
    play.did("task.help", "head_a", "2026-03-13T10:00", helped="已提供")
    assert play.cites(clause, "task_done", "task.help")
    play.did(step, "marketing", "2026-03-13T11:00", **fields)


@for_clause("MD-8.1")
def test_nothing_goes_up_before_something_was_verified(clause: str) -> None:
    play = investigated().did("propose", "marketing", "2026-03-06T09:00", **PROPOSAL)
    play.did("approval.proposal", "deputy_gm", "2026-03-07T09:00", verdict="given")
    assert play.do("report_up", "head_b", "2026-03-08T09:00", reported="r") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("verify", "head_b", "2026-03-08T10:00", found="f")
    assert play.did("report_up", "head_b", "2026-03-08T11:00", reported="r").state.stage == "decision"
    assert play.cites(clause, "filled", "form.findings")


@for_clause("MD-8.2")
@pytest.mark.parametrize("lacks", sorted(CARRIED_OUT))
def test_what_is_carried_out_has_its_date(clause: str, lacks: str) -> None:
    fields = {name: value for name, value in CARRIED_OUT.items() if name != lacks}
    play = decided()
    assert play.do("carry_out", "head_b", "2026-03-12T09:00", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({lacks}, True)


@for_clause("MD-8.5")
def test_a_customer_is_revisited_before_his_case_is_closed(clause: str) -> None:
    play = handled()
    assert play.state.tasks["revisit"].status == "open"
    assert play.do("close", "marketing", "2026-03-19T09:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("task.revisit", "head_b", "2026-03-19T09:00", **REVISIT) == "wrong_role"
    unreached = REVISIT | {"satisfaction": {"no": "无人接听"}}
    play.did("task.revisit", "marketing", "2026-03-19T10:00", **unreached)
    assert play.did("close", "marketing", "2026-03-19T11:00").state.closed
    assert play.cites(clause, "task_done", "task.revisit")
    assert closed().state.stage == "closed"
