"""Full complaints, ten in flight, Redress and the twin in turn; what is compared is the median over the pairs."""

import asyncio
import statistics
import time
from dataclasses import dataclass
from uuid import uuid4

from bench.house import House
from bench.sides import REFERENCE, SIDES, Side

IN_FLIGHT = 10
_IDLE_SECONDS = 60
_LOOK_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Measured:
    """One side, once: complaints per second, CPU of worker and engine per complaint, every step's seconds."""

    complaints_per_s: float
    cpu_ms_per_complaint: float
    steps: list[float]

    @property
    def p50(self) -> float:
        """The median of the steps, in seconds."""
        return statistics.median(self.steps)


async def compare(house: House, pairs: int, complaints: int) -> dict[str, float]:
    """The table of the pairs.

    Raises:
        RuntimeError: a side wrote more or fewer rows than it was asked for.
    """
    sides = [make(house) for make in SIDES]
    for side in sides:
        await measure(house, side, IN_FLIGHT)
    runs: dict[str, list[Measured]] = {side.name: [] for side in sides}
    for number in range(pairs):
        for side in sides if number % 2 == 0 else reversed(sides):
            runs[side.name].append(await measure(house, side, complaints))
    ours, twins = runs["redress"], runs["twin"]
    both = list(zip(ours, twins, strict=True))
    steps = sorted(step for run in ours for step in run.steps)
    return {
        "ratio_throughput": statistics.median(our.complaints_per_s / twin.complaints_per_s for our, twin in both),
        "ratio_cpu": statistics.median(our.cpu_ms_per_complaint / twin.cpu_ms_per_complaint for our, twin in both),
        "ratio_p50": statistics.median(our.p50 / twin.p50 for our, twin in both),
        "complaints_per_s": statistics.median(run.complaints_per_s for run in ours),
        "update_p50_ms": statistics.median(steps) * 1000,
        "update_p99_ms": steps[int(len(steps) * 0.99)] * 1000,
        "cpu_ms_per_complaint": statistics.median(run.cpu_ms_per_complaint for run in ours),
        "twin_complaints_per_s": statistics.median(run.complaints_per_s for run in twins),
        "twin_update_p50_ms": statistics.median(run.p50 for run in twins) * 1000,
        "twin_cpu_ms_per_complaint": statistics.median(run.cpu_ms_per_complaint for run in twins),
    }


async def measure(house: House, side: Side, complaints: int) -> Measured:
    """One side, with so many complaints."""
    names = [uuid4().hex for _ in range(complaints)]
    steps: list[float] = []

    async def work() -> None:
        while names:
            steps.extend(await side.complaint(names.pop()))

    rows, cpu, began = side.rows(), house.cpu_seconds(side.name), time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(IN_FLIGHT):
            group.create_task(work())
    took = time.perf_counter() - began
    await until_idle(side)
    used = house.cpu_seconds(side.name) - cpu
    written, wanted = side.rows() - rows, complaints * len(REFERENCE)
    if written != wanted:
        raise RuntimeError(f"{side.name}: {written} rows were written, not {wanted}")
    return Measured(complaints / took, used * 1000 / complaints, steps)


async def until_idle(side: Side, seconds: float = _IDLE_SECONDS) -> None:
    """Wait until everything is carried out: letters too are part of the work."""
    async with asyncio.timeout(seconds):
        while not side.idle():
            await asyncio.sleep(_LOOK_SECONDS)
