"""What can be wrong with a calendar, or with a question put to one."""

from collections.abc import Iterable
from datetime import date


class CalendarError(ValueError):
    """A calendar, or a question put to it, cannot be used.

    Attributes:
        problems: every mistake that was found, each with its place.
    """

    problems: tuple[str, ...]

    def __init__(self, problems: str | Iterable[str]) -> None:
        self.problems = (problems,) if isinstance(problems, str) else tuple(problems)
        super().__init__("; ".join(self.problems))


class OutOfRange(CalendarError):
    """A local date before 1900-01-01 or after 2199-12-31 is given, searched or answered."""


class Unpublished(CalendarError):
    """A day is needed that the calendar does not know yet, or no longer.

    Attributes:
        day: the first local date that is needed and not published.
    """

    day: date

    def __init__(self, day: date, problem: str) -> None:
        self.day = day
        super().__init__(problem)
