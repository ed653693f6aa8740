"""What somebody probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches

from client.words import listed, word


def nearest(typed: str, known: Iterable[str], lang: str) -> str:
    """A sentence that offers the known name nearest to what was typed, or lists the known names."""
    names = list(known)
    close = get_close_matches(typed, names, n=1, cutoff=0.6)
    if close:
        return word("cli.did_you_mean", lang, name=close[0])
    return word("cli.known_are", lang, names=listed(names, lang))
