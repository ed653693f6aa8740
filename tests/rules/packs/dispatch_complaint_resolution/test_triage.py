"""The dispatch desk: severity, letters, categories, what is established and whose it is, DC-13.1 to DC-A1.3."""

from typing import Any

import pytest

from rules.people import People
from tests.rules.packs.dispatch_complaint_resolution.stories import (
    COMPANY_CAUSES,
    CUSTOMER_CAUSES,
    HEAD,
    INTAKE,
    ON_THE_SPOT,
    PACK,
    UNIT,
    determined,
    forwarded,
    handler,
    judged,
    registered,
    settled_at_once,
    sheet,
)
from tests.rules.packs.playing import Play, for_clause, instant, shipped

pytestmark = pytest.mark.pure


def owners(play: Play, role: str) -> list[str]:
    """Who fills a role now."""
    people = People(play.pack, play.state, play.directory, instant("2026-03-02T12:00"))
    return [acting.person for acting in people.holding(role)]


def opened(**fields: Any) -> tuple[str, Play]:
    """What comes of opening a complaint."""
    play = Play(PACK)
    return play.open("complaint", "receiver", "2026-03-02T10:00", **(INTAKE | fields)), play


MAJOR = [
    ({"harms_image": True}, "DC-13.1"),
    ({"serious_impact": True}, "DC-21.1"),
    ({"economic_loss": True}, "DC-21.1"),
]


@pytest.mark.parametrize(("fields", "clause"), MAJOR, ids=[f"{clause}-{next(iter(f))}" for f, clause in MAJOR])
def test_either_definition_makes_a_complaint_major(fields: dict[str, Any], clause: str) -> None:
    play = registered(**fields)
    assert play.state.classes["severity"] == "major"
    assert play.cites(clause, "classified", "class.severity")


@for_clause("DC-13.1")
def test_a_major_complaint_is_reported_before_anything_else_and_the_hour_runs_on(clause: str) -> None:
    play = registered(harms_image=True)
    verdict = {"established": True, "established_why": "w", "cause": "work_mistake"}
    assert play.do("judge", "receiver", "2026-03-02T10:02", **verdict) == "gate_closed"
    assert play.do("determine", "receiver", "2026-03-02T10:02", responsibility="r") == "gate_closed"
    assert play.do("forward", "receiver", "2026-03-02T10:02", department=UNIT) == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("fast_close", "receiver", "2026-03-02T10:02", **ON_THE_SPOT) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("report_up", "receiver", "2026-03-02T10:05")
    told = sorted((message["role"], message["to"]) for message in play.messages)
    assert told == [(role, role) for role in ("deputy_gm", "line_leader", "operations_service")]
    assert (play.status("forward"), play.due("forward")) == ("running", "2026-03-02T11:00:00")
    play.did("judge", "receiver", "2026-03-02T10:10", **verdict)
    play.did("determine", "receiver", "2026-03-02T10:15", responsibility="r")
    assert play.did("forward", "receiver", "2026-03-02T10:20", department=UNIT).state.stage == "department"
    assert play.cites(clause, "moved", "step.report_up") or play.cites(clause, "notified")


@for_clause("DC-14.1")
def test_a_letter_is_one_of_two_sorts_and_each_is_a_kind_of_its_own(clause: str) -> None:
    saved = [registered(channel="letter", letter_type="complaint_letter") for _ in range(4)]
    assert {play.written("intake")["letter_type"] for play in saved} == {"complaint_letter"}
    for wrong in ("", "accusation_letter", "petition"):
        code, play = opened(channel="letter", letter_type=wrong)
        assert (code, play.missing(), clause in play.refused_by()) == ("fields_wrong", {"letter_type"}, True)
    play, letter = Play(PACK), {"letter_type": "complaint_letter", "accusation_what": "w"}
    assert play.open("accusation", "receiver", "2026-03-02T09:00", **letter) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({"letter_type"}, True)


