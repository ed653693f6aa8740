"""Opening a case: by whom, with which form, into which stage; and that no other open case has the values of its key."""

import json
from dataclasses import replace
from typing import Any

from rules.cascade import cascade
from rules.commands import Command
from rules.conditions import holds
from rules.draft import Draft, happenings
from rules.filling import accepted_values, fill, judge
from rules.forms import excused
from rules.ground import CaseGround
from rules.kinds import Kind
from rules.linking import require_links
from rules.outcomes import Refusal
from rules.refusing import Refused, require_role
from rules.rights import Right
from rules.state import State


def open_case(draft: Draft, command: Command) -> None:
    """Open a case of a kind of the pack.

    Raises:
        Refused: ``unknown_kind``, ``unknown_person``, ``wrong_role``, ``fields_wrong``, ``link_refused``,
            ``already_open`` or ``class_ambiguous``.
    """
    kind = draft.pack.file.kind.get(command.kind)
    if draft.state.seq:
        raise Refused(Refusal("step_not_open", params={"step": "open"}))
    if kind is None:
        raise Refused(Refusal("unknown_kind", params={"kind": command.kind, "known": list(draft.pack.file.kind)}))
    carried = command.carried
    cycle = draft.pack.file.cycle.get(str(carried.get("cycle", "")))
    clause = kind.clause if cycle is None else tuple(dict.fromkeys((*kind.clause, *cycle.clause)))
    draft.state = State(case_id=draft.state.case_id, kind=command.kind, pack=draft.pack.ref)
    if not carried:
        _require_opener(draft, kind)
    values = accepted_values(draft, kind.opens_with, kind.clause, carried=bool(carried))
    require_links(draft, values)
    _require_alone(draft, kind, values)
    at, stage = draft.judged, _entry(draft, kind, values)
    ref = draft.pack.ref
    data = {
        "pack": {"id": ref.id, "edition": ref.edition, "sha256": ref.sha256},
        "kind": command.kind,
        "number": draft.facts.number,
        "stage": stage,
        "carried": carried,
    }
    draft.write("opened", f"kind.{command.kind}", at, clause, data)
    filled = fill(draft, kind.opens_with, values, at)
    filled += judge(draft, at, opening=True)
    cascade(draft, [*happenings(("opened", f"stage.{stage}"), at), *filled])


def _require_opener(draft: Draft, kind: Kind) -> None:
    """Nothing where the person may open such a case; a role that a person field fills is filled by what is handed in.

    Raises:
        Refused: ``unknown_person`` or ``wrong_role``.
    """
    before, given = draft.state, draft.command.fields
    roles = (draft.pack.file.role.get(name) for name in kind.opened_by)
    named = (role.person for role in roles if role and role.person)
    draft.state = replace(before, fields={name: given[name] for name in named if isinstance(given.get(name), str)})
    require_role(draft, Right(kind.opened_by, draft.people().excluded(kind.opened_by)), kind.clause)
    draft.state = before


def _entry(draft: Draft, kind: Kind, values: dict[str, Any]) -> str:
    """The stage in which a case begins that is opened with some values."""
    ground = CaseGround(draft.pack, draft.state, values, draft.facts)
    entries = (stage.name for stage in kind.stages if stage.entry and holds(stage.entry, ground))
    return next(entries, kind.stages[0].name)


def _require_alone(draft: Draft, kind: Kind, values: dict[str, Any]) -> None:
    """Nothing where no open case has the values of the kind's key, or where one of them is not filled.

    Raises:
        Refused: ``already_open``, with the number of the case that is.
    """
    key = {name: values.get(name) for name in kind.key}
    if not key or any(value is None or excused(value) for value in key.values()):
        return
    named = json.dumps(key, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    number = draft.facts.answer(f"open:{draft.state.kind}:{named}")
    if number:
        params = {"kind": draft.state.kind, "number": number, "key": list(kind.key)}
        raise Refused(Refusal("already_open", kind.clause, params))
