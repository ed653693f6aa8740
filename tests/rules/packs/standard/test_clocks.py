"""The standard pack: dispute about the owner, limits, escalation, pauses, ST-11 to ST-18."""

from typing import Any

import pytest

from tests.rules.packs.playing import Play, around_the_limit, done, for_clause, shown
from tests.rules.packs.standard.stories import FINDINGS, PROPOSAL, STANDARD, assigned, found, replied, taken_in

pytestmark = pytest.mark.pure

WAITING = {"waiting_for": "documents", "asked_for": "a"}
QUESTION = {"asked_department": "workshop", "asked_what": "a"}


@for_clause("ST-11")
def test_a_dispute_about_the_owner_leaves_the_customers_clock_alone(clause: str) -> None:
    play = assigned()
    before = {name: play.due(name) for name in ("handling", "investigation", "interim_reply")}
    done(play.do("contest", "hana", "2026-03-02T12:00", contested_why="w"), play)
    assert {name: play.due(name) for name in before} == before
    assert {play.status(name) for name in before} == {"running"}
    assert play.state.stage == "investigation"
    done(play.do("record_findings", "hana", "2026-03-02T13:00", **FINDINGS), play)
    assert play.cites(clause, "task_given", "task.arbitration")


@for_clause("ST-11")
def test_the_arbiter_decides_once_and_for_all(clause: str) -> None:
    play = assigned()
    done(play.do("contest", "hana", "2026-03-02T12:00", contested_why="w"), play)
    assert play.do("contest", "hana", "2026-03-02T12:30", contested_why="w") == "gate_closed"
    assert play.do("task.arbitration", "hana", "2026-03-02T13:00", handler="hugo", arbitrated_why="w") == "excluded"
    assert play.do("task.arbitration", "lena", "2026-03-02T13:00", handler="hugo") == "fields_wrong"
    done(play.do("task.arbitration", "lena", "2026-03-02T13:00", handler="hugo", arbitrated_why="w"), play)
    assert play.do("contest", "hugo", "2026-03-02T14:00", contested_why="w") == "gate_closed"
    assert clause in play.refused_by()
    assert play.do("record_findings", "hana", "2026-03-02T14:00", **FINDINGS) == "wrong_role"
    done(play.do("record_findings", "hugo", "2026-03-02T14:00", **FINDINGS), play)


@for_clause("ST-11", "ST-15")
@around_the_limit("2026-03-03T24:00", "2026-03-04T00:00:01")
def test_the_arbiter_has_one_working_day(clause: str, at: str, status: str) -> None:
    play = assigned()
    done(play.do("contest", "hana", "2026-03-02T12:00", contested_why="w"), play)
    done(play.do("task.arbitration", "lena", at, handler="hana", arbitrated_why="w"), play)
    assert play.due("arbitration") == "2026-03-04T00:00:00"
    assert play.status("arbitration") == status
    assert play.cites(clause, "clock_started", "clock.arbitration")


@for_clause("ST-12")
@pytest.mark.parametrize(
    ("opened", "grave", "due"),
    [
        ("2026-03-02T09:00", False, "2026-03-24T00:00:00"),
        ("2026-03-02T09:00", True, "2026-03-10T00:00:00"),
        ("2026-03-07T10:00", False, "2026-03-28T00:00:00"),
        ("2026-03-07T10:00", True, "2026-03-14T00:00:00"),
        ("2026-04-03T23:00", True, "2026-04-14T00:00:00"),
        ("2026-04-30T09:00", True, "2026-05-12T00:00:00"),
    ],
    ids=["ordinary", "grave", "ordinary_on_saturday", "grave_on_saturday", "over_qingming", "over_labour_day"],
)
def test_the_customer_has_the_final_reply_within_15_or_5_working_days(
    clause: str, opened: str, grave: bool, due: str
) -> None:
    play = taken_in(opened, safety=grave)
    clock, other = ("handling_grave", "handling") if grave else ("handling", "handling_grave")
    assert (play.due(clock), play.status(other)) == (due, "off")
    assert play.cites(clause, "clock_started", f"clock.{clock}")


@for_clause("ST-12")
def test_a_later_severity_counts_from_the_intake(clause: str) -> None:
    play = taken_in()
    done(play.do("acknowledge", "olga", "2026-03-03T10:00", acknowledged_by="phone", number_told=True), play)
    done(play.do("assign", "tim", "2026-03-04T10:00", handler="hana", severity="grave"), play)
    assert (play.status("handling"), play.due("handling_grave")) == ("off", "2026-03-10T00:00:00")
    assert shown(play.of("clock_started", "clock.handling_grave")[0].at) == "2026-03-02T09:00:00"
    assert play.cites(clause, "clock_off", "clock.handling")


