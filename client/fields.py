"""What people type for fields, read by the field's type in the pack; every mistake is found at once."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import Any, Protocol

from client.cli.near import nearest
from client.problems import Problem, problem
from client.times import spoken, utc
from client.words import known, listed, titled, word
from rules.forms import Field, Form
from rules.pack import Pack

_YES = {
    "yes": True,
    "y": True,
    "true": True,
    "1": True,
    "是": True,
    "no": False,
    "n": False,
    "false": False,
    "0": False,
    "否": False,
}
_LISTS = ("choices", "people", "list")


class FileStore(Protocol):
    """Where attached files are kept."""

    def keep(self, path: Path) -> dict[str, Any]:
        """Keep a copy of a file; its ``name``, ``sha256`` and ``size``.

        Raises:
            Mistake: It is larger than the installation takes.
        """


@dataclass(frozen=True, slots=True)
class Desk:
    """What typed values are read with: the pack's zone, where files go, the reader's language."""

    zone: tzinfo
    files: FileStore
    lang: str


class Mistake(ValueError):
    """A typed value that its field cannot take; carries the row that says why."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.row = {"code": code, **params}


def typed(pairs: Sequence[str], form: Form | None, desk: Desk) -> dict[str, Any]:
    """The JSON values of ``name=value`` pairs, each read by the type of its field.

    Raises:
        Problem: ``fields_wrong`` with every pair that cannot be read.
    """
    fields = {field.name: field for field in form.fields} if form else {}
    values: dict[str, Any] = {}
    wrong: list[dict[str, Any]] = []
    given: set[str] = set()
    for pair in pairs:
        name, equals, text = pair.partition("=")
        name = name.strip()
        field = fields.get(name)
        if not equals:
            wrong.append({"field": name, "code": "no_equals"})
        elif name in given:
            wrong.append({"field": name, "code": "given_twice"})
        elif field is None:
            wrong.append({"field": name, "code": "unknown_field", "known": list(fields)})
        else:
            given.add(name)
            try:
                values[name] = read_value(field, text.strip(), desk)
            except Mistake as mistake:
                wrong.append({"field": name, **mistake.row})
    if wrong:
        raise fields_wrong(wrong, form, desk.lang)
    return values


def read_value(field: Field, text: str, desk: Desk) -> Any:
    """The JSON value that a person typed for one field; an empty text is None.

    Raises:
        Mistake: It cannot be read as the field's type.
    """
    if not text:
        return None
    if field.or_reason and field.type != "tick" and (reason := _reason(text)):
        return {"no": reason}
    read = _READS.get(field.type)
    if read is not None:
        return read(field, text, desk)
    if field.fields:
        return _rows(text)
    if field.type in _LISTS:
        return [part.strip() for part in text.replace("，", ",").split(",") if part.strip()]
    return text


def with_case_ids(fields: Mapping[str, Any], packs: Iterable[Pack], case_id: Callable[[str], str]) -> dict[str, Any]:
    """The fields, with the id in place of whatever else names a case, alone or in the list that a link reads.

    ``case_id`` gives back what it does not know.
    """
    files = [pack.file for pack in packs]
    cases = {
        field.name for file in files for form in file.form.values() for field in form.fields if field.type == "case"
    }
    cases |= {link.names for file in files for link in file.link.values() if link.names}

    def meant(value: Any) -> Any:
        if isinstance(value, list):
            return [meant(each) for each in value]
        return case_id(value) if isinstance(value, str) else value

    return {name: meant(value) if name in cases else value for name, value in fields.items()}


def fields_wrong(wrong: Sequence[Mapping[str, Any]], form: Form | None, lang: str) -> Problem:
    """The problem that lists what is wrong with fields, one line each."""
    found = problem("fields_wrong", lang, count=len(wrong))
    details = tuple({**row, "what": sentence(row, form, lang)} for row in wrong)
    return Problem(found.code, found.said, found.exit_code, details=details)


def sentence(row: Mapping[str, Any], form: Form | None, lang: str) -> str:
    """What is wrong with one field, in words."""
    name = str(row.get("field", ""))
    field = _named(form, name) if form else None
    values: dict[str, Any] = {
        key: listed(value, lang) if isinstance(value, list) else value for key, value in row.items()
    }
    values["title"] = titled(field.title, lang) if field else name
    values["near"] = nearest(name, row.get("known", ()), lang) if "known" in row else ""
    key = f"field.{row.get('code')}"
    return word(key if known(key) else "field.wrong", lang, **values)


def _named(form: Form, name: str) -> Field | None:
    """The field that a mistake is about: ``ratio`` of the list ``parties`` for ``parties[2].ratio``."""
    outer, _, inner = name.partition(".")
    field = form.field(outer.partition("[")[0])
    return next((each for each in field.fields if each.name == inner), field) if field and inner else field


def _reason(text: str) -> str:
    """The reason in ``no:REASON``, empty where the text is something else."""
    answer, colon, reason = text.replace("：", ":", 1).partition(":")
    return reason.strip() if colon and _YES.get(answer.strip().lower()) is False else ""


def _rows(text: str) -> list[Any]:
    try:
        rows = json.loads(text, parse_float=str)  # 33.34 stays what was typed
    except ValueError:
        raise Mistake("not_rows") from None
    if not isinstance(rows, list):
        raise Mistake("not_rows")
    return rows


def _yes_no(field: Field, text: str, desk: Desk) -> bool:
    try:
        return _YES[text.lower()]
    except KeyError:
        raise Mistake("not_yes_or_no") from None


def _tick(field: Field, text: str, desk: Desk) -> Any:
    if _YES.get(text.lower()) is True:
        return True
    if reason := _reason(text):
        return {"no": reason}
    raise Mistake("not_ticked")


def _moment(field: Field, text: str, desk: Desk) -> str:
    try:
        return utc(spoken(text, desk.zone)) or ""
    except ValueError:
        raise Mistake("not_a_moment") from None


def _file(field: Field, text: str, desk: Desk) -> dict[str, Any]:
    if not text.startswith("@"):
        raise Mistake("not_a_file")
    path = Path(text[1:]).expanduser()
    try:
        return desk.files.keep(path)
    except OSError as error:
        raise Mistake("no_such_file", file=str(path), why=error.strerror or str(error)) from None


_READS: dict[str, Callable[[Field, str, Desk], Any]] = {
    "yes_no": _yes_no,
    "tick": _tick,
    "moment": _moment,
    "file": _file,
}
