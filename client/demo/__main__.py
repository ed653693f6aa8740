"""`python -m client.demo`: a real complaint on a real engine, in front of your eyes."""

import asyncio
import io
import os
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from activities.drivers.trouble import LedgerAway
from activities.shelf import EditionMissing, FileShelf
from client.context import Context, separate
from client.demo.ending import show_commands, show_messages, show_verified, shown
from client.demo.folder import own_folder
from client.demo.house import House, house
from client.demo.intake import Complaint, Intake, complaints
from client.demo.people import apply_company, named_of, show_company
from client.demo.saying import folded, heading, tell, trouble
from client.demo.story import Story
from client.engine.words import EngineError
from client.faults import report
from client.problems import DONE, FAILED, USAGE, Problem, Said
from client.refusals import refusal_text
from client.tables import show
from client.times import present
from client.words import titled, word
from rules.commands import case_id_for
from rules.directory import Directory
from rules.pack import Pack

_PACKS = ("standard", "group-complaint-demand")
_HOME = ".demo"
#: Which complaint is told in detail, and which one shows a refusal: their places in the file.
_STORY, _REFUSED = 0, 6


def main(line: Sequence[str]) -> int:
    """Runs the demonstration; 0 where it came to its end, 1 where it did not, 2 for a wrong option."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(line_buffering=True, errors="replace")
    context = Context("en", False, Path(_HOME).absolute())
    try:
        context = _context(line)
        with own_folder(context.home, context.lang, os.environ):
            return asyncio.run(_guarded(context))
    except KeyboardInterrupt:
        return _said(trouble("interrupted", context.lang), context)
    except Problem as problem:
        return _said(problem, context)


def _context(line: Sequence[str]) -> Context:
    """The language of the line, else of the environment, not of an earlier demonstration; the folder of ``--home``."""
    chosen, rest = separate(list(line), {**os.environ, "REDRESS_HOME": _HOME})
    if not any(each.partition("=")[0] == "--lang" for each in line):
        chosen = replace(chosen, lang=separate(["--home", os.devnull], os.environ)[0].lang)
    if rest or chosen.json:
        usage = trouble("usage", chosen.lang, text=" ".join(rest) or "--json")
        raise Problem(usage.code, usage.said, USAGE)
    return chosen


async def _guarded(context: Context) -> int:
    """Plays it; everything is stopped when it ends, also by SIGTERM, and whatever went wrong is said."""
    loop = asyncio.get_running_loop()
    playing = asyncio.ensure_future(_play(context))
    loop.add_signal_handler(signal.SIGTERM, playing.cancel)
    [found] = await asyncio.gather(playing, return_exceptions=True)
    if isinstance(found, asyncio.CancelledError):
        raise KeyboardInterrupt
    if isinstance(found, EngineError):
        said = Said(found.what, found.why, found.next_step)
        return _said(Problem(f"engine_{found.key}", said), context)
    if isinstance(found, LedgerAway | EditionMissing):
        where = "ledger" if isinstance(found, LedgerAway) else "packs"
        return _said(trouble("not_done", context.lang, what=where, case=shown(context.home), why=found), context)
    if isinstance(found, Exception):
        return _said(found if isinstance(found, Problem) else report(found, context), context)
    if isinstance(found, BaseException):
        raise found
    return DONE


def _said(problem: Problem, context: Context) -> int:
    sys.stdout.flush()
    sys.stderr.write("\n" + problem.as_text(context.lang) + "\n")
    return problem.exit_code if problem.exit_code == USAGE else FAILED


async def _play(context: Context) -> None:
    started, lang = time.monotonic(), context.lang
    tell("intro", lang, home=shown(context.home))
    heading(1, "engine", lang)
    async with house(context) as own:
        packs = _published(own.shelf)
        heading(2, "company", lang)
        directory = _found_company(own, packs)
        heading(3, "intake", lang)
        every = complaints(present())
        number = await _take_in(own, packs, every, directory)
        heading(4, "story", lang)
        story = case_id_for(every[_STORY].id)
        began = time.monotonic()
        tell("story_begins", lang, number=number)
        days = await Story(own, every[_STORY].id, packs[_PACKS[0]], directory).play()
        show("")
        tell("story_end", lang, days=days, seconds=round(time.monotonic() - began, 1))
        heading(5, "messages", lang)
        await show_messages(own, story, number, directory)
        heading(6, "ledger", lang)
        show_verified(own)
        show("")
    tell("took", lang, seconds=round(time.monotonic() - started))
    heading(7, "next", lang)
    show_commands(context.home, number)


def _published(shelf: FileShelf) -> dict[str, Pack]:
    """The newest edition of each pack that the demonstration plays with."""
    newest = {ref.id: ref for ref in shelf.published()}
    return {name: shelf.pack(newest[name]) for name in _PACKS}


def _found_company(own: House, packs: dict[str, Pack]) -> Directory:
    directory = apply_company(own, present())
    zone = own.shelf.calendar(packs[_PACKS[0]].file.calendar).zone
    show_company(directory, list(packs.values()), zone, own.lang)
    file = shown(own.context.home / "company.toml")
    tell("applied", own.lang, people=len(directory.people), departments=len(directory.departments), file=file)
    return directory


async def _take_in(own: House, packs: dict[str, Pack], every: list[Complaint], directory: Directory) -> str:
    """Opens the complaints, shows them and one refusal; gives back the number of the story's case."""
    intake = Intake(own, packs)
    await intake.take_in(every)
    intake.show(every)
    show("")
    refused, pack = every[_REFUSED], packs[every[_REFUSED].pack]
    step, by = "record_findings", refused.moves[-1]["as"]
    form = pack.file.form[pack.file.step[step].form or ""]
    texts = {"found": "first_found", "corrective_action": "first_action"}
    fields = {name: word(f"demo.story.{key}", own.lang) for name, key in texts.items()}
    fields |= {"verdict": "justified", "root_cause": "people"}
    answer = await intake.refused(refused, f"step.{step}", by, fields)
    if answer.refusal is None:
        raise trouble("not_done", own.lang, what=step, case=refused.about, why=answer.status)
    title, who = titled(pack.file.step[step].title, own.lang), named_of(directory, by, own.lang)
    tell("refusal", own.lang, who=who, step=title, number=intake.row(refused).number)
    said = refusal_text(answer.refusal, own.lang, form, pack)
    clause = word("problem.clause", own.lang, text=", ".join(answer.refusal.clause))
    for text in (said.what, word("problem.why", own.lang, text=said.why), clause,
                 word("problem.next", own.lang, text=said.next_step)):  # fmt: skip
        show(*folded(text, 4, "  "))
    return intake.row(every[_STORY]).number


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
