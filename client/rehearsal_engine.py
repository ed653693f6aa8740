"""Plays a rehearsal on a real engine of its own: the case workflow, the desk and a ledger, on the virtual clock."""

import asyncio
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from temporalio.worker import Worker

from activities.desk import Desk
from activities.drivers.ledger import Ledger, open_ledger
from activities.drivers.outbox import Outbox
from activities.drivers.reading import Reading
from activities.organisation import Organisation, OrgDocument
from activities.shelf import FileShelf
from client.clock import pass_until
from client.engine.configuring import free_ports
from client.engine.finding import own_program
from client.engine.namespace import pairs
from client.engine.running import Engine, start_engine
from client.gateway import Gateway
from client.problems import problem
from client.reaching import plainly
from client.rehearsal import Event, Rehearsal
from client.rehearsal_memory import InMemory, Taken
from client.rehearsal_script import Script
from client.rehearsal_setting import Setting, as_toml
from client.rehearsal_shift import moved, moved_calendar, moved_entry, moved_values, years_to_move
from client.times import spoken
from rules.commands import CLOCK, Command
from rules.decide import face as face_of
from rules.evolve import fold
from rules.outcomes import Errand
from rules.pack import Pack
from rules.state import State
from workflows.case import CaseWorkflow
from workflows.connecting import connect
from workflows.messages import CASE, TASK_QUEUE, CaseStart
from workflows.sandbox import RUNNER
from workflows.searching import KEYS

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MOST = 100


def play_on_engine(script: Script, setting: Setting, say: Callable[[str], None]) -> Iterator[Event]:
    """Everything that happens, as in memory, decided by cases on an engine that is gone afterwards.

    Raises:
        Problem: ``script_wrong``, or there is no engine to be had.
    """
    with plainly(setting.lang), tempfile.TemporaryDirectory(prefix="redress-rehearsal-") as folder:
        loop = asyncio.new_event_loop()
        engine = OnEngine(script, setting, Path(folder), loop, say)
        try:
            engine.start()
            yield from Rehearsal(script, setting, engine).play()
        finally:
            engine.stop()
            loop.close()


class OnEngine:
    """Takes commands through the gateway to cases of an engine of its own; see `rehearsal_shift` for its years."""

    def __init__(
        self, script: Script, setting: Setting, home: Path, loop: asyncio.AbstractEventLoop, say: Callable[[str], None]
    ) -> None:
        self._setting, self._home, self._loop, self._say = setting, home, loop, say
        first = next((spoken(order.at, setting.zone) for order in script.orders), _EPOCH)
        self._years = years_to_move(first, datetime.now(UTC))
        self._memory = InMemory(setting)
        self._shelf = FileShelf(home, "rehearsal")
        self._threads = ThreadPoolExecutor(2)
        self._known: set[str] = set()
        self._now = _EPOCH
        self._ledger: Ledger = open_ledger(f"sqlite:///{home / 'ledger.db'}")
        self._engine: Engine | None = None
        self._worker: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Have an engine, a worker, and a ledger with everybody in it."""
        calendars = self._home / "calendars"
        calendars.mkdir(parents=True)
        written = moved_calendar(self._setting.calendar_object(), self._years)
        (calendars / "rehearsal.toml").write_text(as_toml(written), encoding="utf-8")
        self._ledger.migrate()
        Organisation(self._ledger).apply(OrgDocument(self._setting.directory, "rehearsal"), _EPOCH, "rehearsal")
        self._loop.run_until_complete(self._start())

    async def _start(self) -> None:
        lang = self._setting.lang
        program = await own_program(self._say, lang=lang)
        self._engine = await start_engine(
            self._home / "engine", program=program, virtual_clock=True, say=self._say, ports=free_ports(), lang=lang,
            attributes=pairs(KEYS),
        )  # fmt: skip
        working = await connect(self._engine.address, self._engine.namespace, working=True)
        self._client = await connect(self._engine.address, self._engine.namespace)
        self._gateway = Gateway(self._client, Reading(self._ledger), now=lambda: self._now)
        worker = Worker(
            working, task_queue=TASK_QUEUE, workflows=[CaseWorkflow], workflow_runner=RUNNER,
            activities=[Desk(self._ledger, self._shelf, self._shelf).handle], activity_executor=self._threads,
            max_concurrent_activities=2,
        )  # fmt: skip
        self._worker = asyncio.create_task(worker.run())
        self._stop_worker = worker.shutdown

    def stop(self) -> None:
        """End everything."""
        self._loop.run_until_complete(self._stop())
        self._threads.shutdown()
        self._ledger.close()

    async def _stop(self) -> None:
        if self._worker is not None:
            await self._stop_worker()
            await self._worker
        if self._engine is not None:
            await self._engine.stop()

    def take(self, pack: Pack, state: State, command: Command, at: datetime) -> Taken:
        """What a command leads to at an instant: what the ledger has after it, back in the script's own years."""
        self._publish(pack)
        self._loop.run_until_complete(self._send(state.case_id, command, at))
        entries = tuple(moved_entry(entry, -self._years) for entry in Reading(self._ledger).entries(state.case_id))
        after, new = fold(state.case_id, entries), entries[state.seq :]
        if command.what not in (CLOCK, "poke") and not new:
            # Turned down by the face alone, which leaves no line: said as the rules say it.
            refused = self._memory.decided(pack, after, command, at)
            return Taken(refused.entries, after, face_of(pack, after), ())
        running = self._setting.by_ref(after.pack) if after.pack else pack
        return Taken(new, after, face_of(running, after), self._errands(state.case_id))

    async def _send(self, case_id: str, command: Command, at: datetime) -> None:
        self._now = moved(at, self._years)
        if case_id not in self._known:
            self._known.add(case_id)
            await self._client.start_workflow(CASE, CaseStart(case_id), id=case_id, task_queue=TASK_QUEUE)
        handle: Any = self._client.get_workflow_handle(case_id)
        await pass_until(self._client, handle, self._now, lang=self._setting.lang)
        if command.what == CLOCK:
            return
        happened = command.happened_at and moved(command.happened_at, self._years)
        later = replace(
            command, asked_at=self._now, happened_at=happened, fields=moved_values(command.fields, self._years),
            carried=moved_values(command.carried, self._years),
        )  # fmt: skip
        answer = await self._gateway.send(case_id, later)
        if answer.status == "pending":
            raise problem("no_worker", self._setting.lang)

    def _errands(self, case_id: str) -> tuple[Errand, ...]:
        outbox, found = Outbox(self._ledger), []
        for leased in outbox.lease(datetime(9999, 1, 1, tzinfo=UTC), "rehearsal", _MOST, 0):
            outbox.done(leased.id)
            found.append(Errand(leased.kind, leased.key, moved_values(leased.data, -self._years)))
        return tuple(each for each in found if each.kind != "message")

    def _publish(self, pack: Pack) -> None:
        if pack.ref not in self._shelf.published():
            self._shelf.publish(self._setting.text(pack))
