"""Where each clause of a regulation stands: encoded, without content for rules, waiting for a word, or a gap."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from rules.clauses import Clause
from rules.pack import Pack, PackFile
from rules.values import Gap, toml_key

#: The words whose blocks have names, as a pack has them.
NAMED = (
    "kind", "role", "step", "form", "class_", "table", "clock", "ladder", "cycle", "task", "approval", "link", "count",
    "consequence", "report",
)  # fmt: skip
_known: dict[type[Any], tuple[str, ...]] = {}
ENCODED, NOTHING, NOT_YET, GAP = "encoded", "nothing_to_encode", "not_yet", "gap"


@dataclass(frozen=True, slots=True)
class ClauseAccount:
    """A clause, its status, and the rows that cite it (``clock.reply``, ``gate[0]``) or stand in for it."""

    clause: str
    status: str
    rows: tuple[str, ...]


def accounts(pack: Pack) -> tuple[ClauseAccount, ...]:
    """The state of every clause, in the order of the file.

    A clause of which any part waits for a word is ``not_yet``, whoever cites it. A promise of the house (``always``)
    counts as encoded and is its row. A gap stays one; the house rule that fills it is its row.
    """
    cited = citations(pack.file)
    return tuple(_account(name, row, cited.get(name, ())) for name, row in pack.file.clause.items())


def _account(name: str, row: Clause, cited: tuple[str, ...]) -> ClauseAccount:
    if row.not_yet is not None:
        return ClauseAccount(name, NOT_YET, cited)
    if row.gap is not None:
        return ClauseAccount(name, GAP, (row.filled,) if row.filled else cited)
    if row.nothing_to_encode is not None:
        return ClauseAccount(name, NOTHING, ())
    return ClauseAccount(name, ENCODED, (f"always.{row.always}",) if row.always else cited)


def citations(file: PackFile) -> dict[str, tuple[str, ...]]:
    """The blocks that cite each clause, themselves or in one of their rows, in the order of the words."""
    found: dict[str, list[str]] = {}
    for block, row in blocks(file):
        for clause in dict.fromkeys(_cited(row)):
            found.setdefault(clause, []).append(block)
    return {clause: tuple(rows) for clause, rows in found.items()}


def blocks(file: PackFile) -> Iterator[tuple[str, Any]]:
    """Every block of a pack but the clauses, with its name: ``step.accept``, ``gate[0]``."""
    for word in NAMED:
        for name, row in getattr(file, word).items():
            yield f"{toml_key(word)}.{name}", row
    for word in ("gate", "notice"):
        for index, row in enumerate(getattr(file, word)):
            yield f"{word}[{index}]", row


def gaps(file: PackFile) -> Iterator[tuple[str, Gap]]:
    """Every value that a row leaves open, with the block it stands in."""
    for block, row in blocks(file):
        for gap in _gaps(row):
            yield block, gap


def _cited(row: Any) -> Iterator[str]:
    """The clauses of a row and of the rows inside it."""
    yield from getattr(row, "clause", ())
    for each in _inner(row):
        yield from _cited(each)


def _gaps(row: Any) -> Iterator[Gap]:
    for each in _inner(row):
        if isinstance(each, Gap):
            yield each
        else:
            yield from _gaps(each)


def _inner(row: Any) -> Iterator[Any]:
    """The rows that stand directly in a row, in a list or under names in it."""
    for name in _names(type(row)):
        value = getattr(row, name)
        if type(value) is tuple:
            yield from filter(_is_row, value)
        elif type(value) is dict:
            yield from filter(_is_row, value.values())
        elif _is_row(value):
            yield value


def _names(row: type[Any]) -> tuple[str, ...]:
    """The names of a row's keys, worked out once for each class: packs have thousands of rows."""
    if row not in _known:
        _known[row] = tuple(each.name for each in fields(row))
    return _known[row]


def _is_row(value: object) -> bool:
    return hasattr(value, "__dataclass_fields__")
