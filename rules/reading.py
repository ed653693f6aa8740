"""What the rules of a pack read: their conditions, and the fields that a case must therefore keep."""

from collections.abc import Iterable, Iterator, Mapping

from rules.classes import CLASS
from rules.clocks import Allow, Clock
from rules.conditions import Conditions, names_in
from rules.consequences import ONCE, Consequence
from rules.counts import Measure
from rules.duties import Approval, Task
from rules.links import Link
from rules.pack import PackFile
from rules.values import FactValue, FieldValue, Names, TableValue, Value

Place = tuple[str | int, ...]


def conditions_of(file: PackFile) -> Iterator[tuple[Place, Conditions]]:
    """Every list of conditions of a pack, with its place."""
    for name, kind in file.kind.items():
        for index, stage in enumerate(kind.stages):
            yield ("kind", name, "stages", index, "entry"), stage.entry
    for name, form in file.form.items():
        for index, each in enumerate(form.fields):
            if isinstance(each.required, tuple):
                yield ("form", name, "fields", index, "required"), each.required
            yield ("form", name, "fields", index, "until"), each.until
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
    for name, consequence in file.consequence.items():
        yield ("consequence", name, "when"), consequence.when
        yield ("consequence", name, "unless"), consequence.unless
        for index, factor in enumerate(consequence.coefficient):
            yield ("consequence", name, "coefficient", index, "when"), factor.when
    for word, queries in (("count", file.count), ("report", file.report)):
        for name, query in queries.items():
            yield (word, name, "where"), query.where
    for name, count in file.count.items():
        yield ("count", name, "measure", "when"), count.measure.when
    for name, report in file.report.items():
        for index, measure in enumerate(report.shows):
            yield ("report", name, "shows", index, "when"), measure.when


def values_of(file: PackFile) -> Iterator[tuple[Place, Value]]:
    """Every value outside of conditions that may be looked up when a rule is decided, with its place."""
    for name, clock in file.clock.items():
        yield from _lengths(("clock", name), clock)
    for name, row in file.consequence.items():
        place: Place = ("consequence", name)
        for key in ("fixed", "floor", "percent", "of", "whole_of", "times"):
            if getattr(row, key) is not None:
                yield (*place, key), getattr(row, key)
        for index, end in enumerate(row.band or ()):
            yield (*place, "band", index), end
        if row.shortfall:
            yield (*place, "shortfall", "from"), row.shortfall.from_
            yield (*place, "shortfall", "less"), row.shortfall.less
        for index, factor in enumerate(row.coefficient):
            yield (*place, "coefficient", index, "gives"), factor.gives
    for name, count in file.count.items():
        if count.reached is not None:
            yield ("count", name, "reached"), count.reached


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
    words: tuple[tuple[str, Mapping[str, Task | Approval | Link | Consequence]], ...] = (
        ("task", file.task),
        ("approval", file.approval),
        ("link", file.link),
        ("consequence", file.consequence),
    )
    for word, rows in words:
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
    for name, consequence in file.consequence.items():
        yield from _excluded(("consequence", name, "against"), consequence.against)
        yield from _dated(("consequence", name, "dated"), consequence.dated)
        for field in consequence.once_per:
            if field not in ONCE:
                yield ("consequence", name, "once_per"), field
    for word, queries in (("count", file.count), ("report", file.report)):
        for name, query in queries.items():
            yield from _dated((word, name, "dated"), query.dated)
    for place, value in values_of(file):
        if isinstance(value, FieldValue):
            yield place, value.field
    for name, kind in file.kind.items():
        for field in kind.key:
            yield ("kind", name, "key"), field
    for place, event in events_of(file):
        if event.startswith("field."):
            yield place, event.removeprefix("field.")
    by_role = {each.authority.table for each in file.approval.values() if each.authority}
    for name, table in file.table.items():
        by_class = table.key is not None and table.key.startswith(CLASS)
        for key, column in (("key", None if by_class else table.key), ("by", table.by)):
            if column and name not in by_role:
                yield ("table", name, key), column
    for name, cycle in file.cycle.items():
        if cycle.for_each and cycle.for_each.startswith("field."):
            yield ("cycle", name, "for_each"), cycle.for_each.removeprefix("field.")
    for name, task in file.task.items():
        if task.each:
            yield ("task", name, "each"), task.each
    for name, link in file.link.items():
        for field in link.same:
            yield ("link", name, "same"), field
        if link.names:
            yield ("link", name, "names"), link.names
        for carried in link.carries:
            if not carried.startswith("clock."):
                yield ("link", name, "carries"), carried


