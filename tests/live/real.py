"""A house with everything real: the desk, the ledger, the courier and the corner shop's pack, in a folder of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from temporalio.client import Client

import worker
from activities.drivers.ledger import open_ledger
from activities.drivers.reading import Reading
from activities.organisation import Organisation, check
from activities.settings import Settings, load_settings
from activities.shelf import FileShelf
from client.engine.running import Engine
from client.gateway import Gateway
from rules.commands import case_id_for
from rules.pack import PackRef
from tests.rules.corner_shop import TEXT
from workflows.answers import Answer
from workflows.connecting import connect

ORG = """
zone = "Asia/Shanghai"
[person.mei]
name = "小梅"
mail = "mei@example.com"
department = "shop"
[person.han]
name = "小韩"
mail = "han@example.com"
department = "shop"
[person.hou]
name = "老侯"
mail = "hou@example.com"
department = "shop"
[person.lena]
name = "Lena"
mail = "lena@example.com"
department = "office"
language = "en"
[person.greta]
name = "Greta"
mail = "greta@example.com"
department = "office"
[department.shop]
title = { zh = "店", en = "shop" }
head = "hou"
above = "office"
[department.office]
title = { zh = "办公室", en = "office" }
head = "greta"
[roles.corner-shop]
clerk = ["mei"]
handler = ["han"]
leader = ["lena"]
general_manager = ["greta"]
"""


@dataclass
class Real:
    """What runs, and how people reach it."""

    client: Client
    gateway: Gateway
    reading: Reading
    pack: PackRef
    settings: Settings

    async def open(self, **fields: Any) -> tuple[str, Answer]:
        """The id of a case that the clerk opens, and the answer."""
        asked = {"customer": "李雷", "topic": "goods", "said": "坏了"} | fields
        command = self.gateway.command("open", "mei", asked, kind="complaint", pack=self.pack)
        return case_id_for(command.id), await self.gateway.open(command)

    async def do(self, case_id: str, step: str, by: str, **fields: Any) -> Answer:
        """The answer to a step of somebody."""
        return await self.gateway.send(case_id, self.gateway.command(step, by, fields))


@asynccontextmanager
async def real(engine: Engine, home: Path) -> AsyncIterator[Real]:
    """A worker that runs in this process, with a queue of its own, and a gateway to it."""
    queue = f"redress-{uuid4()}"
    settings = load_settings(
        home, temporal_address=engine.address, namespace=engine.namespace, task_queue=queue, calendar="endless"
    )
    ledger = open_ledger(settings.ledger)
    ledger.migrate()
    Organisation(ledger).apply(check(ORG), datetime.now(UTC) - timedelta(days=1), "tests")
    pack = FileShelf(home).publish(TEXT)
    working = await connect(engine.address, engine.namespace, working=True)
    client = await connect(engine.address, engine.namespace)
    async with worker.running(worker.build(working, client, settings, ledger)):
        reading = Reading(ledger)
        yield Real(client, Gateway(client, reading, task_queue=queue), reading, pack, settings)
