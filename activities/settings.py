"""Settings: the data folder, and what ``redress.toml`` in it or its twins in the environment say."""

import os
import sys
import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from activities.drivers.ledger import checked_url

FILE = "redress.toml"
_MEBIBYTE = 1024 * 1024


class SettingsProblem(ValueError):
    """The settings cannot be used; the message names every mistake, its place and what to do."""


class Mail(BaseModel):
    """How mail leaves. Without a ``host`` messages are written into files. ``timeout`` in seconds."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    host: str = ""
    port: int = Field(default=25, ge=1, le=65535)
    from_: str = Field(default="redress@localhost", alias="from")
    timeout: float = Field(default=10.0, gt=0, le=120)
    security: Literal["none", "starttls", "tls"] = "none"
    user: str = ""
    password: str = Field(default="", repr=False)


def default_home() -> Path:
    """The data folder of this user where ``REDRESS_HOME`` names none."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "redress"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "redress"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "redress"


class Settings(BaseSettings):
    """Every setting. Each has a twin: ``REDRESS_LEDGER_URL``, ``REDRESS_MAIL__HOST``; the environment goes first.

    ``file_limit`` is the largest file that a form takes, in bytes; ``calendar`` names one that replaces every pack's.
    """

    model_config = SettingsConfigDict(
        env_prefix="REDRESS_", env_nested_delimiter="__", extra="forbid", nested_model_default_partial_update=True
    )

    home: Path = Field(default_factory=default_home)
    ledger_url: str = ""
    temporal_address: str = ""
    namespace: str = "redress"
    task_queue: str = "redress"
    mail: Mail = Field(default_factory=Mail)
    lang: Literal["zh", "en"] = "en"
    calendar: str = ""
    file_limit: int = Field(default=20 * _MEBIBYTE, ge=1)

    @field_validator("ledger_url")
    @classmethod
    def _readable(cls, url: str) -> str:
        if url:
            checked_url(url)
        return url

    @property
    def ledger(self) -> str:
        """The URL of the ledger; the SQLite file of the data folder where none is set."""
        return self.ledger_url or f"sqlite:///{self.home / 'ledger.db'}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, then the environment, then the file of the data folder."""
        named = init_settings().get("home") or os.environ.get("REDRESS_HOME") or default_home()
        file = TomlConfigSettingsSource(settings_cls, Path(named).expanduser() / FILE)
        return init_settings, env_settings, file


def load_settings(home: Path | None = None, **given: Any) -> Settings:
    """The settings of a data folder; `given` goes before everything else.

    Raises:
        SettingsProblem: ``redress.toml`` or a twin in the environment has mistakes; all of them are named.
    """
    if home is not None:
        given["home"] = home
    try:
        settings = Settings(**given)
    except tomllib.TOMLDecodeError as error:
        raise SettingsProblem(f"{FILE} is not TOML: {error}; correct it or take it away") from None
    except ValidationError as error:
        lines = [f"{'.'.join(str(part) for part in each['loc'])}: {each['msg']}" for each in error.errors()]
        hint = f"correct {FILE} or the environment variable REDRESS_<NAME>"
        raise SettingsProblem(f"settings cannot be used: {'; '.join(lines)}; {hint}") from None
    return settings.model_copy(update={"home": settings.home.expanduser().absolute()})
