"""redress cycles: which cases open by themselves here, since when, and whether they do."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Annotated, Any

from activities.cycles import Cycles
from activities.drivers.cycle_rows import CycleRows, Opened, Run
from activities.drivers.ledger import Ledger
from activities.shelf import FileShelf
from client.cli.kept import INSTALLATION, require_keeper
from client.cli.options import option
from client.context import here
from client.editions import find_pack
from client.home import ledger_of, shelf_of
from client.printing import show_json
from client.problems import DONE, problem
from client.story import title_of
from client.tables import show, show_table
from client.times import local, present, today, utc
from client.words import titled, word
from rules.cycle_openings import openings
from rules.pack import Pack

#: How far ahead the next opening is looked for: longer than any calendar period.
_AHEAD = timedelta(days=800)


@dataclass(frozen=True, slots=True)
class _Cycle:
    pack: Pack
    name: str
    run: Run | None
    since: datetime | None
    opened: list[Opened]
    next: datetime | None
    zone: tzinfo

    @property
    def status(self) -> str:
        return "not_started" if self.run is None else "running" if self.run.running else "stopped"


def list_cycles(*, pack: Annotated[str, option("pack", "--pack")] = "") -> int:
    """Every cycle of the published packs: what it opens, whether it runs, the last period, the next opening."""
    context = here()
    shelf = shelf_of(context)
    with ledger_of(context, prepare=True) as ledger:
        ids = [find_pack(shelf, pack, today(), context.lang).ref.id] if pack else [ref.id for ref in shelf.published()]
        found = [each for name in dict.fromkeys(ids) for each in _cycles(ledger, shelf, name)]
    if context.json:
        show_json([_row(each) for each in found])
        return DONE
    if not found:
        show(word("cli.nothing_found", context.lang))
        return DONE
    _table(found, context.lang)
    return DONE


def start(pack: Annotated[str, option("pack")], /, *, by: Annotated[str, option("as", "--as")] = INSTALLATION) -> int:
    """Let the cycles of a pack open cases from now on; the worker sees it within a minute."""
    return _say(pack, by, running=True)


def stop(pack: Annotated[str, option("pack")], /, *, by: Annotated[str, option("as", "--as")] = INSTALLATION) -> int:
    """Let the cycles of a pack open nothing more, until they are started again."""
    return _say(pack, by, running=False)


def _say(name: str, by: str, *, running: bool) -> int:
    context = here()
    shelf = shelf_of(context)
    pack = find_pack(shelf, name, today(), context.lang)
    with ledger_of(context, prepare=True) as ledger:
        if by != INSTALLATION:
            require_keeper(ledger, pack, INSTALLATION, by, context)
        if not Cycles(ledger, shelf, shelf).names(pack.ref.id):
            raise problem("no_cycles", context.lang, pack=pack.ref.id)
        with ledger.writing(f"cycles/{pack.ref.id}") as connection:
            rows = CycleRows(connection)
            known = rows.runs().get(pack.ref.id)
            unchanged = known is not None and known.running == running
            now = Run(pack.ref.id, running, present(), by)
            if not unchanged:
                rows.say(now)
    run = known if known is not None and unchanged else now
    if context.json:
        show_json({"pack": run.pack_id, "running": running, "since": utc(run.since), "unchanged": unchanged})
        return DONE
    zone = shelf.calendar(pack.file.calendar).zone
    key = "cycles_run" if running else "cycles_stopped"
    show(word(f"cli.{key}", context.lang, pack=run.pack_id, since=local(run.since, zone)))
    return DONE


def _cycles(ledger: Ledger, shelf: FileShelf, pack_id: str) -> list[_Cycle]:
    opener = Cycles(ledger, shelf, shelf)
    with ledger.reading() as connection:
        rows = CycleRows(connection)
        run = rows.runs().get(pack_id)
        found = []
        for name, pack in opener.names(pack_id).items():
            zone = shelf.calendar(pack.file.calendar).zone
            opened = rows.opened(pack_id, name)
            since = opener.since(run, name) if run else None
            after = max([each.at for each in opened] + ([since] if since else []) + [present()])
            coming = openings(pack.file.cycle[name], zone, after, after + _AHEAD)
            at = next((each.at for each in coming), None) if run and run.running else None
            found.append(_Cycle(pack, name, run, since, opened, at, zone))
    return found


def _row(each: _Cycle) -> dict[str, Any]:
    cycle = each.pack.file.cycle[each.name]
    last = each.opened[-1] if each.opened else None
    return {
        "pack": each.pack.ref.id, "cycle": each.name, "title": {"zh": cycle.title.zh, "en": cycle.title.en},
        "every": cycle.every, "months": cycle.months if isinstance(cycle.months, int) else None, "at": cycle.at,
        "for_each": cycle.for_each, "opens": cycle.opens, "clause": list(cycle.clause), "status": each.status,
        "since": utc(each.since), "last": {"period": last.period, "at": utc(last.at)} if last else None,
        "cases": sum(bool(one.case_id) for one in each.opened), "next": utc(each.next),
    }  # fmt: skip


def _table(found: list[_Cycle], lang: str) -> None:
    columns = ("pack", "cycle", "every", "opens", "status", "last_period", "next_opening", "clause")
    rows = []
    for each in found:
        cycle = each.pack.file.cycle[each.name]
        often = (
            word(f"cli.every_{cycle.every}", lang)
            if cycle.every
            else word("cli.after_months", lang, months=_months(each))
        )
        rows.append(
            [each.pack.ref.id, f"{titled(cycle.title, lang)} ({each.name})", often,
             title_of(f"kind.{cycle.opens}", each.pack, lang), word(f"cli.cycle_{each.status}", lang),
             each.opened[-1].period if each.opened else "—", local(each.next, each.zone), ", ".join(cycle.clause)]
        )  # fmt: skip
    show_table([word(f"cli.{key}", lang) for key in columns], rows)


def _months(each: _Cycle) -> object:
    months = each.pack.file.cycle[each.name].months
    return months if isinstance(months, int) else "…"
