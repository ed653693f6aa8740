"""What happens to the result: revisit, a new case for the dissatisfied, feedback, improvement; SC-4.0 to SC-5.5."""

from typing import Any

import pytest

from tests.rules.packs.overview import cycled, figures, made
from tests.rules.packs.playing import Play, around_the_limit, for_clause
from tests.rules.packs.seed_complaint_management.stories import (
    DAY,
    HANDLER,
    PACK,
    REVISIT,
    RULED,
    accepted,
    classed,
    dissatisfied,
    fed_back,
    improving,
    instructed,
    on_form,
    received,
    resolved,
    revisited,
)

pytestmark = pytest.mark.pure


@for_clause("SC-4.0", "house-3")
@around_the_limit("2026-03-09T24:00", "2026-03-10T00:00:01")
def test_a_case_that_nobody_touches_for_five_working_days_is_idle(clause: str, at: str, status: str) -> None:
    play = accepted()
    assert play.due("idle") == "2026-03-10T00:00:00"
    play.until(at)
    late = [("2026-03-10T00:00:01", "idle", HANDLER)]
    assert (play.status("idle"), play.told()) == (("missed", late) if status == "missed" else ("running", []))
    lines = made(play, "idle", "2026-03", "2026-03-31T24:00").register
    assert [line.cells[1] for line in lines] == (["asking"] if status == "missed" else [])
    assert play.cites(clause, "clock_started", "clock.idle")


@for_clause("house-3")
def test_whoever_has_the_stage_is_told_and_each_step_begins_anew(clause: str) -> None:
    play = received().until("2026-03-10T00:00:01")
    assert play.told() == [("2026-03-10T00:00:01", "idle", "business")]
    play.did("accept", "business", "2026-04-30T09:00", handler=HANDLER)
    assert (play.status("idle"), play.due("idle")) == ("running", "2026-05-12T00:00:00")
    assert play.cites(clause, "escalated")
    closed = revisited().did("close", HANDLER, "2026-03-10T10:00")
    assert closed.state.next_due is None


@for_clause("SC-4.1", "house-7")
@pytest.mark.parametrize(("closed", "share"), [(3, "75.00"), (4, "80.00")])
def test_the_close_rate_is_what_was_closed_of_what_was_accepted(clause: str, closed: int, share: str) -> None:
    first = received()
    superseded = dissatisfied_beside(first)
    superseded.linked("follow_up", "2026-03-10T10:00")
    for _ in range(closed):
        closed_beside(first)
    accepted(first)
    found = figures(first, "close_rate", "2026-03", "2026-04-01T00:00")[()]
    assert (found[0], found[1]) == (share, closed + 1)
    report = first.pack.file.report["close_rate"]
    assert (report.target.at_least if report.target else "", clause in report.clause) == ("80%", True)


def dissatisfied_beside(first: Play) -> Play:
    """A superseded case of the same company."""
    play = _asked_for_help(first)
    play.did("revisit", HANDLER, "2026-03-10T09:00", **(REVISIT | {"satisfied": False}))
    return play.did("supersede", HANDLER, "2026-03-10T10:00", matter="仍未解决")


def closed_beside(first: Play) -> Play:
    """A closed communicative case of the same company."""
    play = _asked_for_help(first).did("revisit", HANDLER, "2026-03-10T09:00", **REVISIT)
    return play.did("close", HANDLER, "2026-03-10T09:30")


def _asked_for_help(first: Play) -> Play:
    play = on_form(accepted(first))
    play.did("classify", "business", f"{DAY}10:00", content="service_quality", nature="help")
    return play.did("help", HANDLER, f"{DAY}10:30", help_given="已换袋")


@for_clause("SC-4.1")
def test_the_goal_is_shown_and_shuts_nothing(clause: str) -> None:
    play = received()
    accepted(play)
    assert figures(play, "close_rate", "2026", "2026-12-31T24:00")[()][1] == 1
    target = made(play, "close_rate", "2026", "2026-12-31T24:00").report.target
    assert (target.at_least if target else "", clause) == ("80%", "SC-4.1")


@for_clause("SC-4.3", "SC-5.1")
def test_nothing_is_closed_before_the_customer_was_asked(clause: str) -> None:
    play = resolved()
    assert play.do("close", HANDLER, "2026-03-10T09:00") == "gate_closed"
    assert clause in play.refused_by()
    play.did("revisit", HANDLER, "2026-03-10T09:00", **REVISIT)
    assert play.written("revisit")["satisfied"] is True
    assert play.do("close", "business", "2026-03-10T09:30") == "wrong_role"
    play.did("close", HANDLER, "2026-03-10T09:30")
    assert (play.state.stage, play.cites(clause, "moved", "step.revisit")) == ("closed", True)


@for_clause("SC-4.3")
@pytest.mark.parametrize("field", list(REVISIT))
def test_satisfaction_date_and_way_are_registered(clause: str, field: str) -> None:
    play = resolved()
    some = {name: value for name, value in REVISIT.items() if name != field}
    assert play.do("revisit", HANDLER, "2026-03-10T09:00", **some) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({field}, True)


