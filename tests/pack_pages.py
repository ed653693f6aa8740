"""`python -m tests.pack_pages` writes a page about every shipped pack into docs/packs, and an index of them."""

import sys

from client.pack_page import counted, page
from rules import shelf
from rules.pack import Pack
from tests.listing import ROOT

FOLDER = ROOT / "docs" / "packs"
INDEX = "README.md"


def newest() -> list[Pack]:
    """The newest edition of every shipped pack, by id."""
    return [shelf.load(pack, edition) for pack, edition in shelf.newest().items()]


def pages() -> dict[str, str]:
    """Every page by the name of its file."""
    packs = newest()
    lines = [
        "# The packs",
        "",
        "One page for each shipped pack, written by `python -m tests.pack_pages` (`redress packs page P` prints one).",
        "",
        "| pack | regulation | clauses |",
        "|---|---|---|",
        *(f"| [`{p.ref}`]({p.ref.id}.md) | {p.file.title.zh} ({p.file.title.en}) | {counted(p)} |" for p in packs),
    ]
    return {INDEX: "\n".join(lines) + "\n"} | {f"{pack.ref.id}.md": page(pack) for pack in packs}


def main() -> int:
    """0 when every page is written; pages of packs that are gone go too."""
    FOLDER.mkdir(exist_ok=True)
    fresh = pages()
    for file in FOLDER.glob("*.md"):
        if file.name not in fresh:
            file.unlink()
    for name, text in fresh.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    sys.stdout.write(f"{len(fresh)} pages in {FOLDER.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
