"""Volume of an SP's complaints: list, objections, reductions and points, MN-24 to MN-25e, MN-28 and MN-29."""

import pytest

from tests.rules.packs.overview import cycled, made
from tests.rules.packs.playing import Play, around_the_limit, for_clause, shipped
from tests.rules.packs.telecom_sp.stories import (
    DESK,
    PACK,
    SP,
    classified,
    denied,
    fixed,
    listed,
    objected,
    received,
)

pytestmark = pytest.mark.pure


def many(number: int) -> Play:
    """So many complaints of March in one world; the first of them."""
    first = received()
    for _ in range(number - 1):
        received(first)
    return first


@for_clause("MN-24", "MN-28", "house-2")
@pytest.mark.parametrize(
    ("number", "cost"),
    [(1, "0"), (10, "0"), (11, "1"), (30, "1"), (31, "2"), (37, "2"), (40, "2"), (41, "4")],
)
def test_points_for_the_raw_volume(clause: str, number: int, cost: str) -> None:
    play = fixed(many(number), raw=number)
    play.did("assess_volume", "customer_service", "2026-04-12T12:00")
    line = play.of("consequence_decided", "consequence.volume_points")[0]
    assert (line.data["lines"], line.data["unit"]) == ([["unit", "unit_a", cost]], "credit_points")
    assert line.data["month"] == "2026-03"
    assert play.cites("MN-24", "consequence_decided", "consequence.volume_points")
    assert play.do("assess_volume", "customer_service", "2026-04-12T12:00") == "step_not_open"
    cited = (*play.pack.file.table["volume_points"].clause, *play.pack.file.consequence["volume_points"].clause)
    assert clause in cited


@for_clause("MN-25a", "MN-31a")
def test_each_sp_with_cases_in_a_month_has_its_statement_in_the_next(clause: str) -> None:
    play = received()
    plays = cycled(PACK, "statements", "2026-03-15T00:00", "2026-05-02T00:00", "unit_a", play.cabinet)
    assert [each.written("statement_month") for each in plays] == [
        {"sp": "unit_a", "period": "2026-04"},
        {"sp": "unit_a", "period": "2026-05"},
    ]
    cycle = shipped(PACK).file.cycle["statements"]
    assert (cycle.for_each, clause in cycle.clause) == ("field.sp", True)
    again = plays[0].beside()
    assert again.open("statement", DESK, "2026-04-02T10:00", sp="unit_a", period="2026-04") == "already_open"
    again.beside().did("open.statement", DESK, "2026-04-02T10:00", sp="unit_b", period="2026-04")


@for_clause("MN-25a")
@around_the_limit("2026-04-10T24:00", "2026-04-11T00:00:01")
def test_the_list_is_out_before_the_tenth(clause: str, at: str, status: str) -> None:
    play = Play(PACK).did("open.statement", DESK, "2026-04-01T00:00", sp="unit_a", period="2026-04")
    assert play.due("list") == "2026-04-11T00:00:00"
    play.until(at).did("publish_list", DESK, at, counted_at="2026-03-01T00:00")
    assert play.status("list") == status
    assert play.cites(clause, "clock_started", "clock.list")
    assert SP in [message["to"] for message in play.messages]


@for_clause("MN-25a")
def test_a_list_names_its_month_and_has_a_line_for_each_complaint(clause: str) -> None:
    play = Play(PACK).did("open.statement", DESK, "2026-04-01T00:00", sp="unit_a", period="2026-04")
    assert play.do("publish_list", DESK, "2026-04-08T10:00") == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({"counted_at"}, True)
    complaint = denied()
    received(complaint, counted_at="2026-04-01T00:00")
    [row] = made(complaint, "list", "2026-03", "2026-05-01T00:00").register
    cells = dict(zip(complaint.pack.file.report["list"].columns, row.cells, strict=True))
    del cells["number"], cells["counted_at"]
    said = {"sp": "unit_a", "service": "S1", "class.sort": "subscription", "class.sub_type": "denied"}
    assert cells == {**said, "class.charge": "once"}


