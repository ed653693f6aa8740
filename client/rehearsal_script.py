"""Rehearsal scripts: JSON lines that say who does what when; every mistake names its line and place."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from client.problems import Problem, problem
from client.words import word

_HEADER = {"pack": str, "kind": str, "people": dict, "org": dict, "calendar": (str, dict), "edition": int,
           "cycles": bool}  # fmt: skip
_LINE = {
    "at": str,
    "open": dict,
    "do": str,
    "look": bool,
    "until": str,
    "set": dict,
    "as": str,
    "case": str,
    "pack": str,
    "kind": str,
    "happened_at": str,
    "id": str,
    "lang": str,
}
_ORDERS = ("open", "do", "look", "until")
_BELONGS = {
    "open": {"at", "open", "as", "case", "pack", "kind", "happened_at", "id"},
    "do": {"at", "do", "set", "as", "case", "happened_at", "id"},
    "look": {"at", "look", "case"},
    "until": {"until"},
}


@dataclass(frozen=True, slots=True)
class Header:
    """The first line: the pack and kind of the first case, who there is, whose days count, whether cycles open cases."""

    pack: str
    kind: str
    people: dict[str, list[str]] = field(default_factory=dict)
    org: dict[str, Any] | None = None
    calendar: str | dict[str, Any] | None = None
    cycles: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """A later line. ``what`` is ``open``, ``do``, ``look`` or ``until``; ``at`` is still as it was written."""

    line: int
    what: str
    at: str
    by: str = ""
    case: str = ""
    step: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    pack: str = ""
    kind: str = ""
    happened_at: str | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """A script as it was read."""

    header: Header
    orders: tuple[Order, ...]


def read_script(lines: Iterable[str], lang: str) -> Script:
    """The script that the lines hold; blank lines are skipped.

    Raises:
        Problem: ``script_wrong`` with the number of the line and what is wrong in it.
    """
    header: Header | None = None
    orders: list[Order] = []
    for number, text in enumerate(lines, 1):
        if not text.strip():
            continue
        written = _object(text, number, lang)
        if header is None:
            header = _header(written, number, lang)
        else:
            orders.append(_order(written, number, lang))
    if header is None:
        raise wrong(1, "—", "empty", lang)
    return Script(header, tuple(orders))


def wrong(line: int, place: str, why: str, lang: str, /, **values: object) -> Problem:
    """The problem with a line of a script; ``why`` is a key of the catalogue's ``script`` family."""
    return problem("script_wrong", lang, line=line, place=place, why=word(f"script.{why}", lang, **values))


def _object(text: str, number: int, lang: str) -> dict[str, Any]:
    try:
        written = json.loads(text)
    except ValueError as error:
        raise wrong(number, "—", "not_json", lang, text=error) from None
    if not isinstance(written, dict):
        raise wrong(number, "—", "not_an_object", lang)
    return {key: value for key, value in written.items() if value is not None}


def _header(written: Mapping[str, Any], number: int, lang: str) -> Header:
    _check(written, _HEADER, number, lang)
    for key in ("pack", "kind"):
        if not written.get(key):
            raise wrong(number, key, "missing", lang, key=key)
    people = written.get("people", {})
    for person, roles in people.items():
        if not isinstance(roles, list) or not all(isinstance(role, str) for role in roles):
            raise wrong(number, f"people.{person}", "not_roles", lang)
    pack = written["pack"] + (f".{written['edition']}" if "edition" in written else "")
    return Header(
        pack, written["kind"], people, written.get("org"), written.get("calendar"), written.get("cycles", False)
    )


def _order(written: Mapping[str, Any], number: int, lang: str) -> Order:
    _check(written, _LINE, number, lang)
    orders = [name for name in _ORDERS if name in written]
    if len(orders) != 1:
        raise wrong(number, "—", "one_order", lang, found=len(orders))
    what = orders[0]
    for key in written:
        if key not in _BELONGS[what]:
            raise wrong(number, key, "does_not_belong", lang, key=key, order=what)
    for key in ("at",) if what == "look" else ("at", "as") if what in ("open", "do") else ():
        if not written.get(key):
            raise wrong(number, key, "missing", lang, key=key)
    return Order(
        line=number,
        what=what,
        at=written["until"] if what == "until" else written["at"],
        by=written.get("as", ""),
        case=written.get("case", ""),
        step=written.get("do", ""),
        fields=written["open"] if what == "open" else written.get("set", {}),
        pack=written.get("pack", ""),
        kind=written.get("kind", ""),
        happened_at=written.get("happened_at"),
        id=written.get("id", ""),
    )


def _check(written: Mapping[str, Any], shape: Mapping[str, Any], number: int, lang: str) -> None:
    from client.cli.near import nearest

    for key, value in written.items():
        if key not in shape:
            raise wrong(number, key, "unknown_key", lang, key=key, near=nearest(key, shape, lang))
        wanted = shape[key]
        if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
            raise wrong(number, key, "wrong_type", lang, key=key)
