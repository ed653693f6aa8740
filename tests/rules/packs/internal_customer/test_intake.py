"""Internal complaints: how they come in, who may read them, and who accepts them, IC-2.1a to IC-3.1c and house-7."""

from typing import Any

import pytest

from tests.rules.packs.internal_customer.stories import (
    ACCEPTING,
    ACCUSED_HEAD,
    HANDLER,
    PACK,
    REGISTRATION,
    handling,
    received,
    registered,
    seeing,
    sees,
    spent,
    verified,
)
from tests.rules.packs.playing import Play, for_clause, shipped

pytestmark = pytest.mark.pure

NAMES = frozenset({"complainant", "contact"})


@for_clause("IC-2.1a")
def test_a_complaint_is_made_in_writing_or_by_word_of_mouth(clause: str) -> None:
    spoken = received(mode="orally", written_down_by="worker_b")
    assert (spoken.state.stage, spoken.written("registration")["mode"]) == ("received", "orally")
    assert received().written("registration")["mode"] == "in_writing"
    play = Play(PACK)
    assert (
        play.open("complaint", "outsider", "2026-03-02T09:20", **(REGISTRATION | {"mode": "orally"})) == "fields_wrong"
    )
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({"written_down_by"}, True)


@for_clause("IC-2.1b")
@pytest.mark.parametrize(
    "lacks", ["event", "happened", "people_involved", "accused_department", "accepting_department"]
)
def test_a_complaint_says_what_happened_when_and_who_is_involved(clause: str, lacks: str) -> None:
    play = Play(PACK)
    fields = {name: value for name, value in REGISTRATION.items() if name != lacks}
    assert play.open("complaint", "other_b", "2026-03-02T09:20", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({lacks}, True)


@for_clause("IC-2.1b")
def test_other_information_may_be_added_and_nobody_has_to_be_accused(clause: str) -> None:
    play = received(other_information="附照片")
    assert (play.written("registration")["other_information"], play.state.fields.get("accused")) == ("附照片", None)
    assert play.cites(clause, "filled", "form.registration")


@for_clause("IC-2.2a")
def test_the_time_until_registration_is_measured_and_never_late(clause: str) -> None:
    play = registered()
    assert (spent(play, "registering"), play.status("registering"), play.told()) == ([900], "met", [])
    assert play.cites(clause, "clock_met", "clock.registering")
    late = received().until("2026-03-05T09:00")
    assert (late.due("registering"), late.status("registering"), late.told()) == ("", "running", [])


@for_clause("IC-2.2b")
def test_a_complaint_has_a_number_of_its_own(clause: str) -> None:
    first = received()
    assert received(first).state.number != first.state.number
    assert shipped(PACK).file.clause[clause].always == "numbered"


@for_clause("IC-2.3a")
@pytest.mark.parametrize("person", ["outsider", "boss", "head_of_leader", "other_a", "general_manager"])
def test_whoever_is_not_involved_sees_nothing(clause: str, person: str) -> None:
    play = handling()
    assert not sees(play, person)
    assert play.cites(clause, "opened")


@for_clause("IC-2.3a")
@pytest.mark.parametrize("person", [ACCEPTING, ACCUSED_HEAD, HANDLER, "neutral", "leader", "other_b"])
def test_who_has_to_do_with_it_sees_it(clause: str, person: str) -> None:
    assert sees(handling(), person), clause


@for_clause("IC-2.3b")
def test_those_involved_do_not_learn_who_complained_until_it_is_released(clause: str) -> None:
    play = handling(accused="other_a").did("ask_help", HANDLER, "2026-03-02T11:00", asked=["boss"], help_wanted="查账")
    for person in (ACCUSED_HEAD, "other_a", "boss"):
        assert seeing(play).hidden(person) == NAMES, person
    for person in (ACCEPTING, HANDLER, "leader", "neutral"):
        assert seeing(play).hidden(person) == frozenset(), person
    assert play.do("release", ACCEPTING, "2026-03-02T12:00", released_because="当面对质") == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({"complainant_agrees"}, True)
    play.did("release", ACCEPTING, "2026-03-02T12:00", released_because="当面对质", complainant_agrees=True)
    for person in (ACCUSED_HEAD, "other_a", "boss"):
        assert seeing(play).hidden(person) == frozenset(), person
    assert play.cites(clause, "moved", "step.release")


@for_clause("IC-2.3b")
def test_the_name_may_be_released_at_every_stage_before_the_end(clause: str) -> None:
    for play in (received(), registered(), verified(), handling()):
        assert "release" in play.open_steps(), clause


@for_clause("IC-3.1a")
def test_nobody_handles_what_was_not_verified(clause: str) -> None:
    play = registered()
    assert play.do("assign", ACCEPTING, "2026-03-02T09:30", handling_department="unit_a") == "step_not_open"
    assert play.do("verify", ACCEPTING, "2026-03-02T09:30", understood="领料单齐全") == "fields_wrong"
    play.did("verify", ACCEPTING, "2026-03-02T10:00", understood="不属实", founded=False)
    assert play.state.stage == "verified"
    assert play.cites(clause, "moved", "step.verify")
    assert "assign" in play.open_steps()


@for_clause("IC-3.1b")
def test_the_time_until_somebody_has_it_is_measured_and_never_late(clause: str) -> None:
    play = handling()
    assert (spent(play, "beginning"), play.cites(clause, "clock_met", "clock.beginning")) == ([1800], True)
    left = verified().until("2026-03-31T12:00")
    assert (left.status("beginning"), left.due("beginning"), left.told()) == ("running", "", [])


@for_clause("house-3")
@pytest.mark.parametrize(("until", "reminded"), [("2026-03-03T10:00:00", []), ("2026-03-03T10:00:01", [ACCEPTING])])
def test_who_gives_it_to_nobody_for_a_day_is_reminded(clause: str, until: str, reminded: list[str]) -> None:
    play = verified().until(until)
    assert [message["to"] for message in play.messages] == reminded
    assert play.cites(clause, "notified") is bool(reminded)
    assert play.of("clock_missed") == []


@for_clause("house-3")
def test_nobody_is_reminded_of_what_somebody_has(clause: str) -> None:
    play = handling().until("2026-03-03T12:00")
    assert (play.status("reminder"), [message["to"] for message in play.messages]) == ("met", ["customer"])
    assert play.cites(clause, "clock_met", "clock.reminder")


@for_clause("IC-3.1c")
@pytest.mark.parametrize(
    ("accused", "dedicated", "handler"),
    [
        ("", "", ACCUSED_HEAD),
        ("", "other_a", "other_a"),
        ("other_a", "", ACCUSED_HEAD),
        ("other_a", "other_a", ACCEPTING),
        (ACCUSED_HEAD, "", ACCEPTING),
    ],
)
def test_the_head_or_a_person_of_its_own_handles_it(clause: str, accused: str, dedicated: str, handler: str) -> None:
    named: dict[str, Any] = {"accused": accused} if accused else {}
    play = verified(**named)
    fields = {"handling_department": "unit_a"} | ({"dedicated": dedicated} if dedicated else {})
    play.did("assign", ACCEPTING, "2026-03-02T10:30", **fields)
    persons = {ACCUSED_HEAD, "other_a", "worker_a", ACCEPTING, "neutral"}
    may = {person for person in persons if seeing(play).may_do(person, "step.solve")}
    assert (may, play.cites(clause, "moved", "step.assign")) == ({handler}, True)


@for_clause("house-7")
@pytest.mark.parametrize(
    ("fields", "accepting"),
    [
        ({}, ACCEPTING),
        ({"accepting_department": "unit_a", "accused_department": "unit_a"}, "neutral"),
        ({"accused": ACCEPTING}, "neutral"),
        ({"accused": "other_b"}, ACCEPTING),
    ],
)
def test_who_is_complained_about_does_not_accept_it(clause: str, fields: dict[str, Any], accepting: str) -> None:
    play = received(**fields)
    for person in {ACCEPTING, ACCUSED_HEAD, "neutral"} - {accepting}:
        assert play.do("register", person, "2026-03-02T09:25") in ("wrong_role", "excluded"), clause
    assert play.did("register", accepting, "2026-03-02T09:25").state.stage == "verification"
