"""Article 5: who proposes and who decides, when a review ends, points of the month, one act one finding."""

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
    reviewed,
)
from tests.rules.packs.overview import figures
from tests.rules.packs.playing import for_clause

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
    play.did(LEVEL_2, "hr_admin", "2026-03-06T09:30", choice=["demerit"])
    play.did(LEVEL_2, "hr_admin", "2026-03-06T09:40", choice=["warning"])
    assert play.of("consequence_decided") == []
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
        ("head_a", "performance_points"): (6,),
        ("other_a", "performance_points"): (32,),
    }
    assert figures(first, "points_of_the_month", "2026-02", "2026-03-31T24:00") == {
        ("other_a", "performance_points"): (11,)
    }
    assert clause in second.pack.file.report["points_of_the_month"].clause


@for_clause("house-5", "GQ-A4.3.3")
def test_two_acts_are_two_findings_and_the_floors_add_up(clause: str) -> None:
    play = found(reviewed(grumble()), act="10:05 snack", broken=["idling"])
    found(play, act="10:40 phone", broken=["idling"])
    decided(decided(play, amount="20"), amount="20")
    assert (play.fact(POINTS), play.fact("consequence.points.times")) == (40, 2)
    assert play.cites(
        clause, *(("consequence_raised", POINTS) if clause == "house-5" else ("classified", "class.cell"))
    )


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


@for_clause("house-5")
@pytest.mark.parametrize(
    ("line", "level", "names"),
    [
        ("patience", "", ["points"]),
        ("unlisted", "", ["points", "head_points"]),
        ("patience", "level_1", ["sanction_level_1"]),
        ("patience", "level_2", ["sanction_level_2"]),
        ("patience", "level_3", ["sanction_level_3"]),
        ("soliciting", "", ["sanction_by_severity"]),
    ],
)
def test_an_act_that_is_called_the_same_in_another_case_is_another_one(
    clause: str, line: str, level: str, names: list[str]
) -> None:
    first = broken(line, level)
    second = found(reviewed(complaint(level, first.cabinet) if level else grumble(first.cabinet)), broken=[line])
    for play in (first, second):
        raised = play.of("consequence_raised")
        assert [entry.subject for entry in raised] == [f"consequence.{name}" for name in names]
        assert [entry for entry in raised if clause not in entry.clause] == []
