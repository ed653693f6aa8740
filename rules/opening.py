"""Opening a case, and taking a step: wrong stage, role, missing field, closed gate, in that order."""

from datetime import datetime
from typing import Any

from rules.accept import World, accept
from rules.cascade import cascade
from rules.commands import Command
from rules.draft import Draft, Happening, happenings
from rules.filling import fill, judge
from rules.links import Link
from rules.moving import take_step
from rules.outcomes import Refusal
from rules.refusing import Refused, require_open_gates, require_right, require_role
from rules.rights import Right
from rules.state import State
from rules.values import Names


def open_case(draft: Draft, command: Command) -> None:
    """Open a case of a kind of the pack.

    Raises:
        Refused: ``unknown_kind``, ``unknown_person``, ``wrong_role``, ``fields_wrong`` or ``link_refused``.
    """
    kind = draft.pack.file.kind.get(command.kind)
    if draft.state.seq:
        raise Refused(Refusal("step_not_open", params={"step": "open"}))
    if kind is None:
        raise Refused(Refusal("unknown_kind", params={"kind": command.kind, "known": list(draft.pack.file.kind)}))
    carried = command.carried
    draft.state = State(case_id=draft.state.case_id, kind=command.kind, pack=draft.pack.ref)
    if not carried:
        require_role(draft, Right(kind.opened_by, draft.people().excluded(kind.opened_by)), kind.clause)
    values = values_of(draft, kind.opens_with, kind.clause, carried=bool(carried))
    require_links(draft, values)
    at, machine = draft.judged, draft.pack.machines[command.kind]
    ref = draft.pack.ref
    data = {
        "pack": {"id": ref.id, "edition": ref.edition, "sha256": ref.sha256},
        "kind": command.kind,
        "number": draft.facts.number,
        "stage": machine.entry,
        "carried": carried,
    }
    draft.write("opened", f"kind.{command.kind}", at, kind.clause, data)
    filled = fill(draft, kind.opens_with, values, at)
    filled += judge(draft, at, opening=True)
    cascade(draft, [*happenings(("opened", f"stage.{machine.entry}"), at), *filled])


def take(draft: Draft, command: Command) -> None:
    """Take a step.

    Raises:
        Refused: See the order in the module's first line.
    """
    name = command.what.removeprefix("step.")
    step, state = draft.pack.file.step.get(name), draft.state
    if step is None:
        raise Refused(Refusal("unknown_step", params={"step": name}))
    if state.closed:
        raise Refused(Refusal("case_closed", params={"number": state.number}))
    moves = draft.pack.machines[state.kind].moves
    if (state.stage, name) not in moves or (step.again == "once" and name in state.steps):
        raise Refused(Refusal("step_not_open", step.clause, {"step": name, "stage": state.stage}))
    acting = require_right(draft, command.what, step.clause)
    _require_in_its_stage(draft, command)
    values = values_of(draft, step.form, step.clause) if step.form else {}
    require_links(draft, values)
    at = draft.judged
    filled: list[Happening] = fill(draft, step.form, values, at) if step.form else []
    require_open_gates(draft, command.what)
    moved = take_step(draft, name, at, acting.instead_of)
    cascade(draft, [*moved, *filled])


def values_of(
    draft: Draft, form: str, clause: Names, *, carried: bool = False, fields: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The accepted values of the command's fields, or of some of them.

    Raises:
        Refused: ``fields_wrong``, with every missing and wrong field.
    """
    block = draft.pack.file.form[form]
    world = World(draft.facts.directory, draft.facts.calendar.zone, draft.facts)
    found = accept(
        block, draft.command.fields if fields is None else fields, draft.pack, draft.state, world, carried=carried
    )
    if found.wrong:
        raise Refused(Refusal("fields_wrong", block.clause or clause, {"form": form, "fields": list(found.wrong)}))
    return found.values


def _require_in_its_stage(draft: Draft, command: Command) -> None:
    """Nothing where a stated instant lies between the beginning of the stage and now."""
    happened = command.happened_at
    if happened is None:
        return
    since: datetime | None = draft.state.since.get(draft.state.stage)
    if happened > draft.at or (since is not None and happened < since):
        params = {"stated": True, "happened_at": happened.isoformat(), "since": since and since.isoformat()}
        raise Refused(Refusal("stated_wrongly", params=params))


def require_links(draft: Draft, values: dict[str, Any]) -> None:
    """Nothing where every case that the values name may be linked.

    Raises:
        Refused: ``link_refused``.
    """
    for name, block in draft.pack.file.link.items():
        if block.names in values:
            _require_link(draft, name, block, str(values[block.names or ""]))


def _require_link(draft: Draft, name: str, block: Link, case: str) -> None:
    other = draft.facts.cases.get(case)
    if other is None or other.state.case_id == draft.state.case_id or other.state.kind not in block.to:
        why = "unknown" if other is None else "itself" if other.state.case_id == draft.state.case_id else "kind"
        raise Refused(Refusal("link_refused", block.clause, {"link": name, "case": case, "why": why}))
    if block.once and draft.state.links.get(name):
        raise Refused(Refusal("link_refused", block.clause, {"link": name, "case": case, "why": "once"}))