def fields_at(file: PackFile) -> Iterator[tuple[Place, str]]:
    """Every field that a row names or a condition reads, with its place."""
    yield from fields_named(file)
    for place, conditions in conditions_of(file):
        for index, condition in enumerate(conditions):
            for name in sorted(names_in([condition])[0]):
                yield (*place, index), name
    for place, fact in facts_named(file):
        if name := of_other(fact):
            yield place, name


def fields_read(file: PackFile) -> frozenset[str]:
    """The fields that rules read; a class is picked by the form field of its name, so that one is read too."""
    read = {field for _, field in fields_named(file)}
    for _, conditions in conditions_of(file):
        read |= names_in(conditions)[0]
    read |= {field for _, fact in facts_named(file) if (field := of_other(fact))}
    read |= {each.name for form in file.form.values() for each in form.fields if each.name in file.class_}
    for count in file.count.values():
        read |= {name for name in count.same if "." not in name and name != "case"}
        read |= _measured(count.measure)
    # Reports read what was filled in from the entries: their columns need not stand in states, personal ones must not.
    return frozenset(read)


def facts_named(file: PackFile) -> Iterator[tuple[Place, str]]:
    """Every fact that a row reads, with its place."""
    for place, conditions in conditions_of(file):
        yield from _each(place, names_in(conditions)[1])
    for place, value in values_of(file):
        if isinstance(value, FactValue):
            yield place, value.fact


def of_other(fact: str) -> str:
    """The field of the linked case that a fact is about: ``y`` of ``link.x.field.y``; empty for every other fact."""
    word, _, rest = fact.partition(".")
    aspect, _, field = rest.partition(".")[2].partition(".")
    return field if (word, aspect) == ("link", "field") else ""


def links_watched(file: PackFile) -> Names:
    """The links of which a rule reads the other case, or waits until it closes."""
    found = {fact for _, fact in facts_named(file)} | {
        event for _, event in events_of(file) if event.endswith(".closed")
    }
    return tuple(name for name in file.link if any(each.startswith(f"link.{name}.") for each in found))


def _each(place: Place, names: Iterable[str]) -> Iterator[tuple[Place, str]]:
    for name in names:
        yield place, name


def _lengths(place: Place, clock: Clock) -> Iterator[tuple[Place, Value]]:
    """The amounts of a clock's lengths that are looked up in the case."""
    lengths: list[tuple[Place, Allow | None]] = [(("allow",), clock.allow), (("not_before",), clock.not_before)]
    lengths += [(("pauses", index, "most"), pause.most) for index, pause in enumerate(clock.pauses)]
    for here, allow in lengths:
        amount = getattr(allow, allow.unit, None) if allow else None
        if allow and isinstance(amount, FieldValue | TableValue):
            yield (*place, *here, allow.unit), amount


def whole_lengths(file: PackFile) -> frozenset[str]:
    """The fields that are the length of a clock: whole numbers of its unit."""
    amounts = (
        amount
        for name, clock in file.clock.items()
        for place, amount in _lengths((name,), clock)
        if place[-1] != "until"
    )
    return frozenset(amount.field for amount in amounts if isinstance(amount, FieldValue))


def _measured(measure: Measure) -> set[str]:
    return {name for name in (measure.of, measure.weight) if name and "." not in name}


def _dated(place: Place, event: str | None) -> Iterator[tuple[Place, str]]:
    if event and event.startswith("field."):
        yield place, event.removeprefix("field.")


def _excluded(place: Place, never: Iterable[str]) -> Iterator[tuple[Place, str]]:
    for name in never:
        if name.startswith("field."):
            yield place, name.removeprefix("field.")
