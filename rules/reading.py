"""What the rules of a pack read: their conditions, and the fields that a case must therefore keep."""

from collections.abc import Iterable, Iterator

from rules.conditions import Conditions, names_in
from rules.pack import PackFile
from rules.values import FieldValue

Place = tuple[str | int, ...]


def conditions_of(file: PackFile) -> Iterator[tuple[Place, Conditions]]:
    """Every list of conditions of a pack, with its place."""
    for name, form in file.form.items():
        for index, each in enumerate(form.fields):
            if isinstance(each.required, tuple):
                yield ("form", name, "fields", index, "required"), each.required
    for name, role in file.role.items():
        for index, candidate in enumerate(role.rows):
            yield ("role", name, "rows", index, "when"), candidate.when
    for name, class_ in file.class_.items():
        yield ("class", name, "when"), class_.when
        for index, row in enumerate(class_.rows):
            yield ("class", name, "rows", index, "when"), row.when
    for name, clock in file.clock.items():
        yield ("clock", name, "when"), clock.when
        yield ("clock", name, "unless"), clock.unless
    for name, ladder in file.ladder.items():
        for index, rung in enumerate(ladder.rungs):
            yield ("ladder", name, "rungs", index, "when"), rung.when
    for index, gate in enumerate(file.gate):
        yield ("gate", index, "when"), gate.when
        yield ("gate", index, "until"), gate.until
    for index, notice in enumerate(file.notice):
        yield ("notice", index, "when"), notice.when
    for word, rows in (("task", file.task), ("approval", file.approval), ("link", file.link)):
        for name, each_row in rows.items():
            yield (word, name, "when"), each_row.when


def events_of(file: PackFile) -> Iterator[tuple[Place, str]]:
    """Every event that a row of a pack waits for, with its place."""
    for name, clock in file.clock.items():
        for key, events in (("starts", clock.starts), ("stops", clock.stops)):
            yield from _each(("clock", name, key), events)
        for index, pause in enumerate(clock.pauses):
            yield from _each(("clock", name, "pauses", index, "from"), pause.from_)
            yield from _each(("clock", name, "pauses", index, "to"), pause.to)
    for index, notice in enumerate(file.notice):
        yield from _each(("notice", index, "on"), notice.on)
    for word, rows in (("task", file.task), ("approval", file.approval), ("link", file.link)):
        for name, row in rows.items():
            yield from _each((word, name, "on"), row.on)


def fields_named(file: PackFile) -> Iterator[tuple[Place, str]]:
    """Every field that a row names outside of conditions, with its place."""
    for name, role in file.role.items():
        if role.person:
            yield ("role", name, "person"), role.person
        if role.of and role.of not in ("owner", "holder"):
            yield ("role", name, "of"), role.of
        yield from _excluded(("role", name, "never"), role.never)
    for name, kind in file.kind.items():
        yield from _excluded(("kind", name, "never"), kind.never)
    for name, approval in file.approval.items():
        yield from _excluded(("approval", name, "never"), approval.never)
    for name, clock in file.clock.items():
        if clock.moved_to:
            yield ("clock", name, "moved_to"), clock.moved_to
        for key in ("minutes", "hours", "days", "working_days", "months", "until"):
            amount = getattr(clock.allow, key, None)
            if isinstance(amount, FieldValue):
                yield ("clock", name, "allow", key), amount.field
    for place, event in events_of(file):
        if event.startswith("field."):
            yield place, event.removeprefix("field.")
    for name, table in file.table.items():
        for key, column in (("key", table.key), ("by", table.by)):
            if column:
                yield ("table", name, key), column
    for name, link in file.link.items():
        if link.names:
            yield ("link", name, "names"), link.names
        for carried in link.carries:
            if not carried.startswith("clock."):
                yield ("link", name, "carries"), carried


def fields_read(file: PackFile) -> frozenset[str]:
    """The fields that rules read; a class is picked by the form field of its name, so that one is read too."""
    read = {field for _, field in fields_named(file)}
    for _, conditions in conditions_of(file):
        read |= names_in(conditions)[0]
    read |= {each.name for form in file.form.values() for each in form.fields if each.name in file.class_}
    return frozenset(read)


def _each(place: Place, names: Iterable[str]) -> Iterator[tuple[Place, str]]:
    for name in names:
        yield place, name


def _excluded(place: Place, never: Iterable[str]) -> Iterator[tuple[Place, str]]:
    for name in never:
        if name.startswith("field."):
            yield place, name.removeprefix("field.")
