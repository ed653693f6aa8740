"""Steps: open or refused, in the order stage, role, field, gate; a refusal changes nothing."""

from dataclasses import replace

import pytest

from rules.commands import Command
from rules.decide import decide
from rules.facts import OtherCase
from rules.outcomes import Needs
from tests.rules.corner_shop import DIRECTORY, PACK, Play, local

pytestmark = pytest.mark.pure


def code(refusal: object) -> str:
    return getattr(refusal, "code", "")


def test_an_opening_is_numbered_and_names_its_clause() -> None:
    play = Play().opened()
    first = play.entries[0]
    assert (first.event, first.data["number"], first.clause) == ("opened", "CS-2026-000001", ("CS-2",))
    assert play.state.stage == "received"


def test_an_opening_lists_every_missing_and_wrong_field_at_once() -> None:
    refusal = Play().do("open", "clerk", "2026-03-02T09:00", topic="weather", purchase="1.234", colour="red")
    assert refusal is not None
    found = {row["field"]: row["code"] for row in refusal.params["fields"]}
    assert found == {
        "colour": "unknown_field",
        "topic": "not_a_choice",
        "purchase": "not_to_the_fen",
        "customer": "missing",
        "said": "missing",
    }


def test_a_refused_opening_leaves_a_closed_face_and_one_line() -> None:
    play = Play()
    assert code(play.do("open", "head", "2026-03-02T09:00", customer="a", topic="goods", said="b")) == "wrong_role"
    assert play.outcome is not None
    assert play.outcome.face.closed
    assert [entry.event for entry in play.entries] == ["refused"]
    assert code(play.do("step.accept", "clerk", "2026-03-02T10:00")) == "case_closed"


def test_the_stage_is_looked_at_before_the_role() -> None:
    assert code(Play().opened().do("step.reply", "nobody", "2026-03-02T10:00")) == "step_not_open"


def test_the_role_is_looked_at_before_the_fields() -> None:
    play = Play().accepted()
    assert code(play.do("step.reply", "clerk", "2026-03-02T11:00")) == "wrong_role"
    assert code(play.do("step.reply", "nobody", "2026-03-02T11:00")) == "unknown_person"


def test_the_fields_are_looked_at_before_the_gates() -> None:
    play = Play().accepted(topic="service")
    assert code(play.do("step.reply", "handler", "2026-03-02T11:00")) == "fields_wrong"
    refusal = play.do("step.reply", "handler", "2026-03-02T11:00", reply="sorry", polite=True)
    assert refusal is not None
    assert (refusal.code, refusal.clause) == ("gate_closed", ("CS-5",))


def test_a_refused_command_changes_nothing_but_the_count_of_lines() -> None:
    play = Play().accepted(topic="service")
    before = play.state
    assert play.do("step.reply", "handler", "2026-03-02T11:00", reply="sorry", polite=True) is not None
    assert replace(play.state, seq=before.seq, last_at=before.last_at) == before
    assert play.outcome is not None
    assert play.outcome.filled == ()


def test_a_refusal_says_what_is_open_instead() -> None:
    refusal = Play().opened().do("step.reply", "handler", "2026-03-02T10:00")
    assert refusal is not None
    assert "step.accept" in refusal.next


def test_a_step_that_no_pack_knows_is_told_apart_from_one_that_is_not_open() -> None:
    assert code(Play().opened().do("step.fly", "clerk", "2026-03-02T10:00")) == "unknown_step"
    assert code(Play().opened().do("sing", "clerk", "2026-03-02T10:00")) == "unknown_step"


def test_personal_values_are_hashed_in_the_entry_and_absent_from_the_state() -> None:
    play = Play().opened()
    filled = play.events("filled")[0]
    assert "customer" not in filled.data["values"] | filled.data["kept"]
    assert len(filled.data["personal"]["customer"]) == 64
    assert "王" not in repr(play.state) + repr(play.entries)


def test_only_fields_that_rules_read_are_kept_in_the_state() -> None:
    play = Play().opened(purchase="10.00")
    assert play.state.fields == {"topic": "goods", "purchase": "10.00"}


def test_the_person_complained_about_never_handles_the_case() -> None:
    play = Play().opened(accused="handler")
    assert play.do("step.accept", "clerk", "2026-03-02T10:00", handled_by="handler") is None
    assert code(play.do("step.ask_customer", "handler", "2026-03-02T11:00")) == "excluded"
    assert play.do("step.ask_customer", "head", "2026-03-02T11:00") is None


