"""Tables for people: Chinese aligned, in colour on a terminal, plain columns everywhere else."""

import shutil
import sys
from collections.abc import Sequence
from typing import TextIO
from unicodedata import combining, east_asian_width


def show_table(
    columns: Sequence[str], rows: Sequence[Sequence[object]], *, title: str = "", out: TextIO | None = None
) -> None:
    """Write a table to standard output: drawn by rich on a terminal, else columns that two spaces part."""
    out = out or sys.stdout
    texts = [[str(cell) for cell in row] for row in rows]
    if out.isatty():
        _drawn(columns, texts, title, out)
    else:
        out.write("".join(f"{line}\n" for line in plain(columns, texts, title)))


def show(*lines: str) -> None:
    """Write lines to standard output."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def plain(columns: Sequence[str], rows: Sequence[Sequence[str]], title: str = "") -> list[str]:
    """A table as lines of text whose columns stand under each other, Chinese characters two wide."""
    table = [columns, *rows]
    widths = [max(width(row[index]) for row in table) for index in range(len(columns))]
    lines = ["  ".join(padded(cell, size) for cell, size in zip(row, widths, strict=True)).rstrip() for row in table]
    return ([title] if title else []) + lines


def padded(text: str, size: int) -> str:
    """The text with blanks behind it up to a width on the screen."""
    return text + " " * (size - width(text))


def width(text: str) -> int:
    """How many columns of a screen a text takes."""
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def _drawn(columns: Sequence[str], rows: Sequence[Sequence[str]], title: str, out: TextIO) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns, title=title or None, box=SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console(file=out, width=max(80, shutil.get_terminal_size().columns)).print(table)
