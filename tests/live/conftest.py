"""One engine of our own for all live tests of a run, with a virtual clock; never a configured one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from client.engine.configuring import free_ports
from client.engine.finding import own_program
from client.engine.namespace import pairs
from client.engine.programs import Program
from client.engine.running import Engine, start_engine
from workflows.searching import KEYS


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def program() -> Program:
    """The server that every engine of the tests runs; built once per machine."""
    return await own_program(print, lang="en")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def engine(program: Program, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Engine]:
    """An engine that is up, on free ports and a temporary folder. Do not stop it; start another for that."""
    own = await start_engine(
        tmp_path_factory.mktemp("engine"),
        program=program,
        virtual_clock=True,
        say=print,
        ports=free_ports(),
        lang="en",
        attributes=pairs(KEYS),
    )
    yield own
    await own.stop()


@pytest_asyncio.fixture
async def other_engine(program: Program, tmp_path: Path) -> AsyncIterator[Engine]:
    """A second engine for one test, without a virtual clock, to be stopped, killed and started at will."""
    other = await start_engine(
        tmp_path / "数据 of ?% another",
        program=program,
        virtual_clock=False,
        say=print,
        ports=free_ports(),
        lang="en",
        attributes=pairs(KEYS),
    )
    yield other
    other.kill()
