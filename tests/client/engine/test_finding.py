from pathlib import Path

import pytest

from client.engine.building import server_path
from client.engine.downloading import CannotDownloadError, downloaded
from client.engine.finding import EngineSettings, configured, find_engine, find_program, own_program
from client.engine.programs import Kind, Program
from client.engine.words import EngineError
from tests.client.engine.fakes import CLI_NEW, CLI_OLD, SERVER, calls, fake_go, surroundings, versioned

pytestmark = pytest.mark.offline


async def no_download(cache: Path) -> Program:
    raise CannotDownloadError("temporal.download: connection refused")


async def good_download(cache: Path) -> Program:
    return Program(versioned(cache / "sdk" / "temporal-sdk", CLI_NEW), Kind.DEV, (1, 32, 0))


async def test_a_new_temporal_on_the_path_comes_before_download_and_build(tmp_path: Path) -> None:
    env, said = surroundings(tmp_path), list[str]()
    path = versioned(tmp_path / "bin" / "temporal", CLI_NEW)
    fake_go(tmp_path / "bin")
    found = await find_program(said.append, lang="en", environment=env, download=good_download)
    assert found == Program(path, Kind.DEV, (1, 32, 0))
    assert said == [f"Way 2: the temporal program {path} on the PATH, server 1.32.0."]


async def test_an_old_temporal_is_passed_over_aloud(tmp_path: Path) -> None:
    env, said = surroundings(tmp_path), list[str]()
    versioned(tmp_path / "bin" / "temporal", CLI_OLD)
    found = await find_program(said.append, lang="en", environment=env, download=good_download)
    assert found.path == tmp_path / "cache" / "sdk" / "temporal-sdk"
    assert any("1.29.1, older than the needed 1.32.0" in text for text in said)


async def test_where_nothing_can_be_downloaded_the_server_is_built(tmp_path: Path) -> None:
    env, said = surroundings(tmp_path), list[str]()
    fake_go(tmp_path / "bin")
    found = await find_program(said.append, lang="en", environment=env, download=no_download)
    assert found.path == server_path(env)
    assert [text[:5] for text in said[:4]] == ["Way 2", "Way 3", "Way 3", "Way 4"]
    assert "connection refused" in said[2]


@pytest.mark.parametrize(("lang", "part"), [("zh", "任选其一"), ("en", "Take one of four")])
async def test_where_nothing_works_the_four_ways_are_named(tmp_path: Path, lang: str, part: str) -> None:
    env = surroundings(tmp_path)
    with pytest.raises(EngineError) as refused:
        await find_program(print, lang=lang, environment=env, download=no_download)
    assert refused.value.key == "none"
    assert part in refused.value.next_step
    for way in ("TEMPORAL_ADDRESS", "Temporal CLI", "temporal.download", "client.engine.building"):
        assert way in refused.value.next_step
    assert "connection refused" in refused.value.why


async def test_data_of_a_built_server_are_not_given_to_a_temporal_program(tmp_path: Path) -> None:
    env, said = surroundings(tmp_path), list[str]()
    versioned(tmp_path / "bin" / "temporal", CLI_NEW)
    versioned(server_path(env), SERVER)
    found = await find_program(said.append, lang="en", environment=env, made_by=Kind.SERVER, download=good_download)
    assert found.kind is Kind.SERVER
    assert any("other kind of engine (server)" in text for text in said)


async def test_data_of_a_temporal_program_do_not_start_a_build(tmp_path: Path) -> None:
    env = surroundings(tmp_path)
    fake_go(tmp_path / "bin")
    with pytest.raises(EngineError):
        await find_program(print, lang="en", environment=env, made_by=Kind.DEV, download=no_download)
    assert calls(tmp_path / "bin") == []


async def test_tests_and_demo_take_the_built_server_before_everything_else(tmp_path: Path) -> None:
    env = surroundings(tmp_path) | {"TEMPORAL_ADDRESS": "127.0.0.1:1"}
    versioned(tmp_path / "bin" / "temporal", CLI_NEW)
    versioned(server_path(env), SERVER)
    found = await own_program(print, lang="en", environment=env, download=good_download)
    assert found == Program(server_path(env), Kind.SERVER, (1, 32, 1))


async def test_tests_and_demo_fall_back_on_a_temporal_program(tmp_path: Path) -> None:
    env = surroundings(tmp_path)
    versioned(tmp_path / "bin" / "temporal", CLI_NEW)
    found = await own_program(print, lang="en", environment=env, download=no_download)
    assert found.kind is Kind.DEV


def test_an_address_in_the_environment_is_taken(tmp_path: Path) -> None:
    env = surroundings(tmp_path) | {"TEMPORAL_ADDRESS": "temporal.example:7233", "TEMPORAL_NAMESPACE": "complaints"}
    remote = configured(env, "en")
    assert remote is not None
    assert (remote.address, remote.namespace) == ("temporal.example:7233", "complaints")


def test_a_profile_in_a_file_is_taken_with_its_key(tmp_path: Path) -> None:
    profile = tmp_path / "temporal.toml"
    profile.write_text('[profile.default]\naddress = "cloud.example:7233"\napi_key = "k"\n')
    remote = configured(surroundings(tmp_path) | {"TEMPORAL_CONFIG_FILE": str(profile)}, "en")
    assert remote is not None
    assert (remote.address, remote.namespace) == ("cloud.example:7233", "redress")
    assert remote.options["api_key"] == "k"


def test_nothing_configured_is_none(tmp_path: Path) -> None:
    assert configured(surroundings(tmp_path), "en") is None


def test_a_broken_profile_is_a_clear_message(tmp_path: Path) -> None:
    profile = tmp_path / "temporal.toml"
    profile.write_text("[profile.default\n")
    with pytest.raises(EngineError, match=r"Correct temporal\.toml") as refused:
        configured(surroundings(tmp_path) | {"TEMPORAL_CONFIG_FILE": str(profile)}, "en")
    assert refused.value.key == "profile"


async def test_a_configured_server_that_is_away_is_not_replaced_by_another(tmp_path: Path) -> None:
    env = surroundings(tmp_path) | {"TEMPORAL_ADDRESS": "127.0.0.1:1"}
    versioned(tmp_path / "bin" / "temporal", CLI_NEW)
    with pytest.raises(EngineError, match="does not answer") as refused:
        await find_engine(EngineSettings(tmp_path / "data", "en", environment=env), print)
    assert refused.value.key == "unreachable"
    assert not (tmp_path / "data").exists()


async def test_a_program_downloaded_before_is_found_again(tmp_path: Path) -> None:
    versioned(tmp_path / "sdk" / "temporal-sdk-python-1.35.0", CLI_NEW)
    assert (await downloaded(tmp_path)).version == (1, 32, 0)
