"""The head of the department: two hours, and a time agreed with the customer, HF-7.2.1a, HF-7.2.1b, HF-7.2.1d."""

import pytest

from tests.rules.packs.home_furnishing.stories import CONSENT, DIRECT, RESULT, delivered, escalated
from tests.rules.packs.playing import around_the_limit, for_clause

pytestmark = pytest.mark.pure


@for_clause("HF-7.2.1a")
@around_the_limit("2026-03-02T10:20", "2026-03-02T10:20:01")
def test_the_head_investigates_within_an_hour(clause: str, at: str, status: str) -> None:
    play = delivered()
    assert play.do("head_finds", "head_b", at, head_found="f") == "wrong_role"
    play.did("head_finds", "head_a", at, head_found="排產延誤")
    assert (play.due("head_investigation"), play.status("head_investigation")) == ("2026-03-02T10:20:00", status)
    assert play.cites(clause, "clock_started", "clock.head_investigation")
    assert play.do("head_finds", "head_a", at, head_found="f") == "step_not_open"
    escalated(play, at)
    assert play.do("head_finds", "head_a", at, head_found="f") == "step_not_open"


@for_clause("HF-7.2.1b")
@around_the_limit("2026-03-02T11:00", "2026-03-02T11:00:01")
def test_the_head_replies_within_another_hour(clause: str, at: str, status: str) -> None:
    play = delivered()
    assert play.do("head_replies", "head_a", "2026-03-02T10:00", **RESULT) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("head_finds", "head_a", "2026-03-02T10:00", head_found="f")
    assert play.do("head_replies", "worker_b", at, **RESULT) == "wrong_role"
    play.did("head_replies", "head_a", at, **RESULT)
    assert (play.due("head_reply"), play.status("head_reply")) == ("2026-03-02T11:00:00", status)
    assert (play.state.stage, play.status("head_agreed_reply")) == ("result_ready", "off")


@for_clause("HF-7.2.1a", "HF-7.2.1b")
@pytest.mark.parametrize("found", [False, True])
@pytest.mark.parametrize("direct", [False, True])
def test_the_result_of_the_department_ends_the_clocks_of_its_head(clause: str, direct: bool, found: bool) -> None:
    play = delivered(direct=direct)
    if found:
        play.did("head_finds", "head_a", "2026-03-02T09:30", head_found="f")
    step, fields = ("reply_direct", DIRECT) if direct else ("report_result", RESULT)
    play.did(step, "worker_a", "2026-03-02T09:40", **fields)
    assert (play.status("head_investigation"), play.status("head_reply")) == ("met", "met" if found else "off")
    assert clause in (*play.pack.file.clock["head_investigation"].clause, *play.pack.file.clock["head_reply"].clause)


@for_clause("HF-7.2.1a")
@pytest.mark.parametrize("direct", [False, True])
def test_the_reply_of_the_head_ends_the_clock_of_the_second_handler(clause: str, direct: bool) -> None:
    play = delivered(direct=direct).did("head_finds", "head_a", "2026-03-02T09:30", head_found="f")
    play.did("head_replies", "head_a", "2026-03-02T09:40", **RESULT)
    assert play.status("direct_reply" if direct else "second_reply") == "met"
    assert clause in play.pack.file.step["head_finds"].clause
    leader = escalated().did("head_finds", "head_a", "2026-03-02T11:10", head_found="f")
    leader.did("head_replies", "head_a", "2026-03-02T11:20", **RESULT)
    assert leader.status("leader_solution") == "met"


@for_clause("HF-7.2.1d")
@pytest.mark.parametrize("direct", [False, True])
def test_with_the_customers_consent_the_clocks_move_to_the_agreed_time(clause: str, direct: bool) -> None:
    play = delivered(direct=direct).did("agree_time", "worker_a", "2026-03-02T09:25", **CONSENT)
    moved = ["direct_reply" if direct else "second_reply", "head_investigation"]
    assert [play.due(clock) for clock in moved] == ["2026-03-12T18:00:00"] * 2
    assert all(play.cites(clause, "clock_moved", f"clock.{clock}") for clock in moved)
    play.did("head_finds", "head_a", "2026-03-11T09:00", head_found="f")
    assert (play.due("head_agreed_reply"), play.status("head_reply")) == ("2026-03-12T18:00:00", "off")
    assert {**play.written("consent")}.keys() >= {"consent_at", "consent_how", "agreed_time"}


@for_clause("HF-7.2.1d")
@around_the_limit("2026-03-12T18:00", "2026-03-12T18:00:01")
@pytest.mark.parametrize("step", ["report_result", "head_replies", "reply_direct"])
def test_the_agreed_time_is_the_limit(clause: str, at: str, status: str, step: str) -> None:
    play = delivered(direct=step == "reply_direct").did("head_finds", "head_a", "2026-03-02T09:24", head_found="f")
    play.did("agree_time", "head_a", "2026-03-02T09:25", **CONSENT)
    by, fields = (
        ("head_a", RESULT) if step == "head_replies" else ("worker_a", DIRECT if step == "reply_direct" else RESULT)
    )
    play.did(step, by, at, **fields)
    clock = "direct_reply" if step == "reply_direct" else "second_reply"
    assert (play.status("head_agreed_reply"), play.status("head_reply"), play.status(clock)) == (status, "off", status)
    assert play.cites(clause, "clock_started", "clock.head_agreed_reply")


@for_clause("HF-7.2.1d")
def test_consent_is_written_down_whole_or_moves_nothing(clause: str) -> None:
    play = delivered()
    for field in CONSENT:
        left = {name: value for name, value in CONSENT.items() if name != field}
        assert play.do("agree_time", "first_handler", "2026-03-02T09:25", **left) == "fields_wrong"
        assert (play.missing(), clause in play.refused_by()) == ({field}, True)
    assert play.do("agree_time", "hr", "2026-03-02T09:25", **CONSENT) == "wrong_role"
    assert play.due("second_reply") == "2026-03-02T09:50:00"


@for_clause("HF-7.2.1d")
@pytest.mark.parametrize(("at", "code"), [("2026-03-02T10:20", ""), ("2026-03-02T10:20:01", "moved_too_late")])
def test_consent_after_the_limit_moves_nothing(clause: str, at: str, code: str) -> None:
    play = delivered()
    assert play.do("agree_time", "first_handler", at, **CONSENT) == code
    assert play.due("second_reply") == "2026-03-02T09:50:00"
    assert play.due("head_investigation") == ("2026-03-02T10:20:00" if code else "2026-03-12T18:00:00")
    assert clause in play.pack.file.clock["head_investigation"].clause


@for_clause("HF-7.2.1a", "HF-7.2.1b", "HF-7.2.1d")
@pytest.mark.parametrize("agreed", [False, True])
@pytest.mark.parametrize("found", [False, True])
def test_the_solution_of_the_top_leader_ends_the_clocks_of_the_head(clause: str, found: bool, agreed: bool) -> None:
    play = delivered()
    if agreed:
        play.did("agree_time", "worker_a", "2026-03-02T09:25", **CONSENT)
    if found:
        play.did("head_finds", "head_a", "2026-03-02T09:30", head_found="f")
    escalated(play, "2026-03-02T09:40").did("leader_solves", "head_b", "2026-03-02T09:50", **RESULT)
    clocks = {
        "head_investigation": "met",
        "head_reply": "met" if found and not agreed else "off",
        "head_agreed_reply": "met" if found and agreed else "off",
    }
    assert {clock: play.status(clock) for clock in clocks} == clocks
    assert any(clause in play.pack.file.clock[clock].clause for clock in clocks)
