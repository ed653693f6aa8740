"""Who takes in, handles, rules on, revisits and counts a property group's complaints: P3-2.1 to P3-6.4."""

from typing import Any

import pytest

from rules.people import People
from tests.rules.packs.overview import figures, made
from tests.rules.packs.playing import Play, for_clause, instant, shipped
from tests.rules.packs.property_three_class.stories import (
    ABOVE,
    CLEANING,
    CLEANING_HEAD,
    EVALUATION,
    INTAKE,
    LINE,
    LINE_HEAD,
    MANAGER,
    OUTCOME,
    PACK,
    classed,
    ended,
    looked_after,
    received,
    registered,
    ruled,
    settled,
    submitted,
)

pytestmark = pytest.mark.pure


@for_clause("P3-2.1")
@pytest.mark.parametrize(("centre", "manager"), [("unit_a", "head_a"), ("unit_b", "head_b"), ("operations_dept", "")])
def test_each_unit_can_hold_cases_and_its_head_is_its_manager(clause: str, centre: str, manager: str) -> None:
    play = registered(centre=centre).did("receive", "customer_service", "2026-03-02T10:10")
    assert play.state.stage == "classification"
    play.did("classify", manager or "head_of_operations", "2026-03-02T14:00", grade="class_3")
    assert play.cites(clause, "opened")
    assert clause in shipped(PACK).file.role["centre_manager"].clause


@for_clause("P3-3.1", "house-1")
@pytest.mark.parametrize(
    "fields", [{"injury": True}, {"taken_in_at": "company_level"}], ids=["class_1", "company_level"]
)
def test_class_one_and_what_came_in_above_does_not_end_before_the_leaders_have_ruled(
    clause: str, fields: dict[str, Any]
) -> None:
    play = classed(**fields)
    if "taken_in_at" in fields:
        play.did("task.opinion", LINE_HEAD, "2026-03-02T16:00", opinion="更换")
    handler = MANAGER if "injury" in fields else "customer_service"
    assert play.do("settle", handler, "2026-03-03T09:00", **OUTCOME) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play = submitted(**fields)
    desk = "customer_service" if "injury" in fields else "operations"
    assert play.do("release", desk, "2026-03-03T10:00") == "gate_closed"
    assert play.refused("gate_closed", "P3-3.1")
    assert play.do("approval.ruling", "outsider", "2026-03-03T11:00", verdict="given") == "wrong_role"
    play.did("approval.ruling", "company_leaders", "2026-03-03T11:00", verdict="given")
    assert play.did("release", desk, "2026-03-03T12:00").state.stage == "revisiting"


@for_clause("P3-3.1", "house-1")
def test_other_complaints_end_without_a_ruling(clause: str) -> None:
    play = classed(written=True)
    assert play.do("submit", "customer_service", "2026-03-03T09:00", **OUTCOME) == "gate_closed"
    assert clause in play.refused_by()
    assert settled(written=True).state.approvals == {}


@for_clause("P3-3.1")
def test_what_the_leaders_return_is_handled_and_submitted_again(clause: str) -> None:
    play = submitted(injury=True)
    play.did("approval.ruling", "company_leaders", "2026-03-04T09:00", verdict="returned", reason="补充赔付方案")
    assert play.state.stage == "handling"
    play.did("submit", MANAGER, "2026-03-04T14:00", **OUTCOME)
    assert play.state.approvals["ruling"].status == "asked"
    assert play.cites(clause, "approval_asked", "approval.ruling")


@for_clause("P3-4.1")
def test_operations_sees_every_case_and_acts_only_in_its_own(clause: str) -> None:
    play = registered(centre="unit_b")
    assert play.do("receive", "operations", "2026-03-02T10:10") == "wrong_role"
    file = shipped(PACK).file
    assert (file.owner, "operations" in file.kind["complaint"].seen_by) == ("operations", True)
    assert clause in file.kind["complaint"].clause


@for_clause("P3-4.1")
@pytest.mark.parametrize(
    ("person", "sees"),
    [
        ("operations", True),
        ("company_leaders", True),
        ("customer_service", True),
        (MANAGER, True),
        (LINE_HEAD, True),
        (CLEANING_HEAD, True),
        ("outsider", False),
        ("worker_a", False),
    ],
)
def test_who_sees_a_complaint(clause: str, person: str, sees: bool) -> None:
    play = classed(about_unit=CLEANING, line_unit=LINE)
    people = People(play.pack, play.state, play.directory, instant("2026-03-02T15:00"))
    kind = shipped(PACK).file.kind["complaint"]
    assert (people.may(person, kind.seen_by) is not None) is sees
    assert clause in kind.clause


