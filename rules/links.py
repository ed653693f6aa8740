"""link: two cases belong together; the other case is read, never written."""

from dataclasses import dataclass

from rules.conditions import Conditions
from rules.values import ROW, Names, Title


@dataclass(frozen=True, slots=True)
class Link:
    """A link made on an event of a case of the kinds ``from``, to a case of the kinds ``to``.

    With ``opens`` the other case is created and gets what ``carries`` names: fields, and ``clock.x`` for the start of
    that clock (``clock.x -> clock.y`` where it has another name there). Otherwise the field ``names`` (type case) says
    which case it is. ``once``: one link of this name a case.
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
    __pydantic_config__ = ROW
