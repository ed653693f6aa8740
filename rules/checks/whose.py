"""Whose fields the rules of a pack read: those of the case itself, or of the one that a link names."""

from collections.abc import Iterator

from rules.checks.draft import Draft
from rules.problems import Place
from rules.reading import facts_named, fields_at, of_other


def fields_of_kinds(draft: Draft) -> Iterator[tuple[Place, str, set[str]]]:
    """Every field that a rule reads, with its place and the kinds of the case that has it; each once."""
    others = {(place, name): fact.split(".")[1] for place, fact in facts_named(draft.file) if (name := of_other(fact))}
    for place, name in dict.fromkeys(fields_at(draft.file)):
        link = draft.file.link.get(others.get((place, name), ""))
        yield place, name, set(link.to) if link else kinds_at(draft, place)


def kinds_at(draft: Draft, place: Place) -> set[str]:
    """The kinds of the row at a place; all kinds where the row belongs to none of its own."""
    word, name = str(place[0]), place[1]
    everywhere = set(draft.file.kind)
    if word == "notice" and isinstance(name, int):
        return draft.belonging.notices[name]
    if word == "gate" and isinstance(name, int):
        steps = draft.file.gate[name].step
        rows = (step if "." in step else f"step.{step}" for step in steps)
        return set().union(*(draft.belonging.of.get(row, set()) for row in rows))
    if word in ("role", "table", "ladder", "kind"):
        return everywhere
    return draft.belonging.of.get(f"{word}.{name}", everywhere)
