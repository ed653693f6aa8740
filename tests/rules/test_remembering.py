"""Which events a state remembers, and what packs call them."""

import pytest

from rules.remembering import event_of
from tests.rules.clock_shop import did, opened
from tests.rules.corner_shop import local

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("entry", "subject", "event"),
    [
        ("filled", "form.intake", "form.intake"),
        ("classified", "class.level", "class.level.changed"),
        ("linked", "link.appeal", "link.appeal.made"),
        ("link_closed", "link.appeal", "link.appeal.closed"),
        ("counted", "count.repeats", "count.repeats.reached"),
        ("consequence_decided", "consequence.fine", "consequence.fine.decided"),
        ("task_done", "task.statement", "task.statement.done"),
        ("approval_asked", "approval.reply", "approval.reply.asked"),
        ("clock_met", "clock.reply", "clock.reply.met"),
        ("clock_corrected", "clock.reply", "clock.reply.met"),
        ("refused", "step.reply", ""),
        ("edition_adopted", "pack.x.2", ""),
    ],
)
def test_an_entry_is_called_as_packs_call_its_event(entry: str, subject: str, event: str) -> None:
    assert event_of(entry, subject, {"by": "rule"}) == event


def test_a_proposal_has_changed_no_class() -> None:
    assert event_of("classified", "class.level", {"by": "proposal"}) == ""


FINE = """
[clock.payment]
title = §
starts = "consequence.fine.decided"
stops = "step.close"
when = [{ fact = "step.call", is = "taken" }]
allow = { days = 7 }
[consequence.fine]
title = { zh = "罚款", en = "fine" }
on = "step.flag"
against = "clerk"
unit = "yuan"
fixed = "50.00"
clause = "T-1"
"""


def test_a_clock_that_comes_on_later_counts_from_a_decided_consequence() -> None:
    case = opened(FINE, "2026-03-02T09:00")
    did(case, "flag", "2026-03-02T09:40")
    did(case, "settle", "2026-03-02T10:00")
    did(case, "call", "2026-03-05T10:00")
    assert case.state.clocks["payment"].started == local("2026-03-02T09:40")
