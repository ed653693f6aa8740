"""Checks of a pack that need more than one row at a time."""

from collections.abc import Iterator
from dataclasses import replace

from rules.checks import (
    choices,
    classes,
    clauses,
    clocks,
    conditions,
    confirming,
    consequences,
    copies,
    counts,
    cycles,
    duties,
    events,
    forms,
    gates,
    journey,
    links,
    names,
    opening,
    reports,
    roles,
    tables,
)
from rules.checks.draft import Draft
from rules.problems import Found

_REFERENCES = (names.check, events.check)
_MEANING = (
    events.waits,
    clauses.check,
    choices.check,
    forms.check,
    conditions.check,
    journey.check,
    opening.check,
    copies.check,
    roles.check,
    classes.check,
    tables.check,
    links.check,
    confirming.check,
    clocks.check,
    duties.check,
    consequences.check,
    cycles.check,
    counts.check,
    reports.check,
)
#: A wrong name of these words changes nothing about where a case can go.
_HARMLESS = ("role", "clause", "ladder", "field")


def everything(draft: Draft) -> Iterator[Found]:
    """Every mistake that the rows of a draft make together; wrong names first, without what only follows from them."""
    dangling = [found for check in _REFERENCES for found in check(draft)]
    yield from dangling
    doubtful = frozenset(
        (str(found.place[0]), str(found.place[1]))
        for found in dangling
        if found.code == "bad_event" or found.params.get("word", "role") not in _HARMLESS
    )
    if doubtful:
        draft = replace(draft, doubtful=doubtful)
    mistakes = [found for check in _MEANING for found in check(draft)]
    yield from mistakes
    shut = frozenset((str(found.place[0]), str(found.place[1])) for found in mistakes if found.place[0] == "gate")
    yield from gates.check(replace(draft, doubtful=doubtful | shut) if shut else draft)
