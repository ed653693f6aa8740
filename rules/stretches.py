"""Stretches of time: pairs of seconds since 1970, half-open."""

from collections.abc import Iterable

Stretches = list[tuple[int, int]]
"""Ascending, not overlapping, none empty."""


def joined(pauses: Iterable[tuple[int, int]]) -> Stretches:
    """Pauses in order, overlapping ones as one, empty ones left out."""
    found: Stretches = []
    for first, last in sorted(pauses):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        elif first < last:
            found.append((first, last))
    return found


def cut(stretches: Iterable[tuple[int, int]], start: int | None, until: int | None) -> Stretches:
    """What lies of stretches between two instants, where given."""
    found: Stretches = []
    for first, last in stretches:
        begin = first if start is None else max(first, start)
        end = last if until is None else min(last, until)
        if begin < end:
            found.append((begin, end))
    return found
