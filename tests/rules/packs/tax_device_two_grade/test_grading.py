"""Complaints about tax-control devices: two grades from two lists of six, TX-3.1 to TX-3.1.2f, house-1, 5 and 6."""

from typing import Any

import pytest

from tests.rules.packs.playing import Play, for_clause, shipped
from tests.rules.packs.tax_device_two_grade.stories import (
    GRADING,
    PACK,
    SERIOUS,
    assigned,
    closed,
    graded,
    graded_as,
    helped,
    received,
    reported,
    verified,
)

pytestmark = pytest.mark.pure

GRAVE: dict[str, Any] = {"consequence_serious": True}
BROKEN: dict[str, Any] = GRAVE | {"operating_trouble": True, "appointments": "3", "breaches": "3"}
EXPOSED: dict[str, Any] = GRAVE | {"operating_trouble": True, "service_improper": True, "press_reports": "1"}
NOT_LISTED = ("no_item", "serious")


@for_clause("TX-3.1")
def test_a_complaint_is_exactly_one_of_two_grades_once_it_is_graded(clause: str) -> None:
    assert "grade" not in helped().state.classes
    assert graded().state.classes["grade"] == "general"
    assert graded(**SERIOUS).state.classes["grade"] == "serious"
    file = shipped(PACK).file
    assert (file.class_["grade"].values, file.class_["grade"].clause) == (("serious", "general"), (clause,))
    assert file.kind["complaint"].queue == ("grade",)
    for play in (graded(), assigned(), reported()):
        assert "grade" in play.open_steps()
    assert "grade" not in verified().open_steps()


@for_clause("TX-3.1")
@pytest.mark.parametrize("lacks", ["consequence_serious", "operating_trouble"])
def test_a_grade_needs_to_know_of_consequences_and_trouble(clause: str, lacks: str) -> None:
    play = helped()
    fields = {name: value for name, value in GRADING.items() if name != lacks}
    assert play.do("grade", "marketing", "2026-03-02T10:10", **fields) == "fields_wrong"
    assert play.missing() == {lacks}
    assert graded().cites(clause, "moved", "step.grade")


@for_clause("TX-3.1.0")
def test_one_case_is_enough_and_the_graver_grade_wins(clause: str) -> None:
    assert graded_as(graded(**GRAVE, minutes_late="30")) == ("late", "general")
    assert graded_as(graded(**GRAVE, minutes_late="30", **SERIOUS)) == ("enrichment", "serious")
    both = graded(**GRAVE, minutes_late="30", failed_contacts="3", hotline_conduct=["did_nothing"])
    assert graded_as(both) == ("hotline_busy", "general")
    assert graded_as(graded(**EXPOSED, **SERIOUS)) == ("exposed_by_media", "serious")
    rows = shipped(PACK).file.class_["grade"].rows
    assert (rows[0].clause, rows[2].clause) == ((clause,), (clause,))


