"""Three days and their extension, and the meeting of the month: AS-8, AS-9."""

import pytest

from tests.rules.packs.after_sales_three_day.stories import CHARGE, PACK, carried_out, found, received, recorded
from tests.rules.packs.overview import cycled, figures, made
from tests.rules.packs.playing import Play, around_the_limit, for_clause, shipped

pytestmark = pytest.mark.pure

TALK = {"circumstances": "等待进口配件"}
MINUTES = {
    "held_on": "2026-03-30",
    "summary": "共15件",
    "evaluation": "处理及时",
    "lessons": "加强检验",
    "countermeasures": ["双人复检"],
    "repairs": "1000",
    "complaint_rate": "1.5",
}


@for_clause("AS-9.1")
@around_the_limit("2026-03-05T24:00", "2026-03-06T00:00:01")
def test_three_days_end_at_midnight_of_the_third(clause: str, at: str, status: str) -> None:
    play = carried_out("worker_b")
    assert play.due("closing") == "2026-03-06T00:00:00"
    play.until("2026-03-05T23:00").did("return_form", CHARGE, at, result="r")
    assert play.status("closing") == status
    assert play.cites(clause, "clock_started", "clock.closing")


@for_clause("AS-9.1")
def test_weekends_and_holidays_count(clause: str) -> None:
    assert received("2026-03-06T09:00").due("closing") == "2026-03-10T00:00:00"
    play = received("2026-04-30T09:00")
    assert play.due("closing") == "2026-05-04T00:00:00"
    assert play.cites(clause, "clock_started", "clock.closing")


@for_clause("AS-9.1", "house-1")
def test_a_case_that_is_left_alone_climbs(clause: str) -> None:
    play = received("2026-04-30T09:00").until("2026-05-10T24:00")
    assert [line[0::2] for line in play.told()] == [
        ("2026-05-03T06:36:00", "head_a"),
        ("2026-05-04T00:00:01", "worker_a leader"),
        ("2026-05-07T00:00:00", "general_manager"),
    ]
    assert play.cites("house-1", "escalated")
    assert play.cites("AS-9.1", "clock_missed", "clock.closing")
    play.did("find_cause", "leader", "2026-05-11T09:00", cause="c", at_fault=["worker_b"])
    play.did("plan", "general_manager", "2026-05-11T10:00", plan="p", loss_arisen=False)
    assert clause in ("AS-9.1", "house-1")


