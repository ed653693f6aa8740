"""Clocks and ladders: lengths, conventions, stops that can come, rungs in order."""

from collections.abc import Iterator

from rules.belonging import ANY
from rules.checks.draft import Draft
from rules.clocks import UNITS, Allow, Clock, Conventions, Counting
from rules.ladders import Rung
from rules.problems import Found, Place, found
from rules.values import FieldValue, Names

#: What must be said of a unit, and what may be said for it.
CONVENTIONS = {
    "runs": ("always", "calendar"),
    "start_day": ("excluded", "included", "included_if_working"),
    "ends": ("midnight", "closing"),
    "rest_day": ("stays", "moves"),
    "missing_day": ("last_day",),
    "pauses": ("whole_days", "time"),
}
NEEDED = {
    "minutes": ("runs",),
    "hours": ("runs",),
    "days": ("start_day", "ends", "rest_day"),
    "working_days": ("start_day", "ends"),
    "months": ("start_day", "ends", "missing_day"),
    "same_day": ("ends",),
    "until": (),
}
AT_DUE = ("on_time",)
JUDGED_BY = ("at", "asked_at", "happened_at")
_SHARES = range(1, 101)


def check(draft: Draft) -> Iterator[Found]:
    """The ``[counting]`` block, every clock, every ladder."""
    if draft.whole("counting"):
        yield from _conventions(draft)
    for name, clock in draft.file.clock.items():
        yield from _clock(draft, name, clock)
    for name, ladder in draft.file.ladder.items():
        yield from _ladder(draft, name, ladder.rungs)


def _conventions(draft: Draft) -> Iterator[Found]:
    counting = draft.file.counting
    for key, given, allowed in (("at_due", counting.at_due, AT_DUE), ("judged_by", counting.judged_by, JUDGED_BY)):
        if not given:
            yield found("counting", code="convention_missing", name=key, allowed=allowed)
        elif given not in allowed:
            yield found("counting", key, code="bad_choice", given=given, known=list(allowed))
    for unit in UNITS:
        yield from _values(("counting", unit), getattr(counting, unit))


def _values(place: Place, counting: Counting | None) -> Iterator[Found]:
    for key, allowed in CONVENTIONS.items():
        given = getattr(counting, key, None)
        if given is not None and given not in allowed:
            yield found(*place, key, code="bad_choice", given=given, known=list(allowed))


def _clock(draft: Draft, name: str, clock: Clock) -> Iterator[Found]:
    place = ("clock", name)
    if clock.allow:
        yield from _allow(draft, (*place, "allow"), clock.allow, clock)
    elif clock.ladder:
        yield found(*place, "ladder", code="ladder_without_allow", name=name)
    if clock.allow is None and clock.on_missed:
        yield found(*place, "on_missed", code="ladder_without_allow", name=name)
    for index, pause in enumerate(clock.pauses):
        yield from _allow(draft, (*place, "pauses", index, "most"), pause.most, None)
    yield from _values((*place, "counting"), clock.counting)
    ladder = draft.file.ladder.get(clock.ladder or "")
    for index, rung in enumerate(ladder.rungs if ladder else ()):
        if "holder" in rung.tell and not clock.holder:
            yield found(*place, code="no_holder", name=name, ladder=clock.ladder, index=index)
    if draft.sure("kind", "step", "form", "clock", "task", "approval", "link"):
        yield from _reach(draft, name, clock)


def _allow(draft: Draft, place: Place, allow: Allow, clock: Clock | None) -> Iterator[Found]:
    units = [unit for unit in UNITS if getattr(allow, unit) is not None]
    if len(units) != 1:
        yield found(*place, code="one_unit", given=", ".join(units) or "–", known=list(UNITS))
        return
    amount = getattr(allow, units[0])
    if isinstance(amount, int) and (amount is False or amount <= 0):
        yield found(*place, units[0], code="not_above_zero", given=str(amount))
    if isinstance(amount, FieldValue):
        yield from draft.missing((*place, units[0]), "field", amount.field)
    if draft.whole("counting"):
        yield from _named(place, units[0], draft.file.counting, clock)


def _named(place: Place, unit: str, conventions: Conventions, clock: Clock | None) -> Iterator[Found]:
    """Everything that counting in a unit needs is said in ``[counting]`` or by the clock itself."""
    general: Counting | None = getattr(conventions, unit)
    own = clock.counting if clock else None
    needed = NEEDED[unit] + (("pauses",) if clock and clock.pauses else ())
    for key in needed:
        if getattr(own, key, None) is None and getattr(general, key, None) is None:
            yield found(*place, code="unit_not_named", unit=unit, name=key, allowed=CONVENTIONS[key])


def _reach(draft: Draft, name: str, clock: Clock) -> Iterator[Found]:
    """Its stops can come after its start, and the step that it takes when missed is open then."""
    kinds = draft.belonging.kinds(f"clock.{name}")
    running = {kind: draft.after(kind, _starts(draft, kind, clock.starts)) for kind in kinds}
    for stop in clock.stops:
        if kinds and not any(_can_happen(draft, kind, stop, running[kind]) for kind in kinds):
            yield found("clock", name, "stops", code="stop_unreachable", name=stop)
    step = draft.file.step.get(clock.on_missed or "")
    if step and kinds and not any(_open(draft, kind, clock.on_missed or "", running[kind]) for kind in kinds):
        yield found("clock", name, "on_missed", code="on_missed_closed", name=clock.on_missed)


def _starts(draft: Draft, kind: str, events: Names) -> Names:
    """The stages in which the clock can begin to run."""
    table = draft.tables.get(kind)
    stages: set[str] = set()
    for event in events:
        word, _, name = event.partition(".")
        if word == "step" and name != ANY and table:
            stages |= {target for (_, step), target in table.moves.items() if step == name}
        elif word == "stage":
            stages.add(name)
        else:
            stages |= draft.after(kind)
    return tuple(sorted(stages))


def _can_happen(draft: Draft, kind: str, event: str, stages: frozenset[str]) -> bool:
    """Whether an event can come while the case goes through some stages; true where that is not known."""
    table = draft.tables.get(kind)
    word, _, name = event.partition(".")
    if table is None:
        return True
    if event == "closed":
        return bool(stages & table.final)
    if word == "step" and name != ANY:
        return _open(draft, kind, name, stages)
    if word == "stage":
        return name in stages
    return kind in draft.belonging.of_event(event)


def _open(draft: Draft, kind: str, step: str, stages: frozenset[str]) -> bool:
    table = draft.tables.get(kind)
    return table is None or any((stage, step) in table.moves for stage in stages)


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
            yield from _allow(draft, (*place, "after"), rung.after, None)
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