ITEMS: list[tuple[str, dict[str, Any], tuple[str, str]]] = [
    ("TX-3.1.1a1", GRAVE | {"failed_contacts": "2"}, NOT_LISTED),
    ("TX-3.1.1a1", GRAVE | {"failed_contacts": "3"}, ("hotline_busy", "general")),
    ("TX-3.1.1a1", GRAVE | {"failed_contacts": "4"}, ("hotline_busy", "general")),
    ("TX-3.1.1a2", GRAVE | {"hotline_conduct": ["did_nothing"]}, ("hotline_conduct", "general")),
    ("TX-3.1.1a2", GRAVE | {"hotline_conduct": ["ill_mannered"]}, ("hotline_conduct", "general")),
    ("TX-3.1.1a2", GRAVE | {"hotline_conduct": ["passed_the_buck"]}, ("hotline_conduct", "general")),
    ("TX-3.1.1b", GRAVE | {"quality_abnormal": True, "replaced_in_time": False}, ("not_replaced", "general")),
    ("TX-3.1.1b", GRAVE | {"quality_abnormal": True, "replaced_in_time": True}, NOT_LISTED),
    ("TX-3.1.1b", GRAVE | {"quality_abnormal": False, "replaced_in_time": False}, NOT_LISTED),
    ("TX-3.1.1c", GRAVE | {"failed_repairs": "2"}, NOT_LISTED),
    ("TX-3.1.1c", GRAVE | {"failed_repairs": "3"}, ("repairs_failed", "general")),
    ("TX-3.1.1c", GRAVE | {"failed_repairs": "4"}, ("repairs_failed", "general")),
    ("TX-3.1.1d1", GRAVE | {"onsite_declined": True}, ("onsite_declined", "general")),
    ("TX-3.1.1d1", GRAVE | {"onsite_declined": False}, NOT_LISTED),
    ("TX-3.1.1d2", GRAVE | {"minutes_late": "29"}, NOT_LISTED),
    ("TX-3.1.1d2", GRAVE | {"minutes_late": "30"}, ("late", "general")),
    ("TX-3.1.1d2", GRAVE | {"minutes_late": "31"}, ("late", "general")),
    ("TX-3.1.1e", GRAVE | {"upgrade_missed": True, "invoicing_hard": True}, ("upgrade_missed", "general")),
    ("TX-3.1.1e", GRAVE | {"upgrade_missed": True, "invoicing_hard": False}, NOT_LISTED),
    ("TX-3.1.1e", GRAVE | {"upgrade_missed": False, "invoicing_hard": True}, NOT_LISTED),
    ("TX-3.1.1f", {}, ("nothing_serious", "general")),
    ("TX-3.1.1f", GRAVE, NOT_LISTED),
    ("TX-3.1.2a", GRAVE | {"staff_conduct": ["vile_attitude"], "reputation_hurt": True}, ("vile_conduct", "serious")),
    ("TX-3.1.2a", {"staff_conduct": ["improper_words"], "reputation_hurt": True}, ("vile_conduct", "serious")),
    ("TX-3.1.2a", {"staff_conduct": ["improper_words"], "reputation_hurt": False}, ("mild_conduct", "general")),
    ("TX-3.1.2b", BROKEN, ("appointments_broken", "serious")),
    ("TX-3.1.2b", BROKEN | {"appointments": "4", "breaches": "4"}, ("appointments_broken", "serious")),
    ("TX-3.1.2b", BROKEN | {"appointments": "2"}, NOT_LISTED),
    ("TX-3.1.2b", BROKEN | {"breaches": "2"}, NOT_LISTED),
    ("TX-3.1.2b", BROKEN | {"operating_trouble": False}, NOT_LISTED),
    ("TX-3.1.2b", BROKEN | {"consequence_serious": False}, ("nothing_serious", "general")),
    ("TX-3.1.2c", EXPOSED, ("exposed_by_media", "serious")),
    ("TX-3.1.2c", EXPOSED | {"consequence_serious": False, "press_reports": "2"}, ("exposed_by_media", "serious")),
    ("TX-3.1.2c", EXPOSED | {"press_reports": "0"}, NOT_LISTED),
    ("TX-3.1.2c", EXPOSED | {"operating_trouble": False, "consequence_serious": False}, ("nothing_serious", "general")),
    ("TX-3.1.2c", EXPOSED | {"service_improper": False, "consequence_serious": False}, ("nothing_serious", "general")),
    ("TX-3.1.2e", {"misconduct": ["charged_without_basis"]}, ("enrichment", "serious")),
    ("TX-3.1.2e", {"misconduct": ["pushed_products"]}, ("enrichment", "serious")),
    ("TX-3.1.2e", {"misconduct": ["took_property"]}, ("enrichment", "serious")),
    ("TX-3.1.2f", {"credit_harmed": True, "tax_criticisms": "1"}, ("tax_criticism", "serious")),
    ("TX-3.1.2f", {"credit_harmed": True, "tax_criticisms": "2"}, ("tax_criticism", "serious")),
    ("TX-3.1.2f", {"credit_harmed": True, "tax_criticisms": "0"}, ("nothing_serious", "general")),
    ("TX-3.1.2f", {"credit_harmed": False, "tax_criticisms": "1"}, ("nothing_serious", "general")),
    ("house-5", GRAVE | {"staff_conduct": ["vile_attitude"], "reputation_hurt": False}, ("mild_conduct", "general")),
    ("TX-3.1.1a2", GRAVE | {"hotline_conduct": ["none"]}, NOT_LISTED),
    ("TX-3.1.2a", GRAVE | {"staff_conduct": ["none"]}, NOT_LISTED),
    ("TX-3.1.2a", GRAVE | {"staff_conduct": ["none"], "reputation_hurt": True}, NOT_LISTED),
    ("house-5", GRAVE | {"staff_conduct": ["none"], "reputation_hurt": False}, NOT_LISTED),
    ("house-5", GRAVE | {"staff_conduct": ["improper_words"], "reputation_hurt": False}, ("mild_conduct", "general")),
    ("TX-3.1.2a", GRAVE | {"staff_conduct": ["improper_words"], "reputation_hurt": True}, ("vile_conduct", "serious")),
    ("TX-3.1.2e", GRAVE | {"misconduct": ["none"]}, NOT_LISTED),
    ("house-5", GRAVE, NOT_LISTED),
    ("house-5", GRAVE | {"general_why": "后果由企业自身造成"}, ("nothing_serious", "general")),
]


