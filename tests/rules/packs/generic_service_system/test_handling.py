"""The general service system: handling, following up, analysis and the system itself, GS-2.2c to GS-5.1."""

from typing import Any

import pytest

from tests.rules.packs.generic_service_system.stories import (
    INTAKE,
    PACK,
    classified,
    collected,
    decided,
    fed_back,
    followed_up,
)
from tests.rules.packs.overview import cycled, figures, made
from tests.rules.packs.playing import Play, around_the_limit, for_clause, shipped

pytestmark = pytest.mark.pure

ANALYSIS: dict[str, Any] = {"need": "speed"}


@for_clause("GS-2.2c")
@pytest.mark.parametrize("adopted", [True, {"no": "与现行规定冲突"}], ids=["taken_up", "not_with_a_reason"])
def test_what_is_useful_is_taken_up_or_there_is_a_reason(clause: str, adopted: Any) -> None:
    play = classified().did("handle", "service", "2026-03-02T14:00")
    assert play.do("decide", "staff_desk", "2026-03-04T09:00", adopted=False, result="r") == "fields_wrong"
    play.did("decide", "staff_desk", "2026-03-04T09:00", adopted=adopted, result="r")
    assert play.cites(clause, "moved", "step.decide")


@for_clause("GS-2.2c", "GS-2.3b")
def test_how_long_the_customer_waits_for_the_result_is_measured(clause: str) -> None:
    play = decided()
    assert (play.status("feedback"), play.due("feedback")) == ("running", "")
    play.until("2026-06-30T00:00")
    assert play.told() == []
    play.did("feed_back", "service", "2026-06-30T09:00", told_by=["mail"], told_what="r")
    assert play.status("feedback") == "met"
    assert play.cites(clause, "clock_met", "clock.feedback")


@for_clause("GS-2.2d")
def test_what_is_not_valid_is_explained_patiently_and_the_customer_hears_it(clause: str) -> None:
    play = classified(validity="invalid").did("start_explaining", "service", "2026-03-02T14:00")
    assert play.do("explain", "service", "2026-03-03T09:00", explained="不属本公司业务") == "fields_wrong"
    assert play.missing() == {"patient"}
    play.did("explain", "service", "2026-03-03T09:00", explained="不属本公司业务", patient=True)
    assert (play.state.stage, play.status("feedback")) == ("feedback", "running")
    assert play.cites(clause, "moved", "step.explain")
    play.did("feed_back", "service", "2026-03-03T10:00", told_by=["phone"], told_what="r")
    assert play.do("send_back", "service", "2026-03-04T09:00", not_done="n") == "gate_closed"


@for_clause("GS-2.3a")
def test_what_was_not_really_done_goes_back_to_the_desk(clause: str) -> None:
    play = fed_back().did("send_back", "service", "2026-03-06T09:00", not_done="只开了一个窗口")
    assert play.state.stage == "handling"
    assert play.cites(clause, "moved", "step.send_back")
    play.did("decide", "staff_desk", "2026-03-09T09:00", adopted=True, result="三个窗口")
    assert (play.status("feedback"), play.state.clocks["feedback"].round) == ("running", 2)


@for_clause("GS-2.3a")
def test_a_case_is_closed_after_somebody_saw_that_it_was_done(clause: str) -> None:
    assert fed_back().do("close", "service", "2026-03-06T09:00", **ANALYSIS) == "step_not_open"
    assert followed_up().cites(clause, "moved", "step.confirm_done")


@for_clause("GS-2.3b")
@pytest.mark.parametrize("means", ["message", "mail", "phone", "other_means"])
def test_the_result_is_fed_back_by_one_means_at_least(clause: str, means: str) -> None:
    play = decided()
    assert play.do("feed_back", "service", "2026-03-05T09:00", told_by=[], told_what="r") == "fields_wrong"
    assert clause in play.refused_by()
    play.did("feed_back", "service", "2026-03-05T09:00", told_by=[means], told_what="r")
    assert play.written("feedback")["told_by"] == [means]


@for_clause("GS-2.3c")
def test_the_customer_is_asked_once_with_the_result_and_his_answer_is_kept(clause: str) -> None:
    play = fed_back()
    assert [message["role"] for message in play.messages if message["template"] == "notice"] == ["customer"]
    assert play.do("confirm_done", "service", "2026-03-06T09:00", done_how="d") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("task.satisfaction", "service", "2026-03-06T09:00", score=5)
    assert play.written("satisfaction") == {"score": "5"}


@for_clause("GS-2.3c", "house-6")
@pytest.mark.parametrize(
    ("score", "code"), [(0, "fields_wrong"), (1, ""), (5, ""), (6, "fields_wrong"), ({"no": "无人接听"}, "")]
)
def test_satisfaction_is_one_to_five_or_a_reason(clause: str, score: Any, code: str) -> None:
    play = fed_back()
    assert play.do("task.satisfaction", "service", "2026-03-06T09:00", score=score) == code
    assert (clause in play.refused_by()) if code else play.cites(clause, "filled", "form.satisfaction")


def many(needs: list[str]) -> Play:
    """Complaints that were closed on 9 March, one for each need."""
    play = Play(PACK)
    for need in needs:
        play = followed_up(play.beside()).did("close", "service", "2026-03-09T09:00", need=need)
    return play


