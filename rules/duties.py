"""gate, task, approval and notice: duty and consent around the steps."""

from dataclasses import dataclass

from rules.conditions import Conditions
from rules.values import ROW, Names, Title


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
    """A parallel duty for the roles ``to``; ``answers`` of ``any`` or ``all`` of them. Without a form an acknowledgement."""

    title: Title
    on: Names
    to: Names
    clause: Names
    kind: Names = ()
    when: Conditions = ()
    answers: str = "any"
    form: str | None = None
    __pydantic_config__ = ROW


@dataclass(frozen=True, slots=True)
class Approval:
    """A task with a verdict. ``of`` is the form it binds: a new copy lapses the verdict. ``never``: as in a role.

    A ``returned`` verdict moves the case to the stage ``returns_to``.
    """

    title: Title
    on: Names
    to: Names
    clause: Names
    returns_to: str
    kind: Names = ()
    when: Conditions = ()
    of: str | None = None
    answers: str = "any"
    never: Names = ()
    form: str | None = None
    __pydantic_config__ = ROW


@dataclass(frozen=True, slots=True)
class Notice:
    """Somebody is told. ``to``: roles, ``holder`` or ``customer``; ``says`` may name ``{number}`` and its like."""

    on: Names
    to: Names
    says: Title
    clause: Names
    kind: Names = ()
    when: Conditions = ()
    __pydantic_config__ = ROW


#: What the text of a notice may name between braces.
NOTICE_WORDS = ("number", "kind", "stage", "clock", "due", "step", "by", "pack")
