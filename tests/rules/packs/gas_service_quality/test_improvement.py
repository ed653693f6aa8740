"""Article 6: what the department and those responsible do afterwards, the monthly analysis, check and circular."""

from typing import Any

import pytest

from rules.cabinet import Cabinet
from tests.rules.packs.gas_service_quality.stories import (
    PACK,
    complaint,
    decided,
    found,
    grumble,
    improving,
    investigated,
    issued,
    reviewed,
)
from tests.rules.packs.overview import cycled, figures, made
from tests.rules.packs.playing import Play, for_clause, shipped

pytestmark = pytest.mark.pure

REVIEW: dict[str, Any] = {
    "analysis": "排班不合理",
    "improvements": "提前预约",
    "meeting_on": "2026-03-09",
    "minutes": "例会已通报",
}
MONDAY, TUESDAY = "2026-03-09T17:00", "2026-03-10T09:00"


def reflected(play: Play, *people: str) -> Play:
    """… each of them has written."""
    for person in people or ("other_a",):
        play.did("task.reflection", person, "2026-03-09T10:00", reflection="已认识到问题")
    return play


@for_clause("GQ-6.1a")
@pytest.mark.parametrize("name", REVIEW)
def test_analysis_improvement_and_the_meeting_make_the_review(clause: str, name: str) -> None:
    play = reflected(improving(grumble()))
    fields = {key: value for key, value in REVIEW.items() if key != name}
    assert play.do("task.department_review", "head_a", MONDAY, **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({name}, True)
    assert play.do("close", "service_centre", TUESDAY) == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("task.department_review", "head_b", MONDAY, **REVIEW) == "wrong_role"
    play.did("task.department_review", "head_a", MONDAY, **REVIEW)
    assert play.did("close", "service_centre", TUESDAY).state.closed


@for_clause("GQ-6.1b")
def test_each_responsible_person_hands_in_a_reflection_to_the_head(clause: str) -> None:
    play = improving(grumble(), "other_a", "worker_a").did("task.department_review", "head_a", MONDAY, **REVIEW)
    assert play.do("task.reflection", "head_a", MONDAY, reflection="代写") == "wrong_role"
    for person in ("other_a", "worker_a"):
        assert play.do("close", "service_centre", TUESDAY) == "gate_closed"
        assert play.refused("gate_closed", clause)
        play.did("task.reflection", person, TUESDAY, reflection="已认识到问题")
    assert play.messages[-1]["to"] == "head_a"
    assert play.cites(clause, "task_done", "task.reflection")
    assert play.did("close", "service_centre", TUESDAY).state.closed
    assert shipped(PACK).file.form["reflection"].prints


@for_clause("GQ-6.1b")
def test_where_nobody_can_be_named_there_is_a_reason_instead(clause: str) -> None:
    play = decided(found(reviewed(grumble())), amount="20")
    assert play.do("conclude", "service_centre", "2026-03-06T11:00") == "fields_wrong"
    assert play.missing() == {"responsible_people"}
    play.did("conclude", "service_centre", "2026-03-06T11:00", responsible_people={"no": "人员已离职"})
    play.did("task.department_review", "head_a", MONDAY, **REVIEW).did("close", "service_centre", TUESDAY)
    assert (play.of("task_given", "task.reflection"), play.state.closed) == ([], True)
    assert clause in play.pack.file.form["conclusion"].clause


@for_clause("GQ-6.2", "house-7")
def test_the_service_centre_studies_the_cases_of_each_month(clause: str) -> None:
    case, later = cycled(PACK, "analysis", "2026-03-01T00:00", "2026-04-30T12:00")
    assert (case.written("analysis_opening"), later.written("analysis_opening")) == (
        {"period": "2026-03"},
        {"period": "2026-04"},
    )
    assert case.entries[0].at.isoformat() == "2026-03-30T16:00:00+00:00"
    filed = {"studied": "GQ-2026-0001", "prevention": "岗前培训", "betterment": "提前预约"}
    for name in filed:
        fields = {key: value for key, value in filed.items() if key != name}
        assert case.do("file_analysis", "service_centre", "2026-04-02T10:00", **fields) == "fields_wrong"
        assert case.missing() == {name}
    assert case.do("file_analysis", "hr_admin", "2026-04-02T10:00", **filed) == "wrong_role"
    assert case.did("file_analysis", "service_centre", "2026-04-02T10:00", **filed).state.closed
    assert clause in case.pack.file.cycle["analysis"].clause


@for_clause("GQ-6.2")
def test_what_is_to_be_studied_are_the_cases_that_were_closed(clause: str) -> None:
    play = reflected(improving(grumble())).did("task.department_review", "head_a", MONDAY, **REVIEW)
    play.did("close", "service_centre", TUESDAY)
    investigated(complaint("level_3", play.cabinet), verified=False).did("dismiss", "hr_admin", "2026-03-31T23:59:59")
    issued(grumble(play.cabinet))
    Play(PACK, cabinet=play.cabinet).did("open.analysis", "service_centre", "2026-03-31T10:00")
    asked = made(play, "closed_problems", "2026-03", "2026-03-31T24:00")
    assert {tuple(line.by.values()): line.figures[0].value for line in asked.lines} == {
        ("complaint",): 1,
        ("grumble",): 1,
    }
    assert {str(line.figures[1].value) for line in asked.lines} != {"None"}
    assert made(play, "closed_problems", "2026-04", "2026-04-30T24:00").rows == 0
    assert clause in asked.report.clause


def checks(cabinet: Cabinet, **deviations: str) -> dict[str, Play]:
    """The checks of March, one for each department; those with a number are done on 2 April."""
    cases = {}
    for unit in ("unit_a", "unit_b", "hr_admin_dept"):
        (cases[unit],) = cycled(PACK, "monthly_check", "2026-03-02T00:00", "2026-04-02T00:00", unit, cabinet)
        if unit in deviations:
            fields = {"deviations": deviations[unit], "noted": "现场抽查"}
            cases[unit].did("check", "service_centre", "2026-04-02T10:00", **fields)
    return cases


@for_clause("GQ-6.3a")
def test_each_department_is_checked_every_month(clause: str) -> None:
    cases = checks(Cabinet(), unit_a="0", unit_b="2")
    play = cases["hr_admin_dept"]
    assert play.written("check_opening") == {"period": "2026-03", "unit": "hr_admin_dept"}
    assert play.entries[0].at.isoformat() == "2026-03-30T16:00:00+00:00"
    assert figures(play, "checks_of_the_month", "2026-03", "2026-04-30T24:00") == {
        ("to_check", "hr_admin_dept"): (1,),
        ("checked", "unit_a"): (1,),
        ("checked", "unit_b"): (1,),
    }
    assert play.do("check", "hr_admin", "2026-04-02T10:00", deviations="0", noted="无") == "wrong_role"
    assert play.do("check", "service_centre", "2026-04-02T10:00") == "fields_wrong"
    assert play.missing() == {"deviations", "noted"}
    assert play.do("check", "service_centre", "2026-04-02T10:00", deviations="-1", noted="无") == "fields_wrong"
    assert clause in play.pack.file.cycle["monthly_check"].clause


@for_clause("GQ-6.3b")
@pytest.mark.parametrize(("deviations", "standing"), [("0", "praised"), ("1", "criticised"), ("2", "criticised")])
def test_the_circular_praises_who_has_no_deviation_and_criticises_who_has_some(
    clause: str, deviations: str, standing: str
) -> None:
    play = checks(Cabinet(), unit_a="0", unit_b=deviations)["unit_b"]
    issued(grumble(play.cabinet))
    assert play.state.classes["standing"] == standing
    assert play.cites(clause, "classified", "class.standing")
    assert figures(play, "circular", "2026-03", "2026-04-30T24:00") == {
        ("praised", "unit_a"): (0,),
        (standing, "unit_b"): (int(deviations),),
    }
    circular = made(play, "circular", "2026-03", "2026-04-30T24:00")
    assert [cells.cells[0] for cells in circular.register] == ["praised", standing]
    assert circular.report.columns == ("class.standing", "unit", "deviations", "noted")


def test_what_is_opened_by_hand_is_opened_by_the_service_centre() -> None:
    for kind in ("analysis", "department_check"):
        assert Play(PACK).open(kind, "hr_admin", "2026-03-02T09:00") == "wrong_role"
        assert Play(PACK).open(kind, "service_centre", "2026-03-02T09:00") == ""


def test_deviations_of_a_department_that_was_checked_twice_add_up() -> None:
    play = checks(Cabinet(), unit_b="2")["unit_b"]
    again = Play(PACK, cabinet=play.cabinet).did(
        "open.department_check", "service_centre", "2026-03-20T09:00", unit="unit_b", period="2026-03"
    )
    again.did("check", "service_centre", "2026-03-20T10:00", deviations="3", noted="复查")
    assert figures(play, "circular", "2026-03", "2026-04-30T24:00") == {("criticised", "unit_b"): (5,)}
