"""Finding a pack by the name that people type: an id, an id with its edition, or a file."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from activities.shelf import FileShelf
from client.cli.near import nearest
from client.problems import NOT_FOUND, problem
from client.words import listed
from rules.editions import in_force, taken_on
from rules.pack import Pack, PackRef


def find_pack(shelf: FileShelf, name: str, on: date, lang: str) -> Pack:
    """The published pack of a name: the named edition, else the newest one in force on that date, else the newest.

    Raises:
        Problem: ``no_pack``, with what is published.
    """
    packs = _packs(shelf, name, lang)
    return next((pack for pack in packs if in_force(pack.file, on)), packs[0])


def pack_to_open(shelf: FileShelf, name: str, fields: Mapping[str, Any], now: datetime, lang: str) -> Pack:
    """The edition that a case is opened by: the named one, else the newest in force on the date that it takes.

    Args:
        shelf: Where packs are.
        name: An id, or an id with its edition.
        fields: What is written into the opening form, as it was typed.
        now: The instant of the opening (UTC).
        lang: The reader's language.

    Raises:
        Problem: ``no_pack``, or ``not_in_force`` where no edition is.
    """
    packs = _packs(shelf, name, lang)
    if str(packs[0].ref) == name:
        return packs[0]
    taken = [taken_on(pack.file, fields, now, shelf.calendar(pack.file.calendar).zone) for pack in packs]
    found = next((pack for pack, day in zip(packs, taken, strict=True) if in_force(pack.file, day)), None)
    if found is None:
        known = listed(
            [f"{pack.ref} ({pack.file.effective_from}—{pack.file.effective_to or ''})" for pack in packs], lang
        )
        raise problem("not_in_force", lang, pack=name, day=taken[0], known=known, edition=packs[0].ref)
    return found


def matching(refs: list[PackRef], name: str) -> list[PackRef]:
    """The editions that a name means, the newest first; a full name ``id.edition`` means one."""
    exact = [ref for ref in refs if str(ref) == name]
    return exact or sorted((ref for ref in refs if ref.id == name), key=lambda ref: -ref.edition)


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


def _packs(shelf: FileShelf, name: str, lang: str) -> list[Pack]:
    refs = matching(shelf.published(), name)
    if not refs:
        known = sorted({ref.id for ref in shelf.published()})
        raise problem("no_pack", lang, NOT_FOUND, pack=name, near=nearest(name, known, lang))
    return [shelf.pack(ref) for ref in refs]
