"""What another edition of a pack says otherwise: rows added, removed and changed, key by key."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from rules.pack import PackFile
from rules.values import Names, toml_key

#: What a row is called by where it has no block of its own: the head of the file.
HEAD = ""
#: Keys of the file that hold blocks; a clause comes before the rows that cite it.
_BLOCKS = (
    "clause", "kind", "role", "step", "form", "class_", "table", "clock", "ladder", "gate", "task", "approval", "notice",
    "link", "consequence", "count", "cycle", "report",
)  # fmt: skip
#: Not told: an edition always has another number, and its hash is no text.
_LEFT_OUT = ("edition",)


@dataclass(frozen=True, slots=True)
class KeyChange:
    """One key of a row: its path, such as ``allow.working_days`` or ``fields.topic.required``; None is not there."""

    key: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Change:
    """A row that differs.

    Args:
        what: ``added``, ``removed`` or ``changed``.
        word: ``clock``, ``kind`` …; empty for the head of the file.
        name: The row's name; the place of a gate or a notice in its file, counted from 1.
        clause: The clauses that it cites, in the later text where it stands in both; a clause cites itself.
        keys: What differs in it; nothing where it was added or removed.
        row: The row as it is, or was where it is removed.
    """

    what: str
    word: str
    name: str
    clause: Names
    keys: tuple[KeyChange, ...]
    row: Any


def differences(old: PackFile, new: PackFile) -> tuple[Change, ...]:
    """Every row that differs, the head first, then in the order of the words; equal files have none."""
    return tuple(_differences(old, new))


def _differences(old: PackFile, new: PackFile) -> Iterator[Change]:
    head = [each.name for each in fields(PackFile) if each.name not in (*_BLOCKS, *_LEFT_OUT)]
    keys = [change for name in head for change in _keys(toml_key(name), getattr(old, name), getattr(new, name))]
    if keys:
        yield Change("changed", HEAD, HEAD, (), tuple(keys), new)
    for block in _BLOCKS:
        word = toml_key(block)
        for name, before, after in _pairs(getattr(old, block), getattr(new, block)):
            row = before if after is None else after
            clause = (name,) if word == "clause" else tuple(row.clause)
            if before is None or after is None:
                yield Change("added" if before is None else "removed", word, name, clause, (), row)
            elif before != after:
                yield Change("changed", word, name, clause, tuple(_keys("", before, after)), row)


def _pairs(old: Any, new: Any) -> Iterator[tuple[str, Any, Any]]:
    """Each row as it was and as it is; None where it is not there."""
    if isinstance(new, Mapping):
        for name in dict.fromkeys((*new, *old)):
            yield name, old.get(name), new.get(name)
        return
    gone = {place: row for place, row in enumerate(old, start=1) if row not in new}
    for place, row in enumerate(new, start=1):
        if row not in old:
            like = next((each for each, other in gone.items() if _about(other) == _about(row)), None)
            yield str(place), None if like is None else gone.pop(like), row
    yield from ((str(place), row, None) for place, row in gone.items())


def _about(row: Any) -> tuple[Any, Any]:
    """What tells a gate or a notice, which have no names, from others: what it waits for, and its clauses."""
    return getattr(row, "step", None) or getattr(row, "on", None), row.clause


def _keys(path: str, old: Any, new: Any) -> Iterator[KeyChange]:
    if old == new:
        return
    inside = _parts(old), _parts(new)
    if inside[0] is None or inside[1] is None or type(old) is not type(new):
        yield KeyChange(path, _plain(old), _plain(new))
        return
    for name in dict.fromkeys((*inside[1], *inside[0])):
        below = f"{path}.{name}" if path else name
        yield from _keys(below, inside[0].get(name), inside[1].get(name))


def _parts(value: Any) -> dict[str, Any] | None:
    """What a value consists of by name: the keys of a row or a mapping, the named rows of a list; None for a single one."""
    if is_dataclass(value) and not isinstance(value, type):
        return {toml_key(each.name): getattr(value, each.name) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): each for name, each in value.items()}
    if isinstance(value, tuple) and value and all(hasattr(each, "name") for each in value):
        return {each.name: each for each in value}
    return None


def _plain(value: Any) -> Any:
    """A value as JSON has it, without what is left out in a row."""
    if is_dataclass(value) and not isinstance(value, type):
        parts = {toml_key(each.name): getattr(value, each.name) for each in fields(value)}
        return {
            name: _plain(each) for name, each in parts.items() if each is not False and each not in (None, (), {}, "")
        }
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)