@for_clause("SC-5.1")
@pytest.mark.parametrize(("way", "code"), [("phone", ""), ("on_site", ""), ("letter", "fields_wrong")])
def test_one_asks_by_telephone_or_at_home(clause: str, way: str, code: str) -> None:
    play = resolved()
    assert play.do("revisit", HANDLER, "2026-03-10T09:00", **(REVISIT | {"revisit_by": way})) == code
    assert play.cites(clause, "moved", "step.revisit") if not code else clause in play.refused_by()


@for_clause("SC-5.2")
def test_who_is_not_satisfied_gets_a_new_case_and_this_one_is_superseded(clause: str) -> None:
    play = dissatisfied()
    assert (play.state.stage, play.state.closed) == ("superseded", True)
    new = play.linked("follow_up", "2026-03-10T10:00")
    assert new.state.stage == "received"
    assert new.written("intake") == {
        "channel": "oral",
        "customer": "C-17",
        "matter": "补种后仍缺苗",
        "batch_number": "R7-26",
    }
    assert play.state.links["follow_up"] == (new.state.case_id,)
    assert play.cites(clause, "linked", "link.follow_up")


@for_clause("SC-5.2")
def test_a_new_case_without_a_batch_keeps_its_reason(clause: str) -> None:
    play = accepted(batch_number={"no": "散装"})
    facts = {"batch_number": {"no": "散装"}, "purchase_date": "2026-02-20", "purchase_place": "p", "severity": "s"}
    play.did("ask", HANDLER, f"{DAY}09:20", **facts)
    play.did("learn", HANDLER, f"{DAY}09:20", demand="d", reason_found="r", advice="a")
    play.did("register", HANDLER, f"{DAY}09:20", **facts, demand="d", reason_found="r")
    play.did("classify", "business", f"{DAY}10:00", content="service_quality", nature="help")
    play.did("help", HANDLER, f"{DAY}10:30", help_given="h")
    play.did("revisit", HANDLER, "2026-03-10T09:00", **(REVISIT | {"satisfied": False}))
    play.did("supersede", HANDLER, "2026-03-10T10:00", matter="m")
    assert play.linked("follow_up", "2026-03-10T10:00").written("intake")["batch_number"] == {"no": "散装"}
    assert play.cites(clause, "moved", "step.supersede")


