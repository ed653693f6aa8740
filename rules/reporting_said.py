"""A report as JSON has it: nothing in it depends on the language or the instant at which it is read."""

from collections.abc import Sequence
from typing import Any

from rules.counts import Target
from rules.instants import stamp
from rules.reporting import Line, Made
from rules.reporting_figures import Figure
from rules.reporting_values import plain
from rules.values import Gap, Title


def as_json(made: Made) -> dict[str, Any]:
    """A report with its definition, bounds, lines and the cases behind each figure; instants are UTC."""
    report, file = made.report, made.pack.file
    return {
        "report": made.name,
        "pack": made.pack.ref.id,
        "edition": made.pack.ref.edition,
        "sha256": made.pack.ref.sha256,
        "title": _title(report.title),
        "clause": list(report.clause),
        "house": made.pack.is_house(report.clause),
        "says": [file.clause[name].says for name in report.clause if name in file.clause],
        "period": made.period.key,
        "from": stamp(made.begins),
        "until": stamp(made.ends),
        "as_of": stamp(made.as_of),
        "over": report.over,
        "dated": report.dated,
        "rows": made.rows,
        "by": list(report.by),
        "lines": [_line(line) for line in made.lines],
        "total": [_line(line) for line in made.totals] if report.shows else [],
        "columns": list(report.columns),
        "register": [
            {"case": each.number, "cells": [plain(cell) for cell in each.cells]} for each in made.register
        ],
        "target": _target(report.target),
        "to": list(report.to),
        "foot": list(report.foot),
    }  # fmt: skip


def _line(line: Line) -> dict[str, Any]:
    return {"by": plain(line.by), "figures": _figures(line.figures)}


def _figures(figures: Sequence[Figure]) -> list[dict[str, Any]]:
    return [
        {
            "show": each.show,
            "title": _title(each.title) if each.title else None,
            "value": plain(each.value),
            "unit": each.unit,
            "rows": each.rows,
            "cases": list(each.cases),
            "note": each.note,
            "met": each.met,
            "of": plain(each.lines),
        }
        for each in figures
    ]


def _target(target: Target | None) -> dict[str, Any] | None:
    if target is None:
        return None
    return {key: _bound(getattr(target, key)) for key in ("at_least", "at_most")}


def _bound(bound: str | Gap | None) -> Any:
    return {"gap": bound.gap} if isinstance(bound, Gap) else bound


def _title(title: Title) -> dict[str, str]:
    return {"zh": title.zh, "en": title.en}
