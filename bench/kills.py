"""`python -m bench.kills --kills N --seed S`: power cuts at random instants, and what the ledger holds afterwards.

The worker and the engine are killed with `kill -9` while at least twenty commands a second are asked. Then all clocks
run out, and every acknowledged command and every rung that was due must be in the ledger, once.
"""

import argparse
import asyncio
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from activities.drivers.ledger import Ledger, open_ledger
from activities.drivers.reading import CaseFilter, Reading
from activities.organisation import Organisation, check
from activities.shelf import FileShelf
from bench.kills_count import Count, count
from bench.kills_load import OPEN_AT_A_TIME, Load
from client.engine.configuring import free_ports
from client.engine.finding import own_program
from client.engine.namespace import pairs
from client.engine.running import Engine, start_engine
from client.gateway import Gateway
from rules.pack import PackRef
from workflows.connecting import connect
from workflows.options import Bounds
from workflows.searching import KEYS

FOLDER = Path(__file__).parent
#: Commands a second that are offered.
RATE = 22.0
#: One of so many kills is for the engine, the others are for the worker.
_ENGINE_EVERY = 5
_BETWEEN_SECONDS = (0.5, 8.0)
_OPENED_SECONDS = 60
_REST_SECONDS = 240.0
_BOUNDS = Bounds(call=timedelta(seconds=5), taken=timedelta(seconds=60), decided=timedelta(seconds=60))


