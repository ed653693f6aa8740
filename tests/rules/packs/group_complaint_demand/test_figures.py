"""What is counted and reported every month and quarter: GD-2.2, GD-3.1.3, GD-3.2.3, GD-3.3.2, GD-6.3, GD-6.7."""

from typing import Any

import pytest

from tests.rules.packs.group_complaint_demand.stories import GROUP, heard
from tests.rules.packs.overview import cycled, figures, made
from tests.rules.packs.playing import Play, around_the_limit, done, for_clause

pytestmark = pytest.mark.pure

SIGNED: dict[str, Any] = {"prepared_by": "quan", "checked_by": "quinn", "signed_on": "2026-03-31"}


def month() -> Play:
    """The statistic of March 2026, opened by itself on its last day."""
    (play,) = cycled(GROUP, "month", "2026-03-02T09:00", "2026-04-01T00:00")
    return play


def in_order() -> Play:
    """… with the data of the offices in order and counted."""
    play = month()
    done(play.do("task.data", "ofra", "2026-03-31T09:00", data_in_order=True), play)
    done(play.do("task.office_figures", "pia", "2026-03-31T10:00", offices_counted=20), play)
    return play


def handled(world: Play, unit: str, *, late: bool = False) -> None:
    """A complaint about a unit, accepted on Monday 2 March, handled on Friday or left alone until it was too late."""
    play = world.beside()
    done(play.open("complaint", "emil", "2026-03-02T10:00", source="customer", what="w", unit=unit), play)
    register = {"business": "residential", "cause": "quality", "contract_item": "4.2", "complaint_subject": "equipment"}
    done(play.do("accept_complaint", "ofra", "2026-03-02T10:00", **register), play)
    done(play.do("dispatch", "ofra", "2026-03-02T11:00", instruction="i"), play)
    if late:
        play.until("2026-03-07T12:00")
    else:
        done(play.do("handle", "ofra", "2026-03-06T09:00", result="r"), play)


@for_clause("GD-2.2")
def test_a_unit_is_assessed_by_how_many_of_its_cases_missed_the_limit(clause: str) -> None:
    world = heard("complaint", "2026-02-27T09:00")
    for late in (False, False, False, True):
        handled(world, "north_office", late=late)
    handled(world, "garden", late=True)
    untouched = world.beside()
    fields = {"source": "customer", "what": "w", "unit": "garden"}
    done(untouched.open("complaint", "emil", "2026-03-02T10:00", **fields), untouched)
    found = figures(world, "handled_in_time", "2026-03", "2026-04-01T00:00")
    shares = {by[0]: (str(share), count) for by, (share, count) in found.items()}
    assert shares == {"north_office": ("75.00", 4), "garden": ("0.00", 1)}
    assert clause in world.pack.file.report["handled_in_time"].clause


@for_clause("GD-3.1.3a", "GD-6.7")
def test_a_statistic_opens_by_itself_on_the_last_day_of_each_month(clause: str) -> None:
    plays = cycled(GROUP, "month", "2026-01-15T09:00", "2026-04-01T00:00")
    assert [play.state.fields.get("period", play.state.carried["period"]) for play in plays] == [
        "2026-01", "2026-02", "2026-03",
    ]  # fmt: skip
    assert [play.due("statistic") for play in plays] == [
        "2026-02-01T00:00:00", "2026-03-01T00:00:00", "2026-04-01T00:00:00",
    ]  # fmt: skip
    assert plays[0].cites(clause, "opened")


@for_clause("GD-3.1.3a")
@around_the_limit("2026-03-31T24:00", "2026-04-01T00:00:01")
def test_the_statistic_is_made_by_the_end_of_the_month(clause: str, at: str, status: str) -> None:
    play = in_order().until(at)
    done(play.do("report_month", "quan", at, **SIGNED), play)
    assert play.status("statistic") == status
    assert play.cites(clause, "clock_started", "clock.statistic")
    assert play.state.stage == "reported"


@for_clause("GD-3.1.3a")
def test_the_statistic_has_a_line_for_each_unit(clause: str) -> None:
    world = heard("complaint", "2026-03-02T09:00", unit="garden")
    for unit in ("north_office", "garden", "projects"):
        play = world.beside()
        done(play.open("demand", "emil", "2026-03-31T23:59", source="customer", what="w", unit=unit), play)
    late = world.beside()
    done(late.open("demand", "emil", "2026-04-01T00:00", source="customer", what="w", unit="garden"), late)
    found = figures(world, "statistic", "2026-03", "2026-04-02T00:00")
    assert {by[0]: values[0] for by, values in found.items()} == {"garden": 2, "north_office": 1, "projects": 1}
    assert clause in world.pack.file.report["statistic"].clause


