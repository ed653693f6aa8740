"""What pydantic found wrong with a document, as mistakes at the places of the text."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rules.pack import PackFile
from rules.parsing_shapes import keys_of, row_at
from rules.problems import Found, Place, found
from rules.values import AboveValue, ClockValue, FactValue, FieldValue, Gap, TableValue

_MISSING, _UNKNOWN = "missing", "unexpected_keyword_argument"

#: What should have stood there, by pydantic's kind of error.
_WANTED = {
    "string_type": "text",
    "int_type": "whole",
    "bool_type": "yes_no",
    "dataclass_type": "table",
    "dict_type": "table",
    "tuple_type": "list",
    "date_type": "date",
    "date_from_datetime_parsing": "date",
    "date_parsing": "date",
    "date_from_datetime_inexact": "date",
}
#: What may stand where several things may, by key.
_UNIONS = {"required": "required", "least": "bound", "most": "bound"}
_AMOUNTS = ("minutes", "hours", "days", "working_days", "months")
_LONGEST = 40
#: The rows that a value may be, by the names that pydantic gives to its attempts.
_VALUES: dict[str, type[Any]] = {
    row.__name__: row for row in (FieldValue, FactValue, TableValue, ClockValue, AboveValue, Gap)
}


def mistakes(document: Any, errors: Sequence[Mapping[str, Any]]) -> list[Found]:
    """The mistakes of a document; where several things may stand, one for all of pydantic's attempts."""
    result: list[Found] = []
    unions: dict[Place, list[tuple[Place, str, Mapping[str, Any]]]] = {}
    for error in errors:
        place, union, branch = _true_place(document, error)
        if union is None:
            result.append(_one(document, place, error["type"]))
        else:
            unions.setdefault(union, []).append((place, branch, error))
    for union, attempts in unions.items():
        result += _union(document, union, attempts)
    return result


def _true_place(document: Any, error: Mapping[str, Any]) -> tuple[Place, Place | None, str]:
    """The place in the document, the place where the nearest union begins, and the branch of it."""
    place: list[str | int] = []
    union: Place | None = None
    branch = ""
    node = document
    loc = error["loc"]
    for index, part in enumerate(loc):
        last = index == len(loc) - 1
        if isinstance(node, dict) and (part in node or (last and error["type"] in (_MISSING, _UNKNOWN))):
            place.append(part)
            node = node.get(part)
        elif isinstance(node, list) and isinstance(part, int) and part < len(node):
            place.append(part)
            node = node[part]
        else:
            union, branch = tuple(place), str(part)
    return tuple(place), union, branch


def _one(document: Any, place: Place, kind: str, branch: str = "") -> Found:
    if kind == _MISSING:
        section = str(place[0]) if len(place) > 1 else "Head of the file"
        return found(*place, code="missing_key", name=str(place[-1]), section=section)
    if kind == _UNKNOWN:
        row = _VALUES.get(branch) or row_at(PackFile, place[:-1])
        return found(*place, code="unknown_key", name=str(place[-1]), known=list(keys_of(row)) if row else [])
    return found(*place, code="wrong_type", given=_shown(document, place), wanted=_WANTED.get(kind, "value"))


def _union(document: Any, union: Place, attempts: list[tuple[Place, str, Mapping[str, Any]]]) -> Iterator[Found]:
    """The mistakes of the attempt that came nearest, or one that lists what may stand there."""
    value = _node(document, union)
    if isinstance(value, list):
        inside = [each for each in attempts if each[1].startswith("tuple") and len(each[0]) > len(union)]
        yield from (_one(document, place, error["type"]) for place, _, error in inside)
        if inside:
            return
    if isinstance(value, dict):
        by_branch: dict[str, list[tuple[Place, str]]] = {}
        for place, branch, error in attempts:
            if len(place) > len(union):
                by_branch.setdefault(branch, []).append((place, error["type"]))
        near = [name for name, each in by_branch.items() if all(kind != _MISSING for _, kind in each)]
        if near:
            branch = min(near, key=lambda name: len(by_branch[name]))
            yield from (_one(document, place, kind, branch) for place, kind in by_branch[branch])
            return
    yield found(*union, code="wrong_type", given=_shown(document, union), wanted=_wanted(union))


def _wanted(union: Place) -> str:
    key = str(union[-1])
    if key in _AMOUNTS and "counting" not in union:
        return "amount"
    return _UNIONS.get(key, "value") if union[0] == "form" else "value"


def _node(document: Any, place: Place) -> Any:
    for part in place:
        document = document[part]
    return document


def _shown(document: Any, place: Place) -> str:
    text = str(_node(document, place))
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
