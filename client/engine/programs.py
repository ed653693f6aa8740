"""Programs that bring a Temporal server, and where ours are kept."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

Version = tuple[int, int, int]

#: The official server that is built and tested; 1.32.2 wants a newer Go.
PINNED: Version = (1, 32, 1)
#: The first server with a clock for each workflow.
MINIMUM: Version = (1, 32, 0)
_ASKING_S = 20.0
_DEV = re.compile(r"\(server (\d+)\.(\d+)\.(\d+)", re.IGNORECASE)
_SERVER = re.compile(r"temporal version (\d+)\.(\d+)\.(\d+)", re.IGNORECASE)


class Kind(StrEnum):
    """How a program wants to be started, and how it lays out its data."""

    SERVER = "server"
    DEV = "dev"


@dataclass(frozen=True, slots=True)
class Program:
    """A program on this machine that can be an engine, and the server version it brings."""

    path: Path
    kind: Kind
    version: Version


def dotted(version: Version) -> str:
    """The version as people write it: `1.32.1`."""
    return ".".join(str(part) for part in version)


def read_version(text: str) -> Version | None:
    """The first server version in a text such as `1.32.1` or `v1.32.0-161.2`; None if there is none."""
    found = re.search(r"(\d+)\.(\d+)\.(\d+)", text)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def cache_folder(environment: Mapping[str, str] | None = None) -> Path:
    """Where programs are kept between runs: `REDRESS_ENGINE_CACHE`, or the user's cache folder."""
    env = os.environ if environment is None else environment
    if own := env.get("REDRESS_ENGINE_CACHE"):
        return Path(own)
    base = env.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "redress" / "engine"


async def look_at(path: Path) -> Program | None:
    """The program at `path` with the server version it states; None if it states none within 20 s."""
    try:
        answer = await asyncio.to_thread(
            subprocess.run,
            [str(path), "--version"],
            capture_output=True,
            text=True,
            timeout=_ASKING_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    for pattern, kind in ((_DEV, Kind.DEV), (_SERVER, Kind.SERVER)):
        if found := pattern.search(answer.stdout):
            return Program(path, kind, (int(found[1]), int(found[2]), int(found[3])))
    return None
