"""What each mistake of a pack says in both languages, and what to write instead."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from rules.checks.sentences import SENTENCES, TYPES_WANTED, WORDS
from rules.problems import Found
from rules.values import Title

#: So many names are listed: all keys of any block, and the beginning of a long list of one's own names.
_SHOWN = 30
#: How alike a name must be to be taken for the one that was meant.
_ALIKE = 0.7


def said(found: Found) -> tuple[Title, Title]:
    """The mistake and the hint, each in zh and en."""
    what_zh, what_en, hint_zh, hint_en = SENTENCES[found.code]
    zh, en = _params(found.params, 0), _params(found.params, 1)
    known = found.params.get("known")
    given = str(found.params.get("name", found.params.get("given", "")))
    near_zh, near_en = _near(given, known) if known is not None else ("", "")
    return (
        Title(what_zh.format_map(zh), what_en.format_map(en)),
        Title(hint_zh.format_map(zh) + near_zh, hint_en.format_map(en) + near_en),
    )


def _params(params: dict[str, Any], lang: int) -> dict[str, str]:
    shown = {}
    for key, value in params.items():
        if key == "word":
            shown[key] = WORDS[value][lang]
            shown["block"] = str(value)
        elif key == "wanted":
            shown[key] = TYPES_WANTED[value][lang]
        elif isinstance(value, str):
            shown[key] = value
        else:
            shown[key] = ("、", ", ")[lang].join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return shown


def _near(given: str, known: Iterable[str]) -> tuple[str, str]:
    """The name that was probably meant, else the names there are."""
    names = [name for name in known if name]
    near = get_close_matches(given, names, n=1, cutoff=_ALIKE)
    if near:
        return f"；是不是“{near[0]}”？", f'; did you mean "{near[0]}"?'
    if not names:
        return "；目前一个也没有", "; there is none yet"
    more = "……" if len(names) > _SHOWN else ""
    listed = names[:_SHOWN]
    return f"；可用：{'、'.join(listed)}{more}", f"; known: {', '.join(listed)}{more and ', …'}"
