"""Forms are filled: the copy is written, personal values as salted hashes, and classes are judged anew."""

import hashlib
import json
from datetime import date, datetime, timedelta
from typing import Any

from rules.conditions import holds
from rules.draft import Draft, Happening, happenings
from rules.ground import typed
from rules.outcomes import Filled


def salt_of(salt: str, field: str) -> str:
    """The salt of one field (64 hex digits), made from that of its decision: one may be erased without the others."""
    return hashlib.sha256(f"{salt}|{field}".encode()).hexdigest()


def salted(own_salt: str, value: Any) -> str:
    """What an entry holds of a personal value: the sha256 (hex) of the field's own salt and the value as JSON."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{own_salt}|{text}".encode()).hexdigest()


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
        if each.type in ("date", "moment") and each.name in values:
            events.append(Happening(f"field.{each.name}", _instant(draft, each.type, values[each.name])))
    return events + judge(draft, at, values)


def _instant(draft: Draft, kind: str, value: str) -> datetime:
    """The instant that a moment field holds; of a date field the beginning of its day."""
    held = typed(kind, value)
    if isinstance(held, datetime):
        return held
    return draft.facts.calendar.midnight(date.fromisoformat(value) - timedelta(days=1))


def judge(
    draft: Draft, at: datetime, filled: dict[str, Any] | None = None, *, opening: bool = False
) -> list[Happening]:
    """Judge the classes of the case anew, in the order in which they read each other; what happens by a change.

    Args:
        draft: The decision.
        at: The instant from which a changed class holds.
        filled: The values just filled; a field of a class's name is a person's judgement and goes before its rows.
        opening: Whether the case is being opened, when classes decided at intake are judged.
    """
    events: list[Happening] = []
    for name in draft.pack.classes_of.get(draft.state.kind, ()):
        block, was = draft.pack.file.class_[name], draft.state.classes.get(name)
        picked = (filled or {}).get(name)
        if picked is not None:
            value, clause, by = str(picked), block.clause, "person"
        elif block.decided == "always" or (block.decided == "at_intake" and opening):
            if _picked_before(draft, name) or not holds(block.when, draft.ground):
                continue
            value, clause = _row(draft, name)
            by = "rule"
        else:
            continue
        if value and value != was:
            data = {"class": name, "value": value, "was": was, "by": by}
            draft.write("classified", f"class.{name}", at, clause, data)
            events.append(Happening(f"class.{name}.changed", at))
    return events


def _picked_before(draft: Draft, name: str) -> bool:
    """Whether a person has picked the class: his judgement stands until he changes it."""
    return name in draft.state.fields


def _row(draft: Draft, name: str) -> tuple[str, tuple[str, ...]]:
    """The value that the rows of a class give, and their clause; an empty value if none does."""
    block, ground = draft.pack.file.class_[name], draft.ground
    hits = [row for row in block.rows if row.when and holds(row.when, ground)]
    if block.several == "gravest":
        hits.sort(key=lambda row: block.values.index(row.gives))
    for row in [*hits, *(row for row in block.rows if row.otherwise)]:
        return row.gives, row.clause or block.clause
    return "", ()
