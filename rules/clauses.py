"""The clause block: what the regulation says, once, above the rows that encode it."""

from dataclasses import dataclass

from rules.values import ROW, Names

#: Promises of the house that a clause may rest on; each has tests of its own in ``tests/house/promises``.
PROMISES = ("numbered", "kept", "measured", "no_skipping", "editions")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: ``says`` in our own words, ``terms`` of the source, ``reading`` where the words leave something open.

    Exactly one of these accounts for it: a row that cites it, `nothing_to_encode` (the reason), `always` (a promise),
    `gap` (what is lost; ``filled`` names the house rule in its place), `not_yet` (the words that are missing).
    """

    says: str = ""
    terms: Names = ()
    reading: str = ""
    house: bool = False
    nothing_to_encode: str | None = None
    always: str | None = None
    gap: str | None = None
    filled: str | None = None
    not_yet: str | None = None
    __pydantic_config__ = ROW
