"""The demonstration as a stranger sees it: it ends well, its last lines work, and nothing of it keeps running."""

import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from client.engine.launching import in_use
from client.engine.programs import Program
from client.home import alive
from tests.listing import ROOT

pytestmark = pytest.mark.live

_ENDS_S = 240


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("REDRESS_")}


def _line(home: Path) -> list[str]:
    return [sys.executable, "-m", "client.demo", "--lang", "en", "--home", str(home)]


def test_a_stranger_sees_a_complaint_climb_and_be_closed_and_the_last_lines_work(
    program: Program, tmp_path: Path
) -> None:
    home = tmp_path / "demo folder"
    done = subprocess.run(
        _line(home),
        check=False,
        cwd=ROOT,
        env=_environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_ENDS_S,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    said = " ".join(done.stdout.split())
    story = [
        '80% of the limit "handling of a grave complaint" are used up; told: 刘敏 (liumin) (in place of 陈静 (chenjing))',
        'the limit "handling of a grave complaint" is over; told: 林岚 (linlan)',
        'one working day after the limit "handling of a grave complaint"; told: 周建国 (zhoujianguo)',
        "It takes four eyes.",
        'so the step "reopen" takes itself: revisit → investigation',
        'the case has ended as "closed"',
        "Verified: 30 cases",
    ]
    places = [said.find(sentence) for sentence in story]
    assert -1 not in places
    assert places == sorted(places)
    assert not in_use(home / "engine")
    assert list((home / "files" / "messages").glob("*.eml"))
    lines = [line.strip() for line in done.stdout.splitlines() if line.startswith("  .venv/bin/redress ")]
    assert len(lines) >= 5
    for line in lines:
        program_name, *words = shlex.split(line)
        own = str(Path(sys.executable).with_name(Path(program_name).name))
        answer = subprocess.run(
            [own, *words], check=False, cwd=ROOT, env=_environment(), capture_output=True, text=True, timeout=60
        )
        assert answer.returncode == 0, f"{line}: {answer.stderr}"
        assert answer.stdout.strip()


def test_a_demonstration_that_is_told_to_stop_leaves_nothing_running(program: Program, tmp_path: Path) -> None:
    home = tmp_path / "demo"
    with subprocess.Popen(
        _line(home), cwd=ROOT, env=_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as running:
        assert running.stdout is not None
        pids = []
        for line in running.stdout:
            if "process" in line:
                pids.append(int(line.partition("process ")[2].partition(",")[0]))
            if len(pids) == 2:
                break
        running.send_signal(signal.SIGTERM)
        _, said = running.communicate(timeout=60)
    assert running.returncode == 1
    assert "The demonstration was interrupted." in said
    assert [pid for pid in pids if alive(pid)] == []
    assert (home / "ledger.db").is_file()