@for_clause("AS-9.2")
def test_an_extension_needs_a_talk_of_its_own(clause: str) -> None:
    play = received()
    assert play.do("extend", "service", "2026-03-05T10:00", extended_to="2026-03-09T18:00") == "gate_closed"
    assert play.refused_by() == (clause,)
    play.did("talk", CHARGE, "2026-03-05T09:00", **TALK)
    assert play.do("extend", CHARGE, "2026-03-05T10:00", extended_to="2026-03-09T18:00") == "wrong_role"
    play.did("extend", "service", "2026-03-05T10:00", extended_to="2026-03-09T18:00")
    assert play.due("closing") == "2026-03-09T18:00:00"
    assert play.cites(clause, "clock_moved", "clock.closing")
    assert play.do("extend", "service", "2026-03-06T10:00", extended_to="2026-03-10T18:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("talk", CHARGE, "2026-03-06T11:00", **TALK)
    play.did("extend", "service", "2026-03-06T12:00", extended_to="2026-03-10T18:00")
    assert play.due("closing") == "2026-03-10T18:00:00"


@for_clause("AS-9.2")
@pytest.mark.parametrize(
    ("at", "code"), [("2026-03-05T23:59:59", ""), ("2026-03-05T24:00", ""), ("2026-03-06T00:00:01", "moved_too_late")]
)
def test_the_limit_is_extended_only_before_it_is_over(clause: str, at: str, code: str) -> None:
    play = received().did("talk", CHARGE, "2026-03-05T09:00", **TALK).until("2026-03-05T23:00")
    assert play.do("extend", "service", at, extended_to="2026-03-09T18:00") == code
    assert clause in shipped(PACK).file.step["extend"].clause


@for_clause("AS-9.2")
@around_the_limit("2026-03-09T18:00", "2026-03-09T18:00:01")
def test_the_extended_limit_holds_to_the_second(clause: str, at: str, status: str) -> None:
    play = carried_out("worker_b").did("talk", CHARGE, "2026-03-05T09:00", **TALK)
    play.did("extend", "service", "2026-03-05T10:00", extended_to="2026-03-09T18:00").until("2026-03-09T17:00")
    play.did("return_form", CHARGE, at, result="r")
    assert play.status("closing") == status
    assert play.cites(clause, "filled", "form.extension")


@for_clause("AS-9.2", "house-2")
@pytest.mark.parametrize(
    ("to", "code"),
    [("2026-03-05T18:00", "gate_closed"), ("2026-03-06T00:00", "gate_closed"), ("2026-03-06T00:01", "")],
)
def test_an_extension_goes_beyond_what_stands(clause: str, to: str, code: str) -> None:
    play = received().did("talk", CHARGE, "2026-03-05T09:00", **TALK)
    assert play.do("extend", "service", "2026-03-05T10:00", extended_to=to) == code
    assert play.refused("gate_closed", "house-2") is bool(code)
    assert clause in shipped(PACK).file.form["extension"].clause


@for_clause("AS-9.2")
@pytest.mark.parametrize("step", ["talk", "extend"])
def test_special_circumstances_and_the_new_date_are_written_down(clause: str, step: str) -> None:
    play = found("worker_b").did("talk", CHARGE, "2026-03-04T09:00", **TALK)
    assert play.do(step, CHARGE if step == "talk" else "service", "2026-03-04T10:00") == "fields_wrong"
    assert clause in play.refused_by()


def meeting(at: str = "2026-03-01T00:00", beside: Play | None = None) -> Play:
    """The meeting of a month."""
    play = beside.beside() if beside else Play(PACK)
    return play.did("open.meeting", "service", at, period=at[:7])


@for_clause("AS-8.1")
def test_a_meeting_comes_with_each_month_and_only_once(clause: str) -> None:
    plays = cycled(PACK, "meeting", "2026-03-02T09:00", "2026-06-01T00:00")
    assert [play.state.fields.get("period") for play in plays] == ["2026-04", "2026-05", "2026-06"]
    assert plays[0].cites(clause, "opened")
    assert meeting().beside().open("meeting", "service", "2026-03-05T09:00", period="2026-03") == "already_open"


@for_clause("AS-8.1")
@around_the_limit("2026-03-31T24:00", "2026-04-01T00:00:01")
def test_a_meeting_is_on_time_until_the_month_ends(clause: str, at: str, status: str) -> None:
    play = meeting().until("2026-03-31T23:00").did("hold", "service", at, **MINUTES)
    assert (play.status("meeting"), play.state.closed) == (status, True)
    assert play.cites(clause, "moved", "step.hold")


@for_clause("AS-8.1", "house-1")
def test_a_month_without_a_meeting_is_overdue(clause: str) -> None:
    play = meeting().until("2026-04-03T24:00")
    assert [line[0::2] for line in play.told()] == [
        ("2026-03-25T19:12:00", "head_of_service"),
        ("2026-04-01T00:00:01", "service leader"),
        ("2026-04-02T00:00:00", "general_manager"),
    ]
    assert play.cites("AS-8.1", "clock_missed")
    assert clause in ("AS-8.1", "house-1")


@for_clause("AS-8.2", "AS-8.3")
@pytest.mark.parametrize("field", sorted(MINUTES))
def test_the_minutes_lack_nothing(clause: str, field: str) -> None:
    play = meeting()
    rest = {name: value for name, value in MINUTES.items() if name != field}
    assert play.do("hold", "service", "2026-03-30T10:00", **rest) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({field}, True)


@for_clause("AS-8.2")
def test_a_meeting_may_propose_nothing_for_a_reason(clause: str) -> None:
    fields = MINUTES | {"countermeasures": {"no": "本月无新问题"}}
    play = meeting().did("hold", "service", "2026-03-30T10:00", **fields)
    assert play.cites(clause, "filled", "form.minutes")


@for_clause("AS-8.2")
def test_every_complaint_of_the_month_is_before_the_meeting(clause: str) -> None:
    play = recorded()
    for day in range(3, 17):
        recorded(f"2026-03-{day:02}T10:00", play)
    recorded("2026-04-01T00:00", play)
    meeting(beside=play)
    assert len(made(play, "complaints_of_the_month", "2026-03", "2026-04-02T12:00").register) == 15
    assert clause in shipped(PACK).file.report["complaints_of_the_month"].clause


@for_clause("AS-8.3")
def test_the_rate_stands_beside_that_of_the_month_before(clause: str) -> None:
    play = meeting("2026-02-01T00:00").did("hold", "service", "2026-02-27T10:00", **(MINUTES | {"complaint_rate": "2"}))
    meeting(beside=play).did("hold", "service", "2026-03-30T10:00", **MINUTES)
    assert figures(play, "complaint_rate", "2026-03", "2026-04-02T12:00") == {(): ("1.50", "-0.50")}
    low = meeting()
    for wrong in ({"repairs": "0"}, {"complaint_rate": "-0.1"}):
        assert low.do("hold", "service", "2026-03-30T10:00", **(MINUTES | wrong)) == "fields_wrong"
    low.did("hold", "service", "2026-03-30T10:00", **(MINUTES | {"repairs": "1", "complaint_rate": "0"}))
    assert clause in shipped(PACK).file.report["complaint_rate"].clause
