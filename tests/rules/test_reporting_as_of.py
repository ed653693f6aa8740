"""A report as of a past instant is the same for ever, whatever happens or is noticed later."""

import json

import pytest

from tests.rules.parcel_desk import PACK, Parcels

pytestmark = pytest.mark.pure

THEN = "2026-04-01T00:00"
NAMES = tuple(PACK.file.report)


def march() -> Parcels:
    """A month with cases in every state."""
    desk = Parcels()
    desk.open("2026-03-02T09:00", value="5000.00", sent_on="2026-03-01")
    number = desk.open("2026-03-10T09:00", "rude")
    desk.do(number, "reply", "2026-03-12T10:00")
    desk.answered("2026-03-20", speed="very", manner="fairly", wish="更快")
    desk.open("2026-03-31T23:00", "late")
    for each in desk.entries:
        desk.wait(each, THEN)
    desk.fine(number, "2026-03-30T09:00", ("ann", "50.00"))
    return desk


def all_reports(desk: Parcels) -> dict[str, str]:
    return {name: json.dumps(desk.json(name, as_of=THEN), ensure_ascii=False) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_later_and_late_entries_leave_no_trace(name: str) -> None:
    desk = march()
    before = all_reports(desk)
    desk.open("2026-04-02T09:00", "lost", value="1.00", sent_on="2026-03-15")
    # Happened in March, noticed in April: a reply that was stated late takes back a clock that was missed.
    desk.do("PD-2026-000001", "reply", "2026-04-03T09:00", happened="2026-03-02T10:00")
    desk.do("PD-2026-000001", "close", "2026-04-03T10:00")
    desk.do("PD-2026-000003", "survey", "2026-04-03T09:00", speed="not_at_all", manner="not_at_all")
    desk.fine("PD-2026-000002", "2026-04-04T09:00", ("ann", "-50.00"), back=True, dated="2026-03-30")
    assert all_reports(desk)[name] == before[name]


def test_what_was_noticed_late_counts_in_its_month_from_then_on() -> None:
    desk = march()
    assert desk.report("in_time", as_of=THEN).totals[0].figures[0].cases == ("PD-2026-000003",)
    desk.do("PD-2026-000001", "reply", "2026-04-03T09:00", happened="2026-03-02T10:00")
    assert desk.report("in_time", as_of="2026-04-03T08:59:59").totals[0].figures[0].cases == ("PD-2026-000003",)
    now = desk.report("in_time", as_of="2026-04-03T09:00").totals[0].figures[0]
    assert now.cases == ("PD-2026-000001", "PD-2026-000003")


def test_as_of_an_instant_before_a_case_was_opened_there_is_no_case() -> None:
    desk = march()
    assert desk.report("by_topic", as_of="2026-03-01T00:00").rows == 0
    assert desk.report("by_topic", as_of="2026-03-02T09:00").rows == 1


def test_the_order_in_which_cases_are_read_changes_nothing() -> None:
    desk = march()
    before = all_reports(desk)
    desk.entries = dict(reversed(desk.entries.items()))
    assert all_reports(desk) == before
