"""redress packs adopt: lets open cases run on another edition, or says beforehand which dues would move."""

import asyncio
from collections.abc import Iterator
from datetime import tzinfo
from typing import Annotated, Any

from activities.drivers.ledger import Ledger
from activities.drivers.reading import CaseFilter, CaseRow, Reading
from activities.shelf import FileShelf
from client.adopting import CANNOT, MOVES, Adoption, Trying, command_id
from client.cli.options import option
from client.cli.rows import case_row
from client.context import Context, here
from client.editions import find_pack
from client.gateway import Gateway
from client.home import ledger_of, shelf_of
from client.printing import show_json
from client.problems import DONE, FAILED, USAGE, problem
from client.refusals import refusal_text
from client.sending import ask_all
from client.story import title_of
from client.tables import show
from client.times import local, present, today
from client.words import word
from rules.commands import Command
from rules.pack import Pack, PackRef
from workflows.answers import Answer

_MOST = 100_000


def adopt(
    pack: Annotated[str, option("pack-edition")],
    /,
    *,
    by: Annotated[str, option("as", "--as")],
    case: Annotated[str, option("one-case", "--case")] = "",
    dry_run: Annotated[bool, option("dry-run", "--dry-run")] = False,
) -> int:
    """Let the open cases of a pack, or one of them, run on an edition; 1 where some cannot."""
    context, shelf = here(), shelf_of(here())
    target = find_pack(shelf, pack, today(), context.lang)
    if str(target.ref) != pack:
        raise problem("edition_not_named", context.lang, USAGE, pack=pack, edition=target.ref)
    with ledger_of(context) as ledger:
        reading = Reading(ledger)
        rows = list(_rows(reading, target.ref, case, context))
        if dry_run:
            return _tried(rows, target, by, ledger, shelf, context)
        return asyncio.run(_adopted(rows, target, by, reading, context))


def _rows(reading: Reading, target: PackRef, case: str, context: Context) -> Iterator[CaseRow]:
    """The open cases of the pack that run on another edition."""
    if case:
        row = case_row(reading, case, context)
        if row.pack_id != target.id:
            raise problem("other_pack", context.lang, USAGE, case=row.number, pack=row.pack_id, asked=target)
        found = [row]
    else:
        found = reading.cases(CaseFilter(pack_id=target.id, closed=False, most=_MOST))
    yield from (row for row in found if (row.edition, row.sha256) != (target.edition, target.sha256))


def _tried(rows: list[CaseRow], target: Pack, by: str, ledger: Ledger, shelf: FileShelf, context: Context) -> int:
    trying = Trying(ledger, shelf, by, present())
    found = [trying.adoption(row, target.ref) for row in rows]
    cannot = sum(each.what == CANNOT for each in found)
    if context.json:
        show_json({"edition": str(target.ref), "dry_run": True, "cases": [each.as_json() for each in found]})
        return FAILED if cannot else DONE
    zone = shelf.calendar(target.file.calendar).zone
    for each in found:
        show(*_lines(each, target, zone, context.lang))
    moves = sum(each.what == MOVES for each in found)
    show(word("cli.would_adopt", context.lang, pack=target.ref, cases=len(found), moves=moves, cannot=cannot))
    return FAILED if cannot else DONE


def _lines(each: Adoption, target: Pack, zone: tzinfo, lang: str) -> list[str]:
    head = f"{each.row.number} ({each.row.pack_id}.{each.row.edition}): {word(f'cli.adopt_{each.what}', lang)}"
    if each.refusal is not None:
        said = refusal_text(each.refusal, lang, None, target)
        return [head, f"  {said.what} {said.why}".rstrip()]
    return [
        head,
        *(
            f"  {title_of(f'clock.{moved.clock}', target, lang)} ({moved.clock}): "
            f"{local(moved.old, zone, moved.old_date)} → {local(moved.new, zone, moved.new_date)}"
            for moved in each.moved
        ),
    ]


async def _adopted(rows: list[CaseRow], target: Pack, by: str, reading: Reading, context: Context) -> int:
    def asked(gateway: Gateway, row: CaseRow) -> Command:
        return gateway.command("adopt_edition", by, command_id=command_id(row, target.ref), pack=target.ref)

    answers = await ask_all(context, reading, rows, asked) if rows else []
    results = [_result(row, answer, target, context.lang) for row, answer in zip(rows, answers, strict=True)]
    refused = sum(each["status"] in ("refused", "failed") for each in results)
    if context.json:
        show_json({"edition": str(target.ref), "dry_run": False, "cases": results})
    else:
        for each in results:
            show(f"{each['case']}: {word('cli.adopt_' + each['status'], context.lang)} {each['why']}".rstrip())
        done = sum(each["status"] == "done" for each in results)
        show(word("cli.adopted", context.lang, pack=target.ref, cases=len(results), done=done, refused=refused))
    return FAILED if refused else DONE


def _result(row: CaseRow, answer: Answer, target: Pack, lang: str) -> dict[str, Any]:
    why = answer.trouble
    if answer.refusal is not None:
        said = refusal_text(answer.refusal, lang, None, target)
        why = f"{said.what} {said.why}".strip()
    return {
        "case": row.number, "id": row.id, "edition": row.edition, "status": answer.status,
        "code": answer.refusal.code if answer.refusal else None, "why": why,
    }  # fmt: skip
