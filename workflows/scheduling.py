"""The schedules of the cycles that an installation runs: made, brought up to date and paused as the ledger says."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import timedelta

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleCalendarSpec,
    ScheduleHandle,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
    ScheduleState,
    ScheduleUpdate,
    ScheduleUpdateInput,
)
from temporalio.service import RPCError, RPCStatusCode

from activities.cycle_requests import CYCLE, CycleStart, Scheduled

_log = logging.getLogger("redress.cycles")
_RPC = timedelta(seconds=10)
#: What the engine missed while it was away is made up; one look finds everything, however long that was.
_CATCH_UP = timedelta(days=365)
#: Half a minute after midnight, so that the day has begun on every machine.
_SECOND = 30
#: How often the ledger is asked which cycles run, and after how many times schedules are looked after that seem right.
LOOK_SECONDS = 60.0
_LOOKS = 60


class Schedules:
    """Keeps the schedules of a task queue. Several workers may do so; they agree."""

    def __init__(self, client: Client, task_queue: str, wanted: Callable[[], Awaitable[Iterable[Scheduled]]]) -> None:
        """Keep what ``wanted`` names, through a client that `connect` made."""
        self._client, self._queue, self._wanted = client, task_queue, wanted
        self._kept: set[Scheduled] = set()
        self._triggered: set[str] = set()

    async def run(self) -> None:
        """Look after the schedules until cancelled; trouble is logged once and outlived."""
        looks, trouble = 0, ""
        while True:
            if looks % _LOOKS == 0:
                self._kept.clear()
            # Gathered, so that whatever one look runs into never ends the next.
            [found] = await asyncio.gather(self.keep(), return_exceptions=True)
            if isinstance(found, asyncio.CancelledError):
                raise found
            said = f"{type(found).__name__} while looking after the schedules of cycles" if found else ""
            if said and said != trouble:
                _log.warning("%s; it is tried again", said)
            looks, trouble = looks + (not said), said
            await asyncio.sleep(LOOK_SECONDS)

    async def keep(self) -> None:
        """Make, update or pause every schedule that is not known to be as it should.

        A schedule that this worker meets for the first time is triggered at once: what was missed is made up.

        Raises:
            LedgerAway: Nobody knows which cycles run.
            RPCError: The engine does not answer.
        """
        for each in await self._wanted():
            if each not in self._kept:
                await (self._make(each) if each.running else self._pause(each))
                self._kept = {one for one in self._kept if (one.pack_id, one.cycle) != (each.pack_id, each.cycle)}
                self._kept.add(each)

    def name(self, pack_id: str, cycle: str) -> str:
        """The id of the schedule of a cycle: ``redress-cycle/<pack>/<cycle>`` on the usual task queue."""
        return f"{self._queue}-cycle/{pack_id}/{cycle}"

    async def _make(self, each: Scheduled) -> None:
        name, schedule = self.name(each.pack_id, each.cycle), self._schedule(each)
        handle = self._client.get_schedule_handle(name)

        def renewed(found: ScheduleUpdateInput) -> ScheduleUpdate:
            return ScheduleUpdate(schedule)

        try:
            await self._client.create_schedule(name, schedule, rpc_timeout=_RPC)
        except ScheduleAlreadyRunningError:
            await handle.update(renewed, rpc_timeout=_RPC)
        if name not in self._triggered:
            await handle.trigger(overlap=ScheduleOverlapPolicy.SKIP, rpc_timeout=_RPC)
            self._triggered.add(name)

    async def _pause(self, each: Scheduled) -> None:
        name = self.name(each.pack_id, each.cycle)
        handle: ScheduleHandle = self._client.get_schedule_handle(name)
        self._triggered.discard(name)
        try:
            await handle.pause(note="stopped: redress cycles stop", rpc_timeout=_RPC)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise

    def _schedule(self, each: Scheduled) -> Schedule:
        name = self.name(each.pack_id, each.cycle)
        midnight = ScheduleCalendarSpec(
            hour=[ScheduleRange(0)], minute=[ScheduleRange(0)], second=[ScheduleRange(_SECOND)]
        )
        return Schedule(
            action=ScheduleActionStartWorkflow(
                CYCLE, CycleStart(each.pack_id, each.cycle), id=name, task_queue=self._queue
            ),
            spec=ScheduleSpec(calendars=[midnight], time_zone_name=each.zone),
            policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=_CATCH_UP),
            state=ScheduleState(note=f"opens the cases of the cycle {each.cycle} of {each.pack_id}"),
        )
