"""A person proposes, decides or drops an item of a consequence: within its bounds, or beyond them with a reason."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from rules.accept_types import World, WrongValueError, empty, read
from rules.amounts import NOTHING, Bounds, RatiosError, text_of, to_fen
from rules.bounding import Missing, bounded, bounds
from rules.cascade import cascade
from rules.commands import Command
from rules.concluding import PERSON, conclude, drop, note
from rules.consequences import Consequence
from rules.draft import Draft
from rules.forms import Field, Form
from rules.items import RAISED, ItemState
from rules.outcomes import Refusal
from rules.parties import Party, lines_of, parties_of
from rules.refusing import Refused, require_open_gates, require_role
from rules.rights import Right, roles_for
from rules.values import Names, Title


def may_drop(row: Consequence) -> bool:
    """Whether a person may let an item go, with a reason: where the rule leaves it to him, or he is who proposes it."""
    return row.may_change or bool(row.proposed_by)


def command_form(row: Consequence) -> Form:
    """What a command to a consequence may fill in, as a form."""
    fields = [Field("item", Title("第几项", "item"), "number")]
    if row.one_of:
        fields.append(Field("choice", Title("处理", "choice"), "choices", choices=row.one_of))
    else:
        fields.append(Field("amount", Title("数额", "amount"), "money" if row.unit == "yuan" else "number", least=0))
    if row.one_of_them:
        fields.append(Field("party", Title("对象", "party"), "text"))
    if may_drop(row):
        fields.append(Field("drop", Title("不予处理", "drop"), "yes_no"))
    fields.append(Field("reason", Title("理由", "reason"), "text"))
    return Form(row.title, tuple(fields), row.clause)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a command asks for one item."""

    draft: Draft
    row: Consequence
    item: ItemState
    values: dict[str, Any]

    @property
    def reason(self) -> str:
        """Why, empty where nothing is said."""
        return str(self.values.get("reason", ""))

    @property
    def free(self) -> bool:
        """Whether the bounds may be left: the pack lets them be, and a reason is given."""
        return self.row.may_change and bool(self.reason)


def decide_consequence(draft: Draft, command: Command) -> None:
    """Propose, decide or drop an item; the oldest that is open where none is named. Who proposed never decides.

    Raises:
        Refused: ``unknown_step``, ``step_not_open``, ``own_proposal``, ``unknown_person``, ``excluded``,
            ``wrong_role``, ``fields_wrong``, ``value_missing``, ``ratios_wrong``, ``out_of_bounds`` or ``gate_closed``.
    """
    name = command.what.removeprefix("consequence.")
    row = draft.pack.file.consequence.get(name)
    if row is None:
        raise Refused(Refusal("unknown_step", params={"step": command.what}))
    number, item = _item(draft, name, row)
    dropping = may_drop(row) and command.fields.get("drop") in (True, "yes", "true", "是")
    deciding, acting_for = _acting(draft, name, row, item, dropping=dropping)
    asked, at = _Asked(draft, row, item, _accepted(draft, row)), draft.judged
    if dropping:
        if not asked.reason:
            raise _wrong(row, {"field": "reason", "code": "missing"})
        require_open_gates(draft, command.what)
        cascade(draft, [drop(draft, name, number, at, asked.reason, PERSON, acting_for)])
        return
    settled = _settled(asked)
    require_open_gates(draft, command.what)
    if deciding:
        events = conclude(draft, name, number, settled, at, by=PERSON, reason=asked.reason, acting_for=acting_for)
    else:
        events = [
            note(draft, "proposed", name, number, settled, at, by=PERSON, reason=asked.reason, acting_for=acting_for)
        ]
    cascade(draft, events)


def _accepted(draft: Draft, row: Consequence) -> dict[str, Any]:
    """The values of the command's fields, each of the type of its field."""
    world = World(draft.facts.directory, draft.facts.calendar.zone, draft.facts)
    fields = {each.name: each for each in command_form(row).fields}
    values: dict[str, Any] = {}
    wrong: list[dict[str, Any]] = []
    for name, given in draft.command.fields.items():
        if name not in fields:
            wrong.append({"field": name, "code": "unknown_field", "known": sorted(fields)})
        elif not empty(given):
            try:
                values[name] = read(fields[name], given, world)
            except WrongValueError as mistake:
                wrong.append({"field": name, **mistake.row})
    if wrong:
        raise _wrong(row, *wrong)
    return values


def _item(draft: Draft, name: str, row: Consequence) -> tuple[int, ItemState]:
    """The item that is named, or the oldest that is open."""
    items = draft.state.consequences.get(name, ())
    still = {number: item for number, item in enumerate(items, start=1) if item.open}
    if draft.state.closed or not still:
        params = {"step": f"consequence.{name}", "stage": draft.state.stage}
        raise Refused(Refusal("step_not_open", row.clause, params))
    wanted = str(draft.command.fields.get("item") or next(iter(still)))
    if wanted not in map(str, still):
        raise _wrong(row, {"field": "item", "code": "not_a_choice", "choices": [str(each) for each in still]})
    return int(wanted), still[int(wanted)]


