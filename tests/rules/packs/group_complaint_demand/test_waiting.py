"""Clauses of the group rules that wait for words, and for which."""

import pytest

from tests.rules.packs.group_complaint_demand.stories import GROUP
from tests.rules.packs.playing import shipped

pytestmark = pytest.mark.pure

WAITING = {
    "GD-2.2": "report",
    "GD-3.1.3a": "cycle, report",
    "GD-3.1.3b": "cycle, report",
    "GD-3.2.3": "report",
    "GD-3.3.2": "report",
    "GD-6.3": "report",
    "GD-6.7": "cycle, report",
}


@pytest.mark.parametrize(("clause", "words"), WAITING.items(), ids=list(WAITING))
def test_a_clause_that_waits_names_the_words_it_waits_for(clause: str, words: str) -> None:
    assert shipped(GROUP).file.clause[clause].not_yet == words
