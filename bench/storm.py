"""A storm: 2,000 rungs that fall due within 12 seconds; how long until the last one is in the ledger."""

import asyncio
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from bench.house import House
from bench.pairs import IN_FLIGHT, until_idle
from bench.sides import SIDES, Side

RUNGS = 2000
WITHIN_SECONDS = 12
#: Time to open the cases before the storm, at a rate that any machine has.
_OPENING_SECONDS = RUNGS / 12
_BOUND_SECONDS = 600
_LOOK_SECONDS = 0.1


async def storm(house: House) -> dict[str, float]:
    """Seconds from the first due instant until everything is in the ledger, of both sides, and their ratio.

    Raises:
        RuntimeError: a rung was lost or doubled.
    """
    took = {side.name: await _blow(side) for side in [make(house) for make in SIDES]}
    return {"storm_s": took["redress"], "twin_storm_s": took["twin"], "ratio_storm": took["redress"] / took["twin"]}


async def _blow(side: Side) -> float:
    first = (datetime.now(UTC) + timedelta(seconds=_OPENING_SECONDS)).replace(microsecond=0)
    cases = [(uuid4().hex, first + timedelta(seconds=WITHIN_SECONDS * number / RUNGS)) for number in range(RUNGS)]
    before = Counter(side.climbed())

    async def work() -> None:
        while cases:
            name, due = cases.pop()
            await side.wait(name, due)

    async with asyncio.TaskGroup() as group:
        for _ in range(IN_FLIGHT):
            group.create_task(work())
    left = (first - datetime.now(UTC)).total_seconds()
    print(f"storm of {side.name}: opened, {left:.0f} s before the first", file=sys.stderr, flush=True)
    if left < 0:
        raise RuntimeError(f"{side.name}: the cases were not open before the storm began")
    await asyncio.sleep(left)
    began = time.perf_counter()
    async with asyncio.timeout(_BOUND_SECONDS):
        while len(side.climbed()) - before.total() < RUNGS:
            await asyncio.sleep(_LOOK_SECONDS)
    took = time.perf_counter() - began
    print(f"storm of {side.name}: {took:.1f} s", file=sys.stderr, flush=True)
    await until_idle(side, _BOUND_SECONDS)
    climbed = Counter(side.climbed()) - before
    if len(climbed) != RUNGS or climbed.total() != RUNGS:
        raise RuntimeError(f"{side.name}: {len(climbed)} cases climbed {climbed.total()} rungs, not {RUNGS} one each")
    return took
