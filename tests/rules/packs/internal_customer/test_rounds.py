"""Internal complaints: handling, reporting, following up in rounds, evaluating, summing up, IC-3.2a to IC-6.1."""

import pytest

from tests.rules.packs.internal_customer.stories import (
    ACCEPTING,
    ACCUSED_HEAD,
    DISSATISFIED,
    EVALUATION,
    HANDLER,
    PACK,
    REPORT,
    closed,
    confirmed,
    ended,
    evaluated,
    handling,
    received,
    reported,
    seeing,
    solved,
    spent,
    verified,
)
from tests.rules.packs.overview import cycled, figures
from tests.rules.packs.playing import Play, around_the_limit, for_clause, shipped

pytestmark = pytest.mark.pure


def sent_back() -> Play:
    """A complaint in its second round, from Friday at eleven."""
    return reported().did("send_back", ACCEPTING, "2026-03-06T11:00", **DISSATISFIED)


@for_clause("IC-3.2a")
def test_the_handling_is_reported_with_a_contact_or_with_the_reason_for_none(clause: str) -> None:
    play = handling().did("solve", HANDLER, "2026-03-03T09:00", solution="补发物料")
    assert play.do("report", HANDLER, "2026-03-06T10:00", **REPORT) == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert (
        play.did("report", HANDLER, "2026-03-06T10:00", **REPORT, no_contact_why="本人休假").state.stage == "follow_up"
    )
    for person in (HANDLER, ACCEPTING):
        other = handling().did("contact", person, "2026-03-03T09:00", said="已说明进展")
        other.did("solve", HANDLER, "2026-03-03T09:10", solution="补发物料")
        assert other.did("report", HANDLER, "2026-03-03T09:20", **REPORT).state.stage == "follow_up"


@for_clause("IC-3.2b")
def test_the_complainant_hears_that_it_is_handled_in_each_round(clause: str) -> None:
    assert [message["to"] for message in handling().messages] == ["customer"]
    play = sent_back()
    assert len([entry for entry in play.of("notified") if clause in entry.clause]) == 2


@for_clause("IC-3.2c")
def test_a_solution_is_told_and_its_time_is_measured(clause: str) -> None:
    play = solved(at="2026-03-05T09:25")
    assert spent(play, "solution") == [3 * 86400]
    assert [message["to"] for message in play.messages] == ["customer", "customer"]
    assert [entry.subject for entry in play.of("notified") if clause in entry.clause] == ["step.solve"]
    assert play.due("solution") == ""


@for_clause("IC-3.2c")
def test_each_round_has_a_solution_of_its_own(clause: str) -> None:
    play = handling().did("contact", HANDLER, "2026-03-03T09:00", said="已说明进展")
    assert play.do("report", HANDLER, "2026-03-06T10:00", **REPORT) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play = sent_back()
    assert play.do("report", HANDLER, "2026-03-06T12:00", **REPORT) == "gate_closed"
    play.did("solve", HANDLER, "2026-03-06T12:00", solution="书面说明")
    assert play.did("report", HANDLER, "2026-03-06T12:30", **REPORT).state.stage == "follow_up"
    assert spent(play, "solution") == [3 * 86400, 3600]
    assert len(play.of("clock_started", "clock.solution")) == 2


