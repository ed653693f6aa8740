"""Ladders: rungs in order, each at a share of the time or a fixed length after the due."""

from collections.abc import Iterator

from rules.checks.draft import Draft
from rules.checks.lengths import length
from rules.ladders import Rung
from rules.problems import Found, found

#: What a rung may come after the due: a fixed length, for it is laid when the clock starts.
AFTER = ("minutes", "hours", "days", "working_days", "months", "same_day")
_SHARES = range(1, 101)


def check(draft: Draft) -> Iterator[Found]:
    """Every ladder."""
    for name, ladder in draft.file.ladder.items():
        yield from _ladder(draft, name, ladder.rungs)


def _ladder(draft: Draft, name: str, rungs: tuple[Rung, ...]) -> Iterator[Found]:
    last = 0
    late = False
    for index, rung in enumerate(rungs):
        place = ("ladder", name, "rungs", index)
        if (rung.at is None) == (rung.after is None):
            yield found(*place, code="at_or_after")
            continue
        if rung.after is not None:
            late = True
            yield from length(draft, (*place, "after"), rung.after, None)
            unit = rung.after.unit
            if unit and not (unit in AFTER and isinstance(getattr(rung.after, unit), int)):
                yield found(*place, "after", code="rung_length", given=unit, allowed=AFTER)
            continue
        share = share_of(rung.at or "")
        if share not in _SHARES:
            yield found(*place, "at", code="bad_share", given=rung.at)
        elif late or share < last:
            yield found(*place, "at", code="rung_order", given=rung.at)
        last = max(last, share)
    yield from _after_order(name, rungs)
    if not rungs:
        yield found("ladder", name, code="no_rungs", name=name)


def _after_order(name: str, rungs: tuple[Rung, ...]) -> Iterator[Found]:
    """Rungs after the due in the same unit are later and later."""
    last: dict[str, int] = {}
    for index, rung in enumerate(rungs):
        unit = rung.after.unit if rung.after else ""
        amount = getattr(rung.after, unit, None) if unit else None
        if isinstance(amount, int) and not isinstance(amount, bool):
            if amount < last.get(unit, 0):
                yield found("ladder", name, "rungs", index, "after", code="rung_order", given=f"{amount} {unit}")
            last[unit] = amount


def share_of(text: str) -> int:
    """The whole number of a share such as ``80%``; 0 where it is none."""
    digits = text.removesuffix("%")
    return int(digits) if text.endswith("%") and digits.isascii() and digits.isdigit() else 0
