"""Annex 4: what each line of the scoring table leads to, for a grumble and for each level of a complaint."""

import pytest

from rules.classes import TableRow
from tests.rules.packs.gas_service_quality.stories import (
    PACK,
    broken,
    complaint,
    decided,
    grumble,
    head_found,
    reviewed,
)
from tests.rules.packs.playing import shipped

pytestmark = pytest.mark.pure

GQ = "GQ-A4."
#: Clause, line of the table, cell of it that is printed, least points.
LINES = [
    ("1", "appearance", "manners", 10),
    ("2", "reception", "manners", 10),
    ("3.1", "patience", "attitude", 20),
    ("3.2", "forbidden_words", "attitude", 20),
    ("3.3", "idling", "attitude", 20),
    ("3.4", "passing_the_buck", "attitude", 20),
    ("5.1", "window_hours", "rows_5_to_7", 10),
    ("5.2", "window_greeting", "rows_5_to_7", 10),
    ("5.3", "window_answers", "rows_5_to_7", 10),
    ("5.4", "window_cash", "rows_5_to_7", 10),
    ("5.5", "window_farewell", "rows_5_to_7", 10),
    ("6.1", "hotline_post", "rows_5_to_7", 10),
    ("6.2", "hotline_pickup", "rows_5_to_7", 10),
    ("6.3", "hotline_transfer", "rows_5_to_7", 10),
    ("6.4", "hotline_farewell", "rows_5_to_7", 10),
    ("7.1", "survey_booking", "rows_5_to_7", 10),
    ("7.2", "survey_time", "rows_5_to_7", 10),
    ("7.3", "survey_explaining", "rows_5_to_7", 10),
    ("8.1", "developer_schedule", "rows_8_to_11", 10),
    ("8.2", "developer_finish", "rows_8_to_11", 10),
    ("8.3", "developer_site", "rows_8_to_11", 10),
    ("9.1", "household_finish", "rows_8_to_11", 10),
    ("9.2", "household_site", "rows_8_to_11", 10),
    ("10.1", "business_finish", "rows_8_to_11", 10),
    ("10.2", "business_site", "rows_8_to_11", 10),
    ("10.3", "business_settlement", "rows_8_to_11", 10),
    ("11.1", "ignition_booking", "rows_8_to_11", 10),
    ("11.2", "ignition_covers", "rows_8_to_11", 10),
    ("11.3", "ignition_safety", "rows_8_to_11", 10),
    ("11.4", "ignition_notice", "rows_8_to_11", 10),
    ("11.5", "ignition_metering", "rows_8_to_11", 10),
    ("12.1", "repair_booking", "rows_12_to_15", 10),
    ("12.2", "repair_charging", "rows_12_to_15", 10),
    ("12.3", "repair_site", "rows_12_to_15", 10),
    ("13.1", "check_booking", "rows_12_to_15", 10),
    ("13.2", "check_covers", "rows_12_to_15", 10),
    ("13.3", "check_hazards", "rows_12_to_15", 10),
    ("13.4", "check_marks", "rows_12_to_15", 10),
    ("14.1", "reading_time", "rows_12_to_15", 10),
    ("14.2", "reading_notice", "rows_12_to_15", 10),
    ("14.3", "reading_accuracy", "rows_12_to_15", 10),
    ("15.1", "change_booking", "rows_12_to_15", 10),
    ("15.2", "change_consent", "rows_12_to_15", 10),
    ("15.3", "change_explaining", "rows_12_to_15", 10),
    ("15.4", "change_site", "rows_12_to_15", 10),
    ("N1", "unlisted", "not_listed", 10),
]
HEADS = [
    ("16", "daily_guidance", "head_guidance", 5),
    ("17", "promptness", "head_handling", 10),
    ("18", "effectiveness", "head_handling", 10),
]
LADDER = {
    "level_1": ("major_demerit", "termination"),
    "level_2": ("warning", "demerit", "major_demerit"),
    "level_3": ("circular_criticism", "warning", "demerit"),
}
SANCTIONS = ("circular_criticism", "warning", "demerit", "major_demerit", "termination")
POINTS = "consequence.points"


def ids(rows: list[tuple[str, str, str, int]]) -> list[str]:
    return [f"{GQ}{row[0]}" for row in rows]


