"""What differs between two editions, in words: by clause, titles for names, what was and what is."""

from collections.abc import Iterable
from typing import Any

from client.story import any_stage, label, title_of
from client.words import amounted, known, titled, word
from rules.checks.sentences import WORDS
from rules.differing import Change, KeyChange
from rules.pack import Pack

_SIGNS = {"added": "+", "removed": "−", "changed": "~"}
#: Keys under which a number is a length of time.
_UNITS = ("minutes", "hours", "days", "working_days", "months")
_TITLED = ("step", "role", "kind", "form", "clock", "task", "approval", "link", "table")
_LONGEST = 60


def as_json(change: Change) -> dict[str, Any]:
    """A change as ``--json`` shows it."""
    return {
        "change": change.what, "word": change.word, "name": change.name, "clause": list(change.clause),
        "keys": [{"key": each.key, "old": each.old, "new": each.new} for each in change.keys],
    }  # fmt: skip


def as_text(changes: Iterable[Change], old: Pack, new: Pack, lang: str) -> list[str]:
    """Every change under the clauses that it cites, the head of the file first, then in the order of the later text."""
    order = {name: place for place, name in enumerate((*new.file.clause, *old.file.clause))}
    groups: dict[tuple[str, ...], list[Change]] = {}
    for change in changes:
        groups.setdefault(change.clause, []).append(change)
    lines: list[str] = []
    for clause in sorted(groups, key=lambda each: min((order.get(name, len(order)) for name in each), default=-1)):
        lines.append(", ".join(clause) or word("cli.pack_head", lang))
        for change in groups[clause]:
            lines += [f"  {line}" for line in _lines(change, old, new, lang)]
    return lines


def _lines(change: Change, old: Pack, new: Pack, lang: str) -> list[str]:
    subject = _subject(change, lang)
    if change.what != "changed":
        return [f"{_SIGNS[change.what]} {subject}  ({word(f'cli.row_{change.what}', lang)})"]
    told = [_told(each, old, new, lang) for each in change.keys]
    return [f"{_SIGNS['changed']} {subject}", *(f"    {line}" for line in told)] if subject else told


def _subject(change: Change, lang: str) -> str:
    if not change.word:
        return ""
    place = 0 if lang == "zh" else 1
    title = getattr(change.row, "title", None)
    named = f"{titled(title, lang)} ({change.name})" if title else change.name
    return f"{WORDS[change.word][place]} {named}"


def _told(change: KeyChange, old: Pack, new: Pack, lang: str) -> str:
    last = change.key.rpartition(".")[2]
    name = word(f"key.{last}", lang) if known(f"key.{last}") else ""
    key = f"{name} ({change.key})" if name else change.key
    return f"{key}: {_value(last, change.old, old, lang)} → {_value(last, change.new, new, lang)}"


def _value(key: str, value: Any, pack: Pack, lang: str) -> str:
    if value is None or value in ("", [], {}):
        return word("cli.not_said", lang)
    if key in _UNITS and isinstance(value, int) and not isinstance(value, bool):
        return amounted(key, value, lang)
    if isinstance(value, list):
        return ("、" if lang == "zh" else ", ").join(_value(key, each, pack, lang) for each in value)
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_value(name, each, pack, lang)}" for name, each in value.items()) + " }"
    if isinstance(value, str):
        return _named(value, pack, lang)
    return label(value, pack, lang)


def _named(text: str, pack: Pack, lang: str) -> str:
    """A name with its title: of a step, a role, a stage, a value; any other text as it is, cut where it is long."""
    block, _, rest = text.partition(".")
    name = rest.partition(".")[0]
    found = ""
    if rest and block in _TITLED:
        found = title_of(f"{block}.{name}", pack, lang)
    elif text in pack.file.labels:
        found = label(text, pack, lang)
    else:
        found = next((said for word in _TITLED if (said := title_of(f"{word}.{text}", pack, lang)) != text), "")
        found = found or any_stage(pack, text, lang)
    if found in ("", text, name):
        return text if len(text) <= _LONGEST else f"“{text[:_LONGEST]}…”"
    return f"{found} ({text})"
