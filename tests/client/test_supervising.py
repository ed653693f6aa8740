"""What `up` looks after: whom it may end, an engine that comes back elsewhere, and one that does not come up."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import cast

import pytest

from client import supervising
from client.context import Context
from client.engine.running import Engine
from client.engine.words import EngineError
from client.home import RUN, Run, alive, birth, read_run, write_run
from client.supervising import Backoff, House

pytestmark = pytest.mark.offline

SLEEPING = [sys.executable, "-c", "import time; time.sleep(60)"]


class FakeEngine:
    """An engine that is gone; each start does what the next of the plan says: an address, or a problem."""

    pid = 0

    def __init__(self, *plan: str | EngineError) -> None:
        self._plan, self.address, self._up = list(plan), "127.0.0.1:1", False
        self.starts = 0

    def alive(self) -> bool:
        return self._up

    async def start(self) -> None:
        self.starts += 1
        planned = self._plan.pop(0)
        if isinstance(planned, EngineError):
            raise planned
        self._up, self.address = True, planned


@pytest.fixture
def sleeper() -> Iterator["subprocess.Popen[bytes]"]:
    """A process that is nobody's worker."""
    process = subprocess.Popen(SLEEPING)
    yield process
    process.kill()
    process.wait()


def house(tmp_path: Path, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> House:
    """What `up` is once its engine and its worker were started."""

    def soon(self: Backoff, now: float) -> float:
        return 0.01

    monkeypatch.setattr(supervising, "worker_line", lambda: SLEEPING)
    monkeypatch.setattr(supervising, "_LOOK_S", 0.02)
    monkeypatch.setattr(Backoff, "next", soon)
    own = House(Context("en", False, tmp_path))
    own._engine, own._address = cast(Engine, engine), engine.address
    own._start_worker()
    return own


async def watched(own: House, holds: Callable[[], bool]) -> None:
    """Watch until it holds, then stop what was started."""
    watching = asyncio.create_task(own._watch())
    try:
        for _ in range(500):
            if holds() or watching.done():
                break
            await asyncio.sleep(0.02)
        assert holds(), watching
    finally:
        own._stop.set()
        with suppress(EngineError):
            await watching
        assert own._worker is not None
        own._worker.kill()
        own._worker.wait()


def test_a_process_that_has_a_workers_number_by_now_is_left_alone(
    tmp_path: Path, sleeper: "subprocess.Popen[bytes]"
) -> None:
    write_run(tmp_path, Run("127.0.0.1:1", "redress", 0, 0, sleeper.pid))
    said = json.loads((tmp_path / RUN).read_text(encoding="utf-8"))
    said["born"]["worker"] = "before the power cut"
    (tmp_path / RUN).write_text(json.dumps(said), encoding="utf-8")
    House(Context("en", False, tmp_path))._end_stray_worker()
    assert sleeper.poll() is None
    assert read_run(tmp_path) is None


def test_a_worker_that_a_killed_up_left_behind_is_ended(tmp_path: Path) -> None:
    with subprocess.Popen(SLEEPING) as stray:
        write_run(tmp_path, Run("127.0.0.1:1", "redress", 0, 0, stray.pid))
        assert read_run(tmp_path) == Run("127.0.0.1:1", "redress", 0, 0, stray.pid)
        House(Context("en", False, tmp_path))._end_stray_worker()
        assert stray.wait(5) != 0
    assert not alive(stray.pid)
    assert birth(stray.pid) == ""


async def test_an_engine_that_comes_back_elsewhere_has_its_worker_follow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own = house(tmp_path, FakeEngine("127.0.0.1:2"), monkeypatch)
    before = read_run(tmp_path)
    assert before is not None

    def followed() -> bool:
        run = read_run(tmp_path)
        return run is not None and run.address == "127.0.0.1:2" and run.worker not in (0, before.worker)

    await watched(own, followed)
    assert not alive(before.worker)
    assert "127.0.0.1:2" in capsys.readouterr().err


async def test_an_engine_that_comes_back_where_it_was_keeps_its_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = FakeEngine("127.0.0.1:1")
    own = house(tmp_path, engine, monkeypatch)
    before = own._worker
    await watched(own, engine.alive)
    assert own._worker is before


async def test_an_engine_that_does_not_come_up_is_said_and_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = EngineError("not_started", "en", why="the disk is full", log="engine.log")
    engine = FakeEngine(broken, broken, "127.0.0.1:1")
    await watched(house(tmp_path, engine, monkeypatch), engine.alive)
    assert engine.starts == 3
    assert capsys.readouterr().err.count("the disk is full") == 2