@for_clause("P3-4.2")
@pytest.mark.parametrize("level", ABOVE)
def test_what_comes_in_above_the_centre_is_operations_own(clause: str, level: str) -> None:
    play = registered(taken_in_at=level)
    assert play.do("receive", "customer_service", "2026-03-02T10:10") == "wrong_role"
    play = ruled(taken_in_at=level)
    assert play.do("follow_up", "customer_service", "2026-03-05T09:00", followed_up=True) == ""
    play = looked_after(ruled(taken_in_at=level))
    answers = {"restored": True, "removed": False}
    assert play.do("close", "operations", "2026-03-06T09:00", **answers) == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("confirm", "customer_service", "2026-03-06T09:00", confirmed_what="属实") == "wrong_role"
    play.did("confirm", "operations", "2026-03-06T09:00", confirmed_what="属实")
    assert play.did("close", "operations", "2026-03-06T09:30", **answers).state.closed
    for step in ("receive", "follow_up", "confirm"):
        assert play.cites(clause, "moved", f"step.{step}")
    assert figures(play, "company_level", "2026-03", "2026-04-01T00:00") == {(level, "class_3"): (1,)}


@for_clause("P3-4.2")
def test_a_complaint_of_a_centre_is_not_counted_or_confirmed_by_operations(clause: str) -> None:
    play = ended()
    assert play.state.closed
    assert made(play, "company_level", "2026-03", "2026-04-01T00:00").rows == 0
    assert clause in shipped(PACK).file.report["company_level"].clause


@for_clause("P3-4.3")
@pytest.mark.parametrize("missing", ["restored", "removed"])
def test_operations_says_whether_the_customer_was_won_back_and_the_cause_removed(clause: str, missing: str) -> None:
    play = looked_after(ruled(taken_in_at="company_level"))
    play.did("confirm", "operations", "2026-03-06T09:00", confirmed_what="属实")
    answers = {"restored": False, "removed": True}
    left = {name: value for name, value in answers.items() if name != missing}
    assert play.do("close", "operations", "2026-03-06T10:00", **left) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({missing}, True)
    assert play.did("close", "operations", "2026-03-06T10:00", **answers).state.closed


@for_clause("P3-5.1a")
def test_the_line_hears_of_each_of_its_complaints_and_may_guide(clause: str) -> None:
    play = Play(PACK)
    for _ in range(3):
        play = registered(play.beside(), line_unit=LINE)
        assert [(message["to"], message["role"]) for message in play.messages] == [(LINE_HEAD, "line_department")]
        for sort in ("guidance", "following_up"):
            fields = {"guidance_sort": sort, "guided": "先停水再疏通"}
            assert play.do("guide", "customer_service", "2026-03-02T10:20", **fields) == "wrong_role"
            play.did("guide", LINE_HEAD, "2026-03-02T10:20", **fields)
        assert play.cites(clause, "notified")
    assert figures(play, "lines", "2026-03", "2026-04-01T00:00") == {(LINE,): (3,)}


@for_clause("P3-5.1a")
def test_a_complaint_of_no_line_is_told_to_none(clause: str) -> None:
    play = registered()
    assert play.messages == []
    assert made(play, "lines", "2026-03", "2026-04-01T00:00").rows == 0
    assert clause in shipped(PACK).file.notice[0].clause


