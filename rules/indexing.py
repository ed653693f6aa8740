"""Works out of a checked file, once, what deciding looks up."""

from collections.abc import Iterable, Iterator

from rules.belonging import Belonging, belonging
from rules.classes import Class
from rules.conditions import names_in
from rules.machine import stage_table, steps_of
from rules.pack import Pack, PackFile, PackRef
from rules.reading import fields_read, links_watched, whole_lengths
from rules.remembering import remembered
from rules.values import Names


def index(file: PackFile, sha256: str, warnings: Names = ()) -> Pack:
    """The pack of a file without mistakes."""
    kinds = belonging(file)
    switched = _switched(file)
    return Pack(
        ref=PackRef(file.id, file.edition, sha256),
        file=file,
        machines={kind: stage_table(row, steps_of(kinds, kind)) for kind, row in file.kind.items()},
        read_fields=fields_read(file),
        fields=_forms_of_fields(file),
        clocks_started_by=_by_event(kinds, "clock", ((name, row.starts) for name, row in file.clock.items())),
        clocks_stopped_by=_by_event(kinds, "clock", ((name, row.stops) for name, row in file.clock.items())),
        clocks_paused_by=_pauses(kinds, "from_"),
        clocks_resumed_by=_pauses(kinds, "to"),
        tasks_on=_by_event(kinds, "task", ((name, row.on) for name, row in file.task.items())),
        approvals_on=_by_event(kinds, "approval", ((name, row.on) for name, row in file.approval.items())),
        notices_on=_notices(kinds),
        links_on=_by_event(kinds, "link", ((name, row.on) for name, row in file.link.items())),
        links_watched=links_watched(file),
        consequences_on=_by_event(kinds, "consequence", ((name, row.on) for name, row in file.consequence.items())),
        gates_of=_gates(file),
        classes_of={
            kind: tuple(name for name in class_order(file) if kind in kinds.of[f"class.{name}"]) for kind in file.kind
        },
        switched_clocks={
            kind: tuple(name for name in file.clock if name in switched and kind in kinds.of[f"clock.{name}"])
            for kind in file.kind
        },
        lengths=whole_lengths(file),
        remembered=remembered(file.clock[name] for name in switched),
        house=frozenset(name for name, row in file.clause.items() if row.house),
        warnings=warnings,
        asking=_asking(file, kinds),
        reached_counts=_reached_counts(kinds),
    )


def _switched(file: PackFile) -> frozenset[str]:
    replaced = {name for row in file.clock.values() for name in row.replaces}
    return frozenset(name for name, row in file.clock.items() if row.when or row.unless or name in replaced)


def _asking(file: PackFile, kinds: Belonging) -> dict[str, Names]:
    asking = [name for name, row in file.class_.items() if row.confirmed_by or any(each.asks for each in row.rows)]
    found = {kind: tuple(name for name in asking if kind in kinds.of[f"class.{name}"]) for kind in file.kind}
    return {kind: names for kind, names in found.items() if names}


def _reached_counts(kinds: Belonging) -> dict[str, Names]:
    reached = [name for name, row in kinds.file.count.items() if row.reached is not None]
    found = {kind: tuple(name for name in reached if kind in kinds.of[f"count.{name}"]) for kind in kinds.file.kind}
    return {kind: names for kind, names in found.items() if names}


def class_order(file: PackFile) -> Names:
    """The classes, each after those that it reads; classes in a circle are left out."""
    reads = {name: classes_read(file, row) & file.class_.keys() for name, row in file.class_.items()}
    ordered: list[str] = []
    while ready := [name for name in reads if name not in ordered and reads[name] <= set(ordered)]:
        ordered += ready
    return tuple(ordered)


def classes_read(file: PackFile, row: Class) -> set[str]:
    """The classes whose values a class looks at, itself or through a count."""
    facts = names_in([*row.when, *(condition for each in row.rows for condition in each.when)])[1]
    for name in {fact.removeprefix("count.") for fact in facts if fact.startswith("count.")} & file.count.keys():
        count = file.count[name]
        facts |= {*count.same, *names_in([*count.where, *count.measure.when])[1]}
    return {fact.removeprefix("class.") for fact in facts if fact.startswith("class.")}


def _forms_of_fields(file: PackFile) -> dict[str, Names]:
    found: dict[str, list[str]] = {}
    for form, row in file.form.items():
        for each in row.fields:
            found.setdefault(each.name, []).append(form)
    return {name: tuple(forms) for name, forms in found.items()}


def _by_event(kinds: Belonging, word: str, rows: Iterable[tuple[str, Names]]) -> dict[tuple[str, str], Names]:
    found: dict[tuple[str, str], list[str]] = {}
    for name, events in rows:
        for kind in kinds.kinds(f"{word}.{name}"):
            for event in dict.fromkeys(events):
                found.setdefault((kind, event), []).append(name)
    return {key: tuple(names) for key, names in found.items()}


def _pauses(kinds: Belonging, end: str) -> dict[tuple[str, str], tuple[tuple[str, int], ...]]:
    found: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for key, pause in _each_pause(kinds, end):
        found.setdefault(key, []).append(pause)
    return {key: tuple(pauses) for key, pauses in found.items()}


def _each_pause(kinds: Belonging, end: str) -> Iterator[tuple[tuple[str, str], tuple[str, int]]]:
    for name, clock in kinds.file.clock.items():
        for kind in kinds.kinds(f"clock.{name}"):
            for place, pause in enumerate(clock.pauses):
                for event in dict.fromkeys(getattr(pause, end)):
                    yield (kind, event), (name, place)


def _notices(kinds: Belonging) -> dict[tuple[str, str], tuple[int, ...]]:
    found: dict[tuple[str, str], list[int]] = {}
    for place, row in enumerate(kinds.file.notice):
        for kind in kinds.file.kind:
            if kind in kinds.notices[place]:
                for event in dict.fromkeys(row.on):
                    found.setdefault((kind, event), []).append(place)
    return {key: tuple(places) for key, places in found.items()}


def _gates(file: PackFile) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for place, row in enumerate(file.gate):
        for step in dict.fromkeys(row.step):
            found.setdefault(step, []).append(place)
    return {step: tuple(places) for step, places in found.items()}
