from pathlib import Path

import pytest

from activities.settings import SettingsProblem, load_settings

pytestmark = pytest.mark.offline


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDRESS_HOME", str(tmp_path))


def test_without_a_file_everything_is_on_this_machine(tmp_path: Path) -> None:
    settings = load_settings()
    assert settings.home == tmp_path
    assert settings.ledger == f"sqlite:///{tmp_path}/ledger.db"
    assert (settings.mail.host, settings.file_limit) == ("", 20 * 1024 * 1024)


def test_the_environment_goes_before_the_file_and_arguments_before_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = 'lang = "zh"\nnamespace = "of-file"\n[mail]\nhost = "mx"\nport = 25\nfrom = "a@b.example"\n'
    (tmp_path / "redress.toml").write_text(written, encoding="utf-8")
    monkeypatch.setenv("REDRESS_MAIL__PORT", "2525")
    monkeypatch.setenv("REDRESS_LANG", "en")
    settings = load_settings(namespace="given")

    assert (settings.lang, settings.namespace) == ("en", "given")
    assert (settings.mail.host, settings.mail.port, settings.mail.from_) == ("mx", 2525, "a@b.example")


def test_another_folder_brings_its_own_file(tmp_path: Path) -> None:
    other = tmp_path / "demo"
    other.mkdir()
    (other / "redress.toml").write_text('ledger_url = "postgresql+psycopg:///x"', encoding="utf-8")
    assert load_settings(other).ledger == "postgresql+psycopg:///x"
    assert load_settings().ledger_url == ""


def test_without_redress_home_the_users_data_folder_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("REDRESS_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert load_settings().home == tmp_path / "redress"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[mail]\nport = 0\nhots = 'mx'", ["mail.port", "mail.hots"]),
        ("lang = 'fr'", ["lang"]),
        ("unknown = 1", ["unknown"]),
        ("ledger_url = 'mysql://x'", ["ledger_url", "mysql, which cannot hold one"]),
        ("lang =", ["redress.toml is not TOML"]),
    ],
)
def test_every_mistake_is_named_with_its_place(tmp_path: Path, text: str, said: list[str]) -> None:
    (tmp_path / "redress.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsProblem) as told:
        load_settings()
    for each in said:
        assert each in str(told.value)


def test_a_password_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDRESS_MAIL__PASSWORD", "open sesame")
    settings = load_settings()
    assert settings.mail.password == "open sesame"
    assert "sesame" not in repr(settings)
