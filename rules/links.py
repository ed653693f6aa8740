"""link: two cases belong together; the other case is read, never written."""

from dataclasses import dataclass

from rules.conditions import Conditions
from rules.values import ROW, Names, Title


@dataclass(frozen=True, slots=True)
class Link:
    """A link made on an event of a case of the kinds ``from``, to a case of the kinds ``to``.

    With ``opens`` the other case is created and gets what ``carries`` names: fields, and ``clock.x`` for the start of
    that clock (``clock.x -> clock.y`` where it has another name there). Otherwise the field ``names`` (type case)
    says which case it is. ``once``: one link of this name a case, from either end: a second appeal against a case is
    refused. ``same``: fields that must agree in both. ``then``: ``supersede`` (the other case is told to end) or
    ``hold`` (what was decided in the other case is not carried out while this one is open). ``many``: several cases
    may be named, one after another.
    """

    title: Title
    from_: Names
    to: Names
    on: Names
    clause: Names
    when: Conditions = ()
    opens: bool = False
    names: str | None = None
    carries: Names = ()
    once: bool = False
    many: bool = False
    same: Names = ()
    then: str = ""
    __pydantic_config__ = ROW
