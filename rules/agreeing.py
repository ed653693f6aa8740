"""The due of a clock moves to an instant that was agreed while it runs; after the due nothing can be agreed any more."""

from rules.counting import stamp
from rules.draft import Draft
from rules.dues import counted
from rules.lowering import lowered, on_time_rungs
from rules.outcomes import Refusal
from rules.refusing import Refused
from rules.state import due_said


def move(draft: Draft, name: str) -> None:
    """Move the due of a clock that ticks to the agreed instant that its field holds.

    What was written off as missed runs again where the agreement was judged to come in time.

    Raises:
        Refused: ``moved_too_late``: the due is past.
    """
    clock, now = draft.pack.file.clock[name], draft.state.clocks.get(name)
    agreed = draft.ground.field(clock.moved_to or "")
    if now is None or not now.ticking or agreed is None:
        return
    if now.due is not None and now.status != "paused" and draft.judged > now.due:
        if draft.command.what == "open":
            return
        due = due_said(now, draft.facts.calendar.zone)
        raise Refused(Refusal("moved_too_late", clock.clause, {"clock": name, "due": due}))
    climbed = on_time_rungs(draft, name) if now.status == "missed" else now.climbed
    data = counted(draft, name, now.started, now.waited, agreed, climbed) | {"was": now.due and stamp(now.due)}
    if now.status == "missed":
        data |= {"climbed": list(climbed), "lowers": lowered(draft, name)}
    draft.write("clock_moved", f"clock.{name}", draft.judged, clock.clause, data)
