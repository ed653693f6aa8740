"""Tasks that are answered once for each value of a field: who is asked for which, and for which one somebody answers."""

from collections.abc import Mapping
from typing import Any

from rules.draft import Draft
from rules.duties import Task
from rules.outcomes import Refusal
from rules.people import DEPARTMENT, PERSON
from rules.refusing import Refused
from rules.values import Names

#: The field of a command that says for which value the answer is.
EACH = "each"
_NAMING = {"person": PERSON, "people": PERSON, "unit": DEPARTMENT}


def values_of_each(draft: Draft, task: Task) -> Names:
    """The values that are to be answered for now: persons, units and choices as they are, rows of a list by number."""
    held, field = draft.ground.field(task.each or ""), draft.pack.field(task.each or "")
    if held is None or field is None:
        return ()
    several = held if isinstance(held, tuple) else (held,)
    if field.type == "list":
        return tuple(str(place) for place in range(1, len(several) + 1))
    return tuple(dict.fromkeys(map(str, several)))


def asked_for(draft: Draft, task: Task, values: Names) -> Names:
    """The roles that are asked for some values: the person or the head of the unit that is meant, else those of the task."""
    return tuple(dict.fromkeys(role for value in values for role in _asked(draft, task, value)))


def answered_for(draft: Draft, task: Task, still: Names, named: object) -> str:
    """The value that the person who answers means: the one he names, else the only one that he may answer for.

    Raises:
        Refused: ``fields_wrong`` where he names none of several, or one that is not his or not open.
    """
    people, person = draft.people(), draft.command.by
    mine = tuple(value for value in still if people.may(person, _asked(draft, task, value)))
    if named is None and len(mine) == 1:
        return mine[0]
    if isinstance(named, str) and named in mine:
        return named
    wrong = {"field": EACH, "code": "missing" if named is None else "not_a_choice", "choices": list(mine)}
    raise Refused(Refusal("fields_wrong", task.clause, {"form": task.form or "", "fields": [wrong]}))


def _asked(draft: Draft, task: Task, value: str) -> Names:
    field = draft.pack.field(task.each or "")
    if field is None:
        return task.to
    if field.type in _NAMING:
        return (f"{_NAMING[field.type]}{value}",)
    row = _row(draft, field.name, value) if field.type == "list" else {}
    named = (
        f"{_NAMING[each.type]}{row[each.name]}" for each in field.fields if each.type in _NAMING and each.name in row
    )
    return next(((role,) for role in named), task.to)


def _row(draft: Draft, field: str, place: str) -> Mapping[str, Any]:
    rows = draft.ground.field(field)
    row = rows[int(place) - 1] if isinstance(rows, tuple) and int(place) <= len(rows) else None
    return row if isinstance(row, Mapping) else {}
