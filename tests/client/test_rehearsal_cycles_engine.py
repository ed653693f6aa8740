"""Cycles in a rehearsal on a real engine: the same cases open at the same instants as in memory."""

import json

import pytest

from tests.client.line import Line
from tests.client.test_rehearsal_cycles import BACK_OFFICE, SHOP

pytestmark = pytest.mark.live

SCRIPT = [
    {
        "pack": str(BACK_OFFICE), "kind": "delivery", "people": {"u1": ["clerk", "manager"]}, "org": SHOP,
        "calendar": "endless", "cycles": True,
    },
    {"at": "2026-02-25T09:00", "open": {"dealer": "north"}, "as": "u1"},
    {"until": "2026-03-01T12:00"},
    {"at": "2026-03-02T09:00", "do": "close", "as": "u1", "case": "closing"},
    {"until": "2026-04-02T24:00"},
]  # fmt: skip


def test_memory_and_engine_open_the_same_cases_at_the_same_instants(line: Line) -> None:
    script = line.file("script.jsonl", "\n".join(json.dumps(row) for row in SCRIPT))
    memory = line("rehearse", "--script", script, "--json")
    engine = line("rehearse", "--script", script, "--engine", "--json")
    assert (memory.code, engine.code) == (0, 0), engine.err
    assert engine.lines() == memory.lines()
    opened = [row["case"] for row in engine.lines() if row["event"] == "opened"]
    assert opened == ["main", "review", "closing", "dealers", "departments", "closing-2"]
