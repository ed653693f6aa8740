"""Complaints about tax-control devices: measures, ledger, table, opinions, TX-4.1g1 to TX-4.1j."""

from typing import Any

import pytest

from tests.rules.packs.overview import cycled, figures, made
from tests.rules.packs.playing import around_the_limit, for_clause, shipped
from tests.rules.packs.tax_device_two_grade.stories import (
    DATES,
    MEASURE,
    OPINION,
    PACK,
    SERIOUS,
    UNIT_HEAD,
    assigned,
    closed,
    helped,
    improved,
    received,
    replied,
    verified,
)

pytestmark = pytest.mark.pure

TABLE: dict[str, Any] = {"month": "2026-03", "general_cases": "7", "serious_cases": "3"}


@for_clause("TX-4.1g1")
def test_a_measure_is_put_forward_or_there_is_a_reason(clause: str) -> None:
    play = replied().did("issue_opinion", "marketing", "2026-03-05T08:00", **OPINION)
    assert play.do("close", "marketing", "2026-03-05T09:00", unit_corrected=False) == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("propose_measures", UNIT_HEAD, "2026-03-05T09:10") == "fields_wrong"
    play.did("propose_measures", UNIT_HEAD, "2026-03-05T09:10", measures={"no": "单一个案"})
    assert play.of("task_given", "task.follow_measures") == []
    assert play.did("close", "marketing", "2026-03-05T09:20", unit_corrected=False).state.closed
    again = improved()
    assert again.do("propose_measures", "marketing", "2026-03-05T10:00", measures=[MEASURE]) == "step_not_open"
    early = verified()
    assert {"propose_measures", "issue_opinion"} <= early.open_steps()
    early.did("propose_measures", "marketing", "2026-03-04T10:30", measures=[MEASURE])
    early.did("reply", "marketing", "2026-03-04T11:00", result="已更换")
    assert early.do("propose_measures", "marketing", "2026-03-04T12:00", measures=[MEASURE]) == "step_not_open"


@for_clause("TX-4.1g2")
def test_each_measure_is_followed_in_four_dated_steps(clause: str) -> None:
    play = replied().did("issue_opinion", "marketing", "2026-03-05T08:00", **OPINION)
    play.did("propose_measures", "marketing", "2026-03-05T09:00", measures=[MEASURE, MEASURE])
    for lacks in DATES:
        fields = {name: value for name, value in DATES.items() if name != lacks}
        assert play.do("task.follow_measures", "marketing", "2026-03-25T09:00", each="1", **fields) == "fields_wrong"
        assert (play.missing(), play.refused("fields_wrong", clause)) == ({lacks}, True)
    play.did("task.follow_measures", "marketing", "2026-03-25T10:00", each="1", **DATES)
    assert play.do("close", "marketing", "2026-03-25T11:00", unit_corrected=False) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("task.follow_measures", "marketing", "2026-03-26T10:00", **DATES)
    assert play.did("close", "marketing", "2026-03-26T11:00", unit_corrected=False).state.closed


@for_clause("TX-4.1h1")
def test_the_ledger_has_one_row_a_case_with_its_state_and_due(clause: str) -> None:
    first = closed()
    for _ in range(8):
        received(first)
    rows = made(first, "ledger", "2026-03", "2026-03-31T12:00").register
    assert len(rows) == 9
    received(first)
    rows = made(first, "ledger", "2026-03", "2026-03-31T12:00").register
    assert (len(rows), {row.cells[7] for row in rows}) == (10, {"closed", "received"})
    assert rows[0].cells[8] is not None
    assert (shipped(PACK).file.report["ledger"].clause, shipped(PACK).file.report["ledger"].period) == (
        (clause,),
        ("month",),
    )


@for_clause("TX-4.1h2")
def test_the_table_of_a_month_shows_general_and_serious_ones(clause: str) -> None:
    play = assigned()
    for _ in range(6):
        assigned(play, "2026-03-31T11:00")
    for _ in range(3):
        assigned(play, **SERIOUS)
    assigned(play, "2026-04-01T11:00")
    found = figures(play, "statistics", "2026-03", "2026-04-02T00:00")
    assert found == {("general",): (7,), ("serious",): (3,)}
    by_item = figures(play, "statistics_by_item", "2026-03", "2026-04-02T00:00")
    assert by_item == {("nothing_serious", "unit_a"): (7,), ("enrichment", "unit_a"): (3,)}
    file = shipped(PACK).file
    for name in ("statistics", "statistics_by_item"):
        assert (file.report[name].clause, file.report[name].period) == ((clause,), ("month",))


