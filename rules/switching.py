"""Clocks are switched by conditions: off from the moment an exemption holds, on when their case arises."""

from datetime import datetime

from rules.clocks import Clock
from rules.conditions import holds
from rules.counting import due_data, stamp
from rules.draft import Draft
from rules.dues import counted
from rules.state import ClockState
from rules.ticking import carried_start


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
        elif wanted and (now is None or now.status == "off"):
            _switch_on(draft, name, clock, now)
    return len(draft.entries) > before


def _switch_on(draft: Draft, name: str, clock: Clock, now: ClockState | None) -> None:
    """Start a clock whose start has happened and whose stop has not; one that was off goes on with what it had."""
    begun = max((at for event in clock.starts if (at := happened(draft, event))), default=None)
    if begun is None or any((at := happened(draft, event)) and at >= begun for event in clock.stops):
        return
    if now is None:
        begun = carried_start(draft, name) or begun
    elif clock.again != "restart":
        begun = now.started
    at = begun if clock.if_later == "from_start" else draft.judged
    same = now is not None and now.started == at
    waited = now.waited if now is not None and same else ()
    climbed = now.climbed if now is not None and same else ()
    data = counted(draft, name, at, waited, climbed=climbed)
    data |= {"holder": clock.holder or "", "round": now.round if now else 1}
    if climbed or waited:
        data |= {"climbed": list(climbed), "waited": [[stamp(begin), stamp(end)] for begin, end in waited]}
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
