"""Editions are never edited: the lock holds the hash of every one that is shipped."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from activities.shelf import FileShelf
from tests.edition_lock import LOCK, PACKS, read, unlocked

pytestmark = pytest.mark.pure


def test_every_shipped_edition_is_the_one_that_was_released() -> None:
    now = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in PACKS.glob("*.toml")}
    assert now == read(), "an edition was edited: give the new text the next edition (see CONTRIBUTING.md)"


def test_the_lock_is_written_in_one_way() -> None:
    assert LOCK.read_text(encoding="utf-8") == json.dumps(read(), indent=1, sort_keys=True) + "\n"


def test_a_file_of_a_pack_is_named_after_its_id_and_edition() -> None:
    for file in PACKS.glob("*.toml"):
        head = file.read_text(encoding="utf-8").partition("[counting]")[0]
        found = re.search(r'^id = "([\w-]+)"\nedition = (\d+)$', head, re.MULTILINE)
        assert found is not None, file.name
        assert file.name == f"{found[1]}.{found[2]}.toml"


def test_shipped_packs_are_published_on_a_fresh_installation(tmp_path: Path) -> None:
    shelf = FileShelf(tmp_path)
    refs = shelf.published()
    assert [str(ref) for ref in refs] == ["group-complaint-demand.1", "standard.1"]
    assert [shelf.pack(ref).ref for ref in refs] == refs


def test_an_edition_that_is_not_locked_yet_is_named() -> None:
    assert unlocked({}) == sorted(file.name for file in PACKS.glob("*.toml"))
    assert unlocked(read()) == []