@for_clause("IC-3.3", "house-4")
@around_the_limit("2026-03-04T23:59:59", "2026-03-05T00:00:01")
def test_who_is_asked_helps_within_two_working_days_or_it_is_noted(clause: str, at: str, status: str) -> None:
    asked = {"asked": ["worker_b", ACCUSED_HEAD], "help_wanted": "提供领料单"}
    play = handling().did("ask_help", HANDLER, "2026-03-02T11:00", **asked)
    assert play.due("help") == "2026-03-05T00:00:00"
    assert play.do("ask_help", HANDLER, "2026-03-02T11:30", **asked) == "gate_closed"
    assert play.refused("gate_closed", "IC-3.3")
    play.did("task.help", "worker_b", "2026-03-03T09:00", help_given="已提供").until(at)
    play.did("task.help", ACCUSED_HEAD, at, help_given="已提供")
    assert play.status("help") == status
    late = status == "missed"
    assert play.told() == ([("2026-03-05T00:00:01", "help", ACCEPTING)] if late else [])
    assert play.cites("house-4", "escalated", "clock.help") is late
    assert play.cites("IC-3.3", "task_done", "task.help") or clause == "house-4"
    assert play.did("ask_help", HANDLER, "2026-03-05T09:00", **asked).status("help") == "running"


@for_clause("IC-3.3", "house-4")
def test_the_handling_goes_on_without_help_and_a_holiday_does_not_count(clause: str) -> None:
    play = handling().did("ask_help", HANDLER, "2026-03-02T11:00", asked=["worker_b"], help_wanted="查账")
    assert play.do("task.help", "other_b", "2026-03-02T12:00", help_given="我来") == "wrong_role"
    solved(play, "2026-03-02T13:00").did("report", HANDLER, "2026-03-02T14:00", **REPORT)
    assert play.state.stage == "follow_up", clause
    over = verified()
    over.did("assign", ACCEPTING, "2026-04-30T10:00", handling_department="unit_a", dedicated=HANDLER)
    over.did("ask_help", HANDLER, "2026-04-30T11:00", asked=["worker_b"], help_wanted="查账")
    # 1 to 5 May are holidays, Saturday 9 May is worked: 6 and 7 May are the two days
    assert (over.due("help"), over.due("handling")) == ("2026-05-08T00:00:00", "2026-05-06T00:00:00")


@for_clause("IC-4.1a", "house-1")
@around_the_limit("2026-03-08T00:00:00", "2026-03-08T00:00:01")
def test_the_handling_is_reported_within_five_days(clause: str, at: str, status: str) -> None:
    play = solved()
    assert play.due("handling") == "2026-03-08T00:00:00"
    play.until(at).did("report", HANDLER, at, **REPORT)
    assert play.status("handling") == status
    gap = shipped(PACK).file.clause["IC-4.1a"]
    assert (bool(gap.gap), gap.filled) == (True, "house-1")
    assert play.cites("house-1", "clock_started", "clock.handling")
    assert clause in ("IC-4.1a", "house-1")


@for_clause("house-1")
def test_a_further_round_has_five_days_again(clause: str) -> None:
    play = sent_back()
    assert (play.status("handling"), play.due("handling")) == ("running", "2026-03-12T00:00:00")
    assert len(play.of("clock_started", "clock.handling")) == 2
    assert play.cites(clause, "clock_started", "clock.handling")


@for_clause("house-2")
def test_a_time_that_runs_out_is_told_upward(clause: str) -> None:
    play = handling().until("2026-03-12T12:00")
    # 133.5 hours from Monday 10:30 to Saturday 24:00; 80 % of them are 106 h 48 min
    assert play.told() == [
        ("2026-03-06T21:18:00", "handling", ACCUSED_HEAD),
        ("2026-03-08T00:00:01", "handling", f"{HANDLER} leader"),
        ("2026-03-10T00:00:00", "handling", "general_manager"),
    ]
    assert play.cites(clause, "escalated", "clock.handling")
    play.did("solve", "leader", "2026-03-12T13:00", solution="补发物料")
    fields = REPORT | {"no_contact_why": "逾期"}
    assert play.did("report", "general_manager", "2026-03-12T14:00", **fields).state.stage == "follow_up"


