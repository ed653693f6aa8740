"""Calendar arithmetic in batch: one JSON line in, one JSON line out."""

import json
from collections import Counter
from collections.abc import Mapping

from rules.calendar_errors import CalendarError
from rules.instants import shown
from rules.reckon_answer import answer
from rules.reckon_line import read_question

_LONGEST_NUMBER = 40
_TOO_DEEP = "nested too deep; write one object of the format"


def answer_line(text: str) -> str:
    """The answer to one line as one line of JSON, without a line end: `{"id", "answer"}` or `{"id", "error"}`.

    Never raises: a mistake of the line is its answer. Bytes that are no UTF-8 may come in as lone surrogates.
    """
    replied = _reply(text)
    line = json.dumps(replied, ensure_ascii=False)
    # Lone surrogates cannot be printed, and some readers end a line at U+2028.
    return line if line.isprintable() else json.dumps(replied)


def reckon(line: Mapping[str, object]) -> dict[str, object]:
    """The answer to one line that is a JSON object: `id` with `answer`, or with the `error`."""
    name = line.get("id")
    named: dict[str, object] = {"id": name if isinstance(name, str) else None}
    try:
        return named | {"answer": answer(read_question(line))}
    except CalendarError as error:
        return named | {"error": str(error)}
    except RecursionError:
        return named | {"error": f"the line: {_TOO_DEEP}"}


def _reply(text: str) -> dict[str, object]:
    twice: set[str] = set()
    not_json: list[str] = []

    def pairs(members: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(members)
        if len(found) < len(members):
            twice.update(key for key, times in Counter(key for key, _ in members).items() if times > 1)
        return found

    def constant(name: str) -> None:
        not_json.append(f"{name} is no JSON; write a value")

    try:
        line = json.loads(text, object_pairs_hook=pairs, parse_int=_whole, parse_constant=constant)
    except RecursionError:
        return {"id": None, "error": f"the line: {_TOO_DEEP}"}
    except json.JSONDecodeError as error:
        return {"id": None, "error": f"the line: not JSON at character {error.pos + 1}: {error.msg}"}
    if not isinstance(line, dict):
        return {"id": None, "error": f"the line: {shown(line)} is not a JSON object"}
    mistakes = [f"{shown(key)}: given twice; keep one" for key in sorted(twice)] + not_json
    if not text.isascii() and _has_lone_surrogate(text):
        mistakes.append("not UTF-8; save the file as UTF-8")
    if mistakes:
        name = None if "id" in twice else line.get("id")
        named = name if isinstance(name, str) and not _has_lone_surrogate(name) else None
        return {"id": named, "error": "the line: " + "; ".join(mistakes)}
    return reckon(line)


def _has_lone_surrogate(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def _whole(digits: str) -> int:
    """A whole number; one far out of every range is cut, since int() refuses 4,300 digits."""
    return int(digits[:_LONGEST_NUMBER])