@for_clause("ST-12")
@pytest.mark.parametrize("clock", ["handling", "handling_grave"])
def test_the_final_reply_stops_the_customers_clock(clause: str, clock: str) -> None:
    play = assigned(safety=clock == "handling_grave")
    assert play.status(clock) == "running"
    stops = play.pack.file.clock[clock].stops
    assert set(stops) == {"step.reply", "step.join", "step.withdraw"}
    assert replied().status("handling") == "met"
    assert clause in play.pack.file.clock[clock].clause


@for_clause("ST-13")
def test_escalation_reaches_head_leader_and_general_manager_and_hands_the_case_over(clause: str) -> None:
    play = assigned()
    play.until("2026-03-10T00:00:01")
    assert list(play.state.raised) == ["leader"]
    play.until("2026-06-01T00:00")
    assert list(play.state.raised) == ["leader", "general_manager"]
    assert [entry for entry in play.of("escalated") if entry.clause not in ((clause,), ("ST-15",))] == []
    done(play.do("record_findings", "greta", "2026-06-01T01:00", **FINDINGS), play)


@for_clause("ST-13")
def test_nobody_gets_the_case_before_a_limit_is_missed(clause: str) -> None:
    play = assigned().until("2026-03-10T00:00:00")
    assert play.state.raised == ()
    assert play.do("record_findings", "greta", "2026-03-10T00:00:00", **FINDINGS) == "wrong_role"
    assert play.cites(clause, "escalated", "clock.interim_reply")


@for_clause("ST-14")
@pytest.mark.parametrize("clock", ["handling", "handling_grave"])
def test_a_leader_who_acknowledges_in_time_spares_the_general_manager(clause: str, clock: str) -> None:
    play = assigned(safety=clock == "handling_grave")
    missed = play.due(clock)[:10]
    play.until(f"{missed}T09:00")
    assert play.do("task.leader_acknowledges", "greta", f"{missed}T14:00", measure="m") in ("", "wrong_role")
    play = assigned(safety=clock == "handling_grave").until(f"{missed}T09:00")
    assert play.do("task.leader_acknowledges", "lena", f"{missed}T14:30") == "fields_wrong"
    done(play.do("task.leader_acknowledges", "lena", f"{missed}T14:30", measure="m"), play)
    assert play.status("leader_acknowledgement") == "met"
    play.until("2026-06-01T00:00")
    assert "general_manager_acknowledges" not in play.state.tasks
    assert play.cites(clause, "task_done", "task.leader_acknowledges")


@for_clause("ST-14")
@around_the_limit("2026-03-25T09:30:01", "2026-03-25T09:30:02")
def test_the_general_manager_is_asked_when_the_leader_is_silent(clause: str, at: str, status: str) -> None:
    play = assigned().until("2026-03-24T14:30:00")
    assert "general_manager_acknowledges" not in play.state.tasks
    play.until("2026-03-24T14:30:01")
    assert play.state.tasks["general_manager_acknowledges"].status == "open"
    assert play.due("general_manager_acknowledgement") == "2026-03-25T09:30:01"
    done(play.do("task.general_manager_acknowledges", "greta", at, measure="m"), play)
    assert play.status("general_manager_acknowledgement") == status
    assert play.cites(clause, "task_given", "task.general_manager_acknowledges")


@for_clause("ST-16")
@pytest.mark.parametrize("step", ["go_on", "propose"])
def test_a_pause_moves_the_limits_by_the_working_days_it_touches_after_its_first(clause: str, step: str) -> None:
    play = found()
    assert play.do("wait_for_customer", "hana", "2026-03-03T15:00", asked_for="a") == "fields_wrong"
    done(play.do("wait_for_customer", "hana", "2026-03-03T15:00", **WAITING), play)
    assert play.state.clocks["handling"].status == play.state.clocks["investigation"].status == "paused"
    assert play.state.clocks["interim_reply"].status == "running"
    done(play.do(step, "hana", "2026-03-06T09:00", **(PROPOSAL if step == "propose" else {})), play)
    # Wed 4, Thu 5, Fri 6 stood still: Mon 23 becomes Thu 26 March
    assert play.due("handling") == "2026-03-27T00:00:00"
    assert play.cites(clause, "clock_paused", "clock.handling")


