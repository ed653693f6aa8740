"""Articles 2 and 3 and acceptance: what a grumble is and what a complaint, its level, who has it, what is written down."""

from typing import Any

import pytest

from rules.forms import Field
from tests.rules.packs.gas_service_quality.stories import (
    COMPLAINT,
    INTAKE,
    LEVELS,
    PACK,
    complaint,
    desk,
    grumble,
    issued,
    ledgered,
    without_nothing,
)
from tests.rules.packs.playing import Play, for_clause, shipped

pytestmark = pytest.mark.pure
NINE = "2026-03-02T09:00"
GRUMBLES = ("visit", "call", "revisit", "daily_inspection", "other")
COMPLAINTS = (
    "letter",
    "call",
    "visit",
    "leader_transfer",
    "other_organisation",
    "public_media",
    "daily_inspection",
    "other",
)


def field(form: str, name: str) -> Field:
    """A field of a form of the pack."""
    found = shipped(PACK).file.form[form].field(name)
    assert found is not None
    return found


def nature(*seeks: str) -> str:
    """What a case is in which the customer seeks this."""
    return complaint(seeks=list(seeks), grumble_source="call").state.classes["nature"]


@for_clause("GQ-2.1")
def test_a_problem_is_not_written_down_without_what_makes_it_one_of_the_two(clause: str) -> None:
    play = Play(PACK)
    fields = {name: value for name, value in INTAKE.items() if name != "seeks"}
    assert play.open("problem", "service_centre", NINE, **fields) == "fields_wrong"
    assert play.missing() == {"seeks"}
    assert clause in shipped(PACK).file.class_["nature"].clause
    assert shipped(PACK).file.class_["nature"].values == ("complaint", "grumble")


@for_clause("GQ-2.2")
def test_who_only_hopes_for_an_improvement_grumbles(clause: str) -> None:
    play = grumble()
    assert play.state.classes["nature"] == "grumble"
    assert play.cites(clause, "classified", "class.nature")


@for_clause("GQ-2.4")
@pytest.mark.parametrize("seeks", [("material",), ("moral",), ("improvement", "material"), ("improvement", "moral")])
def test_who_seeks_material_or_moral_compensation_complains(clause: str, seeks: tuple[str, ...]) -> None:
    assert nature(*seeks) == "complaint"
    assert complaint(seeks=list(seeks)).cites(clause, "classified", "class.nature")


@for_clause("GQ-2.3")
@pytest.mark.parametrize("source", GRUMBLES)
def test_a_grumble_comes_from_one_of_five_sources(clause: str, source: str) -> None:
    assert grumble(grumble_source=source).cites(clause, "filled", "form.intake")
    assert set(field("intake", "grumble_source").choices) - set(GRUMBLES) == {"annual_survey"}


@for_clause("GQ-2.5")
@pytest.mark.parametrize("source", COMPLAINTS)
def test_a_complaint_comes_from_one_of_eight_sources(clause: str, source: str) -> None:
    assert complaint(complaint_source=source).cites(clause, "filled", "form.intake")
    also = set(field("intake", "complaint_source").choices) - set(COMPLAINTS)
    assert also == {"mayor_line", "mayor_mailbox", "government_letter"}


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        pytest.param(INTAKE | {"grumble_source": None}, "grumble_source", id="GQ-2.3"),
        pytest.param(COMPLAINT | {"complaint_source": None}, "complaint_source", id="GQ-2.5"),
    ],
)
def test_the_source_is_one_of_the_list_of_its_nature(fields: dict[str, Any], missing: str) -> None:
    play = Play(PACK)
    assert play.open("problem", "hr_admin", NINE, **without_nothing(fields)) == "fields_wrong"
    assert play.missing() == {missing}


@pytest.mark.parametrize(
    ("clause", "exposure", "impact", "level"),
    [
        *(
            pytest.param("GQ-2.6", road, "major_impact", "level_1", id=f"GQ-2.6 {road}")
            for road in ("mainstream_media", "important_time", "conduct_check")
        ),
        *(
            pytest.param("GQ-2.7", road, impact, "level_2", id=f"GQ-2.7 {road} {impact}")
            for road in ("company_leader", "government", "other_media")
            for impact in ("certain_impact", "major_impact")
        ),
        *(
            pytest.param("house-1", road, "certain_impact", "level_2", id=f"house-1 {road}")
            for road in ("mainstream_media", "important_time", "conduct_check")
        ),
        *(
            pytest.param("GQ-2.8", road, "no_impact", "level_3", id=f"GQ-2.8 {road}")
            for road in ("mainstream_media", "company_leader", "")
        ),
        pytest.param("GQ-2.8", "", "major_impact", "level_3", id="GQ-2.8 no road"),
    ],
)
def test_the_level_goes_by_road_and_impact(clause: str, exposure: str, impact: str, level: str) -> None:
    also = {"exposure": [exposure]} if exposure else {}
    play = complaint().did("grade", "hr_admin", "2026-03-02T10:00", impact=impact, impact_why="舆情记录", **also)
    assert play.state.classes["level"] == level
    assert play.cites(clause, "classified", "class.level")
    assert play.cites("GQ-2.6", "classified") == (clause in ("GQ-2.6", "house-1"))


