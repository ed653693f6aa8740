"""Checks of a pack that need more than one row at a time."""

from collections.abc import Iterator

from rules.checks import choices, classes, clauses, clocks, conditions, duties, events, gates, journey, names, roles
from rules.checks.draft import Draft
from rules.problems import Found

_THEMES = (names, events, clauses, choices, conditions, journey, roles, classes, clocks, duties, gates)


def everything(draft: Draft) -> Iterator[Found]:
    """Every mistake that the rows of a draft make together."""
    for theme in _THEMES:
        yield from theme.check(draft)
