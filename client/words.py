"""Every sentence that the client says, in Chinese and in English, read from the catalogue in ``client/locale``."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("zh", "en")


@cache
def catalogue(family: str) -> dict[str, dict[str, str]]:
    """One family of the catalogue: key -> language -> text. A family is one file of ``client/locale``.

    Raises:
        FileNotFoundError: There is no such family.
    """
    text = files("client").joinpath("locale", f"{family}.toml").read_text(encoding="utf-8")
    return dict(_flat("", tomllib.loads(text)))


def word(key: str, lang: str, /, **values: object) -> str:
    """The text under ``family.key``, filled with the values; a value that is missing shows as ``…``.

    Raises:
        KeyError: The catalogue has no such key.
    """
    family, _, name = key.partition(".")
    return catalogue(family)[name][_language(lang)].format_map(_Values(values))


def said(key: str, lang: str, /, **values: object) -> str:
    """As `word`, an empty text where the catalogue has no such key: a sentence that need not be said."""
    return word(key, lang, **values) if known(key) else ""


def known(key: str) -> bool:
    """Whether the catalogue has the key ``family.key``."""
    family, _, name = key.partition(".")
    return name in catalogue(family)


def amounted(unit: str, amount: object, lang: str) -> str:
    """An amount of a unit of time, such as ``1 working day``."""
    own = f"unit.one_{unit}" if str(amount) == "1" else f"unit.{unit}_{amount}"
    return word(own if known(own) else f"unit.{unit}", lang, amount=amount)


def titled(title: object, lang: str) -> str:
    """The text of a title in a language: of a mapping or of anything with attributes ``zh`` and ``en``."""
    chosen = _language(lang)
    return str(title[chosen] if isinstance(title, Mapping) else getattr(title, chosen))


def listed(names: object, lang: str) -> str:
    """Names in a row, joined as the language joins them; ``—`` where there are none."""
    parts = [str(name) for name in names] if isinstance(names, list | tuple) else [str(names)]
    return ("、" if _language(lang) == "zh" else ", ").join(parts) or "—"


def _flat(prefix: str, tables: dict[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    for name, inner in tables.items():
        if "zh" in inner:
            yield prefix + name, inner
        else:
            yield from _flat(f"{prefix}{name}.", inner)


def _language(lang: str) -> str:
    return "zh" if lang == "zh" else "en"


class _Values(dict[str, object]):
    """Values for a sentence; one that is missing leaves a mark instead of breaking the sentence."""

    def __missing__(self, key: str) -> str:
        return "…"