@for_clause("IC-4.1b")
def test_it_stays_in_handling_until_it_is_reported_to_who_accepted_it(clause: str) -> None:
    play = solved()
    assert (play.state.stage, play.do("confirm", ACCEPTING, "2026-03-06T09:00")) == ("handling", "step_not_open")
    assert play.do("report", HANDLER, "2026-03-06T10:00") == "fields_wrong"
    assert play.missing() == {"handled_how"}
    play.did("report", HANDLER, "2026-03-06T10:00", **REPORT)
    assert (play.state.stage, play.messages[-1]["to"]) == ("follow_up", ACCEPTING)
    assert play.cites(clause, "moved", "step.report")


@for_clause("IC-4.2")
def test_who_is_still_dissatisfied_begins_another_round(clause: str) -> None:
    play = reported()
    assert play.do("send_back", ACCEPTING, "2026-03-06T11:00", satisfied=True) == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("confirm", ACCEPTING, "2026-03-06T11:00", **DISSATISFIED) == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("send_back", ACCEPTING, "2026-03-06T11:00", satisfied=False) == "fields_wrong"
    assert play.missing() == {"doubts"}
    play.did("send_back", ACCEPTING, "2026-03-06T11:00", **DISSATISFIED)
    assert (play.state.stage, spent(play, "following_up")) == ("handling", [3600])
    play.did("solve", HANDLER, "2026-03-06T12:00", solution="书面说明").did(
        "report", HANDLER, "2026-03-06T13:00", **REPORT
    )
    play.did("confirm", ACCEPTING, "2026-03-06T15:00", satisfied=True)
    assert (play.state.stage, spent(play, "following_up")) == ("evaluation", [3600, 7200])
    assert len(play.of("clock_started", "clock.following_up")) == 2


@for_clause("house-5")
def test_rounds_end_without_satisfaction_after_the_second_one(clause: str) -> None:
    play = reported()
    assert play.do("end_dissatisfied", ACCEPTING, "2026-03-06T11:00", ended_because="无依据") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play = sent_back().did("solve", HANDLER, "2026-03-06T12:00", solution="书面说明")
    play.did("report", HANDLER, "2026-03-06T13:00", **REPORT)
    assert play.do("end_dissatisfied", ACCEPTING, "2026-03-06T14:00") == "fields_wrong"
    play.did("end_dissatisfied", ACCEPTING, "2026-03-06T14:00", ended_because="无依据")
    assert (play.state.stage, play.state.fields["satisfied"]) == ("evaluation", False)
    assert spent(play, "following_up")[-1] == 3600


