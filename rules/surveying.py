"""What an answered survey is worth: the points of its questions, weighted, as they are and out of a hundred."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from rules.conditions import as_number
from rules.forms import Field, Form

POINTS, HUNDRED = "points", "hundred_points"


@dataclass(frozen=True, slots=True)
class Answer:
    """A question that was answered: its points, the most that it could have got, its weight."""

    question: str
    points: Decimal
    most: Decimal
    weight: Decimal


def questions(form: Form) -> tuple[Field, ...]:
    """The fields of a form that are worth something: choices with points, numbers with a weight."""
    return tuple(each for each in form.fields if each.points or (each.type == "number" and each.weight))


def answers(form: Form, values: Mapping[str, Any]) -> Iterator[Answer]:
    """The questions of a copy that were answered; a number is worth itself, at most its ``most``."""
    for each in questions(form):
        given = values.get(each.name)
        if given is None:
            continue
        points = as_number(each.points.get(str(given)) if each.points else str(given))
        top = max(map(Decimal, each.points.values())) if each.points else as_number(each.most)
        if points is not None:
            yield Answer(each.name, points, top if top is not None else points, Decimal(each.weight or 1))


def worth(given: list[Answer], of: str) -> Fraction | None:
    """The weighted mean of some answers in points, or out of a hundred; None where nothing was answered.

    Questions that were left out do not count: the weights of the others make up the whole.
    """
    total = sum((Fraction(each.points) * Fraction(each.weight) for each in given), Fraction(0))
    whole = sum((Fraction(each.most if of == HUNDRED else 1) * Fraction(each.weight) for each in given), Fraction(0))
    return None if whole == 0 else total / whole * (100 if of == HUNDRED else 1)