def _acting(draft: Draft, name: str, row: Consequence, item: ItemState, *, dropping: bool) -> tuple[bool, str]:
    """Whether the person decides (else he proposes), and for whom he acts."""
    roles = roles_for(row, item)
    if dropping:
        roles = row.decided_by or row.proposed_by
    if not roles and not item.bounded:
        _known(draft, row)
    if not roles:
        raise Refused(Refusal("step_not_open", row.clause, {"step": f"consequence.{name}", "stage": draft.state.stage}))
    people, person = draft.people(), draft.command.by
    decides = dropping or item.status != RAISED or not row.proposed_by
    deciders = row.decided_by if decides else ()
    if deciders and person == item.by and people.may(person, deciders) is not None:
        raise Refused(Refusal("own_proposal", row.clause, {"person": person}))
    besides = people.excluded(roles)
    if deciders and people.may(person, deciders, besides) is not None:
        return True, require_role(draft, Right(deciders, besides), row.clause).instead_of
    return dropping, require_role(draft, Right(roles, besides), row.clause).instead_of


def _settled(asked: _Asked) -> ItemState:
    """The item with the lines and the choice that the command gives it."""
    row, item = asked.row, asked.item
    parties = _parties(asked)
    if row.one_of:
        return replace(item, lines=lines_of(row, parties, None), choice=_choice(asked))
    entered = asked.values.get("amount")
    known = _bounds(asked, by_hand=entered is not None)
    proposed = all(amount is not None for _, _, amount in item.lines)
    if entered is None and proposed:
        kept = {(each.kind, each.name) for each in parties}
        return replace(item, lines=tuple(line for line in item.lines if line[:2] in kept))
    if entered is None and known.exact is None:
        raise _wrong(row, {"field": "amount", "code": "missing"})
    amount = to_fen(Decimal(entered) * known.factor) if entered is not None else known.exact or NOTHING
    _require_within(asked, amount, known)
    raw = Decimal(entered) if entered is not None and row.entered and known.coefficient is not None else known.raw
    try:
        lines = lines_of(row, parties, amount)
    except RatiosError as wrong:
        raise Refused(Refusal("ratios_wrong", row.clause, {"total": format(wrong.total, "f")})) from None
    return bounded(item, lines, known, raw if amount == known.exact or row.entered else None)


def _require_within(asked: _Asked, amount: Decimal, known: Bounds) -> None:
    row = asked.row
    if not known.hold(amount) and not asked.free:
        params = {
            "amount": format(amount, "f"),
            "low": text_of(known.low) or "0",
            "high": text_of(known.high) or "",
            "unit": row.unit,
            "may_change": row.may_change,
        }
        raise Refused(Refusal("out_of_bounds", row.clause, params))
    if not amount and known.exact != NOTHING and not asked.reason:
        raise _wrong(row, {"field": "reason", "code": "missing"})


def _bounds(asked: _Asked, *, by_hand: bool) -> Bounds:
    """The bounds that were known when the item was raised, else those of now; none where it is settled by hand."""
    item, row = asked.item, asked.row
    if item.bounded and not row.entered:
        low, high, raw, coefficient = (
            None if text is None else Decimal(text) for text in (item.low, item.high, item.raw, item.coefficient)
        )
        return Bounds(low, high, raw, coefficient)
    if by_hand and asked.free:
        try:
            return bounds(row, asked.draft.ground)
        except Missing:
            return Bounds()
    return _known(asked.draft, row)


def _known(draft: Draft, row: Consequence) -> Bounds:
    try:
        return bounds(row, draft.ground)
    except Missing as missing:
        raise Refused(Refusal("value_missing", row.clause, {"value": missing.value})) from None


def _choice(asked: _Asked) -> Names:
    row = asked.row
    given = tuple(asked.values.get("choice", ())) or asked.item.choice or (row.one_of if len(row.one_of) == 1 else ())
    if not given:
        raise _wrong(row, {"field": "choice", "code": "missing"})
    if len(given) > row.most:
        raise _wrong(row, {"field": "choice", "code": "too_many", "most": row.most})
    return given


def _parties(asked: _Asked) -> tuple[Party, ...]:
    """Against whom it is decided: all of them, or the one whom the person picks."""
    row, item = asked.row, asked.item
    if row.split is not None:
        return parties_of(asked.draft, row)
    parties = tuple(Party(kind, name) for kind, name, _ in item.lines)
    if not row.one_of_them:
        return parties
    names, picked = [each.name for each in parties], asked.values.get("party")
    if picked is None and len(parties) == 1:
        return parties
    if picked not in names:
        code = "missing" if picked is None else "not_a_choice"
        raise _wrong(row, {"field": "party", "code": code, "choices": names})
    return tuple(each for each in parties if each.name == picked)


def _wrong(row: Consequence, *rows: dict[str, Any]) -> Refused:
    return Refused(Refusal("fields_wrong", row.clause, {"form": "", "fields": list(rows)}))
