"""class and table: judgements that the case remembers, and values that are looked up."""

from dataclasses import dataclass

from rules.conditions import Conditions
from rules.values import ROW, Names, Title


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A value and when it is given. A row without ``when`` and ``otherwise`` is picked by a person."""

    gives: str
    when: Conditions = ()
    otherwise: bool = False
    clause: Names = ()
    __pydantic_config__ = ROW


@dataclass(frozen=True, slots=True)
class Class:
    """A judgement, ``values`` gravest first. A person picks it, or overrides it, by the form field of the class's name.

    ``decided``: ``by_step`` (only when such a field is filled), ``at_intake``, or ``always`` (looked at again whenever a
    fact it reads changes). ``several``: which of several rows that hit stands, ``gravest`` or ``first``.
    """

    title: Title
    values: Names
    rows: tuple[ClassRow, ...]
    clause: Names
    kind: Names = ()
    several: str = "gravest"
    decided: str = "always"
    when: Conditions = ()
    __pydantic_config__ = ROW


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: a key, or a range from ``at_least`` up to and without ``under``, and what it gives."""

    gives: dict[str, str]
    key: str | None = None
    at_least: str | None = None
    under: str | None = None
    clause: Names = ()
    __pydantic_config__ = ROW


@dataclass(frozen=True, slots=True)
class Table:
    """Values looked up by the ``key`` field or by the range of the ``by`` field."""

    title: Title
    rows: tuple[TableRow, ...]
    clause: Names
    key: str | None = None
    by: str | None = None
    __pydantic_config__ = ROW
