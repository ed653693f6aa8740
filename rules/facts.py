"""What the desk answers before a command is decided: the world as rules may see it, as of the decision."""

from dataclasses import dataclass, field

from rules.calendar import Calendar
from rules.directory import Directory
from rules.pack import Pack
from rules.state import State


@dataclass(frozen=True, slots=True)
class OtherCase:
    """Another case, read and never written: its state, and whether this directory's pack still knows it."""

    state: State


@dataclass(frozen=True, slots=True)
class Facts:
    """Answers to the queries of `decide.needs`.

    Args:
        directory: Everybody, as of the decision.
        calendar: The calendar of the pack as known now.
        number: The readable number that an opening would get; empty for every other command.
        salt: 32 hex digits, fresh for this decision; personal values are hashed with it.
        cases: Other cases by id, None for an id that no case has.
        next_pack: The edition that ``adopt_edition`` names, None where this worker has not got it.
    """

    directory: Directory
    calendar: Calendar
    number: str = ""
    salt: str = ""
    cases: dict[str, OtherCase | None] = field(default_factory=dict)
    next_pack: Pack | None = None
