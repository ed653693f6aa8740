"""The values a row of a pack may hold: literals, and references that are looked up when a rule is decided."""

from dataclasses import dataclass

#: The types that a field of a form may have.
TYPE_NAMES = (
    "text",
    "number",
    "money",
    "date",
    "moment",
    "yes_no",
    "tick",
    "choice",
    "choices",
    "person",
    "people",
    "unit",
    "customer",
    "code",
    "file",
    "case",
    "list",
)

Names = tuple[str, ...]


def toml_key(name: str) -> str:
    """The key that a pack writes for an attribute: ``is_`` and ``from_`` are Python's words, ``is`` and ``from`` ours."""
    return name.rstrip("_")


#: How `parsing` reads every row: unknown keys are mistakes, keys are spelled as in WORDS.
ROW = {"extra": "forbid", "alias_generator": toml_key}


@dataclass(frozen=True, slots=True)
class FieldValue:
    """The value of a field of the case."""

    field: str
    __pydantic_config__ = ROW


@dataclass(frozen=True, slots=True)
class TableValue:
    """The column ``gives`` of the row of a table that the case selects."""

    table: str
    gives: str
    __pydantic_config__ = ROW


@dataclass(frozen=True, slots=True)
class ClockValue:
    """The due instant of a clock of the case."""

    clock: str
    __pydantic_config__ = ROW


@dataclass(frozen=True, slots=True)
class FactValue:
    """A fact of the case: a count, an amount decided, ``link.x.field.y`` of the case that a link names."""

    fact: str
    __pydantic_config__ = ROW


@dataclass(frozen=True, slots=True)
class AboveValue:
    """The role one level above another."""

    above: str
    __pydantic_config__ = ROW


@dataclass(frozen=True, slots=True)
class Gap:
    """A value that the regulation demands and does not give; ``meanwhile`` says what an empty slot does."""

    gap: str
    meanwhile: str = "refuse"
    __pydantic_config__ = ROW


Value = bool | int | str | FieldValue | TableValue | ClockValue | FactValue | AboveValue | Gap


@dataclass(frozen=True, slots=True)
class Title:
    """A label in both languages."""

    zh: str
    en: str
    __pydantic_config__ = ROW


def named(value: Value) -> str:
    """What people call a value that is looked up: ``table.x``, ``field.x``, the fact, or what a gap says."""
    match value:
        case TableValue(table=name):
            return f"table.{name}"
        case FieldValue(field=name):
            return f"field.{name}"
        case FactValue(fact=name):
            return name
        case ClockValue(clock=name):
            return f"clock.{name}"
        case AboveValue(above=role):
            return f"role.{role}"
        case Gap(gap=why):
            return why
    return str(value)