@dataclass
class House:
    """What is killed, and what it leaves behind."""

    home: Path
    engine: Engine
    ledger: Ledger
    pack: PackRef
    worker: "subprocess.Popen[bytes] | None" = None

    def start_worker(self) -> None:
        """Have a worker, as a process of its own."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("REDRESS_", "TEMPORAL_"))}
        settings = {
            "REDRESS_HOME": str(self.home), "REDRESS_TEMPORAL_ADDRESS": self.engine.address,
            "REDRESS_NAMESPACE": self.engine.namespace,
        }  # fmt: skip
        with (self.home / "worker.log").open("ab") as log:
            self.worker = subprocess.Popen(
                [sys.executable, "-m", "worker"], env=clean | settings, cwd=FOLDER.parent, stdout=log, stderr=log
            )

    def kill_worker(self) -> None:
        """End it at once, whatever it is doing."""
        if self.worker is not None:
            self.worker.kill()
            self.worker.wait(timeout=20)

    def stop_worker(self) -> None:
        """End it in good order."""
        if self.worker is not None:
            self.worker.terminate()
            self.worker.wait(timeout=40)


async def kills(number: int, seed: int, home: Path, rate: float = RATE) -> tuple[Count, dict[str, object]]:
    """What was found after so many kills, and figures about the run.

    Args:
        number: How many kills.
        seed: Of the chance that picks what is asked, what is killed, and when.
        home: An empty folder for the engine, the ledger and the log.
        rate: Commands a second.

    Raises:
        TimeoutError: too few cases could be opened, or the clocks did not come to rest within four minutes.
    """
    chance = random.Random(seed)
    house = await _furnished(home)
    try:
        client = await connect(house.engine.address, house.engine.namespace)
        reading = Reading(house.ledger)
        load = Load(Gateway(client, reading, bounds=_BOUNDS), house.pack, random.Random(seed + 1))
        stop, began = asyncio.Event(), time.monotonic()
        offering = asyncio.create_task(load.offer(rate, stop))
        await _opened(load)
        dead = {"worker": 0, "engine": 0}
        for turn in range(number):
            await asyncio.sleep(chance.uniform(*_BETWEEN_SECONDS))
            dead[await _kill(house, engine=turn % _ENGINE_EVERY == _ENGINE_EVERY - 1)] += 1
            _say(f"kill {turn + 1} of {number}; {len(load.sent)} commands asked")
        await asyncio.sleep(2)
        stop.set()
        await offering
        offered = len(load.sent) / (time.monotonic() - began)
        _say("waiting for every answer")
        await load.finish()
        _say("waiting for the clocks to run out")
        await _rest(reading)
        counted = await asyncio.to_thread(_counted, reading, load)
        figures: dict[str, object] = {
            "kills_worker": dead["worker"], "kills_engine": dead["engine"], "seed": seed, "asked": len(load.sent),
            "offered_per_second": round(offered, 1), "seconds": round(time.monotonic() - began),
        }  # fmt: skip
        return counted, figures
    finally:
        house.stop_worker()
        await house.engine.stop()
        house.ledger.close()


async def _furnished(home: Path) -> House:
    """An engine, a ledger with two people and the pack, and a worker."""
    ledger = open_ledger(f"sqlite:///{home / 'ledger.db'}")
    ledger.migrate()
    org = check((FOLDER / "kills_org.toml").read_text(encoding="utf-8"))
    Organisation(ledger).apply(org, datetime.now(UTC) - timedelta(days=1), "bench")
    pack = FileShelf(home).publish((FOLDER / "kills_pack.toml").read_text(encoding="utf-8"))
    engine = await start_engine(
        home / "engine",
        program=await own_program(_say, lang="en"),
        virtual_clock=False,
        say=_say,
        ports=free_ports(),
        lang="en",
        attributes=pairs(KEYS),
    )
    house = House(home, engine, ledger, pack)
    house.start_worker()
    return house


async def _kill(house: House, *, engine: bool) -> str:
    """Kill one of them and start it again; gives back which."""
    if engine:
        await asyncio.to_thread(house.engine.kill)
        await house.engine.start()
        return "engine"
    await asyncio.to_thread(house.kill_worker)
    house.start_worker()
    return "worker"


async def _opened(load: Load) -> None:
    """Wait until enough is open to be worth a power cut."""
    for _ in range(_OPENED_SECONDS):
        if len(load.opened) >= OPEN_AT_A_TIME // 2:
            return
        await asyncio.sleep(1)
    raise TimeoutError(f"fewer than {OPEN_AT_A_TIME // 2} cases opened within {_OPENED_SECONDS} s")


async def _rest(reading: Reading) -> None:
    """Wait until no clock of any case has anything more to do."""
    ends = time.monotonic() + _REST_SECONDS
    for _ in range(int(_REST_SECONDS)):
        waiting = await asyncio.to_thread(reading.cases, CaseFilter(closed=False, most=100_000))
        if all(case.next_due is None for case in waiting):
            return
        if time.monotonic() > ends:
            break
        await asyncio.sleep(1)
    raise TimeoutError(f"clocks still run after {_REST_SECONDS:.0f} s")


def _counted(reading: Reading, load: Load) -> Count:
    cases = reading.case_ids()
    decided = {(case, each.command_id) for case in cases for each in reading.decisions(case)}
    told = [(sent.case_id, sent.command.id) for sent in load.sent if sent.acknowledged]
    return count(told, decided, {case: reading.entries(case) for case in cases})


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> int:
    """Kill as often as asked, print what was found; 1 where anything was lost or doubled."""
    asked = argparse.ArgumentParser(prog="python -m bench.kills", description=__doc__)
    asked.add_argument("--kills", type=int, default=100)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="redress-kills-") as folder:
        counted, figures = asyncio.run(kills(given.kills, given.seed, Path(folder)))
    found = asdict(counted) | {"lost": len(counted.lost), "unasked": len(counted.unasked)}
    print(json.dumps(figures | found))
    for what in ("acknowledged", "found", "doubled", "due", "climbed", "lost", "unasked"):
        print(f"{what:>14}  {found[what]}")
    for case, rung, due in (*counted.lost, *counted.unasked)[:20]:
        print(f"  {case}: rung {rung}, due {due.isoformat()}")
    return 0 if counted.holds else 1


if __name__ == "__main__":
    sys.exit(main())
