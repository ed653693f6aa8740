"""What `redress doctor` says about engines: each way, the ports, the data. Starts and downloads nothing."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path

from client.engine import building, downloading, probing
from client.engine.configuring import DATABASE, Ports
from client.engine.finding import EngineSettings, configured
from client.engine.launching import who_runs
from client.engine.programs import MINIMUM, Kind, cache_folder, dotted, look_at
from client.engine.schema import read_stamp
from client.engine.words import EngineError, word

_ASKING_S = 20.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor; `ok` is False where something wants attention."""

    ok: bool
    text: str


async def examine(settings: EngineSettings) -> list[Finding]:
    """Every line about engines, within a minute, in the language of the settings."""
    lines = [await _configured(settings)]
    lines += await _on_path(settings)
    lines += [await _downloaded(settings), await _built(settings)]
    lines += _ports(settings)
    lines += await asyncio.to_thread(_data, settings)
    return lines


async def _configured(settings: EngineSettings) -> Finding:
    lang = settings.lang
    try:
        remote = configured(settings.environment, lang)
    except EngineError as error:
        return Finding(False, str(error))
    if remote is None:
        return Finding(True, word("way.not_configured", lang))
    try:
        answer = await probing.ask(await probing.connect(remote.address, remote.namespace, remote.options))
    except probing.NotAnsweringError as error:
        return Finding(False, str(EngineError("unreachable", lang, address=remote.address, why=error)))
    version = dotted(answer.version) if answer.version else "?"
    text = word("doctor.remote", lang, address=remote.address, version=version, namespace=remote.namespace)
    return Finding(answer.version is None or answer.version >= MINIMUM, text)


async def _on_path(settings: EngineSettings) -> list[Finding]:
    lang = settings.lang
    found = shutil.which("temporal", path=settings.environment.get("PATH", os.defpath))
    program = await look_at(Path(found)) if found else None
    if program is None:
        return [Finding(True, word("way.no_path", lang))]
    version = dotted(program.version)
    if program.version < MINIMUM:
        old = word("way.too_old", lang, path=program.path, version=version, minimum=dotted(MINIMUM))
        return [Finding(False, old)]
    lines = [Finding(True, word("way.path", lang, path=program.path, version=version))]
    if program.kind is Kind.DEV:
        lines.append(Finding(True, word("doctor.dev_limits", lang)))
    return lines


async def _downloaded(settings: EngineSettings) -> Finding:
    program = await downloading.kept(cache_folder(settings.environment))
    if program is None:
        return Finding(True, word("doctor.not_kept", settings.lang))
    return Finding(True, word("doctor.kept", settings.lang, path=program.path, version=dotted(program.version)))


async def _built(settings: EngineSettings) -> Finding:
    lang = settings.lang
    if program := await building.cached(settings.environment):
        text = word("way.cached", lang, path=program.path, version=dotted(program.version))
        return Finding(True, text)
    go = shutil.which("go", path=settings.environment.get("PATH", os.defpath))
    if go is None:
        return Finding(False, word("doctor.no_go", lang, why=word("build.no_go", lang)))
    try:
        said = await asyncio.to_thread(
            subprocess.run, [go, "version"], capture_output=True, text=True, timeout=_ASKING_S, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        return Finding(False, word("doctor.no_go", lang, why=error))
    return Finding(True, word("doctor.go", lang, go=said.stdout.strip()))


def _ports(settings: EngineSettings) -> list[Finding]:
    if who_runs(settings.data) is not None:
        return []  # they are taken by the engine itself
    ports = settings.ports or Ports()
    taken = ports.taken()
    if not taken:
        return [Finding(True, word("doctor.ports_free", settings.lang))]
    numbers = ", ".join(str(asdict(ports)[name]) for name in taken)
    return [Finding(True, word("doctor.ports", settings.lang, taken=numbers))]


def _data(settings: EngineSettings) -> list[Finding]:
    lang, data = settings.lang, settings.data
    database = data / DATABASE
    if not database.exists():
        return [Finding(True, word("doctor.no_data", lang, data=data))]
    stamp = read_stamp(data)
    size = round(database.stat().st_size / 1_000_000, 1)
    kind, version = (stamp.kind.value, dotted(stamp.version)) if stamp else ("?", "?")
    lines = [Finding(stamp is not None, word("doctor.data", lang, data=data, kind=kind, version=version, size=size))]
    if running := who_runs(data):
        lines.append(Finding(True, word("doctor.running", lang, address=running.address, pid=running.pid)))
    return lines
