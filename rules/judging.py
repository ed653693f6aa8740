"""What the rows of a class say of a case: which of them hit, what they propose, which fields they ask for."""

from collections.abc import Iterator, Mapping
from typing import Any

from rules.classes import Class, ClassRow
from rules.conditions import Ground, holds
from rules.forms import excused
from rules.pack import Pack
from rules.state import State

#: What ``classified`` says in ``by`` where rows have proposed a value that a person has still to confirm.
PROPOSAL = "proposal"


def hits(block: Class, ground: Ground) -> tuple[ClassRow, ...]:
    """The rows of a class that hit, the one that stands first; those of ``otherwise`` where no other does."""
    found = [row for row in block.rows if row.when and holds(row.when, ground)]
    if block.several == "gravest":
        found.sort(key=lambda row: block.values.index(row.gives))
    return tuple(found) or tuple(row for row in block.rows if row.otherwise)


def picked(name: str, values: Mapping[str, Any] | None) -> str | None:
    """The value that a person has picked for a class among values of its form, None if he has not."""
    value = (values or {}).get(name)
    return None if value is None or excused(value) else str(value)


def judged_now(block: Class, *, opening: bool) -> bool:
    """Whether the rows of a class are looked at now."""
    return block.decided == "always" or (block.decided == "at_intake" and opening)


def asked_by_classes(
    pack: Pack, state: State, values: Mapping[str, Any], ground: Ground
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field that classes want filled beside some values, and why: the row of a wrong field without the field.

    Args:
        pack: Its ``asking`` classes are looked at, no others.
        state: The case before the values; with ``seq`` 0 they open it.
        values: The accepted values of the copy.
        ground: The case with these values.
    """
    for name in pack.asking.get(state.kind, ()):
        block = pack.file.class_[name]
        chosen = picked(name, values)
        for row in _standing(block, name, chosen, state, ground):
            for field in row.asks:
                yield field, {"code": "asked_for", "class": name, "value": row.gives}
        if chosen is not None and block.confirmed_by:
            proposed = _proposed(block, name, state, ground)
            if proposed and proposed != chosen:
                yield f"{name}_why", {"code": "why_missing", "class": name, "value": proposed}


def _standing(block: Class, name: str, chosen: str | None, state: State, ground: Ground) -> tuple[ClassRow, ...]:
    """The rows that hit now, or those of the value that stands."""
    before = picked(name, state.fields)
    if chosen is None and before is None and judged_now(block, opening=state.seq == 0):
        return hits(block, ground) if holds(block.when, ground) else ()
    value = chosen or state.classes.get(name)
    return tuple(row for row in block.rows if row.gives == value)


def _proposed(block: Class, name: str, state: State, ground: Ground) -> str:
    """What the rows propose: as they see the case now where it is not confirmed yet, else what they proposed last."""
    if name not in state.classes and judged_now(block, opening=state.seq == 0) and holds(block.when, ground):
        return next((row.gives for row in hits(block, ground)), "")
    return state.proposed.get(name, "")
