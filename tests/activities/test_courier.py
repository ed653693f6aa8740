import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest

from activities.courier import Courier
from activities.drivers.ledger import Ledger
from activities.drivers.outbox import Outbox
from activities.drivers.reading import Reading
from activities.notices import Notices, NotSent
from rules.commands import Command, case_id_for
from rules.outcomes import Errand
from tests.activities.office import Office
from tests.rules.corner_shop import ENDLESS, calendar

pytestmark = pytest.mark.offline
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@dataclass
class Answer:
    status: str


@dataclass
class Sent:
    """A sender of commands and a postman that only remember; `answers` says what the sender says, in turn."""

    commands: list[tuple[str, Command]] = field(default_factory=list)
    letters: list[EmailMessage] = field(default_factory=list)
    answers: list[str | Exception] = field(default_factory=list)
    down: bool = False
    means: str = "test"

    async def open(self, case_id: str, command: Command) -> Answer:
        return await self.send(case_id, command)

    async def send(self, case_id: str, command: Command) -> Answer:
        self.commands.append((case_id, command))
        answer = self.answers.pop(0) if self.answers else "done"
        if isinstance(answer, Exception):
            raise answer
        return Answer(answer)

    def post(self, letter: EmailMessage) -> None:
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
    while await courier.round():
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
    assert await courier.round() == 1
    assert await courier.round() == 0
    assert [each.status for each in reading.deliveries("case-1")] == ["failed"]
    assert office.accept().refusal is None

    sent.down = False
    clock.now += timedelta(seconds=1)
    assert await courier.round() == 1
    [record] = reading.deliveries("case-1")
    assert (record.status, record.address, record.error) == ("sent", "leader@shop.example", "")
    assert "重大投诉 CS-2026-000001" in sent.letters[0].get_content()


async def test_a_poke_is_a_command_of_the_house_with_its_own_id(office: Office) -> None:
    _poke(office)
    sent = Sent()
    assert await _courier(office, sent, Clock()).round() == 1
    [(case_id, command)] = sent.commands
    assert (case_id, command.id, command.what, command.by) == ("case-2", "poke/case-1/9", "poke", "house")


@pytest.mark.parametrize("trouble", ["pending", RuntimeError("secret 李先生")], ids=["pending", "broken"])
async def test_a_command_without_an_answer_is_sent_again_with_the_same_id(
    office: Office, trouble: str | Exception
) -> None:
    _poke(office)
    sent, clock = Sent(answers=[trouble]), Clock()
    courier = _courier(office, sent, clock)
    await courier.round()
    assert await courier.round() == 0
    clock.now += timedelta(seconds=1)
    assert await courier.round() == 1
    assert {command.id for _, command in sent.commands} == {"poke/case-1/9"}
    assert Outbox(office.ledger).waiting() == 0


async def test_a_linked_case_is_opened_under_the_id_of_its_command(office: Office) -> None:
    opening = {
        "id": "case-1/link/appeal/1", "what": "open", "by": "clerk", "asked_at": "2026-03-02T01:00:00Z", "fields": {},
        "kind": "complaint", "carried": {"link": "appeal"}, "pack": {"id": "corner-shop", "edition": 1, "sha256": "0"},
    }  # fmt: skip
    Outbox(office.ledger).put("case-1", [Errand("open", "case-1/9/0", opening)], NOW)
    sent = Sent()
    await _courier(office, sent, Clock()).round()
    [(case_id, command)] = sent.commands
    assert case_id == case_id_for("case-1/link/appeal/1")
    assert (command.asked_at, command.carried) == (NOW, {"link": "appeal"})


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
    await courier.round()
    assert [command.what for _, command in sent.commands] == ["recount"]


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


async def _until(true: Callable[[], bool]) -> None:
    for _ in range(200):
        if true():
            return
        await asyncio.sleep(0.05)
    raise TimeoutError
