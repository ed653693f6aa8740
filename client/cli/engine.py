"""redress engine: status, start and stop of the engine of this data folder."""

import asyncio
import signal

from client.context import here
from client.engine import probing
from client.engine.finding import Remote, find_engine
from client.engine.launching import who_runs
from client.engine.programs import dotted
from client.printing import note, show_json
from client.problems import DONE, FAILED
from client.reaching import address_of, plainly
from client.supervising import end_process, engine_settings
from client.tables import show
from client.words import word


def status() -> int:
    """Whether the engine of this data folder, or the configured one, answers: 0 if so, 1 else."""
    context = here()
    address, namespace = address_of(context)
    running = who_runs(context.home / "engine")
    address = address or (running.address if running else "")
    version = asyncio.run(_version(address, namespace)) if address else None
    pid = running.pid if running else 0
    if context.json:
        show_json({"running": version is not None, "address": address, "version": version, "pid": pid})
    elif version is None:
        show(word("cli.engine_down", context.lang))
    else:
        show(word("cli.engine_up", context.lang, address=address, version=version, pid=pid or "—"))
    return DONE if version is not None else FAILED


def start() -> int:
    """Start the engine alone and keep it until Ctrl-C."""
    context = here()
    with plainly(context.lang):
        asyncio.run(_keep())
    return DONE


def stop() -> int:
    """Stop the engine of this data folder; none is fine."""
    context = here()
    running = who_runs(context.home / "engine")
    if running is not None:
        end_process(running.pid)
    if context.json:
        show_json({"stopped": running is not None})
    else:
        show(word("cli.stopped" if running is not None else "cli.engine_down", context.lang))
    return DONE


async def _keep() -> None:
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    found = await find_engine(engine_settings(here()), note)
    if isinstance(found, Remote):
        return
    await ended.wait()
    await found.stop()


async def _version(address: str, namespace: str) -> str | None:
    try:
        answer = await probing.ask(await probing.connect(address, namespace))
    except probing.NotAnsweringError:
        return None
    return dotted(answer.version) if answer.version else "?"
