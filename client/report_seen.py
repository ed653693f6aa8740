"""What a person may read of a report: the figures of those it is for, and only the cases that he may see."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from activities.drivers.reading import Reading
from activities.shelf import FileShelf
from client.seeing import Seeing
from rules.decide import face
from rules.directory import Directory
from rules.pack import Pack, PackRef
from rules.people import People
from rules.reporting import Made
from rules.state import State


def may_have(pack: Pack, name: str, person: str, directory: Directory, now: datetime) -> bool:
    """Whether a report is for a person: for anybody where the pack does not say for whom; always for the pack's owner."""
    to = pack.file.report[name].to
    if not to:
        return True
    roles = (*to, *((pack.file.owner,) if pack.file.owner else ()))
    return People(pack, State(case_id=""), directory, now).may(person, roles) is not None


class Curtain:
    """Takes out of a report what one person must not read."""

    def __init__(self, reading: Reading, shelf: FileShelf, person: str, now: datetime) -> None:
        self._reading = reading
        self._shelf = shelf
        self._person = person
        self._now = now
        self._directory = reading.directory(now)

    def drawn(self, said: dict[str, Any], made: Made) -> dict[str, Any]:
        """The report without the lines and numbers of cases that the person may not see, and without hidden fields."""
        hidden = {number: self._hidden(case) for number, case in made.cases.items()}
        unseen = {number for number, fields in hidden.items() if fields is None}
        register = [
            row | {"cells": [None if name in (hidden.get(row["case"]) or ()) else cell
                             for name, cell in zip(said["columns"], row["cells"], strict=True)]}
            for row in said["register"]
            if row["case"] not in unseen
        ]  # fmt: skip
        shown = {key: [_without(line, unseen) for line in said[key]] for key in ("lines", "total")}
        return said | shown | {"register": register, "seen_by": self._person, "hidden": len(unseen)}

    def _hidden(self, case_id: str) -> frozenset[str] | None:
        """The fields of a case that the person must not read; None where he may not see the case at all."""
        row = self._reading.case(case_id)
        if row is None:
            return None
        pack = self._shelf.pack(PackRef(row.pack_id, row.edition, row.sha256))
        seeing = Seeing(pack, row.state, self._directory, self._now)
        if not seeing.may_see(self._person, face(pack, row.state).open_steps):
            return None
        return seeing.hidden(self._person)


def _without(line: dict[str, Any], unseen: Iterable[str]) -> dict[str, Any]:
    gone = set(unseen)
    figures = []
    for figure in line["figures"]:
        value = figure["value"]
        if isinstance(value, list):
            # A list shows what stands in cases: where one of them is hidden, whose words are whose is not told.
            value = None if gone & set(figure["cases"]) else value
        figures.append(figure | {"value": value, "cases": [each for each in figure["cases"] if each not in gone]})
    return line | {"figures": figures}