@for_clause("GQ-2.6")
def test_the_graver_level_wins(clause: str) -> None:
    both = {"exposure": ["company_leader", "conduct_check"], "impact": "major_impact", "impact_why": "督查通报"}
    play = complaint().did("grade", "hr_admin", "2026-03-02T10:00", **both)
    assert (play.state.classes["level"], play.cites(clause, "classified", "class.level")) == ("level_1", True)


@for_clause("GQ-2.6", "GQ-2.7", "GQ-2.8")
def test_only_hr_grades_and_only_a_complaint(clause: str) -> None:
    level_3 = LEVELS["level_3"] | {"impact_why": "记录"}
    assert complaint().do("grade", "service_centre", "2026-03-02T10:00", **level_3) == "wrong_role"
    play = grumble()
    assert play.do("grade", "hr_admin", "2026-03-02T10:00", **level_3) == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert "level" not in play.state.classes


@pytest.mark.parametrize("case", [complaint, lambda: issued(complaint()), lambda: ledgered(complaint())])
def test_a_complaint_is_graded_at_any_time_before_it_is_verified(case: Any) -> None:
    assert case().do("grade", "hr_admin", "2026-03-06T10:00", impact_why="记录", **LEVELS["level_2"]) == ""


@for_clause("GQ-3.1")
@pytest.mark.parametrize("source", ["daily_inspection", "revisit", "call", "annual_survey", "visit"])
def test_every_grumble_is_the_service_centres(clause: str, source: str) -> None:
    play = grumble(grumble_source=source)
    assert desk(play) == "service_centre"
    assert play.do("issue_a1", "hr_admin", "2026-03-02T10:00") == "wrong_role"
    assert play.cites(clause, "filled", "form.intake")
    assert issued(play).state.stage == "handling"
    hr, centre = shipped(PACK).file.role["handling_department"].rows
    assert (hr.clause, centre.clause) == (("GQ-3.2",), (clause,))


@for_clause("GQ-3.2")
@pytest.mark.parametrize(
    "source", ["leader_transfer", "mayor_line", "mayor_mailbox", "government_letter", "visit", "call"]
)
def test_every_complaint_is_hrs(clause: str, source: str) -> None:
    play = complaint(complaint_source=source)
    assert play.do("issue_a1", "service_centre", "2026-03-02T10:00") == "wrong_role"
    assert play.cites(clause, "filled", "form.intake")
    assert issued(play).state.stage == "handling"


@for_clause("GQ-4.1")
@pytest.mark.parametrize("name", ["customer_name", "customer_phone", "customer_address", "problem"])
def test_who_reports_what_is_written_down(clause: str, name: str) -> None:
    play = Play(PACK)
    fields = {key: value for key, value in INTAKE.items() if key != name}
    assert play.open("problem", "service_centre", NINE, **fields) == "fields_wrong"
    assert play.missing() == {name}
    opened = grumble()
    assert (opened.entries[0].event, opened.entries[0].at.isoformat()) == ("opened", "2026-03-02T01:00:00+00:00")
    assert opened.cites(clause, "opened")


@for_clause("GQ-4.2")
@pytest.mark.parametrize("name", ["customer_request", "soothed", "coordinator"])
def test_demand_comfort_and_a_coordinator_belong_to_the_acceptance(clause: str, name: str) -> None:
    play = Play(PACK)
    fields = {key: value for key, value in INTAKE.items() if key != name}
    assert play.open("problem", "service_centre", NINE, **fields) == "fields_wrong"
    assert play.missing() == {name}
    assert grumble().cites(clause, "filled", "form.intake")


def test_who_accepts_is_one_of_the_two_departments() -> None:
    assert Play(PACK).open("problem", "company_leadership", NINE, **INTAKE) == "wrong_role"
    assert Play(PACK).open("problem", "hr_admin", NINE, **INTAKE) == ""
