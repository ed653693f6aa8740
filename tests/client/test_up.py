"""redress up in one shell, complaints in another; what is killed comes back, nothing is lost."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from client.home import RUN
from tests.client.line import CORNER_SHOP, PEOPLE, Line
from tests.listing import ROOT

pytestmark = pytest.mark.live

_SETS = ("--set", "customer=王", "--set", "topic=goods", "--set", "said=坏了")


def until(holds: Callable[[], bool], within: float = 60) -> None:
    ends = time.monotonic() + within
    while not holds():
        assert time.monotonic() < ends, f"not within {within} s"
        time.sleep(0.1)


@pytest.fixture
def up(line: Line, tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    line("packs", "publish", str(CORNER_SHOP))
    line("org", "apply", line.file("org.toml", PEOPLE))
    code = "from client.cli.main import run; run()"
    said = (tmp_path / "up.log").open("w+")
    process = subprocess.Popen(
        [sys.executable, "-c", code, "--home", str(line.home), "--lang", "en", "up"], cwd=ROOT, stderr=said, text=True
    )
    until(lambda: "Ready." in (tmp_path / "up.log").read_text() or process.poll() is not None, 120)
    yield process
    process.send_signal(signal.SIGTERM)
    process.wait(90)
    said.close()


def running(line: Line) -> dict[str, int]:
    found: dict[str, int] = json.loads((line.home / RUN).read_text(encoding="utf-8"))
    return found


def test_a_complaint_is_opened_moved_shown_and_explained_through_kills(line: Line, up: "subprocess.Popen[str]") -> None:
    assert up.poll() is None
    opened = line("open", "--pack", "corner-shop", "--as", "c1", *_SETS, "--id", "web-1", "--json")
    assert opened.code == 0, opened.out
    number = opened.json()["number"]
    again = line("open", "--pack", "corner-shop", "--as", "c1", *_SETS, "--id", "web-1", "--json")
    assert again.json()["id"] == opened.json()["id"]
    other = line(
        "open", "--pack", "corner-shop", "--as", "c1", *_SETS, "--set", "purchase=1", "--id", "web-1", "--json"
    )
    assert (other.code, other.json()["error"]["code"]) == (1, "same_id_other_content")

    before = running(line)
    os.kill(before["worker"], signal.SIGKILL)
    os.kill(before["engine"], signal.SIGKILL)
    until(lambda: running(line)["worker"] != before["worker"] and running(line)["engine"] != before["engine"])

    done = line("do", number, "accept", "--as", "c1", "--set", "handled_by=h1", "--json")
    assert (done.code, done.json()["stage"]) == (0, "handling")
    refused = line("do", number, "revisit", "--as", "c1", "--json")
    assert (refused.code, refused.json()["error"]["code"]) == (1, "step_not_open")

    shown = line("show", number, "--json").json()
    assert shown["source"] == "engine"
    assert shown["fields"]["customer"] == "王"
    assert {step["step"]: step["persons"] for step in shown["open_steps"]}["reply"] == ["h1"]
    (counted,) = line("explain", number, "first_reply", "--json").json()
    assert sum(part[2] for part in counted["parts"]) == counted["sum"] == 3
    assert [row["number"] for row in line("mine", "--as", "h1", "--json").json()] == [number]
    assert "首次答复" in line("show", number, lang="zh").out
    assert line("ledger", "verify").code == 0
    assert "up already" in line("up").err

    assert line("down").code == 0
    assert up.wait(60) == 0
    assert line("show", number, "--json").json()["source"] == "ledger"
    away = line("do", number, "reply", "--as", "h1", "--set", "reply=x", "--set", "polite=yes", "--json")
    assert (away.code, away.json()["error"]["code"]) == (1, "engine_away")
