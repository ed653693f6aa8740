"""Lengths of time and the conventions that they are counted by: one unit each, and everything said that it needs."""

from collections.abc import Iterator

from rules.checks.draft import Draft
from rules.clocks import UNITS, Allow, Clock, Conventions, Counting
from rules.counting_periods import DAYS_OF_MONTHS, WEEKDAYS
from rules.periods import PERIODS, WEEK
from rules.problems import Found, Place, found

#: The words that a convention takes.
CONVENTIONS = {
    "runs": ("always", "calendar"),
    "start_day": ("excluded", "included", "included_if_working"),
    "ends": ("midnight", "closing"),
    "rest_day": ("stays", "moves"),
    "missing_day": ("last_day",),
    "pauses": ("whole_days", "time"),
    "that_day": ("on_time", "late"),
    "first": WEEKDAYS,
}
#: Of them, those that a unit can do something with.
START_DAYS = {
    "days": ("excluded", "included"),
    "working_days": ("excluded", "included_if_working"),
    "months": ("excluded",),
}
#: A hundred years in units: more than any regulation asks, and few enough for what is counted to be an instant.
LONGEST = {
    "minutes": 52_596_000, "hours": 876_600, "days": 36_525, "working_days": 36_525, "months": 1_200,
}  # fmt: skip
#: What must be said of a unit.
NEEDED = {
    "minutes": ("runs",),
    "hours": ("runs",),
    "days": ("start_day", "ends", "rest_day"),
    "working_days": ("start_day", "ends"),
    "months": ("start_day", "ends", "missing_day"),
    "same_day": ("ends",),
    "end_of": ("ends",),
    "by_day": ("that_day", "ends"),
    "around": ("days", "ends"),
    "until": (),
}
AT_DUE = ("on_time",)
JUDGED_BY = ("at", "asked_at", "happened_at")
#: Units that a standstill does not lengthen, or always by the time that it lasts: nothing has to be said.
_UNPAUSED = ("minutes", "hours", "same_day", "until")
_TOLERANCES = ("1", "2", "3")


def conventions(draft: Draft) -> Iterator[Found]:
    """The ``[counting]`` block."""
    counting = draft.file.counting
    for key, given, allowed in (("at_due", counting.at_due, AT_DUE), ("judged_by", counting.judged_by, JUDGED_BY)):
        if not given:
            yield found("counting", code="convention_missing", name=key, allowed=allowed)
        elif given not in allowed:
            yield found("counting", key, code="bad_choice", given=given, known=list(allowed))
    for unit in (*UNITS, WEEK):
        yield from words(("counting", unit), getattr(counting, unit))


def words(place: Place, counting: Counting | None) -> Iterator[Found]:
    """The words of a unit's conventions."""
    own = {"start_day": START_DAYS.get(str(place[-1]), CONVENTIONS["start_day"])}
    for key, allowed in (CONVENTIONS | own).items():
        given = getattr(counting, key, None)
        if given is not None and given not in allowed:
            yield found(*place, key, code="bad_choice", given=given, known=list(allowed))
    if counting and counting.days is not None and counting.days <= 0:
        yield found(*place, "days", code="not_above_zero", given=str(counting.days))


def length(draft: Draft, place: Place, allow: Allow, clock: Clock | None) -> Iterator[Found]:
    """A length of a clock, a pause or a rung."""
    units = [unit for unit in UNITS if getattr(allow, unit) is not None]
    if len(units) != 1:
        yield found(*place, code="one_unit", given=", ".join(units) or "–", known=list(UNITS))
        return
    unit, amount = units[0], getattr(allow, units[0])
    if isinstance(amount, int) and (amount is False or amount <= 0):
        yield found(*place, unit, code="not_above_zero", given=str(amount))
    elif isinstance(amount, int) and amount > LONGEST.get(unit, amount):
        yield found(*place, unit, code="longer_than_a_century", given=f"{amount} {unit}", most=LONGEST[unit])
    elif unit in ("by_day", "around") and isinstance(amount, int) and amount not in DAYS_OF_MONTHS:
        yield found(*place, unit, code="day_missing", given=str(amount))
    elif unit == "end_of" and amount not in PERIODS:
        yield found(*place, unit, code="bad_choice", given=amount, known=list(PERIODS))
    if draft.whole("counting"):
        yield from _named(place, allow, draft.file.counting, clock)


def _named(place: Place, allow: Allow, said: Conventions, clock: Clock | None) -> Iterator[Found]:
    """Everything that counting in a unit needs is said in ``[counting]`` or by the clock itself."""
    unit = allow.unit
    own = clock.counting if clock else None
    stands = clock is not None and (clock.pauses or clock.again == "resume") and unit not in _UNPAUSED
    for key in (*NEEDED[unit], *(("pauses",) if stands else ())):
        if getattr(own, key, None) is None and getattr(getattr(said, unit), key, None) is None:
            allowed = CONVENTIONS.get(key, _TOLERANCES)
            yield found(*place, code="unit_not_named", unit=unit, name=key, allowed=allowed)
    if allow.end_of == WEEK and getattr(own, "first", None) is None and getattr(said.week, "first", None) is None:
        yield found(*place, code="unit_not_named", unit=WEEK, name="first", allowed=WEEKDAYS)
