"""The opener of cycles: finds what has come since the last period, and puts it into the outbox in one transaction."""

import logging
from collections.abc import Iterator
from datetime import datetime

from pydantic import TypeAdapter
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.cycle_requests import OPEN_CYCLE, CycleRequest, Scheduled
from activities.drivers.cycle_rows import CycleRows, Opened, Run
from activities.drivers.ledger import Ledger
from activities.drivers.people_rows import Directories
from activities.drivers.trouble import LedgerAway
from activities.gathering import Calendars
from activities.shelf import EditionMissing, Published
from rules.calendar import CalendarError
from rules.commands import Command, case_id_for
from rules.cycle_openings import Opening, command, opening_after, openings
from rules.cycles import Cycle
from rules.editions import edition_on
from rules.outcomes import Errand
from rules.pack import Pack
from rules.periods import ONE_DAY, midnight_before

_log = logging.getLogger(__name__)
_COMMAND = TypeAdapter(Command)
#: The edition that opens, the period, the value that it is for.
_Come = tuple[Pack, Opening, str | None]


class Cycles:
    """Opens the cases of cycles. Several threads, and several workers, may share a ledger."""

    def __init__(self, ledger: Ledger, shelf: Published, calendars: Calendars) -> None:
        self._ledger = ledger
        self._shelf = shelf
        self._calendars = calendars
        self._directories = Directories()

    @activity.defn(name=OPEN_CYCLE)
    def open(self, request: CycleRequest) -> int:
        """How many cases are to be opened that were not before; the courier opens them.

        Everything that has come since the last period is made up; what was opened stays as it is.

        Raises:
            ApplicationError: Nothing was written, and it is tried again: ``LedgerAway``, ``EditionMissing`` or
                ``CalendarMissing``.
        """
        try:
            return self._open(request)
        except (LedgerAway, EditionMissing, CalendarError) as trouble:
            kind = "CalendarMissing" if isinstance(trouble, CalendarError) else type(trouble).__name__
            raise ApplicationError(f"{request.pack_id}: {trouble}", type=kind) from None

    def scheduled(self) -> list[Scheduled]:
        """Every cycle of every pack that this installation has used, or was told to run or not to run.

        Raises:
            LedgerAway: The database does not answer.
        """
        with self._ledger.reading() as connection:
            runs = CycleRows(connection).runs()
        found: list[Scheduled] = []
        for run in runs.values():
            try:
                found += self._scheduled(run)
            except (EditionMissing, CalendarError) as trouble:
                _log.warning("the cycles of %s wait: %s", run.pack_id, trouble)
        return found

    def _scheduled(self, run: Run) -> Iterator[Scheduled]:
        for name, pack in self.names(run.pack_id).items():
            zone = self._calendars.calendar(pack.file.calendar).zone
            yield Scheduled(run.pack_id, name, zone.key, run.running)

    def names(self, pack_id: str) -> dict[str, Pack]:
        """The cycles of a pack, each with the newest edition that has it.

        Raises:
            EditionMissing: The text of an edition is not here.
        """
        return {name: pack for pack in reversed(self.editions(pack_id)) for name in pack.file.cycle}

    def since(self, run: Run, cycle: str) -> datetime:
        """After which instant (UTC) a cycle opens: its pack runs, its first edition is published here and in force.

        Raises:
            EditionMissing: The text of an edition is not here.
        """
        first = next(pack for pack in reversed(self.editions(run.pack_id)) if cycle in pack.file.cycle)
        zone = self._calendars.calendar(first.file.calendar).zone
        published = self._shelf.published_at(first.ref)
        return max([run.since, midnight_before(first.file.effective_from, zone), *([published] if published else [])])

    def editions(self, pack_id: str) -> list[Pack]:
        """The published editions of a pack, the newest first.

        Raises:
            EditionMissing: The text of one is not here.
        """
        refs = [ref for ref in self._shelf.published() if ref.id == pack_id]
        return [self._shelf.pack(ref) for ref in sorted(refs, key=lambda ref: -ref.edition)]

    def _open(self, request: CycleRequest) -> int:
        packs = self.editions(request.pack_id)
        with self._ledger.writing(f"cycle/{request.pack_id}/{request.cycle}") as connection:
            rows = CycleRows(connection)
            run = rows.runs().get(request.pack_id)
            if run is None or not run.running or not any(request.cycle in pack.file.cycle for pack in packs):
                return 0
            since = self.since(run, request.cycle)
            come = list(self._come(rows, request, packs, since))
            return sum(_put(rows, pack, request.cycle, found, each) for pack, found, each in come)

    def _come(self, rows: CycleRows, request: CycleRequest, packs: list[Pack], since: datetime) -> Iterator[_Come]:
        """What has come and is not written down, each by the edition in force then; for None where it is for nobody."""
        known = rows.opened(request.pack_id, request.cycle)
        after = max([since, *(one.at for one in known)])
        for pack in reversed(packs):
            cycle = pack.file.cycle.get(request.cycle)
            if cycle is None:
                continue
            zone = self._calendars.calendar(pack.file.calendar).zone
            values = _Values(rows, self._directories, pack, cycle)
            for found in openings(cycle, zone, after, request.until):
                if edition_on(packs, found.at.astimezone(zone).date()) is pack:
                    yield from ((pack, found, each) for each in values.at(found.at, found.before) or (None,))
            if cycle.every is None and edition_on(packs, request.until.astimezone(zone).date()) is pack:
                for each in values.at(request.until, (since, request.until)):
                    last = next((one for one in reversed(known) if one.each == each), None)
                    closed = rows.closed(last.case_id) if last else None
                    # Who is new among others that were there before begins today, not when these did.
                    begun = since if last or not known else max(since, request.until - ONE_DAY)
                    again = None if last and closed is None else opening_after(cycle, zone, begun, closed)
                    if again is not None and again.at <= request.until:
                        yield pack, again, each


class _Values:
    """For whom a cycle opens cases: departments, keys of a table, values that cases had; one empty value for nobody."""

    def __init__(self, rows: CycleRows, directories: Directories, pack: Pack, cycle: Cycle) -> None:
        self._rows, self._directories, self._pack = rows, directories, pack
        self._each, self._opens = cycle.for_each, cycle.opens

    def at(self, at: datetime, before: tuple[datetime, datetime]) -> tuple[str, ...]:
        """The values as of an instant, or of the period before it."""
        if self._each is None:
            return ("",)
        word, _, name = self._each.partition(".")
        if word == "unit":
            return tuple(self._directories.at(self._rows.connection, at).departments)
        if word == "field":
            return self._rows.had(self._pack.ref.id, self._opens, name, *before)
        table = self._pack.file.table[name]
        kept = self._rows.kept(self._pack.ref.id, name, at) if table.kept_by else ()
        return tuple(dict.fromkeys((*(row.key for row in table.rows if row.key), *kept)))


def _put(rows: CycleRows, pack: Pack, cycle: str, found: Opening, each: str | None) -> bool:
    if each is None:
        return rows.write(pack.ref.id, cycle, Opened(found.period, "", "", found.at), None)
    asked = command(pack, cycle, found, each)
    errand = Errand("open", asked.id, _COMMAND.dump_python(asked, mode="json"))
    return rows.write(pack.ref.id, cycle, Opened(found.period, each, case_id_for(asked.id), found.at), errand)
