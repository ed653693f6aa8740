"""Clocks in a case: the last moment on time, the first moment late, rungs, pauses, rounds, exemptions, calendars."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from rules.commands import Command
from rules.parsing import parse
from tests.rules.corner_shop import PACK, SECOND, TEXT, Play, calendar, local

pytestmark = pytest.mark.pure

# Accepted on Monday 2 March 2026 at 10:00; three working days, the day of acceptance not counted: Thursday 24:00.
DUE = local("2026-03-06T00:00")


def test_the_due_is_the_end_of_the_third_working_day_and_explains_itself() -> None:
    started = Play().accepted().events("clock_started")[0]
    assert datetime.fromisoformat(started.data["due"]) == DUE
    counted = started.data["counted"]
    assert counted["parts"] == [["2026-03-03", "2026-03-05", 3]]
    assert counted["passed"] == [["2026-03-02", "2026-03-02", "start_day"]]
    assert sum(part[2] for part in counted["parts"]) == counted["sum"] == 3


@pytest.mark.parametrize(
    ("at", "status"),
    [
        pytest.param("2026-03-05T23:59:59", "met", id="CS-4 one second before the due"),
        pytest.param("2026-03-06T00:00:00", "met", id="CS-4 exactly at the due is on time"),
        pytest.param("2026-03-06T00:00:01", "missed", id="CS-4 one second after the due"),
    ],
)
def test_a_reply_is_on_time_up_to_the_due_instant(at: str, status: str) -> None:
    play = Play().accepted()
    assert play.do("step.reply", "handler", at, reply="sorry", polite=True) is None
    clock = play.state.clocks["first_reply"]
    assert (clock.status, clock.ticking) == (status, False)


def test_a_case_left_alone_climbs_every_rung_at_its_instant() -> None:
    play = Play().accepted()
    play.wait("2026-12-31T00:00")
    climbed = [(entry.at, entry.data["told"], entry.data["raise_to"]) for entry in play.events("escalated")]
    # Open time from Monday 10:00: 6.5 h, then 7.5 h a day: 29 h; 80 % are 23.2 h: Thursday 09:00 and 1.7 h.
    assert climbed == [
        (local("2026-03-05T10:42"), ["department_head"], None),
        (DUE + SECOND, ["handler", "leader"], "leader"),
        (local("2026-03-07T00:00"), ["general_manager"], "general_manager"),
    ]
    assert [entry.at for entry in play.events("clock_missed")] == [DUE + SECOND]
    assert play.state.raised == ("leader", "general_manager")


def test_rungs_that_fell_due_are_climbed_before_the_command_and_only_the_highest_sends() -> None:
    play = Play().accepted()
    count = len(play.entries)
    assert play.do("step.note", "handler", "2026-03-09T09:00", noted="back again") is None
    events = [entry.event for entry in play.entries[count:]]
    assert events == ["escalated", "clock_missed", "escalated", "escalated", "filled", "moved"]
    assert {entry.noticed for entry in play.entries[count:]} == {local("2026-03-09T09:00")}
    assert play.outcome is not None
    assert [errand.data["to"] for errand in play.outcome.errands] == ["gm"]


def test_a_refused_command_still_climbs_what_fell_due_before_it() -> None:
    play = Play().accepted()
    count = len(play.entries)
    assert play.do("step.accept", "clerk", "2026-03-09T09:00") is not None
    events = [entry.event for entry in play.entries[count:]]
    assert events == ["escalated", "clock_missed", "escalated", "escalated", "refused"]
    assert play.outcome is not None
    assert len(play.outcome.errands) == 1


def test_a_role_that_the_case_was_raised_to_may_take_its_steps() -> None:
    play = Play().accepted()
    assert play.do("step.reply", "gm", "2026-03-03T09:00", reply="sorry", polite=True) is not None
    play.wait("2026-03-08T00:00")
    assert play.do("step.reply", "gm", "2026-03-09T09:00", reply="sorry", polite=True) is None


@pytest.mark.parametrize(
    ("purchase", "status"),
    [
        pytest.param("4999.99", "running", id="CS-4 below 5000.00"),
        pytest.param("5000.00", "off", id="CS-4 exactly 5000.00 is exempt"),
        pytest.param("5000.01", "off", id="CS-4 above 5000.00"),
    ],
)
def test_an_exemption_keeps_the_clock_off_and_leaves_a_line(purchase: str, status: str) -> None:
    play = Play().accepted(purchase=purchase)
    assert play.state.clocks["first_reply"].status == status
    assert [entry.data["why"] for entry in play.events("clock_off")] == ["exempt"] * (status == "off")


def test_a_pause_moves_the_due_by_the_working_days_it_held_and_is_shown() -> None:
    play = Play().accepted()
    assert play.do("step.ask_customer", "handler", "2026-03-03T11:00") is None
    assert play.state.clocks["first_reply"].status == "paused"
    assert play.do("step.customer_answers", "clerk", "2026-03-05T09:00") is None
    clock = play.state.clocks["first_reply"]
    # Tuesday counts, Wednesday and Thursday are held, then Friday and Monday: Monday 24:00.
    assert clock.due == local("2026-03-10T00:00")
    counted = play.events("clock_resumed")[0].data["counted"]
    assert sum(part[2] for part in counted["parts"]) == 3
    assert ["2026-03-04", "2026-03-05", "pause"] in counted["passed"]


def test_no_clock_is_missed_inside_a_pause_and_a_pause_ends_at_its_limit() -> None:
    play = Play().accepted()
    assert play.do("step.ask_customer", "handler", "2026-03-03T11:00") is None
    play.wait("2026-03-17T00:00")
    assert play.events("clock_missed") == []
    assert play.events("clock_resumed") == []
    play.wait("2026-03-18T00:00")
    resumed = play.events("clock_resumed")
    assert [(entry.at, entry.by, entry.data["by_limit"]) for entry in resumed] == [
        (local("2026-03-18T00:00"), "clock", True)
    ]


def test_a_reopened_case_gets_a_new_round_and_the_old_result_stays() -> None:
    play = Play().accepted()
    assert play.do("step.reply", "handler", "2026-03-03T09:00", reply="sorry", polite=True) is None
    assert play.do("step.reopen", "clerk", "2026-03-03T10:00") is None
    assert play.do("step.reply", "handler", "2026-03-03T11:00", reply="very sorry", polite=True) is None
    rounds = [entry.data["round"] for entry in play.events("clock_started") if entry.subject == "clock.call_back"]
    assert rounds == [1, 2]
    assert play.state.clocks["call_back"].due == local("2026-03-04T11:00")
    assert next(entry.at for entry in play.events("clock_met")) == local("2026-03-03T09:00")


def test_an_hour_clock_runs_through_the_night_and_its_share_is_real_time() -> None:
    play = Play().accepted()
    assert play.do("step.reply", "handler", "2026-03-03T20:00", reply="sorry", polite=True) is None
    clock = play.state.clocks["call_back"]
    assert clock.due == local("2026-03-04T20:00")
    assert clock.rungs[0].due == local("2026-03-03T20:00") + timedelta(hours=24) * 0.8
    parts = play.events("clock_started")[1].data["counted"]["parts"]
    assert sum(part[2] for part in parts) == 24 * 3600


def test_closing_ends_every_clock() -> None:
    play = Play().accepted()
    assert play.do("step.withdraw", "clerk", "2026-03-03T09:00") is None
    assert play.state.next_due is None
    assert not any(clock.ticking for clock in play.state.clocks.values())


def test_a_step_asked_in_time_turns_a_miss_into_met_where_the_pack_judges_by_the_asking() -> None:
    pack = parse(TEXT.replace('judged_by = "at"', 'judged_by = "asked_at"'))
    play = Play(pack).accepted()
    play.wait("2026-03-06T00:00:01")
    late = local("2026-03-06T08:00")
    command = Command("r", "step.reply", "handler", DUE, {"reply": "sorry", "polite": True})
    assert play.decide(command, late) is None
    assert play.state.clocks["first_reply"].status == "met"
    assert [entry.subject for entry in play.events("clock_corrected")] == ["clock.first_reply"]
    assert len(play.events("clock_missed")) == 1


class TestTheEndOfTheCalendar:
    """2027 is not announced: a clock that reaches into it runs provisional."""

    def play(self) -> Play:
        play = Play()
        play.facts = replace(play.facts, calendar=calendar("cn"))
        return play.accepted(at="2026-12-30T10:00")

    def test_the_clock_runs_provisional_reminds_and_is_not_missed(self) -> None:
        play = self.play()
        clock = play.state.clocks["first_reply"]
        assert clock.provisional
        assert clock.misses_at is None
        assert [rung.index for rung in clock.rungs] == [0]
        play.wait("2027-02-01T00:00")
        assert len(play.events("escalated")) == 1
        assert play.events("clock_missed") == []

    def test_the_calendar_arrives_and_the_clock_is_counted_again(self) -> None:
        play = self.play()
        play.wait("2027-01-04T00:00")
        published = calendar("cn").provisional()
        play.facts = replace(play.facts, calendar=published)
        assert play.do("recount", "handler", "2027-01-04T11:00") is None
        line = play.events("clock_recounted")[0]
        assert not line.data["provisional"]
        clock = play.state.clocks["first_reply"]
        assert clock.misses_at is not None
        assert [rung.index for rung in clock.rungs] == [1, 2]

    def test_counting_again_without_a_change_leaves_no_line(self) -> None:
        play = Play().accepted()
        assert play.do("recount", "handler", "2026-03-03T09:00") is None
        assert play.events("clock_recounted") == []


class TestAnotherEdition:
    """A running case moves to another edition by a command only."""

    def test_the_running_clock_is_counted_by_the_new_edition_and_leaves_its_lines(self) -> None:
        longer = parse(TEXT.replace("edition = 1", "edition = 2").replace("working_days = 3 }", "working_days = 5 }"))
        play = Play().accepted()
        play.facts = replace(play.facts, next_pack=longer)
        at = local("2026-03-03T09:00")
        assert play.decide(Command("a", "adopt_edition", "leader", at, pack=longer.ref), at) is None
        assert play.state.pack == longer.ref
        assert play.state.clocks["first_reply"].due == local("2026-03-10T00:00")
        assert [entry.event for entry in play.entries[-2:]] == ["edition_adopted", "clock_recounted"]

    def test_an_edition_that_lacks_a_running_clock_is_refused_with_its_name(self) -> None:
        play = Play().accepted()
        file = replace(PACK.file, edition=2, clock={})
        play.facts = replace(play.facts, next_pack=replace(PACK, ref=replace(PACK.ref, edition=2), file=file))
        at = local("2026-03-03T09:00")
        refusal = play.decide(Command("a", "adopt_edition", "leader", at, pack=replace(PACK.ref, edition=2)), at)
        assert refusal is not None
        assert (refusal.code, refusal.params["missing"]) == ("edition_not_adoptable", ["first_reply"])


def test_a_clock_that_stopped_starts_again_in_the_second_in_which_it_had_started() -> None:
    play = Play().accepted()
    for step in ("reply", "reopen", "reply"):
        fields = {"reply": "sorry", "polite": True} if step == "reply" else {}
        assert play.do(f"step.{step}", "clerk" if step == "reopen" else "handler", "2026-03-03T09:00", **fields) is None
    clock = play.state.clocks["call_back"]
    assert (clock.round, clock.ticking, clock.due) == (2, True, local("2026-03-04T09:00"))


def test_a_clock_that_the_owner_holds_tells_whoever_has_the_stage_then() -> None:
    pack = parse(TEXT.replace('holder = "handler"', 'holder = "owner"'))
    play = Play(pack).accepted()
    play.wait("2026-03-06T00:00:01")
    _, last = play.events("escalated")
    owner = next(stage.owner for stage in pack.file.kind["complaint"].stages if stage.name == play.state.stage)
    assert (owner, last.data["told"], last.data["persons"][0]) == ("handler", ["owner", "leader"], ["handler", ""])
