"""Text to `Pack`, or everything that is wrong with it, each mistake with its place, line and hint."""

import hashlib
import json
import re
import tomllib
from typing import Any

from pydantic import TypeAdapter, ValidationError

from rules.accounting import gaps
from rules.checks import everything
from rules.checks.wording import said
from rules.indexing import index
from rules.pack import Pack, PackFile
from rules.parsing_errors import mistakes
from rules.parsing_lines import Lines
from rules.parsing_repair import Repair
from rules.parsing_shapes import as_text, floats, shaped
from rules.problems import Found, PackProblems, Problem, found, place_text

_FILE = TypeAdapter(PackFile)
_ROUNDS = 8
_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)$")


def parse(text: str) -> Pack:
    """The pack that a text describes, ready to be looked up.

    Raises:
        PackProblems: With every mistake of the text, in the order of its lines.
    """
    document = _document(text)
    wrong = [found(*place, code="float", given=_at(document, place)) for place in floats(document)]
    repair = Repair(shaped(document, PackFile))
    repair.lift_floats()
    file = _read(repair, wrong)
    draft = repair.draft(file)
    wrong += (repair.in_text(each) for each in everything(draft))
    if wrong:
        raise PackProblems(_problems(text, wrong))
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return index(file, sha256, tuple(_warnings(file)))


def publishing_problems(pack: Pack) -> tuple[str, ...]:
    """What keeps a pack from being published: values that the installation must fill first, with their rows."""
    return tuple(f"{block}: {gap.gap}" for block, gap in gaps(pack.file) if gap.meanwhile == "refuse")


def _document(text: str) -> dict[str, Any]:
    try:
        # Editors of Windows put a mark before the first letter; it is no part of the text.
        return tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        match = _AT_LINE.search(str(error))
        line = int(match[1]) if match else text.count("\n") + 1
        what, hint = said(found(code="toml", error=_AT_LINE.sub("", str(error))))
        raise PackProblems((Problem("", line, what, hint, "toml"),)) from None


def _read(repair: Repair, wrong: list[Found]) -> PackFile:
    """The rows that can be read; what cannot is noted and taken out, until the rest can."""
    for _ in range(_ROUNDS):
        text = json.dumps(repair.document, default=as_text)
        try:
            return _FILE.validate_json(text, strict=True)
        except ValidationError as error:
            errors = mistakes(repair.document, error.errors(include_url=False, include_input=False))
            wrong += (repair.in_text(each) for each in errors)
            repair.take_out(errors)
    raise AssertionError("a repaired file that still cannot be read")


def _warnings(file: PackFile) -> list[str]:
    """Gaps that do not keep the pack from being used, and clauses whose text is lost and that nothing fills."""
    open_values = [f"{block}: {gap.gap}" for block, gap in gaps(file) if gap.meanwhile == "warn"]
    lost = [f"clause.{name}: {row.gap}" for name, row in file.clause.items() if row.gap and not row.filled]
    return open_values + lost


def _problems(text: str, wrong: list[Found]) -> tuple[Problem, ...]:
    lines = Lines(text)
    problems = {}
    for each in wrong:
        what, hint = said(each)
        problems[place_text(each.place), each.code, what.en] = Problem(
            place_text(each.place), lines.of(each.place), what, hint, each.code
        )
    return tuple(sorted(problems.values(), key=lambda problem: (problem.line, problem.place)))


def _at(document: Any, place: tuple[str | int, ...]) -> str:
    for part in place:
        document = document[part]
    return str(document)