@for_clause("SC-5.2")
def test_a_satisfied_customer_has_no_new_case_and_a_dissatisfied_one_is_not_closed(clause: str) -> None:
    play = revisited()
    assert play.do("supersede", HANDLER, "2026-03-10T10:00", matter="m") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play = revisited(satisfied=False)
    assert play.do("close", HANDLER, "2026-03-10T10:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("supersede", HANDLER, "2026-03-10T10:00") == "fields_wrong"
    assert (play.missing(), play.do("supersede", "office", "2026-03-10T10:00", matter="m")) == (
        {"matter"},
        "wrong_role",
    )


@for_clause("SC-5.3a")
def test_two_opinions_go_to_the_leader_in_writing(clause: str) -> None:
    opinions = ["包装太大", "希望田间指导"]
    play = revisited(opinions=opinions)
    assert play.state.tasks["feedback"].asked == ("handler",)
    assert play.do("close", HANDLER, "2026-03-11T09:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("task.feedback", HANDLER, "2026-03-11T10:00") == "fields_wrong"
    play.did("task.feedback", HANDLER, "2026-03-11T10:00", opinions=opinions)
    assert (play.written("feedback"), play.state.approvals["feedback"].asked) == ({"opinions": opinions}, ("leader",))
    assert play.cites(clause, "task_given", "task.feedback")
    assert "feedback" not in revisited().state.tasks


@for_clause("SC-5.3b")
def test_without_an_instruction_nothing_is_forwarded(clause: str) -> None:
    play, filing = fed_back(), {"archive_number": "DA-26-1", "suggestion": "改小包装"}
    assert play.do("forward", HANDLER, "2026-03-12T08:00", **filing) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("approval.feedback", "leader", "2026-03-12T09:00", verdict="given", **RULED)
    assert play.do("close", HANDLER, "2026-03-12T09:05") == "gate_closed"
    play.did("forward", HANDLER, "2026-03-12T10:00", **filing)
    assert play.state.tasks["improve"].asked == ("responsible_head",)
    assert play.written("filing")["archive_number"] == "DA-26-1"
    assert play.do("task.improve", "head_a", "2026-03-16T09:00", improvement="i") == "wrong_role"
    play.did("task.improve", "head_b", "2026-03-16T09:00", improvement="已改").did("close", HANDLER, "2026-03-16T10:00")
    assert play.cites(clause, "task_done", "task.improve")


@for_clause("SC-5.3b")
def test_feedback_that_is_sent_back_is_written_anew(clause: str) -> None:
    play = fed_back()
    play.did("approval.feedback", "leader", "2026-03-12T09:00", verdict="returned", reason="不清楚", **RULED)
    assert (play.state.stage, play.state.tasks["feedback"].status) == ("resolved", "open")
    play.did("task.feedback", HANDLER, "2026-03-12T10:00", opinions=["包装太大"])
    play.did("approval.feedback", "leader", "2026-03-12T11:00", verdict="given", **RULED)
    assert play.cites(clause, "approval_given", "approval.feedback")


@for_clause("SC-5.3b", "SC-6.3a")
@pytest.mark.parametrize("field", list(RULED))
def test_an_instruction_names_the_department_and_a_date(clause: str, field: str) -> None:
    play = fed_back()
    some = {name: value for name, value in RULED.items() if name != field}
    assert play.do("approval.feedback", "leader", "2026-03-12T09:00", verdict="given", **some) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({field}, True)
    assert play.do("approval.feedback", "business", "2026-03-12T09:00", verdict="given", **RULED) == "wrong_role"


@for_clause("SC-5.3b", "SC-6.3a")
@pytest.mark.parametrize(
    ("what", "by", "field"), [("forward", HANDLER, "archive_number"), ("forward", HANDLER, "suggestion")]
)
def test_it_is_filed_with_what_is_suggested(clause: str, what: str, by: str, field: str) -> None:
    filing: dict[str, Any] = {"archive_number": "DA-26-1", "suggestion": "改小包装"}
    del filing[field]
    play = instructed()
    assert play.do(what, by, "2026-03-12T10:00", **filing) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({field}, True)
    assert improving().do("task.improve", "head_b", "2026-03-13T09:00") == "fields_wrong"


@for_clause("SC-5.5")
def test_at_the_end_of_the_year_a_document_is_compiled_and_issued(clause: str) -> None:
    [play] = cycled(PACK, "learning", "2026-06-01T00:00", "2026-12-31T12:00")
    assert (play.written("learning_year"), play.due("learning")) == ({"period": "2026"}, "2027-01-01T00:00:00")
    assert play.do("issue", "complaint_handlers", "2026-12-31T09:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    for field in ("cases_covered", "material"):
        some = {name: value for name, value in DOCUMENT.items() if name != field}
        assert play.do("compile", "complaint_handlers", "2026-12-31T10:00", **some) == "fields_wrong"
        assert play.missing() == {field}
    assert play.do("compile", "office", "2026-12-31T10:00", **DOCUMENT) == "wrong_role"
    assert play.do("compile", "complaint_handlers", "2026-12-31T10:00", **(DOCUMENT | {"cases_covered": "-1"})) != ""
    play.did("compile", "complaint_handlers", "2026-12-31T10:00", **DOCUMENT)
    assert play.do("issue", "complaint_handlers", "2026-12-31T11:00") == "gate_closed"
    play.did("approval.learning", "leader", "2027-01-04T09:00", verdict="returned", reason="补充")
    assert play.do("issue", "complaint_handlers", "2027-01-04T10:00") == "gate_closed"
    play.did("compile", "complaint_handlers", "2027-01-05T09:00", **(DOCUMENT | {"cases_covered": "0"}))
    play.did("approval.learning", "leader", "2027-01-05T10:00", verdict="given")
    play.did("issue", "complaint_handlers", "2027-01-05T11:00")
    assert play.of("notified", "step.issue")[0].data["persons"] == [["marketing_staff", ""]]
    assert (play.state.stage, play.status("learning"), play.cites(clause, "opened")) == ("issued", "met", True)


DOCUMENT = {"cases_covered": "45", "material": "年度案例"}


@for_clause("SC-5.5")
@around_the_limit("2025-12-31T24:00", "2026-01-01T00:00:01")
def test_the_document_is_compiled_by_the_end_of_the_year(clause: str, at: str, status: str) -> None:
    [play] = cycled(PACK, "learning", "2025-06-01T00:00", "2025-12-31T12:00")
    play.until(at).did("compile", "complaint_handlers", at, **DOCUMENT)
    assert play.status("learning") == status
    assert play.cites(clause, "clock_started", "clock.learning")


@for_clause("SC-5.5", "house-8")
def test_the_document_lists_every_case_of_the_year(clause: str) -> None:
    first = received()
    for number in range(44):
        received(first, customer=f"C-{number}")
    report = made(first, "year_cases", "2026", "2026-12-31T09:00")
    assert (len(report.register), report.totals[0].figures[0].value) == (45, 45)
    assert clause in report.report.clause
    assert len(made(first, "year_cases", "2025", "2026-12-31T09:00").register) == 0
    shown = made(closed_beside(received()), "year_cases", "2026", "2026-12-31T09:00").register[1].cells
    assert shown[2:] == ("service_quality", "help", None, True, "closed")


@for_clause("SC-5.1")
def test_a_case_in_improvement_is_closed_from_there(clause: str) -> None:
    play = improving().did("task.improve", "head_b", "2026-03-16T09:00", improvement="已改")
    play.did("close", HANDLER, "2026-03-16T10:00")
    assert (play.state.stage, play.cites(clause, "moved", "step.close")) == ("closed", True)
    assert classed().do("close", HANDLER, f"{DAY}10:00") == "step_not_open"
