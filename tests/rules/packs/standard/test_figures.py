"""The figures of a month, and who reads them: ST-35."""

import pytest

from tests.rules.packs.overview import cycled, figures
from tests.rules.packs.playing import Play, around_the_limit, done, for_clause
from tests.rules.packs.standard.stories import INTAKE, STANDARD, called_back, found, taken_in

pytestmark = pytest.mark.pure


def month() -> Play:
    """The figures of the month before, to be read from Wednesday 1 April 2026 on."""
    play, _ = cycled(STANDARD, "month", "2026-03-02T09:00", "2026-05-01T00:00")
    return play


@for_clause("ST-35")
@around_the_limit("2026-04-09T24:00", "2026-04-10T00:00:01")
def test_the_leader_reads_the_figures_within_five_working_days(clause: str, at: str, status: str) -> None:
    play = month()
    assert (play.state.stage, play.due("figures")) == ("to_read", "2026-04-10T00:00:00")
    assert play.do("read_figures", "hana", "2026-04-02T09:00", follows="f") == "wrong_role"
    assert play.do("read_figures", "lena", "2026-04-02T09:00") == "fields_wrong"
    play.until(at)
    done(play.do("read_figures", "lena", at, follows="加强设备巡检。"), play)
    assert (play.status("figures"), play.state.stage) == (status, "read")
    assert play.cites(clause, "opened")
    assert play.cites(clause, "moved", "step.read_figures")


@for_clause("ST-35", "ST-15")
def test_figures_that_nobody_reads_are_brought_to_the_general_managers_notice(clause: str) -> None:
    play = month().until("2026-04-30T24:00")
    assert [line[1:] for line in play.told()] == [("figures", "lena"), ("figures", "lena greta")]
    assert play.cites(clause, "clock_started", "clock.figures")


@for_clause("ST-35")
def test_the_volume_tells_how_many_there_were_and_how_many_were_answered_late(clause: str) -> None:
    world = called_back(4)
    for at in ("2026-03-31T23:59", "2026-04-01T00:00"):
        play = world.beside()
        done(play.open("complaint", "olga", at, **(INTAKE | {"subject": "product"})), play)
    found = figures(world, "volume", "2026-03", "2026-04-02T00:00")
    assert {by[0]: (values[0], str(values[1])) for by, values in found.items()} == {
        "service": (1, "100.00"),
        "product": (1, "0.00"),
    }
    assert clause in world.pack.file.report["volume"].clause


@for_clause("ST-35")
def test_what_recurs_is_counted_by_its_links_to_what_was_before(clause: str) -> None:
    world = taken_in()
    play = world.beside()
    done(play.open("complaint", "olga", "2026-03-03T09:00", **(INTAKE | {"repeat_of": world.state.case_id})), play)
    other = world.beside()
    done(other.open("complaint", "olga", "2026-03-04T09:00", **INTAKE), other)
    assert figures(world, "recurring", "2026-03", "2026-04-01T00:00") == {("service",): (1, 3)}
    assert clause in world.pack.file.report["recurring"].clause


@for_clause("ST-35")
def test_causes_are_counted_as_they_were_found(clause: str) -> None:
    world = found()
    assert figures(world, "causes", "2026-03", "2026-04-01T00:00")[("process",)][0] == 1
    assert clause in world.pack.file.report["causes"].clause


@for_clause("ST-35")
@pytest.mark.parametrize(("score", "content"), [(2, "0.00"), (3, "100.00"), (5, "100.00")])
def test_satisfaction_is_the_mean_of_the_scores_and_the_share_of_three_or_more(
    clause: str, score: int, content: str
) -> None:
    ((mean, share, count),) = figures(called_back(score), "satisfaction", "2026-03", "2026-04-01T00:00").values()
    assert (float(str(mean)), str(share), count) == (float(score), content, 1)
    assert clause in called_back(score).pack.file.report["satisfaction"].clause
