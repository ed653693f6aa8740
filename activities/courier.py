"""The courier: carries what waits in the outbox, so that no case ever waits for a mail server or for another case."""

import asyncio
import logging
import os
import secrets
import socket
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, TypeVar

from pydantic import TypeAdapter

from activities.drivers.ledger import Ledger
from activities.drivers.outbox import COMMANDS, LETTERS, Leased, Outbox
from activities.drivers.reading import CaseRow, Reading
from activities.drivers.trouble import UNFORESEEN, LedgerAway
from activities.gathering import Calendars
from activities.notices import LETTER_SECONDS, Notices
from activities.shelf import Shelf
from rules.commands import HOUSE, Command, case_id_for
from rules.outcomes import Errand, Refusal

_log = logging.getLogger(__name__)
_COMMAND = TypeAdapter(Command)
_PENDING = "pending"
_Result = TypeVar("_Result")

AT_A_TIME = 16
LEASE_SECONDS = 120
#: As many letters are leased as leave at once, for much longer than one may take: nobody else sends them meanwhile.
LETTERS_AT_A_TIME = 4
LEASE_OF_LETTERS_SECONDS = 5 * LETTER_SECONDS
BUSY_SECONDS = 0.2
IDLE_SECONDS = 1.0
FIRST_WAIT_SECONDS = 1
LONGEST_WAIT_SECONDS = 900
#: A message is tried for about a day, commands to other cases for ever.
MOST_TRIES_OF_A_MESSAGE = 100
#: How often calendars that have grown are looked for, and errands that were done long ago.
TIDY_SECONDS = 600
CASES_AT_A_TIME = 200
KEPT_DAYS = 30
PURGED_AT_A_TIME = 500


class Answered(Protocol):
    """What a sender of commands gives back."""

    @property
    def status(self) -> str:
        """``done``, ``refused`` or ``pending``."""

    @property
    def refusal(self) -> Refusal | None:
        """Why it was refused."""


