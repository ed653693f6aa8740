import fcntl
import json
import os
from pathlib import Path

import pytest

from client.engine.configuring import free_ports
from client.engine.doctoring import examine
from client.engine.finding import EngineSettings
from client.engine.launching import in_use, log_tail, who_runs
from client.engine.programs import Kind, Program, look_at
from client.engine.running import start_engine
from client.engine.words import EngineError
from tests.client.engine.fakes import CLI_NEW, CLI_OLD, SERVER, fake_go, script, surroundings, versioned

pytestmark = pytest.mark.offline


async def test_a_program_that_ends_at_once_is_reported_with_its_last_words(tmp_path: Path) -> None:
    broken = Program(script(tmp_path / "server", "echo disk quota exceeded; exit 3"), Kind.SERVER, (1, 32, 1))
    with pytest.raises(EngineError, match="disk quota exceeded") as refused:
        await start_engine(
            tmp_path / "data", program=broken, virtual_clock=False, say=print, ports=free_ports(), lang="en"
        )
    assert refused.value.key == "not_started"
    assert "engine.log" in refused.value.next_step
    assert not in_use(tmp_path / "data")


async def test_a_program_whose_port_was_just_taken_is_started_again_on_others(tmp_path: Path) -> None:
    unlucky = Program(
        script(tmp_path / "server", "echo listen: address already in use; exit 1"), Kind.SERVER, (1, 32, 1)
    )
    data = tmp_path / "data"
    with pytest.raises(EngineError):
        await start_engine(data, program=unlucky, virtual_clock=False, say=print, ports=free_ports(), lang="en")
    assert log_tail(data).count("address already in use") == 4


async def test_a_temporal_program_gets_the_recorded_words(tmp_path: Path) -> None:
    ports = free_ports()
    fake = Program(script(tmp_path / "temporal", 'echo "$@" > words; exit 1'), Kind.DEV, (1, 32, 0))
    data = tmp_path / "data"
    with pytest.raises(EngineError):
        await start_engine(data, program=fake, virtual_clock=True, say=print, ports=ports, lang="en")
    words = (data / "words").read_text()
    assert words.startswith(f"server start-dev --headless --ip 127.0.0.1 --port {ports.frontend} ")
    assert "frontend.WorkflowTimeSkippingEnabled=true" in words


async def test_a_program_that_is_gone_is_reported(tmp_path: Path) -> None:
    gone = Program(tmp_path / "nothing", Kind.SERVER, (1, 32, 1))
    with pytest.raises(EngineError) as refused:
        await start_engine(
            tmp_path / "data", program=gone, virtual_clock=False, say=print, ports=free_ports(), lang="en", tied=False
        )
    assert refused.value.key == "not_started"


async def test_a_folder_that_somebody_holds_is_refused(tmp_path: Path) -> None:
    (tmp_path / "running.json").write_text(json.dumps({"pid": os.getpid(), "address": "127.0.0.1:9", "version": "1"}))
    program = Program(versioned(tmp_path / "server", SERVER), Kind.SERVER, (1, 32, 1))
    assert who_runs(tmp_path) is None
    with (tmp_path / "engine.lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        running = who_runs(tmp_path)
        assert running is not None
        assert running.address == "127.0.0.1:9"
        with pytest.raises(EngineError, match=str(os.getpid())) as refused:
            await start_engine(tmp_path, program=program, virtual_clock=False, say=print, lang="en")
    assert refused.value.key == "busy"


@pytest.mark.parametrize(
    ("line", "kind", "version"),
    [
        (CLI_OLD, Kind.DEV, (1, 29, 1)),
        (CLI_NEW, Kind.DEV, (1, 32, 0)),
        ("temporal version 0.10.0 (server 1.21.0) (ui 2.10.3)", Kind.DEV, (1, 21, 0)),
        (SERVER, Kind.SERVER, (1, 32, 1)),
    ],
)
async def test_what_programs_say_of_themselves_is_understood(
    tmp_path: Path, line: str, kind: Kind, version: tuple[int, int, int]
) -> None:
    path = versioned(tmp_path / "program", line)
    assert await look_at(path) == Program(path, kind, version)


async def test_a_program_that_says_nothing_of_use_is_none(tmp_path: Path) -> None:
    assert await look_at(versioned(tmp_path / "program", "Temporal time travel tool")) is None
    assert await look_at(tmp_path / "missing") is None


async def test_the_doctor_names_every_way_and_what_wants_attention(tmp_path: Path) -> None:
    env = surroundings(tmp_path) | {"TEMPORAL_ADDRESS": "127.0.0.1:1"}
    versioned(tmp_path / "bin" / "temporal", CLI_OLD)
    settings = EngineSettings(tmp_path / "data", "en", ports=free_ports(), environment=env)
    lines = await examine(settings)
    assert [line.ok for line in lines] == [False, False, True, False, True, True]
    assert "does not answer" in lines[0].text
    assert "1.29.1" in lines[1].text
    assert "https://go.dev/dl/" in lines[3].text


async def test_the_doctor_says_what_a_temporal_program_cannot_be_given(tmp_path: Path) -> None:
    versioned(tmp_path / "bin" / "temporal", CLI_NEW)
    fake_go(tmp_path / "bin")
    settings = EngineSettings(tmp_path / "data", "zh", ports=free_ports(), environment=surroundings(tmp_path))
    texts = [line.text for line in await examine(settings)]
    assert any("一个分片" in text and "一个数据库连接" in text for text in texts)
