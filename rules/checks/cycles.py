"""Cycles: how often, on which day, for whom; each must hold in every period. And what picks an edition."""

from collections.abc import Iterator

from rules.checks.draft import Draft
from rules.cycles import Cycle
from rules.editions import OPENED
from rules.periods import PERIODS, WEEK
from rules.problems import Found, found

#: The days that every period has.
MOST_DAYS = 28
DAYS_OF_A_WEEK = 7
ENDS = ("start", "end")


def check(draft: Draft) -> Iterator[Found]:
    """A cycle without its period, on a day that some periods lack, or for something that its cases cannot tell."""
    for name, cycle in draft.file.cycle.items():
        yield from _how_often(name, cycle)
        yield from _for_each(draft, name, cycle)
    yield from _taken_by(draft, draft.file.taken_by)


def _taken_by(draft: Draft, taken_by: str) -> Iterator[Found]:
    """What picks the edition of a case: its opening, or a date or moment that is written down then."""
    name = taken_by.removeprefix("field.")
    if taken_by == OPENED:
        return
    if name == taken_by:
        yield found("taken_by", code="bad_choice", given=taken_by, known=[OPENED, "field.…"])
        return
    yield from draft.missing(("taken_by",), "field", name)
    field = draft.fields.get(name)
    if field is not None and field.type not in ("date", "moment"):
        yield found("taken_by", code="taken_by_type", name=name, type=field.type)


def _how_often(name: str, cycle: Cycle) -> Iterator[Found]:
    if (cycle.every is None) == (cycle.months is None):
        yield found("cycle", name, code="cycle_how_often", name=name)
        return
    if cycle.every is not None and cycle.every not in PERIODS:
        yield found("cycle", name, "every", code="bad_choice", given=cycle.every, known=list(PERIODS))
        return
    if isinstance(cycle.months, int) and cycle.months < 1:
        yield found("cycle", name, "months", code="not_above_zero", given=str(cycle.months))
    if cycle.months is not None and cycle.at != ENDS[0]:
        yield found("cycle", name, "at", code="cycle_at_of_months", name=name)
        return
    most = DAYS_OF_A_WEEK if cycle.every == WEEK else MOST_DAYS
    if not (cycle.at in ENDS if isinstance(cycle.at, str) else 1 <= cycle.at <= most):
        yield found("cycle", name, "at", code="cycle_day", given=str(cycle.at), most=most)


def _for_each(draft: Draft, name: str, cycle: Cycle) -> Iterator[Found]:
    if cycle.for_each is None:
        return
    word, _, rest = cycle.for_each.partition(".")
    if cycle.for_each != "unit" and not (word in ("table", "field") and rest):
        known = ["unit", "table.…", "field.…"]
        yield found("cycle", name, "for_each", code="bad_choice", given=cycle.for_each, known=known)
        return
    if word == "table":
        table = draft.file.table.get(rest)
        if table is None:
            return
        if table.key is None:
            yield found("cycle", name, "for_each", code="cycle_table", name=rest)
            return
        rest = table.key
    kind = draft.file.kind.get(cycle.opens)
    form = draft.file.form.get(kind.opens_with) if kind else None
    if form is not None and form.field(rest or word) is None:
        params = {"form": kind.opens_with if kind else "", "field": rest or word}
        yield found("cycle", name, "for_each", code="cycle_field", **params)
