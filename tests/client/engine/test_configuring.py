import json
import socket
from dataclasses import astuple, replace
from pathlib import Path

import pytest

from client.engine.configuring import Ports, command_line, free_ports, write_configuration
from client.engine.programs import Kind, Program

pytestmark = pytest.mark.offline

_DEV = Program(Path("/opt/temporal"), Kind.DEV, (1, 32, 0))
_SERVER = Program(Path("/opt/server"), Kind.SERVER, (1, 32, 1))


def test_free_ports_are_all_different_and_below_the_outgoing_ones() -> None:
    ports = astuple(free_ports())
    assert len(set(ports)) == len(ports) == 9
    assert all(20_000 <= port < 32_000 for port in ports)


def test_a_taken_port_is_replaced_and_the_others_stay() -> None:
    wanted = free_ports()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", wanted.history))
        taken.listen(1)
        assert wanted.taken() == ("history",)
        given = free_ports(keep=wanted)
    assert given.history != wanted.history
    assert replace(given, history=wanted.history) == wanted


def test_the_configuration_names_every_port_and_only_loopback(tmp_path: Path) -> None:
    ports = free_ports()
    write_configuration(tmp_path, ports, virtual_clock=False)
    text = (tmp_path / "engine.yaml").read_text()
    assert all(str(port) in text for port in astuple(ports))
    assert text.count("bindOnLocalHost: true") == 4
    assert "0.0.0.0" not in text
    assert "$" not in text
    for fact in ("maxConns: 1", "numHistoryShards: 4", "journal_mode: wal", 'synchronous: "2"'):
        assert fact in text


@pytest.mark.parametrize("wanted", [True, False])
def test_time_skipping_is_on_only_where_it_is_wanted(tmp_path: Path, wanted: bool) -> None:
    write_configuration(tmp_path, Ports(), virtual_clock=wanted)
    assert ("TimeSkippingEnabled" in (tmp_path / "dynamic.yaml").read_text()) is wanted
    words = command_line(_DEV, Ports(), virtual_clock=wanted)
    assert any("TimeSkippingEnabled=true" in part for part in words) is wanted


def test_timers_are_made_punctual_in_both_kinds_of_engine(tmp_path: Path) -> None:
    write_configuration(tmp_path, Ports(), virtual_clock=False)
    assert 'history.timerProcessorMaxTimeShift:\n- value: "50ms"\n' in (tmp_path / "dynamic.yaml").read_text()
    words = command_line(_DEV, Ports(), virtual_clock=False)
    assert f"history.timerProcessorMaxTimeShift={json.dumps('50ms')}" in words


def test_a_temporal_program_is_started_on_a_file_without_its_web_page() -> None:
    words = command_line(_DEV, Ports(), virtual_clock=False)
    assert words[:6] == ["/opt/temporal", "server", "start-dev", "--headless", "--ip", "127.0.0.1"]
    assert words[words.index("--db-filename") + 1] == "engine.db"
    assert words[words.index("--port") + 1] == "7233"
    assert "journal_mode=wal" in words


def test_the_server_is_started_with_its_configuration() -> None:
    assert command_line(_SERVER, Ports(), virtual_clock=True) == [
        "/opt/server", "--config-file", "engine.yaml", "--allow-no-auth", "start",
    ]  # fmt: skip
