"""Article 5 and what annex 4 says besides its lines: who proposes and decides, one act one finding, the heads, the settlement."""

from datetime import date

import pytest

from tests.rules.packs.gas_service_quality.stories import (
    EVIDENCE,
    broken,
    complaint,
    decided,
    found,
    grumble,
    head_found,
    investigated,
    issued,
    ledgered,
    reviewed,
    signed,
)
from tests.rules.packs.overview import figures
from tests.rules.packs.playing import Play, for_clause

pytestmark = pytest.mark.pure
POINTS, LEVEL_2 = "consequence.points", "consequence.sanction_level_2"
SEVERITY, HEAD = "consequence.sanction_by_severity", "consequence.head_points"
FRIDAY = "2026-03-06T09:00"


@for_clause("GQ-5.1")
def test_the_service_centre_proposes_for_a_grumble_and_reports_to_hr(clause: str) -> None:
    play = found(reviewed(grumble()))
    assert play.do(POINTS, "hr_admin", FRIDAY, amount="20") == "wrong_role"
    play.did(POINTS, "service_centre", FRIDAY, amount="20")
    assert play.cites(clause, "consequence_proposed", POINTS)
    assert [each["to"] for each in play.messages][-1:] == ["hr_admin"]
    assert play.fact(POINTS) == 0


@for_clause("house-3")
def test_hr_decides_points(clause: str) -> None:
    play = found(reviewed(grumble())).did(POINTS, "service_centre", FRIDAY, amount="20")
    assert play.do(POINTS, "company_leadership", "2026-03-06T10:00") == "wrong_role"
    assert play.do(POINTS, "hr_admin", "2026-03-06T10:00", amount="19") == "out_of_bounds"
    assert play.did(POINTS, "hr_admin", "2026-03-06T10:00", amount="25").fact(POINTS) == 25
    assert play.cites(clause, "consequence_decided", POINTS)


@for_clause("GQ-5.2", "house-3")
def test_hr_proposes_for_a_complaint_and_the_leaders_decide(clause: str) -> None:
    play = broken("appearance", "level_2")
    assert play.do(LEVEL_2, "service_centre", FRIDAY, choice=["warning"]) == "wrong_role"
    play.did(LEVEL_2, "hr_admin", FRIDAY, choice=["warning"])
    assert [each["to"] for each in play.messages][-1:] == ["company_leadership"]
    assert play.do(LEVEL_2, "hr_admin", "2026-03-06T10:00") != ""
    play.did(LEVEL_2, "company_leadership", "2026-03-06T10:00")
    decision = play.of("consequence_decided", LEVEL_2)[0]
    assert (decision.data["choice"], clause in decision.clause) == (["warning"], True)


@for_clause("GQ-5.1", "GQ-5.2")
def test_only_what_is_verified_is_punished(clause: str) -> None:
    case = complaint("level_3") if clause == "GQ-5.2" else grumble()
    by = "hr_admin" if clause == "GQ-5.2" else "service_centre"
    play = investigated(case, verified=False)
    also = {"circular": False} if clause == "GQ-5.2" else {}
    assert play.do("verify", by, "2026-03-05T12:00", **also) == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.did("dismiss", by, "2026-03-05T12:00").state.closed


@for_clause("GQ-5.1", "GQ-5.2")
def test_what_is_verified_is_not_dismissed(clause: str) -> None:
    case = complaint("level_3") if clause == "GQ-5.2" else grumble()
    play = investigated(case)
    assert play.do("dismiss", "hr_admin" if clause == "GQ-5.2" else "service_centre", FRIDAY) == "gate_closed"
    assert play.refused("gate_closed", clause)


@for_clause("GQ-5.2")
def test_a_complaint_without_a_level_is_not_verified(clause: str) -> None:
    play = investigated(complaint())
    assert play.do("verify", "hr_admin", "2026-03-05T12:00", circular=False) == "gate_closed"
    assert play.refused("gate_closed", clause)


@for_clause("GQ-5.1")
def test_the_review_ends_with_a_finding_and_nothing_open(clause: str) -> None:
    play, people = reviewed(grumble()), {"responsible_people": ["other_a"]}
    assert play.do("conclude", "service_centre", "2026-03-05T12:30", **people) == "gate_closed"
    assert play.refused("gate_closed", clause)
    for line, names in (("patience", ["points"]), ("unlisted", ["points", "head_points"])):
        found(play, act=line, broken=[line])
        for name in names:
            assert play.do("conclude", "service_centre", FRIDAY, **people) == "gate_closed"
            assert play.refused("gate_closed", clause)
            decided(play, name, amount="20")
    assert play.did("conclude", "service_centre", "2026-03-06T11:00", **people).state.stage == "improvement"


@for_clause("GQ-5.2")
@pytest.mark.parametrize(
    ("level", "line", "name", "choice"),
    [
        ("level_1", "patience", "sanction_level_1", "termination"),
        ("level_2", "patience", "sanction_level_2", "demerit"),
        ("level_3", "patience", "sanction_level_3", "circular_criticism"),
        ("level_3", "soliciting", "sanction_by_severity", "warning"),
    ],
)
def test_the_review_of_a_complaint_ends_with_its_sanction(
    clause: str, level: str, line: str, name: str, choice: str
) -> None:
    play, people = broken(line, level), {"responsible_people": ["other_a"]}
    assert play.do("conclude", "hr_admin", FRIDAY, **people) == "gate_closed"
    assert play.refused("gate_closed", clause)
    decided(play, name, choice=[choice])
    assert play.did("conclude", "hr_admin", "2026-03-06T11:00", **people).state.stage == "improvement"


