"""redress up, down and worker: engine and worker on this machine."""

import asyncio
import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from client.context import Context, here
from client.home import Run, alive, forget_run, ledger_of, read_run
from client.printing import note, show_json
from client.problems import DONE, FAILED
from client.reaching import address_of, plainly
from client.supervising import House, end_process, worker_environment, worker_line
from client.tables import show
from client.words import word

_DOWN_S = 90.0


def up() -> int:
    """Start engine and worker and keep them up until Ctrl-C; a second one says that it is up already."""
    context = here()
    with _alone(context) as first:
        if not first:
            return _already(read_run(context.home), context)
        with ledger_of(context, prepare=True):
            pass
        with plainly(context.lang):
            asyncio.run(House(context).run())
    return DONE


def down() -> int:
    """Stop what `up` started on this machine; nothing to stop is fine."""
    context = here()
    run = read_run(context.home)
    if run is not None:
        _stop(run)
        forget_run(context.home)
    if context.json:
        show_json({"stopped": run is not None})
    else:
        show(word("cli.stopped" if run is not None else "cli.not_up", context.lang))
    return DONE


def worker() -> int:
    """Run a worker in the foreground until Ctrl-C."""
    context = here()
    address, namespace = address_of(context)
    child = subprocess.Popen(worker_line(), env=worker_environment(context, address, namespace))
    with suppress(KeyboardInterrupt):
        return DONE if child.wait() in (0, -signal.SIGTERM, -signal.SIGINT) else FAILED
    end_process(child.pid, child)
    return DONE


def _stop(run: Run) -> None:
    """Let `up` end everything itself; what a killed one left behind is ended here."""
    if alive(run.up):
        with suppress(ProcessLookupError):
            os.kill(run.up, signal.SIGTERM)
        ends = time.monotonic() + _DOWN_S
        while alive(run.up) and time.monotonic() < ends:
            time.sleep(0.1)
    for pid in (run.worker, run.engine):
        end_process(pid)


def _already(run: Run | None, context: Context) -> int:
    address, pid = (run.address, run.up) if run else ("…", "…")
    if context.json:
        show_json({"up": True, "address": address, "pid": pid})
    else:
        note(word("cli.up_already", context.lang, address=address, pid=pid))
    return DONE


@contextmanager
def _alone(context: Context) -> Iterator[bool]:
    """Whether nobody else runs `up` on this data folder; held until the end."""
    context.home.mkdir(parents=True, exist_ok=True)
    with (context.home / "up.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
