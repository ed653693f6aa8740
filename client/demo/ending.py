"""The end of the demonstration: what was delivered to whom, whether the ledger is whole, what to type next."""

import asyncio
import os
import shlex
import time
from collections import Counter
from pathlib import Path

from activities.drivers.outbox import Delivery, Outbox
from activities.verifying import verify
from client.demo.house import House
from client.demo.people import named_of
from client.demo.saying import tell, trouble
from client.tables import show, show_table
from client.words import word
from rules.directory import Directory

_CARRIED_S = 15.0
_LOOK_S = 0.2
_SAY_S = 2.0


async def show_messages(house: House, story: str, number: str, directory: Directory) -> None:
    """Waits until the courier has carried what waits, at most 15 seconds, and shows who got how many messages."""
    lang, started, say_next = house.lang, time.monotonic(), _SAY_S
    outbox = Outbox(house.ledger)
    while (left := outbox.waiting()) and (waited := time.monotonic() - started) < _CARRIED_S:
        if waited > say_next:
            tell("messages_waiting", lang, count=left)
            say_next += _SAY_S
        await asyncio.sleep(_LOOK_S)
    every = [each for case in house.reading.case_ids() for each in house.reading.deliveries(case)]
    own = house.reading.deliveries(story)
    folder = shown(house.context.home / "files" / "messages")
    tell(
        "messages",
        lang,
        count=sum(each.status == "sent" for each in every),
        folder=folder,
        story=len(own),
        number=number,
    )
    columns = [word(f"demo.column.{key}", lang) for key in ("person", "address", "sent", "instead", "failed")]
    show_table(columns, _rows(own, directory, lang))
    if left:
        tell("messages_left", lang, count=left)


def _rows(deliveries: list[Delivery], directory: Directory, lang: str) -> list[list[object]]:
    to = Counter(each.person for each in deliveries)
    rows: list[list[object]] = []
    for person, _ in to.most_common():
        own = [each for each in deliveries if each.person == person]
        sent, failed = (sum(each.status == status for each in own) for status in ("sent", "failed"))
        instead = sum(bool(each.for_person) for each in own)
        rows.append([named_of(directory, person, lang), own[-1].address or "—", sent, instead or "—", failed or "—"])
    return rows


def show_verified(house: House) -> None:
    """Checks the whole ledger and says what was found.

    Raises:
        Problem: it is not whole.
    """
    faults = list(verify(house.ledger, house.shelf))
    if faults:
        first = f"{faults[0].case_id} {faults[0].seq}: {faults[0].detail or faults[0].what}"
        home = shown(house.context.home)
        raise trouble("ledger_broken", house.lang, count=len(faults), first=first, home=home)
    cases = house.reading.cases()
    tell("verified", house.lang, cases=len(cases), entries=sum(row.seq for row in cases))


def commands(home: Path, number: str) -> list[str]:
    """Command lines that show what the demonstration left, to be typed in the project's root."""
    redress = f".venv/bin/redress --home {shlex.quote(shown(home))}"
    every = (
        f"show {number}",
        f"explain {number} handling_grave",
        "list --open",
        "mine --as heaimei",
        "ledger verify",
        "clauses standard",
    )
    return [f"{redress} {rest}" for rest in every]


def shown(path: Path) -> str:
    """A path as it is typed here: from the current folder where it lies in it."""
    near = os.path.relpath(path)
    return str(path) if near.startswith(os.pardir) else near


def show_commands(home: Path, number: str) -> None:
    """The last lines of the demonstration."""
    show(*(f"  {line}" for line in commands(home, number)))
