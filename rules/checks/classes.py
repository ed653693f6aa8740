"""Classes and tables: every value can be given, ranges neither overlap nor leave a hole."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from rules.checks.draft import Draft
from rules.classes import Class, Table, TableRow
from rules.indexing import class_order
from rules.problems import Found, found


def check(draft: Draft) -> Iterator[Found]:
    """Every class and every table."""
    for name, row in draft.file.class_.items():
        yield from _class(draft, name, row)
    if draft.whole("class"):
        ordered = class_order(draft.file)
        for name in draft.file.class_:
            if name not in ordered:
                yield found("class", name, code="class_circle", name=name)
    for name, table in draft.file.table.items():
        yield from _table(draft, name, table)


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


def _table(draft: Draft, name: str, table: Table) -> Iterator[Found]:
    if (table.key is None) == (table.by is None):
        yield found("table", name, code="key_or_by", name=name)
        return
    columns = {column for row in table.rows for column in row.gives}
    for index, row in enumerate(table.rows):
        if row.gives.keys() != columns:
            lacking = ", ".join(sorted(columns - row.gives.keys()))
            yield found("table", name, "rows", index, "gives", code="columns_lacking", name=lacking)
    if table.key is not None:
        yield from _keys(draft, name, table)
    else:
        yield from _ranges(name, table)


def _keys(draft: Draft, name: str, table: Table) -> Iterator[Found]:
    field = draft.fields.get(table.key or "")
    seen: set[str] = set()
    for index, row in enumerate(table.rows):
        place = ("table", name, "rows", index)
        if row.key is None or row.at_least is not None or row.under is not None:
            yield found(*place, code="row_needs_key")
            continue
        if row.key in seen:
            yield found(*place, "key", code="value_twice", name=row.key)
        if field and field.choices and row.key not in field.choices:
            yield found(
                *place,
                "key",
                code="no_such_value",
                subject=f"field.{table.key}",
                name=row.key,
                known=list(field.choices),
            )
        seen.add(row.key)


def _ranges(name: str, table: Table) -> Iterator[Found]:
    bounds = []
    for index, row in enumerate(table.rows):
        try:
            bounds.append((_bound(row.at_least, "-Infinity"), _bound(row.under, "Infinity"), index))
        except InvalidOperation:
            yield found("table", name, "rows", index, code="not_a_number", given=_shown(row))
        if row.key is not None:
            yield found("table", name, "rows", index, "key", code="row_needs_range")
    for low, high, index in bounds:
        if low >= high:
            yield found("table", name, "rows", index, code="empty_range", given=_shown(table.rows[index]))
    bounds = sorted(each for each in bounds if each[0] < each[1])
    for (_, end, _), (start, _, index) in pairwise(bounds):
        if start < end:
            yield found("table", name, "rows", index, code="ranges_overlap", given=_shown(table.rows[index]))
        elif start > end:
            yield found("table", name, "rows", index, code="ranges_hole", low=str(end), high=str(start))


def _bound(text: str | None, otherwise: str) -> Decimal:
    return Decimal(otherwise if text is None else text)


def _shown(row: TableRow) -> str:
    return f"{row.at_least or '…'} – {row.under or '…'}"
