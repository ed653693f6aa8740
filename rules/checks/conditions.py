"""Conditions: one subject, one comparison, values that the subject can have, fields that somebody is asked for."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from rules.checks import facts
from rules.checks.draft import Draft
from rules.conditions import COMPARISONS, Condition, Conditions, names_in
from rules.forms import Field
from rules.lookups import columns_of
from rules.problems import Found, Place, found
from rules.reading import conditions_of, values_of
from rules.values import AboveValue, ClockValue, FactValue, FieldValue, TableValue, Value, toml_key

_GROUPS = ("any", "all", "not_")
_NUMBERS = ("over", "at_least", "under", "at_most")
_INSTANTS = ("before", "after")

#: Which comparisons a field of a type may stand in, besides ``filled``.
COMPARABLE = {
    "number": ("is_", "in_", *_NUMBERS),
    "money": ("is_", "in_", *_NUMBERS),
    "date": ("is_", *_INSTANTS),
    "moment": ("is_", *_INSTANTS),
    "choices": ("has",),
    "people": ("has",),
    "yes_no": ("is_",),
    "tick": ("is_",),
    "list": (),
    "file": (),
}
#: Which comparisons a fact of a type may stand in; every other fact is one of some values.
_BY_TYPE = {facts.NUMBER: ("is_", *_NUMBERS), facts.INSTANT: ("is_", *_INSTANTS)}


def check(draft: Draft) -> Iterator[Found]:
    """Every condition of the pack."""
    for place, conditions in conditions_of(draft.file):
        yield from _all(draft, place, conditions)
    for place, value in values_of(draft.file):
        yield from _value(draft, place, value)


def _all(draft: Draft, place: Place, conditions: Conditions) -> Iterator[Found]:
    for index, condition in enumerate(conditions):
        yield from _one(draft, (*place, index), condition)


def _one(draft: Draft, place: Place, row: Condition) -> Iterator[Found]:
    groups = [group for group in _GROUPS if getattr(row, group) is not None]
    subjects = [key for key in ("field", "fact") if getattr(row, key) is not None]
    comparisons = [key for key in COMPARISONS if getattr(row, key) is not None]
    if groups and (len(groups) > 1 or subjects or comparisons):
        yield found(*place, code="group_alone", name=toml_key(groups[0]))
    for group in groups:
        inner: Conditions = getattr(row, group)
        if not inner:
            yield found(*place, toml_key(group), code="group_empty", name=toml_key(group))
        yield from _all(draft, (*place, toml_key(group)), inner)
        if group == "not_":
            yield from _not(draft, (*place, "not"), inner)
    if groups:
        return
    if len(subjects) != 1:
        yield found(*place, code="one_subject")
    if len(comparisons) != 1:
        yield found(*place, code="one_comparison", known=[toml_key(key) for key in COMPARISONS])
    if len(subjects) == len(comparisons) == 1:
        yield from _leaf(draft, place, row, comparisons[0])


def _leaf(draft: Draft, place: Place, row: Condition, key: str) -> Iterator[Found]:
    bound = getattr(row, key)
    yield from _value(draft, (*place, toml_key(key)), bound)
    if row.field is not None:
        yield from draft.missing((*place, "field"), "field", row.field)
        field = draft.fields.get(row.field)
        if field:
            yield from _field(place, field, key, bound)
        return
    fact = row.fact or ""
    subject = facts.subject(draft, fact)
    if subject is None:
        yield found(*place, "fact", code="bad_fact", name=fact, known=facts.spellings())
        return
    yield from draft.missing((*place, "fact"), subject.word, subject.name)
    if fact.startswith("link."):
        yield from draft.missing((*place, "fact"), "link", fact.split(".")[1])
    allowed = _BY_TYPE.get(subject.type, ("is_", "in_"))
    if key not in allowed:
        yield from _comparison(place, fact, key, allowed)
    elif subject.type == facts.NUMBER and isinstance(bound, str | bool) and not _is_number(str(bound)):
        yield found(*place, toml_key(key), code="not_a_number", given=str(bound))
    elif subject.type == facts.ROLE:
        for role in _literals(bound):
            yield from draft.missing((*place, toml_key(key)), "role", role)
    elif subject.values:
        yield from _among((*place, toml_key(key)), fact, bound, subject.values)


def _field(place: Place, field: Field, key: str, bound: Value) -> Iterator[Found]:
    allowed = COMPARABLE.get(field.type, ("is_", "in_"))
    here = (*place, toml_key(key))
    if key != "filled" and key not in allowed:
        yield from _comparison(place, field.name, key, (*allowed, "filled"))
    elif key == "filled":
        return
    elif field.type in ("choice", "choices") and field.choices:
        yield from _among(here, field.name, bound, field.choices)
    elif field.type in ("yes_no", "tick"):
        if isinstance(bound, str | int) and not isinstance(bound, bool):
            yield found(*here, code="not_yes_no", given=str(bound))
    elif field.type in ("number", "money"):
        for literal in _literals(bound):
            if not _is_number(literal):
                yield found(*here, code="not_a_number", given=literal)


def _comparison(place: Place, subject: str, key: str, allowed: tuple[str, ...]) -> Iterator[Found]:
    yield found(
        *place,
        toml_key(key),
        code="wrong_comparison",
        subject=subject,
        name=toml_key(key),
        allowed=[toml_key(each) for each in allowed],
    )


def _among(place: Place, subject: str, bound: Value, values: tuple[str, ...]) -> Iterator[Found]:
    for literal in _literals(bound):
        if literal not in values:
            yield found(*place, code="no_such_value", subject=subject, name=literal, known=list(values))


def _value(draft: Draft, place: Place, value: Value) -> Iterator[Found]:
    """What a value refers to exists."""
    match value:
        case FieldValue(field=name):
            yield from draft.missing(place, "field", name)
        case ClockValue(clock=name):
            yield from draft.missing(place, "clock", name)
            clock = draft.file.clock.get(name)
            if clock and clock.allow is None:
                yield found(*place, code="no_due", name=name)
        case TableValue(table=name, gives=column):
            yield from draft.missing(place, "table", name)
            table = draft.file.table.get(name)
            columns = sorted(columns_of(table)) if table else []
            if table and column not in columns:
                yield found(*place, code="no_column", table=name, name=column, known=columns)
        case FactValue(fact=name):
            subject = facts.subject(draft, name)
            if subject is None:
                yield found(*place, "fact", code="bad_fact", name=name, known=facts.spellings())
            else:
                yield from draft.missing((*place, "fact"), subject.word, subject.name)
                if name.startswith("link."):
                    yield from draft.missing((*place, "fact"), "link", name.split(".")[1])
        case AboveValue(above=role):
            yield from draft.missing(place, "role", role)
            if role in draft.file.role and draft.file.role[role].above is None:
                yield found(*place, code="nobody_above", name=role)


def _not(draft: Draft, place: Place, inner: Conditions) -> Iterator[Found]:
    """A field that may be missing makes the comparison false and ``not`` true: nobody means that."""
    for name in sorted(names_in(_without_filled(inner))[0]):
        if name in draft.fields and not (_always_there(draft, name) or _beside(draft, place, name)):
            yield found(*place, code="not_over_missing", name=name)


def _without_filled(conditions: Conditions) -> Iterator[Condition]:
    for row in conditions:
        groups = [getattr(row, group) for group in _GROUPS if getattr(row, group) is not None]
        if groups:
            yield from (each for group in groups for each in _without_filled(group))
        elif row.filled is None:
            yield row


def _always_there(draft: Draft, name: str) -> bool:
    """Whether every kind of case that has the field asks for it, without condition, when it opens."""
    forms = [draft.file.form.get(draft.file.kind[kind].opens_with) for kind in draft.belonging.fields.get(name, ())]
    opening = [form.field(name) if form else None for form in forms]
    return bool(opening) and all(field is not None and field.required is True for field in opening)


def _beside(draft: Draft, place: Place, name: str) -> bool:
    """Whether the field stands, always asked for, in the same form as the one whose ``required`` reads it."""
    field = draft.file.form[str(place[1])].field(name) if place[0] == "form" and place[4] == "required" else None
    return field is not None and field.required is True


def _literals(bound: Value | tuple[str, ...]) -> tuple[str, ...]:
    """The texts that a comparison names itself, without what it looks up."""
    if isinstance(bound, tuple):
        return bound
    return (str(bound),) if isinstance(bound, str | int) else ()


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False