@pytest.mark.parametrize(("clause", "fields", "expected"), ITEMS)
def test_each_case_of_the_lists_gives_its_grade(clause: str, fields: dict[str, Any], expected: tuple[str, str]) -> None:
    play = graded(**fields)
    assert graded_as(play) == expected
    cited = {each for row in shipped(PACK).file.class_["item"].rows for each in row.clause}
    assert clause in cited


@for_clause("house-1")
def test_several_is_three_for_each_case_by_itself(clause: str) -> None:
    rows = shipped(PACK).file.class_["item"].rows
    assert {row.gives for row in rows if clause in row.clause} == {
        "hotline_busy",
        "repairs_failed",
        "appointments_broken",
    }
    assert graded_as(graded(**GRAVE, failed_contacts="2", failed_repairs="2")) == NOT_LISTED


@for_clause("TX-3.1.1b", "TX-3.1.1e", "TX-3.1.2a", "TX-3.1.2b", "TX-3.1.2f", "house-5")
def test_a_case_with_several_parts_asks_for_all_of_them(clause: str) -> None:
    parts: dict[str, tuple[dict[str, Any], str]] = {
        "TX-3.1.1b": ({"quality_abnormal": True}, "replaced_in_time"),
        "TX-3.1.1e": ({"upgrade_missed": True}, "invoicing_hard"),
        "TX-3.1.2a": ({"staff_conduct": ["vile_attitude"]}, "reputation_hurt"),
        "house-5": ({"staff_conduct": ["improper_words"]}, "reputation_hurt"),
        "TX-3.1.2b": ({"appointments": "3"}, "breaches"),
        "TX-3.1.2f": ({"credit_harmed": True}, "tax_criticisms"),
    }
    part, other = parts[clause]
    play = helped()
    fields = GRADING | part
    assert play.do("grade", "marketing", "2026-03-02T10:10", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({other}, True)
    unasked = {"quality_abnormal": False, "upgrade_missed": False, "credit_harmed": False}
    assert play.do("grade", "marketing", "2026-03-02T10:10", **(GRADING | unasked)) == ""


def after_general(number: int, *, corrected: bool, unit: str = "unit_a") -> Play:
    """The last of so many general complaints of a unit before another one, the first of them closed."""
    play = closed(assigned(unit=unit) if unit == "unit_a" else None, corrected=corrected)
    for _ in range(number - 1):
        play = assigned(play, "2026-03-09T11:00", unit)
    return play


@for_clause("TX-3.1.2d", "house-1", "house-6")
@pytest.mark.parametrize(("before", "grade"), [(2, "general"), (3, "serious"), (4, "serious")])
def test_after_three_general_complaints_and_a_correction_the_next_is_serious(
    clause: str, before: int, grade: str
) -> None:
    play = assigned(after_general(before, corrected=True), "2026-03-16T11:00", minutes_late="45")
    assert graded_as(play) == ("late", grade)
    assert play.fact("count.general_of_unit") == before + 1
    row = shipped(PACK).file.class_["grade"].rows[1]
    assert clause in row.clause


@for_clause("TX-3.1.2d", "house-6")
def test_without_a_correction_or_for_another_unit_it_stays_general(clause: str) -> None:
    assert graded_as(assigned(after_general(4, corrected=False), "2026-03-16T11:00"))[1] == "general"
    assert graded_as(assigned(after_general(4, corrected=True), "2026-03-16T11:00", "unit_b"))[1] == "general"
    assert graded_as(graded(after_general(4, corrected=True), "2026-03-16T10:00"))[1] == "general"
    still_open = replied_and_corrected_only_when_closed()
    assert (still_open.fact("count.corrections_of_unit"), graded_as(still_open)[1]) == (0, "general")
    assert clause in shipped(PACK).file.count["corrections_of_unit"].clause


def replied_and_corrected_only_when_closed() -> Play:
    """The fifth of five general complaints of a unit of which none is closed."""
    play = assigned()
    for _ in range(4):
        play = assigned(play)
    return play


@for_clause("TX-3.1.2d", "house-6")
@pytest.mark.parametrize(
    ("opened", "others", "counted", "corrections", "grade"),
    [
        ("2027-03-02T09:30", 2, 4, 1, "serious"),
        ("2027-03-02T10:30", 2, 3, 0, "general"),
        ("2027-03-02T10:30", 3, 4, 0, "general"),
    ],
)
def test_complaints_and_corrections_of_twelve_months_count(
    clause: str, opened: str, others: int, counted: int, corrections: int, grade: str
) -> None:
    play = closed(corrected=True)
    for day in range(1, others + 1):
        play = assigned(play, f"2026-09-{day:02}T11:00")
    play = assigned(play, opened)
    assert (play.fact("count.general_of_unit"), play.fact("count.corrections_of_unit")) == (counted, corrections)
    assert graded_as(play)[1] == grade
    assert clause in shipped(PACK).file.count["general_of_unit"].clause


@for_clause("TX-3.1.2d")
def test_those_that_are_still_open_become_serious_with_it_and_serious_ones_do_not_count(clause: str) -> None:
    third = after_general(3, corrected=True)
    fourth = assigned(third, "2026-03-16T11:00")
    assert fourth.state.classes["grade"] == "serious"
    assert third.state.case_id in {poke["case_id"] for poke in fourth.pokes}
    third.poke("2026-03-16T11:01")
    assert third.state.classes["grade"] == "serious"
    assert third.cites(clause, "classified", "class.grade") or third.state.classes["item"] == "nothing_serious"
    grave = closed(assigned(**SERIOUS), corrected=True)
    for _ in range(2):
        grave = assigned(grave, "2026-03-09T11:00", **SERIOUS)
    last = assigned(grave, "2026-03-16T11:00")
    assert (last.fact("count.general_of_unit"), graded_as(last)[1]) == (1, "general")


@for_clause("TX-3.1.2c")
def test_a_press_report_that_comes_later_makes_it_serious(clause: str) -> None:
    play = assigned(**(EXPOSED | {"press_reports": "0", "general_why": "尚无报道"}))
    assert play.state.classes["grade"] == "general"
    play.did("grade", "marketing", "2026-03-03T09:00", **(GRADING | EXPOSED))
    assert graded_as(play) == ("exposed_by_media", "serious")
    assert clause in shipped(PACK).file.class_["item"].rows[2].clause
    assert received().state.classes == {}
