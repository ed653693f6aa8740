"""Lets the SDK download the `temporal` program, once, into the user's cache."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from temporalio.testing import WorkflowEnvironment

from client.engine.programs import Program, look_at

_DOWNLOAD_S = 300.0
_STARTUP = timedelta(seconds=30)


class CannotDownloadError(RuntimeError):
    """Why there is no downloaded program, in the words of the SDK."""


async def kept(cache: Path) -> Program | None:
    """The newest program that the SDK downloaded earlier; None if there is none that runs."""
    files = sorted((cache / "sdk").glob("temporal-*"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files:
        if program := await look_at(path):
            return program
    return None


async def downloaded(cache: Path) -> Program:
    """The program that the SDK downloads, or downloaded earlier; within five minutes.

    The SDK can only download and start in one go, so it starts a server in memory that is stopped at once;
    ours runs with our own settings and as a process that we can watch.

    Raises:
        CannotDownloadError: the SDK cannot reach its server, or what came does not run.
    """
    if program := await kept(cache):
        return program
    folder = cache / "sdk"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        async with asyncio.timeout(_DOWNLOAD_S):
            scratch = await WorkflowEnvironment.start_local(
                download_dest_dir=str(folder), dev_server_startup_timeout=_STARTUP
            )
            await scratch.shutdown()
    except (RuntimeError, TimeoutError) as error:
        raise CannotDownloadError(str(error) or f"{round(_DOWNLOAD_S)} s") from error
    program = await kept(cache)
    if program is None:
        raise CannotDownloadError(str(folder))
    return program
