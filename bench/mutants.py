"""Mutants of a pack: every number, unit, comparison, role and citation of its text, changed one at a time."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

#: Lines that tell people something and rule nothing.
_TOLD = re.compile(
    r"\s*(?:#|(?:says|terms|reading|title|nothing_to_encode|not_yet|gap|filled|always|edition|effective_from)\s*=|\[clause\.)"
)
_UNITS = ("working_days", "days", "hours", "minutes", "months")
_SWAPPED = {
    "over": "at_least", "at_least": "over", "under": "at_most", "at_most": "under", "before": "after", "after": "before",
    "any": "all", "all": "any",
}  # fmt: skip
_CONVENTIONS = {
    "excluded": "included", "included_if_working": "excluded", "included": "excluded", "midnight": "closing",
    "closing": "midnight", "whole_days": "time", "time": "whole_days", "stays": "moves", "moves": "stays",
    "calendar": "always", "always": "calendar", "happened_at": "at", "at": "happened_at",
}  # fmt: skip
_ROLE_KEYS = (
    "by|to|tell|holder|owner|raise_to|opened_by|seen_by|above|never|hidden_from|gives|decided_by|proposed_by|confirmed_by"
    "|against|kept_by"
)
#: Words that stand for another one of the same key, each changed into the one after it.
_WORDS = {
    "unit": ("yuan", "sanction", "order", "reward"),
    "every|end_of|period": ("week", "month", "quarter", "year"),
    "show": ("count", "sum", "mean", "share", "distinct"),
    "again": ("restart", "resume", "ignore", "once", "each_round"),
    "several": ("gravest", "first", "any", "all", "one"),
    "answers": ("any", "all"),
    "if_later": ("from_start", "from_then"),
    "decided": ("always", "at_intake", "by_step"),
    "then": ("supersede", "hold"),
}
_FLAGS = "one_of_them|may_change|entered|once|many|opens|stated|or_reason|required|personal"
#: Whom a pack may name without a role of its own.
_BUILT_IN = ("holder", "customer", "anybody")
_TITLES = re.compile(r"\b(?:title|says) = \{[^{}]*(?:\{\w+\}[^{}]*)*\}")
_AMOUNT = re.compile(r"\b\w+ = (?P<old>\d+)\b(?!-)")
_LISTED = re.compile(r"\bband = \[(?P<old>[^\]]*)\]")
_ONCE_PER = re.compile(r'\bonce_per = (?P<old>"[^"]*"|\[[^\]]*\])')
_ONCE = ("case", "party", "week", "month", "quarter", "year")
_IN_LIST = re.compile(r'"(?P<old>\d+(?:\.\d+)?)(?=%?")')
_WORD = {keys: re.compile(rf'\b(?:{keys}) = "(?P<old>\w+)"') for keys in _WORDS}
_PLACE = re.compile(r'^at = "(?P<old>start|end)"')
_FLAG = re.compile(rf"\b(?:{_FLAGS}) = (?P<old>true|false)\b")
_NUMBERED = (
    "at|is|over|at_least|under|at_most|least|most|fixed|floor|percent|times|reached|weight|sums_to|points"
    "|gives|less|from|of"
)
_QUOTED = re.compile(rf'\b(?:{_NUMBERED}) = "(?P<old>\d+(?:\.\d+)?)(?=%?")')
_POINTS = re.compile(r"\b(?:points|gives) = \{(?P<old>[^}]*)\}")
_UNIT = re.compile(rf"(?<=\{{ )(?P<old>{'|'.join(_UNITS)}) = ")
_COMPARED = re.compile(rf"(?<=[ {{,])(?P<old>{'|'.join(_SWAPPED)})(?= = [\[\"\d])")
_TRUTH = re.compile(r"\b(?:is|filled) = (?P<old>true|false)\b")
_SAID = re.compile(r'(?P<old>\{ (?:field|fact) = "[^"]+", (?:is|in|has) = (?:"[^"]*"|\[[^\]]*\]) \})')
_CONVENTION = re.compile(r'\b(?:runs|start_day|ends|rest_day|pauses|judged_by) = "(?P<old>\w+)"')
_CITED = re.compile(r'\bclause = (?P<old>"[^"]+"|\[[^\]]*\])')
_BY_ROLE = re.compile(rf'\b(?:{_ROLE_KEYS}) = (?P<old>"[^"]+"|\[[^\]]*\])')
_NAME = re.compile(r'"([^"]+)"')


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed text of a pack."""

    sort: str
    line: int
    old: str
    new: str
    text: str

    def __str__(self) -> str:
        """Its line, and what stands there instead."""
        return f"line {self.line}: {self.sort}: {self.old} -> {self.new}"


