"""Events lead to consequences: items are raised, proposed, or decided by the rule at once."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from rules import once
from rules.amounts import Bounds, RatiosError
from rules.bounding import Missing, bounded, bounds, weighing
from rules.commands import CLOCK, HOUSE
from rules.concluding import conclude, drop, note, undo
from rules.conditions import holds
from rules.consequences import Consequence
from rules.draft import Draft, Happening
from rules.items import PROPOSED, RAISED, ItemState
from rules.outcomes import Refusal
from rules.pack import PackFile
from rules.parties import Party, lines_of, parties_of
from rules.periods import PERIODS, period_of
from rules.refusing import Refused
from rules.switching import happened


def by_the_rule(file: PackFile, name: str) -> bool:
    """Whether a consequence is decided by its rule alone: nobody proposes, decides or approves it."""
    row = file.consequence[name]
    approved = any(each.of == f"consequence.{name}" for each in file.approval.values())
    return not row.proposed_by and not row.decided_by and not approved


def raise_by(draft: Draft, events: list[Happening]) -> list[Happening]:
    """Raise what events lead to, and take back what a corrected miss led to; what stands instead of another comes first.

    Raises:
        Refused: ``value_missing`` or ``ratios_wrong``, where a person's command decides by the rule what cannot be.
    """
    on, kind = draft.pack.consequences_on, draft.state.kind
    due = [(name, event) for event in events for name in on.get((kind, event.name), ())]
    found: list[Happening] = []
    for event in events if draft.state.consequences else ():
        if event.name.startswith("clock.") and event.name.endswith(".corrected"):
            found += undo(draft, event.name.split(".")[1], event.at)
    for name, event in _in_order(draft.pack.file, due):
        found += _raise(draft, name, event)
    return found


def waiting(draft: Draft) -> list[Happening]:
    """Go on with items that waited for a value which is there now."""
    found: list[Happening] = []
    for name, items in draft.state.consequences.items():
        row = draft.pack.file.consequence.get(name)
        for number, item in enumerate(items, start=1):
            stuck = item.status == RAISED and not item.bounded
            if row is not None and stuck and not row.proposed_by and (known := _known(draft, row)) is not None:
                fitted = _fitted(draft, row, item, known)
                found += _begin(draft, name, number, fitted, draft.judged, known) if fitted else []
    return found


def _in_order(file: PackFile, due: list[tuple[str, Happening]]) -> Iterator[tuple[str, Happening]]:
    left = list(due)
    while left:
        waits = {other for name, _ in left for other in file.consequence[name].instead_of if other != name}
        chosen = next((each for each in left if each[0] not in waits), left[0])
        left.remove(chosen)
        yield chosen


def _raise(draft: Draft, name: str, event: Happening) -> list[Happening]:
    row, ground, file = draft.pack.file.consequence[name], draft.ground, draft.pack.file
    if not holds(row.when, ground) or (row.unless and holds(row.unless, ground)):
        return []
    stands = (each for each, items in draft.state.consequences.items() if any(item.stands for item in items))
    if any(each != name and each in file.consequence and name in file.consequence[each].instead_of for each in stands):
        return []
    day = _dated(draft, row, event)
    parties, keys = _first_time(draft, name, row, parties_of(draft, row), day or _local(draft, event.at))
    if not parties:
        return []
    item = ItemState(RAISED, lines_of(row, parties, None), event.name, event.at, once=keys)
    item = replace(item, dated=day.isoformat() if day else "")
    known, fitted = _known(draft, row), None
    if known is not None:
        fitted = _fitted(draft, row, item, known, parties)
    if fitted is None and by_the_rule(file, name) and _asked_by_somebody(draft):
        raise Refused(_why_not(draft, row, parties))
    number = len(draft.state.consequences.get(name, ())) + 1
    found = _begin(draft, name, number, fitted or item, event.at, known)
    return [*found, *_instead(draft, row, event.at)]


def _begin(
    draft: Draft, name: str, number: int, item: ItemState, at: datetime, known: Bounds | None
) -> list[Happening]:
    """Bring an item as far as the rule alone can."""
    row = draft.pack.file.consequence[name]
    clause = weighing(row, draft.ground, known.coefficient) if known and known.coefficient is not None else ()
    if row.proposed_by or not item.bounded:
        return [note(draft, "raised", name, number, item, at, clause=clause)]
    if by_the_rule(draft.pack.file, name):
        return conclude(draft, name, number, item, at, clause=clause)
    return [note(draft, "proposed", name, number, replace(item, status=PROPOSED), at, clause=clause)]


def _known(draft: Draft, row: Consequence) -> Bounds | None:
    """The bounds of a consequence now, None while a value is missing."""
    try:
        return bounds(row, draft.ground)
    except Missing:
        return None


def _fitted(
    draft: Draft, row: Consequence, item: ItemState, known: Bounds, parties: tuple[Party, ...] | None = None
) -> ItemState | None:
    """The item with its bounds, and with amounts where only one is possible; None where the ratios are wrong."""
    choice = row.one_of if len(row.one_of) == 1 else ()
    wanted = {line[:2] for line in item.lines}
    if parties is None:
        parties = tuple(each for each in parties_of(draft, row) if (each.kind, each.name) in wanted)
    try:
        lines = lines_of(row, parties, known.exact)
    except RatiosError:
        return None
    raw = None if known.exact is None else known.raw
    return replace(bounded(item, lines, known, raw), choice=choice)


def _why_not(draft: Draft, row: Consequence, parties: tuple[Party, ...]) -> Refusal:
    try:
        known = bounds(row, draft.ground)
        lines_of(row, parties, known.exact)
    except Missing as missing:
        return Refusal("value_missing", row.clause, {"value": missing.value})
    except RatiosError as wrong:
        return Refusal("ratios_wrong", row.clause, {"total": format(wrong.total, "f")})
    raise AssertionError("an amount that is known and cannot be used")


def _asked_by_somebody(draft: Draft) -> bool:
    """Whether a person can be told that it does not go; clocks, the house and links cannot."""
    return draft.by not in (CLOCK, HOUSE) and not draft.command.carried


def _instead(draft: Draft, row: Consequence, at: datetime) -> Iterator[Happening]:
    for other in row.instead_of:
        for number, item in enumerate(draft.state.consequences.get(other, ()), start=1):
            if item.open:
                yield drop(draft, other, number, at, "instead")


def _first_time(
    draft: Draft, name: str, row: Consequence, parties: tuple[Party, ...], day: date
) -> tuple[tuple[Party, ...], tuple[str, ...]]:
    """The parties who have not had it yet, and the keys under which they have it from now on."""
    if not row.once_per:
        return parties, ()
    keyed = {party: _key(draft, row, party, day) for party in parties}
    fresh = tuple(party for party, key in keyed.items() if key is None or not _had(draft, name, row, key))
    return fresh, tuple(dict.fromkeys(key for party in fresh if (key := keyed[party]) is not None))


def _key(draft: Draft, row: Consequence, party: Party, day: date) -> str | None:
    """What may have the consequence only once, as JSON; None where a field of it is empty."""
    found: dict[str, object] = {}
    for each in row.once_per:
        if each == "party":
            found[each] = [party.kind, party.name]
        elif each in PERIODS:
            found[each] = period_of(each, day).key
        elif each != "case":
            value = draft.ground.field(each)
            if value is None:
                return None
            found[each] = str(value)
    return json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _had(draft: Draft, name: str, row: Consequence, key: str) -> bool:
    if any(item.stands and key in item.once for item in draft.state.consequences.get(name, ())):
        return True
    return "case" not in row.once_per and bool(draft.facts.answer(once.query(name, key)))


def _dated(draft: Draft, row: Consequence, event: Happening) -> date | None:
    """The local date of the event or field that dates it, None where that is its decision."""
    if row.dated is None:
        return None
    word, _, name = row.dated.partition(".")
    if word == "field":
        value = draft.ground.field(name)
        return _local(draft, value) if isinstance(value, datetime) else value if isinstance(value, date) else None
    at = event.at if row.dated == event.name else happened(draft, row.dated)
    return _local(draft, at) if at else None


def _local(draft: Draft, at: datetime) -> date:
    return draft.facts.calendar.local_date(at)
