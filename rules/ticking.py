"""Clocks of a case: they start, stop, stand still, go on, move, and are counted again."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from rules.conditions import holds
from rules.counting import Due, due_data, real_between, stamp
from rules.draft import Draft, Happening
from rules.dues import counted, in_open_time, limit, rungs_left
from rules.rungs import Span


def start(draft: Draft, name: str, at: datetime) -> None:
    """Start a clock that its event has started; nothing where its conditions do not hold or it runs already."""
    clock = draft.pack.file.clock[name]
    old = draft.state.clocks.get(name)
    begun_now = old is not None and old.ticking and old.started == at
    if begun_now or (old is not None and clock.again != "restart"):
        return
    started = carried_start(draft, name) or at if old is None else at
    if not holds(clock.when, draft.ground):
        return
    if clock.unless and holds(clock.unless, draft.ground):
        off = {"clock": name, "why": "exempt", "due": None}
        draft.write("clock_off", f"clock.{name}", started, clock.clause, off)
        return
    data = counted(draft, name, started, ())
    data |= {"holder": clock.holder or "", "round": old.round + 1 if old else 1}
    draft.write("clock_started", f"clock.{name}", started, clock.clause, data)


def carried_start(draft: Draft, name: str) -> datetime | None:
    """When a clock started in the case whose link opened this one, None if the link carries no such start."""
    carried = draft.state.carried.get(f"clock.{name}")
    return datetime.fromisoformat(carried) if carried else None


def stop(draft: Draft, name: str, at: datetime) -> Iterator[Happening]:
    """Stop a clock: met where the instant is not past its due; what was written off as missed may turn out met."""
    clock, now = draft.pack.file.clock[name], draft.state.clocks.get(name)
    if now is None or not now.ticking:
        return
    if now.status == "paused":
        # What stops a clock ends its pause as well: it is judged by the due that the pause has given it.
        resume(draft, name, now.pause or 0, at)
        now = draft.state.clocks[name]
    spent = real_between(now.started, at, now.waited)
    data: dict[str, Any] = {"clock": name, "spent": spent, **due_data(now.due, now.due_date)}
    on_time = now.due is None or at <= now.due
    if on_time:
        event = "clock_corrected" if now.status == "missed" else "clock_met"
        draft.write(event, f"clock.{name}", at, clock.clause, data)
        yield Happening(f"clock.{name}.met", at)
    else:
        why = "late" if now.status == "missed" else "provisional"
        draft.write("clock_off", f"clock.{name}", at, clock.clause, data | {"why": why})


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
    waited = (*now.waited, (now.paused_at or at, at))
    agreed = draft.ground.field(clock.moved_to or "") if now.agreed else None
    data = counted(draft, name, now.started, waited, agreed, now.climbed) | {"by_limit": by_limit}
    draft.write("clock_resumed", f"clock.{name}", at, clock.clause, data)


def move(draft: Draft, name: str, at: datetime) -> None:
    """Move the due of a running clock to the agreed instant that its field holds."""
    clock, now = draft.pack.file.clock[name], draft.state.clocks.get(name)
    agreed = draft.ground.field(clock.moved_to or "")
    if now is None or now.status not in ("running", "paused") or not now.ticking or agreed is None:
        return
    data = counted(draft, name, now.started, now.waited, agreed, now.climbed) | {"was": now.due and stamp(now.due)}
    draft.write("clock_moved", f"clock.{name}", at, clock.clause, data)


def recount(draft: Draft, name: str) -> None:
    """Count a ticking clock again by the rules and the calendar of today; what was agreed or missed keeps its due."""
    clock, now = draft.pack.file.clock.get(name), draft.state.clocks[name]
    if clock is None or not now.ticking or now.due is None or clock.allow is None:
        return
    if now.status == "missed" or now.agreed:
        rule = clock.counting or draft.convention(clock.allow.unit)
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
    if (data["due"], data["provisional"], data["rungs"]) == (stamp(now.due), now.provisional, rungs):
        return
    draft.write("clock_recounted", f"clock.{name}", draft.at, clock.clause, data | {"was": stamp(now.due)})


def end_all(draft: Draft, at: datetime) -> None:
    """Switch off every clock that still ticks when the case closes."""
    for name, now in draft.state.clocks.items():
        if now.ticking:
            clock = draft.pack.file.clock.get(name)
            data = {"clock": name, "why": "closed", **due_data(now.due, now.due_date)}
            draft.write("clock_off", f"clock.{name}", at, clock.clause if clock else (), data)
