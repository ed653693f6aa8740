"""A case that is left alone reaches everybody whom its ladders name, at the instants worked out by hand."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.rules.packs.group_complaint_demand import dues
from tests.rules.packs.group_complaint_demand.stories import accepted, heard, planned
from tests.rules.packs.playing import Line, Play, done, shown

pytestmark = pytest.mark.pure


def exempt() -> Play:
    """A complaint that was exempted on Tuesday at ten."""
    play = accepted()
    granted: dict[str, Any] = {"long_repair": True, "exempt_why": "w", "plan_date": "2026-03-20"}
    done(play.do("exempt", "omar", "2026-03-03T10:00", **granted), play)
    return play


@pytest.mark.parametrize(
    ("story", "lines"),
    [
        pytest.param(lambda: heard("complaint"), dues.GROUP_HEARD, id="house-4-group_complaint_heard"),
        pytest.param(lambda: heard("demand"), dues.GROUP_HEARD, id="house-4-group_demand_heard"),
        pytest.param(accepted, dues.GROUP_COMPLAINT, id="GD-4.2.2a-group_complaint_accepted"),
        pytest.param(lambda: accepted("demand"), dues.GROUP_DEMAND, id="GD-4.2.2d-group_demand_accepted"),
        pytest.param(lambda: planned("escalated"), dues.GROUP_ESCALATED, id="GD-4.2.2f-group_escalated_complaint"),
        pytest.param(exempt, dues.GROUP_EXEMPT, id="GD-4.2.2c-group_exempt_complaint"),
    ],
)
def test_a_case_left_alone_reaches_everybody_its_ladders_name(
    story: Callable[[], Play], lines: tuple[Line, ...]
) -> None:
    play = story().until("2026-06-01T00:00")
    assert tuple(play.told()) == lines


@pytest.mark.parametrize("story", [accepted, lambda: accepted("demand")])
def test_every_rung_is_dated_by_its_due_however_late_it_is_noticed(story: Callable[[], Play]) -> None:
    punctual = story().until("2026-06-01T00:00")
    late = story()
    seen = len(late.of("escalated"))
    assert late.poke("2026-06-01T00:00") == ""
    assert late.told() == punctual.told()
    assert {shown(entry.noticed) for entry in late.of("escalated")[seen:]} == {"2026-06-01T00:00:00"}