@for_clause("GQ-5.1")
def test_points_of_a_person_add_up_over_the_month_of_the_breach(clause: str) -> None:
    first = decided(found(reviewed(grumble())), amount="20")
    second = reviewed(grumble(first.cabinet))
    decided(found(second, act="call", acted_on="2026-02-28", broken=["hotline_post"]), amount="11")
    decided(found(second, act="unlisted", broken=["unlisted"]), amount="12")
    decided(second, "head_points", "2026-03-06T11:00", amount="6")
    assert second.of("consequence_decided", POINTS)[0].data["month"] == "2026-02"
    assert figures(first, "points_of_the_month", "2026-03", "2026-03-31T24:00") == {
        ("head_a",): (6,),
        ("other_a",): (32,),
    }
    assert figures(first, "points_of_the_month", "2026-02", "2026-03-31T24:00") == {("other_a",): (11,)}
    assert clause in second.pack.file.report["points_of_the_month"].clause


@for_clause("house-5", "GQ-A4.3.3")
def test_two_acts_are_two_findings_and_the_floors_add_up(clause: str) -> None:
    play = found(reviewed(grumble()), act="10:05 snack", broken=["idling"])
    found(play, act="10:40 phone", broken=["idling"])
    decided(decided(play, amount="20"), amount="20")
    assert (play.fact(POINTS), play.fact("consequence.points.times")) == (40, 2)
    assert play.cites(clause, "classified", "class.cell")


@for_clause("house-5")
@pytest.mark.parametrize("whose", ["staff", "head"])
def test_the_same_act_written_again_leads_to_nothing_more(clause: str, whose: str) -> None:
    play = found(reviewed(grumble()))
    if whose == "staff":
        found(play, broken=["survey_time"])
    else:
        head_found(head_found(play, "daily_guidance"), "daily_guidance")
    assert play.fact("consequence.points.open") == (1 if whose == "staff" else 2)
    assert (play.state.copies["finding"], play.cites(clause, "consequence_raised", POINTS)) == (
        2 if whose == "staff" else 3,
        True,
    )


@for_clause("house-5")
def test_the_head_is_found_at_fault_beside_the_person_of_the_same_act(clause: str) -> None:
    play = head_found(found(reviewed(grumble())), "daily_guidance", act="visit")
    assert [entry.data["lines"][0][1] for entry in play.of("consequence_raised", POINTS)] == ["other_a", "head_a"]
    assert play.cites(clause, "consequence_raised", POINTS)


@for_clause("house-5")
@pytest.mark.parametrize(
    ("lines", "cell", "floor"),
    [
        (("patience", "window_greeting"), "rows_5_to_7", 10),
        (("reception", "hotline_pickup"), "rows_5_to_7", 10),
        (("idling", "developer_site"), "rows_8_to_11", 10),
        (("appearance", "change_site"), "rows_12_to_15", 10),
        (("reception", "passing_the_buck"), "attitude", 20),
        (("unlisted", "appearance"), "manners", 10),
        (("survey_booking", "survey_time"), "rows_5_to_7", 10),
    ],
)
def test_of_several_lines_that_an_act_breaks_one_counts(
    clause: str, lines: tuple[str, ...], cell: str, floor: int
) -> None:
    also = {"rings": "4"} if {*lines} & {*EVIDENCE} else {}
    play = found(reviewed(grumble()), broken=list(lines), **also)
    assert (play.state.classes["cell"], play.fact("consequence.points.open"), play.fact(f"{HEAD}.open")) == (cell, 1, 0)
    assert play.do(POINTS, "service_centre", FRIDAY, amount=str(floor - 1)) == "out_of_bounds"
    assert play.do(POINTS, "service_centre", FRIDAY, amount=str(floor)) == ""
    assert play.cites(clause, "consequence_proposed", POINTS)


@for_clause("house-9")
def test_where_nobody_can_be_named_the_head_bears_it(clause: str) -> None:
    play = reviewed(grumble())
    found(play, responsible={"no": "当班人员无法查明"})
    assert play.of("consequence_raised", POINTS)[0].data["lines"] == [["person", "head_a", None]]
    assert clause in play.pack.file.role["at_fault"].rows[2].clause
    assert play.do("find", "service_centre", FRIDAY, act="b", acted_on="2026-03-01", evidence="录音", whose="staff",
                   broken=["idling"]) == "fields_wrong"  # fmt: skip
    assert play.missing() == {"responsible"}


@pytest.mark.parametrize("whose", ["staff", "head"])
def test_a_finding_says_what_is_broken(whose: str) -> None:
    play = reviewed(grumble())
    fields = {"act": "b", "acted_on": "2026-03-01", "evidence": "录音", "whose": whose}
    assert play.do("find", "service_centre", FRIDAY, **fields) == "fields_wrong"
    assert play.missing() == ({"broken", "responsible"} if whose == "staff" else {"head_failing"})


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
