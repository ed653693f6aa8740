"""Recorded fake programs for the ways that a machine without a network cannot take."""

from __future__ import annotations

import stat
from pathlib import Path

#: What the programs print when asked for their version, as recorded.
CLI_OLD = "temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)"
CLI_NEW = "temporal version 1.9.1 (Server 1.32.0, UI 2.47.2)"
SERVER = "temporal version 1.32.1"


def script(path: Path, body: str) -> Path:
    """A program at the path that runs the shell lines of the body."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def versioned(path: Path, line: str) -> Path:
    """A program that knows nothing but its version."""
    return script(path, f'echo "{line}"')


def fake_go(folder: Path, *, installs: str = SERVER, seconds: float = 0, fails: str = "") -> Path:
    """A `go` that writes down each call and its settings, and installs a server that states `installs`."""
    if fails:
        return script(folder / "go", f'echo "{fails}" >&2; exit 1')
    return script(
        folder / "go",
        f'echo "$@" >> "{folder}/calls"\n'
        f'echo "$CGO_ENABLED $GOWORK" >> "{folder}/settings"\n'
        f"/bin/sleep {seconds}\n"
        f'printf "#!/bin/sh\\necho \\"{installs}\\"\\n" > "$GOBIN/server"\n'
        '/bin/chmod 755 "$GOBIN/server"',
    )


def calls(folder: Path) -> list[str]:
    """The calls that the fake `go` of this folder has seen."""
    path = folder / "calls"
    return path.read_text().splitlines() if path.exists() else []


def surroundings(folder: Path) -> dict[str, str]:
    """An environment of its own: programs from `bin`, a cache and a home that are empty."""
    return {
        "PATH": str(folder / "bin"),
        "REDRESS_ENGINE_CACHE": str(folder / "cache"),
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
    }
