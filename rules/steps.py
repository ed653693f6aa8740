"""step: what somebody may do, from which stage, to which."""

from dataclasses import dataclass

from rules.values import ROW, Names, Title


@dataclass(frozen=True, slots=True)
class Step:
    """What a role may do. Without ``to`` the case stays where it is; ``stated`` lets it be written down later.

    ``again``: ``once`` in the life of a case, ``each_round`` once for each time its stage is entered, else as often as wanted.
    ``writes``: a kept table that gets a row of the form's values, valid from then on.
    """

    title: Title
    from_: Names
    by: Names
    clause: Names
    kind: Names = ()
    to: str | None = None
    form: str | None = None
    again: str = ""
    stated: bool = False
    writes: str | None = None
    __pydantic_config__ = ROW
