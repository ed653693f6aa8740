"""Editions are never edited: the lock holds the hash of every one that is shipped."""

import re
import shutil
from pathlib import Path

import pytest

from activities.shelf import FileShelf
from rules import shelf
from tests.edition_lock import LOCK, PACKS

pytestmark = pytest.mark.pure


def test_every_shipped_edition_is_the_one_that_was_released() -> None:
    assert shelf.altered(PACKS) == (), "give the new text the next edition (see CONTRIBUTING.md)"


def test_every_shipped_edition_is_released() -> None:
    assert sorted(shelf.released(PACKS)) == sorted(file.name for file in PACKS.glob("*.toml"))
    assert LOCK.read_text(encoding="utf-8") == shelf.lock_text(PACKS)


def test_an_edited_edition_is_named_and_cannot_be_released_again(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(PACKS, tmp_path / "packs"))
    (folder / shelf.LOCK).unlink()
    (folder / shelf.LOCK).write_text(shelf.lock_text(folder), encoding="utf-8")
    file = folder / "standard.1.toml"
    file.write_text(file.read_text(encoding="utf-8") + "\n# edited\n", encoding="utf-8")
    assert shelf.altered(folder) == ("standard.1.toml",)
    with pytest.raises(ValueError, match="never edited"):
        shelf.lock_text(folder)


def test_a_file_of_a_pack_is_named_after_its_id_and_edition() -> None:
    for file in PACKS.glob("*.toml"):
        head = file.read_text(encoding="utf-8").partition("[counting]")[0]
        found = re.search(r'^id = "([\w-]+)"\nedition = (\d+)$', head, re.MULTILINE)
        assert found is not None, file.name
        assert file.name == f"{found[1]}.{found[2]}.toml"


def test_shipped_packs_are_published_on_a_fresh_installation(tmp_path: Path) -> None:
    installed = FileShelf(tmp_path)
    refs = installed.published()
    assert [str(ref) for ref in refs] == sorted(f"{pack}.{edition}" for pack, edition in shelf.shipped())
    assert [installed.pack(ref).ref for ref in refs] == refs