@for_clause("ST-16")
@pytest.mark.parametrize("grave", [False, True])
def test_a_pause_ends_by_itself_after_ten_working_days(clause: str, grave: bool) -> None:
    play = found(safety=grave)
    done(play.do("wait_for_customer", "hana", "2026-03-03T15:00", **WAITING), play)
    clocks = ("handling_grave", "investigation_grave") if grave else ("handling", "investigation")
    play.until("2026-03-17T23:59:59")
    assert {play.state.clocks[name].status for name in clocks} == {"paused"}
    play.until("2026-03-18T00:00:00")
    assert {play.state.clocks[name].status for name in clocks} == {"running"}
    # the ten working days 4 to 17 March stood still; Qingming closes 4 to 6 April
    dues = ("2026-03-24T00:00:00", "2026-03-19T00:00:00") if grave else ("2026-04-08T00:00:00", "2026-03-26T00:00:00")
    assert tuple(play.due(name) for name in clocks) == dues
    assert play.cites(clause, "clock_paused", f"clock.{clocks[0]}")


@for_clause("ST-16")
def test_only_what_stands_still_goes_on(clause: str) -> None:
    play = found()
    assert play.do("go_on", "hana", "2026-03-03T15:00") == "gate_closed"
    assert clause in play.refused_by()
    assert play.do("wait_for_customer", "tim", "2026-03-03T15:00", **WAITING) == "wrong_role"


@for_clause("ST-17")
@pytest.mark.parametrize(
    ("grave", "at", "status"),
    [
        (False, "2026-03-11T24:00", "met"),
        (False, "2026-03-12T00:00:01", "missed"),
        (True, "2026-03-04T24:00", "met"),
        (True, "2026-03-05T00:00:01", "missed"),
    ],
    ids=["last_moment", "first_late", "grave_last_moment", "grave_first_late"],
)
def test_the_investigation_takes_seven_working_days_or_two(clause: str, grave: bool, at: str, status: str) -> None:
    play = found(safety=grave)
    clock = "investigation_grave" if grave else "investigation"
    done(play.do("propose", "hana", at, **PROPOSAL), play)
    assert play.due(clock) == ("2026-03-05T00:00:00" if grave else "2026-03-12T00:00:00")
    assert play.status(clock) == status
    assert play.cites(clause, "clock_started", f"clock.{clock}")


@for_clause("ST-18")
def test_nothing_is_proposed_before_the_department_that_was_asked_has_answered(clause: str) -> None:
    play = found()
    done(play.do("ask_department", "hana", "2026-03-03T11:00", **QUESTION), play)
    assert play.do("propose", "hana", "2026-03-03T12:00", **PROPOSAL) == "gate_closed"
    assert clause in play.refused_by()
    assert play.do("ask_department", "hana", "2026-03-03T12:00", **QUESTION) == "gate_closed"
    assert play.do("task.statement", "dora", "2026-03-03T12:00", stated_what="s") == "wrong_role"
    done(play.do("task.statement", "rolf", "2026-03-03T12:00", stated_what="s"), play)
    done(play.do("ask_department", "hana", "2026-03-03T13:00", **(QUESTION | {"asked_department": "quality"})), play)
    done(play.do("task.statement", "quinn", "2026-03-03T14:00", stated_what="s"), play)
    done(play.do("propose", "hana", "2026-03-03T15:00", **PROPOSAL), play)


@for_clause("ST-18", "ST-15")
@around_the_limit("2026-03-05T24:00", "2026-03-06T00:00:01")
def test_a_silent_department_is_reminded_and_the_general_manager_told(clause: str, at: str, status: str) -> None:
    play = found()
    done(play.do("ask_department", "hana", "2026-03-03T11:00", **QUESTION), play)
    play.until(at)
    # half of the 20.5 open hours from Tue 11:00 to Thu 24:00: 5.5 on Tuesday, 4.75 on Wednesday
    lines = [line for line in play.told() if line[1] == "statement"]
    late = [("2026-03-06T00:00:01", "statement", "rolf greta")] if status == "missed" else []
    assert lines == [("2026-03-04T15:15:00", "statement", "rolf"), *late]
    done(play.do("task.statement", "rolf", at, stated_what="s"), play)
    assert play.status("statement") == status
    assert play.cites(clause, "clock_started", "clock.statement")


@for_clause("ST-15")
def test_a_reminder_hands_nothing_over(clause: str) -> None:
    play = found()
    done(play.do("ask_department", "hana", "2026-03-03T11:00", **QUESTION), play)
    play.until("2026-03-06T00:00:01")
    reminders: list[Any] = [entry for entry in play.of("escalated") if clause in entry.clause]
    assert len(reminders) == 2
    assert {entry.data["raise_to"] for entry in reminders} == {None}
    assert Play(STANDARD).state.raised == ()
