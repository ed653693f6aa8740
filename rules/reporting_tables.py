"""Kept tables as a report sees them: their rows as they stood then, read once for all its rows."""

from dataclasses import dataclass
from typing import Any

from rules.conditions import names_in
from rules.counts import Report
from rules.facts import Facts
from rules.pack import Pack
from rules.values import Names


@dataclass(frozen=True, slots=True)
class TablesThen(Facts):
    """Facts whose ``answers`` hold every row of some kept tables, under ``table:<name>``; single keys are looked up there."""

    def answer(self, query: str) -> Any:
        """The rows of a table, or those of one key of it.

        Raises:
            Unanswered: Nobody has read that table.
        """
        word, _, rest = query.partition(":")
        name, of_key, key = rest.partition(":")
        rows = Facts.answer(self, f"{word}:{name}")
        return [row for row in rows if row["key"] == key] if of_key else rows


def tables_read(pack: Pack, report: Report) -> Names:
    """The kept tables that the conditions of a report look up."""
    conditions = [*report.where, *(each for measure in report.shows for each in measure.when)]
    read = {fact.removeprefix("table.") for fact in names_in(conditions)[1] if fact.startswith("table.")}
    return tuple(sorted(name for name in read if pack.file.table[name].kept_by))
