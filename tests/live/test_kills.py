"""Power cuts: worker and engine are killed at random instants; nothing acknowledged is lost, no rung is missed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.kills import RATE, kills

pytestmark = pytest.mark.live


async def test_ten_kills_lose_and_double_nothing_and_every_rung_that_was_due_is_climbed(tmp_path: Path) -> None:
    counted, figures = await kills(10, 7, tmp_path)
    assert (counted.lost, counted.unasked, counted.doubled) == ((), (), 0)
    assert counted.found == counted.acknowledged > 100
    assert counted.climbed == counted.due > 50
    assert figures["kills_engine"] == 2
    assert isinstance(figures["offered_per_second"], float)
    assert figures["offered_per_second"] >= 0.9 * RATE
