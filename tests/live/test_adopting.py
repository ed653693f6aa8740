"""Many cases adopt an edition on a real engine: each once, however often it is asked for, and who cannot says why."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from activities.shelf import FileShelf
from client.cli.main import main
from client.engine.running import Engine
from tests.live.real import Real, real
from tests.rules.corner_shop import TEXT

pytestmark = pytest.mark.live


async def adopt(own: Real, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    """The exit code and the answer of the command line, run beside the worker."""
    capsys.readouterr()
    line = ["--home", str(own.settings.home), "--json", "packs", "adopt", *words, "--as", "lena"]
    code = await asyncio.to_thread(main, line)
    return code, json.loads(capsys.readouterr().out)


async def test_open_cases_adopt_an_edition_once_and_a_closed_one_is_left_alone(
    engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    longer = TEXT.replace("edition = 1", "edition = 2", 1).replace("{ working_days = 3 }", "{ working_days = 4 }")
    async with real(engine, tmp_path) as own:
        for name, value in (
            ("TEMPORAL_ADDRESS", engine.address), ("NAMESPACE", engine.namespace), ("CALENDAR", "endless"),
            ("TASK_QUEUE", own.settings.task_queue),
        ):  # fmt: skip
            monkeypatch.setenv(f"REDRESS_{name}", value)
        cases = [(await own.open())[0] for _ in range(3)]
        await own.do(cases[1], "step.accept", "mei", handled_by="han")
        assert (await own.do(cases[2], "step.withdraw", "mei")).status == "done"
        second = FileShelf(tmp_path).publish(longer)

        code, tried = await adopt(own, capsys, "corner-shop.2", "--dry-run")
        assert (code, {each["id"]: each["outcome"] for each in tried["cases"]}) == (
            0, {cases[0]: "same", cases[1]: "moves"},
        )  # fmt: skip
        dry = {each["id"]: each["moved"] for each in tried["cases"]}

        code, done = await adopt(own, capsys, "corner-shop.2")
        assert (code, {each["id"]: each["status"] for each in done["cases"]}) == (
            0, {cases[0]: "done", cases[1]: "done"},
        )  # fmt: skip
        state = own.reading.case(cases[1])
        assert state is not None
        clock = state.state.clocks["first_reply"]
        assert state.edition == second.edition == 2
        assert clock.due is not None
        assert dry[cases[1]][0]["new"] == clock.due.isoformat().replace("+00:00", "Z")

        assert await adopt(own, capsys, "corner-shop.2") == (
            0,
            {"edition": "corner-shop.2", "dry_run": False, "cases": []},
        )
        for case in cases[:2]:
            assert [entry.event for entry in own.reading.entries(case)].count("edition_adopted") == 1
