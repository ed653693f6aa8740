"""Clocks are switched by conditions: off from the moment an exemption holds, on when their case arises."""

from datetime import datetime

from rules.clocks import Clock
from rules.conditions import holds
from rules.counting import due_data
from rules.draft import Draft
from rules.dues import window_opens
from rules.periods import begin_of
from rules.state import ClockState
from rules.ticking import begin, carried_start, replacers


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
            data = {"clock": name, "why": why, **due_data(now.due, now.due_date)}
            draft.write("clock_off", f"clock.{name}", draft.judged, clock.clause, data)
        elif wanted and (now is None or now.status == "off") and not _replaced(draft, name, now):
            _switch_on(draft, name, clock, now)
    return len(draft.entries) > before


def _replaced(draft: Draft, name: str, now: ClockState | None) -> bool:
    """Whether a clock that replaces another holds its place: it has run since, and its own case has not gone."""
    others = (draft.state.clocks.get(other) for other in replacers(draft, name))
    return any(
        other.ticking or (other.status != "off" and (now is None or other.started >= now.started))
        for other in others
        if other is not None
    )


def _switch_on(draft: Draft, name: str, clock: Clock, now: ClockState | None) -> None:
    """Start a clock whose start has happened and whose stop has not; one that was off goes on with what it had."""
    begun = max((at for event in clock.starts if (at := happened(draft, event))), default=None)
    if begun is None:
        return
    opens = window_opens(draft, name, begun, (), agreed=False) or begun
    if any((at := happened(draft, event)) and at >= max(begun, opens) for event in clock.stops):
        return
    if now is None:
        begun = carried_start(draft, name) or begun
    elif clock.again != "restart":
        begun = now.started
    at = begun if clock.if_later == "from_start" else draft.judged
    if now is not None and now.started == at:
        begin(draft, name, at, now.round, now.waited, now.climbed)
    else:
        begin(draft, name, at, now.round if now else 1)


def happened(draft: Draft, event: str) -> datetime | None:
    """When an event last happened, None where it has not."""
    state = draft.state
    if event in state.happened:
        return state.happened[event]
    word, _, rest = event.partition(".")
    name, _, aspect = rest.partition(".")
    match word:
        case "opened":
            return state.opened_at
        case "stage":
            return state.since.get(name)
        case "step":
            taken = state.steps.values() if name == "any" else [state.steps[name]] if name in state.steps else []
            return max((each.at for each in taken), default=None)
        case "field":
            return begin_of(draft.ground.field(name), draft.facts.calendar.zone)
        case "task":
            task = state.tasks.get(name)
            return task.at if task and (aspect == "given" or task.status == "done") else None
        case "approval":
            approval = state.approvals.get(name)
            return approval.at if approval and approval.status == aspect else None
    return None
