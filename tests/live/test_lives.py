"""The lives of every pack, played by cases on a real engine: the same events as in memory, and a ledger that is whole."""

import asyncio
from pathlib import Path

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


@pytest.mark.parametrize("pack", LIVING)
def test_the_lives_of_a_pack_on_a_real_engine_are_those_written_down(pack: str, tmp_path: Path) -> None:
    script = script_of(pack)
    loop = asyncio.new_event_loop()
    on_engine = OnEngine(script, setting := Lives(script.header, tmp_path), tmp_path, loop, print)
    try:
        on_engine.start()
        happened = compared(Rehearsal(script, setting, on_engine).play())
    finally:
        on_engine.stop()
        loop.close()
    assert happened == expected(pack)
    ledger = open_ledger(f"sqlite:///{tmp_path / 'ledger.db'}")
    try:
        assert list(verify(ledger, FileShelf(tmp_path, "rehearsal"))) == []
    finally:
        ledger.close()
