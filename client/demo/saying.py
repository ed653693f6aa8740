"""How the demonstration speaks: headings, lines that fit a terminal, problems in the one shape of all."""

import shutil
import sys

from client.problems import Problem, Said
from client.tables import show, width
from client.words import said, word

_NARROWEST, _WIDEST = 60, 100


def columns() -> int:
    """How wide a line may be: the terminal, but 100 columns at most; 100 where there is no terminal."""
    if not sys.stdout.isatty():
        return _WIDEST
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size().columns))


def heading(number: int, key: str, lang: str) -> None:
    """Begin a part of the demonstration."""
    text = f"{number}  {word(f'demo.part.{key}', lang)}"
    show("", text, "─" * min(columns(), width(text)))


def say(text: str) -> None:
    """A line of progress, folded where it is too long."""
    show(*folded(text, 2, "  "))


def tell(key: str, lang: str, **values: object) -> None:
    """A sentence of the catalogue, folded."""
    show(*folded(word(f"demo.{key}", lang, **values), 0))


def trouble(code: str, lang: str, **values: object) -> Problem:
    """A problem of the demonstration itself."""
    sentences = (said(f"demo.problem.{code}.{part}", lang, **values) for part in ("what", "why", "next"))
    return Problem(f"demo_{code}", Said(*sentences))


def folded(text: str, indent: int, first: str = "") -> list[str]:
    """The text in lines that fit, every line but the first indented.

    It breaks at blanks, and where it is Chinese between any two characters; what stands in brackets stays whole.
    """
    lines: list[str] = []
    line, used = first, width(first)
    for part in _parts(text):
        said = part
        if used + width(part) >= columns() and line.strip() and part not in _NEVER_FIRST:
            lines.append(line.rstrip())
            line, used, said = " " * indent, indent, part.lstrip()
        line, used = line + said, used + width(said)
    return [*lines, line.rstrip()]


_NEVER_FIRST = set("]，。；：、！？）”》」』,.;:!?)…")
#: More of a text than this has to be Chinese for it to break like Chinese.
_CHINESE = 1 / 3


def _parts(text: str) -> list[str]:
    """What stays on one line: a word with the blank before it, a Chinese character, something in brackets."""
    chinese = sum(width(char) == 2 for char in text) > len(text) * _CHINESE
    parts: list[str] = []
    inside = False
    for char in text:
        breaks = char == " " or (chinese and (width(char) == 2 or (parts and width(parts[-1][-1]) == 2)))
        if parts and (inside or not breaks or parts[-1] == " "):
            parts[-1] += char
        else:
            parts.append(char)
        inside = char == "[" or (inside and char != "]")
    return parts
