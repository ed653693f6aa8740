"""kind and stage: a sort of case and its journey."""

from dataclasses import dataclass

from rules.conditions import Conditions
from rules.values import ROW, Names, Title


@dataclass(frozen=True, slots=True)
class Stage:
    """A place on the journey; ``owner`` is the role that has it, a ``final`` stage ends the case.

    A case begins in the first stage whose ``entry`` holds for the form that opens it, else in the first of all.
    """

    name: str
    title: Title
    owner: str | None = None
    final: bool = False
    entry: Conditions = ()
    __pydantic_config__ = ROW


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of case. Its first stage is the entry; ``opens_with`` is the form that opening fills.

    ``never``, as in a role, shuts persons out of the whole case: ``field.accused``. They may do, read and hear nothing.
    ``queue``: classes by whose values people's lists are ordered, the gravest first. ``key``: fields for whose values only
    one case of the kind may be open.
    """

    title: Title
    stages: tuple[Stage, ...]
    opens_with: str
    opened_by: Names
    clause: Names
    seen_by: Names = ()
    never: Names = ()
    queue: Names = ()
    key: Names = ()
    __pydantic_config__ = ROW

    def stage(self, name: str) -> Stage:
        """The stage of that name.

        Raises:
            KeyError: The kind has no such stage.
        """
        for stage in self.stages:
            if stage.name == name:
                return stage
        raise KeyError(name)
