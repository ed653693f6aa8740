"""Kinds, stages and steps: every stage can be reached, left, is owned; every field that a rule reads is asked for."""

from collections.abc import Iterator

from rules.belonging import ANY
from rules.checks.draft import Draft
from rules.checks.whose import fields_of_kinds
from rules.kinds import Kind
from rules.problems import Found, found
from rules.reading import fields_at


def check(draft: Draft) -> Iterator[Found]:
    """Every kind and step, and the fields that rules read."""
    for name, kind in draft.file.kind.items():
        yield from _stages(name, kind)
    yield from _steps(draft)
    if draft.sure("kind", "step", "approval"):
        for name in draft.tables:
            yield from _machine(draft, name)
    if draft.sure("kind", "step", "form", "task", "approval", "class"):
        yield from _asked(draft)
    yield from _personal(draft)


def _stages(name: str, kind: Kind) -> Iterator[Found]:
    seen: set[str] = set()
    for index, stage in enumerate(kind.stages):
        place = ("kind", name, "stages", index)
        if stage.name in seen:
            yield found(*place, "name", code="stage_twice", name=stage.name)
        seen.add(stage.name)
        if not stage.final and not stage.owner:
            yield found(*place, code="no_owner", name=stage.name)
    if not any(stage.final for stage in kind.stages):
        yield found("kind", name, "stages", code="no_final", name=name)
    if kind.stages and kind.stages[0].final:
        yield found("kind", name, "stages", 0, code="final_entry", name=kind.stages[0].name)
    if not kind.opened_by:
        yield found("kind", name, "opened_by", code="nobody", name=name)


def _steps(draft: Draft) -> Iterator[Found]:
    final = {stage.name for kind in draft.file.kind.values() for stage in kind.stages if stage.final}
    going = {stage.name for kind in draft.file.kind.values() for stage in kind.stages if not stage.final}
    for name, step in draft.file.step.items():
        if not step.by:
            yield found("step", name, "by", code="nobody", name=name)
        if not step.from_:
            yield found("step", name, "from", code="from_nowhere", name=name)
        for stage in step.from_:
            if stage in final - going:
                yield found("step", name, "from", code="from_final", name=stage)
        if ANY in step.from_ and len(step.from_) > 1:
            yield found("step", name, "from", code="any_alone")
        known = {*step.from_, *([step.to] if step.to else [])} - {ANY} <= draft.names("stage")
        if known and draft.whole("kind") and not draft.belonging.of[f"step.{name}"]:
            yield found("step", name, code="nowhere", word="step", name=name)
    for word, rows in (("task", draft.file.task), ("approval", draft.file.approval)):
        for name, row in rows.items():
            if not row.to:
                yield found(word, name, "to", code="nobody", name=name)


def _machine(draft: Draft, name: str) -> Iterator[Found]:
    """Stages that nothing reaches, and stages from which no final stage is reached."""
    kind, table = draft.file.kind[name], draft.tables[name]
    begun = draft.after(name) | draft.after(name, tuple(sorted(returns_to(draft, name))))
    for index, stage in enumerate(kind.stages):
        if stage.name not in begun:
            yield found("kind", name, "stages", index, code="unreachable", name=stage.name)
        elif not stage.final and not draft.after(name, (stage.name,)) & table.final:
            yield found("kind", name, "stages", index, code="dead_end", name=stage.name)


def returns_to(draft: Draft, kind: str) -> set[str]:
    """The stages to which an approval sends a case of a kind back."""
    return {
        row.returns_to
        for name, row in draft.file.approval.items()
        if row.returns_to and kind in draft.belonging.of[f"approval.{name}"]
    }


def _asked(draft: Draft) -> Iterator[Found]:
    """A field that a rule reads is asked for by a form that cases of the rule's kinds fill."""
    for place, name, kinds in fields_of_kinds(draft):
        if name in draft.fields and kinds and not draft.belonging.fields.get(name, set()) & kinds:
            yield found(*place, code="never_asked", name=name)


def _personal(draft: Draft) -> Iterator[Found]:
    """What rules read is kept in the state, where nothing personal may be."""
    for place, name in dict.fromkeys(fields_at(draft.file)):
        if name in draft.fields and draft.fields[name].personal:
            yield found(*place, code="personal_read", name=name)