def accused() -> Play:
    """A letter of accusation, registered on Monday at nine."""
    letter = {"letter_type": "accusation_letter", "accusation_what": "员工私收费用"}
    return Play(PACK).did("open.accusation", "receiver", "2026-03-02T09:00", **letter)


@for_clause("DC-14.2")
def test_an_accusation_is_told_to_three_and_goes_no_ordinary_way(clause: str) -> None:
    play = accused()
    told = sorted((message["role"], message["to"]) for message in play.messages)
    assert told == [(role, role) for role in ("deputy_gm", "line_leader", "operations_service")]
    assert (play.state.clocks, play.open_steps()) == ({}, {"investigate_accusation", "conclude_accusation"})
    assert play.cites(clause, "notified")


@for_clause("DC-14.2", "house-6")
@pytest.mark.parametrize(
    ("person", "sees"),
    [("line_leader", True), ("operations_service", True), ("deputy_gm", True), ("dispatcher", False), (HEAD, False)],
)
def test_only_the_three_see_an_accusation(clause: str, person: str, sees: bool) -> None:
    play = accused()
    people = People(play.pack, play.state, play.directory, instant("2026-03-02T12:00"))
    kind = shipped(PACK).file.kind["accusation"]
    assert (people.may(person, kind.seen_by) is not None, clause in kind.clause) == (sees, True)


@for_clause("house-6")
def test_an_accusation_is_investigated_by_departments_before_it_is_concluded(clause: str) -> None:
    play = accused()
    assert play.do("conclude_accusation", "deputy_gm", "2026-03-03T09:00", concluded_what="c") == "gate_closed"
    assert play.refused("gate_closed", clause)
    units = [{"accusation_unit": "unit_a"}, {"accusation_unit": "unit_b"}]
    assert play.do("investigate_accusation", "line_leader", "2026-03-03T09:00", accusation_units=units) == "wrong_role"
    play.did("investigate_accusation", "deputy_gm", "2026-03-03T09:00", accusation_units=units)
    play.did("task.accusation_findings", HEAD, "2026-03-04T09:00", investigated="无")
    assert play.do("conclude_accusation", "deputy_gm", "2026-03-04T10:00", concluded_what="c") == "gate_closed"
    play.did("task.accusation_findings", "head_b", "2026-03-04T11:00", investigated="属实")
    assert play.did("conclude_accusation", "deputy_gm", "2026-03-05T09:00", concluded_what="退费").state.closed
    assert play.do("investigate_accusation", "deputy_gm", "2026-03-05T10:00", accusation_units=units) != ""


CATEGORIES = [
    *[("DC-15.1", cause, "engineering_quality") for cause in ("installation_defect", "hidden_danger")],
    ("DC-15.2", "attitude", "service_quality"),
    *[
        ("DC-15.3", cause, "business_operation")
        for cause in ("work_mistake", "system_failure", "internal_coordination")
    ],
    *[("DC-15.4", cause, "non_company") for cause in (*CUSTOMER_CAUSES, "other_cause")],
]


@pytest.mark.parametrize(("clause", "cause", "category"), CATEGORIES, ids=[f"{row[0]}-{row[1]}" for row in CATEGORIES])
def test_each_cause_has_its_category(clause: str, cause: str, category: str) -> None:
    play = judged(cause)
    assert play.state.classes["category"] == category
    assert play.cites(clause, "classified", "class.category")
    assert play.cites(clause, "moved", "step.judge") or play.cites(clause, "filled", "form.judgement")


