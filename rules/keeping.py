"""A step writes a dated row into a kept table: the values of its form, valid from then on."""

from datetime import datetime
from typing import Any

from rules.draft import Draft
from rules.forms import excused
from rules.instants import stamp
from rules.steps import Step


def write_row(draft: Draft, step: Step, values: dict[str, Any], at: datetime) -> None:
    """Write the row that a step leaves in a kept table; nothing where it writes none, or its key is not filled."""
    if step.writes is None:
        return
    table = draft.pack.file.table[step.writes]
    key = draft.ground.field(table.key or "")
    if key is None:
        return
    gives = {
        column: _text(values[column]) for column in table.columns if column in values and not excused(values[column])
    }
    data = {"table": step.writes, "key": _text(key), "gives": gives, "from": stamp(at)}
    draft.write("table_written", f"table.{step.writes}", at, step.clause, data)


def _text(value: object) -> str:
    """A value as tables hold it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
