"""clock: a time limit or a stopwatch; and the conventions it is counted by."""

from dataclasses import dataclass

from rules.conditions import Conditions
from rules.values import ROW, FieldValue, Gap, Names, TableValue, Title

Amount = int | FieldValue | TableValue | Gap


@dataclass(frozen=True, slots=True)
class Allow:
    """A length of time: exactly one unit. ``until`` is an instant or date field of the case.

    ``end_of``: a ``week``, ``month``, ``quarter`` or ``year`` of the calendar, the one in which the clock starts.
    ``by_day``: a day of the month, the first that comes. ``around``: such a day with the tolerance that
    ``[counting]`` names, on both sides: late only after it. Both are 1 to 28, the days that every month has.
    """

    minutes: Amount | None = None
    hours: Amount | None = None
    days: Amount | None = None
    working_days: Amount | None = None
    months: Amount | None = None
    same_day: bool | None = None
    end_of: str | None = None
    by_day: Amount | None = None
    around: Amount | None = None
    until: FieldValue | None = None
    __pydantic_config__ = ROW

    @property
    def unit(self) -> str:
        """The one unit that is given, an empty string if none is."""
        return next((unit for unit in UNITS if getattr(self, unit) is not None), "")


UNITS = ("minutes", "hours", "days", "working_days", "months", "same_day", "end_of", "by_day", "around", "until")


@dataclass(frozen=True, slots=True)
class Counting:
    """How one unit is counted; every unit in use is named in ``[counting]``, nothing is defaulted.

    ``runs``: ``always`` or ``calendar`` (open time), for minutes and hours. ``start_day``: ``excluded``, ``included``
    or ``included_if_working``. ``ends``: ``midnight`` or ``closing``. ``rest_day``: ``stays`` or ``moves`` (to the
    next working day). ``missing_day``: ``last_day``. ``pauses``: ``whole_days``, the working days that a pause
    touches after its first, or ``time``, the time it lasted (open time where the unit is counted in open time).
    ``that_day``, for ``by_day``: whether the day named is ``on_time`` or ``late``. ``days``, for ``around``: the
    tolerance. ``first``: the day a ``week`` begins with.
    """

    runs: str | None = None
    start_day: str | None = None
    ends: str | None = None
    rest_day: str | None = None
    missing_day: str | None = None
    pauses: str | None = None
    that_day: str | None = None
    days: int | None = None
    first: str | None = None
    __pydantic_config__ = ROW


@dataclass(frozen=True, slots=True)
class Conventions:
    """The ``[counting]`` block of a pack."""

    minutes: Counting | None = None
    hours: Counting | None = None
    days: Counting | None = None
    working_days: Counting | None = None
    months: Counting | None = None
    same_day: Counting | None = None
    end_of: Counting | None = None
    by_day: Counting | None = None
    around: Counting | None = None
    week: Counting | None = None
    until: Counting | None = None
    at_due: str = ""
    judged_by: str = ""
    __pydantic_config__ = ROW


@dataclass(frozen=True, slots=True)
class Pause:
    """A reason for which a clock stands still, from one event to another, ``most`` a limit after which it goes on."""

    from_: Names
    to: Names
    reason: str
    most: Allow
    clause: Names = ()
    __pydantic_config__ = ROW


@dataclass(frozen=True, slots=True)
class Clock:
    """A time limit. Without ``allow`` it is a stopwatch: measured, never missed.

    ``not_before``: the early end of a window, counted from the start like the due; a day counts from its beginning, so
    that ``working_days`` 1 to 3 are three whole days. What would stop the clock earlier is kept and stops nothing.
    ``replaces``: clocks that end where this one starts, and do not start while it ticks. ``again``: what its start does when
    it happens again: ``restart``, ``resume`` (it goes on with the time it had left when it stopped) or ``ignore``.
    ``if_later``: where ``when`` becomes true after the start, count ``from_start`` or ``from_then``. ``moved_to`` is a field
    that holds an agreed instant; it moves the due while the clock runs, after the due it is refused. ``on_missed`` is a
    step that the clock takes. A clock with ``allow`` and without ``stops`` is a period: running or over (met), never
    missed.
    """

    title: Title
    starts: Names
    clause: Names
    stops: Names = ()
    kind: Names = ()
    allow: Allow | None = None
    when: Conditions = ()
    unless: Conditions = ()
    holder: str | None = None
    not_before: Allow | None = None
    replaces: Names = ()
    moved_to: str | None = None
    pauses: tuple[Pause, ...] = ()
    on_missed: str | None = None
    ladder: str | None = None
    counting: Counting | None = None
    if_later: str = "from_start"
    again: str = "ignore"
    __pydantic_config__ = ROW
