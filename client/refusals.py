"""Refusals in words: what was refused, why, under which clause, and what can be done."""

from collections.abc import Mapping
from typing import Any

from client.fields import sentence
from client.problems import FAILED, Problem, Said
from client.wanted import named_class, wanted
from client.words import catalogue, known, listed, said, word
from rules.forms import Form
from rules.outcomes import Refusal
from rules.pack import Pack


def refusal_text(refusal: Refusal, lang: str, form: Form | None = None, pack: Pack | None = None) -> Said:
    """The sentences of a refusal; ``next`` falls back to what is open now."""
    code = refusal.code if known(f"refusal.{refusal.code}.what") else "other"
    values: dict[str, Any] = {key: _shown(value, lang, pack) for key, value in refusal.params.items()}
    values |= named_class(refusal.params, lang, pack) if pack else {}
    values["code"] = refusal.code
    values["next"] = listed([bare(name) for name in refusal.next], lang)
    because = f"refusal.{code}.because_{refusal.params.get('why')}"
    why = word(because, lang, **values) if known(because) else said(f"refusal.{code}.why", lang, **values)
    wrong = refusal.params.get("fields")
    if isinstance(wrong, list | tuple):
        why = " ".join([why, *(sentence(_titled(row, lang, pack), form, lang) for row in wrong)]).strip()
    step = word(f"refusal.{code}.next", lang, **values)
    if refusal.next and "{next}" not in _raw(code, lang):
        step = f"{step} {word('refusal.open_now', lang, **values)}".strip()
    return Said(word(f"refusal.{code}.what", lang, **values), why, step)


def refused(refusal: Refusal, lang: str, form: Form | None = None, pack: Pack | None = None) -> Problem:
    """A refusal in the shape of every problem; exit code 1."""
    return Problem(refusal.code, refusal_text(refusal, lang, form, pack), FAILED, clause=tuple(refusal.clause))


def bare(name: str) -> str:
    """A step as people type it: without ``step.``; tasks and approvals keep their prefix."""
    return name.removeprefix("step.")


def _titled(row: Mapping[str, Any], lang: str, pack: Pack | None) -> dict[str, Any]:
    return {**row, **(named_class(row, lang, pack) if pack else {})}


def _shown(value: object, lang: str, pack: Pack | None) -> object:
    if isinstance(value, list | tuple) and value and all(isinstance(each, Mapping) for each in value):
        return listed([wanted(each, lang, pack) for each in value if isinstance(each, Mapping)], lang)
    if isinstance(value, list | tuple):
        return listed([bare(each) if isinstance(each, str) else each for each in value], lang)
    return bare(value) if isinstance(value, str) else value


def _raw(code: str, lang: str) -> str:
    return catalogue("refusal")[f"{code}.next"]["zh" if lang == "zh" else "en"]
