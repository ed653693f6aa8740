"""What is written into a form: every value checked by its field's type, every mistake found at once."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal, InvalidOperation
from typing import Any

from rules.conditions import holds
from rules.directory import Directory
from rules.facts import Facts
from rules.forms import Field, Form
from rules.ground import CaseGround
from rules.pack import Pack
from rules.state import State

LONGEST_TEXT = 10_000
LONGEST_CODE = 200
MOST_ROWS = 20
#: Before and after the point together: more than any sum of money has, and no number of which a text could grow.
MOST_DIGITS = 18
#: What dates and moments may be: a due counted from them stays in the range of the calendar.
YEARS = range(1900, 2190)
_YES_NO = {"yes": True, "true": True, "是": True, "no": False, "false": False, "否": False}
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Accepted:
    """The values of a copy as JSON, and what is wrong: rows of ``field``, ``code`` and what the sentence needs."""

    values: dict[str, Any] = field(default_factory=dict)
    wrong: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class World:
    """What values are checked against: who exists, the zone of a moment without an offset, and what else is known."""

    directory: Directory
    zone: tzinfo
    facts: Facts | None = None


class WrongValueError(ValueError):
    """A value that its field does not take; carries the row that says why."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.row = {"code": code, **params}


def accept(
    form: Form, raw: Mapping[str, Any], pack: Pack, state: State, world: World, *, carried: bool = False
) -> Accepted:
    """The accepted values of a filled form, or every missing and wrong field.

    Args:
        form: Which fields there are.
        raw: JSON values by field name; empty text and null mean not filled.
        pack: For conditions on the fields of the whole case.
        state: The case before this copy.
        world: See `World`.
        carried: Whether a link fills it: then nothing is required, the rest stands in the case it comes from.
    """
    wrong: list[dict[str, Any]] = []
    values: dict[str, Any] = {}
    known = {each.name for each in form.fields}
    for name in raw:
        if name not in known:
            wrong.append({"field": name, "code": "unknown_field", "known": sorted(known)})
    for each in form.fields:
        value = raw.get(each.name)
        if value is None or value == "" or value == []:
            continue
        try:
            values[each.name] = _read(each, value, world)
        except WrongValueError as mistake:
            wrong.append({"field": each.name, **mistake.row})
    if not carried:
        ground = CaseGround(pack, state, values, world.facts)
        bad = {row["field"] for row in wrong}
        for each in form.fields:
            if each.name not in values and each.name not in bad and _required(each, ground):
                wrong.append({"field": each.name, "code": "missing"})
    return Accepted(values, tuple(wrong))


def _required(each: Field, ground: CaseGround) -> bool:
    return each.required if isinstance(each.required, bool) else holds(each.required, ground)


def _read(each: Field, value: Any, world: World) -> Any:
    return _READS[each.type](each, value, world)


def _text(each: Field, value: Any, world: World) -> str:
    if not isinstance(value, str):
        raise WrongValueError("not_text")
    limit = int(each.most or (LONGEST_CODE if each.type in ("code", "case") else LONGEST_TEXT))
    if len(value) > limit:
        raise WrongValueError("too_long", most=limit)
    if not value.strip():
        raise WrongValueError("only_blanks")
    if any(ord(sign) < 32 and sign not in "\n\t\r" for sign in value):
        raise WrongValueError("control_character")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise WrongValueError("control_character") from None
    return value.strip()


def _number(each: Field, value: Any, world: World) -> str:
    if isinstance(value, bool) or not isinstance(value, int | str | float):
        raise WrongValueError("not_a_number")
    try:
        number = Decimal(str(value))  # a float as it was written, not as the machine holds it
    except InvalidOperation:
        raise WrongValueError("not_a_number") from None
    if not number.is_finite() or _digits(number) > MOST_DIGITS:
        raise WrongValueError("not_a_number")
    if each.least is not None and number < Decimal(each.least):
        raise WrongValueError("too_little", least=str(each.least))
    if each.most is not None and number > Decimal(each.most):
        raise WrongValueError("too_much", most=str(each.most))
    return format(number, "f")


