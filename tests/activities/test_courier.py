import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from activities.courier import LETTERS_AT_A_TIME, Courier
from activities.drivers.ledger import Ledger
from activities.drivers.outbox import LETTERS, Outbox
from activities.drivers.reading import Reading
from activities.drivers.tables import outbox as table
from activities.notices import LETTER_SECONDS, Notices, NotSent
from rules.commands import Command
from rules.outcomes import Errand, Refusal
from rules.pack import Pack, PackRef
from rules.problems import PackProblems
from tests.activities.office import Office
from tests.rules.corner_shop import ENDLESS, calendar

pytestmark = pytest.mark.offline
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@dataclass
class Answer:
    status: str
    refusal: Refusal | None = None


@dataclass
class Sent:
    """A sender of commands and a postman that only remember; `answers` says what the sender says, in turn."""

    commands: list[tuple[str, Command]] = field(default_factory=list)
    letters: list[EmailMessage] = field(default_factory=list)
    answers: list[str | Exception] = field(default_factory=list)
    down: bool = False
    hangs: threading.Event | None = None
    refuses: str = ""
    means: str = "test"

    async def open(self, case_id: str, command: Command) -> Answer:
        return await self.send(case_id, command)

    async def send(self, case_id: str, command: Command) -> Answer:
        self.commands.append((case_id, command))
        answer = self.answers.pop(0) if self.answers else "done"
        if isinstance(answer, Exception):
            raise answer
        return Answer("refused", Refusal(self.refuses)) if self.refuses else Answer(answer)

    def post(self, letter: EmailMessage) -> None:
        if self.hangs:
            self.hangs.wait(20)
        if self.down:
            raise NotSent("the mail server is down")
        self.letters.append(letter)


class Postman:
    means = "test"

    def __init__(self, sent: Sent) -> None:
        self.send: Callable[[EmailMessage], None] = sent.post


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def _courier(office: Office, sent: Sent, clock: Clock) -> Courier:
    notices = Notices(Postman(sent), "redress@shop.example")
    return Courier(office.ledger, notices, sent, shelf=office.shelf, calendars=office.shelf, now=clock)


def _poke(office: Office, key: str = "case-1/9/0") -> None:
    errand = Errand("poke", key, {"case_id": "case-2", "command_id": "poke/case-1/9"})
    Outbox(office.ledger).put("case-1", [errand], NOW)


async def test_rungs_reach_whom_they_name_and_leave_a_record(office: Office, reading: Reading) -> None:
    office.open()
    office.accept()
    office.ring("2026-03-05T18:00")
    sent = Sent()
    courier = _courier(office, sent, Clock())
    while await _round(courier):
        pass

    [record] = reading.deliveries("case-1")
    assert (record.person, record.role, record.status) == ("head", "department_head", "failed")
    assert "no mail address" in record.error
    assert Outbox(office.ledger).waiting() == 0
    assert sent.letters == []


async def test_a_down_mail_server_delays_only_the_letter(office: Office, reading: Reading) -> None:
    office.open(topic="goods", purchase="5000.00")
    sent, clock = Sent(down=True), Clock()
    courier = _courier(office, sent, clock)
    assert await _round(courier) == 1
    assert await _round(courier) == 0
    assert [each.status for each in reading.deliveries("case-1")] == ["failed"]
    assert office.accept().refusal is None

    sent.down = False
    clock.now += timedelta(seconds=1)
    assert await _round(courier) == 1
    [record] = reading.deliveries("case-1")
    assert (record.status, record.address, record.error) == ("sent", "leader@shop.example", "")
    assert "重大投诉 CS-2026-000001" in sent.letters[0].get_content()


async def test_a_poke_is_a_command_of_the_house_with_its_own_id(office: Office) -> None:
    _poke(office)
    sent = Sent()
    assert await _round(_courier(office, sent, Clock())) == 1
    [(case_id, command)] = sent.commands
    assert (case_id, command.id, command.what, command.by) == ("case-2", "poke/case-1/9", "poke", "house")


@pytest.mark.parametrize("trouble", ["pending", RuntimeError("secret 李先生")], ids=["pending", "broken"])
async def test_a_command_without_an_answer_is_sent_again_with_the_same_id(
    office: Office, trouble: str | Exception
) -> None:
    _poke(office)
    sent, clock = Sent(answers=[trouble]), Clock()
    courier = _courier(office, sent, clock)
    await _round(courier)
    assert await _round(courier) == 0
    clock.now += timedelta(seconds=1)
    assert await _round(courier) == 1
    assert {command.id for _, command in sent.commands} == {"poke/case-1/9"}
    assert Outbox(office.ledger).waiting() == 0


async def test_a_case_counted_past_the_calendar_is_asked_to_count_again_once_it_has_grown(office: Office) -> None:
    office.shelf.counted_by = calendar("cn")
    known = office.shelf.counted_by.published_through
    assert known is not None
    office.open(at=f"{known}-12-31T09:00")
    office.accept(at=f"{known}-12-31T10:00")
    sent = Sent()
    assert await _courier(office, sent, Clock()).recount() == 0

    office.shelf.counted_by = ENDLESS
    courier = _courier(office, sent, Clock())
    assert await courier.recount() == 1
    assert await courier.recount() == 0
    await _round(courier)
    assert [command.what for _, command in sent.commands] == ["recount"]


