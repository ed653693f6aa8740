"""Finding a pack by the name that people type: an id, an id with its edition, or a file."""

import hashlib
from datetime import date
from pathlib import Path

from activities.shelf import FileShelf
from client.cli.near import nearest
from client.problems import NOT_FOUND, problem
from rules.pack import Pack, PackRef


def find_pack(shelf: FileShelf, name: str, on: date, lang: str) -> Pack:
    """The published pack of a name: the named edition, else the newest one in force on that date, else the newest.

    Raises:
        Problem: ``no_pack``, with what is published.
    """
    refs = matching(shelf.published(), name)
    if not refs:
        known = sorted({ref.id for ref in shelf.published()})
        raise problem("no_pack", lang, NOT_FOUND, pack=name, near=nearest(name, known, lang))
    packs = [shelf.pack(ref) for ref in refs]
    return next((pack for pack in packs if in_force(pack, on)), packs[0])


def matching(refs: list[PackRef], name: str) -> list[PackRef]:
    """The editions that a name means, the newest first; a full name ``id.edition`` means one."""
    exact = [ref for ref in refs if str(ref) == name]
    return exact or sorted((ref for ref in refs if ref.id == name), key=lambda ref: -ref.edition)


def in_force(pack: Pack, on: date) -> bool:
    """Whether an edition is in force on a date."""
    end = pack.file.effective_to
    return pack.file.effective_from <= on and (end is None or on <= end)


def read_text(file: str, lang: str) -> str:
    """The text of a file.

    Raises:
        Problem: ``no_file`` or ``not_utf8``.
    """
    try:
        return Path(file).expanduser().read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise problem("not_utf8", lang, file=file, place=error.start) from None
    except OSError as error:
        raise problem("no_file", lang, NOT_FOUND, file=file, why=error.strerror or error) from None


def checksum(text: str) -> str:
    """The sha256 (hex) by which a reference names this text."""
    return hashlib.sha256(text.encode()).hexdigest()
