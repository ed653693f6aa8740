"""Counts over cases: who reaches the number, who is told, which window and which period a case is in."""

from dataclasses import replace
from decimal import Decimal

import pytest

from rules.counted import measured
from rules.counted_rows import counted_rows
from rules.counts import Measure
from rules.parsing import parse
from rules.reporting_rows import CaseThen
from tests.rules.faults import PACK, TEXT, Faults, pack_with

pytestmark = pytest.mark.pure

TEN = pack_with("reached = 3", "reached = 10")


def _opened(pack_of: int, at: str = "2026-03-02T09:{:02}:00") -> Faults:
    faults = Faults(TEN)
    for number in range(1, pack_of + 1):
        faults.open(f"c{number}", at.format(number))
    return faults


def test_nine_do_not_reach_ten() -> None:
    faults = _opened(9)
    assert [faults.counted(case) for case in faults.states] == [[]] * 9
    assert faults.pokes == []


def test_the_tenth_reaches_it_and_the_nine_that_are_open_are_told_once() -> None:
    faults = _opened(10)
    [line] = faults.counted("c10")
    assert (line.subject, line.clause, line.data["number"]) == ("count.sudden", ("NF-2",), 10)
    assert line.data["cases"] == [f"c{number}" for number in range(1, 11)]
    assert sorted(poke["case_id"] for poke in faults.pokes) == [f"c{number}" for number in range(1, 10)]

    faults.poke("2026-03-02T09:11")
    assert all(faults.counted(case)[0].data["number"] == 10 for case in faults.states)
    assert faults.pokes == []


def test_the_eleventh_tells_nobody_again_even_before_the_first_were_told() -> None:
    faults = _opened(11)
    assert len(faults.counted("c11")) == 1
    assert len(faults.pokes) == 9
    faults.poke("2026-03-02T09:12")
    assert [len(faults.counted(case)) for case in faults.states] == [1] * 11
    assert faults.pokes == []


def test_a_closed_case_counts_and_stays_as_it_is() -> None:
    faults = _opened(9)
    faults.do("c1", "step.close", "2026-03-02T09:09:30")
    faults.open("c10", "2026-03-02T09:10")
    assert faults.counted("c10")[0].data["number"] == 10
    assert "c1" not in [poke["case_id"] for poke in faults.pokes]
    assert faults.counted("c1") == []


@pytest.mark.parametrize(("third", "reached"), [("2026-03-02T09:30:00", True), ("2026-03-02T09:30:01", False)])
def test_first_and_last_are_at_most_thirty_minutes_apart(third: str, reached: bool) -> None:
    faults = Faults()
    faults.open("a", "2026-03-02T09:00:00")
    faults.open("b", "2026-03-02T09:20:00")
    faults.open("c", third)
    assert bool(faults.counted("c")) is reached
    assert faults.number("c", "sudden") == (3 if reached else 2)


def test_a_window_is_the_fullest_that_contains_the_case() -> None:
    faults = Faults()
    for case, at in (("a", "09:00"), ("b", "09:25"), ("c", "09:50"), ("d", "09:55"), ("e", "11:00")):
        faults.open(case, f"2026-03-02T{at}")
    numbers = [faults.number(case, "sudden") for case in "abcde"]
    assert numbers == [2, 3, 3, 3, 1]


def test_one_customer_who_calls_three_times_is_one() -> None:
    faults = Faults()
    for case in "abc":
        faults.open(case, "2026-03-02T09:00", caller="13900000000")
    assert faults.number("c", "sudden") == 1
    assert faults.number("c", "of_caller") == 3
    faults.open("d", "2026-03-02T09:01")
    faults.open("e", "2026-03-02T09:02")
    assert faults.counted("e")[0].data["number"] == 3


def test_another_kind_of_fault_is_counted_apart_and_an_empty_one_not_at_all() -> None:
    faults = Faults()
    for case, kind in (("a", "slow"), ("b", "no_signal"), ("c", None), ("d", None), ("e", None)):
        faults.open(case, "2026-03-02T09:00", fault_kind=kind)
    assert [faults.number(case, "sudden") for case in "abcde"] == [1, 1, 0, 0, 0]


def test_what_a_step_corrects_may_be_what_reaches_the_number() -> None:
    faults = Faults()
    faults.open("a", "2026-03-02T09:00")
    faults.open("b", "2026-03-02T09:01")
    faults.open("c", "2026-03-02T09:02", fault_kind="slow")
    faults.do("c", "step.correct", "2026-03-02T10:00", fault_kind="no_signal", caller="13911111111")
    assert faults.counted("c")[0].data["number"] == 3
    assert [poke["case_id"] for poke in faults.pokes] == ["a", "b"]


def test_reaching_it_changes_the_class_starts_the_clock_and_sends_the_notice() -> None:
    faults = Faults()
    faults.open("a", "2026-03-02T09:00")
    faults.open("b", "2026-03-02T09:01")
    assert faults.states["a"].classes == {"level": "plain"}
    assert faults.states["a"].clocks == {}

    outcome = faults.open("c", "2026-03-02T09:02")
    events = [entry.event for entry in outcome.entries]
    assert events[:4] == ["opened", "filled", "counted", "classified"]
    assert {"clock_started", "consequence_decided", "notified"} < set(events)
    faults.poke("2026-03-02T09:03")
    assert [faults.states[case].classes["level"] for case in "abc"] == ["sudden"] * 3
    assert faults.states["a"].clocks["answer"].status == "running"
    assert faults.states["a"].reached.keys() == {"sudden"}


