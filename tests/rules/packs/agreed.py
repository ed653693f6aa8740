"""What people have read out of the regulations and agreed on, pack by pack.

Each shipped pack has a folder here with ``encoded.csv`` (clause, status, rows: what encodes it), ``people.csv`` (what, name,
roles: who does what) and ``forms.csv`` (form, field, asked: what is written down, and whether it has to be).
"""

import csv
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from rules import shelf
from rules.accounting import accounts
from rules.forms import Field
from rules.pack import Pack, PackFile

HERE = Path(__file__).parent
ENCODED, PEOPLE, FORMS = "encoded.csv", "people.csv", "forms.csv"
#: Every shipped pack, by its id.
PACKS = tuple(sorted({name for name, _ in shelf.shipped()}))
WHAT = (
    "owns", "opens", "sees", "stands above", "stands in", "holds", "takes", "answers", "is told of", "climbs", "takes over",
    "decides", "proposes", "confirms", "keeps", "bears", "is reported to", "never",
)  # fmt: skip
Rows = tuple[tuple[str, str, str], ...]


def folder(pack: str) -> Path:
    """Where what was agreed on about a pack lies."""
    return HERE / pack.replace("-", "_")


@cache
def agreed(pack: str, table: str) -> Rows:
    """The rows of a table of a pack; none where the file is missing."""
    file = folder(pack) / table
    if not file.is_file():
        return ()
    with file.open(encoding="utf-8", newline="") as lines:
        return tuple((row[0], row[1], row[2]) for row in list(csv.reader(lines))[1:])


def clauses_of(pack: Pack) -> Rows:
    """Each clause of a pack with its status and the rows that cite it, as ``encoded.csv`` has them."""
    return tuple((each.clause, each.status, " ".join(each.rows)) for each in accounts(pack))


def people_of(file: PackFile) -> Rows:
    """Who does what under a pack, as ``people.csv`` has it; the order of rows follows the file."""
    return tuple((what, name, " ".join(roles)) for what, name, roles in _people(file) if roles)


def forms_of(file: PackFile) -> Rows:
    """What each form of a pack asks for, as ``forms.csv`` has it; the rows of a list stand under ``list.field``."""
    rows: list[tuple[str, str, str]] = []
    for name, form in file.form.items():
        rows += [(name, "", "many copies")] if form.many else []
        rows += [(name, "", f"unique {' '.join(form.unique)}")] if form.unique else []
        rows += [(name, where, _asked(field)) for where, field in _fields(form.fields, "")]
    return tuple(rows)


def _fields(fields: tuple[Field, ...], within: str) -> Iterator[tuple[str, Field]]:
    for field in fields:
        yield f"{within}{field.name}", field
        yield from _fields(field.fields, f"{within}{field.name}.")


def _asked(field: Field) -> str:
    said = {
        "required": field.required is True,
        "required if": bool(field.required) and field.required is not True,
        "or a reason": field.or_reason,
        "personal": field.personal,
        f"from {field.table}": bool(field.table),
        f"sums to {field.sums_to}": bool(field.sums_to),
        f"weighs {field.weight}": bool(field.weight),
    }
    return ", ".join([field.type, *(text for text, holds in said.items() if holds)])


def _people(file: PackFile) -> Iterator[tuple[str, str, Iterable[str]]]:
    for kind, row in file.kind.items():
        yield from (("owns", f"{kind}.{stage.name}", (stage.owner,)) for stage in row.stages if stage.owner)
        yield "opens", kind, row.opened_by
        yield "sees", kind, row.seen_by
        yield "never", kind, row.never
    for name, role in file.role.items():
        yield "stands above", name, (role.above,) if role.above else ()
        yield "stands in", name, [each.gives for each in role.rows]
        yield "never", name, role.never
    for name, clock in file.clock.items():
        yield "holds", name, (clock.holder,) if clock.holder else ()
    for name, ladder in file.ladder.items():
        for index, rung in enumerate(ladder.rungs):
            yield "climbs", f"{name}[{index}]", rung.tell
            yield "takes over", f"{name}[{index}]", (rung.raise_to,) if rung.raise_to else ()
    yield from (("takes", name, step.by) for name, step in file.step.items())
    yield from (("answers", name, task.to) for name, task in file.task.items())
    for name, approval in file.approval.items():
        yield "answers", name, approval.to
        yield "never", name, approval.never
    yield from (("is told of", " ".join(notice.on), notice.to) for notice in file.notice)
    for name, consequence in file.consequence.items():
        yield "decides", name, consequence.decided_by
        yield "proposes", name, consequence.proposed_by
        yield "bears", name, (f"{consequence.unit}:", *consequence.against)
    yield from (("confirms", name, each.confirmed_by) for name, each in file.class_.items())
    yield from (("keeps", name, (table.kept_by,)) for name, table in file.table.items() if table.kept_by)
    yield from (("is reported to", name, report.to) for name, report in file.report.items())
