"""Every pack lives through a full life for each kind, as it was read against its regulation."""

import pytest

from rules.entries import EVENTS
from tests.rules.packs.agreed import PACKS
from tests.rules.packs.lives import expected, lived
from tests.rules.packs.playing import shipped

pytestmark = pytest.mark.pure


@pytest.mark.parametrize("pack", PACKS)
def test_the_lives_of_a_pack_go_as_they_were_written_down(pack: str) -> None:
    assert lived(pack) == expected(pack)


@pytest.mark.parametrize("pack", PACKS)
def test_nothing_is_refused_in_a_life(pack: str) -> None:
    assert [event for event in expected(pack) if event["event"] == "refused"] == []


@pytest.mark.parametrize("pack", PACKS)
def test_every_kind_has_a_life_with_an_end_and_every_ladder_is_climbed(pack: str) -> None:
    file, events = shipped(pack).file, expected(pack)
    assert {event["event"] for event in events} <= {*EVENTS, "look"}
    subjects = {event["subject"] for event in events if event["event"] == "opened"}
    assert subjects == {f"kind.{kind}" for kind in file.kind}
    ended = {event["case"] for event in events if event["event"] == "closed"}
    assert bool(ended) is bool(file.kind)
    laddered = {f"clock.{name}" for name, clock in file.clock.items() if clock.ladder}
    assert laddered - {event["subject"] for event in events if event["event"] == "escalated"} == set()
