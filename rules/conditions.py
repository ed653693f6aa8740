"""Conditions of a pack: one subject, one comparison, combined by all, any and not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Protocol

from rules.values import ROW, FactValue, FieldValue, Names, TableValue, Value

COMPARISONS = ("is_", "in_", "has", "filled", "over", "at_least", "under", "at_most", "before", "after")


@dataclass(frozen=True, slots=True)
class Condition:
    """One row of a condition. Exactly one of `any`, `all`, `not_`, or a subject with exactly one comparison."""

    any: tuple[Condition, ...] | None = None
    all: tuple[Condition, ...] | None = None
    not_: tuple[Condition, ...] | None = None
    field: str | None = None
    fact: str | None = None
    is_: Value | None = None
    in_: Names | None = None
    has: str | None = None
    filled: bool | None = None
    over: Value | None = None
    at_least: Value | None = None
    under: Value | None = None
    at_most: Value | None = None
    before: Value | None = None
    after: Value | None = None
    __pydantic_config__ = ROW


Conditions = tuple[Condition, ...]


class Ground(Protocol):
    """What conditions are judged on: the fields and facts of one case at one instant."""

    def field(self, name: str) -> object | None:
        """The value of a field, None where it is not filled."""

    def fact(self, name: str) -> object | None:
        """The value of a fact such as ``step.accept`` or ``clock.reply``, None where there is none."""

    def lookup(self, value: Value) -> object | None:
        """What a value of a pack stands for in this case, None where it is empty."""


def holds(conditions: Conditions, ground: Ground) -> bool:
    """Whether all conditions hold. A missing subject makes every comparison false except ``filled = false``."""
    return all(_holds(condition, ground) for condition in conditions)


def failing(conditions: Conditions, ground: Ground) -> Condition | None:
    """The first condition that does not hold, None if all do."""
    return next((condition for condition in conditions if not _holds(condition, ground)), None)


def _holds(condition: Condition, ground: Ground) -> bool:
    if condition.any is not None:
        return any(_holds(part, ground) for part in condition.any)
    if condition.all is not None:
        return all(_holds(part, ground) for part in condition.all)
    if condition.not_ is not None:
        return not all(_holds(part, ground) for part in condition.not_)
    subject = ground.fact(condition.fact or "") if condition.field is None else ground.field(condition.field)
    if condition.filled is not None:
        return (subject is not None) is condition.filled
    if subject is None:
        return False
    if condition.in_ is not None:
        return str(subject) in condition.in_
    if condition.has is not None:
        return isinstance(subject, tuple | list) and condition.has in subject
    name, compare, bound = comparison(condition)
    limit = ground.lookup(bound)
    if limit is None:
        return False
    if name == "is_":
        return _equal(subject, limit)
    return _ordered(subject, limit, compare)


def comparison(condition: Condition) -> tuple[str, Callable[[object, object], bool], Value]:
    """The comparison of a leaf condition: its key, the test, and the value it compares with.

    Raises:
        ValueError: The condition has no comparison; `parsing` refuses such a pack.
    """
    for name, test in _TESTS.items():
        bound: Value | None = getattr(condition, name)
        if bound is not None:
            return name, test, bound
    raise ValueError("a condition without a comparison")


def _equal(left: object, right: object) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    number = as_number(left), as_number(right)
    if isinstance(left, int | Decimal) and number[1] is not None:
        return number[0] == number[1]
    return str(left) == str(right)


def _ordered(left: object, right: object, test: Callable[[object, object], bool]) -> bool:
    if isinstance(left, date):
        bound = _like(left, right)
        return bound is not None and test(left, bound)
    first, second = as_number(left), as_number(right)
    return first is not None and second is not None and test(first, second)


def _like(moment: date, bound: object) -> object | None:
    """A bound as the type of what it is compared with, a date or an instant, None if it is none."""
    if isinstance(bound, str):
        try:
            bound = type(moment).fromisoformat(bound)
        except ValueError:
            return None
    return bound if type(bound) is type(moment) else None


def as_number(value: object) -> Decimal | None:
    """A value as a decimal number, None if it is none."""
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        return None
    try:
        return Decimal(value)
    except InvalidOperation:
        return None


_TESTS: dict[str, Callable[[object, object], bool]] = {
    "is_": _equal,
    "over": lambda left, right: left > right,  # type: ignore[operator]  # both sides are checked by _ordered
    "at_least": lambda left, right: left >= right,  # type: ignore[operator]
    "under": lambda left, right: left < right,  # type: ignore[operator]
    "at_most": lambda left, right: left <= right,  # type: ignore[operator]
    "before": lambda left, right: left < right,  # type: ignore[operator]
    "after": lambda left, right: left > right,  # type: ignore[operator]
}


def names_in(conditions: Iterable[Condition]) -> tuple[set[str], set[str]]:
    """The fields and the facts that conditions read, bounds included."""
    fields: set[str] = set()
    facts: set[str] = set()
    for condition in conditions:
        for group in (condition.any, condition.all, condition.not_):
            inner = names_in(group or ())
            fields |= inner[0]
            facts |= inner[1]
        if condition.field:
            fields.add(condition.field)
        if condition.fact:
            facts.add(condition.fact)
        for key in ("is_", "over", "at_least", "under", "at_most", "before", "after"):
            bound = getattr(condition, key)
            if isinstance(bound, FieldValue):
                fields.add(bound.field)
            if isinstance(bound, TableValue):
                facts.add(f"table.{bound.table}")
            if isinstance(bound, FactValue):
                facts.add(bound.fact)
    return fields, facts
