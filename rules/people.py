"""Who fills a role in a case at an instant, and who may do what; persons come from the directory."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from rules.conditions import holds
from rules.directory import Directory
from rules.facts import Facts
from rules.ground import CaseGround
from rules.pack import Pack
from rules.state import State
from rules.values import Names

#: Roles that every pack has without a block: any person of the directory, the customer (who is written to, never
#: asked), whoever owns the stage the case is in, and whoever holds the clock that a rung belongs to.
ANYBODY, CUSTOMER, OWNER, HOLDER = "anybody", "customer", "owner", "holder"
RESERVED_ROLES = (ANYBODY, CUSTOMER, OWNER, HOLDER)
#: What a task that is answered for each of several persons or units asks instead of a role: one person, or the head of a unit.
PERSON, DEPARTMENT = "person.", "unit."
_CLIMBS_AT_MOST = 10


@dataclass(frozen=True, slots=True)
class Acting:
    """A person who acts, and for whom: himself, or somebody who is away."""

    person: str
    instead_of: str = ""


class People:
    """Roles of one case resolved against the directory. ``holder`` is the role that holds the clock in question."""

    def __init__(
        self,
        pack: Pack,
        state: State,
        directory: Directory,
        at: datetime,
        holder: str = "",
        facts: Facts | None = None,
    ) -> None:
        self._pack = pack
        self._state = state
        self._directory = directory
        self._at = at
        self._holder = holder
        self._ground = CaseGround(pack, state, facts=facts)
        kind = pack.file.kind.get(state.kind)
        self._shut_out = self.named(kind.never) if kind else frozenset()

    def shut_out(self, person: str) -> bool:
        """Whether a person may do, read and hear nothing of this case."""
        return person in self._shut_out

    def holding(self, role: str, besides: frozenset[str] = frozenset()) -> tuple[Acting, ...]:
        """Who fills a role now, in order; where nobody is left, who fills the roles above it. Empty if nobody does.

        Args:
            role: A role of the pack or one of `RESERVED_ROLES`.
            besides: Persons who are excluded on top of the role's own ``never``.
        """
        for name in self._up_from(role):
            found = self._filling(name, besides)
            if found:
                return found
        return ()

    def every(self, role: str) -> bool:
        """Whether each person who fills a role must answer what is asked of it."""
        block = self._pack.file.role.get(self._real(role))
        return block is not None and block.several == "all"

    def may(self, person: str, roles: Names, besides: frozenset[str] = frozenset()) -> Acting | None:
        """As whom a person may act in one of several roles; None if in none."""
        if self.shut_out(person):
            return None
        if ANYBODY in roles and person in self._directory.people and person not in besides:
            return Acting(person)
        for role in roles:
            for acting in self.holding(role, besides):
                if person == acting.person:
                    return acting
                if person == acting.instead_of and person not in besides:
                    return Acting(person)
        return None

    def excluded(self, roles: Names) -> frozenset[str]:
        """The persons whom each of several roles excludes; who is excluded from one may act in another that he has."""
        return frozenset.intersection(*(self._never(role) for role in roles)) if roles else frozenset()

    def named(self, never: Names) -> frozenset[str]:
        """The persons that exclusions name: ``field.x``, ``step.x``, ``task.x``, ``approval.x`` or a role."""
        return frozenset(person for name in never for person in self._persons_of(name) if person)

    def _up_from(self, role: str) -> Iterator[str]:
        for _ in range(_CLIMBS_AT_MOST):
            role = self._real(role)
            yield role
            block = self._pack.file.role.get(role)
            if block is None or block.above is None:
                return
            role = block.above

    def _real(self, role: str) -> str:
        if role == HOLDER:
            role = self._holder or OWNER
        if role == OWNER:
            kind = self._pack.file.kind.get(self._state.kind)
            stages = kind.stages if kind else ()
            return next((stage.owner or "" for stage in stages if stage.name == self._state.stage), "")
        return role

    def _filling(self, role: str, besides: frozenset[str]) -> tuple[Acting, ...]:
        away = besides | self._never(role) | self._shut_out
        found: dict[str, Acting] = {}
        for person in self._candidates(role):
            acting = self._directory.acting(person, self._at)
            if person not in away and acting not in away:
                found.setdefault(acting, Acting(acting, person if acting != person else ""))
        block = self._pack.file.role.get(role)
        alone = block is not None and block.several == "one"
        return tuple(found.values())[: 1 if alone else None]

    def _never(self, role: str) -> frozenset[str]:
        block = self._pack.file.role.get(self._real(role))
        return self.named(block.never) if block else frozenset()

    def _candidates(self, role: str) -> tuple[str, ...]:
        if role == ANYBODY:
            return tuple(self._directory.people)
        if role.startswith(PERSON):
            return (role.removeprefix(PERSON),)
        if role.startswith(DEPARTMENT):
            head = self._directory.head_of(role.removeprefix(DEPARTMENT))
            return (head,) if head else ()
        block = self._pack.file.role.get(role)
        if block is not None and block.person is not None:
            return self._in_field(block.person)
        bound = self._directory.bound(self._pack.ref.id, role)
        if bound or block is None:
            return bound
        if block.of is not None:
            return self._heads(block.of)
        for row in block.rows:
            if holds(row.when, self._ground):
                found = self._candidates(self._real(row.gives))
                if found:
                    return found
        return ()

    def _heads(self, unit: str) -> tuple[str, ...]:
        if unit in (OWNER, HOLDER):
            persons = self._candidates(self._real(unit))
            people = [self._directory.people[person] for person in persons if person in self._directory.people]
            heads = (self._directory.head_of(person.department, (person.id,)) for person in people)
        else:
            heads = (self._directory.head_of(department) for department in self._in_field(unit))
        return tuple(dict.fromkeys(head for head in heads if head))

    def _in_field(self, name: str) -> tuple[str, ...]:
        value = self._ground.field(name)
        if isinstance(value, tuple):
            return tuple(str(each) for each in value)
        return () if value is None else (str(value),)

    def _persons_of(self, name: str) -> tuple[str, ...]:
        word, _, rest = name.partition(".")
        match word:
            case "field":
                return self._in_field(rest)
            case "step":
                taken = self._state.steps.get(rest)
                return (taken.by,) if taken else ()
            case "task":
                task = self._state.tasks.get(rest)
                return task.answered if task else ()
            case "approval":
                approval = self._state.approvals.get(rest)
                return approval.answered if approval else ()
        return self._candidates(self._real(name))
