"""What a cycle opens: the periods that have come, and the command that opens the case of one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from rules.commands import HOUSE, Command
from rules.cycles import Cycle
from rules.pack import Pack
from rules.periods import ONE_DAY, midnight_before, months_after, period_of


@dataclass(frozen=True, slots=True)
class Opening:
    """A period of a cycle whose case is to be opened.

    Args:
        period: Its key: ``2026-W10``, ``2026-03``, ``2026-Q1``, ``2026``; of a cycle in ``months`` the date of its opening.
        at: From when its case stands (UTC).
        before: The period before it, from its begin up to and without its end (UTC): where `Cycle.for_each` finds values.
    """

    period: str
    at: datetime
    before: tuple[datetime, datetime]


def openings(cycle: Cycle, zone: tzinfo, since: datetime, until: datetime) -> Iterator[Opening]:
    """The calendar periods whose opening lies after ``since`` and not after ``until``, in order; none in ``months``."""
    if cycle.every is None:
        return
    period = period_of(cycle.every, since.astimezone(zone).date())
    while True:
        day = period.first if cycle.at == "start" else period.last if cycle.at == "end" else period.day(int(cycle.at))
        at = midnight_before(day, zone)
        if at > until:
            return
        if at > since:
            began = midnight_before(period.first, zone)
            yield Opening(period.key, at, (midnight_before(period.previous.first, zone), began))
        period = period.next


def opening_after(cycle: Cycle, zone: tzinfo, since: datetime, closed: datetime | None) -> Opening | None:
    """The opening of a cycle in ``months``: so long after the last one closed, the next day where there was none.

    None for a cycle of calendar periods, and where the number of months is a gap.
    """
    if not isinstance(cycle.months, int):
        return None
    day = since.astimezone(zone).date() + ONE_DAY
    if closed is not None:
        day = max(day, months_after(closed.astimezone(zone).date(), cycle.months))
    at = midnight_before(day, zone)
    return Opening(day.isoformat(), at, (midnight_before(months_after(day, -cycle.months), zone), at))


def each_field(pack: Pack, cycle: Cycle) -> str:
    """The field of the opening form that gets the value of ``for_each``; empty where the cycle opens one case."""
    word, _, name = (cycle.for_each or "").partition(".")
    if word == "table":
        return pack.file.table[name].key or ""
    return name or word


def command_id(pack: str, cycle: str, opening: Opening, each: str) -> str:
    """The id of the command that opens a case of a cycle: the same for ever, so that it is opened once."""
    return f"cycle/{pack}/{cycle}/{opening.period}/{each}"


def command(pack: Pack, name: str, opening: Opening, each: str) -> Command:
    """The command that opens the case of a period, for one value of ``for_each`` or for none (empty).

    It is asked for as of the opening's instant, however late it is carried out: what was missed is made up with its dues.
    """
    cycle = pack.file.cycle[name]
    form = pack.file.form[pack.file.kind[cycle.opens].opens_with]
    given: dict[str, Any] = {"period": opening.period}
    if each:
        given[each_field(pack, cycle)] = each
    return Command(
        id=command_id(pack.ref.id, name, opening, each),
        what="open",
        by=HOUSE,
        asked_at=opening.at,
        fields={field: value for field, value in given.items() if form.field(field)},
        kind=cycle.opens,
        pack=pack.ref,
        carried={"cycle": name, "period": opening.period, **({"each": each} if each else {})},
    )
