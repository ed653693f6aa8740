"""What a cycle opens, and what becomes of it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from rules.commands import HOUSE, case_id_for
from rules.cycle_openings import Opening, command, each_field, opening_after, openings
from rules.cycles import Cycle
from rules.decide import decide
from rules.facts import Facts
from rules.outcomes import Outcome
from rules.state import State
from rules.values import Gap
from tests.rules.back_office import PACK
from tests.rules.corner_shop import DIRECTORY, ENDLESS, ZONE, local

pytestmark = pytest.mark.pure


def utc(text: str) -> datetime:
    return local(text).astimezone(UTC)


def opened(cycle: Cycle, since: str, until: str) -> list[tuple[str, str]]:
    """Period and local date of everything that comes."""
    found = openings(cycle, ZONE, utc(since), utc(until))
    return [(each.period, each.at.astimezone(ZONE).date().isoformat()) for each in found]


@pytest.mark.parametrize(
    ("name", "comes"),
    [
        ("closing", [("2026-02", "2026-02-01"), ("2026-03", "2026-03-01"), ("2026-04", "2026-04-01")]),
        ("departments", [("2026-Q1", "2026-03-31")]),
        ("lines", [("2026", "2026-01-15")]),
    ],
)
def test_each_period_comes_once_on_its_day(name: str, comes: list[tuple[str, str]]) -> None:
    assert opened(PACK.file.cycle[name], "2026-01-01T00:00", "2026-04-01T00:00") == comes


def test_weeks_are_named_as_iso_names_them_and_count_days_from_monday() -> None:
    found = opened(PACK.file.cycle["dealers"], "2026-12-22T00:00", "2027-01-12T00:00")
    assert found == [("2026-W53", "2026-12-29"), ("2027-W01", "2027-01-05"), ("2027-W02", "2027-01-12")]


def test_what_has_begun_already_is_not_opened_and_the_very_instant_is() -> None:
    monthly = PACK.file.cycle["closing"]
    assert opened(monthly, "2026-03-01T00:00", "2026-03-31T23:59") == []
    assert opened(monthly, "2026-02-28T23:59", "2026-03-01T00:00") == [("2026-03", "2026-03-01")]


def test_what_was_missed_for_a_year_is_made_up() -> None:
    assert len(opened(PACK.file.cycle["closing"], "2026-01-01T00:00", "2027-01-01T00:00")) == 12


def test_the_period_before_is_where_values_are_looked_for() -> None:
    [found] = openings(PACK.file.cycle["dealers"], ZONE, utc("2026-03-09T00:00"), utc("2026-03-10T00:00"))
    assert found.before == (utc("2026-03-02T00:00"), utc("2026-03-09T00:00"))


def test_months_count_from_the_close_of_the_last_one_and_begin_the_next_day_where_there_was_none() -> None:
    review, since = PACK.file.cycle["review"], utc("2026-02-10T09:30")
    first = opening_after(review, ZONE, since, None)
    assert first is not None
    assert (first.period, first.at) == ("2026-02-11", utc("2026-02-11T00:00"))
    again = opening_after(review, ZONE, since, utc("2026-05-20T17:00"))
    assert again is not None
    assert (again.period, again.at) == ("2027-05-20", utc("2027-05-20T00:00"))


def test_a_number_of_months_that_is_left_open_opens_nothing() -> None:
    unknown = replace(PACK.file.cycle["review"], months=Gap("how often"))
    assert opening_after(unknown, ZONE, utc("2026-02-10T00:00"), None) is None
    assert list(openings(unknown, ZONE, utc("2026-02-10T00:00"), utc("2030-01-01T00:00"))) == []


@pytest.mark.parametrize(
    ("cycle", "field"), [("closing", ""), ("departments", "unit"), ("dealers", "dealer"), ("lines", "line")]
)
def test_a_value_goes_into_the_field_of_its_name(cycle: str, field: str) -> None:
    assert each_field(PACK, PACK.file.cycle[cycle]) == field


MARCH = Opening("2026-03", utc("2026-03-01T00:00"), (utc("2026-02-01T00:00"), utc("2026-03-01T00:00")))


def made(name: str, each: str, at: str) -> Outcome:
    asked = command(PACK, name, MARCH, each)
    facts = Facts(DIRECTORY, ENDLESS, number="BO-2026-000001", salt="5a" * 16)
    outcome = decide(PACK, State(case_id_for(asked.id)), asked, facts, utc(at))
    assert isinstance(outcome, Outcome)
    return outcome


def test_the_case_cites_its_kind_and_its_cycle_and_is_opened_by_the_house() -> None:
    outcome = made("closing", "", "2026-03-01T00:00")
    entry = outcome.entries[0]
    assert outcome.refusal is None
    assert (entry.event, entry.by, entry.clause) == ("opened", HOUSE, ("BO-3", "BO-4"))
    assert entry.data["carried"] == {"cycle": "closing", "period": "2026-03"}
    assert outcome.state.copies["task_form"] == 1


def test_the_command_is_the_same_for_ever() -> None:
    asked = command(PACK, "lines", MARCH, "line_a")
    assert asked.id == "cycle/back-office/lines/2026-03/line_a"
    assert asked.fields == {"period": "2026-03", "line": "line_a"}
    assert asked == command(PACK, "lines", MARCH, "line_a")


def test_a_case_that_is_opened_late_has_the_dues_of_its_period() -> None:
    in_time, late = made("closing", "", "2026-03-01T00:00"), made("closing", "", "2026-04-20T10:00")
    due = utc("2026-03-09T00:00")
    assert in_time.state.clocks["books"].due == late.state.clocks["books"].due == due
    assert in_time.state.clocks["books"].status == "running"
    assert late.state.clocks["books"].status == "missed"
    assert late.entries[0].at == utc("2026-03-01T00:00")
    assert late.entries[0].noticed == utc("2026-04-20T10:00")
