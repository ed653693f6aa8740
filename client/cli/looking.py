"""redress show, list, mine and explain: reading cases."""

import asyncio
from typing import Annotated, Any

from activities.drivers.outbox import Outbox
from activities.drivers.reading import CaseFilter, CaseRow, Reading
from activities.shelf import EditionMissing, FileShelf
from client.cli.near import nearest
from client.cli.options import option
from client.cli.rows import case_row
from client.cli.standing import show_clauses, show_clocks, show_consequences, show_steps
from client.context import Context, here
from client.explaining import as_json, as_text, countings
from client.home import ledger_of, shelf_of
from client.printing import show_json
from client.problems import DONE, NOT_FOUND, USAGE, problem
from client.queue import queued, rank
from client.reading import ENGINE, CaseView, fields_of, view_of
from client.story import label, stage_title, title_of, told
from client.tables import show, show_table
from client.times import local, present, utc
from client.words import titled, word
from rules.pack import PackRef


def show_case(
    case: Annotated[str, option("case")], /, *, by: Annotated[str | None, option("as", "--as")] = None
) -> int:
    """Where a case stands: open steps and for whom, clocks and time left, what was filled in, history with clauses."""
    from client.sending import face_of_case

    context, shelf = here(), shelf_of(here())
    with ledger_of(context) as ledger:
        reading = Reading(ledger)
        row = case_row(reading, case, context)
        face = asyncio.run(face_of_case(context, reading, row.id))
        view = seen(reading, shelf, case_row(reading, row.id, context), face, by, context)
        fields = fields_of(reading, view, by)
        deliveries = reading.deliveries(row.id)
        refused = Outbox(ledger).refused_openings(row.id)
    messages = [
        {"at": utc(each.at), "to": each.person, "for": each.for_person, "role": each.role, "means": each.means,
         "status": each.status, "error": each.error}
        for each in deliveries
    ]  # fmt: skip
    if context.json:
        openings = [{"link": link, "code": code} for link, code in refused]
        show_json(
            view.as_json(context.lang, fields, by) | {"messages": messages, "refused_openings": openings, "seen_by": by}
        )
        return DONE
    _heading(view, by, context.lang)
    show_clocks(view, context.lang)
    show_steps(view, context.lang)
    show_consequences(view, context.lang)
    _values(view, fields, context.lang)
    show("", word("cli.history", context.lang))
    events = view.events(context.lang)
    for event in events:
        show(*told({**event, "case": ""}, view.pack, view.zone, context.lang, brief=True))
    for link, code in refused:
        show(
            word("cli.opening_refused", context.lang, link=title_of(f"link.{link}", view.pack, context.lang), code=code)
        )
    cited = [name for event in events for name in event["clause"]]
    show_clauses(view.pack, cited, context.lang)
    if deliveries:
        show("")
        columns = [word(f"cli.{key}", context.lang) for key in ("at", "to", "roles", "status")]
        rows = [
            [local(each.at, view.zone), f"{each.person} ({each.for_person})" if each.for_person else each.person,
             each.role, f"{word(f'status.{each.status}', context.lang)} {each.error}".strip()]
            for each in deliveries
        ]  # fmt: skip
        show_table(columns, rows)
    return DONE


def list_cases(
    *,
    pack: Annotated[str, option("pack", "--pack")] = "",
    kind: Annotated[str, option("kind", "--kind")] = "",
    stage: Annotated[str, option("stage", "--stage")] = "",
    unclosed: Annotated[bool, option("open", "--open")] = False,
    escalated: Annotated[bool, option("overdue", "--escalated")] = False,
    limit: Annotated[int, option("limit", "--limit")] = 200,
    by: Annotated[str | None, option("as", "--as")] = None,
) -> int:
    """The cases, the gravest first where their pack queues them, else the oldest."""
    context, shelf = here(), shelf_of(here())
    if limit < 1:
        raise problem("limit_wrong", context.lang, USAGE, name="--limit")
    which = CaseFilter(
        pack_id=pack, kind=kind, stage=stage, standing="escalated" if escalated else "",
        closed=False if unclosed else None, most=limit,
    )  # fmt: skip
    with ledger_of(context) as ledger:
        reading = Reading(ledger)
        rows = [row for row in reading.cases(which) if by is None or _may_see(reading, shelf, row, by)]
    rows = queued(rows, shelf)
    if context.json:
        show_json([_listed(row) for row in rows])
        return DONE
    _table(rows, shelf, context)
    return DONE


def mine(*, by: Annotated[str, option("as", "--as")]) -> int:
    """What one person can do now: the gravest case first where its pack queues them, else the most urgent."""
    context, shelf = here(), shelf_of(here())
    now = present()
    with ledger_of(context) as ledger:
        reading = Reading(ledger)
        directory = reading.directory(now)
        if by not in directory.people:
            near = nearest(by, directory.people, context.lang)
            raise problem("no_person", context.lang, NOT_FOUND, person=by, near=near)
        found = []
        for row in reading.cases(CaseFilter(closed=False)):
            view = view_of(reading, shelf, row, None, now)
            steps = [step.name for step in view.open_steps if by in step.persons and step.name not in _HOUSE]
            if steps:
                found.append((row, steps))
    found.sort(
        key=lambda pair: (rank(pair[0], shelf), pair[0].next_due is None, pair[0].next_due or now, pair[0].number)
    )
    if context.json:
        show_json([_listed(row) | {"steps": steps} for row, steps in found])
        return DONE
    if not found:
        show(word("cli.nothing_found", context.lang))
        return DONE
    columns = [word(f"cli.{key}", context.lang) for key in ("number", "stage", "next_due", "open_steps")]
    show_table(
        columns,
        [[row.number, _stage(row, shelf, context.lang), _due(row, shelf), ", ".join(steps)] for row, steps in found],
    )
    return DONE


