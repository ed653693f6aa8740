"""Which rows of a pack live in which kind of case."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from rules.conditions import names_in
from rules.pack import PackFile
from rules.steps import Step
from rules.values import Names

#: What ``from`` of a step says for every stage that is not final.
ANY = "any"


@dataclass(slots=True)
class Belonging:
    """The kinds of each row by word and name (``step.accept``), and of notices by place in the file."""

    file: PackFile
    of: dict[str, set[str]] = field(default_factory=dict)
    fields: dict[str, set[str]] = field(default_factory=dict)
    notices: list[set[str]] = field(default_factory=list)

    def kinds(self, row: str) -> Names:
        """The kinds of a row, in the file's order."""
        return tuple(kind for kind in self.file.kind if kind in self.of.get(row, ()))

    def of_event(self, event: str) -> set[str]:
        """The kinds in which an event can happen."""
        if event in ("opened", "closed", "step.any"):
            return set(self.file.kind)
        word, _, name = event.partition(".")
        name = name.partition(".")[0]
        if word == "stage":
            return {kind for kind, row in self.file.kind.items() if any(stage.name == name for stage in row.stages)}
        if word == "field":
            return self.fields.get(name, set())
        return self.of.get(f"{word}.{name}", set())

    def of_events(self, events: Iterable[str]) -> set[str]:
        """The kinds in which at least one of the events can happen."""
        return set().union(*(self.of_event(event) for event in events))


def belonging(file: PackFile) -> Belonging:
    """The one place that says which kind a row belongs to when it does not name its ``kind``.

    A step belongs to every kind whose stages contain all names of its ``from`` and ``to`` (``any``: all stages
    that are not final). A form belongs to the kinds that open with it or have a step, task or approval that
    fills it, a field to the kinds of its forms. A clock belongs to the kinds in which one of its starts can
    happen and, where it has stops, one of those; a task, approval, notice to the kinds in which what it is
    ``on`` can happen, an approval only where the stage it returns to exists too; a link to its ``from``. A
    consequence belongs to the kinds in which what it is ``on`` can happen, a count to those that it names, else to all. A
    class belongs to the kinds in which one of the names that it reads, or the form field of its own name,
    occurs; to all kinds where it reads nothing. Rows that wait for each other are looked at again until nothing
    is added.
    """
    found = Belonging(file)
    for name, step in file.step.items():
        found.of[f"step.{name}"] = set(step.kind) or _of_step(file, step)
    for name, link in file.link.items():
        found.of[f"link.{name}"] = set(link.from_)
    for name, count in file.count.items():
        found.of[f"count.{name}"] = set(count.kind) or set(file.kind)
    before = -1
    while before != (size := _size(found)):
        before = size
        _round(found)
    found.notices = [set(row.kind) or found.of_events(row.on) for row in file.notice]
    return found


def _round(found: Belonging) -> None:
    file = found.file
    _forms(found)
    for name, class_ in file.class_.items():
        found.of[f"class.{name}"] = set(class_.kind) or _of_class(found, name)
    for name, clock in file.clock.items():
        kinds = found.of_events(clock.starts)
        kinds = kinds & found.of_events(clock.stops) if clock.stops else kinds
        found.of[f"clock.{name}"] = set(clock.kind) or kinds
    for name, task in file.task.items():
        found.of[f"task.{name}"] = set(task.kind) or found.of_events(task.on)
    for name, approval in file.approval.items():
        kinds = found.of_events(approval.on)
        kinds = kinds & found.of_event(f"stage.{approval.returns_to}") if approval.returns_to else kinds
        found.of[f"approval.{name}"] = set(approval.kind) or kinds
    for name, consequence in file.consequence.items():
        found.of[f"consequence.{name}"] = set(consequence.kind) or found.of_events(consequence.on)


def _forms(found: Belonging) -> None:
    file = found.file
    forms: dict[str, set[str]] = {}
    for kind, row in file.kind.items():
        forms.setdefault(row.opens_with, set()).add(kind)
    for word, rows in (("step", file.step), ("task", file.task), ("approval", file.approval)):
        for name, filler in rows.items():
            if filler.form:
                forms.setdefault(filler.form, set()).update(found.of.get(f"{word}.{name}", ()))
    for form, kinds in forms.items():
        found.of[f"form.{form}"] = kinds
        for each in file.form[form].fields if form in file.form else ():
            found.fields.setdefault(each.name, set()).update(kinds)


def _of_step(file: PackFile, step: Step) -> set[str]:
    names = {name for name in step.from_ if name != ANY} | ({step.to} if step.to else set())
    return {kind for kind, row in file.kind.items() if names <= {stage.name for stage in row.stages}}


def _of_class(found: Belonging, name: str) -> set[str]:
    row = found.file.class_[name]
    fields, facts = names_in([*row.when, *(condition for each in row.rows for condition in each.when)])
    if not fields and not facts and name not in found.fields:
        return set(found.file.kind)
    kinds = found.of_events(fact for fact in facts if not fact.startswith("table."))
    return kinds.union(*(found.fields.get(each, set()) for each in [*fields, name]))


def _size(found: Belonging) -> int:
    return sum(map(len, found.of.values())) + sum(map(len, found.fields.values()))