def mutants(text: str) -> list[Mutant]:
    """Every mutant of a pack's text, in the order of the file."""
    document = tomllib.loads(text)
    offset, found = 0, []
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        if not _TOLD.match(line):
            plain = _TITLES.sub(lambda match: "_" * len(match[0]), line)
            for sort, start, old, new in _changes(plain, document):
                at = offset + start
                found.append(Mutant(sort, number, old, new, text[:at] + new + text[at + len(old) :]))
        offset += len(line)
    return found


def _changes(line: str, document: dict[str, Any]) -> Iterator[tuple[str, int, str, str]]:
    """The changes of a line: sort, place in the line, old and new text."""
    stated = any(step.get("stated") for step in document["step"].values())
    counted = [unit for unit in _UNITS if unit in document["counting"]]
    for match in [*_AMOUNT.finditer(line), *_QUOTED.finditer(line)]:
        yield "number", match.start("old"), match["old"], str(Decimal(match["old"]) + 1)
    for where in (_LISTED, _POINTS):
        for match in where.finditer(line):
            for number in _IN_LIST.finditer(match["old"]):
                yield "number", match.start("old") + number.start("old"), number["old"], str(Decimal(number["old"]) + 1)
    for keys, word in _WORD.items():
        for match in word.finditer(line):
            yield from _next(match, _WORDS[keys])
    for match in _PLACE.finditer(line):
        yield from _next(match, ("start", "end"))
    for match in _FLAG.finditer(line):
        yield "flag", match.start("old"), match["old"], "false" if match["old"] == "true" else "true"
    if not line.startswith(tuple(_UNITS)):
        for match in _UNIT.finditer(line):
            others = [unit for unit in (*counted, *_UNITS) if unit != match["old"]]
            yield "unit", match.start("old"), match["old"], others[0]
    for match in _COMPARED.finditer(line):
        if not (match["old"] == "after" and "working_days" in line):
            yield "comparison", match.start("old"), match["old"], _SWAPPED[match["old"]]
    for match in _TRUTH.finditer(line):
        yield "comparison", match.start("old"), match["old"], "false" if match["old"] == "true" else "true"
    for match in _SAID.finditer(line):
        yield "comparison", match.start("old"), match["old"], f"{{ not = [{match['old']}] }}"
    for match in _CONVENTION.finditer(line):
        # Where no step is stated later, a case takes each command when it happened.
        if match["old"] in _CONVENTIONS and (stated or match["old"] != "at"):
            yield "unit", match.start("old"), match["old"], _CONVENTIONS[match["old"]]
    yield from _renamed(line, "role", _BY_ROLE, list(document["role"]))
    yield from _renamed(line, "word", _ONCE_PER, list(_ONCE))
    yield from _renamed(line, "citation", _CITED, list(document["clause"]))


def _next(match: re.Match[str], words: tuple[str, ...]) -> Iterator[tuple[str, int, str, str]]:
    """The word replaced by the one after it; nothing where it is none of them."""
    if match["old"] in words:
        yield "word", match.start("old"), match["old"], words[(words.index(match["old"]) + 1) % len(words)]


def _renamed(line: str, sort: str, where: re.Pattern[str], names: list[str]) -> Iterator[tuple[str, int, str, str]]:
    """Each of the names that stands there replaced by the next one that does not."""
    for match in where.finditer(line):
        there = _NAME.findall(match["old"])
        for name in _NAME.finditer(match["old"]):
            old = name[1]
            if old in (*names, *_BUILT_IN):
                following = [*names[names.index(old) + 1 if old in names else 0 :], *names]
                new = next((each for each in following if each not in there), following[0])
                yield sort, match.start("old") + name.start(1), old, new
