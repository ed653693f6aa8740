"""The organisation as it stands at one instant: people, departments, absences, and who has which role."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works with cases. ``roles`` hold in every pack; ``language`` is zh or en."""

    id: str
    name: str = ""
    mail: str = ""
    department: str = ""
    roles: tuple[str, ...] = ()
    language: str = "zh"


@dataclass(frozen=True, slots=True)
class Department:
    """A department: its head (a person's id) and the department above it."""

    id: str
    title: dict[str, str] = field(default_factory=dict)
    head: str = ""
    above: str = ""


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is away from one instant to another (UTC, end not included); the substitute acts meanwhile."""

    person: str
    start: datetime
    end: datetime
    substitute: str


@dataclass(frozen=True, slots=True)
class Directory:
    """Everybody, as of one instant. ``bindings`` maps a pack id to role -> person ids."""

    people: dict[str, Person] = field(default_factory=dict)
    departments: dict[str, Department] = field(default_factory=dict)
    absences: tuple[Absence, ...] = ()
    bindings: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    #: role -> who has it in every pack; worked out once, since every decision asks
    _everywhere: dict[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        everywhere: dict[str, tuple[str, ...]] = {}
        for person in self.people.values():
            for role in person.roles:
                everywhere[role] = (*everywhere.get(role, ()), person.id)
        object.__setattr__(self, "_everywhere", everywhere)

    def bound(self, pack: str, role: str) -> tuple[str, ...]:
        """The persons bound to a role of a pack, in order; those who have it in every pack come last."""
        named, general = self.bindings.get(pack, {}).get(role, ()), self._everywhere.get(role, ())
        return tuple(dict.fromkeys((*named, *general)))

    def acting(self, person: str, at: datetime) -> str:
        """Who acts for a person at an instant: himself, or his substitute (followed at most five times) while away."""
        for _ in range(5):
            away = next((a for a in self.absences if a.person == person and a.start <= at < a.end), None)
            if away is None:
                return person
            person = away.substitute
        return person

    def head_of(self, department: str, besides: tuple[str, ...] = ()) -> str:
        """The head of a department; where that is one of ``besides``, or nobody, the head of the one above. Empty if none."""
        for _ in range(20):
            unit = self.departments.get(department)
            if unit is None:
                return ""
            if unit.head and unit.head not in besides:
                return unit.head
            department = unit.above
        return ""
