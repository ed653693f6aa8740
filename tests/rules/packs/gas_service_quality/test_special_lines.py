"""Lines of annex 4 that want more than a floor: soliciting, the rings, the settlement, the heads, what is not listed."""

from datetime import date

import pytest

from tests.rules.packs.gas_service_quality.stories import (
    broken,
    decided,
    found,
    grumble,
    head_found,
    issued,
    ledgered,
    reviewed,
    signed,
)
from tests.rules.packs.playing import Play, for_clause

pytestmark = pytest.mark.pure
POINTS = "consequence.points"
SEVERITY, HEAD = "consequence.sanction_by_severity", "consequence.head_points"
FRIDAY = "2026-03-06T09:00"


@for_clause("GQ-A4.4.1", "house-3")
@pytest.mark.parametrize("level", ["", "level_1", "level_3"])
@pytest.mark.parametrize("sanction", ["warning", "demerit", "major_demerit", "termination", "other_sanction"])
def test_soliciting_leads_to_a_sanction_by_severity_and_to_no_points(clause: str, level: str, sanction: str) -> None:
    play = broken("soliciting", level)
    assert {entry.subject for entry in play.of("consequence_raised")} == {SEVERITY}
    play.did(SEVERITY, "hr_admin" if level else "service_centre", FRIDAY, choice=[sanction], reason="情节")
    told = [each["to"] for each in play.messages][-2:]
    assert told[-1:] == ["company_leadership"] if level else {*told} == {"company_leadership", "hr_admin"}
    play.did(SEVERITY, "company_leadership", "2026-03-06T10:00")
    assert play.cites(clause, "consequence_decided", SEVERITY)
    assert play.of("consequence_decided", SEVERITY)[0].data["month"] == "2026-03"


@for_clause("GQ-A4.4.1")
def test_soliciting_goes_before_every_other_line(clause: str) -> None:
    play = found(reviewed(grumble()), broken=["soliciting", "window_cash"])
    assert (play.state.classes["cell"], play.cites(clause, "classified", "class.cell")) == ("solicitation", True)
    assert play.do(SEVERITY, "service_centre", FRIDAY, choice=["circular_criticism"]) == "fields_wrong"
    found(play, broken=["soliciting"])
    assert play.fact(f"{SEVERITY}.open") == 1


@for_clause("GQ-A4.N1")
def test_an_unlisted_problem_costs_the_head_at_least_five_points_too(clause: str) -> None:
    play = found(broken("unlisted"), broken=["unlisted"])
    assert play.fact(f"{HEAD}.open") == 1
    assert play.do(HEAD, "service_centre", FRIDAY, amount="4") == "out_of_bounds"
    assert play.do(HEAD, "hr_admin", FRIDAY, amount="5") == "wrong_role"
    decided(play, "head_points", amount="5")
    decision = play.of("consequence_decided", HEAD)[0]
    assert (decision.data["lines"], decision.data["month"]) == ([["person", "head_a", "5"]], "2026-03")
    assert clause in decision.clause
    assert broken("patience").of("consequence_raised", HEAD) == []
    assert broken("unlisted", "level_3").of("consequence_raised", HEAD) == []


@for_clause("GQ-A4.N2")
def test_the_same_act_of_a_complaint_has_one_sanction_dated_by_the_breach(clause: str) -> None:
    for level in ("level_1", "level_2", "level_3"):
        play = found(broken("unlisted", level), broken=["idling"])
        assert play.fact(f"consequence.sanction_{level}.open") == 1
        assert play.of("consequence_raised")[0].data["month"] == "2026-03"
        assert play.cites(clause, "consequence_raised")


@for_clause("GQ-A4.2", "GQ-A4.6.2")
@pytest.mark.parametrize(("rings", "code"), [("1", ""), ("2", ""), ("3", ""), ("4", "found")])
def test_the_third_ring_is_in_time_and_the_fourth_a_finding(clause: str, rings: str, code: str) -> None:
    line = {"GQ-A4.2": "reception", "GQ-A4.6.2": "hotline_pickup"}[clause]
    play = reviewed(grumble())
    fields = {"act": "call", "acted_on": "2026-03-01", "evidence": "录音", "whose": "staff", "responsible": "other_a"}
    refused = play.do("find", "service_centre", FRIDAY, broken=[line], rings=rings, **fields)
    assert refused == ("" if code else "gate_closed")
    assert bool(code) or play.refused("gate_closed", clause)


