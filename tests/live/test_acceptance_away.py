"""What a case needs is away, its ledger or its pack: people are told plainly, and it goes on when that is back."""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from client.engine.running import Engine
from rules.commands import case_id_for
from tests.live.company import SHORT, Company, company
from tests.live.house import until
from workflows.options import Bounds

pytestmark = pytest.mark.live

_BACK_S = 10
_BOUNDS = Bounds(taken=timedelta(seconds=5), decided=timedelta(seconds=2))


@pytest.fixture(autouse=True)
def _nothing_of_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REDRESS_HOME", "REDRESS_LEDGER_URL", "REDRESS_TEMPORAL_ADDRESS", "TEMPORAL_ADDRESS"):
        monkeypatch.delenv(name, raising=False)


async def test_while_the_ledger_is_locked_a_step_is_pending_and_the_same_id_gives_the_answer_afterwards(
    engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = await company(engine, tmp_path)
    own.shelf.publish(SHORT)
    step = ("do", "--as", "olga", "--id", "note-1", "--set", "noted=called", "--json")
    async with own.at_work():
        case_id = await _opened(own)
        lines = len(own.reading.entries(case_id))
        lock = sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        asked, began = datetime.now(UTC).replace(microsecond=0), time.monotonic()
        capsys.readouterr()
        assert await own.line(*step, case_id, "note") == 0
        assert time.monotonic() - began < 15
        pending = json.loads(capsys.readouterr().out)
        assert pending["status"] == "pending"
        assert asked <= datetime.fromisoformat(pending["since"]) <= asked + timedelta(seconds=3)
        assert "--id note-1" in pending["again"]
        assert len(own.reading.entries(case_id)) == lines

        lock.execute("ROLLBACK")
        lock.close()
        freed = time.monotonic()
        await _until_decided(own, case_id, "note-1")
        assert time.monotonic() - freed < _BACK_S
        assert await own.line(*step, case_id, "note") == 0
        assert json.loads(capsys.readouterr().out)["status"] == "done"
        assert len(own.of(case_id, "filled")) == 2
        assert [each.command_id for each in own.reading.decisions(case_id)].count("note-1") == 1
        assert await own.line("ledger", "verify") == 0


async def test_an_opening_without_its_edition_waits_is_told_and_goes_on_when_it_is_published(
    engine: Engine, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    own = await company(engine, tmp_path / "worker")
    other = await company(engine, tmp_path / "desk")
    ref = other.shelf.publish(SHORT)
    async with own.at_work():
        gateway = own.gateway(bounds=_BOUNDS)
        opening = gateway.command("open", "olga", {"customer": "王"}, kind="complaint", pack=ref)
        with caplog.at_level(logging.WARNING):
            answer = await gateway.open(opening)
            await asyncio.sleep(1)
        assert (answer.status, answer.since is not None) == ("pending", True)
        said = [record.getMessage() for record in caplog.records if "short.1" in record.getMessage()]
        assert len(said) == 1
        assert "redress packs publish short.1.toml" in said[0]
        assert own.reading.case(case_id_for(opening.id)) is None

        own.shelf.publish(SHORT)
        await _until_decided(own, case_id_for(opening.id), opening.id)
        assert (await gateway.open(opening)).status == "done"
        assert len(own.of(case_id_for(opening.id), "opened")) == 1


async def test_a_case_whose_edition_is_taken_away_keeps_its_clock_and_makes_it_up_when_it_is_back(
    engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = await company(engine, tmp_path / "home")
    own.shelf.publish(SHORT)
    (tmp_path / "short.1.toml").write_text(SHORT, encoding="utf-8")
    async with own.at_work():
        case_id = await _opened(own)
        accept = own.gateway().command("step.accept", "olga")
        assert (await own.gateway().send(case_id, accept)).status == "done"
        (started,) = own.of(case_id, "clock_started")
    (own.settings.home / "packs" / "short.1.toml").unlink()
    async with own.at_work():
        gateway = own.gateway(bounds=_BOUNDS)
        note = gateway.command("step.note", "olga", {"noted": "called"})
        answer = await gateway.send(case_id, note)
        assert (answer.status, answer.since is not None) == ("pending", True)
        await asyncio.sleep(max(0.0, (started.at - datetime.now(UTC)).total_seconds() + 4))
        assert own.of(case_id, "escalated") == []

        capsys.readouterr()
        assert await own.line("do", case_id, "close", "--as", "olga", "--json") == 1
        assert json.loads(capsys.readouterr().out)["error"]["code"] == "edition_missing"
        assert await own.line("doctor", "--json") == 1
        wrong = _wrong(json.loads(capsys.readouterr().out))
        assert any("its open cases wait" in text for text in wrong)
        assert "redress packs publish short.1.toml" in wrong.values()

        assert await own.line("packs", "publish", str(tmp_path / "short.1.toml")) == 0
        published = time.monotonic()
        await _until_decided(own, case_id, note.id)

        async def climbed() -> bool:
            return bool(own.of(case_id, "escalated"))

        await until(climbed)
        assert time.monotonic() - published < _BACK_S
        rung = own.of(case_id, "escalated")[0]
        assert (rung.at - started.at, rung.data["rung"]) == (timedelta(seconds=3), 0)
        assert timedelta(0) <= rung.noticed - rung.at <= timedelta(seconds=2)
        assert (await gateway.send(case_id, note)).status == "done"
        assert len(own.of(case_id, "filled")) == 2


async def _opened(own: Company) -> str:
    gateway = own.gateway()
    opening = gateway.command("open", "olga", {"customer": "王"}, kind="complaint", pack=own.pack("short"))
    assert (await gateway.open(opening)).status == "done"
    return case_id_for(opening.id)


async def _until_decided(own: Company, case_id: str, command_id: str) -> None:
    async def decided() -> bool:
        return own.reading.decision(case_id, command_id) is not None

    await until(decided, 30)


def _wrong(doctor: dict[str, Any]) -> dict[str, str]:
    """What the doctor finds amiss, and the line to type for each."""
    return {each["text"]: each["type"] for each in doctor["findings"] if not each["ok"]}
