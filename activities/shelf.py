"""The shelf: packs and calendars by name, shipped with Redress or put into the data folder."""

import hashlib
import json
import threading
from datetime import datetime
from pathlib import Path
from typing import Protocol

from activities.drivers.file_store import alone, put
from rules import calendar_file
from rules.calendar import Calendar
from rules.instants import stamp
from rules.pack import Pack, PackRef
from rules.parsing import parse
from rules.shelf import FOLDER, LOCK, file_name, released

#: File name -> the instant (UTC) at which an edition was published here.
PUBLISHED = "published.json"
_PUBLISHING = ".publishing"
_SECONDS_FOR_A_TURN = 10.0


class EditionMissing(LookupError):
    """This installation has not got an edition of a pack, or has another text under its name."""


class Shelf(Protocol):
    """Where packs come from."""

    def pack(self, ref: PackRef) -> Pack:
        """The pack of a reference.

        Raises:
            EditionMissing: It is not on this shelf.
        """

    def published(self) -> list[PackRef]:
        """Every published edition, sorted by id and edition."""


class Published(Shelf, Protocol):
    """A shelf that knows since when it has an edition."""

    def published_at(self, ref: PackRef) -> datetime | None:
        """When an edition was published here (UTC); None where it came with Redress, or nobody has written it down."""


class FileShelf:
    """The packs and calendars of the data folder, and the shipped ones. Threads may share it.

    A folder of packs holds ``<id>.<edition>.toml`` files and ``editions.lock``, a JSON object of file name -> sha256 of
    every published one; what is not in the lock is not published.
    """

    def __init__(self, home: Path, calendar: str = "") -> None:
        """The shelf of a data folder; ``calendar`` names one that replaces every pack's."""
        self._instead = calendar
        self._own = home / "packs"
        self._calendars = home / "calendars"
        self._packs: dict[PackRef, Pack] = {}
        self._read: dict[str, tuple[int, Calendar]] = {}
        self._turn = threading.Lock()

    def pack(self, ref: PackRef) -> Pack:
        """The pack of a reference, the same object every time.

        Raises:
            EditionMissing: It is not on this shelf, or its text is another one.
        """
        known = self._packs.get(ref)
        if known is None:
            with self._turn:
                # Somebody else may have read it while this thread waited.
                known = self._packs.get(ref)
                if known is None:
                    known = self._packs[ref] = parse(self._text(ref))
        return known

    def published(self) -> list[PackRef]:
        """Every published edition, sorted by id and edition."""
        locked = released() | released(self._own)
        refs = []
        for name, sha256 in locked.items():
            pack_id, _, edition = name.removesuffix(".toml").rpartition(".")
            refs.append(PackRef(pack_id, int(edition), sha256))
        return sorted(refs, key=lambda ref: (ref.id, ref.edition))

    def published_at(self, ref: PackRef) -> datetime | None:
        """When an edition was published here (UTC); None where it came with Redress, or nobody has written it down."""
        written = _json_of(self._own / PUBLISHED).get(file_name(ref.id, ref.edition))
        return datetime.fromisoformat(written) if written else None

    def publish(self, text: str, at: datetime | None = None) -> PackRef:
        """Puts a checked pack into the data folder and its lock; the same text twice is published once.

        The instant, where one is given, is written down at the first time. A published edition whose file was lost or
        changed gets its text back.

        Raises:
            PackProblems: The text is no pack.
            FileExistsError: That edition is published with another text.
            TimeoutError: Another process has been publishing for ten seconds.
        """
        ref = parse(text).ref
        self._own.mkdir(parents=True, exist_ok=True)
        with alone(self._own / _PUBLISHING, _SECONDS_FOR_A_TURN):
            self._publish(ref, text)
            if at is not None:
                known = _json_of(self._own / PUBLISHED)
                written = {file_name(ref.id, ref.edition): stamp(at)} | known
                if written != known:
                    put(self._own / PUBLISHED, (json.dumps(written, indent=1, sort_keys=True) + "\n").encode())
        return ref

    def _publish(self, ref: PackRef, text: str) -> None:
        other = next((each for each in self.published() if (each.id, each.edition) == (ref.id, ref.edition)), None)
        if other is not None and other.sha256 != ref.sha256:
            raise FileExistsError(f"{ref} is published with another text; give the new text the next edition")
        if other is None or not self._has(ref):
            name = file_name(ref.id, ref.edition)
            put(self._own / name, text.encode())
            locked = released(self._own) | {name: ref.sha256}
            put(self._own / LOCK, (json.dumps(locked, indent=1, sort_keys=True) + "\n").encode())

    def calendar(self, name: str) -> Calendar:
        """The calendar of a name: one of the data folder, read again when its file changes, else a shipped one.

        Raises:
            CalendarError: There is none of that name, or it has mistakes.
        """
        name = self._instead or name
        path = self._calendars / f"{name}.toml"
        if not path.is_file():
            return calendar_file.load(name)
        changed = path.stat().st_mtime_ns
        read = self._read.get(name)
        if read is None or read[0] != changed:
            read = self._read[name] = (changed, calendar_file.load(path))
        return read[1]

    def _has(self, ref: PackRef) -> bool:
        try:
            self._text(ref)
        except EditionMissing:
            return False
        return True

    def _text(self, ref: PackRef) -> str:
        name = file_name(ref.id, ref.edition)
        for folder in (self._own, FOLDER):
            file = folder / name
            if file.is_file():
                text = file.read_text(encoding="utf-8")
                if hashlib.sha256(text.encode()).hexdigest() == ref.sha256:
                    return text
        raise EditionMissing(
            f"this installation has not got {ref} with the checksum {ref.sha256[:12]}…; its cases wait: "
            f"publish it here with: redress packs publish {name}"
        )


def _json_of(file: Path) -> dict[str, str]:
    """A JSON object of texts; an empty one where there is no such file."""
    if not file.is_file():
        return {}
    found: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return found