@for_clause("GD-3.1.3b")
@around_the_limit("2026-03-31T24:00", "2026-04-01T00:00:01")
def test_the_analysis_of_a_quarter_rests_on_its_three_statistics(clause: str, at: str, status: str) -> None:
    (play,) = cycled(GROUP, "quarter", "2026-01-15T09:00", "2026-04-01T00:00")
    assert play.state.carried["period"] == "2026-Q1"
    analysis = {"quarter_findings": "投诉集中在设备。"}
    assert play.do("analyse_quarter", "quan", "2026-03-31T09:00", statistics=2, **analysis) == "fields_wrong"
    assert play.do("analyse_quarter", "quan", "2026-03-31T09:00", statistics=4, **analysis) == "fields_wrong"
    assert play.do("analyse_quarter", "ofra", "2026-03-31T09:00", statistics=3, **analysis) == "wrong_role"
    play.until(at)
    done(play.do("analyse_quarter", "quan", at, statistics=3, **analysis), play)
    assert play.status("quarter_analysis") == status
    assert play.cites(clause, "moved", "step.analyse_quarter")


@for_clause("GD-3.2.3", "house-10")
def test_the_project_centre_counts_the_offices_before_the_statistic_is_made(clause: str) -> None:
    play = month()
    done(play.do("task.data", "ofra", "2026-03-31T09:00", data_in_order=True), play)
    assert play.do("report_month", "quan", "2026-03-31T11:00", **SIGNED) == "gate_closed"
    assert "GD-3.2.3" in play.refused_by()
    assert play.do("task.office_figures", "quan", "2026-03-31T11:00", offices_counted=20) == "wrong_role"
    assert play.do("task.office_figures", "pia", "2026-03-31T11:00", offices_counted=0) == "fields_wrong"
    done(play.do("task.office_figures", "pia", "2026-03-31T11:00", offices_counted=1), play)
    assert play.cites(clause, "task_given", "task.office_figures")
    assert clause in play.pack.file.report["offices"].clause
    done(play.do("report_month", "quan", "2026-03-31T12:00", **SIGNED), play)


@for_clause("GD-3.2.3")
def test_the_figures_of_the_offices_tell_complaints_from_demands(clause: str) -> None:
    world = heard("complaint", "2026-03-02T09:00", unit="garden")
    for _ in range(2):
        play = world.beside()
        done(play.open("demand", "emil", "2026-03-03T09:00", source="customer", what="w", unit="garden"), play)
    assert figures(world, "offices", "2026-03", "2026-04-01T00:00") == {
        ("garden", "complaint"): (1,),
        ("garden", "demand"): (2,),
    }
    assert clause in world.pack.file.report["offices"].clause


@for_clause("GD-3.3.2")
def test_the_office_puts_its_data_in_order_before_the_statistic_is_made(clause: str) -> None:
    play = month()
    done(play.do("task.office_figures", "pia", "2026-03-31T09:00", offices_counted=20), play)
    assert play.do("report_month", "quan", "2026-03-31T11:00", **SIGNED) == "gate_closed"
    assert play.refused_by() == (clause,)
    assert play.do("task.data", "pia", "2026-03-31T11:00", data_in_order=True) == "wrong_role"
    done(play.do("task.data", "ofra", "2026-03-31T11:00", data_in_order=True), play)
    assert play.cites(clause, "task_done", "task.data")


@for_clause("GD-6.3", "GD-6.7")
@pytest.mark.parametrize("left_out", ["prepared_by", "checked_by", "signed_on"])
def test_nothing_is_handed_in_while_a_field_of_the_foot_is_empty(clause: str, left_out: str) -> None:
    play = in_order()
    signed = {name: value for name, value in SIGNED.items() if name != left_out}
    assert play.do("report_month", "quan", "2026-03-31T11:00", **signed) == "fields_wrong"
    assert clause in play.refused_by()
    assert play.missing() == {left_out}


@for_clause("GD-6.3")
def test_the_register_has_a_line_for_each_case_and_who_signs_below(clause: str) -> None:
    world = heard("complaint", "2026-03-02T09:00", unit="garden")
    play = world.beside()
    done(play.open("demand", "emil", "2026-03-03T09:00", source="customer", what="w", unit="projects"), play)
    register = made(world, "register", "2026-03", "2026-04-01T00:00")
    assert len(register.register) == 2
    assert world.pack.file.report["register"].foot == ("office", "office_manager")
    assert clause in world.pack.file.report["register"].clause


@for_clause("GD-3.1.3a")
def test_a_statistic_that_nobody_makes_reaches_everybody_its_ladder_names(clause: str) -> None:
    play = month().until("2026-04-30T24:00")
    assert [line[1] for line in play.told()] == ["statistic"] * 3
    assert play.status("statistic") == "missed"
    assert play.cites(clause, "clock_missed", "clock.statistic")
