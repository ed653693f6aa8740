"""Fields of forms: what may be chosen, rows of lists, sums, points and weights, copies that must differ."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from rules.checks.draft import NAME, Draft
from rules.forms import Field, Form
from rules.problems import Found, Place, found
from rules.values import TYPE_NAMES

#: What a field of a row may be: no list in a list, and a file is attached to the case itself.
ROW_TYPES = tuple(name for name in TYPE_NAMES if name not in ("list", "file"))
#: Keys of a field that say something about the whole list, not about one row of it.
_WHOLE = ("personal", "hidden_from", "until", "or_reason", "fields", "points", "weight")
_NUMBERS = ("number", "money")
_LOOKED_UP = ("text", "code", "choice", "unit", "person", "customer")
_SCORED = ("choice", "number")
_ALL = Decimal(100)


def check(draft: Draft) -> Iterator[Found]:
    """Every form."""
    for name, form in draft.file.form.items():
        for index, field in enumerate(form.fields):
            place = ("form", name, "fields", index)
            yield from _field(draft, place, field)
            if field.sums_to is not None:
                yield found(*place, "sums_to", code="sums_outside", name=field.name)
        yield from _unique(name, form)
        yield from _weights(name, form)


def labels(draft: Draft, place: Place, values: tuple[str, ...]) -> Iterator[Found]:
    """Every value that people see has a label in both languages, and stands there once."""
    for value in values:
        if value not in draft.file.labels and draft.whole("labels"):
            yield found(*place, code="no_label", name=value, known=sorted(draft.file.labels))
    for value in sorted({value for value in values if values.count(value) > 1}):
        yield found(*place, code="value_twice", name=value)


def _field(draft: Draft, place: Place, field: Field, types: tuple[str, ...] = TYPE_NAMES) -> Iterator[Found]:
    if field.type not in types:
        yield found(*place, "type", code="bad_choice", given=field.type, known=list(types))
    chosen = field.type in ("choice", "choices")
    if chosen and not field.choices:
        yield found(*place, code="no_choices", name=field.name)
    if field.choices and not chosen:
        yield found(*place, "choices", code="choices_of_type", name=field.name, type=field.type)
    if field.required == ():
        yield found(*place, "required", code="group_empty", name="required")
    if field.until and not field.hidden_from:
        yield found(*place, "until", code="until_alone", name=field.name)
    yield from labels(draft, (*place, "choices"), field.choices)
    yield from _table(draft, place, field)
    yield from _points(place, field)
    if field.fields and field.type != "list":
        yield _typed(place, "fields", field, ("list",))
    yield from _rows(draft, place, field)


def _typed(place: Place, key: str, field: Field, allowed: tuple[str, ...]) -> Found:
    return found(*place, key, code="field_type", name=field.name, type=field.type, allowed=allowed)


def _table(draft: Draft, place: Place, field: Field) -> Iterator[Found]:
    table = draft.file.table.get(field.table or "")
    if field.table is not None and field.type not in _LOOKED_UP:
        yield _typed(place, "table", field, _LOOKED_UP)
    elif table is not None and table.by is not None:
        yield found(*place, "table", code="table_of_ranges", name=field.table)


def _rows(draft: Draft, place: Place, field: Field) -> Iterator[Found]:
    """The fields of the rows of a list: each stands for itself, what concerns the whole list is said there."""
    seen: set[str] = set()
    for index, inner in enumerate(field.fields):
        here = (*place, "fields", index)
        if not NAME.fullmatch(inner.name):
            yield found(*here, "name", code="bad_name", name=inner.name)
        if inner.name in seen:
            yield found(*here, "name", code="field_twice", name=inner.name)
        seen.add(inner.name)
        wrong = [key for key in _WHOLE if getattr(inner, key)]
        if not isinstance(inner.required, bool):
            wrong.append("required")
        for key in wrong:
            yield found(*here, key, code="key_of_row", name=key, field=inner.name)
        if inner.sums_to is not None:
            yield from _sum(here, inner)
        if "fields" not in wrong:
            yield from _field(draft, here, inner, ROW_TYPES)


def _sum(place: Place, field: Field) -> Iterator[Found]:
    if field.type not in _NUMBERS:
        yield _typed(place, "sums_to", field, _NUMBERS)
    if number(field.sums_to) is None:
        yield found(*place, "sums_to", code="not_a_number", given=str(field.sums_to))


def _points(place: Place, field: Field) -> Iterator[Found]:
    for key in ("points", "weight"):
        if getattr(field, key) and field.type not in _SCORED:
            yield _typed(place, key, field, _SCORED)
    for value, worth in field.points.items():
        known = value in field.choices if field.type == "choice" else number(value) is not None
        if field.type in _SCORED and not known:
            listed = list(field.choices)
            yield found(*place, "points", code="no_such_value", subject=field.name, name=value, known=listed)
        if number(worth) is None:
            yield found(*place, "points", code="not_a_number", given=worth)
    lacking = [value for value in field.choices if value not in field.points]
    if field.points and field.type == "choice" and lacking:
        yield found(*place, "points", code="points_lacking", name=", ".join(lacking))


def _weights(name: str, form: Form) -> Iterator[Found]:
    weighed = [(index, field) for index, field in enumerate(form.fields) if field.weight is not None]
    weights = [number(field.weight) for _, field in weighed]
    for (index, field), weight in zip(weighed, weights, strict=True):
        if weight is None or weight < 0:
            yield found("form", name, "fields", index, "weight", code="not_a_number", given=str(field.weight))
    total = sum((weight for weight in weights if weight is not None), Decimal(0))
    if weighed and None not in weights and total != _ALL:
        yield found("form", name, "fields", code="weights_sum", name=name, given=str(total))


def _unique(name: str, form: Form) -> Iterator[Found]:
    place = ("form", name, "unique")
    if form.unique and not form.many:
        yield found(*place, code="unique_alone", name=name)
    for each in form.unique:
        field = form.field(each)
        if field is None:
            known = [field.name for field in form.fields]
            yield found(*place, code="not_in_form", name=each, form=name, known=known)
        elif field.personal:
            yield found(*place, code="personal_read", name=each)


def number(text: object) -> Decimal | None:
    """The number that a text of a pack is, None if it is none."""
    try:
        found_number = Decimal(str(text))
    except InvalidOperation:
        return None
    return found_number if found_number.is_finite() else None
