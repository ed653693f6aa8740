"""Every sentence exists in Chinese and in English, with the same values in it."""

import string
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from client.words import LANGUAGES, known
from rules.entries import EVENTS
from rules.outcomes import REFUSALS
from tests.listing import ROOT

pytestmark = pytest.mark.pure

FAMILIES = sorted((ROOT / "client" / "locale").glob("*.toml"))
PACKS = (ROOT / "rules" / "packs").glob("*.toml")


def _texts(place: str, table: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    if not any(isinstance(inner, dict) for inner in table.values()):
        yield place, table
        return
    for name, inner in table.items():
        yield from _texts(f"{place}.{name}", inner if isinstance(inner, dict) else {})


def _values(text: str) -> set[str]:
    return {name.partition(".")[0] for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("family", FAMILIES, ids=lambda file: file.stem)
def test_a_family_has_both_languages_with_the_same_values(family: Path) -> None:
    texts = dict(_texts(family.stem, tomllib.loads(family.read_text(encoding="utf-8"))))
    assert texts
    assert [place for place, text in texts.items() if set(text) != set(LANGUAGES)] == []
    assert [place for place, text in texts.items() if not all(str(each).strip() for each in text.values())] == []
    assert [place for place, text in texts.items() if _values(text["zh"]) != _values(text["en"])] == []


@pytest.mark.parametrize("code", REFUSALS)
def test_every_refusal_has_its_sentence(code: str) -> None:
    assert known(f"refusal.{code}") or known(f"refusal.{code}.what")


@pytest.mark.parametrize("event", EVENTS)
def test_every_event_has_its_word(event: str) -> None:
    assert known(f"event.{event}")


@pytest.mark.parametrize("pack", sorted(PACKS), ids=lambda file: file.stem)
def test_the_notices_of_a_pack_say_the_same_in_both_languages(pack: Path) -> None:
    notices = tomllib.loads(pack.read_text(encoding="utf-8")).get("notice", [])
    uneven = [each["says"] for each in notices if _values(each["says"]["zh"]) != _values(each["says"]["en"])]
    assert uneven == []
