"""What is seen or opened over many cases of a play: the figures of a report, the cases of a cycle."""

from datetime import UTC

from rules.cabinet import Cabinet
from rules.cycle_openings import command, openings
from rules.reporting import Made, make, period_named
from rules.reporting_rows import as_it_stood
from tests.rules.packs.playing import CALENDAR, ZONE, Play, instant, shipped

Figures = dict[tuple[object, ...], tuple[object, ...]]


def made(play: Play, report: str, period: str, as_of: str) -> Made:
    """A report over all cases of a play's world, as they stood at an instant."""
    at = instant(as_of).astimezone(UTC)
    ids = [state.case_id for state in play.cabinet.cases(play.pack.ref.id)]
    stood = (as_it_stood(case_id, play.cabinet.entries(case_id), at) for case_id in ids)
    cases = [case for case in stood if case is not None]
    return make(play.pack, report, period_named(period), at, cases, CALENDAR)


def figures(play: Play, report: str, period: str, as_of: str) -> Figures:
    """The figures of each line, by what the line is of; of a report without lines its totals."""
    found = made(play, report, period, as_of)
    lines = found.lines or found.totals
    return {tuple(line.by.values()): tuple(figure.value for figure in line.figures) for line in lines}


def cycled(pack: str, cycle: str, since: str, until: str, each: str = "", cabinet: Cabinet | None = None) -> list[Play]:
    """The cases that a cycle opens after one instant and not after another, for one value of ``for_each``."""
    found = []
    file = shipped(pack).file
    for opening in openings(file.cycle[cycle], ZONE, instant(since).astimezone(UTC), instant(until).astimezone(UTC)):
        play = Play(pack, cabinet=cabinet)
        code = play.take(command(play.pack, cycle, opening, each), opening.at)
        assert code == "", play.last and play.last.refusal
        found.append(play)
    return found