def explain(
    case: Annotated[str, option("case")],
    clock: Annotated[str | None, option("clock")] = None,
    /,
    *,
    by: Annotated[str | None, option("as", "--as")] = None,
) -> int:
    """How the due instants of a case were counted: intervals, pauses, holidays, clause, reading."""
    context, shelf = here(), shelf_of(here())
    with ledger_of(context) as ledger:
        reading = Reading(ledger)
        view = seen(reading, shelf, case_row(reading, case, context), None, by, context)
    name = clock.removeprefix("clock.") if clock else None
    if name and name not in view.state.clocks:
        near = nearest(name, view.state.clocks, context.lang)
        raise problem("no_clock", context.lang, NOT_FOUND, case=view.row.number, clock=name, near=near)
    found = countings(view.entries, name)
    if context.json:
        show_json([as_json(each, view.pack) for each in found])
        return DONE
    if not found:
        show(word("cli.nothing_found", context.lang))
    for number, each in enumerate(found):
        show(*([""] if number else []), *as_text(each, view.pack, view.zone, context.lang))
    return DONE


#: Commands of the house that are nobody's daily work.
_HOUSE = ("recount", "adopt_edition")


def seen(reading: Reading, shelf: FileShelf, row: CaseRow, face: Any, by: str | None, context: Context) -> CaseView:
    """The view of a case for a person, or the installation's own.

    Raises:
        Problem: ``no_person``, ``no_right``, or ``edition_missing``.
    """
    try:
        view = view_of(reading, shelf, row, face, present())
    except EditionMissing as missing:
        raise problem("edition_missing", context.lang, why=missing) from None
    if by is not None:
        people = reading.directory(view.now).people
        if by not in people:
            raise problem("no_person", context.lang, NOT_FOUND, person=by, near=nearest(by, people, context.lang))
        if not view.seeing.may_see(by, view.face.open_steps):
            raise problem("no_right", context.lang, person=by, case=row.number)
    return view


def _may_see(reading: Reading, shelf: FileShelf, row: CaseRow, person: str) -> bool:
    view = view_of(reading, shelf, row, None, present())
    return view.seeing.may_see(person, view.face.open_steps)


def _heading(view: CaseView, by: str | None, lang: str) -> None:
    row, kind = view.row, view.pack.file.kind[view.row.kind]
    source = word("cli.source_view" if view.source == ENGINE else "cli.source_ledger", lang)
    stage = stage_title(view.pack, row.kind, view.face.stage, lang)
    standing = word(f"status.{view.face.standing}", lang)
    show(f"{row.number}  {titled(kind.title, lang)}  {stage} — {standing} {source}")
    opened = local(row.opened_at, view.zone)
    show(f"{word('cli.id', lang)}: {row.id}  {word('cli.pack', lang)}: {row.pack_id}.{row.edition}  "
         f"{word('cli.opened', lang)}: {opened} ({row.opened_by})")  # fmt: skip
    if by is None:
        show(word("cli.own_view", lang))


def _values(view: CaseView, fields: dict[str, Any], lang: str) -> None:
    titles = {field.name: titled(field.title, lang) for form in view.pack.file.form.values() for field in form.fields}
    rows = [[titles.get(name, name), name, label(value, view.pack, lang)] for name, value in fields.items()]
    if rows:
        show("")
        show_table([word("cli.fields", lang), word("cli.field", lang), word("cli.value", lang)], rows)


def _listed(row: CaseRow) -> dict[str, Any]:
    return {
        "number": row.number, "id": row.id, "pack": row.pack_id, "edition": row.edition, "kind": row.kind,
        "stage": row.stage, "standing": row.standing, "closed": row.closed, "owner": row.owner,
        "opened_at": utc(row.opened_at), "opened_by": row.opened_by, "next_due": utc(row.next_due),
        "provisional": row.provisional,
    }  # fmt: skip


def _table(rows: list[CaseRow], shelf: FileShelf, context: Context) -> None:
    lang = context.lang
    if not rows:
        show(word("cli.nothing_found", lang))
        return
    columns = [word(f"cli.{key}", lang) for key in ("number", "pack", "kind", "stage", "status", "next_due", "id")]
    cells = [
        [row.number, f"{row.pack_id}.{row.edition}", row.kind, _stage(row, shelf, lang),
         word(f"status.{row.standing}", lang), _due(row, shelf), row.id]
        for row in rows
    ]  # fmt: skip
    show_table(columns, cells)


def _stage(row: CaseRow, shelf: FileShelf, lang: str) -> str:
    try:
        pack = shelf.pack(PackRef(row.pack_id, row.edition, row.sha256))
    except EditionMissing:
        return row.stage
    return stage_title(pack, row.kind, row.stage, lang)


def _due(row: CaseRow, shelf: FileShelf) -> str:
    try:
        pack = shelf.pack(PackRef(row.pack_id, row.edition, row.sha256))
    except EditionMissing:
        return utc(row.next_due) or "—"
    return local(row.next_due, shelf.calendar(pack.file.calendar).zone)