@for_clause("P3-5.1b")
def test_help_that_a_centre_asks_for_is_given_before_the_end(clause: str) -> None:
    play = looked_after(settled(line_unit=LINE))
    play.did("ask_help", MANAGER, "2026-03-05T12:00", help_wanted="派工程师")
    assert play.do("close", "customer_service", "2026-03-06T09:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("task.help", MANAGER, "2026-03-06T10:00", helped_how="h") == "wrong_role"
    play.did("task.help", LINE_HEAD, "2026-03-06T10:00", helped_how="已派一人")
    assert play.written("help") == {"helped_how": "已派一人"}
    play.did("close", "customer_service", "2026-03-06T11:00")


@for_clause("P3-5.1b")
def test_without_a_line_nobody_can_be_asked_for_help(clause: str) -> None:
    play = received()
    assert play.do("ask_help", "customer_service", "2026-03-03T09:00", help_wanted="h") == "gate_closed"
    assert play.refused("gate_closed", clause)


@for_clause("P3-5.2a")
@pytest.mark.parametrize("level", ABOVE)
def test_a_complaint_from_above_waits_until_the_line_has_confirmed_receipt(clause: str, level: str) -> None:
    play = registered(taken_in_at=level).did("receive", "operations", "2026-03-02T10:00")
    assert play.do("classify", MANAGER, "2026-03-02T12:00", grade="class_3") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("task.receipt", LINE_HEAD, "2026-03-02T13:00")
    play.did("guide", LINE_HEAD, "2026-03-02T13:30", guidance_sort="guidance", guided="g")
    play.did("classify", MANAGER, "2026-03-02T14:00", grade="class_3")
    assert play.cites(clause, "task_given", "task.receipt")


@for_clause("P3-5.2a")
@pytest.mark.parametrize("level", ABOVE)
def test_the_line_of_a_complaint_from_above_is_named(clause: str, level: str) -> None:
    play = Play(PACK)
    fields = INTAKE | {"taken_in_at": level}
    assert play.open("complaint", "operations", "2026-03-02T10:00", **fields) == "fields_wrong"
    assert play.missing() == {"line_unit"}
    assert "receipt" not in received().state.tasks
    assert clause in shipped(PACK).file.task["receipt"].clause


@for_clause("P3-5.2b")
def test_no_ruling_without_an_opinion_of_the_line(clause: str) -> None:
    play = classed(taken_in_at="company_level")
    assert play.do("submit", "customer_service", "2026-03-03T09:00", **OUTCOME) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("task.opinion", LINE_HEAD, "2026-03-03T10:00", opinion="更换")
    assert play.did("submit", "customer_service", "2026-03-03T11:00", **OUTCOME).state.stage == "ruling"


@for_clause("P3-6.1a")
def test_a_complaint_ends_with_all_six(clause: str) -> None:
    play = Play(PACK)
    fields = {name: value for name, value in INTAKE.items() if name != "received_visitor"}
    assert play.open("complaint", "customer_service", "2026-03-02T10:00", **fields) == "fields_wrong"
    assert play.missing() == {"received_visitor"}
    play = settled(received_visitor={"no": "来电投诉"})
    play.did("evaluate", MANAGER, "2026-03-05T08:00", **EVALUATION)
    assert play.do("close", "customer_service", "2026-03-05T08:30") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("follow_up", "customer_service", "2026-03-05T09:00", followed_up=True)
    assert play.do("close", "customer_service", "2026-03-05T09:30") == "gate_closed"
    play.did("revisit", "customer_service", "2026-03-05T10:00", revisited=True, content=True)
    assert play.did("close", "customer_service", "2026-03-05T11:00").state.closed
    for step in ("receive", "settle", "follow_up", "revisit", "close"):
        assert play.cites(clause, "moved", f"step.{step}")


@for_clause("P3-6.1a")
def test_what_does_not_apply_says_why(clause: str) -> None:
    play = settled()
    assert play.do("follow_up", "customer_service", "2026-03-05T09:00", followed_up=False) == "fields_wrong"
    play.did("follow_up", "customer_service", "2026-03-05T09:00", followed_up={"no": "当场解决"})
    assert play.do("revisit", "customer_service", "2026-03-05T10:00", revisited=True) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({"content"}, True)
    play.did("revisit", "customer_service", "2026-03-05T10:00", revisited={"no": "客户不愿回访"})


@for_clause("P3-6.1b")
def test_the_feedback_of_twenty_customers_is_totalled_and_leads_to_an_improvement(clause: str) -> None:
    play = Play(PACK)
    for number in range(20):
        play = ended(play.beside(), content=number < 15)
    registered(play.beside())
    assert figures(play, "feedback", "2026-03", "2026-04-01T00:00") == {("unit_a",): (20, "75.00")}
    fields = {"improving_unit": "unit_a", "analysed_cases": [play.state.case_id], "analysis": "疏通不及时"}
    better = play.beside().did("open.improvement", "customer_service", "2026-04-01T09:00", **fields)
    assert better.state.links == {"basis": (play.state.case_id,)}
    assert better.do("improve", "customer_service", "2026-04-08T09:00", improved_what="每周巡检") == "wrong_role"
    assert better.did("improve", MANAGER, "2026-04-08T09:00", improved_what="每周巡检").state.closed
    assert better.cites(clause, "opened")
    assert better.cites(clause, "linked", "link.basis")
    assert clause in shipped(PACK).file.report["feedback"].clause


@for_clause("P3-6.2b")
def test_the_manager_handles_class_one_in_person(clause: str) -> None:
    play = classed(injury=True, about_unit=CLEANING)
    for clerk in ("customer_service", CLEANING_HEAD):
        assert play.do("submit", clerk, "2026-03-03T09:00", **OUTCOME) == "wrong_role"
    assert play.did("submit", MANAGER, "2026-03-03T09:00", **OUTCOME).state.stage == "ruling"
    assert clause in shipped(PACK).file.role["handler"].rows[0].clause