def test_a_closed_case_refuses_every_step() -> None:
    play = Play().opened()
    assert play.do("step.withdraw", "clerk", "2026-03-02T10:00") is None
    assert play.state.closed
    assert code(play.do("step.accept", "clerk", "2026-03-02T11:00")) == "case_closed"


@pytest.mark.parametrize(
    ("purchase", "level"),
    [
        pytest.param("4999.99", "plain", id="CS-3 below 5000.00"),
        pytest.param("5000.00", "grave", id="CS-3 exactly 5000.00 is grave"),
        pytest.param("5000.01", "grave", id="CS-3 above 5000.00"),
    ],
)
def test_a_class_follows_the_comparison_of_its_row(purchase: str, level: str) -> None:
    assert Play().opened(purchase=purchase).state.classes["level"] == level


def test_a_person_overrides_a_class_and_the_rule_does_not_take_it_back() -> None:
    play = Play().opened()
    assert play.do("step.regrade", "leader", "2026-03-02T10:00", level="grave") is None
    assert play.do("step.accept", "clerk", "2026-03-02T10:30", handled_by="handler") is None
    assert play.state.classes["level"] == "grave"


def test_a_grave_complaint_is_told_to_the_leader_once() -> None:
    play = Play().opened(purchase="6000.00")
    assert play.outcome is not None
    messages = [errand.data for errand in play.outcome.errands if errand.kind == "message"]
    assert [(message["to"], message["says"]["en"]) for message in messages] == [
        ("leader", "grave complaint CS-2026-000001")
    ]
    assert play.events("notified")[0].data["persons"] == [["leader", ""]]


def test_a_link_asks_for_the_other_case_and_refuses_one_that_nobody_has() -> None:
    play = Play()
    fields = {"customer": "a", "topic": "goods", "said": "b", "earlier": "case-0"}
    at = local("2026-03-02T09:00")
    command = Command("open@1", "open", "clerk", at, fields, kind="complaint", pack=PACK.ref)
    assert decide(PACK, play.state, command, play.facts, at) == Needs(("case:case-0",))
    play.facts = replace(play.facts, cases={"case-0": None})
    assert code(play.decide(command, at)) == "link_refused"
    other = Play().opened().state
    known = Play(facts=replace(play.facts, cases={"case-0": OtherCase(replace(other, case_id="case-0"))}))
    assert known.decide(command, at) is None
    assert known.state.links == {"repeat_of": ("case-0",)}


def test_a_substitute_acts_for_whoever_is_away_and_both_are_named() -> None:
    play = Play().with_absence("clerk", "other").opened()
    assert play.do("step.accept", "other", "2026-03-02T10:00", handled_by="handler") is None
    moved = play.events("moved")[0]
    assert (moved.by, moved.data["for"]) == ("other", "clerk")


def test_a_step_may_be_stated_later_but_never_in_the_future_nor_before_its_stage() -> None:
    play = Play().opened()
    now = local("2026-03-02T12:00")

    def note(happened: str, what: str = "step.note") -> str:
        command = Command(f"n{happened}", what, "clerk", now, {"noted": "x"}, happened_at=local(happened))
        return code(play.decide(command, now))

    assert note("2026-03-02T11:00") == ""
    assert note("2026-03-02T12:00:01") == "stated_wrongly"
    assert note("2026-03-02T08:59:59") == "stated_wrongly"
    assert note("2026-03-02T11:00", "step.accept") == "stated_wrongly"


def test_everybody_in_the_directory_has_one_department_at_most() -> None:
    assert all(person.department in DIRECTORY.departments for person in DIRECTORY.people.values())


def test_who_is_excluded_from_one_role_may_act_in_another_that_he_has() -> None:
    play = Play().opened(accused="handler")
    binding = {"corner-shop": {**DIRECTORY.bindings["corner-shop"], "clerk": ("clerk", "handler")}}
    play.facts = replace(play.facts, directory=replace(DIRECTORY, bindings=binding))
    assert play.do("step.accept", "clerk", "2026-03-02T10:00", handled_by="handler") is None
    assert code(play.do("step.ask_customer", "handler", "2026-03-02T11:00")) == "excluded"
    assert play.do("step.customer_answers", "handler", "2026-03-02T11:00") is None
