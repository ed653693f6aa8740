"""Who may do what is open in a case: the roles that may, and the persons who may not although they have one."""

from dataclasses import dataclass

from rules.consequences import Consequence
from rules.items import RAISED, ItemState
from rules.pack import Pack
from rules.people import ANYBODY, People
from rules.state import State
from rules.values import Names

#: Who may adopt an edition where the pack names no owner.
COMPLIANCE = "compliance"


@dataclass(frozen=True, slots=True)
class Right:
    """A right to do something: ``roles`` have it, ``besides`` are persons who have it not."""

    roles: Names
    besides: frozenset[str] = frozenset()


def roles_for(row: Consequence, item: ItemState) -> Names:
    """The roles for which an open item waits, and who may still propose it anew."""
    if item.status == RAISED:
        return row.proposed_by or row.decided_by
    return tuple(dict.fromkeys((*row.decided_by, *row.proposed_by)))


def waits_for_somebody(pack: Pack, state: State, consequence: str) -> bool:
    """Whether an item of a consequence is open that somebody may propose, decide or drop."""
    row = pack.file.consequence.get(consequence)
    return row is not None and any(item.open and roles_for(row, item) for item in state.consequences[consequence])


def right(pack: Pack, state: State, people: People, what: str) -> Right:
    """The right to a ``step.x``, ``task.x``, ``approval.x`` or a command of the house; a right of nobody if unknown.

    The roles that a case was raised to may take its steps, but neither answer for others nor approve for them.
    """
    word, _, name = what.partition(".")
    if word == "step" and name in pack.file.step:
        by = pack.file.step[name].by
        return Right((*by, *(role for role in state.raised if role not in by)), people.excluded(by))
    if word == "task" and name in state.tasks:
        task = state.tasks[name]
        # Of a role of which all must answer, nobody does so twice.
        answered = task.answered if any(people.every(role) for role in task.asked) else ()
        return Right(task.asked, people.excluded(task.asked) | {*answered})
    if word == "approval" and name in state.approvals:
        now, block = state.approvals[name], pack.file.approval.get(name)
        never = people.named(block.never) if block else frozenset()
        return Right(now.asked, people.excluded(now.asked) | never | {now.proposed_by, *now.answered})
    if word == "consequence" and name in pack.file.consequence:
        row, items = pack.file.consequence[name], state.consequences.get(name, ())
        waiting = dict.fromkeys(role for item in items if item.open for role in roles_for(row, item))
        return Right((*waiting,), people.excluded((*waiting,)))
    if what == "adopt_edition":
        return Right((pack.file.owner or COMPLIANCE,))
    return Right((ANYBODY,) if what == "recount" else ())
