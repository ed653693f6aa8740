"""What is written into a form: every value checked by its field, every mistake found at once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from rules.accept_types import World, WrongRowsError, WrongValueError, empty, read
from rules.conditions import holds
from rules.forms import Field, Form, excused
from rules.ground import CaseGround
from rules.judging import asked_by_classes
from rules.pack import Pack
from rules.state import State

_LONGEST_REASON = 1_000
#: Keys of a table that a mistake lists; a table of all shops would not fit into an entry.
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Accepted:
    """The values of a copy as JSON, and what is wrong: rows of ``field``, ``code`` and what the sentence needs."""

    values: dict[str, Any] = field(default_factory=dict)
    wrong: tuple[dict[str, Any], ...] = ()


def accept(
    name: str, raw: Mapping[str, Any], pack: Pack, state: State, world: World, *, carried: bool = False
) -> Accepted:
    """The accepted values of a filled form, or every missing and wrong field.

    Args:
        name: The form.
        raw: JSON values by field name; empty text and null mean not filled.
        pack: For conditions on the fields of the whole case.
        state: The case before this copy.
        world: See `World`.
        carried: Whether a link fills it: then nothing is required, the rest stands in the case it comes from.

    Raises:
        Unanswered: A kept table or earlier copies must be known first.
    """
    form = pack.file.form[name]
    known = {each.name for each in form.fields}
    wrong = [{"field": given, "code": "unknown_field", "known": sorted(known)} for given in raw if given not in known]
    values: dict[str, Any] = {}
    for each in form.fields:
        value = raw.get(each.name)
        if empty(value):
            continue
        try:
            values[each.name] = _value(each, value, pack, world)
        except WrongValueError as mistake:
            wrong.append({"field": each.name, **mistake.row})
        except WrongRowsError as mistakes:
            wrong += mistakes.rows
    if not carried:
        wrong += _missing(form, values, {str(row["field"]) for row in wrong}, pack, state, world)
    if form.unique and not wrong:
        wrong += _not_unique(name, form, values, world)
    return Accepted(values, tuple(wrong))


def _value(each: Field, value: Any, pack: Pack, world: World) -> Any:
    if each.or_reason and each.type != "tick" and isinstance(value, dict) and set(value) == {"no"}:
        return _reason(value["no"])
    accepted = read(each, value, world)
    if each.name in pack.lengths and Decimal(accepted) % 1:
        raise WrongValueError("not_whole")
    if each.table is not None:
        _require_in_table(each.table, accepted, pack, world)
    return accepted


def _reason(given: object) -> dict[str, str]:
    if not isinstance(given, str) or not given.strip():
        raise WrongValueError("no_reason")
    if len(given) > _LONGEST_REASON:
        raise WrongValueError("too_long", most=_LONGEST_REASON)
    return {"no": given.strip()}


def _require_in_table(name: str, value: Any, pack: Pack, world: World) -> None:
    """Nothing where a value is a key of a table, as it stands now."""
    table = pack.file.table[name]
    keys = {row.key for row in table.rows if row.key is not None}
    if str(value) in keys:
        return
    if table.kept_by is not None and world.facts is not None:
        if world.facts.answer(f"table:{name}:{value}"):
            return
        keys |= {str(row["key"]) for row in world.facts.answer(f"table:{name}")}
    if not keys:
        raise WrongValueError("table_empty", table=name)
    raise WrongValueError("not_in_table", table=name, known=sorted(keys)[:_SHOWN])


def _missing(
    form: Form, values: dict[str, Any], bad: Iterable[str], pack: Pack, state: State, world: World
) -> Iterator[dict[str, Any]]:
    """Every field that must be filled in this copy and is not."""
    # A copy of a form with many stands for itself: what another copy of it says is not looked at.
    own = dict.fromkeys((each.name for each in form.fields), None) if form.many else {}
    ground = CaseGround(pack, state, own | values, world.facts)
    told = {one.partition("[")[0].partition(".")[0] for one in bad}
    open_fields = [each for each in form.fields if each.name not in values and each.name not in told]
    asked = dict(asked_by_classes(pack, state, values, ground)) if open_fields and pack.asking else {}
    for each in open_fields:
        if each.required if isinstance(each.required, bool) else holds(each.required, ground):
            yield {"field": each.name, "code": "missing"}
        elif each.name in asked:
            yield {"field": each.name, **asked[each.name]}


def _not_unique(name: str, form: Form, values: dict[str, Any], world: World) -> Iterator[dict[str, Any]]:
    """The mistake of a copy that an earlier one equals in every unique field; none where one of them is not filled."""
    own = [values.get(field) for field in form.unique]
    if world.facts is None or any(value is None or excused(value) for value in own):
        return
    for number, copy in enumerate(world.facts.answer(f"copies:{name}"), start=1):
        if [copy.get(field) for field in form.unique] == own:
            yield {"field": form.unique[0], "code": "not_unique", "fields": list(form.unique), "copy": number}
            return
