"""The standard pack: replies, call-back, reopening, records, ST-25 to ST-35."""

from typing import Any

import pytest

from tests.rules.packs.playing import Play, around_the_limit, done, for_clause, shown
from tests.rules.packs.standard.stories import (
    FINDINGS,
    PROPOSAL,
    REPLY,
    assigned,
    called_back,
    proposed,
    released,
    replied,
    taken_in,
)

pytestmark = pytest.mark.pure

INTERIM = {"so_far": "s", "why_longer": "w", "next_word": "2026-03-20"}


def second_round() -> Play:
    """A complaint reopened on Thursday at ten and replied to again on Friday at ten."""
    play = called_back(1)
    done(play.do("reopen", "carl", "2026-03-05T10:00"), play)
    done(play.do("record_findings", "hana", "2026-03-05T11:00", **FINDINGS), play)
    done(play.do("propose", "hana", "2026-03-05T12:00", **PROPOSAL), play)
    done(play.do("approval.solution", "ada", "2026-03-05T13:00", verdict="given"), play)
    done(play.do("release", "hana", "2026-03-05T14:00"), play)
    done(play.do("reply", "hana", "2026-03-06T10:00", **REPLY), play)
    return play


@for_clause("ST-25")
@pytest.mark.parametrize("field", sorted(INTERIM))
def test_an_interim_reply_says_how_far_why_and_when(clause: str, field: str) -> None:
    play = assigned()
    fields = {name: value for name, value in INTERIM.items() if name != field}
    assert play.do("interim_reply", "hana", "2026-03-06T10:00", **fields) == "fields_wrong"
    assert play.missing() == {field}
    assert clause in play.refused_by()


@for_clause("ST-25")
@around_the_limit("2026-03-09T24:00", "2026-03-10T00:00:01")
def test_an_interim_reply_is_due_after_five_working_days_and_ends_nothing(clause: str, at: str, status: str) -> None:
    play = assigned()
    done(play.do("interim_reply", "hana", at, **INTERIM), play)
    assert (play.status("interim_reply"), play.status("handling")) == (status, "running")
    assert play.state.stage == "investigation"
    assert play.cites(clause, "clock_met" if status == "met" else "clock_missed", "clock.interim_reply")


@for_clause("ST-25")
@pytest.mark.parametrize("story", [assigned, proposed, released])
def test_an_interim_reply_is_open_until_the_final_one(clause: str, story: Any) -> None:
    play = story()
    done(play.do("interim_reply", "hana", "2026-03-04T08:00", **INTERIM), play)
    assert replied().status("interim_reply") == "met"
    assert replied().do("interim_reply", "hana", "2026-03-05T08:00", **INTERIM) == "step_not_open"
    assert play.cites(clause, "moved", "step.interim_reply")


@for_clause("ST-26")
@pytest.mark.parametrize("field", sorted(REPLY))
def test_a_final_reply_without_one_of_its_parts_is_refused(clause: str, field: str) -> None:
    play = released()
    fields = {name: value for name, value in REPLY.items() if name != field}
    assert play.do("reply", "hana", "2026-03-04T09:00", **fields) == "fields_wrong"
    assert play.missing() == {field}
    assert clause in play.refused_by()


@for_clause("ST-26")
@around_the_limit("2026-03-05T24:00", "2026-03-06T00:00:01")
def test_the_final_reply_follows_the_release_within_two_working_days(clause: str, at: str, status: str) -> None:
    play = released()
    done(play.do("reply", "hana", at, **REPLY), play)
    assert play.due("reply") == "2026-03-06T00:00:00"
    assert play.status("reply") == status
    assert play.cites(clause, "clock_started", "clock.reply")


@for_clause("ST-27")
@pytest.mark.parametrize(("score", "code"), [(2, "gate_closed"), (3, ""), (5, "")], ids=["below", "on", "above"])
def test_a_case_is_closed_after_a_call_with_a_score_of_three_or_more(clause: str, score: int, code: str) -> None:
    assert replied().do("close", "carl", "2026-03-05T10:00") == "gate_closed"
    play = called_back(score)
    assert play.do("close", "carl", "2026-03-05T10:00") == code
    assert (clause in play.refused_by()) if code else play.cites(clause, "closed")


@for_clause("ST-27")
@pytest.mark.parametrize(("score", "code"), [(0, "fields_wrong"), (1, ""), (5, ""), (6, "fields_wrong")])
def test_a_score_is_one_to_five(clause: str, score: int, code: str) -> None:
    play = replied()
    assert play.do("call_back", "carl", "2026-03-05T09:00", score=score, customer_says="s") == code
    assert play.cites(clause, "refused" if code else "filled")


@for_clause("ST-27")
@pytest.mark.parametrize(("score", "code"), [(2, "fields_wrong"), (3, "")])
def test_a_bad_score_comes_with_the_customers_words(clause: str, score: int, code: str) -> None:
    play = replied()
    assert play.do("call_back", "carl", "2026-03-05T09:00", score=score) == code
    assert play.cites(clause, "refused" if code else "filled")


@for_clause("ST-27")
@around_the_limit("2026-03-11T24:00", "2026-03-12T00:00:01")
def test_the_revisit_ends_within_five_working_days_after_the_reply(clause: str, at: str, status: str) -> None:
    play = called_back(4)
    done(play.do("close", "carl", at), play)
    assert play.due("revisit") == "2026-03-12T00:00:00"
    assert play.status("revisit") == status
    assert play.cites(clause, "clock_started", "clock.revisit")


