"""redress reckon: calendar arithmetic in batch."""

import sys
from collections.abc import Iterator
from typing import Annotated

from client.cli.options import option
from client.context import here
from client.problems import DONE, NOT_FOUND, problem
from rules.reckon import answer_line


def reckon(*, batch: Annotated[str, option("batch", "--batch")]) -> int:
    """Answer every line of a file; 0 when each line was answered."""
    for line in _lines(batch):
        if line.strip():
            sys.stdout.write(answer_line(line) + "\n")
    sys.stdout.flush()
    return DONE


def _lines(batch: str) -> Iterator[str]:
    place: str | int = sys.stdin.fileno() if batch == "-" else batch
    try:
        with open(place, encoding="utf-8", errors="surrogateescape", newline="\n", closefd=batch != "-") as stream:
            yield from stream
    except OSError as error:
        raise problem("no_file", here().lang, NOT_FOUND, file=batch, why=error.strerror) from None
