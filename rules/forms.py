"""form and field: what is written down, when it is required, who may see it."""

from dataclasses import dataclass

from rules.conditions import Conditions
from rules.values import ROW, Names, Title


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in. ``personal`` values are kept apart from the entries, which carry salted hashes of them."""

    name: str
    title: Title
    type: str
    required: bool | Conditions = False
    choices: Names = ()
    least: str | int | None = None
    most: str | int | None = None
    personal: bool = False
    hidden_from: Names = ()
    __pydantic_config__ = ROW


@dataclass(frozen=True, slots=True)
class Form:
    """A set of fields. ``many`` copies are kept in the ledger, never in the state; else the last value stands."""

    title: Title
    fields: tuple[Field, ...]
    clause: Names
    many: bool = False
    prints: bool = False
    __pydantic_config__ = ROW

    def field(self, name: str) -> Field | None:
        """The field of that name, None if the form has none."""
        return next((field for field in self.fields if field.name == name), None)
