"""How cases of a kind begin: in which stage, beside which others, and in which order people see them."""

from collections.abc import Iterator

from rules.checks.draft import Draft
from rules.conditions import names_in
from rules.kinds import Kind
from rules.problems import Found, found


def check(draft: Draft) -> Iterator[Found]:
    """Entries, keys and queues of every kind."""
    for name, kind in draft.file.kind.items():
        yield from _entries(draft, name, kind)
        yield from _key(draft, name, kind)
        for class_ in kind.queue:
            if name not in draft.belonging.of.get(f"class.{class_}", (name,)) and draft.whole("class", "form", "step"):
                yield found("kind", name, "queue", code="queue_elsewhere", name=class_, kind=name)


def _entries(draft: Draft, name: str, kind: Kind) -> Iterator[Found]:
    form = draft.file.form.get(kind.opens_with)
    for index, stage in enumerate(kind.stages):
        if not stage.entry:
            continue
        place = ("kind", name, "stages", index, "entry")
        fields, facts = names_in(stage.entry)
        if stage.final:
            yield found(*place, code="final_entry", name=stage.name)
        for fact in sorted(facts):
            yield found(*place, code="entry_reads", name=fact)
        for field in sorted(fields):
            if form is not None and form.field(field) is None:
                known = [each.name for each in form.fields]
                yield found(*place, code="not_in_form", name=field, form=kind.opens_with, known=known)


def _key(draft: Draft, name: str, kind: Kind) -> Iterator[Found]:
    form = draft.file.form.get(kind.opens_with)
    for field in kind.key:
        if form is not None and form.field(field) is None:
            known = [each.name for each in form.fields]
            yield found("kind", name, "key", code="not_in_form", name=field, form=kind.opens_with, known=known)
