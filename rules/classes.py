"""class and table: judgements that the case remembers, and values that are looked up."""

from dataclasses import dataclass

from rules.conditions import Conditions
from rules.values import ROW, Gap, Names, Title

#: How the key of a table begins where a class, not a field, selects the row.
CLASS = "class."


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A value and when it is given. A row without ``when`` and ``otherwise`` is picked by a person.

    ``asks``: fields that must be filled where the row hits.
    """

    gives: str
    when: Conditions = ()
    otherwise: bool = False
    asks: Names = ()
    clause: Names = ()
    __pydantic_config__ = ROW


@dataclass(frozen=True, slots=True)
class Class:
    """A judgement, ``values`` gravest first. A person picks it, or overrides it, by the form field of the class's name.

    ``decided``: ``by_step`` (only when such a field is filled), ``at_intake``, or ``always`` (looked at again whenever a
    fact it reads changes). ``several``: which of several rows that hit stands, ``gravest`` or ``first``, or ``refuse``: the
    command that makes several hit is refused. ``confirmed_by``: rows only propose; the value stands once a person of these
    roles has filled the field of the class's name, with a reason (field ``<class>_why``) where he overrides the proposal.
    """

    title: Title
    values: Names
    rows: tuple[ClassRow, ...]
    clause: Names
    kind: Names = ()
    several: str = "gravest"
    decided: str = "always"
    when: Conditions = ()
    confirmed_by: Names = ()
    __pydantic_config__ = ROW


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: a key, or a range from ``at_least`` up to and without ``under``, and what it gives."""

    gives: dict[str, str | Gap]
    key: str | None = None
    at_least: str | None = None
    under: str | None = None
    clause: Names = ()
    __pydantic_config__ = ROW


@dataclass(frozen=True, slots=True)
class Table:
    """Values looked up by the ``key`` field or class (``class.x``), or by the range of the ``by`` field.

    ``kept_by``: ``installation`` or the role that keeps the rows, each with a date of validity; they are read as they stood at
    the decision. ``columns``: what the rows of a kept table give. A table without a row blocks whatever needs it.
    """

    title: Title
    clause: Names
    rows: tuple[TableRow, ...] = ()
    key: str | None = None
    by: str | None = None
    kept_by: str | None = None
    columns: Names = ()
    __pydantic_config__ = ROW