def _digits(number: Decimal) -> int:
    """How many digits a number has when it is written out."""
    _, digits, exponent = number.as_tuple()
    places = exponent if isinstance(exponent, int) else MOST_DIGITS
    return max(len(digits) + max(places, 0), -min(places, 0))


def _money(each: Field, value: Any, world: World) -> str:
    text = _number(each, value, world)
    amount = Decimal(text)
    if amount < 0:
        raise WrongValueError("too_little", least="0.00")
    if amount != amount.quantize(Decimal("0.01")):
        raise WrongValueError("not_to_the_fen")
    return format(amount.quantize(Decimal("0.01")), "f")


def _date(each: Field, value: Any, world: World) -> str:
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        raise WrongValueError("not_a_date") from None
    if day.year not in YEARS:
        raise WrongValueError("not_a_date")
    return day.isoformat()


def _moment(each: Field, value: Any, world: World) -> str:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise WrongValueError("not_a_moment") from None
    if moment.year not in YEARS:
        raise WrongValueError("not_a_moment")
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=world.zone)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _yes_no(each: Field, value: Any, world: World) -> bool:
    said = _YES_NO.get(value.strip().lower()) if isinstance(value, str) else value
    if not isinstance(said, bool):
        raise WrongValueError("not_yes_or_no")
    return said


def _tick(each: Field, value: Any, world: World) -> Any:
    if value is True:
        return True
    if isinstance(value, dict) and set(value) == {"no"} and isinstance(value["no"], str) and value["no"].strip():
        return {"no": _text(each, value["no"], world)}
    raise WrongValueError("not_ticked")


def _choice(each: Field, value: Any, world: World) -> str:
    if value not in each.choices:
        raise WrongValueError("not_a_choice", choices=list(each.choices))
    return str(value)


def _choices(each: Field, value: Any, world: World) -> list[str]:
    if not isinstance(value, list) or len(set(map(str, value))) != len(value):
        raise WrongValueError("not_a_list")
    return [_choice(each, one, world) for one in value]


def _person(each: Field, value: Any, world: World) -> str:
    if not isinstance(value, str) or value not in world.directory.people:
        raise WrongValueError("nobody")
    return value


def _people(each: Field, value: Any, world: World) -> list[str]:
    if not isinstance(value, list) or len(value) > MOST_ROWS:
        raise WrongValueError("not_a_list")
    return [_person(each, one, world) for one in value]


def _unit(each: Field, value: Any, world: World) -> str:
    if not isinstance(value, str) or value not in world.directory.departments:
        raise WrongValueError("no_department", known=sorted(world.directory.departments))
    return value


def _file(each: Field, value: Any, world: World) -> dict[str, Any]:
    if isinstance(value, dict) and set(value) == {"name", "sha256", "size"}:
        size, name, checksum = value["size"], value["name"], value["sha256"]
        if type(size) is int and size >= 0 and isinstance(name, str) and _SHA256.fullmatch(str(checksum)):
            return dict(value)
    raise WrongValueError("not_a_file")


def _list(each: Field, value: Any, world: World) -> list[str]:
    if not isinstance(value, list) or len(value) > MOST_ROWS:
        raise WrongValueError("not_a_list")
    return [_text(each, one, world) for one in value]


_READS: dict[str, Callable[[Field, Any, World], Any]] = {
    "text": _text,
    "customer": _text,
    "code": _text,
    "case": _text,
    "number": _number,
    "money": _money,
    "date": _date,
    "moment": _moment,
    "yes_no": _yes_no,
    "tick": _tick,
    "choice": _choice,
    "choices": _choices,
    "person": _person,
    "people": _people,
    "unit": _unit,
    "file": _file,
    "list": _list,
}
