"""Wrong usage of the command line, said in the reader's language."""

from cyclopts import (
    CoercionError,
    CycloptsError,
    MissingArgumentError,
    RepeatArgumentError,
    UnknownCommandError,
    UnknownOptionError,
    UnusedCliTokensError,
)

from client.cli.near import nearest
from client.problems import USAGE, Problem, problem


def wrong_usage(error: CycloptsError, lang: str) -> Problem:
    """The problem (exit code 2) that a mistake on the command line is."""
    chain = " ".join(("redress", *(error.command_chain or ())))
    match error:
        case UnknownCommandError():
            typed = (error.unused_tokens or [""])[0]
            known = sorted(name for name in error.app or () if not name.startswith("-"))
            return problem("no_such_command", lang, USAGE, typed=typed, chain=chain, near=nearest(typed, known, lang))
        case MissingArgumentError() if error.argument is not None:
            return problem("argument_missing", lang, USAGE, name=error.argument.name, chain=chain)
        case UnknownOptionError():
            typed = error.token.keyword or error.token.value
            known = sorted(name for argument in error.argument_collection for name in argument.names)
            return problem("no_such_option", lang, USAGE, typed=typed, chain=chain, near=nearest(typed, known, lang))
        case CoercionError() if error.argument is not None:
            typed = error.token.value if error.token else ""
            return problem("wrong_value", lang, USAGE, name=error.argument.name, typed=typed, chain=chain)
        case UnusedCliTokensError():
            typed = " ".join(error.unused_tokens or [])
            return problem("too_many_words", lang, USAGE, typed=typed, chain=chain)
        case RepeatArgumentError():
            return problem("given_twice", lang, USAGE, name=error.token.keyword or "", chain=chain)
    error.verbose = False
    return problem("wrong_usage", lang, USAGE, text=str(error).strip(), chain=chain)
