"""The demonstration's folder: its own is emptied, nobody else's is touched, a configured ledger stops it."""

from pathlib import Path

import pytest

from client.demo.folder import MARKER, own_folder
from client.problems import Problem

pytestmark = pytest.mark.offline


def _code(home: Path, environment: dict[str, str] | None = None) -> str:
    """The code of the problem that the folder makes."""
    with pytest.raises(Problem) as raised, own_folder(home, "en", environment or {}):
        pass
    problem = raised.value
    assert problem.said.what
    assert problem.said.why
    assert problem.said.next_step
    return problem.code


def test_a_new_folder_gets_the_endless_calendar_and_the_readers_language(tmp_path: Path) -> None:
    with own_folder(tmp_path / "demo", "zh", {}) as home:
        assert (home / "redress.toml").read_text(encoding="utf-8") == 'calendar = "endless"\nlang = "zh"\n'


def test_an_earlier_demonstration_is_replaced(tmp_path: Path) -> None:
    home = tmp_path / "demo"
    with own_folder(home, "en", {}):
        (home / "ledger.db").write_text("old", encoding="utf-8")
        (home / "engine").mkdir()
        (home / "engine" / "engine.db").write_text("old", encoding="utf-8")
    with own_folder(home, "en", {}):
        assert sorted(path.name for path in home.iterdir()) == ["redress.toml", MARKER]


def test_a_folder_of_somebody_else_is_refused_and_keeps_what_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    assert _code(tmp_path) == "demo_not_ours"
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_link_and_a_file_are_refused(tmp_path: Path) -> None:
    with own_folder(tmp_path / "demo", "en", {}):
        pass
    (tmp_path / "link").symlink_to(tmp_path / "demo")
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert _code(tmp_path / "link") == "demo_not_ours"
    assert _code(tmp_path / "file") == "demo_not_ours"


def test_two_demonstrations_never_share_a_folder(tmp_path: Path) -> None:
    with own_folder(tmp_path / "demo", "en", {}) as home:
        (home / "ledger.db").write_text("busy", encoding="utf-8")
        assert _code(home) == "demo_in_use"
        assert (home / "ledger.db").read_text(encoding="utf-8") == "busy"


def test_a_ledger_in_the_environment_stops_it_before_anything_is_written(tmp_path: Path) -> None:
    assert _code(tmp_path / "demo", {"REDRESS_LEDGER_URL": "postgresql+psycopg://ours"}) == "demo_ledger_configured"
    assert not (tmp_path / "demo").exists()


def test_a_ledger_in_the_settings_of_the_folder_stops_it(tmp_path: Path) -> None:
    with own_folder(tmp_path / "demo", "en", {}) as home:
        (home / "redress.toml").write_text('ledger_url = "sqlite:///ours.db"\n', encoding="utf-8")
    assert _code(tmp_path / "demo") == "demo_ledger_configured"


def test_other_settings_of_the_reader_do_not_stop_it(tmp_path: Path) -> None:
    with own_folder(tmp_path / "demo", "en", {"REDRESS_HOME": "elsewhere", "REDRESS_CALENDAR": "cn"}) as home:
        assert "endless" in (home / "redress.toml").read_text(encoding="utf-8")
