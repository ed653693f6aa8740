"""The worker's start: what it waits for, and what it does not wait for."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

import worker
from activities.settings import load_settings
from workflows import connecting
from workflows.connecting import EngineAway, WrongAddress, connect

pytestmark = pytest.mark.offline

NOWHERE = "127.0.0.1:1"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("REDRESS_LEDGER_URL", "REDRESS_TEMPORAL_ADDRESS", "TEMPORAL_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("REDRESS_HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    "said",
    [
        b'ledger_url = "nonsense"',
        b'ledger_url = "sqlite:////dev/null/ledger.db"',
        b'temporal_address = "127.0.0.1:port"',
        b'lang = "fr"',
        b"lang =",
        b'lang = "\xff"',
    ],
)
def test_settings_that_cannot_be_used_end_it_with_a_plain_line(
    home: Path, capsys: pytest.CaptureFixture[str], said: bytes
) -> None:
    (home / "redress.toml").write_bytes(said)
    assert worker.main() == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line)["worker"] == "failed"
    assert json.loads(line)["why"]


async def test_what_is_connected_already_is_not_connected_again_while_the_other_waits(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop, made = asyncio.Event(), []

    async def halfway(address: str, namespace: str, *, working: bool = False) -> Any:
        made.append(working)
        if working:
            return object()
        if made.count(False) == 3:
            stop.set()
        raise EngineAway("nobody answers")

    monkeypatch.setattr(worker, "connect", halfway)
    monkeypatch.setattr(worker, "_FIRST_WAIT_SECONDS", 0.01)
    await asyncio.wait_for(worker.run(load_settings(home), stop), 10)
    assert (made.count(True), made.count(False)) == (1, 3)


async def test_our_own_fault_is_no_reason_to_wait(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(address: str, namespace: str, *, working: bool = False) -> Any:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(worker, "connect", broken)
    with pytest.raises(RuntimeError, match="a fault of ours"):
        await asyncio.wait_for(worker.run(load_settings(home), asyncio.Event()), 10)


async def test_an_engine_that_is_away_is_told_from_an_address_that_is_none() -> None:
    with pytest.raises(EngineAway):
        await connect(NOWHERE, "redress")
    with pytest.raises(WrongAddress):
        await connect("127.0.0.1:port", "redress")


async def test_a_profile_that_cannot_be_read_is_an_address_that_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporal.toml").write_text("profile =", encoding="utf-8")
    monkeypatch.setenv("TEMPORAL_CONFIG_FILE", str(tmp_path / "temporal.toml"))
    with pytest.raises(WrongAddress):
        await connecting.connect("engine.example:7233", "redress")
