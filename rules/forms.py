"""form and field: what is written down, when it is required, who may see it."""

from __future__ import annotations

from dataclasses import dataclass, field

from rules.conditions import Conditions
from rules.values import ROW, Names, Title


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in. ``personal`` values are kept apart from the entries, which carry salted hashes of them.

    ``or_reason``: a value may be left out with a reason, written as ``{"no": reason}``: nothing more is wanted then, and for
    comparisons the field is not filled. ``hidden_from`` roles until the conditions ``until`` hold. ``table``: only keys of
    that table are accepted. ``fields``: what each row of a ``list`` holds (without them rows are texts); where such a field
    has ``sums_to``, its numbers give that sum over the rows. ``points``: what each choice of a survey question is worth,
    ``weight`` its share; the weights of a form sum to 100.
    """

    name: str
    title: Title
    type: str
    required: bool | Conditions = False
    choices: Names = ()
    least: str | int | None = None
    most: str | int | None = None
    personal: bool = False
    hidden_from: Names = ()
    until: Conditions = ()
    or_reason: bool = False
    table: str | None = None
    fields: tuple[Field, ...] = ()
    sums_to: str | None = None
    points: dict[str, str] = field(default_factory=dict)
    weight: str | None = None
    __pydantic_config__ = ROW


@dataclass(frozen=True, slots=True)
class Form:
    """A set of fields. ``many`` copies are kept in the ledger, never in the state; else the last value stands.

    ``unique``: fields whose values together no two copies of a case share. ``prints``: it is a paper form.
    """

    title: Title
    fields: tuple[Field, ...]
    clause: Names
    many: bool = False
    unique: Names = ()
    prints: bool = False
    __pydantic_config__ = ROW

    def field(self, name: str) -> Field | None:
        """The field of that name, None if the form has none."""
        return next((field for field in self.fields if field.name == name), None)


def excused(value: object) -> bool:
    """Whether a value is the reason why a field with ``or_reason`` is not filled."""
    return isinstance(value, dict) and set(value) == {"no"}
