"""Links: which case may be named, what is known of it, how often, and what closing it or an appeal against it does."""

import pytest

from rules.outcomes import Refusal
from tests.rules.town_hall import Hall

pytestmark = pytest.mark.pure
NINE, TEN, NEXT_DAY = "2026-03-02T09:00", "2026-03-02T10:00", "2026-03-03T10:00"


def why(refusal: Refusal | None) -> tuple[object, ...]:
    assert refusal is not None
    assert refusal.code == "link_refused"
    return tuple(refusal.params[key] for key in ("why", "field") if key in refusal.params)


@pytest.fixture
def hall() -> Hall:
    hall = Hall()
    hall.complain("one", street="main")
    return hall


def decided(hall: Hall, case: str = "one") -> None:
    assert hall.do(case, "step.decide", "chief", TEN) is None


@pytest.mark.parametrize("named", ["case-one", "TH-one", " TH-one "])
def test_a_case_is_linked_by_its_id_or_its_number(hall: Hall, named: str) -> None:
    assert hall.complain("two", repeats=named).links == {"repeat_of": ("case-one",)}


@pytest.mark.parametrize(
    ("named", "fields", "reason"),
    [
        ("case-none", {}, ("unknown",)),
        ("case-two", {}, ("unknown",)),
        ("case-refused", {}, ("unknown",)),
        ("case-appeal", {}, ("kind",)),
        ("case-one", {"topic": "water"}, ("differs", "topic")),
    ],
)
def test_a_case_that_does_not_fit_is_refused_with_the_reason(
    hall: Hall, named: str, fields: dict[str, object], reason: tuple[str, ...]
) -> None:
    assert hall.open("refused", "complaint", "clerk", NINE) is not None
    assert hall.open("appeal", "appeal", "anna", NINE, against="case-one") is None
    refusal = hall.open("two", "complaint", "clerk", TEN, repeats=named, **({"topic": "roads"} | fields))
    assert why(refusal) == reason
    assert refusal is not None
    assert refusal.clause == ("TH-2",)


def test_several_cases_may_repeat_one_where_the_link_is_made_once_a_case(hall: Hall) -> None:
    assert hall.complain("two", repeats="case-one").links
    assert hall.complain("three", repeats="case-one").links


def test_a_second_appeal_against_a_case_is_refused_whoever_makes_it(hall: Hall) -> None:
    assert hall.open("first", "appeal", "anna", TEN, against="case-one") is None
    assert why(hall.open("second", "appeal", "bela", TEN, against="TH-one")) == ("once",)
    hall.complain("other")
    assert hall.open("third", "appeal", "bela", TEN, against="case-other") is None


def test_an_appeal_that_has_ended_is_still_the_only_one(hall: Hall) -> None:
    assert hall.open("first", "appeal", "anna", TEN, against="case-one") is None
    assert hall.do("first", "step.rule", "chief", TEN) is None
    assert why(hall.open("second", "appeal", "bela", NEXT_DAY, against="case-one")) == ("once",)


def test_what_a_case_holds_back_is_carried_out_once_the_appeal_has_ended(hall: Hall) -> None:
    decided(hall)
    assert hall.open("appeal", "appeal", "anna", TEN, against="case-one") is None
    refusal = hall.do("one", "step.carry_out", "clerk", TEN)
    assert refusal is not None
    assert refusal.params["wanted"] == [{"fact": "held", "in": ["never", "before"]}]
    assert hall.do("appeal", "step.rule", "chief", TEN) is None
    assert hall.do("one", "step.carry_out", "clerk", NEXT_DAY) is None


def test_a_case_is_told_when_it_is_held_and_when_no_more(hall: Hall) -> None:
    assert hall.open("appeal", "appeal", "anna", TEN, against="case-one") is None
    assert hall.pokes == [("case-one", "case-appeal/held")]
    assert hall.do("appeal", "step.rule", "chief", TEN) is None
    assert hall.pokes[1:] == [("case-one", "case-appeal/closed")]


