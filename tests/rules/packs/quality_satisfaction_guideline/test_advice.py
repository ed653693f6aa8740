"""The guide is advice: every clause stands in its pack, and nothing follows from any."""

import pytest

from rules.accounting import NOTHING, blocks
from tests.rules.packs.playing import Play, accounted, for_clause, shipped

pytestmark = pytest.mark.pure

GUIDE = "quality-satisfaction-guideline"


@for_clause("AG-0", "AG-1", "AG-2a", "AG-2b", "AG-3a", "AG-3b", "AG-4", "AG-5")
def test_advice_is_there_with_its_reason_and_without_a_rule(clause: str) -> None:
    assert (clause, NOTHING, "") in accounted(GUIDE)
    assert len(shipped(GUIDE).file.clause[clause].nothing_to_encode or "") > 20


@for_clause("AG-1", "AG-2a")
def test_no_figure_is_mandatory_and_no_rule_is_added(clause: str) -> None:
    assert list(blocks(shipped(GUIDE).file)) == []
    assert clause in shipped(GUIDE).file.clause


def test_nobody_can_open_a_case_under_advice() -> None:
    assert Play(GUIDE).open("complaint", "boss", "2026-03-02T09:00") == "unknown_kind"