@for_clause("ST-27")
def test_the_call_of_an_earlier_round_does_not_count(clause: str) -> None:
    play = second_round()
    assert play.do("reopen", "carl", "2026-03-09T09:00") == "gate_closed"
    assert play.do("close", "carl", "2026-03-09T09:00") == "gate_closed"
    done(play.do("call_back", "carl", "2026-03-09T10:00", score=3), play)
    assert play.do("reopen", "carl", "2026-03-09T11:00") == "gate_closed"
    done(play.do("close", "carl", "2026-03-09T11:00"), play)
    assert [entry.data["kept"]["score"] for entry in play.of("filled", "form.revisit")] == ["1", "3"]
    assert play.cites(clause, "closed")


@for_clause("ST-28")
@pytest.mark.parametrize(("tries", "code"), [(2, "gate_closed"), (3, "")], ids=["below", "on"])
def test_a_customer_is_tried_three_times(clause: str, tries: int, code: str) -> None:
    play = replied()
    for day in range(tries):
        done(play.do("no_answer", "carl", f"2026-03-0{5 + day}T09:00", tried_by="phone"), play)
    assert play.do("close_unreached", "carl", "2026-03-09T09:00") == code
    assert (clause in play.refused_by()) if code else play.cites(clause, "closed")


@for_clause("ST-28")
@pytest.mark.parametrize(("tries", "code"), [(5, "gate_closed"), (6, "")], ids=["below", "on"])
def test_after_a_reopening_six_attempts_are_needed_in_all(clause: str, tries: int, code: str) -> None:
    play = second_round()
    for minute in range(tries):
        done(play.do("no_answer", "carl", f"2026-03-09T09:0{minute}", tried_by="phone"), play)
    assert play.do("close_unreached", "carl", "2026-03-09T10:00") == code
    assert (clause in play.refused_by()) if code else play.cites(clause, "closed")


@for_clause("ST-28")
def test_a_customer_who_was_reached_is_not_unreached(clause: str) -> None:
    play = replied()
    for minute in range(3):
        done(play.do("no_answer", "carl", f"2026-03-05T09:0{minute}", tried_by="phone"), play)
    done(play.do("call_back", "carl", "2026-03-05T10:00", score=1, customer_says="s"), play)
    assert play.do("close_unreached", "carl", "2026-03-05T11:00") == "gate_closed"
    assert play.refused_by() == (clause,)


@for_clause("ST-29")
@pytest.mark.parametrize(("score", "code"), [(2, ""), (3, "gate_closed")], ids=["on", "above"])
def test_a_bad_score_reopens_with_new_limits_and_keeps_the_old_ones(clause: str, score: int, code: str) -> None:
    play = called_back(score)
    assert play.do("reopen", "carl", "2026-03-05T10:00") == code
    if code:
        assert play.refused_by() == (clause,)
        return
    assert play.state.stage == "investigation"
    clocks = {
        name: (play.state.clocks[name].round, play.due(name)) for name in ("handling", "investigation", "interim_reply")
    }
    assert clocks == {
        "handling": (2, "2026-03-27T00:00:00"),
        "investigation": (2, "2026-03-17T00:00:00"),
        "interim_reply": (2, "2026-03-13T00:00:00"),
    }
    assert len(play.of("clock_met", "clock.handling")) == 1
    assert {message["to"] for message in play.messages[-2:]} == {"hana", "lena"}
    assert play.cites(clause, "moved", "step.reopen")


@for_clause("ST-29")
def test_a_miss_of_the_first_round_stays(clause: str) -> None:
    play = released()
    done(play.do("reply", "hana", "2026-03-24T09:00", **REPLY), play)
    done(play.do("call_back", "carl", "2026-03-24T10:00", score=1, customer_says="s"), play)
    done(play.do("reopen", "carl", "2026-03-24T11:00"), play)
    assert [shown(entry.at) for entry in play.of("clock_missed", "clock.handling")] == ["2026-03-24T00:00:01"]
    assert (play.status("handling"), play.due("handling")) == ("running", "2026-04-16T00:00:00")
    assert play.cites(clause, "moved", "step.reopen")


@for_clause("ST-29", "ST-15")
def test_nobody_reopens_so_it_happens_by_itself(clause: str) -> None:
    play = called_back(2).until("2026-03-07T00:00:00")
    assert play.state.stage == "revisit"
    play.until("2026-03-07T00:00:01")
    assert (play.state.stage, play.due("handling")) == ("investigation", "2026-03-28T00:00:00")
    moved = play.of("moved", "step.reopen")[0]
    assert (moved.by, shown(moved.at)) == ("clock", "2026-03-07T00:00:01")
    assert play.cites(clause, "clock_missed", "clock.reopening")


@for_clause("ST-29")
def test_a_good_score_starts_no_reopening(clause: str) -> None:
    play = called_back(3).until("2026-03-11T00:00")
    assert (play.state.stage, play.status("reopening")) == ("revisit", "off")
    assert clause in play.pack.file.clock["reopening"].clause


@for_clause("ST-30", "ST-31", "ST-32", "ST-33", "ST-34")
def test_promises_of_the_house_are_named(clause: str) -> None:
    named = {
        "ST-30": "numbered",
        "ST-31": "kept",
        "ST-32": "measured",
        "ST-33": "no_skipping",
        "ST-34": "editions",
    }
    assert taken_in().pack.file.clause[clause].always == named[clause]
