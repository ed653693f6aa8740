"""What may come only once, what is taken back, and what a corrected miss undoes."""

import pytest

from tests.rules.workshop import Workshop

pytestmark = pytest.mark.pure

LATE = "2026-03-06T09:00"


def late(shop: Workshop, opened: str = "2026-03-02T09:00", until: str = LATE) -> Workshop:
    """A case whose reply is late."""
    return shop.opened(opened).wait(until)


def test_a_miss_costs_its_holder_at_the_instant_of_the_miss_by_the_rule() -> None:
    shop = late(Workshop())
    (decided,) = shop.of("decided", "late")
    assert decided.data["lines"] == [["person", "clerk", "50.00"]]
    assert (decided.data["on"], decided.data["by"], decided.by) == ("clock.reply.missed", "rule", "clock")
    assert decided.data["month"] == "2026-03"


def test_what_comes_once_a_month_for_a_party_comes_once_over_all_cases() -> None:
    first = late(Workshop())
    second = late(first.beside("case-2"))
    third = late(first.beside("case-3"), "2026-04-01T09:00", "2026-04-07T09:00")
    assert [shop.amount("late") for shop in (first, second, third)] == ["50.00", "0", "50.00"]


def test_a_miss_that_turns_out_met_takes_back_what_it_led_to_and_another_may_have_it() -> None:
    first = late(Workshop())
    assert first.do("step.reply", "clerk", LATE, stated="2026-03-03T09:00") is None
    (back,) = first.of("reversed", "late")
    assert back.data["lines"] == [["person", "clerk", "-50.00"]]
    assert (back.data["reverses"], back.data["reason"]) == ({"case": "", "item": 1}, "clock_corrected")
    assert (first.amount("late"), first.fact("consequence.late.times")) == ("0", 0)
    assert late(first.beside("case-2")).amount("late") == "50.00"


def test_a_reply_that_really_was_late_takes_nothing_back() -> None:
    shop = late(Workshop())
    assert shop.do("step.reply", "clerk", LATE) is None
    assert (shop.of("reversed", "late"), shop.amount("late")) == ([], "50.00")


def test_an_appeal_takes_back_what_the_other_case_decided_with_negative_lines_of_its_own() -> None:
    first = Workshop().blamed(faults=2)
    assert first.do("consequence.fine", "clerk", amount="80") is None
    assert first.do("approval.fine", "hr", verdict="given") is None
    appeal = first.beside("case-2")
    assert appeal.do("open", "clerk", kind="appeal", appealed="case-1") is None
    assert appeal.do("step.grant", "hr") is None
    (fine,) = appeal.of("reversed", "fine")
    assert fine.data["lines"] == [["person", "porter", "-80.00"]]
    assert (fine.data["reverses"], fine.data["unit"]) == ({"case": "case-1", "item": 1}, "yuan")
    assert (appeal.amount("fine"), appeal.amount("points"), first.amount("fine")) == ("-80.00", "-4", "80.00")


def test_nothing_is_taken_back_that_was_never_decided() -> None:
    first = Workshop().blamed()
    appeal = first.beside("case-2")
    assert appeal.do("open", "clerk", kind="appeal", appealed="case-1") is None
    assert appeal.do("step.grant", "hr") is None
    assert (appeal.of("reversed", "fine"), len(appeal.of("decided", "granted"))) == ([], 1)
