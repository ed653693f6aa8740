"""The types of fields: what a value must be, and what is kept of it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal, InvalidOperation
from typing import Any

from rules.directory import Directory
from rules.facts import Facts
from rules.forms import Field
from rules.instants import stamp

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


class WrongRowsError(ValueError):
    """Rows of a list that cannot stand; carries a row for each mistake, with ``field`` as ``parties[2].ratio``."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        super().__init__(rows[0]["code"])
        self.rows = rows


def empty(value: Any) -> bool:
    """Whether a value says that nothing is filled in: nothing, an empty text or an empty list."""
    return value is None or value == "" or value == []


def read(each: Field, value: Any, world: World) -> Any:
    """The value of a field as JSON, checked by the field's type.

    Raises:
        WrongValueError: The field does not take it.
        WrongRowsError: It is a list, and some of its rows cannot stand.
    """
    return _READS[each.type](each, value, world)


def _text(each: Field, value: Any, world: World) -> str:
    if not isinstance(value, str):
        raise WrongValueError("not_text")
    limit = int(each.most or (LONGEST_CODE if each.type in ("code", "case") else LONGEST_TEXT))
    if len(value) > limit:
        raise WrongValueError("too_long", most=limit)
    if not value.strip():
        raise WrongValueError("only_blanks")
    if each.least is not None and len(value.strip()) < int(each.least):
        raise WrongValueError("too_short", least=int(each.least))
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
    return format(abs(amount).quantize(Decimal("0.01")), "f")  # a zero has no sign


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
    return stamp(moment)


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


def _list(each: Field, value: Any, world: World) -> list[Any]:
    if not isinstance(value, list):
        raise WrongValueError("not_a_list")
    most = min(int(each.most or MOST_ROWS), MOST_ROWS)
    if len(value) > most:
        raise WrongValueError("too_many_rows", most=most)
    if each.least is not None and len(value) < int(each.least):
        raise WrongValueError("too_few_rows", least=int(each.least))
    if not each.fields:
        return [_text(each, one, world) for one in value]
    return _rows(each, value, world)


def _rows(each: Field, value: list[Any], world: World) -> list[dict[str, Any]]:
    """The rows of a list whose rows have fields of their own, every mistake named by its row and field."""
    wrong: list[dict[str, Any]] = []
    rows = []
    for number, one in enumerate(value, start=1):
        place = f"{each.name}[{number}]"
        if not isinstance(one, dict):
            wrong.append({"field": place, "code": "not_a_row", "known": [inner.name for inner in each.fields]})
            continue
        rows.append(_row(each, one, world, place, wrong))
    wrong += (row for inner in each.fields if inner.sums_to and not wrong for row in _wrong_sum(each, inner, rows))
    if wrong:
        raise WrongRowsError(wrong)
    return rows


def _row(each: Field, given: dict[Any, Any], world: World, place: str, wrong: list[dict[str, Any]]) -> dict[str, Any]:
    known = [inner.name for inner in each.fields]
    wrong += (
        {"field": f"{place}.{name}", "code": "unknown_field", "known": known} for name in given if name not in known
    )
    row = {}
    for inner in each.fields:
        value = given.get(inner.name)
        if empty(value):
            if inner.required:
                wrong.append({"field": f"{place}.{inner.name}", "code": "missing"})
            continue
        try:
            row[inner.name] = read(inner, value, world)
        except WrongValueError as mistake:
            wrong.append({"field": f"{place}.{inner.name}", **mistake.row})
    return row


def _wrong_sum(each: Field, inner: Field, rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The mistake of rows whose numbers do not give the sum that they must; none where no row has the number."""
    shares = [Decimal(row[inner.name]) for row in rows if inner.name in row]
    if shares and sum(shares) != Decimal(inner.sums_to or 0):
        said = {"sum": format(sum(shares), "f"), "wanted": str(inner.sums_to)}
        yield {"field": f"{each.name}.{inner.name}", "code": "wrong_sum", **said}


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
