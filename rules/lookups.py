"""Tables looked up: by key or by range, written in the pack or kept by the installation."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from rules.classes import Table, TableRow
from rules.conditions import as_number
from rules.facts import Facts
from rules.pack import PackFile
from rules.values import Gap, TableValue, Value

#: Between the two ends of a range, as a kept table writes its key: ``60..80``, ``..60``, ``80..``.
RANGE = ".."

Row = Mapping[str, str | Gap]


def row_of(name: str, table: Table, subject: object | None, facts: Facts | None) -> Row:
    """What the row gives that a value selects: a kept one, as it stands at the decision, before one of the pack; or nothing."""
    if subject is None:
        return {}
    if table.key is not None:
        key = str(subject).lower() if isinstance(subject, bool) else str(subject)
        kept = facts.answer(f"table:{name}:{key}") if table.kept_by and facts else ()
        return next((row["gives"] for row in kept), None) or _of_key(table.rows, key)
    amount = as_number(subject)
    if amount is None:
        return {}
    kept = facts.answer(f"table:{name}") if table.kept_by and facts else ()
    own = (row["gives"] for row in kept if contains(row["at_least"], row["under"], amount))
    return next(own, None) or _of_range(table.rows, amount)


def columns_of(table: Table) -> set[str]:
    """The columns that a table gives."""
    return {*table.columns, *(column for row in table.rows for column in row.gives)}


def amounts_of(file: PackFile, table: str) -> frozenset[str]:
    """The columns of a table from which amounts, factors or authorities are read; shares such as ``10%`` among them."""
    values: list[Value | None] = [approval.authority for approval in file.approval.values()]
    for row in file.consequence.values():
        values += [row.fixed, *(row.band or ()), row.floor, row.percent, row.of, row.whole_of, row.times]
        values += [each.gives for each in row.coefficient]
        values += [row.shortfall.from_, row.shortfall.less] if row.shortfall else []
    return frozenset(value.gives for value in values if isinstance(value, TableValue) and value.table == table)


def kept_row(key: str, gives: Mapping[str, str]) -> dict[str, Any]:
    """A row of a kept table as rules get it; a range is written as its key."""
    low, between, high = key.partition(RANGE)
    ends = {"at_least": low or None, "under": high or None} if between else {"at_least": None, "under": None}
    return {"key": key, **ends, "gives": dict(gives)}


def contains(at_least: str | None, under: str | None, amount: Decimal) -> bool:
    """Whether an amount lies in a range; its upper end does not."""
    return (at_least is None or amount >= Decimal(at_least)) and (under is None or amount < Decimal(under))


def _of_key(rows: Iterable[TableRow], key: str) -> Row:
    return next((row.gives for row in rows if row.key == key), {})


def _of_range(rows: Iterable[TableRow], amount: Decimal) -> Row:
    return next((row.gives for row in rows if contains(row.at_least, row.under, amount)), {})
