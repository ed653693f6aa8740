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
    if batch == "-":
        stream = open(sys.stdin.fileno(), encoding="utf-8", errors="surrogateescape", newline="\n", closefd=False)
    else:
        try:
            stream = open(batch, encoding="utf-8", errors="surrogateescape", newline="\n")
        except OSError as error:
            raise problem("no_file", here().lang, NOT_FOUND, file=batch, why=error.strerror) from None
    with stream:
        yield from stream