def test_the_sum_of_a_month_begins_anew_at_midnight_of_china() -> None:
    faults = Faults()
    faults.open("a", "2026-03-31T23:59:59", caller="x", loss="100.50")
    faults.open("b", "2026-04-01T00:00:00", caller="x", loss="7.00")
    faults.open("c", "2026-04-30T23:59:59", caller="x", loss="3.00")
    faults.open("d", "2026-04-30T12:00:00", caller="y", loss="900.00")
    sums = [faults.number(case, "losses_of_month") for case in "abcd"]
    assert sums == [Decimal("100.50"), Decimal("10.00"), Decimal("10.00"), Decimal("900.00")]


def test_a_number_without_a_window_runs_on() -> None:
    faults = Faults()
    for year, case in enumerate("abc", start=2026):
        faults.open(case, f"{year}-03-02T09:00", caller="x")
    assert faults.number("a", "of_caller") == 3


def test_every_copy_of_a_survey_counts_for_the_place_it_names() -> None:
    faults = Faults()
    faults.open("a", "2026-03-02T09:00")
    faults.open("b", "2026-03-02T09:00")
    faults.do("a", "step.ask", "2026-03-03T09:00", place="west", speed="good", manner="bad")
    faults.do("a", "step.ask", "2026-03-03T10:00", place="east", speed="bad", manner="bad")
    faults.do("b", "step.ask", "2026-04-03T09:00", place="west", speed="bad")
    assert faults.number("a", "opinion") == 40
    assert faults.number("b", "opinion") == Decimal("62.5")
    for second in "12":
        faults.do("b", "step.ask", f"2026-04-03T09:00:0{second}", place="west", speed="bad")
    assert faults.number("b", "opinion") == 40


def test_only_clocks_that_were_missed_are_late() -> None:
    faults = Faults()
    for case in "abc":
        faults.open(case, "2026-03-02T09:00", caller=f"caller {case}")
    faults.poke("2026-03-02T09:00")
    assert faults.number("a", "late") == 0
    faults.ring("a")
    assert faults.number("a", "late") == 1
    faults.open("d", "2026-03-02T15:00", caller="caller a")
    assert faults.number("d", "late", "2026-03-02T15:00") == 1


def test_the_amounts_that_were_decided_are_summed() -> None:
    faults = Faults()
    for case in "abc":
        faults.open(case, "2026-03-02T09:00")
    assert faults.number("c", "paid") == Decimal("50.00")
    faults.poke("2026-03-02T09:00")
    assert faults.number("a", "paid") == Decimal("150.00")


def test_a_count_of_this_case_alone_knows_no_other() -> None:
    faults = Faults(pack_with('over = "form.survey"\nsame = "place"', 'over = "form.survey"\nsame = ["case", "place"]'))
    for case, speed in (("a", "good"), ("b", "bad")):
        faults.open(case, "2026-03-02T09:00")
        faults.do(case, "step.ask", "2026-03-02T10:00", place="west", speed=speed)
    assert [faults.number(case, "opinion") for case in "ab"] == [100, 40]


def test_what_was_reversed_is_taken_back() -> None:
    faults = Faults()
    for case in "abc":
        faults.open(case, "2026-03-02T09:00")
    [decided] = [entry for entry in faults.cabinet.entries("c") if entry.event == "consequence_decided"]
    taken = {**decided.data, "lines": [[kind, party, f"-{amount}"] for kind, party, amount in decided.data["lines"]]}
    back = replace(decided, event="consequence_reversed", seq=decided.seq + 1, data=taken)
    kept = CaseThen(faults.states["c"], (decided,)), CaseThen(faults.states["c"], (decided, back))
    rows = [tuple(counted_rows(PACK, "paid", ("no_signal",), [case])) for case in kept]
    assert [measured(PACK.file.count["paid"].measure, each) for each in rows] == [50, 0]
    assert [measured(Measure("count"), each) for each in rows] == [1, 0]


def test_a_step_may_place_a_case_in_time() -> None:
    faults = Faults(pack_with("within = { minutes = 30 }", 'within = { minutes = 30 }\ndated = "step.correct"'))
    for minute, case in enumerate("abc"):
        faults.open(case, f"2026-03-0{minute + 2}T09:00")
        assert faults.number(case, "sudden") == 0
    for minute, case in enumerate("abc"):
        faults.do(case, "step.correct", f"2026-03-05T09:0{minute}", caller=f"new caller of {case}")
    assert faults.counted("c")[0].data["number"] == 3


def test_a_case_without_a_row_of_its_own_stands_in_the_month_that_its_field_names() -> None:
    text = TEXT.replace(
        'caller", title', 'day", title = { zh = "日期", en = "day" }, type = "date" },\n  { name = "caller", title'
    )
    dated = 'within = { period = "month" }\ndated = "field.day"\nwhere = [{ field = "loss", filled = true }]'
    faults = Faults(parse(text.replace('within = { period = "month" }', dated)))
    faults.open("march", "2026-04-02T09:00", caller="x", loss="7.00", day="2026-03-31")
    faults.open("april", "2026-04-02T09:00", caller="x", loss="3.00", day="2026-04-01")
    faults.open("statement", "2026-05-02T09:00", caller="x", day="2026-03-01")
    faults.open("undated", "2026-05-02T09:00", caller="x")
    assert faults.number("statement", "losses_of_month") == Decimal("7.00")
    assert faults.number("undated", "losses_of_month", "2026-04-15T09:00") == Decimal("3.00")


def test_a_field_that_is_left_out_with_a_reason_is_the_same_as_nothing() -> None:
    faults = Faults(
        pack_with('choices = ["no_signal", "slow"] }', 'choices = ["no_signal", "slow"], or_reason = true }')
    )
    for case in "abc":
        faults.open(case, "2026-03-02T09:00", fault_kind={"no": "not known yet"})
    assert [faults.number(case, "sudden") for case in "abc"] == [0, 0, 0]
    assert faults.counted("c") == []
