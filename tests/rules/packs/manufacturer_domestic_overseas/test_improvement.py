"""Complaints at home and abroad: plans, their effect, and the monthly summary, MD-5.2a, MD-5.2b, MD-8.4, MD-8.6."""

import pytest

from tests.rules.packs.manufacturer_domestic_overseas.stories import (
    DECISION,
    PACK,
    PLAN,
    accepted,
    closed,
    confirming,
    decided,
    forwarded,
    improving,
    reported,
    summarising,
)
from tests.rules.packs.overview import cycled, figures
from tests.rules.packs.playing import Play, around_the_limit, for_clause, shipped

pytestmark = pytest.mark.pure

SUMMARY = {"analysis": "包装问题居多", "suggestions": {"no": "本月无"}}


@for_clause("MD-5.2a")
def test_a_plan_is_asked_for_with_the_decision_and_has_an_author(clause: str) -> None:
    play = reported().did("review", "general_manager", "2026-03-09T09:00", reviewed="r")
    fields = DECISION | {"weakness": "外箱过薄"}
    assert play.do("decide", "general_manager", "2026-03-09T10:00", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({"plan_author"}, True)
    play.did("decide", "general_manager", "2026-03-09T10:00", **fields, plan_author="other_b")
    opened = play.linked("improvement", "2026-03-09T10:01")
    assert (opened.state.kind, opened.state.fields["plan_author"]) == ("improvement", "other_b")
    assert play.cites(clause, "linked", "link.improvement")
    assert decided().openings == []


@for_clause("MD-5.2a")
def test_a_plan_that_is_returned_goes_back_to_its_author_with_reasons(clause: str) -> None:
    play = improving()
    assert play.do("start_plan", "other_b", "2026-03-11T09:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("approval.plan", "general_manager", "2026-03-11T09:00", verdict="given") == "wrong_role"
    assert play.do("approval.plan", "deputy_gm", "2026-03-11T09:00", verdict="returned") == "fields_wrong"
    play.did("approval.plan", "deputy_gm", "2026-03-11T09:00", verdict="returned", reason="措施不具体")
    assert (play.state.stage, play.state.approvals["plan"].status) == ("drafting", "returned")
    assert play.of("approval_returned", "approval.plan")[0].data["reason"] == "措施不具体"
    play.did("submit_plan", "other_b", "2026-03-12T09:00", **PLAN)
    play.did("approval.plan", "deputy_gm", "2026-03-12T10:00", verdict="given")
    assert play.did("start_plan", "other_b", "2026-03-12T11:00").state.stage == "carrying_out"


@for_clause("MD-5.2a")
def test_a_changed_plan_is_reviewed_again_and_only_its_author_changes_it(clause: str) -> None:
    play = improving().did("approval.plan", "deputy_gm", "2026-03-11T09:00", verdict="given")
    assert play.do("submit_plan", "marketing", "2026-03-11T10:00", **PLAN) == "wrong_role"
    play.did("submit_plan", "other_b", "2026-03-11T10:00", **PLAN)
    assert play.do("start_plan", "other_b", "2026-03-11T11:00") == "gate_closed"
    assert play.refused("gate_closed", clause)


@for_clause("MD-5.2b")
def test_a_plan_ends_when_the_deputy_confirms_its_effect(clause: str) -> None:
    play = confirming()
    assert play.do("confirm_effect", "other_b", "2026-03-20T09:00", effect="e") == "wrong_role"
    play.did("confirm_effect", "deputy_gm", "2026-03-20T09:00", effect="三周无破损")
    assert (play.state.stage, play.state.closed) == ("effective", True)
    assert play.cites(clause, "moved", "step.confirm_effect")


@for_clause("MD-5.2b")
def test_a_plan_without_effect_stays_open(clause: str) -> None:
    play = confirming().did("deny_effect", "deputy_gm", "2026-03-20T09:00", effect="仍有破损")
    assert (play.state.stage, play.state.closed) == ("carrying_out", False)
    assert play.cites(clause, "moved", "step.deny_effect")
    play.did("report_done", "other_b", "2026-03-25T09:00", done_on="2026-03-25", done_what="换木箱")
    assert play.did("confirm_effect", "deputy_gm", "2026-03-31T09:00", effect="e").state.closed


@for_clause("MD-8.4", "house-3")
def test_a_summary_of_each_month_is_due_on_the_first_of_the_next(clause: str) -> None:
    plays = cycled(PACK, "summary", "2026-03-02T09:00", "2026-06-01T00:00")
    assert [play.state.fields.get("period") for play in plays] == ["2026-04", "2026-05", "2026-06"]
    assert plays[0].cites("house-3", "opened")
    file = shipped(PACK).file
    assert (bool(file.clause["MD-8.4"].gap), file.clause["MD-8.4"].filled) == (True, "house-3")
    assert clause in file.clause
    first = summarising()
    assert first.beside().open("summary", "marketing", "2026-04-02T09:00", period="2026-03") == "already_open"


@for_clause("MD-8.4", "house-3")
@around_the_limit("2026-04-30T24:00", "2026-05-01T00:00:01")
def test_a_summary_is_filed_by_the_end_of_the_month(clause: str, at: str, status: str) -> None:
    play = summarising().until("2026-04-30T23:00")
    assert play.due("summary") == "2026-05-01T00:00:00"
    play.did("file_summary", "marketing", at, **SUMMARY)
    assert (play.status("summary"), play.cites("house-3", "clock_started", "clock.summary")) == (status, True)
    assert clause in shipped(PACK).file.clause


@for_clause("house-1", "house-3")
def test_a_summary_that_nobody_files_is_told_upward(clause: str) -> None:
    play = summarising().until("2026-05-10T00:00")
    assert play.told() == [
        ("2026-04-25T00:00:00", "summary", "head_of_marketing"),
        ("2026-05-01T00:00:01", "summary", "marketing deputy_gm"),
        ("2026-05-07T00:00:00", "summary", "general_manager"),
    ]
    assert clause in (*play.of("escalated")[0].clause, *play.of("clock_started", "clock.summary")[0].clause)


@for_clause("MD-8.4", "house-3")
def test_the_complaints_of_a_month_are_counted_by_ground_at_home_and_abroad(clause: str) -> None:
    play = accepted()
    for _ in range(10):
        accepted(play=play.beside())
    accepted("abroad", play.beside())
    found = figures(play, "complaints", "2026-03", "2026-04-01T00:00")
    assert found == {("quality_defect", "home"): (11,), ("quality_defect", "abroad"): (1,)}
    assert "house-3" in play.pack.file.report["complaints"].clause
    assert clause in play.pack.file.clause


@for_clause("MD-8.6")
def test_a_suggestion_names_the_complaints_whose_revisits_it_rests_on(clause: str) -> None:
    complaint = closed()
    play = summarising(complaint.beside())
    fields = {"analysis": "包装问题居多", "suggestions": ["加厚外箱"]}
    assert play.do("file_summary", "marketing", "2026-04-10T09:00", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({"revisited_complaints"}, True)
    numbers = [complaint.state.number]
    play.did("file_summary", "marketing", "2026-04-10T09:00", **fields, revisited_complaints=numbers)
    assert play.of("linked", "link.revisited")[0].data["case"] == complaint.state.case_id
    assert (play.state.stage, play.openings) == ("filed", [])
    assert play.cites(clause, "linked", "link.revisited")


@for_clause("MD-8.6")
def test_a_suggestion_may_lead_to_an_improvement(clause: str) -> None:
    play = summarising()
    fields = SUMMARY | {"weakness": "外箱过薄"}
    assert play.do("file_summary", "marketing", "2026-04-10T09:00", **fields) == "fields_wrong"
    assert play.missing() == {"plan_author"}
    play.did("file_summary", "marketing", "2026-04-10T09:00", **fields, plan_author="worker_b")
    assert play.linked("improvement", "2026-04-10T09:01").state.fields["plan_author"] == "worker_b"
    assert play.cites(clause, "linked", "link.improvement")


@for_clause("MD-8.6")
def test_what_revisits_mention_is_counted(clause: str) -> None:
    play = closed()
    forwarded(play.beside())
    assert figures(play, "revisits", "2026-03", "2026-04-01T00:00") == {("packaging",): (1,)}
    assert clause in play.pack.file.report["revisits"].clause


@for_clause("MD-8.6")
def test_an_improvement_can_be_opened_by_hand(clause: str) -> None:
    fields = {"weakness": "外箱过薄", "plan_author": "worker_b"}
    assert Play(PACK).open("improvement", "worker_b", "2026-04-10T09:00", **fields) == "wrong_role"
    play = Play(PACK).did("open.improvement", "marketing", "2026-04-10T09:00", **fields)
    assert (play.state.stage, play.cites(clause, "opened")) == ("drafting", True)
