"""redress open and redress do: what people ask of cases."""

import asyncio
import json
from collections.abc import Iterable
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Annotated, Any

from activities.documents import Documents, DocumentTooLarge
from activities.drivers.file_store import FileStore
from activities.drivers.reading import CaseRow, Reading
from activities.shelf import FileShelf
from client.cli.near import nearest
from client.cli.options import many, option
from client.cli.rows import case_row
from client.cli.standing import show_clauses, show_clocks, show_steps
from client.context import Context, here
from client.editions import matching, pack_to_open, read_text
from client.fields import Desk, Mistake, typed, with_case_ids
from client.home import ledger_of, settings_of, shelf_of
from client.problems import DONE, NOT_FOUND, USAGE, problem
from client.reading import view_of
from client.sending import answered, ask, show_done
from client.story import stage_title
from client.times import present, spoken
from rules.commands import Command, case_id_for
from rules.deciding_items import command_form
from rules.each import EACH
from rules.forms import Form
from rules.pack import Pack, PackRef

#: The longest --id that the engine takes with room to spare.
LONGEST_ID = 200

_WORDS = ("recount", "adopt_edition")


def open_case(
    *,
    pack: Annotated[str, option("pack", "--pack")],
    by: Annotated[str, option("as", "--as")],
    kind: Annotated[str, option("kind", "--kind")] = "",
    settings: Annotated[list[str] | None, many("set", "--set")] = None,
    file: Annotated[str, option("file", "--file")] = "",
    command_id: Annotated[str | None, option("id", "--id")] = None,
    happened_at: Annotated[str, option("happened", "--happened-at")] = "",
) -> int:
    """Open a case: its number, id, stage, clocks with due instants and why."""
    context, shelf = here(), shelf_of(here())
    typed_in = _written(file, context) | dict(pair.split("=", 1) for pair in settings or [] if "=" in pair)
    found = pack_to_open(shelf, pack, typed_in, present(), context.lang)
    kinds = found.file.kind
    chosen = kind or (next(iter(kinds)) if len(kinds) == 1 else "")
    if chosen not in kinds:
        near = nearest(kind, kinds, context.lang)
        raise problem("no_kind", context.lang, NOT_FOUND, pack=found.ref, kind=kind, near=near)
    form = found.file.form[kinds[chosen].opens_with]
    zone = shelf.calendar(found.file.calendar).zone
    happened = _stated(happened_at, zone, context)
    with ledger_of(context) as ledger:
        reading = Reading(ledger)
        fields = _fields(found, form, settings or [], file, reading, context)

        async def send() -> tuple[Any, Command]:
            made: list[Command] = []

            async def opening(gateway: Any) -> Any:
                made.append(
                    gateway.command(
                        "open",
                        by,
                        fields,
                        command_id=_id(command_id, context),
                        happened_at=happened,
                        kind=chosen,
                        pack=found.ref,
                    )
                )
                return await gateway.open(made[0])

            return await ask(context, reading, opening), made[0]

        answer, command = asyncio.run(send())
        case_id = case_id_for(command.id)
        return _ended(answer, command, case_id, found, form, "opened_case", reading, shelf, context)


def do(
    case: Annotated[str, option("case")],
    step: Annotated[str, option("step")],
    /,
    *,
    by: Annotated[str, option("as", "--as")],
    settings: Annotated[list[str] | None, many("set", "--set")] = None,
    file: Annotated[str, option("file", "--file")] = "",
    command_id: Annotated[str | None, option("id", "--id")] = None,
    happened_at: Annotated[str, option("happened", "--happened-at")] = "",
    verdict: Annotated[str, option("verdict", "--verdict")] = "",
    reason: Annotated[str, option("reason", "--reason")] = "",
    edition: Annotated[int, option("edition", "--edition")] = 0,
) -> int:
    """Take a step, answer a task or give an approval; the same id twice is done once."""
    context, shelf = here(), shelf_of(here())
    with ledger_of(context) as ledger:
        reading = Reading(ledger)
        row = case_row(reading, case, context)
        pack = shelf.pack(PackRef(row.pack_id, row.edition, row.sha256))
        stage = stage_title(pack, row.kind, row.stage, context.lang)
        zone = shelf.calendar(pack.file.calendar).zone
        what = _known(step, pack, row, context)
        form, pairs = _form_of(pack, what), list(settings or [])
        fields: dict[str, Any] = {}
        if what.startswith("approval."):
            fields, pairs = _verdict(pairs, verdict, reason, context)
        elif what.startswith("consequence.") and reason:
            fields = {"reason": reason}
        elif what.startswith("task.") and pack.file.task[what.removeprefix("task.")].each:
            fields, pairs = _each(pairs)
        fields |= _fields(pack, form, pairs, file, reading, context)
        adopted = _edition(shelf, row, edition, context) if what == "adopt_edition" else None
        happened = _stated(happened_at, zone, context)

        async def send() -> tuple[Any, Command]:
            made: list[Command] = []

            async def sending(gateway: Any) -> Any:
                made.append(
                    gateway.command(
                        what, by, fields, command_id=_id(command_id, context), happened_at=happened, pack=adopted
                    )
                )
                return await gateway.send(row.id, made[0])

            return await ask(context, reading, sending), made[0]

        answer, command = asyncio.run(send())
        return _ended(answer, command, row.id, pack, form, "done_step", reading, shelf, context, stage)


