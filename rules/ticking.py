"""Clocks of a case: they start, stop, stand still, go on, and are counted again."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from rules.clocks import Clock
from rules.conditions import holds
from rules.counting import Due, Waits, due_data, real_between
from rules.draft import Draft, Happening
from rules.dues import convention, counted, in_open_time, limit, rungs_left, window_opens
from rules.instants import stamp
from rules.lowering import lowered
from rules.rungs import Span
from rules.state import ClockState


def start(draft: Draft, name: str, at: datetime) -> None:
    """Start a clock that its event has started; nothing where its conditions do not hold or it runs already."""
    clock = draft.pack.file.clock[name]
    old = draft.state.clocks.get(name)
    if (old is not None and not _again(clock, old, at)) or any(_ticks(draft, each) for each in replacers(draft, name)):
        return
    if not holds(clock.when, draft.ground):
        return
    resumes = old is not None and clock.again == "resume"
    started = carried_start(draft, name) or at if old is None else at
    if clock.unless and holds(clock.unless, draft.ground):
        if resumes:
            return
        off = {"clock": name, "why": "exempt", "due": None}
        draft.write("clock_off", f"clock.{name}", started, clock.clause, off)
        return
    if old is not None and resumes:
        waited = (*old.waited, (old.paused_at or at, at))
        begin(draft, name, old.started, old.round, waited, old.climbed)
    else:
        begin(draft, name, started, old.round + 1 if old else 1)


def begin(
    draft: Draft, name: str, started: datetime, round_: int, waited: Waits = (), climbed: tuple[int, ...] = ()
) -> None:
    """Let a clock run from an instant, with the time it stood still and the rungs behind it; those it replaces end."""
    clock = draft.pack.file.clock[name]
    data = counted(draft, name, started, waited, climbed=climbed)
    data |= {"holder": clock.holder or "", "round": round_}
    if climbed or waited:
        data |= {"climbed": list(climbed), "waited": [[stamp(begins), stamp(ends)] for begins, ends in waited]}
    draft.write("clock_started", f"clock.{name}", started, clock.clause, data)
    for other in clock.replaces:
        if _ticks(draft, other):
            now = draft.state.clocks[other]
            off = {"clock": other, "why": "replaced", "replaced_by": name, **due_data(now.due, now.due_date)}
            draft.write("clock_off", f"clock.{other}", draft.judged, clock.clause, off)


def replacers(draft: Draft, name: str) -> Iterator[str]:
    """The clocks that replace a clock."""
    return (other for other, row in draft.pack.file.clock.items() if name in row.replaces)


def _ticks(draft: Draft, name: str) -> bool:
    now = draft.state.clocks.get(name)
    return now is not None and now.ticking


def _again(clock: Clock, old: ClockState, at: datetime) -> bool:
    """Whether a clock that has run before begins again, or goes on, where its start happens again."""
    if clock.again == "resume":
        return not old.ticking and old.status in ("met", "off")
    return clock.again == "restart" and not (old.ticking and old.started == at)


def carried_start(draft: Draft, name: str) -> datetime | None:
    """When a clock started in the case whose link opened this one, None if the link carries no such start."""
    carried = draft.state.carried.get(f"clock.{name}")
    return datetime.fromisoformat(carried) if carried else None


def stop(draft: Draft, name: str, at: datetime) -> Iterator[Happening]:
    """Stop a clock: met where the instant is not past its due; what was written off as missed may turn out met.

    What comes before the early end of its window stops nothing.
    """
    clock, now = draft.pack.file.clock[name], draft.state.clocks.get(name)
    if now is None or not now.ticking or _too_early(draft, name, now, at):
        return
    if now.status == "paused":
        # What stops a clock ends its pause as well: it is judged by the due that the pause has given it.
        resume(draft, name, now.pause or 0, at)
        now = draft.state.clocks[name]
    spent = real_between(now.started, at, now.waited)
    data: dict[str, Any] = {"clock": name, "spent": spent, **due_data(now.due, now.due_date)}
    on_time = now.due is None or at <= now.due
    if on_time:
        if now.status == "missed":
            draft.write("clock_corrected", f"clock.{name}", at, clock.clause, data | {"lowers": lowered(draft, name)})
            yield Happening(f"clock.{name}.corrected", at)
        else:
            draft.write("clock_met", f"clock.{name}", at, clock.clause, data)
        yield Happening(f"clock.{name}.met", at)
    else:
        if now.status == "running" and now.misses_at is not None and now.misses_at <= draft.at:
            # Its start and its stop were both stated now: nothing had been there to miss it before.
            missed = {"clock": name, "holder": now.holder, **due_data(now.due, now.due_date)}
            draft.write("clock_missed", f"clock.{name}", now.misses_at, clock.clause, missed)
            yield Happening(f"clock.{name}.missed", now.misses_at)
            now = draft.state.clocks[name]
        why = "late" if now.status == "missed" else "provisional"
        draft.write("clock_off", f"clock.{name}", at, clock.clause, data | {"why": why})


def _too_early(draft: Draft, name: str, now: ClockState, at: datetime) -> bool:
    waited = now.waited
    if now.status == "paused" and now.paused_at is not None and now.paused_at < at:
        waited = (*waited, (now.paused_at, at))
    opens = window_opens(draft, name, now.started, waited, agreed=now.agreed)
    return opens is not None and at < opens


def pause(draft: Draft, name: str, index: int, at: datetime) -> None:
    """Let a running clock stand still for a reason of the pack, at most for the reason's limit."""
    clock, now = draft.pack.file.clock[name], draft.state.clocks.get(name)
    if now is None or now.status != "running" or not now.ticking:
        return
    reason = clock.pauses[index]
    ends = limit(draft, reason.most, at)
    data = {"clock": name, "pause": index, "reason": reason.reason, "ends": ends and stamp(ends)}
    draft.write("clock_paused", f"clock.{name}", at, reason.clause or clock.clause, data)


