import asyncio
from pathlib import Path

import pytest

from client.engine import building
from client.engine.building import CannotBuildError, built, cached, server_path
from client.engine.programs import PINNED, Kind, cache_folder
from tests.client.engine.fakes import calls, fake_go, surroundings, versioned

pytestmark = pytest.mark.offline


async def test_the_pinned_server_is_built_once_and_found_again(tmp_path: Path) -> None:
    env, said = surroundings(tmp_path), list[str]()
    fake_go(tmp_path / "bin")
    first = await built(said.append, "en", env)
    again = await built(said.append, "en", env)
    assert first == again == await cached(env)
    assert (first.kind, first.version) == (Kind.SERVER, PINNED)
    assert len(calls(tmp_path / "bin")) == 1
    assert "go.temporal.io/server/cmd/server@v1.32.1" in calls(tmp_path / "bin")[0]
    assert (tmp_path / "bin" / "settings").read_text() == "0 off\n"
    assert any("about 7 minutes" in text for text in said)


async def test_two_builds_at_once_build_once(tmp_path: Path) -> None:
    env = surroundings(tmp_path)
    fake_go(tmp_path / "bin", seconds=1)
    one, two = await asyncio.gather(built(print, "en", env), built(print, "en", env))
    assert one == two
    assert len(calls(tmp_path / "bin")) == 1


async def test_a_long_build_says_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "_EVERY_S", 0.2)
    said = list[str]()
    fake_go(tmp_path / "bin", seconds=1)
    await built(said.append, "zh", surroundings(tmp_path))
    assert sum("构建中" in text for text in said) >= 2


async def test_a_build_without_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "_LIMIT_S", 0.3)
    fake_go(tmp_path / "bin", seconds=60)
    with pytest.raises(CannotBuildError, match="was not done"):
        await built(print, "en", surroundings(tmp_path))


async def test_without_go_it_says_where_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(CannotBuildError, match=r"https://go\.dev/dl/"):
        await built(print, "en", surroundings(tmp_path))


async def test_what_go_complains_about_is_handed_on(tmp_path: Path) -> None:
    fake_go(tmp_path / "bin", fails="dial tcp: no route to host")
    with pytest.raises(CannotBuildError, match="no route to host"):
        await built(print, "en", surroundings(tmp_path))


async def test_a_program_of_another_version_is_not_taken_for_the_build(tmp_path: Path) -> None:
    env = surroundings(tmp_path)
    fake_go(tmp_path / "bin", installs="temporal version 1.30.0")
    with pytest.raises(CannotBuildError, match="not version"):
        await built(print, "en", env)
    assert await cached(env) is None


async def test_remains_of_a_build_that_was_cut_off_are_swept_away(tmp_path: Path) -> None:
    env = surroundings(tmp_path)
    remains = versioned(server_path(env).parent / "building-old" / "server", "half").parent
    fake_go(tmp_path / "bin")
    await built(print, "en", env)
    assert not remains.exists()


@pytest.mark.parametrize(
    ("env", "folder"),
    [
        ({"REDRESS_ENGINE_CACHE": "/own", "XDG_CACHE_HOME": "/xdg"}, "/own"),
        ({"XDG_CACHE_HOME": "/xdg"}, "/xdg/redress/engine"),
    ],
)
def test_the_cache_is_where_the_environment_says(env: dict[str, str], folder: str) -> None:
    assert cache_folder(env) == Path(folder)


def test_the_entry_point_ends_with_1_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in surroundings(tmp_path).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("REDRESS_LANG", "zh")
    assert building.main() == 1
    assert "方式四：构建不成" in capsys.readouterr().out


def test_the_entry_point_ends_with_0_once_the_server_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in surroundings(tmp_path).items():
        monkeypatch.setenv(name, value)
    fake_go(tmp_path / "bin")
    assert building.main() == 0
    assert str(server_path()) in capsys.readouterr().out
