"""Taking a step: wrong stage, wrong role, wrong time, wrong fields, closed gate, in that order; then what it leads to."""

from datetime import datetime

from rules.cascade import cascade
from rules.commands import Command
from rules.draft import Draft, Happening
from rules.filling import accepted_values, fill
from rules.keeping import write_row
from rules.linking import require_links
from rules.moving import spent, take_step
from rules.outcomes import Refusal
from rules.refusing import Refused, require_open_gates, require_right


def take(draft: Draft, command: Command) -> None:
    """Take a step.

    Raises:
        Refused: ``unknown_step``, ``case_closed``, ``step_not_open``, ``unknown_person``, ``excluded``, ``wrong_role``,
            ``stated_wrongly``, ``fields_wrong``, ``link_refused``, ``gate_closed``, or what follows from it refuses.
    """
    name = command.what.removeprefix("step.")
    step, state = draft.pack.file.step.get(name), draft.state
    if step is None:
        raise Refused(Refusal("unknown_step", params={"step": name}))
    if state.closed:
        raise Refused(Refusal("case_closed", params={"number": state.number}))
    moves = draft.pack.machines[state.kind].moves
    if (state.stage, name) not in moves or spent(draft.pack, state, name):
        raise Refused(Refusal("step_not_open", step.clause, {"step": name, "stage": state.stage}))
    acting = require_right(draft, command.what, step.clause)
    _require_in_its_stage(draft, command)
    values = accepted_values(draft, step.form, step.clause) if step.form else {}
    require_links(draft, values)
    at = draft.judged
    filled: list[Happening] = fill(draft, step.form, values, at) if step.form else []
    write_row(draft, step, values, at)
    require_open_gates(draft, command.what)
    moved = take_step(draft, name, at, acting.instead_of)
    cascade(draft, [*moved, *filled])


def _require_in_its_stage(draft: Draft, command: Command) -> None:
    """Nothing where a stated instant lies between the beginning of the stage and now."""
    happened = command.happened_at
    if happened is None:
        return
    since: datetime | None = draft.state.since.get(draft.state.stage)
    if happened > draft.at or (since is not None and happened < since):
        params = {"stated": True, "happened_at": happened.isoformat(), "since": since and since.isoformat()}
        raise Refused(Refusal("stated_wrongly", params=params))