def resume(draft: Draft, name: str, index: int, at: datetime, *, by_limit: bool = False) -> None:
    """Let a clock go on: its due is counted again with the time it stood still."""
    clock, now = draft.pack.file.clock[name], draft.state.clocks.get(name)
    if now is None or now.status != "paused" or now.pause != index:
        return
    at = max(at, now.paused_at or at)
    waited = (*now.waited, (now.paused_at or at, at))
    agreed = draft.ground.field(clock.moved_to or "") if now.agreed else None
    data = counted(draft, name, now.started, waited, agreed, now.climbed) | {"by_limit": by_limit}
    draft.write("clock_resumed", f"clock.{name}", at, clock.clause, data)


def measure(draft: Draft) -> None:
    """Count the clocks whose length was open and has now been given."""
    for name, now in draft.state.clocks.items():
        if now.ticking and now.due is None:
            recount(draft, name)


def recount(draft: Draft, name: str) -> None:
    """Count a ticking clock again by the rules and the calendar of today; what was agreed or missed keeps its due."""
    clock, now = draft.pack.file.clock.get(name), draft.state.clocks[name]
    if clock is None or not now.ticking or clock.allow is None:
        return
    if now.due is not None and (now.status == "missed" or now.agreed):
        rule = convention(draft, clock.allow, clock.counting)
        span = Span(now.started, Due(now.due, now.due_date), in_open_time(clock.allow.unit, rule), now.waited)
        data = {
            "clock": name,
            "due": stamp(now.due),
            "due_date": now.due_date and now.due_date.isoformat(),
            "misses_at": now.misses_at and stamp(now.misses_at),
            "provisional": now.provisional,
            "counted": None,
            "rungs": rungs_left(draft, clock, span, now.climbed),
        }
    else:
        data = counted(draft, name, now.started, now.waited, climbed=now.climbed)
    rungs = [[rung.index, stamp(rung.due)] for rung in now.rungs]
    was = due_data(now.due, None)["due"]
    if (data["due"], data["provisional"], data["rungs"]) == (was, now.provisional, rungs):
        return
    draft.write("clock_recounted", f"clock.{name}", draft.at, clock.clause, data | {"was": was})


def end_all(draft: Draft, at: datetime) -> None:
    """Switch off every clock that still ticks when the case closes."""
    for name, now in draft.state.clocks.items():
        if now.ticking:
            clock = draft.pack.file.clock.get(name)
            data = {"clock": name, "why": "closed", **due_data(now.due, now.due_date)}
            draft.write("clock_off", f"clock.{name}", at, clock.clause if clock else (), data)
