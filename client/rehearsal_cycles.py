"""The cycles of a rehearsal: what they open while its clock passes, worked out by the rules that the opener follows."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta, tzinfo

from client.rehearsal_setting import Setting
from rules.cabinet_answers import kept_rows
from rules.commands import Command, case_id_for
from rules.cycle_openings import Opening, command, opening_after, openings
from rules.editions import in_force
from rules.entries import Entry
from rules.pack import Pack
from rules.state import State

_SECOND = timedelta(seconds=1)


class Coming:
    """What the cycles of the packs of a script open after the instant at which it begins."""

    def __init__(self, setting: Setting, since: datetime) -> None:
        self._setting, self._since = setting, since
        self._after: dict[tuple[str, str], datetime] = {}
        #: (pack, cycle, value) -> the command that opened the last case of a cycle in months
        self._last: dict[tuple[str, str, str], Command] = {}
        self._written: dict[str, list[Entry]] = {}

    def note(self, pack: Pack, entries: Iterable[Entry]) -> None:
        """Keep what a command wrote into tables, whose keys cycles may be for."""
        written = [entry for entry in entries if entry.event == "table_written"]
        if written:
            self._written.setdefault(pack.ref.id, []).extend(written)

    def take(self, states: Mapping[str, State], end: datetime) -> tuple[datetime, list[tuple[Pack, Command]]] | None:
        """The next instant before an end at which something is opened, and by which commands; it is not given again.

        Args:
            states: Every case so far, by its id.
            end: Up to this instant and without it.
        """
        found = min(self._found(states, end), key=lambda each: each[0], default=None)
        if found is None:
            return None
        at, pack, cycle, opening, eaches = found
        self._after[pack.ref.id, cycle] = at
        made = [command(pack, cycle, opening, each) for each in eaches]
        if pack.file.cycle[cycle].every is None:
            self._last |= {(pack.ref.id, cycle, each): one for each, one in zip(eaches, made, strict=True)}
        return at, [(pack, each) for each in made]

    def _found(
        self, states: Mapping[str, State], end: datetime
    ) -> Iterator[tuple[datetime, Pack, str, Opening, tuple[str, ...]]]:
        for pack in self._setting.packs():
            zone = self._setting.calendar(pack).zone
            for name, cycle in pack.file.cycle.items():
                after = self._after.get((pack.ref.id, name), self._since)
                found = next(openings(cycle, zone, after, end - _SECOND), None)
                if found is not None and in_force(pack.file, found.at.astimezone(zone).date()):
                    yield found.at, pack, name, found, self._values(pack, name, found, states)
                if cycle.every is None:
                    yield from self._in_months(pack, name, zone, states, end)

    def _in_months(
        self, pack: Pack, name: str, zone: tzinfo, states: Mapping[str, State], end: datetime
    ) -> Iterator[tuple[datetime, Pack, str, Opening, tuple[str, ...]]]:
        cycle = pack.file.cycle[name]
        first = opening_after(cycle, zone, self._since, None)
        for each in self._values(pack, name, first, states) if first else ():
            last = self._last.get((pack.ref.id, name, each))
            state = states.get(case_id_for(last.id)) if last else None
            if state is not None and not state.closed:
                continue
            closed = state.last_at if state else last.asked_at if last else None
            found = opening_after(cycle, zone, self._since, closed)
            if found is not None and found.at < end:
                yield found.at, pack, name, found, (each,)

    def _values(self, pack: Pack, name: str, found: Opening, states: Mapping[str, State]) -> tuple[str, ...]:
        """For whom a case is opened; one empty value where that is nobody in particular."""
        cycle = pack.file.cycle[name]
        each = cycle.for_each
        if each is None:
            return ("",)
        word, _, rest = each.partition(".")
        if word == "unit":
            return tuple(self._setting.directory.departments)
        if word == "table":
            kept = [row["key"] for row in kept_rows(self._written.get(pack.ref.id, ()), rest, found.at)]
            return tuple(dict.fromkeys((*(row.key for row in pack.file.table[rest].rows if row.key), *kept)))
        begin, until = found.before
        had = (
            state.fields.get(rest)
            for state in states.values()
            if state.pack and state.pack.id == pack.ref.id and state.kind != cycle.opens
            if state.opened_at and begin <= state.opened_at < until
        )
        values = (one for value in had for one in (value if isinstance(value, list | tuple) else [value]))
        return tuple(sorted({one for one in values if isinstance(one, str)}))
