"""gate, task, approval and notice: duty and consent around the steps."""

from dataclasses import dataclass

from rules.conditions import Conditions
from rules.values import ROW, Names, TableValue, Title


@dataclass(frozen=True, slots=True)
class Gate:
    """Steps that are refused until conditions hold; ``when`` limits the gate."""

    step: Names
    until: Conditions
    clause: Names
    when: Conditions = ()
    __pydantic_config__ = ROW


@dataclass(frozen=True, slots=True)
class Task:
    """A parallel duty for the roles ``to``; ``answers`` of ``any`` or ``all`` of them. Without a form an acknowledgement.

    ``each``: a field with several values (people, units, choices, rows of a list); each value must be answered for, and the
    persons or heads of units that it names are asked instead of ``to``.
    """

    title: Title
    on: Names
    to: Names
    clause: Names
    kind: Names = ()
    when: Conditions = ()
    answers: str = "any"
    each: str | None = None
    form: str | None = None
    __pydantic_config__ = ROW


@dataclass(frozen=True, slots=True)
class Approval:
    """A task with a verdict. ``of`` is the form it binds: a new copy lapses the verdict. ``never``: as in a role.

    ``of = "consequence.x"`` binds what is proposed of a consequence: a given verdict decides it. ``authority`` is the most (yuan
    or points, of one item) that a table with ``key = "role"`` gives a role; what is above goes one level up.

    A ``returned`` verdict moves the case to the stage ``returns_to``; without it the case stays where it is.
    """

    title: Title
    on: Names
    to: Names
    clause: Names
    returns_to: str | None = None
    kind: Names = ()
    when: Conditions = ()
    of: str | None = None
    answers: str = "any"
    never: Names = ()
    form: str | None = None
    authority: TableValue | None = None
    __pydantic_config__ = ROW


@dataclass(frozen=True, slots=True)
class Notice:
    """Somebody is told. ``to``: roles, ``holder`` or ``customer``; ``says`` may name ``{number}`` and its like.

    ``by``: the means that the regulation demands, a label of the pack (``phone``, ``in_writing``).
    """

    on: Names
    to: Names
    says: Title
    clause: Names
    kind: Names = ()
    when: Conditions = ()
    by: str | None = None
    __pydantic_config__ = ROW


#: What the text of a notice may name between braces.
NOTICE_WORDS = ("number", "kind", "stage", "clock", "due", "step", "by", "pack")
