"""Forms are filled: values are accepted, the copy is written, personal ones as salted hashes, classes are judged anew."""

import hashlib
import json
from datetime import datetime
from typing import Any

from rules.accept import accept
from rules.accept_types import World
from rules.classes import Class
from rules.commands import CLOCK
from rules.conditions import holds
from rules.draft import Draft, Happening, happenings
from rules.forms import excused
from rules.ground import CaseGround, typed
from rules.judging import PROPOSAL, hits, judged_now, picked
from rules.outcomes import Filled, Refusal
from rules.periods import begin_of
from rules.reaching import reach
from rules.refusing import Refused
from rules.values import Names


def salt_of(salt: str, field: str) -> str:
    """The salt of one field (64 hex digits), made from that of its decision: one may be erased without the others."""
    return hashlib.sha256(f"{salt}|{field}".encode()).hexdigest()


def salted(own_salt: str, value: Any) -> str:
    """What an entry holds of a personal value: the sha256 (hex) of the field's own salt and the value as JSON."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{own_salt}|{text}".encode()).hexdigest()


def accepted_values(
    draft: Draft, form: str, clause: Names, *, carried: bool = False, fields: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The accepted values of the command's fields, or of some of them.

    Raises:
        Refused: ``fields_wrong``, with every missing and wrong field.
    """
    block = draft.pack.file.form[form]
    world = World(draft.facts.directory, draft.facts.calendar.zone, draft.facts)
    given = draft.command.fields if fields is None else fields
    found = accept(form, given, draft.pack, draft.state, world, carried=carried)
    if found.wrong:
        raise Refused(Refusal("fields_wrong", block.clause or clause, {"form": form, "fields": list(found.wrong)}))
    return found.values


def fill(draft: Draft, name: str, values: dict[str, Any], at: datetime) -> list[Happening]:
    """Write a copy of a form; what happens by it, a changed class included."""
    form = draft.pack.file.form[name]
    copy = draft.state.copies.get(name, 0) + 1
    personal = tuple(each.name for each in form.fields if each.personal and each.name in values)
    kept = {field: value for field, value in values.items() if field in draft.pack.read_fields}
    data = {
        "form": name,
        "copy": copy,
        "kept": kept,
        "values": {field: value for field, value in values.items() if field not in personal and field not in kept},
        "personal": {field: salted(salt_of(draft.facts.salt, field), values[field]) for field in personal},
    }
    draft.write("filled", f"form.{name}", at, form.clause, data)
    draft.filled.append(Filled(name, copy, values, personal))
    events = happenings((f"form.{name}",), at)
    for each in form.fields:
        value = values.get(each.name)
        if value is None or excused(value):
            continue
        held = begin_of(typed(each.type, value), draft.facts.calendar.zone)
        if held is not None:
            events.append(Happening(f"field.{each.name}", held))
    return events + judge(draft, at, values)


def judge(
    draft: Draft, at: datetime, filled: dict[str, Any] | None = None, *, opening: bool = False
) -> list[Happening]:
    """Judge the classes of the case anew, in the order in which they read each other; what happens by a change.

    Args:
        draft: The decision.
        at: The instant from which a changed class holds.
        filled: The values just filled; a field of a class's name is a person's judgement and goes before its rows.
        opening: Whether the case is being opened, when classes decided at intake are judged.

    Raises:
        Refused: ``class_ambiguous``, where several rows of a class hit that refuses that.
    """
    events = reach(draft, at)
    for name in draft.pack.classes_of.get(draft.state.kind, ()):
        block, chosen = draft.pack.file.class_[name], picked(name, filled)
        if _rows_judge(draft, name, chosen, opening):
            events += _by_rows(draft, name, at)
        if chosen is not None:
            events += _classify(draft, name, chosen, block.clause, "person", at)
    return events


def _rows_judge(draft: Draft, name: str, chosen: str | None, opening: bool) -> bool:
    """Whether the rows of a class judge now: never over a person's word, but they propose beside the first one."""
    block = draft.pack.file.class_[name]
    if not judged_now(block, opening=opening):
        return False
    if chosen is not None:
        return bool(block.confirmed_by) and name not in draft.state.classes and holds(block.when, draft.ground)
    return picked(name, draft.state.fields) is None and holds(block.when, draft.ground)


def _by_rows(draft: Draft, name: str, at: datetime) -> list[Happening]:
    """What the rows of a class give or propose."""
    block = draft.pack.file.class_[name]
    found = hits(block, draft.ground)
    values = tuple(dict.fromkeys(row.gives for row in found))
    if block.several == "refuse" and len(values) > 1:
        if _nobody_made(draft, block):
            return []  # the value stays until somebody makes it plain
        clause = tuple(dict.fromkeys(clause for row in found for clause in row.clause or block.clause))
        raise Refused(Refusal("class_ambiguous", clause, {"class": name, "values": list(values)}))
    if not found:
        return []
    by = PROPOSAL if block.confirmed_by else "rule"
    return _classify(draft, name, found[0].gives, found[0].clause or block.clause, by, at)


def _nobody_made(draft: Draft, block: Class) -> bool:
    """Whether several rows of a class hit by themselves: a clock made it so, or it was so before the command."""
    if draft.command.what in (CLOCK, "poke") or draft.by != draft.command.by:
        return True
    if draft.before.seq == 0:
        return False
    ground = CaseGround(draft.pack, draft.before, facts=draft.facts)
    return len({row.gives for row in hits(block, ground)}) > 1


def _classify(draft: Draft, name: str, value: str, clause: Names, by: str, at: datetime) -> list[Happening]:
    """Write the value of a class, or the proposal of one; nothing where it is what it was."""
    known = draft.state.proposed if by == PROPOSAL else draft.state.classes
    was = known.get(name)
    if value == was:
        return []
    draft.write("classified", f"class.{name}", at, clause, {"class": name, "value": value, "was": was, "by": by})
    return [] if by == PROPOSAL else [Happening(f"class.{name}.changed", at)]