@for_clause("GQ-A4.2", "GQ-A4.6.2")
def test_it_is_said_on_which_ring_unless_it_was_about_something_else(clause: str) -> None:
    line = {"GQ-A4.2": "reception", "GQ-A4.6.2": "hotline_pickup"}[clause]
    play = reviewed(grumble())
    fields = {"act": "call", "acted_on": "2026-03-01", "evidence": "录音", "whose": "staff", "responsible": "other_a"}
    assert play.do("find", "service_centre", FRIDAY, broken=[line], **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({"rings"}, True)
    assert play.do("find", "service_centre", FRIDAY, broken=[line], rings="0", **fields) == "fields_wrong"
    play.did("find", "service_centre", FRIDAY, broken=[line], rings={"no": "首语未用普通话"}, **fields)


def test_rings_of_an_earlier_call_are_no_matter_for_another_act() -> None:
    play = found(reviewed(grumble()), act="call", broken=["hotline_pickup"], rings="4")
    head_found(found(play, act="window", broken=["window_cash"]), "daily_guidance")


@for_clause("GQ-A4.10.3")
@pytest.mark.parametrize(
    ("accepted", "on_time", "late"),
    [
        ("2026-01-05", "2026-01-27T00:00:00", "2026-01-27T00:00:01"),
        ("2026-02-02", "2026-03-01T00:00:00", "2026-03-01T00:00:01"),
    ],
    ids=["plain weeks", "over the Spring Festival"],
)
def test_fifteen_working_days_between_acceptance_of_the_works_and_invoice(
    clause: str, accepted: str, on_time: str, late: str
) -> None:
    fields = {"act": "works", "acted_on": "2026-03-01", "evidence": "发票", "whose": "staff", "responsible": "other_a"}
    for settled, status in ((on_time, "met"), (late, "missed")):
        play = reviewed(grumble())
        dates = {"works_accepted_on": accepted, "settled_at": settled}
        play.did("state_settlement", "service_centre", "2026-03-05T12:30", **dates)
        assert play.status("settlement") == status
        assert play.cites(clause, f"clock_{status}", "clock.settlement")
        code = play.do("find", "service_centre", FRIDAY, broken=["business_settlement"], **fields)
        assert code == ("" if status == "missed" else "gate_closed")
        assert status == "missed" or play.refused("gate_closed", clause)


@for_clause("GQ-A4.10.3")
def test_what_is_not_settled_yet_is_late_from_the_end_of_day_fifteen_on(clause: str) -> None:
    for accepted, status in ((date(2026, 2, 9), "missed"), (date(2026, 2, 10), "running")):
        play = reviewed(grumble())
        dates = {"works_accepted_on": accepted.isoformat(), "settled_at": {"no": "尚未结算"}}
        play.did("state_settlement", "service_centre", "2026-03-09T12:30", **dates)
        assert (play.status("settlement"), play.cites(clause, "clock_started", "clock.settlement")) == (status, True)


def test_the_settlement_is_stated_again_where_it_was_stated_wrongly() -> None:
    play = ledgered(grumble())
    for settled, status in (("2026-02-28T17:00", "met"), ("2026-03-02T09:00", "missed")):
        dates = {"works_accepted_on": "2026-02-02", "settled_at": settled}
        play.did("state_settlement", "service_centre", "2026-03-05T12:30", **dates)
        assert play.status("settlement") == status
    assert play.do("state_settlement", "hr_admin", FRIDAY, **dates) == "wrong_role"


def late(**also: str) -> Play:
    """A verified grumble of which A2 came back a day late, with what the department says of the head's promptness."""
    play = signed(issued(grumble(), limit_days="1"))
    play.did("return_a2", "head_a", "2026-03-04T10:00", problem_summary="甲", handling_result="乙",
             corrective_measures="丙", head_signature=True)  # fmt: skip
    play.did("confirm_effect", "service_centre", "2026-03-04T11:00", inspected="现场查看", effective=True)
    play.did("revisit", "service_centre", "2026-03-05T10:00", revisited="已改善", satisfied=True)
    play.did("task.investigation", "worker_b", "2026-03-05T11:00", findings="属实", verified=True, blamed="抄表班")
    decided(found(play.did("verify", "service_centre", "2026-03-05T12:00")), amount="20")
    return play


@for_clause("GQ-A4.17", "house-10")
def test_a_missed_limit_has_to_be_judged_and_a_head_who_was_not_prompt_to_be_found_so(clause: str) -> None:
    play, people = late(), {"responsible_people": ["other_a"]}
    assert play.do("conclude", "service_centre", "2026-03-06T11:00", **people) == "gate_closed"
    assert play.refused("gate_closed", clause)
    judged = {"not_prompt": True, "promptness_why": "逾期一天"}
    assert play.do("task.judge_promptness", "head_a", "2026-03-06T11:10", **judged) == "wrong_role"
    play.did("task.judge_promptness", "service_centre", "2026-03-06T11:10", **judged)
    assert play.cites(clause, "task_done", "task.judge_promptness")
    assert play.do("conclude", "service_centre", "2026-03-06T11:20", **people) == "gate_closed"
    assert play.refused("gate_closed", clause)
    decided(head_found(play, "promptness", act="A1 late"), at="2026-03-06T11:30", amount="10")
    assert play.do("conclude", "service_centre", "2026-03-06T11:40", **people) == ""


@for_clause("GQ-A4.17", "house-10")
def test_a_head_who_was_prompt_all_the_same_is_left_alone(clause: str) -> None:
    play = late()
    play.did("task.judge_promptness", "service_centre", FRIDAY, not_prompt=False, promptness_why="客户改约")
    play.did("conclude", "service_centre", "2026-03-06T11:20", responsible_people=["other_a"])
    assert play.cites(clause, "filled", "form.promptness")


@for_clause("GQ-A4.17")
def test_each_delay_is_a_finding_of_its_own(clause: str) -> None:
    play = head_found(head_found(reviewed(grumble()), "promptness"), "promptness", act="second delay")
    assert play.fact("consequence.points.open") == 2
    assert play.fact("count.findings_of_promptness") == 2
    assert clause in play.pack.file.count["findings_of_promptness"].clause


@for_clause("GQ-A4.18")
def test_a_failing_of_effect_is_found_once_in_a_case(clause: str) -> None:
    play = head_found(reviewed(grumble()), "effectiveness")
    with pytest.raises(AssertionError):
        head_found(play, "effectiveness", act="again")
    assert play.refused("gate_closed", clause)
    head_found(found(play), "daily_guidance")
    assert play.fact("count.findings_of_effectiveness") == 1
