"""Conditions in words: what a closed gate waits for."""

from collections.abc import Mapping
from typing import Any

from client.words import known, word


def wanted(condition: Mapping[str, Any], lang: str) -> str:
    """What a condition asks for, from the data that a refusal carries."""
    for key in ("any", "all", "not"):
        parts = condition.get(key)
        if isinstance(parts, list | tuple):
            joined = _joined([wanted(part, lang) for part in parts], "or" if key == "any" else "and", lang)
            return joined if key == "all" else word(f"refusal.{key}", lang, parts=joined)
    subject = str(condition.get("field") or condition.get("fact") or "")
    if "filled" in condition:
        text = word("refusal.is_filled" if condition["filled"] else "refusal.not_filled", lang)
        return f"{subject} {text}".strip()
    for key, bound in condition.items():
        if known(f"refusal.compare_{key}"):
            compare = word(f"refusal.compare_{key}", lang)
            return word("refusal.condition", lang, subject=subject, compare=compare, bound=_bound(bound))
    return subject


def _bound(bound: object) -> str:
    if isinstance(bound, Mapping):
        return ".".join(str(value) for value in bound.values())
    if isinstance(bound, list | tuple):
        return ", ".join(str(each) for each in bound)
    return {True: "yes", False: "no"}.get(bound, str(bound)) if isinstance(bound, bool) else str(bound)


def _joined(parts: list[str], how: str, lang: str) -> str:
    between = {"or": ("，或 ", " or "), "and": ("，且 ", " and ")}[how][0 if lang == "zh" else 1]
    return between.join(parts)