@for_clause("DC-16.1", "DC-12.2", "DC-17.2")
@pytest.mark.parametrize("cause", [*COMPANY_CAUSES, *CUSTOMER_CAUSES, "other_cause"])
def test_who_handles_it_hangs_on_the_cause(clause: str, cause: str) -> None:
    play = determined(cause)
    if "department" in sheet(cause):
        assert play.do("forward", "receiver", "2026-03-02T10:30") == "fields_wrong"
        assert play.missing() == {"department"}
    play.did("forward", "receiver", "2026-03-02T10:30", **sheet(cause))
    assert (owners(play, "owner"), play.due("forward")) == ([handler(play)], "2026-03-02T11:00:00")
    rows = {row.gives: row.clause for row in shipped(PACK).file.role["handling"].rows}
    given = {HEAD: "responsible_department"}.get(handler(play), handler(play))
    wanted = {"engineering": "DC-16.1", "dispatcher": "DC-17.2", "responsible_department": "DC-12.2"}[given]
    assert rows[given] == (wanted,)
    assert clause in shipped(PACK).file.role["handling"].clause


@for_clause("DC-17.1")
def test_the_customer_s_business_is_done_before_departments_are_brought_together(clause: str) -> None:
    play = determined("internal_coordination")
    assert play.do("forward", "receiver", "2026-03-02T10:30") == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({"business_completed"}, True)
    assert play.do("forward", "receiver", "2026-03-02T10:30", business_completed=False) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("forward", "receiver", "2026-03-02T10:40", business_completed=True)


@for_clause("DC-17.2")
def test_then_the_receiver_hands_in_the_record_and_the_dispatcher_has_it(clause: str) -> None:
    play = forwarded("internal_coordination")
    assert owners(play, "owner") == ["dispatcher"]
    assert play.cites(clause, "moved", "step.forward")


@for_clause("DC-A1.1")
def test_three_complaints_have_three_numbers(clause: str) -> None:
    plays = [first := registered(), registered(first.beside()), registered(first.beside())]
    assert len({play.state.number for play in plays}) == 3
    assert all(play.written("intake")["content"] and play.cites(clause, "filled", "form.intake") for play in plays)


@for_clause("DC-A1.2")
def test_what_is_not_established_is_answered_and_costs_nothing(clause: str) -> None:
    play = registered()
    assert play.do("close_unfounded", "receiver", "2026-03-02T10:10") == "gate_closed"
    play.did("judge", "receiver", "2026-03-02T10:10", established=False, established_why="非本公司设施")
    assert play.do("close_unfounded", "receiver", "2026-03-02T10:15") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("forward", "receiver", "2026-03-02T10:15", department=UNIT) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("answer", "receiver", "2026-03-02T10:20", told="已说明")
    play.did("close_unfounded", "receiver", "2026-03-02T10:25")
    assert (play.state.stage, play.state.closed, play.state.consequences) == ("unfounded", True, {})


@for_clause("DC-A1.2")
def test_what_is_established_is_not_closed_as_unfounded(clause: str) -> None:
    play = judged().did("answer", "receiver", "2026-03-02T10:20", told="已说明")
    assert play.do("close_unfounded", "receiver", "2026-03-02T10:25") == "gate_closed"
    assert play.refused("gate_closed", clause)


@for_clause("DC-A1.2")
def test_why_and_of_which_cause_is_written_down(clause: str) -> None:
    play = registered()
    assert play.do("judge", "receiver", "2026-03-02T10:10", established=True) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({"established_why", "cause"}, True)


@for_clause("DC-A1.3")
def test_the_responsibility_comes_before_the_department(clause: str) -> None:
    play = judged()
    assert play.do("forward", "receiver", "2026-03-02T10:20", department=UNIT) == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("determine", "receiver", "2026-03-02T10:20") == "fields_wrong"
    play.did("determine", "receiver", "2026-03-02T10:20", responsibility="派单岗")
    play.did("forward", "receiver", "2026-03-02T10:30", department=UNIT)
    assert play.state.fields["department"] == UNIT
    assert play.cites(clause, "moved", "step.determine")


@for_clause("DC-12.1b", "DC-18.1")
def test_what_was_settled_on_the_spot_is_called_back_too(clause: str) -> None:
    play = settled_at_once()
    assert (play.status("revisit"), play.due("revisit")) == ("running", "2026-03-06T00:00:00")
    assert clause in (*shipped(PACK).file.step["fast_close"].clause, *shipped(PACK).file.clock["revisit"].clause)