@for_clause("MN-25b")
@pytest.mark.parametrize(("at", "code"), [("2026-04-11T23:59:59", ""), ("2026-04-12T00:00:01", "gate_closed")])
def test_objections_are_open_for_three_calendar_days(clause: str, at: str, code: str) -> None:
    complaint = classified()
    statement = listed(complaint)
    assert statement.due("objections") == "2026-04-12T00:00:00"
    statement.until(at)
    said = {"disputed": complaint.state.case_id, "objection_reason": "活动已批准", "exemption": False}
    assert statement.do("object", "head_b", at, **said) == "wrong_role"
    assert statement.do("object", SP, at, **said) == code
    assert statement.refused("gate_closed", clause) if code else statement.cites(clause, "linked", "link.objection")


@for_clause("MN-25b")
def test_the_time_for_objections_runs_through_a_holiday(clause: str) -> None:
    play = Play(PACK).did("open.statement", DESK, "2026-05-01T00:00", sp="unit_a", period="2026-05")
    play.did("publish_list", DESK, "2026-05-01T10:00", counted_at="2026-04-01T00:00")
    assert (play.due("objections"), play.due("list")) == ("2026-05-05T00:00:00", "2026-05-11T00:00:00")
    assert play.cites(clause, "clock_started", "clock.objections")


@for_clause("MN-25c")
def test_each_complaint_has_a_reason_of_its_own(clause: str) -> None:
    first = classified()
    second = classified(first)
    statement = listed(first)
    said = {"objection_reason": "客户已确认", "exemption": False}
    statement.did("object", SP, "2026-04-09T10:00", disputed=first.state.case_id, **said)
    assert statement.do("object", SP, "2026-04-09T10:01", disputed=second.state.case_id, **said) == "fields_wrong"
    assert statement.refused("fields_wrong", clause)
    said["objection_reason"] = "活动批复文号3"
    statement.did("object", SP, "2026-04-09T10:02", disputed=second.state.case_id, **said)
    assert statement.state.copies["objection"] == 2
    for lacks in ("disputed", "objection_reason", "exemption"):
        fields = {"disputed": first.state.case_id, "objection_reason": "x", "exemption": False}
        del fields[lacks]
        assert statement.do("object", SP, "2026-04-09T10:03", **fields) == "fields_wrong"
        assert statement.missing() == {lacks}


@for_clause("MN-25c", "MN-25e")
def test_an_objection_is_about_a_complaint_of_its_sp_and_about_none_twice(clause: str) -> None:
    complaint = classified()
    foreign = classified(complaint, sp="unit_b")
    statement = listed(complaint)
    play = objected(statement, complaint)
    assert (play.state.kind, play.cites(clause, "linked", "link.disputes")) == ("objection", True)
    for number, other in enumerate((complaint, foreign)):
        said = {"disputed": other.state.case_id, "objection_reason": f"再次{number}", "exemption": False}
        statement.did("object", SP, "2026-04-09T11:00", **said)
        opening = statement.openings[-1]
        refused = statement.beside()
        assert refused.opened_by(opening, "2026-04-09T11:00") == "link_refused"
        assert refused.refused("link_refused", clause)


@for_clause("MN-25d")
@pytest.mark.parametrize(("clear", "code"), [(True, ""), (False, "gate_closed")])
def test_what_is_not_stated_clearly_is_not_taken_off(clause: str, clear: bool, code: str) -> None:
    complaint = classified()
    play = objected(listed(complaint), complaint)
    assert play.do("reduce", DESK, "2026-04-10T10:00") == "fields_wrong"
    assert play.do("reduce", DESK, "2026-04-10T10:00", reason_clear=clear) == code
    if code:
        assert play.refused("gate_closed", clause)
        assert play.do("refuse", DESK, "2026-04-10T10:01") == "fields_wrong"
        play.did("refuse", DESK, "2026-04-10T10:01", not_reduced_why="reason_unclear")
    assert play.state.stage == ("not_reduced" if code else "reduced")
    assert play.cites(clause, "moved")


