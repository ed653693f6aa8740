"""redress doctor: what is there, what is missing, and the line to type for it."""

import asyncio
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from activities.drivers.reading import Reading
from activities.organisation import Organisation
from activities.shelf import EditionMissing, FileShelf
from client.context import Context, here
from client.engine.doctoring import examine
from client.home import ledger_of, read_run, settings_of, shelf_of
from client.polling import polled
from client.printing import show_json
from client.problems import DONE, FAILED, Problem
from client.supervising import engine_settings
from client.tables import show
from client.times import present, today
from client.words import listed, word
from rules.calendar import CalendarError
from rules.pack import PackRef


@dataclass(frozen=True, slots=True)
class Line:
    """One finding: the part it is about, whether it is as it should be, the finding, and what to type."""

    part: str
    ok: bool
    text: str
    type: str = ""


def doctor() -> int:
    """Everything that Redress needs, part by part: 0 where nothing is missing, 1 else."""
    context = here()
    lines = [*_engine(context), *_up(context), *_ledger(context), *_packs(context), *_mail(context)]
    good = all(line.ok for line in lines)
    if context.json:
        show_json({"ok": good, "findings": [asdict(line) for line in lines]})
    else:
        for line in lines:
            show(f"{'✓' if line.ok else '✗'} {word(f'doctor.{line.part}', context.lang)}: {line.text}")
            if line.type:
                show(f"    {line.type}")
    return DONE if good else FAILED


def _engine(context: Context) -> Iterator[Line]:
    for finding in asyncio.run(examine(engine_settings(context))):
        yield Line("engine", finding.ok, finding.text)


def _up(context: Context) -> Iterator[Line]:
    run = read_run(context.home)
    if run is None:
        yield Line("up", False, word("cli.not_up", context.lang), "redress up")
        return
    listens = asyncio.run(polled(run.address, run.namespace))
    text = word("doctor.worker_listens" if listens else "doctor.no_worker", context.lang, address=run.address)
    yield Line("up", listens, text, "" if listens else "redress down; redress up")


def _ledger(context: Context) -> Iterator[Line]:
    lang = context.lang
    try:
        with ledger_of(context) as ledger:
            people = Organisation(ledger).directory(present()).people
            editions = Reading(ledger).editions()
    except Problem as away:
        yield Line("ledger", False, f"{away.said.what} {away.said.why}", away.said.next_step)
        return
    where = settings_of(context).ledger.partition("@")[2] or settings_of(context).ledger
    yield Line("ledger", True, word("doctor.ledger_there", lang, place=where))
    if people:
        yield Line("organisation", True, word("doctor.people", lang, count=len(people)))
    else:
        yield Line("organisation", False, word("doctor.nobody", lang), "redress org apply FILE.toml")
    for ref in editions:
        if not _there(shelf_of(context), ref):
            yield Line("packs", False, word("doctor.cases_wait", lang, ref=ref), f"redress packs publish {ref}.toml")


def _packs(context: Context) -> Iterator[Line]:
    lang, shelf = context.lang, shelf_of(context)
    refs = shelf.published()
    there = [ref for ref in refs if _there(shelf, ref)]
    yield Line("packs", True, listed([str(ref) for ref in there], lang))
    for ref in refs:
        if ref not in there:
            yield Line("packs", False, word("doctor.file_gone", lang, ref=ref), f"redress packs publish {ref}.toml")
    for name in sorted({shelf.pack(ref).file.calendar for ref in there}):
        try:
            known = shelf.calendar(name).published_through
        except CalendarError as error:
            yield Line("calendar", False, str(error))
            continue
        year = today().year
        good = known is None or known > year or (known == year and today().month < 12)
        text = word("doctor.calendar_known", lang, name=name, year=known or "∞")
        line = "" if good else f"{context.home / 'calendars' / f'{name}.toml'}"
        yield Line("calendar", good, text, line)


def _there(shelf: FileShelf, ref: PackRef) -> bool:
    try:
        shelf.pack(ref)
    except EditionMissing:
        return False
    return True


def _mail(context: Context) -> Iterator[Line]:
    mail = settings_of(context).mail
    if mail.host:
        yield Line("mail", True, word("doctor.mail_server", context.lang, host=mail.host, port=mail.port))
    else:
        yield Line("mail", True, word("doctor.no_mail", context.lang, file=context.home / "redress.toml"))
