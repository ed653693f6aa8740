"""Counts: their window has a unit, what must be the same can be, their measure can be taken, their number reached."""

from collections.abc import Iterator

from rules.checks import events, reports
from rules.checks.draft import Draft
from rules.checks.lengths import LONGEST
from rules.conditions import as_number, names_in
from rules.counted import MEASURES
from rules.counted_rows import CASES, THIS_CASE
from rules.counts import Count, Report, Within
from rules.periods import PERIODS
from rules.problems import Found, Place, found
from rules.reaching import TELLS_OPEN

OVER = ("form", "step", "clock", "consequence")
_UNITS = ("minutes", "hours", "days", "months", "period")
#: No two cases have the same of these but by chance.
_FREE = ("text", "list", "file", "moment")


def check(draft: Draft) -> Iterator[Found]:
    """Every count."""
    for name, count in draft.file.count.items():
        yield from _count(draft, ("count", name), count)


def _count(draft: Draft, place: Place, count: Count) -> Iterator[Found]:
    word, _, over = count.over.partition(".")
    if count.over != CASES and not (word in OVER and over):
        known = [CASES, *(f"{each}.x" for each in OVER)]
        yield found(*place, "over", code="bad_choice", given=count.over, known=known)
        return
    if count.within is not None:
        yield from _within((*place, "within"), count.within)
    for name in count.same:
        yield from _same(draft, (*place, "same"), name)
    if count.dated:
        yield from _dated(draft, (*place, "dated"), count.dated)
    for key, rows in (("where", count.where), ("measure", count.measure.when)):
        for fact in sorted(names_in(rows)[1]):
            if fact.startswith("count.") or (fact.startswith("link.") and fact.count(".") > 1):
                yield found(*place, key, code="count_reads_others", name=fact)
    yield from _measure(draft, place, count)
    yield from _reached(place, count)


def _within(place: Place, within: Within) -> Iterator[Found]:
    given = [unit for unit in _UNITS if getattr(within, unit) is not None]
    if len(given) != 1:
        yield found(*place, code="window_unit", given=", ".join(given) or "–", known=list(_UNITS))
    for unit in given:
        length = getattr(within, unit)
        if unit == "period":
            if length not in PERIODS:
                yield found(*place, unit, code="bad_choice", given=length, known=list(PERIODS))
        elif length < 1:
            yield found(*place, unit, code="not_above_zero", given=str(length))
        elif length > LONGEST[unit]:
            yield found(*place, unit, code="longer_than_a_century", given=f"{length} {unit}", most=LONGEST[unit])


def _same(draft: Draft, place: Place, name: str) -> Iterator[Found]:
    if name.startswith("class."):
        yield from draft.missing(place, "class", name.removeprefix("class."))
        return
    yield from draft.missing(place, "field", name, THIS_CASE)
    field = draft.fields.get(name)
    if field and (field.personal or field.type in _FREE):
        yield found(*place, code="same_free", name=name)


def _dated(draft: Draft, place: Place, dated: str) -> Iterator[Found]:
    field = draft.fields.get(dated.removeprefix("field.")) if dated.startswith("field.") else None
    if field and field.type not in ("date", "moment"):
        yield found(*place, code="field_type", name=field.name, type=field.type, allowed=["date", "moment"])
    elif not dated.startswith("field."):
        yield from events.named(draft, place, dated)


def _measure(draft: Draft, place: Place, count: Count) -> Iterator[Found]:
    if count.measure.show not in MEASURES:
        yield found(*place, "measure", "show", code="bad_choice", given=count.measure.show, known=list(MEASURES))
        return
    rows = Report(count.title, count.clause, (), over=count.over)
    yield from reports.measure(draft, (*place, "measure"), rows, count.measure)


def _reached(place: Place, count: Count) -> Iterator[Found]:
    if count.tells not in ("", TELLS_OPEN):
        yield found(*place, "tells", code="bad_choice", given=count.tells, known=[TELLS_OPEN])
    if count.tells and count.reached is None:
        yield found(*place, "tells", code="tells_of_nothing")
    if isinstance(count.reached, bool | int | str):
        least = as_number(count.reached)
        if least is None:
            yield found(*place, "reached", code="not_a_number", given=str(count.reached))
        elif least <= 0:
            yield found(*place, "reached", code="not_above_zero", given=str(count.reached))
