"""Clocks of a case: they start, stop, stand still, go on, move, and are switched by conditions."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from rules.clocks import Clock
from rules.conditions import holds
from rules.counting import real_between, stamp
from rules.draft import Draft, Happening
from rules.dues import counted, limit
from rules.state import ClockState


def start(draft: Draft, name: str, at: datetime) -> None:
    """Start a clock that its event has started; nothing where its conditions do not hold or it runs already."""
    clock = draft.pack.file.clock[name]
    old = draft.state.clocks.get(name)
    begun_now = old is not None and old.ticking and old.started == at
    if begun_now or (old is not None and clock.again != "restart"):
        return
    carried = draft.state.carried.get(f"clock.{name}")
    started = datetime.fromisoformat(carried) if carried else at
    if not holds(clock.when, draft.ground):
        return
    if clock.unless and holds(clock.unless, draft.ground):
        off = {"clock": name, "why": "exempt", "due": None}
        draft.write("clock_off", f"clock.{name}", started, clock.clause, off)
        return
    data = counted(draft, name, started, ())
    data |= {"holder": clock.holder or "", "round": old.round + 1 if old else 1}
    draft.write("clock_started", f"clock.{name}", started, clock.clause, data)


def stop(draft: Draft, name: str, at: datetime) -> Iterator[Happening]:
    """Stop a clock: met where the instant is not past its due; what was written off as missed may turn out met."""
    clock, now = draft.pack.file.clock[name], draft.state.clocks.get(name)
    if now is None or not now.ticking:
        return
    spent = real_between(now.started, at, now.waited)
    data: dict[str, Any] = {"clock": name, "due": now.due and stamp(now.due), "spent": spent}
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
    data = counted(draft, name, now.started, waited) | {"by_limit": by_limit}
    draft.write("clock_resumed", f"clock.{name}", at, clock.clause, data)


def move(draft: Draft, name: str, at: datetime) -> None:
    """Move the due of a running clock to the agreed instant that its field holds."""
    clock, now = draft.pack.file.clock[name], draft.state.clocks.get(name)
    agreed = draft.ground.field(clock.moved_to or "")
    if now is None or now.status != "running" or not now.ticking or agreed is None:
        return
    data = counted(draft, name, now.started, now.waited, agreed) | {"was": now.due and stamp(now.due)}
    draft.write("clock_moved", f"clock.{name}", at, clock.clause, data)


def recount(draft: Draft, name: str) -> None:
    """Count a ticking clock again by the rules and the calendar of today; a moved one keeps what was agreed."""
    clock, now = draft.pack.file.clock.get(name), draft.state.clocks[name]
    if clock is None or not now.ticking or now.status == "missed" or now.agreed or clock.allow is None:
        return
    data = counted(draft, name, now.started, now.waited)
    same = (data["due"], data["provisional"]) == (now.due and stamp(now.due), now.provisional)
    if same:
        return
    data["was"] = now.due and stamp(now.due)
    draft.write("clock_recounted", f"clock.{name}", draft.at, clock.clause, data)


def switch(draft: Draft) -> bool:
    """Switch clocks whose conditions have changed, off from now on, or on; whether there was one.

    One that comes on counts from its start or from now, as ``if_later`` says.
    """
    before = len(draft.entries)
    for name in draft.pack.switched_clocks.get(draft.state.kind, ()):
        clock, now = draft.pack.file.clock[name], draft.state.clocks.get(name)
        exempt = bool(clock.unless) and holds(clock.unless, draft.ground)
        wanted = holds(clock.when, draft.ground) and not exempt
        if now is not None and now.ticking and not wanted:
            why = "exempt" if exempt else "not_its_case"
            data = {"clock": name, "why": why, "due": now.due and stamp(now.due)}
            draft.write("clock_off", f"clock.{name}", draft.judged, clock.clause, data)
        elif wanted and (now is None or now.status == "off"):
            _switch_on(draft, name, clock, now)
    return len(draft.entries) > before


def end_all(draft: Draft, at: datetime) -> None:
    """Switch off every clock that still ticks when the case closes."""
    for name, now in draft.state.clocks.items():
        if now.ticking:
            clock = draft.pack.file.clock.get(name)
            data = {"clock": name, "why": "closed", "due": now.due and stamp(now.due)}
            draft.write("clock_off", f"clock.{name}", at, clock.clause if clock else (), data)


def _switch_on(draft: Draft, name: str, clock: Clock, now: ClockState | None) -> None:
    begun = max((at for event in clock.starts if (at := happened(draft, event))), default=None)
    if begun is None or any((at := happened(draft, event)) and at >= begun for event in clock.stops):
        return
    if now is not None and now.status == "off" and now.started != begun and clock.again != "restart":
        begun = now.started
    at = begun if clock.if_later == "from_start" else draft.judged
    data = counted(draft, name, at, ()) | {"holder": clock.holder or "", "round": now.round if now else 1}
    draft.write("clock_started", f"clock.{name}", at, clock.clause, data)


def happened(draft: Draft, event: str) -> datetime | None:
    """When an event last happened, as far as the state knows it: opening, stages, steps, tasks, approvals."""
    state = draft.state
    word, _, rest = event.partition(".")
    name, _, aspect = rest.partition(".")
    match word:
        case "opened":
            return state.opened_at
        case "stage":
            return state.since.get(name)
        case "step":
            taken = state.steps.get(name)
            return taken.at if taken else None
        case "task":
            task = state.tasks.get(name)
            return task.at if task and (aspect == "given" or task.status == "done") else None
        case "approval":
            approval = state.approvals.get(name)
            return approval.at if approval and approval.status == aspect else None
    return None
