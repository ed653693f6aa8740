"""Reports: which rows lie in a period, what is made of them, and which cases are behind each figure."""

from fractions import Fraction

import pytest

from rules.parsing import parse
from rules.periods import Period
from rules.reporting import NoSuchPeriod, period_named
from rules.reporting_figures import written
from rules.reporting_values import Personal
from tests.rules.parcel_desk import TEXT, Parcels, day, values

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("key", "every", "first", "last"),
    [
        ("2026-03", "month", "2026-03-01", "2026-03-31"),
        ("2024-02", "month", "2024-02-01", "2024-02-29"),
        ("2026-Q4", "quarter", "2026-10-01", "2026-12-31"),
        ("2026", "year", "2026-01-01", "2026-12-31"),
        ("2026-W01", "week", "2025-12-29", "2026-01-04"),
        ("2026-W53", "week", "2026-12-28", "2027-01-03"),
    ],
)
def test_a_period_has_a_name_and_local_dates(key: str, every: str, first: str, last: str) -> None:
    period = period_named(key)
    assert period == Period(every, day(first))
    assert (period.last, period.key) == (day(last), key)


@pytest.mark.parametrize(
    "text", ["", "2026-13", "2026-Q5", "2026-W54", "2025-W53", "03-2026", "2026-3", "0000", "9999-12"]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(NoSuchPeriod):
        period_named(text)


def test_a_case_is_counted_in_the_period_of_the_local_date_on_which_it_was_opened() -> None:
    desk = Parcels()
    desk.open("2026-02-28T23:59:59")
    first, last = desk.open("2026-03-01T00:00"), desk.open("2026-03-31T23:59:59")
    desk.open("2026-04-01T00:00")
    (total,) = desk.report("by_topic").totals
    assert (total.figures[0].value, total.figures[0].cases) == (2, (first, last))
    assert desk.report("by_topic", "2026-Q1").totals[0].figures[0].value == 3
    assert desk.report("by_topic", "2026").rows == 4


def test_lines_stand_in_the_order_of_the_pack_and_add_up_to_the_total() -> None:
    desk = Parcels()
    for topic, value in (("rude", None), ("lost", "999.99"), ("rude", "0.01"), ("lost", "1000.00")):
        desk.open("2026-03-02T09:00", topic, **({"value": value} if value else {}))
    made = desk.report("by_topic")
    assert list(values(made.lines)) == ["lost", "rude"]
    assert values(made.lines)["lost"][:2] == [2, "1999.99"]
    assert values(made.lines)["rude"][:2] == [2, "0.01"]
    assert [figure.value for figure in made.totals[0].figures][:2] == [4, "2000.00"]
    assert [figure.unit for figure in made.totals[0].figures] == ["", "yuan", ""]
    assert made.lines[1].figures[1].cases == ("PD-2026-000003",)


def test_an_empty_period_is_an_empty_report_and_nothing_is_divided_by_zero() -> None:
    made = Parcels().report("in_time")
    assert (made.rows, made.lines) == (0, ())
    figure = made.totals[0].figures[0]
    assert (figure.value, figure.note, figure.met) == (None, "no_rows", None)
    assert Parcels().report("by_topic").lines == ()
    assert Parcels().report("register").register == ()
    assert [each.value for each in Parcels().report("questions").totals[0].figures] == [None] * 3


@pytest.mark.parametrize(("late", "share", "met"), [(0, "100.00", True), (1, "95.00", True), (2, "90.00", False)])
def test_a_share_is_compared_with_its_target_at_the_limit_too(late: int, share: str, met: bool) -> None:
    desk = Parcels()
    numbers = [desk.open("2026-03-02T09:00") for _ in range(20)]
    for place, number in enumerate(numbers):
        desk.do(number, "reply", "2026-03-03T09:00:01" if place < late else "2026-03-03T09:00")
    figure = desk.report("in_time").totals[0].figures[0]
    assert (figure.value, figure.unit, figure.met, figure.rows) == (share, "%", met, 20)
    assert figure.cases == tuple(numbers[late:])


def test_a_share_just_below_its_target_is_not_rounded_up_to_it() -> None:
    desk = Parcels(parse(TEXT.replace('"95%"', '"33.334%"')))
    for place in range(3):
        desk.do(desk.open("2026-03-02T09:00"), "reply", "2026-03-02T10:00" if place == 0 else "2026-03-04T09:00")
    figure = desk.report("in_time").totals[0].figures[0]
    assert (figure.value, figure.met) == ("33.33", False)


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        (Fraction(1, 3), "", "0.33"),
        (Fraction(5, 1000), "", "0.01"),
        (Fraction(-5, 1000), "", "-0.01"),
        (Fraction(7), "", 7),
        (Fraction(7), "yuan", "7.00"),
        (Fraction(2, 3), "%", "66.67"),
        (None, "yuan", None),
    ],
)
def test_numbers_are_written_to_the_second_decimal_halves_up(
    number: Fraction | None, unit: str, text: int | str | None
) -> None:
    assert written(number, unit) == text


def test_a_register_has_a_line_for_each_case_with_personal_values_kept_apart() -> None:
    desk = Parcels()
    desk.open("2026-03-02T09:00", "late", value="1000.00")
    (line,) = desk.report("register").register
    cells = dict(zip(desk.pack.file.report["register"].columns, line.cells, strict=True))
    assert isinstance(cells["customer"], Personal)
    assert (cells["number"], cells["topic"], cells["class.level"]) == ("PD-2026-000001", "late", "grave")
    assert desk.json("register")["register"][0]["cells"][2] is None
    assert "王女士" not in str(desk.json("register"))
    assert desk.json("register")["register"][0]["cells"][7] == "2026-03-03T01:00:00Z"


def test_clocks_are_rows_of_their_own_with_holder_and_time_spent() -> None:
    desk = Parcels()
    good, bad = desk.open("2026-03-02T09:00"), desk.open("2026-03-02T09:00")
    desk.do(good, "reply", "2026-03-02T10:00")
    desk.do(bad, "reply", "2026-03-04T09:00")
    made = desk.report("rounds")
    assert values(made.lines) == {("reply", "clerk"): [1, 88200]}
    assert made.lines[0].figures[0].cases == (bad,)
    assert made.lines[0].figures[1].unit == "seconds"


def test_steps_are_counted_by_who_took_them_for_the_cases_that_conditions_let_in() -> None:
    desk = Parcels()
    for value, by in (("1000.00", "ann"), ("999.99", "ann"), ("5000", "bob")):
        desk.do(desk.open("2026-03-02T09:00", value=value), "reply", "2026-03-02T10:00", by)
    assert values(desk.report("replies").lines) == {("ann", "2026-W10"): [1], ("bob", "2026-W10"): [1]}


def test_an_event_or_a_field_places_a_case_in_time_and_one_that_lacks_it_is_nowhere() -> None:
    desk = Parcels()
    number = desk.open("2026-02-02T09:00", sent_on="2026-03-31", value="10.00")
    desk.open("2026-03-02T09:00", value="20.00")
    assert desk.report("sent").totals[0].figures[1].value == "10.00"
    desk.do(number, "reply", "2026-02-02T10:00")
    desk.do(number, "close", "2026-03-02T10:00")
    made = desk.report("closed")
    assert (made.rows, list(values(made.lines))) == (1, ["plain"])
    assert made.totals[0].figures[0].cases == (number,)
