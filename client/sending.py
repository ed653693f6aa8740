"""One command on its way from a command line to its case, and what became of it."""

import asyncio
import shlex
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

from temporalio.service import RPCError

from activities.drivers.reading import CaseRow, Reading
from client.context import Context
from client.gateway import Gateway
from client.home import settings_of
from client.printing import show_json
from client.problems import DONE, OUR_FAULT, Problem, problem
from client.reaching import reach
from client.reading import CaseView
from client.refusals import refused
from client.tables import show
from client.times import local, utc, zone_of
from client.words import word
from rules.commands import Command
from rules.forms import Form
from rules.outcomes import Face
from rules.pack import Pack
from workflows.answers import Answer, NotDecidedError

Ask = Callable[[Gateway], Awaitable[Answer]]

#: To so many cases a command for many of them is under way at once.
_AT_A_TIME = 4


async def ask(context: Context, reading: Reading, send: Ask) -> Answer:
    """What became of a command.

    Raises:
        Problem: ``engine_away`` or ``no_worker``: nobody confirmed that the command was taken; ``not_decided``: it cannot
            be decided, by a fault in the pack or in Redress.
    """
    client = await reach(context)
    try:
        answer = await send(Gateway(client, reading, task_queue=settings_of(context).task_queue))
    except NotDecidedError as fault:
        values = {"pack": fault.pack, "step": fault.what, "kind": fault.kind}
        raise problem("not_decided", context.lang, OUR_FAULT, **values) from None
    except RPCError as error:
        address = client.service_client.config.target_host
        raise problem("engine_away", context.lang, address=address, why=error.message[:200]) from None
    if answer.status == "pending" and answer.since is None:
        code = "engine_gone" if answer.trouble == "no_engine" else "no_worker"
        raise problem(code, context.lang)
    return answer


async def ask_all(
    context: Context, reading: Reading, rows: Sequence[CaseRow], command: Callable[[Gateway, CaseRow], Command]
) -> list[Answer]:
    """What became of a command to each of some cases, a few at a time; ``failed`` where it cannot be decided.

    Raises:
        Problem: ``engine_away``: nobody answers there.
    """
    gateway = Gateway(await reach(context), reading, task_queue=settings_of(context).task_queue)
    turns = asyncio.Semaphore(_AT_A_TIME)

    async def one(row: CaseRow) -> Answer:
        async with turns:
            try:
                return await gateway.send(row.id, command(gateway, row))
            except NotDecidedError as fault:
                return Answer("failed", trouble=str(fault))
            except RPCError as error:
                return Answer("pending", trouble=error.message[:200])

    return list(await asyncio.gather(*(one(row) for row in rows)))


async def face_of_case(context: Context, reading: Reading, case_id: str) -> Face | None:
    """Where a case stands as its workflow says; None where nothing is up or nobody answers in time."""
    try:
        client = await reach(context)
    except Problem:
        return None
    return await Gateway(client, reading).view(case_id)


def again(context: Context, command_id: str) -> str:
    """The line that asks for the same command again."""
    line = list(context.line)
    if not any(part == "--id" or part.startswith("--id=") for part in line):
        line += ["--id", command_id]
    return shlex.join(["redress", *line])


def answered(
    answer: Answer, command: Command, case_id: str, context: Context, pack: Pack, form: Form | None, stage: str = ""
) -> bool:
    """Whether the command is done; what is pending is said here.

    Raises:
        Problem: The command was refused.
    """
    if answer.refusal is not None:
        said = replace(answer.refusal, params={"stage": stage, "step": command.what, **answer.refusal.params})
        found = refused(said, context.lang, form, pack)
        found.also = {"status": "refused", "id": case_id, "command_id": command.id}
        raise found
    if answer.status != "pending":
        return True
    line = again(context, command.id)
    if context.json:
        show_json(
            {"status": "pending", "since": utc(answer.since), "id": case_id, "command_id": command.id, "again": line}
        )
    else:
        since = local(answer.since, zone_of("Asia/Shanghai"))
        show(word("cli.pending", context.lang, since=since), word("cli.ask_again", context.lang, line=line))
    return False


def show_done(view: CaseView, command: Command, context: Context, key: str, shown: Callable[[], None]) -> int:
    """Say that a command is done and where the case stands now."""
    row = view.row
    if context.json:
        outcome: dict[str, Any] = {"status": "done", "command_id": command.id, **view.as_json(context.lang, {})}
        del outcome["history"], outcome["fields"]
        show_json(outcome)
        return DONE
    from client.story import stage_title

    stage = stage_title(view.pack, row.kind, row.stage, context.lang)
    show(word(f"cli.{key}", context.lang, number=row.number, id=row.id, stage=stage))
    shown()
    return DONE
