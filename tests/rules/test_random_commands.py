"""Any order of commands: the state is the fold of the entries, no stage is reached but by a move, every clock ends."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.commands import CLOCK, Command
from tests.rules.corner_shop import PACK, Play, local

pytestmark = pytest.mark.pure

PEOPLE = ("clerk", "handler", "head", "leader", "gm", "other", "nobody")
WHAT = (
    *(f"step.{name}" for name in PACK.file.step),
    "task.statement",
    "approval.compensation",
    "recount",
    "poke",
    "step.unknown",
    "open",
)
FIELDS: tuple[dict[str, object], ...] = (
    {},
    {"reply": "sorry", "polite": True},
    {"satisfied": False},
    {"compensation": "600.00"},
    {"happened": "x"},
    {"verdict": "given"},
    {"verdict": "returned", "reason": "no"},
    {"level": "grave"},
    {"handled_by": "handler"},
    {"noted": "x"},
    {"bad": 1},
)
commands = st.tuples(
    st.sampled_from(WHAT), st.sampled_from(PEOPLE), st.sampled_from(FIELDS), st.integers(0, 3 * 24 * 3600)
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(commands, max_size=14), st.sampled_from(["10.00", "6000.00", None]), st.sampled_from(["goods", "service"])
)
def test_any_order_of_commands_leaves_a_case_that_its_entries_tell(
    asked: list[tuple[str, str, dict[str, object], int]], purchase: str | None, topic: str
) -> None:
    play = Play().opened(purchase=purchase, topic=topic)
    at = local("2026-03-02T09:00")
    stages = {"received"}
    for number, (what, by, fields, later) in enumerate(asked):
        at += timedelta(seconds=later)
        before = play.state
        refusal = play.decide(Command(f"c{number}", what, by, at, fields, kind="complaint", pack=PACK.ref), at)
        if refusal is not None:
            assert (play.state.stage, play.state.steps) == (before.stage, before.steps)
        stages |= {entry.data["to"] for entry in play.events("moved")}
    due = {clock.due for clock in play.state.clocks.values() if clock.ticking}
    assert play.state.stage in stages
    assert set(play.state.since) <= stages
    assert all(when is not None for when in due)
    finish(play)
    assert play.state.next_due is None
    seqs = [entry.seq for entry in play.entries]
    assert seqs == list(range(1, len(seqs) + 1))
    assert all(entry.at <= entry.noticed for entry in play.entries)


def finish(play: Play) -> None:
    """Let every clock run out; a pack whose clocks never come to rest fails here."""
    for _ in range(100):
        due = play.state.next_due
        if due is None:
            return
        assert play.decide(Command(f"clock/{due}", CLOCK, CLOCK, due), due) is None
    raise AssertionError("the clocks never come to rest")
