"""Ports, configuration files and command lines of an engine of our own."""

from __future__ import annotations

import json
import secrets
import socket
from contextlib import ExitStack
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from string import Template

from client.engine.programs import Kind, Program

DATABASE = "engine.db"
_TEMPLATE = Path(__file__).with_name("sqlite.yaml")
#: Below the ports that systems give to outgoing connections, so that a restart finds its ports free again.
_FIRST, _LAST = 20_000, 32_000
#: What was measured: punctual timers and quick skips; lists more often than ten times a second.
_DYNAMIC: dict[str, str | int | bool] = {
    "history.timerProcessorMaxTimeShift": "50ms",
    "frontend.namespaceRPS.visibility": 100,
}
#: Never for `redress up`.
_VIRTUAL_CLOCK: dict[str, str | int | bool] = {
    "frontend.WorkflowTimeSkippingEnabled": True,
    "frontend.WorkflowTimeSkippingMaxSkipPerSession": 10_000,
}


@dataclass(frozen=True, slots=True)
class Ports:
    """Where an engine listens, all on 127.0.0.1; `frontend` is the address that clients use."""

    frontend: int = 7233
    history: int = 7234
    matching: int = 7235
    worker: int = 7239
    frontend_member: int = 6933
    history_member: int = 6934
    matching_member: int = 6935
    worker_member: int = 6939
    metrics: int = 8000

    def taken(self) -> tuple[str, ...]:
        """The names of those ports that something else listens on now."""
        return tuple(name for name, port in asdict(self).items() if not _is_free(port))


def free_ports(keep: Ports | None = None) -> Ports:
    """Ports of which none is taken; those of `keep` where they are free, others for the rest."""
    wanted = {} if keep is None else {name: getattr(keep, name) for name in _names() if name not in keep.taken()}
    missing = [name for name in _names() if name not in wanted]
    with ExitStack() as held:
        for name in missing:
            wanted[name] = _reserve(held, set(wanted.values()))
    return replace(Ports(), **wanted)


def write_configuration(data: Path, ports: Ports, *, virtual_clock: bool) -> None:
    """Leave `engine.yaml` and `dynamic.yaml` in the data folder, for the official server."""
    text = Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(asdict(ports))
    (data / "engine.yaml").write_text(text, encoding="utf-8")
    lines = [f"{key}:\n- value: {json.dumps(value)}\n" for key, value in _dynamic(virtual_clock).items()]
    (data / "dynamic.yaml").write_text("".join(lines), encoding="utf-8")


def command_line(program: Program, ports: Ports, *, virtual_clock: bool) -> list[str]:
    """The words that start the program inside its data folder."""
    if program.kind is Kind.SERVER:
        return [str(program.path), "--config-file", "engine.yaml", "--allow-no-auth", "start"]
    words = [str(program.path), "server", "start-dev", "--headless", "--ip", "127.0.0.1"]
    words += ["--port", str(ports.frontend), "--metrics-port", str(ports.metrics), "--db-filename", DATABASE]
    words += ["--log-level", "warn", "--log-format", "json"]
    words += ["--sqlite-pragma", "journal_mode=wal", "--sqlite-pragma", "synchronous=2"]
    dynamic = _dynamic(virtual_clock)
    if virtual_clock:
        # Later servers renamed the switch; a name that a server does not know is passed over.
        dynamic["system.workflowTimeSkippingEnabled"] = True
    for key, value in dynamic.items():
        words += ["--dynamic-config-value", f"{key}={json.dumps(value)}"]
    return words


def _dynamic(virtual_clock: bool) -> dict[str, str | int | bool]:
    return _DYNAMIC | _VIRTUAL_CLOCK if virtual_clock else dict(_DYNAMIC)


def _names() -> tuple[str, ...]:
    return tuple(field.name for field in fields(Ports))


def _listen(port: int) -> socket.socket:
    """A socket bound to the port; OSError if something else has it."""
    held = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        # As the server itself does: a port that only lingers after a stop counts as free.
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", port))
        held.listen(1)
    except OSError:
        held.close()
        raise
    return held


def _is_free(port: int) -> bool:
    try:
        _listen(port).close()
    except OSError:
        return False
    return True


def _reserve(held: ExitStack, others: set[int]) -> int:
    """A free port, held until the stack closes so that the next one is another."""
    for _ in range(200):
        port = _FIRST + secrets.randbelow(_LAST - _FIRST)
        if port in others:
            continue
        try:
            held.enter_context(_listen(port))
        except OSError:
            continue
        return port
    raise OSError(f"no free port between {_FIRST} and {_LAST} on 127.0.0.1")
