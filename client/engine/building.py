"""Builds the official server once with the Go toolchain, into the user's cache."""

from __future__ import annotations

import asyncio
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from client.engine.programs import PINNED, Program, cache_folder, dotted, look_at
from client.engine.words import word

Say = Callable[[str], None]

#: Seconds between two lines of progress.
_EVERY_S = 5.0
#: A slow machine without any module in its cache takes its time; more than this is a hang.
_LIMIT_S = 60 * 60.0
#: Packages that `go install -v` names, counted once; only for the progress line.
_PACKAGES = 1600
_PACKAGE = "go.temporal.io/server/cmd/server"


class CannotBuildError(RuntimeError):
    """Why the server could not be built, in the reader's language."""


def server_path(environment: Mapping[str, str] | None = None) -> Path:
    """Where the built server is, or would be."""
    return cache_folder(environment) / dotted(PINNED) / "server"


async def cached(environment: Mapping[str, str] | None = None) -> Program | None:
    """The server that was built earlier; None if there is none or it does not run."""
    path = server_path(environment)
    program = await look_at(path) if path.is_file() else None
    return program if program is not None and program.version == PINNED else None


async def built(say: Say, lang: str, environment: Mapping[str, str] | None = None) -> Program:
    """The official server of the pinned version, built now if it was not before.

    Two processes that ask at once build it once; the second waits for the first.

    Raises:
        CannotBuildError: there is no Go, or Go failed, with what it said.
    """
    env = dict(os.environ if environment is None else environment)
    if program := await cached(env):
        return program
    go = shutil.which("go", path=env.get("PATH", os.defpath))
    if go is None:
        raise CannotBuildError(word("build.no_go", lang))
    folder = server_path(env).parent
    folder.mkdir(parents=True, exist_ok=True)
    async with _alone(folder / "build.lock", say, lang):
        if program := await cached(env):
            return program
        say(word("way.build", lang, version=dotted(PINNED)))
        started = time.monotonic()
        await _install(go, folder, env, say, lang)
        program = await cached(env)
        if program is None:
            raise CannotBuildError(word("build.wrong", lang, version=dotted(PINNED)))
        say(word("build.done", lang, path=program.path, seconds=round(time.monotonic() - started)))
        return program


async def _install(go: str, folder: Path, env: dict[str, str], say: Say, lang: str) -> None:
    """Let `go install` put the server into `folder`; it appears there whole or not at all."""
    log = folder / "build.log"
    _sweep(folder)
    with tempfile.TemporaryDirectory(dir=folder, prefix="building-") as work:
        process = _start_go(go, Path(work), log, env)
        try:
            await _watch(process, log, say, lang)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(timeout=10)
        if process.returncode != 0:
            tail = " / ".join(_lines(log)[-4:])
            raise CannotBuildError(word("build.failed", lang, log=log, tail=tail))
        (Path(work) / "server").replace(folder / "server")


def _sweep(folder: Path) -> None:
    # We hold the lock: what an ended build left here is nobody's.
    for abandoned in folder.glob("building-*"):
        shutil.rmtree(abandoned, ignore_errors=True)


def _start_go(go: str, work: Path, log: Path, env: dict[str, str]) -> subprocess.Popen[bytes]:
    # A cross-compiling shell or a workspace around us must not change what is built.
    clean = {name: value for name, value in env.items() if name not in ("GOOS", "GOARCH", "GOFLAGS")}
    clean |= {"CGO_ENABLED": "0", "GOBIN": str(work), "GOWORK": "off"}
    command = [go, "install", "-v", "-tags", "disable_grpc_modules", "-ldflags=-s -w"]
    with log.open("wb") as out:
        return subprocess.Popen(
            [*command, f"{_PACKAGE}@v{dotted(PINNED)}"],
            cwd=work, env=clean, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True,
        )  # fmt: skip


async def _watch(process: subprocess.Popen[bytes], log: Path, say: Say, lang: str) -> None:
    """Say every few seconds how far it is, until the build ends."""
    started = said = time.monotonic()
    while process.poll() is None:
        await asyncio.sleep(0.2)
        now = time.monotonic()
        if now - started > _LIMIT_S:
            raise CannotBuildError(word("build.timeout", lang, minutes=round(_LIMIT_S / 60)))
        if now - said >= _EVERY_S:
            said = now
            packages = sum(1 for line in _lines(log) if not line.startswith("go: "))
            say(word("build.progress", lang, seconds=round(now - started), packages=packages, of=_PACKAGES))


def _lines(log: Path) -> list[str]:
    return log.read_text(errors="replace").splitlines()


@asynccontextmanager
async def _alone(lock: Path, say: Say, lang: str) -> AsyncIterator[None]:
    """Hold the lock while the body runs; whoever else holds it is waited for, bounded."""
    started = said = time.monotonic()
    with lock.open("w") as held:
        while True:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                now = time.monotonic()
                if now - started > _LIMIT_S:
                    raise CannotBuildError(word("build.timeout", lang, minutes=round(_LIMIT_S / 60))) from None
                if now - said >= _EVERY_S:
                    said = now
                    say(word("build.waiting", lang, seconds=round(now - started)))
                await asyncio.sleep(0.5)
        yield


def main() -> int:
    """Exit code 0 with the cached or freshly built server in place, 1 with the reason it is not."""
    spoken = os.environ.get("REDRESS_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or "en"
    lang = "zh" if spoken.startswith("zh") else "en"

    def say(text: str) -> None:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()

    try:
        program = asyncio.run(built(say, lang))
    except CannotBuildError as error:
        say(word("way.no_build", lang, why=error))
        return 1
    say(word("way.cached", lang, path=program.path, version=dotted(program.version)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
