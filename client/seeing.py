"""Who may do what in a case now, and who may see it: roles of the pack resolved against the organisation."""

from dataclasses import dataclass
from datetime import datetime

from rules.conditions import holds
from rules.directory import Directory
from rules.ground import CaseGround
from rules.pack import Pack
from rules.people import People
from rules.rights import right
from rules.state import State


@dataclass(frozen=True, slots=True)
class OpenStep:
    """Something that can be done now: its name as people type it, the roles it takes, and who fills them."""

    name: str
    roles: tuple[str, ...]
    persons: tuple[str, ...]


class Seeing:
    """One case, one organisation, one instant."""

    def __init__(self, pack: Pack, state: State, directory: Directory, at: datetime) -> None:
        self._pack = pack
        self._state = state
        self._people = People(pack, state, directory, at)
        self._ground = CaseGround(pack, state)

    def open_step(self, what: str) -> OpenStep:
        """Who may do what a face calls open: ``step.x``, ``task.x``, ``approval.x`` or a command of the house."""
        needed = right(self._pack, self._state, self._people, what)
        persons = dict.fromkeys(
            acting.person
            for role in needed.roles
            for acting in self._people.holding(role, needed.besides)
            if not self._people.shut_out(acting.person)
        )
        return OpenStep(what.removeprefix("step."), needed.roles, tuple(persons))

    def may_do(self, person: str, what: str) -> bool:
        """Whether a person may do it now."""
        needed = right(self._pack, self._state, self._people, what)
        return self._people.may(person, needed.roles, needed.besides) is not None

    def may_see(self, person: str, open_steps: tuple[str, ...]) -> bool:
        """Whether a person may read the case: who is shut out never, else everybody, or whom the pack names."""
        if self._people.shut_out(person):
            return False
        kind = self._pack.file.kind.get(self._state.kind)
        if kind is None or not kind.seen_by or person == self._state.opened_by:
            return True
        acting = any(self.may_do(person, what) for what in open_steps)
        return acting or self._people.may(person, kind.seen_by) is not None

    def hidden(self, person: str) -> frozenset[str]:
        """The fields that a person must not read now, by the roles that a form hides them from, and until when."""
        return frozenset(
            field.name
            for form in self._pack.file.form.values()
            for field in form.fields
            if field.hidden_from
            and not (field.until and holds(field.until, self._ground))
            and self._people.may(person, field.hidden_from)
        )