@for_clause("IC-5.1a")
def test_one_evaluation_is_asked_for_with_the_report_and_given_after_the_follow_up(clause: str) -> None:
    play = reported()
    assert len(play.of("task_given", "task.evaluation")) == 1
    assert play.do("task.evaluation", ACCEPTING, "2026-03-06T11:00", **EVALUATION) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play = confirmed()
    assert play.do("close", ACCEPTING, "2026-03-06T15:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert evaluated().cites(clause, "task_done", "task.evaluation")
    assert len(ended().of("task_given", "task.evaluation")) == 1


@for_clause("IC-5.1a")
@pytest.mark.parametrize(
    ("handler", "accused", "evaluator"),
    [(HANDLER, "", ACCEPTING), (ACCEPTING, "", "neutral"), (HANDLER, ACCEPTING, "neutral")],
)
def test_who_handled_it_or_is_complained_about_does_not_evaluate_it(
    clause: str, handler: str, accused: str, evaluator: str
) -> None:
    play = verified(accused=accused) if accused == "" else verified_by_neutral(accused)
    accepting = "neutral" if accused else ACCEPTING
    play.did("assign", accepting, "2026-03-02T10:30", handling_department="unit_a", dedicated=handler)
    play.did("contact", handler, "2026-03-02T11:00", said="已说明").did(
        "solve", handler, "2026-03-02T11:00", solution="补发"
    )
    play.did("report", handler, "2026-03-02T12:00", **REPORT).did(
        "confirm", accepting, "2026-03-02T13:00", satisfied=True
    )
    persons = {HANDLER, ACCEPTING, "neutral", "leader"}
    may = {person for person in persons if seeing(play).may_do(person, "task.evaluation")}
    assert (may, play.cites(clause, "task_given", "task.evaluation")) == ({evaluator}, True)


def verified_by_neutral(accused: str) -> Play:
    """A complaint about the head who would accept it, verified by the neutral department."""
    play = received(accused=accused).did("register", "neutral", "2026-03-02T09:25")
    return play.did("verify", "neutral", "2026-03-02T10:00", understood="领料单齐全", founded=True)


@for_clause("IC-5.1b")
@pytest.mark.parametrize("lacks", ["lessons", "measures", "important"])
def test_an_evaluation_has_lessons_and_measures(clause: str, lacks: str) -> None:
    play = confirmed()
    fields = {name: value for name, value in EVALUATION.items() if name != lacks}
    assert play.do("task.evaluation", ACCEPTING, "2026-03-09T09:00", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({lacks}, True)


@for_clause("IC-5.2a")
def test_the_leader_gets_the_evaluation_and_acknowledges_it(clause: str) -> None:
    play = evaluated()
    assert play.messages[-1]["to"] == "leader"
    assert play.do("close", ACCEPTING, "2026-03-09T10:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("task.receipt", ACCEPTING, "2026-03-09T10:00") == "wrong_role"
    play.did("task.receipt", "leader", "2026-03-09T10:00").did("close", ACCEPTING, "2026-03-09T11:00")
    assert (play.state.closed, play.cites(clause, "task_done", "task.receipt")) == (True, True)


@for_clause("IC-5.2b")
def test_important_problems_of_a_quarter_are_listed(clause: str) -> None:
    first = closed(important=True)
    second = closed(handling(first), important=True)
    closed(handling(first))
    later = closed(handling(first), at="2026-04-01T09:00", important=True)
    numbers = (first.state.number, second.state.number)
    assert figures(first, "important", "2026-Q1", "2026-04-02T09:00") == {(): (2, numbers)}
    assert figures(first, "important", "2026-Q2", "2026-04-02T09:00") == {(): (1, (later.state.number,))}
    report = shipped(PACK).file.report["important"]
    assert (report.clause, report.period) == ((clause,), ("quarter",))


@for_clause("IC-5.2b", "house-6")
def test_a_summary_falls_due_on_the_last_day_of_every_quarter(clause: str) -> None:
    first, second = cycled(PACK, "summary", "2026-03-01T00:00", "2026-07-15T00:00")
    periods = [play.written("summary_period")["period"] for play in (first, second)]
    assert periods == ["2026-Q1", "2026-Q2"]
    assert first.state.opened_at is not None
    assert [play.of("opened")[0].at.isoformat() for play in (first, second)] == [
        "2026-03-30T16:00:00+00:00",
        "2026-06-29T16:00:00+00:00",
    ]
    assert first.do("sum_up", "neutral", "2026-03-31T10:00", summed_up_what="两起发料差错") == "fields_wrong"
    assert first.missing() == {"analysed"}
    first.did("sum_up", "neutral", "2026-03-31T10:00", summed_up_what="两起发料差错", analysed="复核缺失")
    assert first.state.closed
    assert first.cites("IC-5.2b", "moved", "step.sum_up")
    assert clause in ("IC-5.2b", *shipped(PACK).file.cycle["summary"].clause)


@for_clause("IC-6.1")
def test_the_share_of_satisfied_complainants_is_shown(clause: str) -> None:
    first = closed()
    for _ in range(2):
        closed(handling(first))
    ended(handling(first))
    handling(first)
    (line,) = figures(first, "satisfaction", "2026-Q1", "2026-04-02T09:00").values()
    assert [str(figure) for figure in line] == ["75.00", "4"]
    report = shipped(PACK).file.report["satisfaction"]
    assert (report.clause, report.period) == ((clause,), ("quarter",))
