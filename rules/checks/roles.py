"""Roles: no circle of levels, no circle of candidates."""

from collections.abc import Iterator

from rules.checks.draft import Draft
from rules.problems import Found, found


def check(draft: Draft) -> Iterator[Found]:
    """Every role that stands above itself, or that is its own candidate."""
    above = {name: {role.above} if role.above else set() for name, role in draft.file.role.items()}
    candidates = {name: {row.gives for row in role.rows} for name, role in draft.file.role.items()}
    for key, graph in (("above", above), ("rows", candidates)):
        for name in graph:
            if name in _from(graph, name):
                yield found("role", name, key, code="role_circle", name=name, key=key)


def _from(graph: dict[str, set[str]], name: str) -> set[str]:
    """Everything that following the graph from a name leads to."""
    seen: set[str] = set()
    waiting = list(graph[name])
    while waiting:
        other = waiting.pop()
        if other not in seen:
            seen.add(other)
            waiting += graph.get(other, ())
    return seen
