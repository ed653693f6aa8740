"""Options that several commands share, with their help in the reader's language."""

from cyclopts import Parameter

from client.context import here
from client.words import word

#: Options for which ``-`` means standard input.
_MAY_BE_A_HYPHEN = ("batch", "script")


def option(key: str, *names: str) -> Parameter:
    """A parameter whose help is the catalogue's ``help.arg-<key>``; without names it is called as in Python."""
    text = word(f"help.arg-{key}", here().lang)
    return Parameter(
        name=list(names) or None,
        help=text,
        negative=(),
        show_default=False,
        allow_leading_hyphen=key in _MAY_BE_A_HYPHEN,
    )


def many(key: str, *names: str) -> Parameter:
    """As `option`, for one that may be given several times, one value each."""
    text = word(f"help.arg-{key}", here().lang)
    return Parameter(
        name=list(names), help=text, negative=(), show_default=False, consume_multiple=False, allow_leading_hyphen=True
    )
