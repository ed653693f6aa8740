"""Who asks and how: the language, the output and the data folder of one run of a command."""

import os
import sys
import tomllib
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from client.problems import USAGE, problem
from client.words import LANGUAGES


@dataclass(frozen=True, slots=True)
class Context:
    """The options that every command takes, wherever they stand on the line; ``line`` is the line as it was typed."""

    lang: str
    json: bool
    home: Path
    line: tuple[str, ...] = ()


_CURRENT: ContextVar[Context] = ContextVar("context")


def enter(context: Context) -> None:
    """Make this the context of the run."""
    _CURRENT.set(context)


def here() -> Context:
    """The context of the run; where none was entered, that of an empty command line."""
    try:
        return _CURRENT.get()
    except LookupError:
        return separate([], os.environ)[0]


def separate(line: list[str], environment: Mapping[str, str]) -> tuple[Context, list[str]]:
    """The context that a command line and its environment ask for, and the rest of the line.

    Raises:
        Problem: ``--lang`` or ``--home`` lacks its value, or the language is not known.
    """
    rest: list[str] = []
    given: dict[str, str] = {}
    words = iter(line)
    for text in words:
        if text == "--":
            rest += [text, *words]
            break
        name, equals, value = text.partition("=")
        if name in ("--lang", "--home"):
            taken = value if equals else next(words, "")
            if not taken:
                raise problem("no_value", _language(environment, Path()), USAGE, option=name)
            given[name] = taken
        elif text == "--json":
            given[name] = "yes"
        else:
            rest.append(text)
    home = Path(given.get("--home") or environment.get("REDRESS_HOME") or default_home(environment))
    lang = given.get("--lang") or _language(environment, home)
    if lang not in LANGUAGES:
        raise problem("unknown_language", _language(environment, home), USAGE, value=lang)
    return Context(lang, "--json" in given, home.expanduser().absolute(), tuple(line)), rest


def default_home(environment: Mapping[str, str]) -> Path:
    """The user's data folder on this system, with ``redress`` in it."""
    if sys.platform == "darwin":
        return Path("~/Library/Application Support/redress")
    if sys.platform == "win32":
        return Path(environment.get("LOCALAPPDATA", "~/AppData/Local")) / "redress"
    return Path(environment.get("XDG_DATA_HOME") or "~/.local/share") / "redress"


def _language(environment: Mapping[str, str], home: Path) -> str:
    """The reader's language: the variable, the settings of the data folder, the locale, else English."""
    for chosen in (environment.get("REDRESS_LANG"), _settings_language(home)):
        if chosen in LANGUAGES:
            return chosen
    spoken = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    return "zh" if spoken.lower().startswith("zh") else "en"


def _settings_language(home: Path) -> str | None:
    try:
        found = tomllib.loads((home.expanduser() / "redress.toml").read_text(encoding="utf-8")).get("lang")
    except (OSError, ValueError):
        return None
    return found if isinstance(found, str) else None
