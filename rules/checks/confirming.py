"""Classes that a person confirms: where, who, and with which reason."""

from collections.abc import Iterator

from rules.checks.draft import Draft
from rules.classes import Class
from rules.problems import Found, found
from rules.values import Names


def check(draft: Draft) -> Iterator[Found]:
    """Every class with ``confirmed_by``: some form asks for it, with a reason beside it, and only these roles fill that."""
    if not draft.whole("kind", "step", "task", "approval", "form"):
        return
    for name, row in draft.file.class_.items():
        if row.confirmed_by:
            yield from _class(draft, name, row)


def _class(draft: Draft, name: str, row: Class) -> Iterator[Found]:
    forms = [form for form, block in draft.file.form.items() if block.field(name)]
    if not forms and row.decided != "by_step":
        yield found("class", name, "confirmed_by", code="class_not_confirmed", name=name)
    for form in forms:
        if draft.file.form[form].field(f"{name}_why") is None:
            yield found("form", form, code="no_why", name=name)
        for word, filler, roles in _fillers(draft, form):
            others = [role for role in roles if role not in row.confirmed_by]
            if others:
                said = ", ".join(others)
                yield found(
                    "class", name, "confirmed_by", code="confirmed_elsewhere", name=f"{word}.{filler}", given=said
                )


def _fillers(draft: Draft, form: str) -> Iterator[tuple[str, str, Names]]:
    """Everything that fills a form, and the roles that do it."""
    for name, kind in draft.file.kind.items():
        if kind.opens_with == form:
            yield "kind", name, kind.opened_by
    for name, step in draft.file.step.items():
        if step.form == form:
            yield "step", name, step.by
    for word, rows in (("task", draft.file.task), ("approval", draft.file.approval)):
        for name, row in rows.items():
            if row.form == form:
                yield word, name, row.to
