"""The ways to an engine that need a real server behind them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from client.engine import probing
from client.engine.configuring import free_ports, write_configuration
from client.engine.doctoring import examine
from client.engine.finding import EngineSettings, Remote, find_engine
from client.engine.namespace import UnusableError, pairs, prepare
from client.engine.programs import Program
from client.engine.running import Engine, start_engine
from client.engine.words import EngineError
from tests.client.engine.fakes import CLI_NEW, script, surroundings
from workflows.searching import KEYS

pytestmark = pytest.mark.live


async def test_a_configured_server_is_used_and_no_other_is_started(engine: Engine, tmp_path: Path) -> None:
    env = surroundings(tmp_path) | {"TEMPORAL_ADDRESS": engine.address, "TEMPORAL_NAMESPACE": "elsewhere"}
    settings = EngineSettings(tmp_path / "data", "en", attributes=pairs(KEYS), environment=env)
    said: list[str] = []
    found = await find_engine(settings, said.append)
    assert isinstance(found, Remote)
    assert (found.address, found.namespace) == (engine.address, "elsewhere")
    assert engine.address in said[0]
    assert not (tmp_path / "data").exists()
    assert (await examine(settings))[0].ok


async def test_a_namespace_that_is_there_is_left_as_it_is_and_ready_at_once(engine: Engine) -> None:
    client = await probing.connect(engine.address, engine.namespace)
    await prepare(client, pairs(KEYS))
    await prepare(client, pairs(KEYS))
    assert await engine.healthy()


async def test_a_search_attribute_of_another_type_is_refused(engine: Engine) -> None:
    client = await probing.connect(engine.address, engine.namespace)
    name, kind = pairs(KEYS)[0]
    with pytest.raises(UnusableError, match=name):
        await prepare(client, ((name, kind + 1),))


async def test_a_temporal_program_on_the_path_is_started_by_up(program: Program, tmp_path: Path) -> None:
    """The program is a recorded fake: it takes the words of `start-dev` and becomes the real server."""
    data, ports = tmp_path / "data", free_ports()
    data.mkdir()
    write_configuration(data, ports, virtual_clock=False)
    script(
        tmp_path / "bin" / "temporal",
        f'[ "$1" = --version ] && echo "{CLI_NEW}" && exit 0\n'
        f'echo "$@" > words\nexec {program.path} --config-file engine.yaml --allow-no-auth start',
    )
    settings = EngineSettings(
        data, "en", attributes=pairs(KEYS), ports=ports, tied=True, environment=surroundings(tmp_path)
    )
    found = await find_engine(settings, print)
    assert isinstance(found, Engine)
    try:
        assert await found.healthy()
        assert (data / "words").read_text().startswith("server start-dev --headless")
        assert json.loads((data / "made_by.json").read_text()) == {"kind": "dev", "version": "1.32.0"}
        answer = await probing.ask(await probing.connect(found.address, found.namespace))
        assert not answer.virtual_clock
    finally:
        await found.stop()


async def test_data_of_an_older_server_with_the_same_tables_open_after_a_copy(other_engine: Engine) -> None:
    await other_engine.stop()
    (other_engine.data / "made_by.json").write_text('{"kind": "server", "version": "1.32.0"}')
    await other_engine.restart()
    assert await other_engine.healthy()
    assert (other_engine.data / "engine.before-upgrade-from-1.32.0.db").stat().st_size > 100_000


async def test_an_engine_with_a_broken_file_says_so_and_leaves_it(program: Program, tmp_path: Path) -> None:
    broken = b"no database, but somebody's only copy" * 50
    (tmp_path / "engine.db").write_bytes(broken)
    (tmp_path / "made_by.json").write_text('{"kind": "server", "version": "1.32.1"}')
    with pytest.raises(EngineError, match="not a database"):
        await start_engine(tmp_path, program=program, virtual_clock=False, say=print, ports=free_ports(), lang="en")
    assert (tmp_path / "engine.db").read_bytes() == broken
