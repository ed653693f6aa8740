"""Finds an engine: four ways, in order, each tried and said aloud."""

from __future__ import annotations

import os
import shutil
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from temporalio.envconfig import ClientConfigProfile

from client.engine import building, downloading, probing
from client.engine.configuring import Ports
from client.engine.namespace import NAMESPACE, Attributes, UnusableError, prepare
from client.engine.programs import MINIMUM, PINNED, Kind, Program, cache_folder, dotted, look_at
from client.engine.running import Engine, start_engine
from client.engine.schema import read_stamp
from client.engine.words import EngineError, word

Say = Callable[[str], None]
Download = Callable[[Path], Awaitable[Program]]


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """What `redress up` wants of an engine."""

    data: Path
    lang: str = "zh"
    attributes: Attributes = ()
    ports: Ports | None = None
    tied: bool = False
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))


@dataclass(frozen=True, slots=True)
class Remote:
    """A server that somebody else runs: how to connect to it (`options` are for `Client.connect`)."""

    address: str
    namespace: str
    options: Mapping[str, Any]


async def find_engine(settings: EngineSettings, say: Say) -> Engine | Remote:
    """The configured server, or an engine of our own on `settings.data`; namespace and attributes are there.

    A configured server that does not answer is an error, no reason to start another: the cases are in it.

    Raises:
        EngineError: nothing can be used; it names the four ways.
    """
    lang = settings.lang
    if remote := configured(settings.environment, lang):
        say(word("way.configured", lang, address=remote.address, namespace=remote.namespace))
        await _check_remote(remote, settings.attributes, lang)
        return remote
    say(word("way.not_configured", lang))
    stamp = read_stamp(settings.data)
    program = await find_program(
        say, lang=lang, environment=settings.environment, made_by=stamp.kind if stamp else None
    )
    return await start_engine(
        settings.data, program=program, virtual_clock=False, say=say, ports=settings.ports,
        lang=lang, tied=settings.tied, attributes=settings.attributes,
    )  # fmt: skip


def configured(environment: Mapping[str, str], lang: str) -> Remote | None:
    """What TEMPORAL_ADDRESS or a temporal.toml profile says; None if neither names an address.

    Raises:
        EngineError: `profile`, the file or a variable cannot be read.
    """
    try:
        options: dict[str, Any] = dict(
            ClientConfigProfile.load(override_env_vars=environment).to_client_connect_config()
        )
    except (RuntimeError, ValueError) as error:
        raise EngineError("profile", lang, why=error) from error
    address = options.pop("target_host", None)
    namespace = options.pop("namespace", None) or NAMESPACE
    return Remote(str(address), str(namespace), options) if address else None


async def find_program(
    say: Say,
    *,
    lang: str = "zh",
    environment: Mapping[str, str] | None = None,
    made_by: Kind | None = None,
    download: Download = downloading.downloaded,
) -> Program:
    """A program for `redress up`: `temporal` on the PATH, the SDK's download, or the server built here.

    Args:
        say: Told of each way, in the language `lang`.
        lang: `zh` or `en`.
        environment: Whose PATH and cache; by default ours.
        made_by: The kind of engine that made the data there are; another kind cannot open them.
        download: The third way.

    Raises:
        EngineError: `none`, with what each way said.
    """
    return await _first((_on_path, _by_download, _by_build), say, lang, environment, made_by, download)


async def own_program(
    say: Say,
    *,
    lang: str = "zh",
    environment: Mapping[str, str] | None = None,
    download: Download = downloading.downloaded,
) -> Program:
    """A program for demo, tests and bench: our own server, built earlier or now; else a `temporal` program.

    Raises:
        EngineError: `none`, with what each way said.
    """
    return await _first((_by_build, _on_path, _by_download), say, lang, environment, None, download)


@dataclass(frozen=True, slots=True)
class _Search:
    say: Say
    lang: str
    environment: Mapping[str, str]
    made_by: Kind | None
    download: Download


_Way = Callable[[_Search], Awaitable[Program | None]]


async def _first(
    ways: tuple[_Way, ...],
    say: Say,
    lang: str,
    environment: Mapping[str, str] | None,
    made_by: Kind | None,
    download: Download,
) -> Program:
    """The first program that fits; each way says for itself why it does not."""
    said: list[str] = []

    def both(text: str) -> None:
        said.append(text)
        say(text)

    search = _Search(both, lang, dict(os.environ if environment is None else environment), made_by, download)
    for way in ways:
        program = await way(search)
        if program is not None and _fits(program, search):
            return program
    raise EngineError("none", lang, tried="\n".join(said), minimum=dotted(MINIMUM))


def _fits(program: Program, search: _Search) -> bool:
    """Whether the program is new enough and can read the data; says so where not."""
    if program.version < MINIMUM:
        search.say(
            word(
                "way.too_old",
                search.lang,
                path=program.path,
                version=dotted(program.version),
                minimum=dotted(MINIMUM),
            )
        )
        return False
    if search.made_by is not None and program.kind is not search.made_by:
        search.say(word("way.other_kind", search.lang, path=program.path, kind=search.made_by.value))
        return False
    return True


async def _on_path(search: _Search) -> Program | None:
    found = shutil.which("temporal", path=search.environment.get("PATH", os.defpath))
    program = await look_at(Path(found)) if found else None
    if program is None:
        search.say(word("way.no_path", search.lang))
    else:
        search.say(word("way.path", search.lang, path=program.path, version=dotted(program.version)))
    return program


async def _by_download(search: _Search) -> Program | None:
    if search.made_by is Kind.SERVER:
        return None  # it could not read the data, so nobody need wait for it
    search.say(word("way.downloading", search.lang))
    try:
        program = await search.download(cache_folder(search.environment))
    except downloading.CannotDownloadError as error:
        search.say(word("way.no_download", search.lang, why=error))
        return None
    search.say(word("way.downloaded", search.lang, path=program.path, version=dotted(program.version)))
    return program


async def _by_build(search: _Search) -> Program | None:
    if search.made_by is Kind.DEV:
        return None  # the same: seven minutes for a program that could not read the data
    if program := await building.cached(search.environment):
        search.say(word("way.cached", search.lang, path=program.path, version=dotted(PINNED)))
        return program
    try:
        return await building.built(search.say, search.lang, search.environment)
    except building.CannotBuildError as error:
        search.say(word("way.no_build", search.lang, why=error))
        return None


async def _check_remote(remote: Remote, attributes: Attributes, lang: str) -> None:
    """Return if the configured server answers, is new enough, and has our namespace and attributes."""
    try:
        client = await probing.connect(remote.address, remote.namespace, remote.options)
        answer = await probing.ask(client)
    except probing.NotAnsweringError as error:
        raise EngineError("unreachable", lang, address=remote.address, why=error) from error
    # A managed service may hide its version; then what follows decides.
    if answer.version is not None and answer.version < MINIMUM:
        raise EngineError(
            "old_server",
            lang,
            address=remote.address,
            version=dotted(answer.version),
            minimum=dotted(MINIMUM),
        )
    try:
        await prepare(client, attributes)
    except UnusableError as error:
        names = ", ".join(name for name, _ in attributes)
        raise EngineError("namespace", lang, namespace=remote.namespace, why=error, attributes=names) from error
