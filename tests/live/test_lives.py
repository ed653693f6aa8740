"""The lives of every pack, played by cases on a real engine: the same events as in memory, and a ledger that is whole."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from activities.drivers.ledger import open_ledger
from activities.shelf import FileShelf
from activities.verifying import verify
from client.rehearsal import Rehearsal
from client.rehearsal_engine import OnEngine
from tests.rules.packs.agreed import PACKS, folder
from tests.rules.packs.lives import SCRIPT, Lives, compared, expected, script_of

pytestmark = pytest.mark.live

#: A pack without kinds of cases has no lives.
LIVING = [pack for pack in PACKS if (folder(pack) / SCRIPT).is_file()]
#: Playing is mostly waiting for the engine, so several packs are played at once, each on an engine of its own.
_AT_ONCE = 4
_SECONDS = 600

Played = tuple[list[dict[str, Any]], list[object]]


@pytest.fixture(scope="module")
def played(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Future[Played]]]:
    """The lives of every pack that was asked for, being played."""
    items = [item for item in request.session.items if isinstance(item, pytest.Function)]
    asked = [str(item.callspec.params["pack"]) for item in items if item.module is request.module]
    home = tmp_path_factory.mktemp("lives")
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        yield {pack: threads.submit(play, pack, home / pack) for pack in dict.fromkeys(asked)}


def play(pack: str, home: Path) -> Played:
    """What happens in the lives of a pack on an engine, and what is wrong with the ledger then."""
    home.mkdir()
    script = script_of(pack)
    loop = asyncio.new_event_loop()
    on_engine = OnEngine(script, setting := Lives(script.header, home), home, loop, print)
    try:
        on_engine.start()
        happened = compared(Rehearsal(script, setting, on_engine).play())
    finally:
        on_engine.stop()
        loop.close()
    ledger = open_ledger(f"sqlite:///{home / 'ledger.db'}")
    try:
        return happened, list(verify(ledger, FileShelf(home, "rehearsal")))
    finally:
        ledger.close()


@pytest.mark.parametrize("pack", LIVING)
def test_the_lives_of_a_pack_on_a_real_engine_are_those_written_down(
    pack: str, played: dict[str, Future[Played]]
) -> None:
    happened, faults = played[pack].result(_SECONDS)
    assert happened == expected(pack)
    assert faults == []
