"""A case that is left alone reaches everybody whom its ladders name, at the instants worked out by hand."""

from collections.abc import Callable

import pytest

from tests.rules.packs.playing import Line, Play, shown
from tests.rules.packs.standard import dues
from tests.rules.packs.standard.stories import assigned, taken_in

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("story", "lines"),
    [
        pytest.param(taken_in, dues.STANDARD_TAKEN_IN, id="ST-13-standard_complaint_taken_in"),
        pytest.param(lambda: taken_in(safety=True), dues.STANDARD_GRAVE, id="ST-13-standard_grave_complaint_taken_in"),
        pytest.param(assigned, dues.STANDARD_ASSIGNED, id="ST-13-standard_complaint_assigned"),
    ],
)
def test_a_case_left_alone_reaches_everybody_its_ladders_name(
    story: Callable[[], Play], lines: tuple[Line, ...]
) -> None:
    play = story().until("2026-06-01T00:00")
    assert tuple(play.told()) == lines


@pytest.mark.parametrize("story", [taken_in, assigned])
def test_every_rung_is_dated_by_its_due_however_late_it_is_noticed(story: Callable[[], Play]) -> None:
    punctual = story().until("2026-06-01T00:00")
    late = story()
    seen = len(late.of("escalated"))
    assert late.poke("2026-06-01T00:00") == ""
    assert late.told() == punctual.told()
    assert {shown(entry.noticed) for entry in late.of("escalated")[seen:]} == {"2026-06-01T00:00:00"}
