"""The waiting room decides nothing: no rule is called in a workflow, and one activity is all that it asks for."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from workflows import case

pytestmark = pytest.mark.offline

#: What a workflow may know of the rules: the shapes of what is asked and answered, and nothing that computes.
SHAPES = {"rules.commands": {"CLOCK", "HOUSE_COMMANDS", "Command"}, "rules.outcomes": {"Face", "Refusal"}}


def test_the_case_knows_shapes_of_the_rules_and_calls_none() -> None:
    tree = ast.parse(Path(case.__file__).read_text(encoding="utf-8"))
    imported = {
        node.module: {alias.name for alias in node.names}
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("rules")
    }
    assert imported == SHAPES
    assert not any(
        alias.name.startswith("rules") for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names
    )


def test_a_case_asks_nothing_but_the_desk() -> None:
    for file in (Path(__file__).parent / "histories").glob("0.1-*.json"):
        events = json.loads(file.read_text(encoding="utf-8"))["events"]
        asked = [
            e["activityTaskScheduledEventAttributes"] for e in events if "activityTaskScheduledEventAttributes" in e
        ]
        assert {each["activityType"]["name"] for each in asked} == {"desk.handle"}