@for_clause("MN-25e")
def test_the_volume_is_fixed_after_the_time_for_objections_with_two_numbers(clause: str) -> None:
    first = many(36)
    taken_off = [classified(first) for _ in range(4)]
    received(first, counted_at="2026-04-01T00:00")
    received(first, counted_at="2026-02-28T23:59:59")
    received(first, sp="unit_b")
    statement = listed(first)
    cases = [objected(statement, complaint, f"2026-04-09T10:0{number}") for number, complaint in enumerate(taken_off)]
    for case in cases[:3]:
        case.did("reduce", DESK, "2026-04-10T10:00", reason_clear=True)
    numbers = {"raw_volume": 40, "reduced_volume": 3}
    assert statement.do("fix_volume", DESK, "2026-04-11T10:00", **numbers) == "gate_closed"
    statement.until("2026-04-12T00:00")
    assert statement.do("fix_volume", DESK, "2026-04-12T10:00", **numbers) == "gate_closed"
    assert statement.refused("gate_closed", clause)
    cases[3].did("refuse", DESK, "2026-04-12T10:01", not_reduced_why="not_convincing")
    for wrong in ({"raw_volume": 37}, {"raw_volume": 41}, {"reduced_volume": 2}, {"reduced_volume": 4}):
        assert statement.do("fix_volume", DESK, "2026-04-12T10:02", **(numbers | wrong)) == "gate_closed"
    statement.did("fix_volume", DESK, "2026-04-12T10:03", **numbers)
    assert (statement.state.stage, statement.cites(clause, "moved", "step.fix_volume")) == ("fixed", True)


@for_clause("MN-25e")
def test_each_month_has_its_own_objections(clause: str) -> None:
    complaint = classified()
    objected(listed(complaint), complaint)
    taken_off = classified(complaint, counted_at="2026-01-20T09:00")
    january = complaint.beside().did("open.statement", DESK, "2026-02-01T00:00", sp="unit_a", period="2026-02")
    january.did("publish_list", DESK, "2026-02-08T10:00", counted_at="2026-01-01T00:00")
    objected(january, taken_off, "2026-02-09T10:00").did("reduce", DESK, "2026-02-10T10:00", reason_clear=True)
    february = complaint.beside().did("open.statement", DESK, "2026-03-01T00:00", sp="unit_a", period="2026-03")
    february.did("publish_list", DESK, "2026-03-08T10:00", counted_at="2026-02-01T00:00").until("2026-03-12T00:00")
    february.did("fix_volume", DESK, "2026-03-12T10:00", raw_volume=0, reduced_volume=0)
    other = complaint.beside().did("open.statement", DESK, "2026-05-01T00:00", sp="unit_a", period="2026-05")
    other.did("publish_list", DESK, "2026-05-08T10:00", counted_at="2026-04-01T00:00").until("2026-05-12T00:00")
    other.did("fix_volume", DESK, "2026-05-12T10:00", raw_volume=0, reduced_volume=0)
    assert other.cites(clause, "moved", "step.fix_volume")
    for lacks in ("raw_volume", "reduced_volume"):
        fields = {"raw_volume": 0, "reduced_volume": 0}
        del fields[lacks]
        bare = listed().until("2026-04-12T00:00")
        assert (bare.do("fix_volume", DESK, "2026-04-12T10:00", **fields), bare.missing()) == ("fields_wrong", {lacks})


@for_clause("MN-28")
def test_points_go_by_the_raw_volume_though_it_was_reduced(clause: str) -> None:
    first = many(30)
    complaint = classified(first)
    statement = listed(first)
    objected(statement, complaint).did("reduce", DESK, "2026-04-10T10:00", reason_clear=True)
    statement.until("2026-04-12T00:00").did("fix_volume", DESK, "2026-04-12T10:00", raw_volume=31, reduced_volume=1)
    statement.did("assess_volume", "customer_service", "2026-04-12T12:00")
    line = statement.of("consequence_decided", "consequence.volume_points")[0]
    assert (line.data["lines"][0][2], clause in line.clause) == ("2", True)


@for_clause("MN-29")
def test_the_general_duty_adds_no_rule(clause: str) -> None:
    assert shipped(PACK).file.clause[clause].nothing_to_encode
