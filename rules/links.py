"""link: two cases belong together; the other case is read, never written."""

from dataclasses import dataclass

from rules.conditions import Conditions
from rules.values import ROW, Names, Title

#: What ``once`` says where the other case, too, is named by this link only once.
BOTH_ENDS = "both_ends"
#: What ``then`` may say.
HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Link:
    """A link made on an event of a case of the kinds ``from``, to a case of the kinds ``to``.

    With ``opens`` the other case is created and gets what ``carries`` names: fields, and ``clock.x`` for the start of
    that clock (``clock.x -> clock.y`` where it has another name there). Otherwise the field ``names`` (type case, or a
    list of cases) says which case it is; where several are named, one after another, facts are those of the newest.
    ``once``: ``true`` for one link of this name a case, ``both_ends`` where no second case may name the other one
    either: a second appeal against a case is refused. ``same``: fields that must agree in both. ``then = "hold"``: what
    was decided in the other case is not carried out while this one is open.
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
    once: bool | str = False
    same: Names = ()
    then: str = ""
    __pydantic_config__ = ROW