class CommandSender(Protocol):
    """Sends commands to cases, each within a bounded time; the same command id twice is the same as once."""

    async def open(self, case_id: str, command: Command) -> Answered:
        """Opens a case."""

    async def send(self, case_id: str, command: Command) -> Answered:
        """Sends a command to an open case."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Courier:
    """Carries errands until it is cancelled. Several workers may run one on the same ledger."""

    def __init__(
        self,
        ledger: Ledger,
        notices: Notices,
        commands: CommandSender,
        *,
        shelf: Shelf,
        calendars: Calendars,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        self._outbox = Outbox(ledger)
        self._reading = Reading(ledger)
        self._notices = notices
        self._commands = commands
        self._shelf = shelf
        self._calendars = calendars
        self._now = now
        self._name = f"{socket.gethostname()}/{os.getpid()}/{secrets.token_hex(4)}"
        self._said: set[str] = set()
        # Letters have threads of their own: a slow mail server holds up nothing but mail.
        self._threads = ThreadPoolExecutor(3, thread_name_prefix="courier")
        self._letter_threads = ThreadPoolExecutor(LETTERS_AT_A_TIME, thread_name_prefix="letters")

    async def run(self) -> None:
        """Carries what waits, for ever; trouble is logged once and outlived, cancelling it ends it."""
        try:
            async with asyncio.TaskGroup() as loops:
                loops.create_task(self._ever(self.commands, IDLE_SECONDS))
                loops.create_task(self._ever(self.letters, IDLE_SECONDS))
                loops.create_task(self._ever(self.recount, TIDY_SECONDS))
                loops.create_task(self._ever(self.purge, TIDY_SECONDS))
        finally:
            self.close()

    def close(self) -> None:
        """Begins nothing more; what is under way ends within its own bounds."""
        for threads in (self._threads, self._letter_threads):
            threads.shutdown(wait=False, cancel_futures=True)

    async def commands(self) -> int:
        """Sends the commands that are due now, at most `AT_A_TIME` at once; gives back how many there were.

        Raises:
            LedgerAway: The database does not answer; leases end by themselves.
        """
        terms = (self._now(), self._name, AT_A_TIME, LEASE_SECONDS, COMMANDS)
        errands = await self._off(self._outbox.lease, *terms)
        await self._settled(errands, [self._send(errand) for errand in errands])
        return len(errands)

    async def letters(self) -> int:
        """Sends the letters that are due now, at most `LETTERS_AT_A_TIME` at once; gives back how many there were.

        Raises:
            LedgerAway: The database does not answer; leases end by themselves.
        """
        terms = (self._now(), self._name, LETTERS_AT_A_TIME, LEASE_OF_LETTERS_SECONDS, LETTERS)
        errands = await self._off(self._outbox.lease, *terms)
        loop = asyncio.get_running_loop()
        sending = [loop.run_in_executor(self._letter_threads, self._deliver, errand) for errand in errands]
        await self._settled(errands, sending)
        return len(errands)

    async def recount(self) -> int:
        """Asks every case that counts past a calendar's end to count again where the calendar has grown since."""
        return await self._off(self._put_recounts)

    async def purge(self) -> int:
        """Takes out a bite of the errands that were done long ago; gives back how many."""
        return await self._off(self._outbox.purge, self._now() - timedelta(days=KEPT_DAYS), PURGED_AT_A_TIME)

    async def _ever(self, turn: Callable[[], Awaitable[int]], pause: float) -> None:
        trouble = ""
        while True:
            # Gathered, so that whatever one turn runs into never ends the courier.
            [found] = await asyncio.gather(turn(), return_exceptions=True)
            if isinstance(found, asyncio.CancelledError):
                raise found
            if isinstance(found, BaseException):
                said = str(found) if isinstance(found, LedgerAway) else f"{type(found).__name__} in the courier"
                if said != trouble:
                    _log.warning("%s", said)
                trouble = said
                await asyncio.sleep(IDLE_SECONDS)
                continue
            trouble = ""
            await asyncio.sleep(BUSY_SECONDS if found else pause)

    async def _settled(self, errands: list[Leased], carried: Sequence[Awaitable[None]]) -> None:
        """Waits for errands to be carried; what failed is noted and tried again, a letter not for ever."""
        outcomes = await asyncio.gather(*carried, return_exceptions=True)
        for errand, outcome in zip(errands, outcomes, strict=True):
            if outcome is None:
                continue
            if not isinstance(outcome, Exception):
                raise outcome
            # The text of an unknown error may hold anything, personal values too; its name may not.
            away = isinstance(outcome, LedgerAway)
            error = str(outcome) if away else type(outcome).__name__
            if errand.kind in LETTERS and not away and errand.tries >= MOST_TRIES_OF_A_MESSAGE:
                await self._off(self._outbox.given_up, errand.id, error)
            else:
                await self._off(self._outbox.failed, errand.id, error, self._later(errand))

    async def _send(self, errand: Leased) -> None:
        if errand.kind == "open":
            command = _COMMAND.validate_python(errand.data)
            answer = await self._commands.open(case_id_for(command.id), command)
        else:
            command = Command(
                id=errand.data["command_id"], what=errand.data.get("what", "poke"), by=HOUSE, asked_at=self._now()
            )
            answer = await self._commands.send(errand.data["case_id"], command)
        if answer.status == _PENDING:
            await self._off(self._outbox.failed, errand.id, "not answered yet", self._later(errand))
        else:
            code = f" {answer.refusal.code}" if answer.refusal else ""
            await self._off(self._outbox.done, errand.id, f"{answer.status}{code}")

    def _deliver(self, errand: Leased) -> None:
        now = self._now()
        delivery, again = self._notices.deliver(errand, self._reading.directory(now), self._reading.personal, now)
        if delivery.status == "sent":
            self._outbox.done(errand.id, "sent", delivery)
        elif again and errand.tries < MOST_TRIES_OF_A_MESSAGE:
            self._outbox.failed(errand.id, delivery.error, self._later(errand), delivery)
        else:
            self._outbox.given_up(errand.id, delivery.error, delivery)

    def _later(self, errand: Leased) -> datetime:
        wait = min(FIRST_WAIT_SECONDS * 2 ** min(errand.tries - 1, 20), LONGEST_WAIT_SECONDS)
        return self._now() + timedelta(seconds=wait)

    def _put_recounts(self) -> int:
        put, after = 0, ""
        while page := self._reading.provisional(after, CASES_AT_A_TIME):
            put += sum(self._put_recount(case) for case in page)
            after = page[-1].id
        return put

    def _put_recount(self, case: CaseRow) -> int:
        try:
            through = self._grown_through(case)
        except (*UNFORESEEN, OSError) as error:
            said = f"cases of {case.pack_id}.{case.edition} cannot be counted again ({type(error).__name__})"
            if said not in self._said:
                self._said.add(said)
                _log.warning("%s; look at the pack and its calendar, for example with: redress packs list", said)
            return 0
        if not through:
            return 0
        errand = Errand("poke", f"{case.id}/recount/{through}", _recounting(case.id, through))
        return self._outbox.put(case.id, [errand], self._now())

    def _grown_through(self, case: CaseRow) -> str:
        """Through which year the calendar of a case is known now, if a clock that runs provisional is due by then."""
        if case.state.pack is None:
            return ""
        calendar = self._calendars.calendar(self._shelf.pack(case.state.pack).file.calendar)
        clocks = [clock for clock in case.state.clocks.values() if clock.provisional and clock.ticking and clock.due]
        years = [calendar.local_date(clock.due).year for clock in clocks if clock.due]
        through = calendar.published_through
        if through is None:
            return "endless"
        return str(through) if any(year <= through for year in years) else ""

    async def _off(self, work: Callable[..., _Result], *given: Any) -> _Result:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *given)


def _recounting(case_id: str, through: str) -> dict[str, str]:
    return {"case_id": case_id, "command_id": f"recount/{through}", "what": "recount"}