async def test_every_case_is_asked_and_one_that_cannot_be_judged_keeps_nobody_else_waiting(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    office.shelf.counted_by = calendar("cn")
    known = office.shelf.counted_by.published_through
    for number in range(5):
        office.open(f"case-{number}", at=f"{known}-12-31T09:00")
        office.accept(f"case-{number}", at=f"{known}-12-31T10:00")
    office.shelf.counted_by = ENDLESS
    right, asked = office.shelf.pack, iter(range(5))

    def broken_at_first(ref: PackRef) -> Pack:
        if next(asked) == 0:
            raise PackProblems(())
        return right(ref)

    monkeypatch.setattr("activities.courier.CASES_AT_A_TIME", 2)
    monkeypatch.setattr(office.shelf, "pack", broken_at_first)
    assert await _courier(office, Sent(), Clock()).recount() == 4
    assert "corner-shop.1 cannot be counted again (PackProblems)" in caplog.text


async def test_commands_are_carried_while_counting_again_fails_and_counting_is_tried_again(
    sqlite_ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, sent, turns = Office(sqlite_ledger), Sent(), []
    courier = _courier(office, sent, Clock())

    async def fails() -> int:
        turns.append(1)
        if len(turns) == 1:
            raise RuntimeError
        return 0

    monkeypatch.setattr("activities.courier.IDLE_SECONDS", 0.02)
    monkeypatch.setattr("activities.courier.TIDY_SECONDS", 0.05)
    monkeypatch.setattr(courier, "recount", fails)
    _poke(office)
    async with _running(courier):
        await _until(lambda: bool(sent.commands) and len(turns) >= 4)


async def test_letters_that_hang_hold_up_no_command_and_are_nobody_elses_meanwhile(sqlite_ledger: Ledger) -> None:
    office, let_go, sent, clock = Office(sqlite_ledger), threading.Event(), Sent(), Clock()
    courier, outbox = _courier(office, sent, clock), Outbox(sqlite_ledger)
    sent.hangs = let_go
    for number in range(LETTERS_AT_A_TIME + 2):
        office.open(f"case-{number}", topic="goods", purchase="5000.00")
    _poke(office)
    async with _running(courier):
        await _until(lambda: bool(sent.commands))
        clock.now += timedelta(seconds=2 * LETTER_SECONDS)
        assert len(outbox.lease(clock.now, "another worker", 99, 3600, LETTERS)) == 2
        let_go.set()
        await _until(lambda: outbox.waiting() == 2)


async def test_a_letter_that_fails_in_an_unknown_way_is_not_tried_for_ever(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("activities.courier.MOST_TRIES_OF_A_MESSAGE", 2)
    Outbox(office.ledger).put("case-1", [Errand("message", "case-1/9/0", {"says": "李先生"})], NOW)
    _poke(office, "case-1/9/1")
    clock = Clock()
    courier = _courier(office, Sent(answers=[RuntimeError("x")] * 3), clock)
    for waiting in (2, 1, 1):
        await _round(courier)
        clock.now += timedelta(hours=1)
        assert Outbox(office.ledger).waiting() == waiting
    with office.ledger.reading() as connection:
        [row] = connection.execute(select(table).where(table.c.kind == "message"))
    assert (row.result, row.error, row.tries) == ("failed", "KeyError", 2)


async def test_what_was_done_a_month_ago_is_taken_out(office: Office) -> None:
    _poke(office)
    clock = Clock()
    courier = _courier(office, Sent(), clock)
    await _round(courier)
    assert await courier.purge() == 0
    clock.now += timedelta(days=30, seconds=1)
    assert await courier.purge() == 1
    assert await courier.purge() == 0


async def test_the_loop_carries_outlives_trouble_and_ends_when_cancelled(
    sqlite_ledger: Ledger, caplog: pytest.LogCaptureFixture
) -> None:
    office = Office(sqlite_ledger)
    sent = Sent()
    courier = _courier(office, sent, Clock())
    with sqlite_ledger.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE outbox RENAME TO away")
    loop = asyncio.create_task(courier.run())
    await _until(lambda: "no such table" in caplog.text)
    with sqlite_ledger.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE away RENAME TO outbox")
    _poke(office)
    await _until(lambda: bool(sent.commands))
    loop.cancel()
    with pytest.raises(asyncio.CancelledError):
        await loop


@asynccontextmanager
async def _running(courier: Courier) -> AsyncIterator[None]:
    loop = asyncio.create_task(courier.run())
    try:
        yield
    finally:
        loop.cancel()
        await asyncio.gather(loop, return_exceptions=True)


async def _round(courier: Courier) -> int:
    return await courier.commands() + await courier.letters()


async def _until(true: Callable[[], bool]) -> None:
    for _ in range(200):
        if true():
            return
        await asyncio.sleep(0.05)
    raise TimeoutError
