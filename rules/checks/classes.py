"""Classes: every value can be given, and none is given that there is not."""

from collections.abc import Iterator

from rules.checks.draft import Draft
from rules.classes import Class
from rules.indexing import class_order
from rules.problems import Found, found


def check(draft: Draft) -> Iterator[Found]:
    """Every class."""
    for name, row in draft.file.class_.items():
        yield from _class(draft, name, row)
    if draft.whole("class"):
        ordered = class_order(draft.file)
        for name in draft.file.class_:
            if name not in ordered:
                yield found("class", name, code="class_circle", name=name)


def _class(draft: Draft, name: str, row: Class) -> Iterator[Found]:
    field = draft.fields.get(name)
    picked = field.choices if field else ()
    given = {each.gives for each in row.rows}
    for index, each in enumerate(row.rows):
        if each.gives not in row.values:
            yield found(
                "class",
                name,
                "rows",
                index,
                "gives",
                code="no_such_value",
                subject=f"class.{name}",
                name=each.gives,
                known=list(row.values),
            )
        if each.otherwise and each.when:
            yield found("class", name, "rows", index, code="otherwise_when")
    if not row.values:
        yield found("class", name, "values", code="no_values", name=name)
    for value in row.values:
        if value not in given and value not in picked:
            yield found("class", name, "values", code="value_without_row", name=value)
    for value in picked:
        if value not in row.values:
            yield found(
                "class",
                name,
                "values",
                code="no_such_value",
                subject=f"field.{name}",
                name=value,
                known=list(row.values),
            )
    if sum(each.otherwise for each in row.rows) > 1:
        yield found("class", name, "rows", code="otherwise_twice", name=name)
    if row.decided == "by_step" and field is None and draft.whole("form"):
        yield found("class", name, code="class_not_picked", name=name)
