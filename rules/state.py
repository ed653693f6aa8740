"""The state of a case: what rules need to go on; always the fold of its entries."""

from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Any

from rules.items import Items
from rules.pack import PackRef


@dataclass(frozen=True, slots=True)
class RungState:
    """A rung that is still to be climbed: its place in the ladder and its instant."""

    index: int
    due: datetime


@dataclass(frozen=True, slots=True)
class ClockState:
    """A clock of the case. ``status``: running, paused, met, missed or off; ``ticking`` until it stops for good.

    ``due`` is None for a stopwatch; ``due_date`` is the local date whose 24:00 the due is. ``misses_at`` is one second
    after the due, None once missed or while provisional past the published year. ``waited`` lists ended pauses;
    ``paused_at``: since when it stands still, paused or stopped.
    """

    status: str
    started: datetime
    due: datetime | None = None
    due_date: date | None = None
    ticking: bool = True
    holder: str = ""
    rungs: tuple[RungState, ...] = ()
    climbed: tuple[int, ...] = ()
    misses_at: datetime | None = None
    waited: tuple[tuple[datetime, datetime], ...] = ()
    paused_at: datetime | None = None
    pause: int | None = None
    pause_ends: datetime | None = None
    round: int = 1
    provisional: bool = False
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class StepState:
    """How often a step was taken, when last, by whom, and the seq of the entry that says so."""

    times: int
    at: datetime
    by: str
    seq: int = 0


@dataclass(frozen=True, slots=True)
class TaskState:
    """A task: ``open`` or ``done``; the roles that are still ``asked``, the persons who have answered.

    ``each``: the values of a field that are still to be answered for, where the task is answered for each of them.
    """

    status: str
    at: datetime
    asked: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    each: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ApprovalState:
    """An approval: asked, given, returned or lapsed; ``asked`` roles are still to sign. ``copy``: the copy that it binds."""

    status: str
    at: datetime
    asked: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    copy: int = 0
    proposed_by: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """Where a case stands. ``seq`` 0 is the empty state before it is opened; ``since``: when each stage was last entered.

    ``entered``: the seq of the entry by which the case came into its stage. ``proposed``: what rows propose for classes
    that a person confirms. ``happened``: when events last happened that clocks may ask for later.
    """

    case_id: str
    seq: int = 0
    pack: PackRef | None = None
    kind: str = ""
    number: str = ""
    stage: str = ""
    since: dict[str, datetime] = field(default_factory=dict)
    opened_at: datetime | None = None
    opened_by: str = ""
    last_at: datetime | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    copies: dict[str, int] = field(default_factory=dict)
    classes: dict[str, str] = field(default_factory=dict)
    steps: dict[str, StepState] = field(default_factory=dict)
    clocks: dict[str, ClockState] = field(default_factory=dict)
    tasks: dict[str, TaskState] = field(default_factory=dict)
    approvals: dict[str, ApprovalState] = field(default_factory=dict)
    links: dict[str, tuple[str, ...]] = field(default_factory=dict)
    closed_links: dict[str, tuple[str, ...]] = field(default_factory=dict)
    carried: dict[str, Any] = field(default_factory=dict)
    happened: dict[str, datetime] = field(default_factory=dict)
    raised: tuple[str, ...] = ()
    closed: bool = False
    reached: dict[str, datetime] = field(default_factory=dict)
    proposed: dict[str, str] = field(default_factory=dict)
    entered: int = 0
    consequences: dict[str, Items] = field(default_factory=dict)

    @property
    def next_due(self) -> datetime | None:
        """The next instant at which a clock has something to do: a rung, a miss, the end of a pause (UTC)."""
        return min((due for clock in self.clocks.values() for due in instants(clock)), default=None)


def due_said(clock: ClockState, zone: tzinfo) -> str:
    """The due of a clock as letters write it, in a zone: the end of a date as its 24:00; empty for a stopwatch."""
    if clock.due is None:
        return ""
    local = clock.due.astimezone(zone)
    if clock.due_date is not None:
        return f"{clock.due_date.isoformat()} 24:00 {local:%z}"
    return f"{local:%Y-%m-%d %H:%M:%S %z}"


def instants(clock: ClockState) -> tuple[datetime, ...]:
    """Every instant at which a clock has something to do."""
    if not clock.ticking:
        return ()
    if clock.status == "paused":
        return (clock.pause_ends,) if clock.pause_ends else ()
    return tuple(rung.due for rung in clock.rungs) + ((clock.misses_at,) if clock.misses_at else ())
