"""Tables: rows that can be told apart, ranges that neither overlap nor leave a hole, rows that steps write."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from rules.checks.draft import Draft
from rules.classes import CLASS, Table, TableRow
from rules.lookups import columns_of
from rules.problems import Found, found


def check(draft: Draft) -> Iterator[Found]:
    """Every table, and every step that writes into one."""
    for name, table in draft.file.table.items():
        yield from _table(draft, name, table)
    for name, step in draft.file.step.items():
        if step.writes in draft.file.table:
            yield from _writes(draft, name, step.writes, step.form)


def _table(draft: Draft, name: str, table: Table) -> Iterator[Found]:
    if (table.key is None) == (table.by is None):
        yield found("table", name, code="key_or_by", name=name)
        return
    if not table.columns and not table.rows:
        yield found("table", name, code="no_columns", name=name)
    columns = columns_of(table)
    for index, row in enumerate(table.rows):
        if row.gives.keys() != columns:
            lacking = ", ".join(sorted(columns - row.gives.keys()))
            yield found("table", name, "rows", index, "gives", code="columns_lacking", name=lacking)
    if table.key is not None:
        yield from _keys(draft, name, table)
    else:
        yield from _ranges(name, table)


def _keys(draft: Draft, name: str, table: Table) -> Iterator[Found]:
    key = table.key or ""
    field, class_ = draft.fields.get(key), draft.file.class_.get(key.removeprefix(CLASS))
    known = class_.values if class_ and key.startswith(CLASS) else field.choices if field else ()
    seen: set[str] = set()
    for index, row in enumerate(table.rows):
        place = ("table", name, "rows", index)
        if row.key is None or row.at_least is not None or row.under is not None:
            yield found(*place, code="row_needs_key")
            continue
        if row.key in seen:
            yield found(*place, "key", code="value_twice", name=row.key)
        if known and row.key not in known:
            subject = key if key.startswith(CLASS) else f"field.{key}"
            yield found(*place, "key", code="no_such_value", subject=subject, name=row.key, known=list(known))
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


def _writes(draft: Draft, step: str, name: str, form: str | None) -> Iterator[Found]:
    """A step fills every column of a table that is kept and has a key, with nothing personal among it."""
    table = draft.file.table[name]
    if table.kept_by is None or table.key is None or table.key.startswith(CLASS):
        yield found("step", step, "writes", code="writes_fixed", name=name)
        return
    if not draft.whole("form"):
        return
    block = draft.file.form.get(form or "")
    for column in table.columns:
        field = block.field(column) if block else None
        if field is None or field.personal:
            yield found("step", step, "writes", code="writes_lacking", name=name, column=column)


def _bound(text: str | None, otherwise: str) -> Decimal:
    return Decimal(otherwise if text is None else text)


def _shown(row: TableRow) -> str:
    return f"{row.at_least or '…'} – {row.under or '…'}"
