"""redress report: a report of a pack for a period, as of any instant; every figure opens down to its cases."""

import sys
from datetime import datetime
from typing import Annotated, Any

from activities.drivers.reading import Reading
from activities.reporting import Reports
from activities.shelf import FileShelf
from client.cli.near import nearest
from client.cli.options import option
from client.context import Context, here
from client.home import ledger_of, shelf_of
from client.printing import note, show_json
from client.problems import DONE, FAILED, NOT_FOUND, USAGE, problem
from client.report_seen import Curtain, may_have
from client.report_shown import Shown, as_csv
from client.story import roles_said
from client.tables import show, show_table
from client.times import present, spoken, zone_of
from client.words import listed, titled, word
from rules.pack import Pack
from rules.periods import Period
from rules.reporting import NoSuchPeriod, period_named
from rules.reporting_said import as_json


def report(
    name: Annotated[str | None, option("report")] = None,
    /,
    *,
    period: Annotated[str | None, option("period", "--period")] = None,
    pack: Annotated[str | None, option("pack", "--pack")] = None,
    as_of: Annotated[str | None, option("as-of", "--as-of")] = None,
    cases: Annotated[bool, option("cases", "--cases")] = False,
    csv: Annotated[bool, option("csv", "--csv")] = False,
    by: Annotated[str | None, option("as", "--as")] = None,
) -> int:
    """A report for a period; without a name the reports that there are."""
    context, shelf, now = here(), shelf_of(here()), present()
    with ledger_of(context) as ledger:
        reports, reading = Reports(ledger, shelf), Reading(ledger)
        at = _instant(as_of, shelf, pack, now, context)
        if name is None:
            return _list(_editions(reports, shelf, pack, "", at, context), context)
        chosen = _chosen(reports, shelf, pack, name, at, context)
        asked = _period(chosen, name, period, context)
        if by is not None:
            _require_right(reading, chosen, name, by, now, context)
        made = reports.make(chosen, name, asked, reports.settled(at, now))
        said = as_json(made)
        if by is not None:
            said = Curtain(reading, shelf, by, now).drawn(said, made)
    if at > now:
        note(word("report.may_change", context.lang))
    if context.json:
        show_json(said)
        return DONE
    shown = Shown(said, chosen, shelf.calendar(chosen.file.calendar).zone, context.lang)
    if csv:
        sys.stdout.write(as_csv(shown.register() if said["columns"] else shown.lines()))
        return DONE
    _show(shown, said, context.lang, by, cases=cases)
    return DONE


def _show(shown: Shown, said: dict[str, Any], lang: str, by: str | None, *, cases: bool) -> None:
    show(*shown.heading(), *([word("report.own_view", lang)] if by is None else []), "")
    if not said["rows"]:
        show(word("report.nothing", lang))
    if said["total"]:
        show_table(*shown.lines())
    if said["columns"] and said["register"]:
        show("")
        show_table(*shown.register())
    if cases:
        show("", *shown.behind())
    if said.get("hidden"):
        show("", word("report.hidden", lang, count=said["hidden"], person=by))
    show("", word("report.rows", lang, count=said["rows"]), *shown.foot())


def _instant(text: str | None, shelf: FileShelf, pack: str | None, now: datetime, context: Context) -> datetime:
    """The instant that was asked for: in the zone of the pack where it has no offset; now where none was."""
    if text is None:
        return now
    refs = [ref for ref in shelf.published() if pack in (None, ref.id, str(ref))]
    zones = [shelf.calendar(shelf.pack(ref).file.calendar).zone for ref in refs[:1]]
    try:
        return spoken(text, zones[0] if zones else zone_of("UTC"))
    except ValueError:
        raise problem("wrong_time", context.lang, USAGE, value=text, name="--as-of") from None


def _editions(
    reports: Reports, shelf: FileShelf, pack: str | None, name: str, at: datetime, context: Context
) -> list[Pack]:
    """The editions to look into: the named one, that of a pack in force at the instant, or those of all packs."""
    if pack is None:
        return reports.having(name, at)
    refs = shelf.published()
    exact = next((ref for ref in refs if str(ref) == pack), None)
    if exact is not None:
        return [shelf.pack(exact)]
    if pack not in {ref.id for ref in refs}:
        near = nearest(pack, sorted({ref.id for ref in refs}), context.lang)
        raise problem("no_pack", context.lang, NOT_FOUND, pack=pack, near=near)
    found = reports.edition(pack, at)
    if found is None:
        since = min(shelf.pack(ref).file.effective_from for ref in refs if ref.id == pack)
        raise problem("no_edition_then", context.lang, FAILED, pack=pack, since=since)
    return [found]


def _chosen(reports: Reports, shelf: FileShelf, pack: str | None, name: str, at: datetime, context: Context) -> Pack:
    """The one edition whose report is meant."""
    found = [each for each in _editions(reports, shelf, pack, name, at, context) if name in each.file.report]
    if not found:
        editions = _editions(reports, shelf, pack, "", at, context)
        there = sorted({each for edition in editions for each in edition.file.report})
        raise problem("no_report", context.lang, NOT_FOUND, name=name, near=nearest(name, there, context.lang))
    if len(found) > 1:
        packs = listed([each.ref.id for each in found], context.lang)
        raise problem("report_of_which", context.lang, USAGE, name=name, packs=packs)
    return found[0]


def _period(pack: Pack, name: str, text: str | None, context: Context) -> Period:
    may = pack.file.report[name].period
    periods = listed([word(f"report.column.{each}", context.lang) for each in may], context.lang)
    if text is None:
        raise problem("period_missing", context.lang, USAGE, name=name, periods=periods)
    try:
        found = period_named(text.strip().upper())
    except NoSuchPeriod:
        raise problem("period_wrong", context.lang, USAGE, period=text, periods=periods) from None
    if found.every not in may:
        raise problem("period_not_of_report", context.lang, USAGE, period=text, name=name, periods=periods)
    return found


def _require_right(reading: Reading, pack: Pack, name: str, by: str, now: datetime, context: Context) -> None:
    directory = reading.directory(now)
    if by not in directory.people:
        near = nearest(by, directory.people, context.lang)
        raise problem("no_person", context.lang, NOT_FOUND, person=by, near=near)
    if not may_have(pack, name, by, directory, now):
        to = roles_said(list(pack.file.report[name].to), pack, context.lang)
        raise problem("report_not_for", context.lang, FAILED, person=by, name=name, to=to)


def _list(packs: list[Pack], context: Context) -> int:
    lang = context.lang
    rows = [(pack, name, each) for pack in packs for name, each in pack.file.report.items()]
    if context.json:
        show_json([
            {"pack": pack.ref.id, "edition": pack.ref.edition, "report": name, "title": titled(each.title, lang),
             "periods": list(each.period), "to": list(each.to), "clause": list(each.clause)}
            for pack, name, each in rows
        ])  # fmt: skip
        return DONE
    if not rows:
        show(word("cli.nothing_found", lang))
        return DONE
    columns = [
        word("report.column.report", lang), word("cli.title", lang), word("cli.pack", lang), word("report.column.period", lang),
        word("report.column.to", lang), word("cli.clause", lang),
    ]  # fmt: skip
    cells = [
        [name, titled(each.title, lang), str(pack.ref),
         listed([word(f"report.column.{period}", lang) for period in each.period], lang),
         roles_said(list(each.to), pack, lang), ", ".join(each.clause)]
        for pack, name, each in rows
    ]  # fmt: skip
    show_table(columns, cells)
    return DONE
