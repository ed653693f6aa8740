"""Tasks that are answered once for each value of a field: persons, heads of units, choices, rows of a list."""

from typing import Any

import pytest

from rules.outcomes import Refusal
from tests.rules.town_hall import Hall

pytestmark = pytest.mark.pure
NINE, TEN, LATER = "2026-03-02T09:00", "2026-03-02T10:00", "2026-03-02T11:00"


def hall_with(**fields: object) -> Hall:
    hall = Hall()
    hall.complain("one")
    assert hall.do("one", "step.protect", "clerk", TEN, **fields) is None
    return hall


def wrong(refusal: Refusal | None) -> dict[str, Any]:
    assert refusal is not None
    assert refusal.code == "fields_wrong"
    (row,) = refusal.params["fields"]
    return dict(row)


def test_each_person_named_answers_for_himself_and_the_last_answer_ends_the_task() -> None:
    hall = hall_with(at_risk=["anna", "bela"])
    assert hall.do("one", "step.decide", "chief", LATER) is not None
    assert hall.do("one", "task.protection", "anna", LATER, said="moved house") is None
    assert hall.state("one").tasks["protection"].each == ("bela",)
    refusal = hall.do("one", "task.protection", "anna", LATER, said="again")
    assert refusal is not None
    assert refusal.code == "wrong_role"
    assert hall.do("one", "task.protection", "bela", LATER, said="a guard") is None
    assert hall.state("one").tasks["protection"].status == "done"
    assert hall.do("one", "step.decide", "chief", LATER) is None


def test_the_entries_say_for_which_value_an_answer_is_and_which_are_left() -> None:
    hall = hall_with(at_risk=["anna", "bela"])
    assert hall.do("one", "task.protection", "bela", LATER, said="a guard") is None
    given, answered = hall.events("one", "task_given")[0], hall.events("one", "task_answered")[0]
    assert (given.data["asked"], given.data["each"]) == (["person.anna", "person.bela"], ["anna", "bela"])
    assert (answered.data["value"], answered.data["each"], answered.data["asked"]) == (
        "bela",
        ["anna"],
        ["person.anna"],
    )


def test_a_task_for_each_of_none_is_not_given() -> None:
    hall = hall_with(measures=["locked"])
    assert set(hall.state("one").tasks) == {"measure"}


def test_the_head_of_the_department_concerned_answers_for_it() -> None:
    hall = hall_with(concerned="roads")
    refusal = hall.do("one", "task.answer", "chief", LATER)
    assert refusal is not None
    assert refusal.code == "wrong_role"
    assert hall.do("one", "task.answer", "roadhead", LATER) is None
    assert hall.state("one").tasks["answer"].status == "done"


@pytest.mark.parametrize(
    ("fields", "task", "values"),
    [
        ({"measures": ["locked", "guarded"]}, "measure", ("locked", "guarded")),
        ({"targets": ["a shed", "a fence"]}, "target", ("1", "2")),
    ],
)
def test_who_may_answer_for_several_values_says_for_which(
    fields: dict[str, object], task: str, values: tuple[str, ...]
) -> None:
    hall = hall_with(**fields)
    said = {"said": "done"} if task == "measure" else {}
    row = wrong(hall.do("one", f"task.{task}", "clerk", LATER, **said))
    assert (row["field"], row["code"], row["choices"]) == ("each", "missing", list(values))
    assert wrong(hall.do("one", f"task.{task}", "clerk", LATER, each="other", **said))["code"] == "not_a_choice"
    assert hall.do("one", f"task.{task}", "clerk", LATER, each=values[1], **said) is None
    assert hall.state("one").tasks[task].each == values[:1]
    assert wrong(hall.do("one", f"task.{task}", "clerk", LATER, each=values[1], **said))["code"] == "not_a_choice"
    assert hall.do("one", f"task.{task}", "clerk", LATER, **said) is None
    assert hall.state("one").tasks[task].status == "done"


def test_every_answer_fills_a_copy_of_the_form_and_nothing_is_taken_without_it() -> None:
    hall = hall_with(measures=["locked", "guarded"])
    assert wrong(hall.do("one", "task.measure", "clerk", LATER, each="locked"))["field"] == "said"
    assert hall.do("one", "task.measure", "clerk", LATER, each="locked", said="a") is None
    assert hall.do("one", "task.measure", "clerk", LATER, each="guarded", said="b") is None
    assert hall.state("one").copies["record"] == 2