@for_clause("TX-4.1h2", "house-7")
@around_the_limit("2026-05-01T00:00:00", "2026-05-01T00:00:01")
def test_a_table_is_due_every_month_by_the_end_of_the_next(clause: str, at: str, status: str) -> None:
    march, april = cycled(PACK, "month_table", "2026-02-28T12:00", "2026-04-15T00:00")
    assert [play.written("table_opening")["period"] for play in (march, april)] == ["2026-03", "2026-04"]
    assert (march.due("month_table"), april.due("month_table")) == ("2026-04-01T00:00:00", "2026-05-01T00:00:00")
    april.until(at).did("sum_up", "marketing", at, **TABLE)
    assert (april.status("month_table"), april.state.closed) == (status, True)
    assert april.cites("TX-4.1h2", "moved", "step.sum_up")
    assert april.cites("house-7", "clock_started", "clock.month_table")
    assert clause in ("TX-4.1h2", "house-7")


@for_clause("TX-4.1h2")
@pytest.mark.parametrize("lacks", list(TABLE))
def test_a_table_says_its_month_and_both_numbers(clause: str, lacks: str) -> None:
    (play,) = cycled(PACK, "month_table", "2026-03-31T12:00", "2026-04-15T00:00")
    fields = {name: value for name, value in TABLE.items() if name != lacks}
    assert play.do("sum_up", "marketing", "2026-04-03T09:00", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({lacks}, True)
    assert play.do("sum_up", "quality", "2026-04-03T09:00", **TABLE) == "wrong_role"


@for_clause("house-4")
def test_a_table_that_is_late_is_told_upward(clause: str) -> None:
    (play,) = cycled(PACK, "month_table", "2026-03-31T12:00", "2026-04-15T00:00")
    # 30 days from 1 April; 80 % of them are 24 days; after 30 April come the holidays, 6 May is the next working day
    assert play.until("2026-05-08T00:00").told() == [
        ("2026-04-25T00:00:00", "month_table", "head_of_marketing"),
        ("2026-05-01T00:00:01", "month_table", "marketing leader"),
        ("2026-05-07T00:00:00", "month_table", "general_manager"),
    ]
    assert play.cites(clause, "escalated", "clock.month_table")


@for_clause("TX-4.1i")
def test_nothing_is_closed_without_an_opinion_report(clause: str) -> None:
    play = improved()
    assert play.do("close", "marketing", "2026-03-05T09:00", unit_corrected=False) == "gate_closed"
    assert play.refused("gate_closed", clause)
    for lacks in OPINION:
        fields = {name: value for name, value in OPINION.items() if name != lacks}
        assert play.do("issue_opinion", "marketing", "2026-03-05T09:10", **fields) == "fields_wrong"
        assert play.missing() == {lacks}
    play.did("issue_opinion", "marketing", "2026-03-05T09:10", **OPINION)
    assert play.did("close", "marketing", "2026-03-05T09:20", unit_corrected=False).state.closed


@for_clause("house-6")
def test_a_closing_says_whether_the_unit_was_corrected(clause: str) -> None:
    play = improved().did("issue_opinion", "marketing", "2026-03-05T09:00", **OPINION)
    assert play.do("close", "marketing", "2026-03-05T09:10") == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({"unit_corrected"}, True)
    assert closed(corrected=True).state.fields["unit_corrected"] is True


@for_clause("TX-4.1j")
def test_each_opinion_goes_to_a_department_that_says_how_far_it_is(clause: str) -> None:
    opinions = [
        {"customer_opinion": "包装易损", "department_concerned": "unit_a"},
        {"customer_opinion": "包装无说明", "department_concerned": "unit_b"},
    ]
    play = improved().did("issue_opinion", "marketing", "2026-03-05T08:00", **OPINION)
    play.did("note_opinions", "marketing", "2026-03-05T09:00", opinions=opinions)
    assert play.do("note_opinions", "marketing", "2026-03-05T09:10", opinions=opinions) == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("task.follow_opinion", "head_a", "2026-03-06T09:00", followed_how="改包装") == "fields_wrong"
    play.did("task.follow_opinion", "head_a", "2026-03-06T09:00", follow_up_status="improved", followed_how="改包装")
    assert play.do("close", "marketing", "2026-03-06T10:00", unit_corrected=False) == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("task.follow_opinion", "marketing", "2026-03-06T11:00", follow_up_status="improved") == "wrong_role"
    play.did("task.follow_opinion", "head_b", "2026-03-07T09:00", follow_up_status="under_way", followed_how="附说明")
    play.did("note_opinions", "marketing", "2026-03-07T10:00", opinions=opinions[:1])
    play.did("task.follow_opinion", "head_a", "2026-03-07T11:00", follow_up_status="not_adopted", followed_how="成本")
    assert play.did("close", "marketing", "2026-03-07T12:00", unit_corrected=False).state.closed
    assert "note_opinions" in helped().open_steps()
    assert "note_opinions" not in received().open_steps()
