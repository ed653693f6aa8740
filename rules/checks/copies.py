"""Copies that stand side by side: no rule may read a field of them as if there were one."""

from collections.abc import Iterator

from rules.checks.draft import Draft
from rules.checks.whose import fields_of_kinds
from rules.conditions import names_in
from rules.pack import PackFile
from rules.problems import Found, Place, found
from rules.reading import conditions_of, values_of
from rules.values import TableValue

#: Words whose rows look at every copy.
_COUNTING = ("count", "report")
#: Words whose rows act at an event; where it is the filling of the form they mean the copy just filled.
_ACTING = ("task", "approval", "link", "consequence")

#: Keys that are read as the form is filled.
_AT_ONCE = tuple((key,) for key in ("names", "moved_to", "dated", "starts", "stops", "pauses"))


def check(draft: Draft) -> Iterator[Found]:
    """Every place of a rule that reads a field of which several copies hold together.

    Copies hold together where ``unique`` tells them apart, or where a task asks ``each`` of several for one. Any other
    form is filled again to say something new: its last copy stands.
    """
    forms = side_by_side(draft.file)
    if not forms:
        return
    for place, name, kinds in fields_of_kinds(draft):
        for form in forms:
            theirs = draft.file.form[form].field(name) and kinds & draft.belonging.of[f"form.{form}"]
            if theirs and not _may(draft.file, place, form):
                yield found(*place, code="one_of_many", name=name, form=form)


def side_by_side(file: PackFile) -> tuple[str, ...]:
    """The forms whose copies hold together."""
    each = {task.form for task in file.task.values() if task.each}
    return tuple(name for name, form in file.form.items() if form.many and (form.unique or name in each))


def _may(file: PackFile, place: Place, form: str) -> bool:
    word = str(place[0])
    if word == "kind" and place[2] in ("stages", "key"):
        return True  # read before there is any copy; the form that opens the case must have them
    if word in _COUNTING or place[:2] == ("form", form) or place[2:3] in _AT_ONCE:
        return True
    if word == "table":
        return all(_may(file, user, form) for user in _looked_up(file, str(place[1])))
    if word == "notice":
        return set(file.notice[int(place[1])].on) <= _filling(file, form)
    if word in _ACTING:
        return set(getattr(file, word)[place[1]].on) <= _filling(file, form)
    return False


def _looked_up(file: PackFile, table: str) -> Iterator[Place]:
    """Where a table is looked up: its row is chosen by the field as it stands there."""
    for place, conditions in conditions_of(file):
        if f"table.{table}" in names_in(conditions)[1]:
            yield place
    for place, value in values_of(file):
        if isinstance(value, TableValue) and value.table == table:
            yield place


def _filling(file: PackFile, form: str) -> set[str]:
    """The events at which a form is filled, and what its filling holds is the last thing that was written."""
    events = {f"form.{form}"} | {f"step.{name}" for name, step in file.step.items() if step.form == form}
    events |= {f"task.{name}.done" for name, task in file.task.items() if task.form == form}
    events |= {f"field.{field.name}" for field in file.form[form].fields}
    return events | {
        f"approval.{name}.{verdict}"
        for name, approval in file.approval.items()
        if approval.form == form
        for verdict in ("given", "returned")
    }