def test_rules_read_the_clocks_and_fields_of_the_case_that_a_link_names(hall: Hall) -> None:
    assert hall.do("one", "step.decide", "chief", NEXT_DAY) is None
    assert hall.complain("two", NEXT_DAY, repeats="case-one").classes == {"weight": "roads"}
    assert hall.says == ["TH-two: the first one was late (by: in writing)"]
    assert hall.events("two", "notified")[0].data["means"] == "in_writing"


def test_a_field_that_only_repeats_read_is_kept_by_the_first_case() -> None:
    hall = Hall()
    hall.complain("one", grave=True)
    hall.complain("two", TEN, repeats="case-one")
    assert hall.says == ["TH-two: the first one was late (by: in writing)"]


def test_nothing_is_known_of_the_other_case_where_there_is_none(hall: Hall) -> None:
    assert hall.state("one").classes == {"weight": "water"}
    assert hall.says == []


def test_the_clock_of_an_earlier_case_that_was_on_time_is_not_late(hall: Hall) -> None:
    decided(hall)
    hall.complain("two", NEXT_DAY, repeats="case-one")
    assert hall.says == []


def test_a_link_that_opens_a_case_carries_its_fields_and_is_made_again_each_time(hall: Hall) -> None:
    decided(hall)
    assert hall.do("one", "step.hear_anew", "clerk", TEN) is None
    (opened,) = hall.state("one").links["follow_up"]
    assert hall.state("one").stage == "superseded"
    hall.carried(TEN)
    follow_up = hall.states[opened]
    assert (follow_up.fields["topic"], follow_up.carried["number"]) == ("roads", "TH-one")


def test_one_form_may_name_several_cases_and_naming_one_again_links_nothing(hall: Hall) -> None:
    hall.complain("two")
    hall.complain("three")
    assert hall.open("table", "table", "clerk", TEN, joins=["TH-one", "case-two", "case-one"]) is None
    assert hall.do("table", "step.join", "clerk", TEN, joins=["case-one", "TH-three"]) is None
    assert hall.state("table").links == {"joined": ("case-one", "case-two", "case-three")}
    assert why(hall.do("table", "step.join", "clerk", TEN, joins=["case-one", "TH-nobody"])) == ("unknown",)


def test_a_linked_case_that_closes_is_noticed_once_by_the_case_that_waits_for_it(hall: Hall) -> None:
    decided(hall)
    assert hall.open("table", "table", "clerk", TEN, joins=["case-one"]) is None
    hall.carried(TEN)
    assert hall.do("table", "step.rise", "clerk", TEN) is not None
    assert hall.do("one", "step.carry_out", "clerk", TEN) is None
    assert hall.pokes == [("case-table", "case-one/closed")]
    hall.carried(NEXT_DAY)
    assert hall.do("table", "poke", "house", NEXT_DAY) is None
    assert [entry.data["case"] for entry in hall.events("table", "link_closed")] == ["case-one"]
    assert hall.state("table").tasks["note_end"].status == "open"
    assert hall.do("table", "task.note_end", "clerk", NEXT_DAY) is None
    assert hall.do("table", "step.rise", "clerk", NEXT_DAY) is None


def test_a_case_that_had_closed_before_it_was_linked_is_noticed_at_once(hall: Hall) -> None:
    decided(hall)
    assert hall.do("one", "step.carry_out", "clerk", TEN) is None
    assert hall.open("table", "table", "clerk", NEXT_DAY, joins=["case-one"]) is None
    assert hall.state("table").closed_links == {"joined": ("case-one",)}


def test_a_case_that_links_an_open_one_looks_once_more_after_it_is_written(hall: Hall) -> None:
    assert hall.open("table", "table", "clerk", TEN, joins=["case-one"]) is None
    assert [case for case, _ in hall.pokes] == ["case-table"]


def test_a_closing_that_nobody_waits_for_pokes_nobody(hall: Hall) -> None:
    hall.complain("two", repeats="case-one")
    hall.carried(TEN)
    hall.pokes.clear()
    decided(hall, "two")
    assert hall.do("two", "step.carry_out", "clerk", TEN) is None
    assert hall.pokes == []
