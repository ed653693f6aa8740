"""The due of a clock moves to an instant that was agreed while it runs; after the due nothing can be agreed any more."""

from rules.draft import Draft, Happening
from rules.dues import counted
from rules.instants import stamp
from rules.lowering import lowered, on_time_rungs
from rules.outcomes import Refusal
from rules.refusing import Refused
from rules.state import ClockState, due_said


def agree(draft: Draft, field: str) -> list[Happening]:
    """Move the clocks that tick and name a field to the agreed instant that it holds; what happens by it.

    A clock whose due is past stays where it is. One that was written off as missed runs again where the agreement was
    judged to come in time.

    Raises:
        Refused: ``moved_too_late``: there are such clocks, and the due of each is past.
    """
    agreed = draft.ground.field(field)
    names = [name for name, now in draft.state.clocks.items() if now.ticking and _names(draft, name, field)]
    if agreed is None or not names:
        return []
    in_time = [name for name in names if not _over(draft, draft.state.clocks[name])]
    if not in_time and draft.command.what != "open":
        clock, now = draft.pack.file.clock[names[0]], draft.state.clocks[names[0]]
        due = due_said(now, draft.facts.calendar.zone)
        raise Refused(Refusal("moved_too_late", clock.clause, {"clock": names[0], "due": due}))
    return [event for name in in_time for event in _move(draft, name, agreed)]


def _names(draft: Draft, name: str, field: str) -> bool:
    clock = draft.pack.file.clock.get(name)
    return clock is not None and clock.moved_to == field


def _over(draft: Draft, now: ClockState) -> bool:
    return now.due is not None and now.status != "paused" and draft.judged > now.due


def _move(draft: Draft, name: str, agreed: object) -> list[Happening]:
    clock, now = draft.pack.file.clock[name], draft.state.clocks[name]
    was_none = now.status == "missed"
    climbed = on_time_rungs(draft, name) if was_none else now.climbed
    data = counted(draft, name, now.started, now.waited, agreed, climbed) | {"was": now.due and stamp(now.due)}
    if was_none:
        data |= {"climbed": list(climbed), "lowers": lowered(draft, name)}
    draft.write("clock_moved", f"clock.{name}", draft.judged, clock.clause, data)
    return [Happening(f"clock.{name}.corrected", draft.judged)] if was_none else []
