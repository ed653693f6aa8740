"""The pages about packs say what the packs say."""

import pytest

from tests.pack_pages import FOLDER, pages

pytestmark = pytest.mark.pure


def test_every_shipped_pack_has_its_page_as_it_is_now() -> None:
    there = {file.name: file.read_text(encoding="utf-8") for file in FOLDER.glob("*.md")}
    fresh = pages()
    assert sorted(there) == sorted(fresh), "run: python -m tests.pack_pages"
    stale = [name for name, text in fresh.items() if there[name] != text]
    assert stale == [], "run: python -m tests.pack_pages"


def test_every_picture_and_table_of_a_page_is_whole() -> None:
    for text in pages().values():
        assert text.count("```mermaid") * 2 == text.count("```")
        widths: list[int] = []
        for line in text.splitlines():
            widths = [*widths, line.count("|")] if line.startswith("|") else []
            assert len(set(widths)) <= 1, line