@for_clause("GS-2.4a")
def test_needs_are_counted_and_the_counts_add_up(clause: str) -> None:
    play = many(["speed", "speed", "courtesy"])
    assert figures(play, "needs", "2026-03", "2026-04-01T00:00") == {("speed",): (2,), ("courtesy",): (1,)}
    assert made(play, "needs", "2026-03", "2026-04-01T00:00").rows == 3
    assert figures(play, "needs", "2026-02", "2026-04-01T00:00") == {(): (0,)}
    report = shipped(PACK).file.report["needs"]
    assert (clause in report.clause, report.period) == (True, ("month", "quarter", "year"))


@for_clause("GS-2.4b")
def test_a_finding_becomes_an_improvement_with_an_owner(clause: str) -> None:
    play = followed_up()
    assert play.do("close", "service", "2026-03-09T09:00", **ANALYSIS, finding="窗口不足") == "fields_wrong"
    assert play.missing() == {"improver"}
    play.did("close", "service", "2026-03-09T09:00", **ANALYSIS, finding="窗口不足", improver="worker_a")
    improvement = play.linked("improvement", "2026-03-09T09:00")
    assert improvement.state.fields["improver"] == "worker_a"
    assert improvement.do("improve", "worker_b", "2026-03-20T09:00", improved="i") == "wrong_role"
    assert improvement.did("improve", "worker_a", "2026-03-20T09:00", improved="i").state.closed
    assert play.cites(clause, "linked", "link.improvement")


@for_clause("GS-2.4b")
def test_without_a_finding_nothing_is_to_be_improved(clause: str) -> None:
    play = followed_up().did("close", "service", "2026-03-09T09:00", **ANALYSIS)
    assert play.openings == []
    assert clause in play.pack.file.link["improvement"].clause


@for_clause("GS-3.1", "house-7")
@pytest.mark.parametrize(("closed", "met"), [(18, False), (19, True), (20, True)], ids=["below", "on", "above"])
def test_the_goal_is_that_95_of_100_complaints_are_closed(clause: str, closed: int, met: bool) -> None:
    play = many(["speed"] * closed)
    for _ in range(20 - closed):
        play = collected(play.beside())
    figure = made(play, "closing_rate", "2026-03", "2026-04-01T00:00").totals[0].figures[0]
    assert figure.met is met
    assert clause in ("GS-3.1", *shipped(PACK).file.report["closing_rate"].clause)


@for_clause("GS-3.1", "GS-3.4")
def test_what_the_text_leaves_open_is_filled_by_the_house(clause: str) -> None:
    row = shipped(PACK).file.clause[clause]
    assert (bool(row.gap), row.filled) == (True, {"GS-3.1": "house-7", "GS-3.4": "house-8"}[clause])


@for_clause("GS-3.2", "GS-3.3")
def test_no_stage_is_left_out_and_each_has_one_owner(clause: str) -> None:
    assert shipped(PACK).file.clause[clause].always == "no_skipping"
    play = collected()
    for step in ("handle", "decide", "feed_back", "confirm_done", "close"):
        assert play.do(step, "service", "2026-03-03T09:00") == "step_not_open"
    stages = [stage for kind in shipped(PACK).file.kind.values() for stage in kind.stages]
    assert all(stage.owner for stage in stages if not stage.final)


@for_clause("GS-3.4", "house-8")
def test_on_the_first_of_a_month_a_review_is_due(clause: str) -> None:
    reviews = cycled(PACK, "review", "2026-03-01T00:01", "2026-05-01T00:00")
    assert [play.written("review") for play in reviews] == [{"period": "2026-04"}, {"period": "2026-05"}]
    assert {play.state.stage for play in reviews} == {"due"}
    assert clause in ("GS-3.4", *shipped(PACK).file.cycle["review"].clause)


@for_clause("house-8")
@around_the_limit("2026-04-30T24:00", "2026-05-01T00:00:01")
def test_a_review_ends_within_its_month_with_changes_or_a_reason(clause: str, at: str, status: str) -> None:
    play = cycled(PACK, "review", "2026-03-02T00:00", "2026-04-01T00:00")[0]
    assert play.do("review", "service", "2026-04-02T09:00") == "fields_wrong"
    play.did("review", "service", at, rule_changes=["高峰期加开窗口"])
    assert (play.due("review"), play.status("review")) == ("2026-05-01T00:00:00", status)
    assert play.cites(clause, "clock_started", "clock.review")


@for_clause("house-8")
def test_a_review_that_nobody_makes_reminds_its_owner(clause: str) -> None:
    play = cycled(PACK, "review", "2026-03-02T00:00", "2026-04-01T00:00")[0].until("2026-06-30T00:00")
    assert play.told() == [("2026-05-01T00:00:01", "review", "service head_of_service")]
    play.did("review", "service", "2026-07-01T09:00", rule_changes={"no": "无需修改"})
    assert play.cites(clause, "moved", "step.review")


@for_clause("house-8")
def test_the_review_is_over_the_complaints_of_the_month(clause: str) -> None:
    play = classified("price", play=classified("staff").beside())
    collected(play.beside(), at="2026-04-01T10:00")
    found = figures(play, "complaints_of_the_period", "2026-03", "2026-04-01T23:00")
    assert found == {("staff",): (1,), ("price",): (1,)}
    assert clause in shipped(PACK).file.report["complaints_of_the_period"].clause


@for_clause("GS-1.1", "GS-3.5", "GS-3.6", "GS-4.1", "GS-5.1")
def test_purposes_and_remarks_and_the_training_of_staff_add_no_rule(clause: str) -> None:
    assert shipped(PACK).file.clause[clause].nothing_to_encode
    assert Play(PACK).open("complaint", "outsider", "2026-03-02T10:00", **INTAKE) == "wrong_role"
