"""Packs as people name them on a line: a file of a draft, or a published edition."""

from client.context import Context
from client.editions import find_pack, read_text
from client.home import shelf_of
from client.problems import FAILED, Problem, problem
from client.times import today
from client.words import titled
from rules.pack import Pack
from rules.parsing import parse
from rules.problems import PackProblems


def pack_of(name: str, context: Context) -> Pack:
    """The pack of a file (``….toml``), else the published one of a name.

    Raises:
        Problem: ``no_file``, ``pack_broken`` or ``no_pack``.
    """
    if name.endswith(".toml"):
        return read_pack(name, context)
    return find_pack(shelf_of(context), name, today(), context.lang)


def read_pack(file: str, context: Context) -> Pack:
    """The pack that a file describes.

    Raises:
        Problem: ``no_file``, ``not_utf8``, or ``pack_broken`` with every mistake.
    """
    try:
        return parse(read_text(file, context.lang))
    except PackProblems as found:
        raise broken(found, file, context.lang) from None


def broken(found: PackProblems, file: str, lang: str) -> Problem:
    """The problem that lists every mistake of a pack file."""
    said = problem("pack_broken", lang, file=file, count=len(found.problems))
    details = tuple(
        {"place": each.place, "line": each.line, "code": each.code, "what": titled(each.what, lang),
         "hint": titled(each.hint, lang)}
        for each in found.problems
    )  # fmt: skip
    return Problem(said.code, said.said, FAILED, details=details)
