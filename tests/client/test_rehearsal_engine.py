"""redress rehearse --engine: the same events from a real engine on its virtual clock as from memory."""

import json
from pathlib import Path

import pytest

from tests.client.line import CORNER_SHOP, Line

pytestmark = pytest.mark.live

PEOPLE = {"c1": ["clerk"], "h1": ["handler"], "d1": ["department_head"], "l1": ["leader"], "g1": ["general_manager"]}
INTAKE = {"customer": "Wang", "topic": "goods", "said": "broken", "purchase": "4999.99"}
SCRIPT = [
    {"pack": str(CORNER_SHOP), "kind": "complaint", "people": PEOPLE, "calendar": "cn"},
    {"at": "2025-09-29T09:00", "open": INTAKE, "as": "c1"},
    {"at": "2025-09-29T10:00", "do": "accept", "set": {"handled_by": "h1"}, "as": "c1"},
    {"at": "2025-09-29T11:00", "do": "bogus", "as": "c1"},
    {"at": "2025-09-29T12:00", "do": "revisit", "as": "c1", "set": {"satisfied": True}},
    {"at": "2025-09-30T09:00", "open": {**INTAKE, "earlier": "main"}, "as": "c1", "case": "again"},
    {"at": "2025-09-30T09:30", "do": "accept", "set": {}, "as": "h1", "case": "again"},
    {"until": "2025-10-13T24:00"},
    {"at": "2025-10-14T09:00", "look": True},
    {"at": "2025-10-14T10:00", "do": "reply", "as": "h1", "set": {"reply": "a new one", "polite": {"no": "hurried"}}},
    {"at": "2025-10-14T11:00", "do": "revisit", "as": "c1", "set": {"satisfied": True}},
]


def test_memory_and_engine_tell_the_same_story_over_a_golden_week(line: Line, tmp_path: Path) -> None:
    script = line.file("script.jsonl", "\n".join(json.dumps(row) for row in SCRIPT))
    memory = line("rehearse", "--script", script, "--json")
    engine = line("rehearse", "--script", script, "--engine", "--json")
    assert (memory.code, engine.code) == (0, 0), engine.err
    assert engine.lines() == memory.lines()
    missed = [(row["case"], row["at"]) for row in memory.lines() if row["event"] == "clock_missed"]
    assert missed == [("main", "2025-10-10T16:00:01Z")]
    assert [row["step"] for row in memory.lines() if row["event"] == "refused"] == ["bogus", "revisit", "accept"]
