"""The virtual clock: lets time pass for one case on an engine that can skip it.

Used by tests, `rehearse --engine` and the demo, never on people's own cases. Nobody may send anything to the
case while its clock moves.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from temporalio.client import (
    Client,
    WorkflowExecutionDescription,
    WorkflowExecutionStatus,
    WorkflowHandle,
    WorkflowQueryFailedError,
)
from temporalio.service import RPCError, RPCStatusCode
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from client.engine.words import EngineError

_RPC = timedelta(seconds=10)
_BOUND = timedelta(seconds=60)
_LOOK_S = 0.02
#: So many times in a row nothing may be pending before a case counts as quiet.
_QUIET_LOOKS = 2
#: The server's own cap is 200 skips, after which a clock stands still without a word.
_SKIPS = 10_000
#: Events of a run once its first task is done; before that it shows no pending task and yet is not quiet.
_FIRST_TASK = 4
#: A gap that is waited for instead of skipped; a request for less would only race the real clock.
_REAL = timedelta(milliseconds=100)

Handle = WorkflowHandle[Any, Any]
NextDue = Callable[[Handle], Awaitable[datetime | None]]
Settled = Callable[[], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class Passed:
    """Where a clock stands after time has passed (UTC), and the due instants at which it stopped."""

    now: datetime
    stops: tuple[datetime, ...]
    ended: bool


async def ask_view(handle: Handle) -> datetime | None:
    """The instant that the case waits for next, from its query `view`; None if it waits for nothing."""
    face = await handle.query("view", rpc_timeout=_RPC)
    due = face.get("next_due") if isinstance(face, Mapping) else face.next_due
    return datetime.fromisoformat(due) if isinstance(due, str) else due


async def now_of(client: Client, handle: Handle) -> datetime:
    """The case's own present instant (UTC); the wall's for a case whose time was never skipped."""
    return _now(await _describe(client, handle))


async def pass_time(
    client: Client,
    handle: Handle,
    delta: timedelta,
    *,
    next_due: NextDue = ask_view,
    settled: Settled | None = None,
    bound: timedelta = _BOUND,
    lang: str = "zh",
) -> Passed:
    """Let `delta` pass for the case, stopping at every instant that it waits for until it is quiet again.

    Args:
        client: Connected to an engine that can skip time.
        handle: The case, opened by any client; every later run of it counts as the same case.
        delta: How much time, counted from the case's own present.
        next_due: What the case waits for next.
        settled: Something more that must be true before time moves on, such as an empty outbox.
        bound: For each wait on the way, in real time.
        lang: Of the error, `zh` or `en`.

    Raises:
        EngineError: `clock`, a wait was longer than `bound`.
    """
    start = await now_of(client, handle)
    return await pass_until(client, handle, start + delta, next_due=next_due, settled=settled, bound=bound, lang=lang)


async def pass_until(
    client: Client,
    handle: Handle,
    instant: datetime,
    *,
    next_due: NextDue = ask_view,
    settled: Settled | None = None,
    bound: timedelta = _BOUND,
    lang: str = "zh",
) -> Passed:
    """Let time pass for the case until its clock shows `instant`; nothing happens if it is later there already.

    This also brings a case forward that a plain client opened, and that stands on the wall's time.

    Raises:
        EngineError: `clock`, a wait was longer than `bound`.
    """
    walk = _Walk(client, client.get_workflow_handle(handle.id), next_due, settled, bound.total_seconds(), lang)
    return await walk.until(instant)


class _Walk:
    """One way of one case from its present to an instant."""

    def __init__(
        self,
        client: Client,
        handle: Handle,
        next_due: NextDue,
        settled: Settled | None,
        bound_s: float,
        lang: str,
    ) -> None:
        self._client = client
        self._handle = handle  # without a run id: a case may continue as a new run on the way
        self._next_due = next_due
        self._settled = settled
        self._bound_s = bound_s
        self._lang = lang
        self._skipper = TimeSkipper(client, config=TimeSkippingConfig(max_session_skip_count=_SKIPS))

    async def until(self, instant: datetime) -> Passed:
        stops: list[datetime] = []
        while True:
            case = await self._quiet()
            now = _now(case)
            if case.status is not WorkflowExecutionStatus.RUNNING:
                return Passed(now, tuple(stops), ended=True)
            due = await self._ask()
            if due is not None and due <= instant and due not in stops:
                stops.append(due)
            if due is not None and due <= min(now, instant):
                # The clock stands at or past a due instant that the case has yet to act on.
                await self._moved(due)
                continue
            if now >= instant:
                return Passed(now, tuple(stops), ended=False)
            await self._skip(min(instant, due or instant) - now)

    async def _skip(self, gap: timedelta) -> None:
        """Move the case's clock by the gap; the server is silent when it cannot, so the wait is ours."""
        if gap <= _REAL:
            await asyncio.sleep(gap.total_seconds())
            return
        async with self._bounded(f"fast_forward {gap}"):
            await self._skipper.fast_forward(self._handle, gap)

    async def _moved(self, due: datetime) -> None:
        """Wait until the case no longer waits for `due`, or has ended."""
        async with self._bounded(f"next_due {due.isoformat()}"):
            while True:
                case = await self._quiet()
                if case.status is not WorkflowExecutionStatus.RUNNING or await self._ask() != due:
                    return
                await asyncio.sleep(_LOOK_S)

    async def _quiet(self) -> WorkflowExecutionDescription:
        """The case once nothing of it is pending: no task, no activity, and what the caller wants settled."""
        looks, seen = 0, -1
        async with self._bounded("pending activity or workflow task"):
            while True:
                case = await _describe(self._client, self._handle)
                if case.status is not WorkflowExecutionStatus.RUNNING:
                    return case
                raw = case.raw_description
                busy = bool(raw.pending_activities) or raw.HasField("pending_workflow_task")
                busy = busy or case.history_length < _FIRST_TASK
                if not busy and self._settled is not None:
                    busy = not await self._settled()
                looks = 0 if busy or case.history_length != seen else looks + 1
                seen = case.history_length
                if looks >= _QUIET_LOOKS:
                    return case
                await asyncio.sleep(_LOOK_S)

    async def _ask(self) -> datetime | None:
        async with self._bounded("view"):
            while True:
                try:
                    return await self._next_due(self._handle)
                except RPCError as error:
                    # A run that has just followed another cannot be asked before its first task is scheduled.
                    if error.status is not RPCStatusCode.FAILED_PRECONDITION:
                        raise
                    await asyncio.sleep(_LOOK_S)

    @asynccontextmanager
    async def _bounded(self, what: str) -> AsyncIterator[None]:
        started = time.monotonic()
        try:
            async with asyncio.timeout(self._bound_s):
                yield
        except EngineError:
            raise
        except (TimeoutError, RPCError, RuntimeError, WorkflowQueryFailedError) as error:
            why = f"{what}: {round(time.monotonic() - started, 1)} s; {error}"
            raise EngineError("clock", self._lang, case=self._handle.id, why=why) from error


async def _describe(client: Client, handle: Handle) -> WorkflowExecutionDescription:
    return await client.get_workflow_handle(handle.id).describe(rpc_timeout=_RPC)


def _now(case: WorkflowExecutionDescription) -> datetime:
    info = case.raw_description.workflow_extended_info
    if not info.HasField("time_skipping_info"):
        return datetime.now(UTC)
    return info.time_skipping_info.current_time.ToDatetime(tzinfo=UTC)
