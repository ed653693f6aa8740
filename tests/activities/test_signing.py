"""Signatures under a text, and since when an edition is published here."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from activities.shelf import FileShelf
from activities.signing import Signature, Signatures
from tests.rules.corner_shop import PACK, TEXT

pytestmark = pytest.mark.offline

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LATER = datetime(2026, 4, 2, 1, 0, tzinfo=UTC)
SIGNED = replace(PACK, file=replace(PACK.file, signatures=("leader", "general_manager")))


def test_a_signature_is_kept_with_who_and_when_and_the_first_one_stands(tmp_path: Path) -> None:
    kept = Signatures(tmp_path)
    assert kept.lacking(SIGNED) == ("leader", "general_manager")
    assert kept.sign(SIGNED.ref.sha256, "leader", "lena", AT)
    assert not kept.sign(SIGNED.ref.sha256, "leader", "somebody", LATER)
    assert Signatures(tmp_path).under(SIGNED.ref.sha256) == (Signature("leader", "lena", "2026-03-02T01:00:00Z"),)
    assert Signatures(tmp_path).lacking(SIGNED) == ("general_manager",)


def test_another_text_has_no_signature(tmp_path: Path) -> None:
    kept = Signatures(tmp_path)
    kept.sign(SIGNED.ref.sha256, "leader", "lena", AT)
    other = replace(SIGNED, ref=replace(SIGNED.ref, sha256="0" * 64))
    assert kept.lacking(other) == ("leader", "general_manager")


def test_an_edition_keeps_the_instant_at_which_it_was_first_published_here(tmp_path: Path) -> None:
    shelf = FileShelf(tmp_path)
    ref = shelf.publish(TEXT)
    assert shelf.published_at(ref) is None
    shelf.publish(TEXT, AT)
    shelf.publish(TEXT, LATER)
    assert shelf.published_at(ref) == AT
    shipped = next(each for each in shelf.published() if each.id == "standard")
    assert shelf.published_at(shipped) is None
