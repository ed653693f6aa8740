"""A company with everything real that can be stopped and started: desk, ledger, courier, and an invented staff."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from temporalio.client import Client

import worker
from activities.drivers.ledger import Ledger, open_ledger
from activities.drivers.outbox import Delivery, Outbox
from activities.drivers.reading import Reading
from activities.organisation import Organisation, OrgDocument
from activities.settings import Settings, load_settings
from activities.shelf import FileShelf
from client.cli.main import main
from client.engine.running import Engine
from client.gateway import Gateway
from rules.entries import Entry
from rules.pack import PackRef
from tests.live.house import until
from tests.rules.packs.company import DIRECTORY
from workflows.connecting import connect
from workflows.options import Bounds

SHORT = (Path(__file__).parent / "data" / "short.1.toml").read_text(encoding="utf-8")
#: The staff of the shipped packs' tests, with the roles of the pack with short clocks too.
STAFF = replace(
    DIRECTORY,
    bindings={
        **DIRECTORY.bindings,
        "short": {"clerk": ("olga",), "leader": ("lena",), "general_manager": ("greta",)},
    },
)


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Company:
    """An installation: a data folder, a ledger, and an engine that others may share."""

    settings: Settings
    ledger: Ledger
    client: Client

    @property
    def reading(self) -> Reading:
        return Reading(self.ledger)

    @property
    def shelf(self) -> FileShelf:
        return FileShelf(self.settings.home, self.settings.calendar)

    def pack(self, name: str) -> PackRef:
        """The published edition of a pack."""
        return next(ref for ref in self.shelf.published() if ref.id == name)

    def gateway(self, now: Callable[[], datetime] = _utc_now, bounds: Bounds | None = None) -> Gateway:
        return Gateway(self.client, self.reading, bounds=bounds, task_queue=self.settings.task_queue, now=now)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """A worker and a courier, as long as this lasts."""
        address, namespace = self.settings.temporal_address, self.settings.namespace
        working = await connect(address, namespace, working=True)
        sending = await connect(address, namespace)
        async with worker.running(worker.build(working, sending, self.settings, self.ledger)):
            yield

    def prepare(self) -> None:
        """Have tables and staff in the ledger."""
        self.ledger.migrate()
        began = datetime.now(UTC) - timedelta(days=1)
        Organisation(self.ledger).apply(OrgDocument(STAFF, "staff"), began, "tests")

    async def line(self, *words: str) -> int:
        """The exit code of a command line that a person types meanwhile."""
        return await asyncio.to_thread(main, ["--home", str(self.settings.home), "--lang", "en", *words])

    async def carried(self, within: float = 20) -> None:
        """Return as soon as the outbox is empty."""

        async def empty() -> bool:
            return Outbox(self.ledger).waiting() == 0

        await until(empty, within)

    def of(self, case_id: str, event: str) -> list[Entry]:
        return [entry for entry in self.reading.entries(case_id) if entry.event == event]

    def rung_letters(self, case_id: str) -> list[Delivery]:
        """What became of every message of a rung."""
        return [each for each in self.reading.deliveries(case_id) if each.template == "rung"]


async def company(engine: Engine, home: Path, ledger_url: str = "") -> Company:
    """A company in a data folder of its own with a task queue of its own; nobody is at work yet."""
    written = {
        "temporal_address": engine.address, "namespace": engine.namespace, "task_queue": f"redress-{uuid4()}",
        "calendar": "endless", "ledger_url": ledger_url,
    }  # fmt: skip
    settings = _settled(home, {name: value for name, value in written.items() if value})
    own = Company(settings, open_ledger(settings.ledger), await connect(engine.address, engine.namespace))
    own.prepare()
    return own


def _settled(home: Path, written: dict[str, str]) -> Settings:
    """Settings that stand in the file of the data folder, so that command lines find them too."""
    home.mkdir(parents=True, exist_ok=True)
    lines = [f"{name} = {json.dumps(value)}\n" for name, value in written.items()]
    (home / "redress.toml").write_text("".join(lines), encoding="utf-8")
    return load_settings(home, **written)
