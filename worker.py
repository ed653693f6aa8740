"""The worker: the one place where the rooms are put together. `python -m worker` runs until it is told to stop."""

import asyncio
import json
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from temporalio.client import Client
from temporalio.worker import Worker

from activities.courier import Courier
from activities.cycle_requests import Scheduled
from activities.cycles import Cycles
from activities.desk import Desk
from activities.drivers.ledger import Ledger, open_ledger
from activities.drivers.message_file import FilePostman
from activities.drivers.reading import Reading
from activities.drivers.smtp import SmtpPostman
from activities.drivers.trouble import LedgerAway, LedgerUrlWrong
from activities.notices import Notices
from activities.settings import Settings, SettingsProblem, load_settings
from activities.shelf import FileShelf
from rules.commands import Command
from workflows.answers import Answer
from workflows.case import CaseWorkflow
from workflows.connecting import EngineAway, WrongAddress, connect
from workflows.cycles import CycleWorkflow
from workflows.options import CACHED_CASES, DESK_THREADS, GRACE
from workflows.recalling import from_ledger
from workflows.sandbox import RUNNER
from workflows.scheduling import Schedules
from workflows.sending import Sender

_log = logging.getLogger("redress.worker")

#: A thing that is not there yet is looked for again after half a second, one, two … at most ten seconds.
_FIRST_WAIT_SECONDS = 0.5
_LONGEST_WAIT_SECONDS = 10.0


_CORRECT = "correct redress.toml or the environment variable REDRESS_<NAME>"


class CannotWork(Exception):
    """The settings name something that no waiting makes usable; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a worker consists of; `running` starts and stops it."""

    worker: Worker
    courier: Courier
    schedules: Schedules
    ledger: Ledger
    threads: ThreadPoolExecutor


class CourierSender(Sender):
    """The careful sender as the courier needs it: what was not taken since ten wait is to be tried again."""

    async def open(self, case_id: str, command: Command) -> Answer:
        """What became of an opening; pending where it was not taken."""
        return _kept(await super().open(case_id, command))

    async def send(self, case_id: str, command: Command) -> Answer:
        """What became of a command; pending where it was not taken."""
        return _kept(await super().send(case_id, command))


def _kept(answer: Answer) -> Answer:
    waits = answer.refusal is not None and answer.refusal.code == "ten_wait"
    return replace(answer, status="pending", refusal=None, trouble="ten_wait") if waits else answer


def build(working: Client, sending: Client, settings: Settings, ledger: Ledger) -> Parts:
    """The worker's parts, put together and not running; both clients are of `connect`, ``working`` is for working."""
    shelf = FileShelf(settings.home, settings.calendar)
    threads = ThreadPoolExecutor(DESK_THREADS, thread_name_prefix="desk")
    postman = SmtpPostman(settings.mail) if settings.mail.host else FilePostman(settings.home / "files" / "messages")
    sender = CourierSender(sending, from_ledger(Reading(ledger)), task_queue=settings.task_queue)
    cycles = Cycles(ledger, shelf, shelf)
    worker = Worker(
        working,
        task_queue=settings.task_queue,
        workflows=[CaseWorkflow, CycleWorkflow],
        workflow_runner=RUNNER,
        activities=[Desk(ledger, shelf, shelf, now=partial(datetime.now, UTC)).handle, cycles.open],
        activity_executor=threads,
        max_concurrent_activities=DESK_THREADS,
        max_cached_workflows=CACHED_CASES,
        graceful_shutdown_timeout=GRACE,
    )
    courier = Courier(ledger, Notices(postman, settings.mail.from_), sender, shelf=shelf, calendars=shelf)

    async def wanted() -> list[Scheduled]:
        return await asyncio.to_thread(cycles.scheduled)

    return Parts(worker, courier, Schedules(sending, settings.task_queue, wanted), ledger, threads)


@asynccontextmanager
async def running(parts: Parts) -> AsyncIterator[None]:
    """The worker, the courier and the schedules at work; afterwards stopped in good order and the ledger closed."""
    try:
        async with parts.worker:
            carrying = [asyncio.create_task(parts.courier.run()), asyncio.create_task(parts.schedules.run())]
            try:
                yield
            finally:
                for each in carrying:
                    each.cancel()
                await asyncio.gather(*carrying, return_exceptions=True)
    finally:
        parts.threads.shutdown(wait=True)
        parts.ledger.close()


async def run(settings: Settings, stop: asyncio.Event) -> None:
    """Work until told to stop; a ledger or an engine that is not there yet is waited for, and that is said.

    Raises:
        CannotWork: The ledger's URL or the engine's address is none.
    """
    ledger = _opened(settings)
    address, namespace, wait = settings.temporal_address, settings.namespace, _FIRST_WAIT_SECONDS
    working: Client | None = None
    while not stop.is_set():
        try:
            await asyncio.to_thread(ledger.migrate)
            # What is connected already is kept: each connection more would stay open as long as this process lives.
            working = working or await connect(address, namespace, working=True)
            sending = await connect(address, namespace)
        except WrongAddress as error:
            ledger.close()
            raise CannotWork(f"temporal_address or its profile cannot be used: {error}; {_CORRECT}") from error
        except (LedgerAway, EngineAway) as error:
            said = str(error).splitlines()[0]
            _say("waiting", why=said, again_in_seconds=wait)
            await _pause(stop, wait)
            wait = min(wait * 2, _LONGEST_WAIT_SECONDS)
            continue
        async with running(build(working, sending, settings, ledger)):
            _say("ready", engine=settings.temporal_address, task_queue=settings.task_queue, pid=os.getpid())
            await stop.wait()
            _say("stopping")
        _say("stopped")
        return
    ledger.close()


def _settings() -> Settings:
    try:
        return load_settings()
    except SettingsProblem as problem:
        raise CannotWork(str(problem)) from problem
    except (UnicodeDecodeError, OSError) as error:
        raise CannotWork(f"redress.toml cannot be read: {error}; see its rights and that it is UTF-8") from error


def _opened(settings: Settings) -> Ledger:
    try:
        return open_ledger(settings.ledger)
    except (LedgerUrlWrong, ImportError, OSError) as error:
        raise CannotWork(f"ledger_url cannot be used: {error}; {_CORRECT}") from error


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    """Wait so long, or until told to stop."""
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return


def _say(what: str, **more: object) -> None:
    """One line of JSON on stderr, for people and for whoever started this process."""
    print(json.dumps({"worker": what, **more}, ensure_ascii=False), file=sys.stderr, flush=True)  # noqa: T201


async def _until_told(settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stop.set)
    await run(settings, stop)


def main() -> int:
    """Run with the settings of the data folder; gives back the exit code."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        asyncio.run(_until_told(_settings()))
    except CannotWork as problem:
        _say("failed", why=str(problem))
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