def _ended(
    answer: Any, command: Command, case_id: str, pack: Pack, form: Form | None, key: str, reading: Reading,
    shelf: FileShelf, context: Context, stage: str = "",
) -> int:  # fmt: skip
    if not answered(answer, command, case_id, context, pack, form, stage):
        return DONE
    row = case_row(reading, case_id, context)
    view = view_of(reading, shelf, row, None, present())

    def shown() -> None:
        show_clocks(view, context.lang, ticking=True)
        show_steps(view, context.lang)
        if key == "opened_case":
            cited = [name for each in view.clocks() for name in each["clause"]]
            show_clauses(view.pack, cited, context.lang)

    return show_done(view, command, context, key, shown)


def _form_of(pack: Pack, what: str) -> Form | None:
    block, _, name = what.partition(".")
    if block == "consequence":
        return command_form(pack.file.consequence[name])
    row = getattr(pack.file, block, {}).get(name) if block in ("step", "task", "approval") else None
    return pack.file.form[row.form] if row is not None and row.form else None


def _known(step: str, pack: Pack, row: CaseRow, context: Context) -> str:
    """What a command is about, by the word that was typed for it: a step, ``task.x``, ``approval.x``, or the house's.

    Raises:
        Problem: ``unknown_step``, the case's edition has no such name.
    """
    answers: dict[str, Iterable[str]] = {
        "task": pack.file.task, "approval": pack.file.approval, "consequence": pack.file.consequence,
    }  # fmt: skip
    names = [*pack.file.step, *(f"{block}.{name}" for block, rows in answers.items() for name in rows)]
    bare = step.removeprefix("step.")
    if bare not in (*names, *_WORDS):
        near = nearest(bare, names, context.lang)
        raise problem("unknown_step", context.lang, USAGE, pack=pack.ref, step=step, case=row.number, near=near)
    return bare if bare in _WORDS or "." in bare else f"step.{bare}"


def _verdict(pairs: list[str], verdict: str, reason: str, context: Context) -> tuple[dict[str, Any], list[str]]:
    given = dict(pair.split("=", 1) for pair in pairs if pair.startswith(("verdict=", "reason=")))
    given |= {name: value for name, value in (("verdict", verdict), ("reason", reason)) if value}
    if given.get("verdict") not in ("given", "returned"):
        raise problem("verdict_needed", context.lang, USAGE)
    return dict(given), [pair for pair in pairs if not pair.startswith(("verdict=", "reason="))]


def _each(pairs: list[str]) -> tuple[dict[str, Any], list[str]]:
    """For which value of several the answer to a task is, and what is left to fill in."""
    mine = [pair.partition("=")[2] for pair in pairs if pair.startswith(f"{EACH}=")]
    fields: dict[str, Any] = {EACH: mine[-1]} if mine else {}
    return fields, [pair for pair in pairs if not pair.startswith(f"{EACH}=")]


def _edition(shelf: FileShelf, row: CaseRow, edition: int, context: Context) -> PackRef:
    refs = matching(shelf.published(), f"{row.pack_id}.{edition}" if edition else row.pack_id)
    if not refs:
        known = [str(ref) for ref in shelf.published() if ref.id == row.pack_id]
        name = f"{row.pack_id}.{edition}"
        raise problem("no_pack", context.lang, NOT_FOUND, pack=name, near=nearest(name, known, context.lang))
    return refs[0]


def _fields(
    pack: Pack, form: Form | None, pairs: list[str], file: str, reading: Reading, context: Context
) -> dict[str, Any]:
    """The fields of a file and of ``--set``, which goes first; a case that they name by its number gets its id."""
    written = _written(file, context)
    limit = settings_of(context).file_limit
    documents = Documents(FileStore(context.home / "files"), limit)
    zone = shelf_of(context).calendar(pack.file.calendar).zone
    fields = written | typed(pairs, form, Desk(zone, _Attached(documents), context.lang))

    def case_id(named: str) -> str:
        row = reading.case(named)
        return row.id if row is not None else named

    return with_case_ids(fields, [pack], case_id)


def _written(file: str, context: Context) -> dict[str, Any]:
    """The fields that a JSON file holds; none without a file.

    Raises:
        Problem: ``not_json``, or that it cannot be read.
    """
    if not file:
        return {}
    try:
        written = json.loads(read_text(file, context.lang))
    except ValueError as error:
        raise problem("not_json", context.lang, file=file, why=error) from None
    if not isinstance(written, dict):
        raise problem("not_json", context.lang, file=file, why=type(written).__name__)
    return written


class _Attached:
    """The installation's documents as the front desk takes them in."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def keep(self, path: Path) -> dict[str, Any]:
        """Keep a copy of a file; its ``name``, ``sha256`` and ``size``.

        Raises:
            Mistake: It is too large.
        """
        try:
            return self._documents.take(path)
        except DocumentTooLarge as large:
            raise Mistake("file_too_large", file=str(path), size=large.size, most=large.most) from None


def _id(given: str | None, context: Context) -> str:
    """The command id, empty where none is given.

    Raises:
        Problem: ``wrong_id``: empty, too long, or with signs that are not printed.
    """
    if given is None:
        return ""
    if not given.strip() or len(given) > LONGEST_ID or not given.isprintable():
        raise problem("wrong_id", context.lang, USAGE, most=LONGEST_ID)
    return given


def _stated(text: str, zone: tzinfo, context: Context) -> datetime | None:
    if not text:
        return None
    try:
        return spoken(text, zone)
    except ValueError:
        raise problem("wrong_time", context.lang, USAGE, value=text, name="--happened-at") from None
