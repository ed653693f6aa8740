"""Input at the edge of sense, and clocks whose life is interrupted: refused or counted, never an error."""

from dataclasses import replace

import pytest

from rules.commands import Command
from rules.parsing import parse
from tests.rules.corner_shop import PACK, TEXT, Play, calendar, local

pytestmark = pytest.mark.pure


def code(refusal: object) -> str:
    return getattr(refusal, "code", "")


@pytest.mark.parametrize(
    "amount", ["1e30", "1e3000000", "9" * 29, "-1e-40", "NaN", "Infinity", "1_000", "1e999999999", "0x10", "", "٣"]
)
def test_no_number_that_somebody_can_type_stops_a_case(amount: str) -> None:
    refusal = Play().do("open", "clerk", "2026-03-02T09:00", customer="a", topic="goods", said="b", purchase=amount)
    assert code(refusal) == ("" if amount in ("", "1_000", "٣") else "fields_wrong")


def test_a_date_outside_the_range_of_calendars_is_refused() -> None:
    pack = parse(TEXT.replace('name = "purchase", title', 'name = "bought", type = "moment", title = { zh = "购于", en = '
                              '"bought" } },\n  { name = "purchase", title'))  # fmt: skip
    for moment in ("0001-01-01T00:00", "9999-12-31T23:59-10:00", "1899-12-31T00:00", "soon"):
        play = Play(pack)
        refusal = play.do("open", "clerk", "2026-03-02T09:00", customer="a", topic="goods", said="b", bought=moment)
        assert code(refusal) == "fields_wrong"


def test_an_instant_before_the_published_years_is_counted_provisionally() -> None:
    play = Play()
    play.facts = replace(play.facts, calendar=calendar("cn"))
    play.opened("2024-03-04T09:00")
    assert play.do("step.accept", "clerk", "2024-03-04T10:00", handled_by="handler") is None
    assert play.state.clocks["first_reply"].provisional


def test_only_a_step_that_may_be_stated_takes_an_instant_of_its_own() -> None:
    now = local("2026-03-02T09:00")
    fields = {"customer": "a", "topic": "goods", "said": "b"}
    opening = Command("o", "open", "clerk", now, fields, local("1990-01-01T00:00"), "complaint", PACK.ref)
    assert code(Play().decide(opening, now)) == "stated_wrongly"


def test_a_closed_case_adopts_no_edition_and_counts_nothing_again() -> None:
    play = Play().opened()
    assert play.do("step.withdraw", "clerk", "2026-03-02T10:00") is None
    entries = len(play.entries)
    for what in ("adopt_edition", "recount"):
        assert code(play.do(what, "leader", "2026-03-02T11:00")) == "case_closed"
    assert [entry.event for entry in play.entries[entries:]] == ["refused", "refused"]


def test_a_reply_during_a_pause_is_judged_by_the_due_that_the_pause_has_given() -> None:
    play = Play().accepted()
    assert play.do("step.ask_customer", "handler", "2026-03-03T11:00") is None
    assert play.do("step.reply", "handler", "2026-03-09T11:00", reply="sorry", polite=True) is None
    clock = play.state.clocks["first_reply"]
    assert (clock.status, clock.ticking) == ("met", False)
    # Tuesday counts; Wednesday to Monday, four working days, are held; so the end of the seventh working day.
    assert clock.due == local("2026-03-12T00:00")


def test_a_clock_that_was_exempt_for_a_while_keeps_its_pauses_and_its_rungs() -> None:
    text = TEXT.replace(
        'fields = [{ name = "noted", title',
        'fields = [{ name = "purchase", title = { zh = "购买金额", en = "purchase" }, type = "money" }, '
        '{ name = "noted", title',
    )
    play = Play(parse(text)).accepted()
    assert play.do("step.ask_customer", "handler", "2026-03-03T11:00") is None
    assert play.do("step.customer_answers", "clerk", "2026-03-05T09:00") is None
    due = play.state.clocks["first_reply"].due
    assert play.do("step.note", "handler", "2026-03-05T10:00", noted="x", purchase="9000.00") is None
    assert play.state.clocks["first_reply"].status == "off"
    assert play.do("step.note", "handler", "2026-03-05T11:00", noted="x", purchase="10.00") is None
    assert (play.state.clocks["first_reply"].status, play.state.clocks["first_reply"].due) == ("running", due)


def test_adopting_an_edition_with_another_ladder_lays_its_rungs_anew() -> None:
    other = parse(TEXT.replace("edition = 1", "edition = 2").replace('{ at = "80%"', '{ at = "50%"'))
    play = Play().accepted()
    play.facts = replace(play.facts, next_pack=other)
    at = local("2026-03-03T09:00")
    assert play.decide(Command("a", "adopt_edition", "leader", at, pack=other.ref), at) is None
    # 29 open hours in all, half are 14.5: Monday 6.5, Tuesday 7.5, on Wednesday half an hour.
    assert play.state.clocks["first_reply"].rungs[0].due == local("2026-03-04T09:30")