@pytest.mark.parametrize(("clause", "line", "cell", "floor"), LINES, ids=ids(LINES))
def test_a_grumble_takes_at_least_so_many_points_off_the_month_of_the_breach(
    clause: str, line: str, cell: str, floor: int
) -> None:
    play = broken(line)
    assert play.state.classes["cell"] == cell
    assert play.cites(f"{GQ}{clause}", "classified", "class.cell")
    assert play.do(POINTS, "service_centre", "2026-03-06T09:00", amount=str(floor - 1)) == "out_of_bounds"
    assert decided(play, amount=str(floor)).of("consequence_decided", POINTS)[0].data["lines"] == [
        ["person", "other_a", str(floor)]
    ]
    assert play.of("consequence_decided", POINTS)[0].data["month"] == "2026-03"


@pytest.mark.parametrize(("clause", "failing", "cell", "floor"), HEADS, ids=ids(HEADS))
def test_a_failing_of_the_head_takes_points_off_the_head(clause: str, failing: str, cell: str, floor: int) -> None:
    play = head_found(reviewed(grumble()), failing)
    assert play.state.classes["cell"] == cell
    assert play.cites(f"{GQ}{clause}", "classified", "class.cell")
    assert play.do(POINTS, "service_centre", "2026-03-06T09:00", amount=str(floor - 1)) == "out_of_bounds"
    decided(play, amount=str(floor))
    assert play.of("consequence_decided", POINTS)[0].data["lines"] == [["person", "head_a", str(floor)]]


@pytest.mark.parametrize("amount", ["21", "1000"])
def test_a_floor_has_no_ceiling(amount: str) -> None:
    assert decided(broken("patience"), amount=amount).fact(POINTS) == int(amount)


@pytest.mark.parametrize("level", LADDER)
@pytest.mark.parametrize(("clause", "line"), [row[:2] for row in LINES], ids=ids(LINES))
def test_a_complaint_leads_to_one_sanction_of_the_ladder_of_its_level(clause: str, line: str, level: str) -> None:
    play = broken(line, level)
    assert play.cites(f"{GQ}{clause}", "classified", "class.cell")
    assert [entry.subject for entry in play.of("consequence_raised")] == [f"consequence.sanction_{level}"]
    assert play.of("consequence_raised")[0].data["lines"] == [["person", "other_a", None]]


@pytest.mark.parametrize("level", LADDER)
@pytest.mark.parametrize(("clause", "failing"), [row[:2] for row in HEADS], ids=ids(HEADS))
def test_the_sanction_for_a_failing_of_the_head_meets_the_head(clause: str, failing: str, level: str) -> None:
    play = head_found(reviewed(complaint(level)), failing)
    assert play.cites(f"{GQ}{clause}", "classified", "class.cell")
    raised = play.of("consequence_raised")
    assert [(entry.subject, entry.data["lines"]) for entry in raised] == [
        (f"consequence.sanction_{level}", [["person", "head_a", None]])
    ]


@pytest.mark.parametrize("sanction", SANCTIONS)
@pytest.mark.parametrize("level", LADDER)
@pytest.mark.parametrize("clause", ["GQ-A4.N2", "GQ-5.2"])
def test_only_a_sanction_of_the_set_is_taken(clause: str, level: str, sanction: str) -> None:
    play, name = broken("unlisted", level), f"consequence.sanction_{level}"
    code = play.do(name, "hr_admin", "2026-03-06T09:00", choice=[sanction])
    assert code == ("" if sanction in LADDER[level] else "fields_wrong")
    assert play.cites(clause, "consequence_raised", name)


def test_one_sanction_is_enough() -> None:
    play = broken("unlisted", "level_2")
    two = ["warning", "demerit"]
    assert play.do("consequence.sanction_level_2", "hr_admin", "2026-03-06T09:00", choice=two) == "fields_wrong"


def test_the_cells_of_the_table_cite_the_lines_for_which_they_are_printed() -> None:
    rows: dict[str | None, TableRow] = {row.key: row for row in shipped(PACK).file.table["scores"].rows}
    for cell, points in {(row[2], row[3]) for row in [*LINES, *HEADS]}:
        lines = tuple(f"{GQ}{row[0]}" for row in [*LINES, *HEADS] if row[2] == cell)
        assert (rows[cell].gives, rows[cell].clause) == ({"points": str(points)}, lines)
