"""The complaints of the demonstration: opened through the gateway a few at a time, some moved on a few steps."""

import asyncio
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from activities.drivers.reading import CaseRow
from client.demo.house import House
from client.demo.saying import tell, trouble
from client.gateway import Gateway
from client.story import label
from client.tables import show, show_table
from client.times import local, present, utc
from client.words import titled, word
from rules.commands import Command, case_id_for
from rules.pack import Pack
from workflows.answers import Answer

#: So many complaints are on their way at once.
_AT_ONCE = 4
_SAY_S = 1.0
#: Classes that say how grave a case is, in whichever pack.
_GRAVITY = ("severity", "level")


@dataclass(frozen=True, slots=True)
class Complaint:
    """One line of the file: what it is about in its writer's own words, what is filled in, who takes which step then."""

    about: str
    pack: str
    kind: str
    by: str
    fields: dict[str, Any]
    moves: tuple[dict[str, Any], ...] = ()
    id: str = field(default="")


def complaints(now: datetime) -> list[Complaint]:
    """Every complaint of the file; ``@day+3`` and ``@hour-3`` in it are counted from now."""
    text = files("client").joinpath("demo", "complaints.jsonl").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    return [
        Complaint(
            row["about"], row["pack"], row["kind"], row["as"], _counted(row["fields"], now),
            tuple({**move, "fields": _counted(move.get("fields", {}), now)} for move in row.get("moves", ())),
            f"demo-{number}",
        )
        for number, row in enumerate(lines, 1)
    ]  # fmt: skip


class Intake:
    """Takes complaints in."""

    def __init__(self, house: House, packs: dict[str, Pack]) -> None:
        self._house = house
        self._packs = packs
        self._gateway = Gateway(house.client, house.reading)

    async def take_in(self, every: list[Complaint]) -> None:
        """Opens all of them and takes their steps; the first one alone, so that its number is the first too.

        Raises:
            Problem: one of them was not done.
        """
        started = time.monotonic()
        await self._open(every[0])
        done = 1
        turn = asyncio.Semaphore(_AT_ONCE)

        async def one(complaint: Complaint) -> None:
            nonlocal done
            async with turn:
                await self._open(complaint)
                for number, move in enumerate(complaint.moves, 1):
                    await self._move(complaint, move, f"{complaint.id}-{number}")
                done += 1

        working = asyncio.gather(*(one(complaint) for complaint in every[1:]))
        while True:
            await asyncio.wait([working], timeout=_SAY_S)
            if working.done():
                break
            tell("opening", self._house.lang, done=done, of=len(every))
        await working
        steps = sum(len(complaint.moves) for complaint in every)
        seconds = round(time.monotonic() - started, 1)
        tell("opened", self._house.lang, cases=len(every), steps=steps, seconds=seconds)

    async def refused(self, complaint: Complaint, what: str, by: str, fields: dict[str, Any]) -> Answer:
        """The answer to a step that the regulation does not allow now."""
        command = self._gateway.command(what, by, fields, command_id=f"{complaint.id}-refused")
        return await self._gateway.send(case_id_for(complaint.id), command)

    def row(self, complaint: Complaint) -> CaseRow:
        """Where a complaint stands in the ledger."""
        found = self._house.reading.case(case_id_for(complaint.id))
        if found is None:
            raise trouble("not_done", self._house.lang, what="open", case=complaint.about, why="—")
        return found

    def show(self, every: Iterable[Complaint]) -> None:
        """The complaints of each pack as a table."""
        lang = self._house.lang
        taken = [(complaint, self.row(complaint)) for complaint in every]
        for name, pack in self._packs.items():
            zone = self._house.shelf.calendar(pack.file.calendar).zone
            offset = local(present(), zone).rpartition(" ")[2]
            columns = [
                *(word(f"demo.column.{key}", lang) for key in ("number", "kind", "about", "gravity")),
                word("demo.column.due", lang, offset=offset),
            ]
            rows = [
                [row.number, titled(pack.file.kind[row.kind].title, lang), complaint.about, _gravity(row, pack, lang),
                 self._due(row, pack)]
                for complaint, row in sorted(taken, key=lambda pair: pair[1].number)
                if complaint.pack == name
            ]  # fmt: skip
            show("")
            show_table(columns, rows, title=f"{pack.ref}  {titled(pack.file.title, lang)}")

    def _due(self, row: CaseRow, pack: Pack) -> str:
        """The first due of a case that is still to come, without its year and offset."""
        running = [clock for clock in row.state.clocks.values() if clock.ticking and clock.due is not None]
        first = min(running, key=lambda clock: clock.due or present(), default=None)
        if first is None:
            return "—"
        zone = self._house.shelf.calendar(pack.file.calendar).zone
        return " ".join(local(first.due, zone, first.due_date).split(" ")[:2])

    async def _open(self, complaint: Complaint) -> None:
        pack = self._packs[complaint.pack]
        command = self._gateway.command(
            "open", complaint.by, complaint.fields, command_id=complaint.id, kind=complaint.kind, pack=pack.ref
        )
        self._done(await self._gateway.open(command), complaint, command)

    async def _move(self, complaint: Complaint, move: dict[str, Any], command_id: str) -> None:
        command = self._gateway.command(f"step.{move['do']}", move["as"], move["fields"], command_id=command_id)
        self._done(await self._gateway.send(case_id_for(complaint.id), command), complaint, command)

    def _done(self, answer: Answer, complaint: Complaint, command: Command) -> None:
        if answer.status != "done":
            why = answer.refusal or answer.trouble or answer.status
            raise trouble("not_done", self._house.lang, what=command.what, case=complaint.about, why=why)


def _gravity(row: CaseRow, pack: Pack, lang: str) -> str:
    found = next((row.state.classes[name] for name in _GRAVITY if name in row.state.classes), None)
    return label(found, pack, lang) if found else "—"


def _counted(fields: dict[str, Any], now: datetime) -> dict[str, Any]:
    return {name: _instant(value, now) if isinstance(value, str) else value for name, value in fields.items()}


def _instant(text: str, now: datetime) -> str:
    if text.startswith("@day"):
        return (now + timedelta(days=int(text.removeprefix("@day")))).date().isoformat()
    if text.startswith("@hour"):
        return utc(now + timedelta(hours=int(text.removeprefix("@hour")))) or ""
    return text
