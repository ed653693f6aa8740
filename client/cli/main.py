"""The command ``redress``: takes the common options, finds the command, and answers with an exit code."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from client.context import Context, enter, separate
from client.printing import show_problem
from client.problems import DONE, FAILED, OUR_FAULT, USAGE, Problem, problem

if TYPE_CHECKING:
    from cyclopts import App

#: What a shell expects of a program that Ctrl-C ended.
INTERRUPTED = 130

#: Command -> where it is written; what is not asked for is not imported.
COMMANDS = {
    "up": "client.cli.house:up",
    "down": "client.cli.house:down",
    "worker": "client.cli.house:worker",
    "doctor": "client.cli.doctor:doctor",
    "open": "client.cli.cases:open_case",
    "do": "client.cli.cases:do",
    "show": "client.cli.looking:show_case",
    "list": "client.cli.looking:list_cases",
    "mine": "client.cli.looking:mine",
    "explain": "client.cli.looking:explain",
    "report": "client.cli.report:report",
    "clauses": "client.cli.clauses:clauses",
    "reckon": "client.cli.reckon:reckon",
    "rehearse": "client.cli.rehearse:rehearse",
}
FAMILIES = {
    "engine": {
        "status": "client.cli.engine:status",
        "start": "client.cli.engine:start",
        "stop": "client.cli.engine:stop",
    },
    "packs": {
        "list": "client.cli.packs:list_packs",
        "show": "client.cli.packs:show_pack",
        "check": "client.cli.packs:check",
        "publish": "client.cli.packs:publish",
        "page": "client.cli.pack_page:show_page",
        "sign": "client.cli.packs_signing:sign",
        "diff": "client.cli.packs_diff:diff",
        "draw": "client.cli.packs_diff:draw",
        "adopt": "client.cli.packs_adopting:adopt",
    },
    "cycles": {
        "list": "client.cli.cycles:list_cycles",
        "start": "client.cli.cycles:start",
        "stop": "client.cli.cycles:stop",
    },
    "org": {"check": "client.cli.org:check", "apply": "client.cli.org:apply", "show": "client.cli.org:show_org"},
    "tables": {
        "list": "client.cli.kept:list_tables",
        "set": "client.cli.kept:set_row",
        "end": "client.cli.kept:end_row",
    },
    "ledger": {
        "verify": "client.cli.ledger:verify",
        "export": "client.cli.ledger:export",
        "rebuild": "client.cli.ledger:rebuild",
    },
}


def run() -> None:
    """Run the command line of this process and leave with its exit code."""
    sys.exit(main(sys.argv[1:]))


def main(line: Sequence[str]) -> int:
    """Run one command line; the exit code that the shell gets (see `client.problems`)."""
    context = Context("en", False, Path())
    try:
        context, rest = separate(list(line), os.environ)
        enter(context)
        if any(not _readable(text) for text in line):
            raise problem("line_not_utf8", context.lang, USAGE)
        with _our_fault(context):
            return _dispatch(context, rest)
    except Problem as found:
        show_problem(found, context)
        return found.exit_code
    except _Reported:
        return OUR_FAULT
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has enough; nothing more can be written, not even at the end of the process.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED


def _dispatch(context: Context, rest: list[str]) -> int:
    from cyclopts import CycloptsError

    from client.cli.usage import wrong_usage

    app = build(context)
    try:
        answer = app(
            rest or ["--help"],
            exit_on_error=False,
            print_error=False,
            result_action="return_value",
            help_on_error=False,
        )
    except CycloptsError as error:
        raise wrong_usage(error, context.lang) from None
    return answer if isinstance(answer, int) else DONE


def build(context: Context) -> "App":
    """The tree of commands with its help in the reader's language; commands are imported when they are called."""
    from cyclopts import App, Group

    from client.words import word

    lang = context.lang
    commands, parameters, arguments = (
        Group(word(f"help.{key}", lang), sort_key=place)
        for place, key in enumerate(("commands", "parameters", "arguments"))
    )

    def family(name: str, key: str, epilogue: str | None = None) -> App:
        return App(
            name=name,
            help=word(key, lang),
            help_format="plaintext",
            help_epilogue=epilogue,
            version_flags=(),
            group_commands=commands,
            group_parameters=parameters,
            group_arguments=arguments,
        )

    app = family("redress", "help.redress", word("help.everywhere", lang))
    for name, place in COMMANDS.items():
        app.command(place, name=name, help=word(f"help.{name}", lang), help_format="plaintext")
    for name, members in FAMILIES.items():
        group = family(name, f"help.{name}")
        for member, place in members.items():
            group.command(place, name=member, help=word(f"help.{name}-{member}", lang), help_format="plaintext")
        app.command(group)
    return app


class _Reported(Exception):
    """Our own fault, told to the person already."""


def _readable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _about(error: OSError, home: Path) -> bool:
    """Whether the system refused something in the data folder, or on the way to it."""
    if not isinstance(error.filename, str | Path):
        return False
    place = Path(error.filename)
    return place == home or home in place.parents or place in home.parents


@contextmanager
def _our_fault(context: Context) -> Iterator[None]:
    """Turn what nobody foresaw into a short message and a file with the details; people never see a stack trace."""
    done = False
    try:
        yield
        done = True
    finally:
        error = sys.exc_info()[1]
        if isinstance(error, RecursionError):
            raise problem("too_deep", context.lang, USAGE) from None
        if isinstance(error, OSError) and _about(error, context.home):
            raise problem("home_unusable", context.lang, home=context.home, why=error.strerror) from None
        if not done and isinstance(error, Exception) and not isinstance(error, Problem | BrokenPipeError):
            from client.faults import report

            show_problem(report(error, context), context)
            raise _Reported from error
