"""What is wrong with a pack: every mistake at once, each with its place and what to do about it."""

from dataclasses import dataclass
from typing import Any

from rules.values import Title

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. ``place`` is a path such as ``clock.first_reply.allow``; ``line`` from 1, 0 is the whole file.

    ``code`` is a stable word of `rules.checks.wording`; ``what`` says the mistake, ``hint`` what to write instead.
    """

    place: str
    line: int
    what: Title
    hint: Title
    code: str = ""

    def __str__(self) -> str:
        """The English line that a log or an exception shows."""
        return f"line {self.line}: {self.place}: {self.what.en}; {self.hint.en}"


@dataclass(frozen=True, slots=True)
class Found:
    """A mistake before it is put into words: where, which, and what its sentence needs."""

    place: Place
    code: str
    params: dict[str, Any]


def found(*place: str | int, code: str, **params: Any) -> Found:
    """A mistake at a place such as ``"clock", "first_reply", "allow"``."""
    return Found(place, code, params)


def place_text(place: Place) -> str:
    """A place as people read it: ``clock.first_reply.allow``, ``gate[0].until[1]``."""
    text = ""
    for part in place:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{part}" if text else part
    return text


class PackProblems(ValueError):
    """A pack cannot be used.

    Attributes:
        problems: every mistake that was found, in the order of the file.
    """

    problems: tuple[Problem, ...]

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))
