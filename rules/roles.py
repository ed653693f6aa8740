"""role: who; a slot with candidates, a level above, and persons who may never fill it."""

from dataclasses import dataclass

from rules.conditions import Conditions
from rules.values import ROW, Names, Title


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A candidate: the role that fills the slot when the conditions hold and somebody has it."""

    gives: str
    when: Conditions = ()
    clause: Names = ()
    __pydantic_config__ = ROW


@dataclass(frozen=True, slots=True)
class Role:
    """A slot. Filled, in this order, by: a ``person`` field, persons bound to it, ``of`` (head of a department), ``rows``.

    ``person`` may be a field of ``people``: all of them have it. ``of`` is ``owner`` (department of whoever owns the
    stage), ``holder`` (of the clock's holder) or a field of type unit.
    ``never`` lists whoever is excluded: ``step.x`` (whoever took it), ``task.x``, ``field.x`` (a person field), a role.
    An excluded person falls to the next candidate, then to the role ``above``. ``several``: where several persons have
    it, ``any`` of them acts, ``all`` must, or ``one`` does, the first who is there.
    """

    title: Title
    clause: Names
    above: str | None = None
    of: str | None = None
    person: str | None = None
    rows: tuple[RoleRow, ...] = ()
    never: Names = ()
    several: str = "any"
    __pydantic_config__ = ROW
