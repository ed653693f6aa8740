"""The desk: every command of every case is decided here, once, and written in one transaction."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from traceback import walk_tb

from temporalio import activity
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory

from activities.drivers.ledger import Ledger
from activities.drivers.people_rows import Directories
from activities.drivers.reading import Reading
from activities.drivers.trouble import UNFORESEEN, LedgerAway
from activities.drivers.writing import Decided, Found, Writing
from activities.gathering import CalendarMissing, Calendars, Decide, Gathering, NeededFirst
from activities.requests import DECIDE_FAILED, HANDLE, HandleRequest, HandleResult
from activities.shelf import EditionMissing, Shelf
from rules import decide as rules
from rules.commands import digest
from rules.entries import Entry
from rules.outcomes import Face
from rules.pack import Pack

_log = logging.getLogger(__name__)


class Desk:
    """Decides and records. Several threads, and several workers, may share a ledger."""

    def __init__(
        self,
        ledger: Ledger,
        shelf: Shelf,
        calendars: Calendars,
        *,
        decide: Decide = rules.decide,
        needs: NeededFirst = rules.needs,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        """A desk; ``now`` tells when something is written, without it a command is written when it was asked for."""
        self._ledger = ledger
        self._reading = Reading(ledger)
        self._shelf = shelf
        self._gathering = Gathering(shelf, calendars, Directories(), decide, needs)
        self._now = now
        self._away = threading.Event()
        self._said: set[str] = set()

    @activity.defn(name=HANDLE)
    def handle(self, request: HandleRequest) -> HandleResult:
        """What the command was decided to be, now or before; twice is the same as once.

        Raises:
            ApplicationError: Nothing was written. ``LedgerAway``, ``LedgerBehind``, ``EditionMissing`` and
                ``CalendarMissing`` are tried again until somebody has helped; ``CaseMissing`` and ``DecideFailed``
                (a fault in the pack or in Redress) are not.
        """
        with self._plainly(), self._surely(request), self._ledger.writing(request.case_id) as connection:
            return self._handle(Writing(connection, request.case_id), request)

    def _handle(self, writing: Writing, request: HandleRequest) -> HandleResult:
        command = request.command
        found = writing.find(command.id)
        if found.state.seq < request.seq:
            raise self._told(
                "LedgerBehind",
                f"the ledger ends at entry {found.state.seq} of {request.case_id}, its workflow knows {request.seq}; "
                "it is the wrong ledger or an old copy: bring the right one back, or run: redress ledger rebuild",
            )
        if found.decided:
            return _result(found.face, writing.since(request.seq), found.state.number, found.decided)
        pack = self._pack(found, request)
        try:
            outcome, salt = self._gathering.decide(writing, pack, found.state, command, request.at)
        except CalendarMissing as missing:
            raise self._told("CalendarMissing", str(missing)) from None
        decided = Decided(
            command_id=command.id,
            what=command.what,
            by=command.by,
            digest=digest(command),
            at=request.at,
            asked_at=command.asked_at,
            happened_at=command.happened_at,
            first=found.state.seq + 1,
            last=outcome.state.seq,
            refusal=outcome.refusal,
            salt=salt,
            written=max(request.at, self._now().replace(microsecond=0)) if self._now else request.at,
        )
        writing.write(found, outcome.state, outcome.face, pack, outcome.entries, decided)
        copies = {(copy.form, copy.copy): copy.values for copy in outcome.filled}
        writing.fill(outcome.entries, lambda entry: copies[entry.data["form"], entry.data["copy"]], salt)
        writing.send(outcome.errands, request.at)
        # What the workflow has missed comes first; mostly that is nothing, and nothing is read again.
        known = request.seq == found.state.seq
        entries = outcome.entries if known else writing.since(request.seq)
        return _result(outcome.face, entries, outcome.state.number, decided)

    def _pack(self, found: Found, request: HandleRequest) -> Pack:
        opening = request.command.what == "open"
        ref = found.state.pack or (request.command.pack if opening else None)
        if ref is None:
            raise ApplicationError(
                f"{request.case_id} was never opened, so {request.command.what} cannot be decided; open it first",
                type="CaseMissing",
                non_retryable=True,
            )
        try:
            return self._shelf.pack(ref)
        except EditionMissing as missing:
            raise self._told("EditionMissing", str(missing)) from None

    def _told(self, kind: str, message: str) -> ApplicationError:
        """What a case that has to wait is told; the log says it once, not at every try."""
        if message not in self._said:
            self._said.add(message)
            _log.warning("%s", message)
        return _wait(kind, message)

    @contextmanager
    def _surely(self, request: HandleRequest) -> Iterator[None]:
        """Fails a command that cannot be decided for good, so that it does not hold up its case."""
        try:
            yield
        except UNFORESEEN as error:
            opening = request.command.pack if request.command.what == "open" else None
            ref = opening or self._reading.pack_of(request.case_id) or "?"
            # The text of the error may hold anything, personal values too; its name may not.
            details = (str(ref), request.command.what, type(error).__name__)
            failed = "{}: {} cannot be decided ({}); nothing was written".format(*details)
            said = f"{request.case_id}: {failed}; it was in {_place_of(error)}"
            if said not in self._said:
                self._said.add(said)
                _log.error("%s", said)
            raise ApplicationError(
                failed, *details, type=DECIDE_FAILED, non_retryable=True, category=ApplicationErrorCategory.BENIGN
            ) from None

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        """Says once that the ledger is away and once that it is back; each try fails with a plain line."""
        try:
            yield
        except LedgerAway as away:
            if not self._away.is_set():
                self._away.set()
                _log.warning("%s", away)
            raise _wait("LedgerAway", str(away)) from None
        if self._away.is_set():
            self._away.clear()
            _log.warning("the ledger answers again")


def _result(face: Face, entries: tuple[Entry, ...], number: str, decided: Decided) -> HandleResult:
    return HandleResult(
        face=face,
        entries=entries,
        digest=decided.digest,
        number=number,
        salt=decided.salt,
        written=decided.written,
        first=decided.first,
        last=decided.last,
        refusal=decided.refusal,
    )


def _place_of(error: BaseException) -> str:
    """Where an error was raised: module, line and function, without any value."""
    *_, (frame, line) = walk_tb(error.__traceback__)
    return f"{frame.f_globals.get('__name__', '?')}:{line} {frame.f_code.co_name}"


def _wait(kind: str, message: str) -> ApplicationError:
    # BENIGN: a case that waits is no failure to report with a traceback at every try.
    return ApplicationError(message, type=kind, category=ApplicationErrorCategory.BENIGN)
