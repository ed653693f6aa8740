"""Conditions in words: what a closed gate waits for."""

from collections.abc import Mapping
from typing import Any

from client.story import label, title_of
from client.words import known, titled, word
from rules.pack import Pack


def wanted(condition: Mapping[str, Any], lang: str, pack: Pack | None = None) -> str:
    """What a condition asks for, from the data that a refusal carries; with a pack, by the titles people know."""
    for key in ("any", "all", "not"):
        parts = condition.get(key)
        if isinstance(parts, list | tuple):
            joined = _joined([wanted(part, lang, pack) for part in parts], "or" if key == "any" else "and", lang)
            return joined if key == "all" else word(f"refusal.{key}", lang, parts=joined)
    subject = _subject(condition, lang, pack)
    if "filled" in condition:
        text = word("refusal.is_filled" if condition["filled"] else "refusal.not_filled", lang)
        return f"{subject} {text}".strip()
    for key, bound in condition.items():
        if known(f"refusal.compare_{key}"):
            compare = word(f"refusal.compare_{key}", lang)
            shown = _bound(bound, lang, pack)
            return word("refusal.condition", lang, subject=subject, compare=compare, bound=shown)
    return subject


def named_class(params: Mapping[str, Any], lang: str, pack: Pack) -> dict[str, str]:
    """The class and the values that a refusal or a wrong field speaks of, by the titles people know."""
    found = {}
    if "class" in params:
        found["class"] = title_of(f"class.{params['class']}", pack, lang)
        for key in ("value", "values"):
            if key in params:
                found[key] = _bound(params[key], lang, pack)
    return found


def _subject(condition: Mapping[str, Any], lang: str, pack: Pack | None) -> str:
    field, fact = str(condition.get("field") or ""), str(condition.get("fact") or "")
    if pack is None:
        return field or fact
    if fact:
        return word("refusal.named", lang, title=title_of(fact, pack, lang), name=fact)
    for form in pack.fields.get(field, ()):
        row = pack.file.form[form].field(field)
        if row is not None:
            return word("refusal.named", lang, title=titled(row.title, lang), name=field)
    return field


def _bound(bound: object, lang: str, pack: Pack | None) -> str:
    if isinstance(bound, Mapping):
        return ".".join(str(value) for value in bound.values())
    if isinstance(bound, list | tuple):
        return ", ".join(_bound(each, lang, pack) for each in bound)
    if isinstance(bound, bool):
        return word(f"refusal.{'yes' if bound else 'no'}", lang)
    if known(f"refusal.value_{bound}"):
        return word(f"refusal.value_{bound}", lang)
    return label(bound, pack, lang) if pack is not None else str(bound)


def _joined(parts: list[str], how: str, lang: str) -> str:
    between = {"or": ("，或 ", " or "), "and": ("，且 ", " and ")}[how][0 if lang == "zh" else 1]
    return between.join(parts)
