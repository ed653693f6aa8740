"""Classes: several values at once are refused, rows ask for fields, rows propose what a person confirms."""

import pytest

from tests.rules.estate import OPENED, Claim, code, wrong

pytestmark = pytest.mark.pure

LATER = "2026-03-02T10:00"


def test_what_fits_two_values_is_refused_with_the_clauses_of_both_rows() -> None:
    refusal = Claim().do("open", "dana", OPENED, house="A1", damage="1", water=True, fire=True)
    assert refusal is not None
    assert (refusal.code, refusal.clause) == ("class_ambiguous", ("RE-2", "RE-1"))
    assert refusal.params == {"class": "cause", "values": ["water", "fire"]}


def test_what_fits_one_value_has_it_and_what_fits_none_has_none() -> None:
    assert Claim().opened(water=True).state.classes["cause"] == "water"
    assert "cause" not in Claim().opened().state.classes


def test_two_rows_with_one_value_are_no_doubt() -> None:
    claim = Claim().opened(fire=True, urgent=True)
    claim.wait("2026-03-03T10:00")
    assert claim.state.clocks["visit"].status == "missed"
    assert claim.state.classes["cause"] == "fire"


def test_a_clock_that_makes_a_class_ambiguous_leaves_it_as_it_was() -> None:
    claim = Claim().opened(water=True, urgent=True)
    claim.wait("2026-03-03T10:00")
    assert claim.state.clocks["visit"].status == "missed"
    assert claim.state.classes["cause"] == "water"


def test_commands_after_it_are_not_refused_for_what_they_have_not_made() -> None:
    claim = Claim().opened(water=True, urgent=True)
    claim.wait("2026-03-03T10:00")
    assert claim.do("step.object", "dana", "2026-03-03T11:00", objector="Li") is None
    assert claim.state.classes["cause"] == "water"


def test_a_row_that_hits_asks_for_its_fields_in_the_form_being_filled() -> None:
    refusal = Claim().do("open", "dana", OPENED, house="A1", damage="1", press=True)
    assert refusal is not None
    row = {"field": "outlet", "code": "asked_for", "class": "exposure", "value": "public"}
    assert refusal.params["fields"] == [row]
    assert Claim().opened(press=True, outlet="Daily").state.classes["exposure"] == "public"
    assert Claim().opened(press=False).state.classes["exposure"] == "quiet"


@pytest.mark.parametrize(("damage", "proposed"), [("9999.99", "plain"), ("10000.00", "grave"), ("10000.01", "grave")])
def test_rows_propose_and_the_class_has_no_value_before_it_is_confirmed(damage: str, proposed: str) -> None:
    claim = Claim().opened(damage=damage)
    assert claim.state.proposed == {"level": proposed}
    assert "level" not in claim.state.classes
    said = [entry.data for entry in claim.events("classified") if entry.data["class"] == "level"]
    assert said == [{"class": "level", "value": proposed, "was": None, "by": "proposal"}]


def test_the_proposal_is_confirmed_without_a_word() -> None:
    claim = Claim().opened(damage="10000.00")
    assert claim.do("step.grade", "max", LATER, level="grave") is None
    assert claim.state.classes["level"] == "grave"
    assert claim.events("classified")[-1].data["by"] == "person"


def test_another_value_than_the_proposal_needs_a_reason() -> None:
    claim = Claim().opened(damage="10000.00")
    refusal = claim.do("step.grade", "max", LATER, level="plain")
    assert refusal is not None
    row = {"field": "level_why", "code": "why_missing", "class": "level", "value": "grave"}
    assert refusal.params["fields"] == [row]
    assert claim.do("step.grade", "max", LATER, level="plain", level_why="old damage") is None
    assert (claim.state.classes["level"], claim.state.proposed["level"]) == ("plain", "grave")


def test_only_those_who_confirm_may_take_the_step() -> None:
    assert code(Claim().opened().do("step.grade", "dana", LATER, level="plain")) == "wrong_role"


def test_a_confirmed_class_stays_until_a_person_changes_it_with_a_reason() -> None:
    claim = Claim().opened()
    assert claim.do("step.grade", "max", LATER, level="plain") is None
    assert wrong(claim.do("step.grade", "max", "2026-03-02T11:00", level="grave")) == {"level_why": "why_missing"}
    assert claim.do("step.grade", "max", "2026-03-02T11:00", level="grave", level_why="a ceiling fell") is None
    assert claim.state.classes["level"] == "grave"
    assert claim.do("step.object", "dana", "2026-03-02T12:00", objector="Li") is None
    assert claim.state.classes["level"] == "grave"


def test_a_gate_on_the_class_stays_shut_by_a_proposal() -> None:
    claim = Claim().opened(urgent=True)
    refusal = claim.do("step.finish", "ida", LATER)
    assert refusal is not None
    assert (refusal.code, refusal.clause) == ("gate_closed", ("RE-3", "RE-4"))
