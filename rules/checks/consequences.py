"""Consequences: exactly one amount, a unit, parties that are there, and somebody or a rule that decides."""

from collections.abc import Iterator

from rules.amounts import number_of, ratio
from rules.authority import CONSEQUENCE
from rules.checks import events
from rules.checks.draft import Draft
from rules.checks.forms import labels
from rules.consequences import AMOUNTS, Consequence
from rules.duties import Approval
from rules.problems import Found, Place, found
from rules.reading import values_of
from rules.values import AboveValue, ClockValue, Value

#: Units of the house; every other unit is a points account with a label.
UNITS = ("yuan", "sanction", "order", "reward")
#: Units of what is chosen from a list and has no amount.
CHOSEN = ("sanction", "order", "reward")
EXACT = ("fixed", "percent", "whole_of", "shortfall")
PARTIES = ("person", "people", "unit", "customer", "code", "choice")
_WHOLE = 100


def check(draft: Draft) -> Iterator[Found]:
    """Every consequence, and every approval of one."""
    for name, row in draft.file.consequence.items():
        place = ("consequence", name)
        yield from _amount(draft, place, row)
        yield from _parties(draft, place, row)
        yield from _deciders(draft, place, name, row)
        yield from _when(draft, place, row)
        for other in row.instead_of:
            if other == name:
                yield found(*place, "instead_of", code="instead_of_itself", name=name)
        for each in row.reverses:
            if not _is_reversal(each):
                yield found(*place, "reverses", code="bad_reversal", name=each)
    for where, value in values_of(draft.file):
        if where[0] == "consequence":
            yield from _literal(where, value)
    for name, approval in draft.file.approval.items():
        yield from _authority(draft, name, approval)


def amounts_of(row: Consequence) -> tuple[str, ...]:
    """The amounts that a row gives, of which there must be one."""
    return tuple(key for key in AMOUNTS if getattr(row, key) not in (None, (), False))


def is_exact(row: Consequence) -> bool:
    """Whether the rule alone leaves one amount, or one sanction."""
    given = amounts_of(row)
    return (given[:1] == ("one_of",) and len(row.one_of) == 1) or any(key in EXACT for key in given)


def _amount(draft: Draft, place: Place, row: Consequence) -> Iterator[Found]:
    given = amounts_of(row)
    if len(given) != 1:
        yield found(*place, code="one_amount", given=", ".join(given) or "—", known=list(AMOUNTS))
    if (row.percent is None) != (row.of is None):
        yield found(*place, code="percent_of", name="percent" if row.of is None else "of")
    if row.band is not None:
        low, high = (number_of(end) for end in row.band)
        if low is not None and high is not None and low > high:
            yield found(*place, "band", code="band_order", low=str(low), high=str(high))
    if row.unit not in UNITS and row.unit not in draft.file.labels and draft.whole("labels"):
        known = [*UNITS, *sorted(draft.file.labels)]
        yield found(*place, "unit", code="bad_choice", given=row.unit, known=known)
    if bool(row.one_of) != (row.unit in CHOSEN) and len(given) == 1 and (row.one_of or row.unit != "reward"):
        yield found(*place, "unit", code="unit_of_choices", name=row.unit, known=list(CHOSEN))
    yield from labels(draft, (*place, "one_of"), row.one_of)
    if row.most < 1:
        yield found(*place, "most", code="not_above_zero", given=str(row.most))


def _literal(place: Place, value: Value) -> Iterator[Found]:
    if isinstance(value, AboveValue | ClockValue | bool):
        yield found(*place, code="not_an_amount")
    elif isinstance(value, str | int):
        read = ratio if place[-1] == "percent" else number_of
        number = read(value)
        if number is None or number < 0:
            yield found(*place, code="not_a_number", given=str(value))


def _parties(draft: Draft, place: Place, row: Consequence) -> Iterator[Found]:
    if not row.against:
        yield found(*place, "against", code="nobody_against")
    fields = [each.removeprefix("field.") for each in row.against if each.startswith("field.")]
    wanted = PARTIES if row.split is None else ("list",)
    for name in fields:
        field = draft.fields.get(name)
        if field is not None and field.type not in wanted:
            yield found(*place, "against", code="field_type", name=name, type=field.type, allowed=wanted)
    for each in row.against:
        if "." in each and not each.startswith(("field.", "holder.")) and not _is_holder_elsewhere(each):
            yield found(*place, "against", code="bad_party", name=each)
    if row.split is None:
        return
    if len(row.against) != 1 or len(fields) != 1 or row.one_of:
        yield found(*place, "split", code="split_alone")
        return
    inner = {each.name: each for each in draft.fields[fields[0]].fields} if fields[0] in draft.fields else None
    for key, name in (("party", row.split.party), ("ratio", row.split.ratio)):
        if inner is not None and name not in inner:
            yield found(*place, "split", key, code="not_in_form", name=name, form=fields[0], known=sorted(inner))
    ratios = inner.get(row.split.ratio) if inner else None
    if ratios is not None and number_of(ratios.sums_to) != _WHOLE:
        yield found(*place, "split", "ratio", code="split_sum", name=row.split.ratio)


def _deciders(draft: Draft, place: Place, name: str, row: Consequence) -> Iterator[Found]:
    approvals = [key for key, each in draft.file.approval.items() if each.of == f"{CONSEQUENCE}{name}"]
    if row.proposed_by and not row.decided_by and not approvals and draft.whole("approval"):
        yield found(*place, "proposed_by", code="nobody_decides", name=name)
    if row.decided_by and approvals:
        yield found(*place, "decided_by", code="decided_twice", name=name, approval=approvals[0])
    asked = row.proposed_by or row.decided_by
    if not asked and len(amounts_of(row)) == 1 and not is_exact(row) and draft.whole("approval"):
        yield found(*place, code="not_exact", name=name)
    if row.one_of_them and not asked:
        yield found(*place, "one_of_them", code="nobody_picks", name=name)
    if row.may_change and not asked:
        yield found(*place, "may_change", code="nobody_picks", name=name)


def _when(draft: Draft, place: Place, row: Consequence) -> Iterator[Found]:
    if row.dated is not None:
        yield from events.named(draft, (*place, "dated"), row.dated)


def _is_holder_elsewhere(name: str) -> bool:
    """Whether a party is spelled ``link.x.holder.y``: whoever held a clock of the case that a link names."""
    parts = name.split(".")
    return len(parts) == 4 and (parts[0], parts[2]) == ("link", "holder")


def _is_reversal(name: str) -> bool:
    parts = name.split(".")
    return len(parts) == 1 or parts[:-1] == ["consequence"] or (parts[0] == "link" and parts[2:-1] == ["consequence"])


def _authority(draft: Draft, name: str, approval: Approval) -> Iterator[Found]:
    if approval.authority is None:
        return
    place: Place = ("approval", name, "authority")
    if not (approval.of or "").startswith(CONSEQUENCE):
        yield found(*place, code="authority_of", name=name)
    table = draft.file.table.get(approval.authority.table)
    if table is None:
        return
    if table.key != "role":
        yield found(*place, code="authority_table", name=approval.authority.table)
        return
    for index, row in enumerate(table.rows):
        where: Place = ("table", approval.authority.table, "rows", index)
        if row.key is not None:
            yield from draft.missing((*where, "key"), "role", row.key)
        most = row.gives.get(approval.authority.gives)
        if isinstance(most, str) and number_of(most) is None:
            yield found(*where, "gives", code="not_a_number", given=most)
