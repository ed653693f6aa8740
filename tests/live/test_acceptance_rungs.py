"""Rungs on the wall's clock: punctual while a worker works, made up in order and once after it was away."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from client.engine.running import Engine
from rules.commands import CLOCK, case_id_for
from rules.entries import Entry
from tests.live.company import SHORT, Company, company
from tests.live.house import until
from workflows.answers import Answer

pytestmark = pytest.mark.live

#: When the rungs of the pack with short clocks fall due after its clock has started, and who hears of each.
_RUNGS = ((3, "olga"), (6, "dora"), (9, "lena"), (15, "greta"))
_LATE = timedelta(seconds=2)


async def test_while_a_worker_works_every_rung_is_noticed_within_two_seconds(engine: Engine, tmp_path: Path) -> None:
    own = await _short(engine, tmp_path)
    async with own.at_work():
        case_id, start = await _accepted(own)
        climbed = await _climbed(own, case_id, 4)
        assert _told(climbed, start) == [(seconds, [person]) for seconds, person in _RUNGS]
        assert all(timedelta(0) <= entry.noticed - entry.at <= _LATE for entry in climbed)
        await own.carried()
        letters = own.rung_letters(case_id)
        assert [each.person for each in letters] == ["olga", "dora", "lena", "greta"]
        assert {each.status for each in letters} == {"sent"}
        await _close(own, case_id)


async def test_a_worker_that_was_away_over_three_rungs_makes_them_up_in_order_once_with_one_message(
    engine: Engine, tmp_path: Path
) -> None:
    own = await _short(engine, tmp_path)
    async with own.at_work():
        case_id, start = await _accepted(own)
    await _sleep_until(start + timedelta(seconds=9.7))
    back = datetime.now(UTC).replace(microsecond=0)
    async with own.at_work():
        climbed = await _climbed(own, case_id, 3)
        assert _told(climbed, start) == [(seconds, [person]) for seconds, person in _RUNGS[:3]]
        _made_up_at_once(climbed, back)
        decided = [each for each in own.reading.decisions(case_id) if each.what == CLOCK]
        assert [(each.first, each.last) for each in decided] == [(climbed[0].seq, climbed[2].seq)]
        await own.carried()
        assert [each.person for each in own.rung_letters(case_id)] == ["lena"]

        last = (await _climbed(own, case_id, 4))[3]
        assert timedelta(0) <= last.noticed - last.at <= _LATE
        await own.carried()
        assert [each.person for each in own.rung_letters(case_id)] == ["lena", "greta"]
        await _close(own, case_id)


async def test_a_command_that_waited_for_the_worker_is_decided_after_the_rungs_that_were_due_before_it(
    engine: Engine, tmp_path: Path
) -> None:
    own = await _short(engine, tmp_path)
    async with own.at_work():
        case_id, start = await _accepted(own)
    await _sleep_until(start + timedelta(seconds=9.5))
    gateway = own.gateway()
    note = gateway.command("step.note", "olga", {"noted": "called"})
    waiting: asyncio.Task[Answer] = asyncio.create_task(gateway.send(case_id, note))
    await asyncio.sleep(0.5)
    assert not waiting.done()
    back = datetime.now(UTC).replace(microsecond=0)
    async with own.at_work():
        assert (await waiting).status == "done"
        climbed = own.of(case_id, "escalated")
        assert _told(climbed, start) == [(seconds, [person]) for seconds, person in _RUNGS[:3]]
        _made_up_at_once(climbed, back)
        (filled,) = [entry for entry in own.of(case_id, "filled") if entry.data["form"] == "note"]
        assert filled.seq > climbed[2].seq
        await own.carried()
        assert [each.person for each in own.rung_letters(case_id)] == ["lena"]
        assert (await own.gateway().send(case_id, note)).status == "done"
        await _close(own, case_id)
    assert len(own.of(case_id, "escalated")) <= 4
    assert len([entry for entry in own.of(case_id, "filled") if entry.data["form"] == "note"]) == 1


async def _short(engine: Engine, home: Path) -> Company:
    own = await company(engine, home)
    own.shelf.publish(SHORT)
    return own


async def _accepted(own: Company) -> tuple[str, datetime]:
    """A case whose clock runs, and since when."""
    gateway = own.gateway()
    opening = gateway.command("open", "olga", {"customer": "王"}, kind="complaint", pack=own.pack("short"))
    assert (await gateway.open(opening)).status == "done"
    case_id = case_id_for(opening.id)
    assert (await gateway.send(case_id, gateway.command("step.accept", "olga"))).status == "done"
    (started,) = own.of(case_id, "clock_started")
    return case_id, started.at


async def _close(own: Company, case_id: str) -> None:
    gateway = own.gateway()
    assert (await gateway.send(case_id, gateway.command("step.close", "olga"))).status == "done"


async def _climbed(own: Company, case_id: str, number: int) -> list[Entry]:
    """The rungs that were climbed, as soon as there are so many."""

    async def enough() -> bool:
        return len(own.of(case_id, "escalated")) >= number

    await until(enough, 20)
    climbed = own.of(case_id, "escalated")
    assert len(climbed) == number
    return climbed


def _told(climbed: list[Entry], start: datetime) -> list[tuple[int, list[str]]]:
    return [
        (round((entry.at - start).total_seconds()), [person for person, _ in entry.data["persons"]])
        for entry in climbed
    ]


def _made_up_at_once(climbed: list[Entry], back: datetime) -> None:
    """One line after the other, all noticed at one instant, no earlier than the worker was back."""
    seqs = [entry.seq for entry in climbed]
    assert seqs == list(range(seqs[0], seqs[0] + len(seqs)))
    assert len({entry.noticed for entry in climbed}) == 1
    assert climbed[0].noticed >= back


async def _sleep_until(instant: datetime) -> None:
    await asyncio.sleep((instant - datetime.now(UTC)).total_seconds())
