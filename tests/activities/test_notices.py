from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from activities.drivers.message_file import FilePostman
from activities.drivers.outbox import Leased
from activities.drivers.reading import PersonalValue
from activities.drivers.smtp import SmtpPostman
from activities.notices import Notices
from activities.settings import Mail
from rules.directory import Directory, Person
from tests.activities.mail_sink import sink

pytestmark = pytest.mark.offline
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PEOPLE = Directory(
    people={
        "head": Person("head", name="王主任", mail="head@shop.example"),
        "deputy": Person("deputy", name="Lee", mail="deputy@shop.example", language="en"),
        "gm": Person("gm"),
    }
)


def _errand(to: str = "head", **also: Any) -> Leased:
    data = {
        "to": to, "for": "", "role": "department_head", "template": "rung", "number": "CS-2026-000001",
        "clause": ["house-1"], "says": {"zh": "首次答复 已到 80%", "en": "first reply is at 80%"}, **also,
    }  # fmt: skip
    return Leased(1, "case-1/7/0", "case-1", "message", data, 1)


def _nothing(case_id: str) -> list[PersonalValue]:
    return []


def _letters(folder: Path) -> list[Any]:
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(folder.glob("*.eml"))]


def test_a_rung_is_told_in_the_readers_language_with_its_clause(tmp_path: Path) -> None:
    notices = Notices(FilePostman(tmp_path), "redress@shop.example")
    delivery, _ = notices.deliver(_errand(), PEOPLE, _nothing, NOW)

    [letter] = _letters(tmp_path)
    assert letter["To"] == "head@shop.example"
    assert letter["Subject"] == "[CS-2026-000001] 时限升级"
    assert letter.get_content().splitlines() == ["首次答复 已到 80%", "", "依据:house-1"]
    assert (delivery.status, delivery.means, delivery.address) == ("sent", "file", "head@shop.example")
    assert delivery.message_id == letter["Message-ID"]


def test_a_substitute_reads_for_whom_he_gets_it(tmp_path: Path) -> None:
    notices = Notices(FilePostman(tmp_path), "redress@shop.example")
    delivery, _ = notices.deliver(_errand("deputy", **{"for": "head"}), PEOPLE, _nothing, NOW)

    [letter] = _letters(tmp_path)
    assert "王主任 is away; you receive this as the substitute." in letter.get_content()
    assert (delivery.person, delivery.for_person) == ("deputy", "head")


def test_the_same_letter_twice_carries_the_same_message_id_and_is_one_file(tmp_path: Path) -> None:
    notices = Notices(FilePostman(tmp_path), "redress@shop.example")
    for _ in range(2):
        notices.deliver(_errand(), PEOPLE, _nothing, NOW)
    assert len(_letters(tmp_path)) == 1


@pytest.mark.parametrize("nobody", ["gm", "gone", "customer"])
def test_a_missing_address_is_a_failed_delivery(tmp_path: Path, nobody: str) -> None:
    delivery, again = Notices(FilePostman(tmp_path), "r@shop.example").deliver(_errand(nobody), PEOPLE, _nothing, NOW)
    assert (delivery.status, delivery.address, again) == ("failed", "", False)
    assert nobody in delivery.error
    assert not list(tmp_path.iterdir())


def test_the_customer_is_reached_at_the_newest_field_that_is_an_address_and_never_at_one_in_a_text(
    tmp_path: Path,
) -> None:
    values = [
        PersonalValue(2, "intake", 1, "contact", "old@home.example"),
        PersonalValue(3, "intake", 2, "contact", " new@home.example "),
        PersonalValue(4, "intake", 3, "contact", None),
        PersonalValue(5, "reply", 1, "customer_says", "write to lawyer@firm.example, not to me"),
        PersonalValue(6, "statement", 1, "witness", "witness@home.example"),
    ]
    notices = Notices(FilePostman(tmp_path), "r@shop.example")
    delivery, _ = notices.deliver(_errand("customer", template="notice"), PEOPLE, lambda case_id: values, NOW)
    assert (delivery.status, delivery.address) == ("sent", "new@home.example")


def test_mail_leaves_by_smtp() -> None:
    with sink() as server:
        mail = Mail(host="127.0.0.1", port=server.port, timeout=5)
        delivery, _ = Notices(SmtpPostman(mail), "redress@shop.example").deliver(_errand(), PEOPLE, _nothing, NOW)
        [letter] = server.letters
    assert (delivery.status, delivery.means) == ("sent", "mail")
    assert letter["Message-ID"] == delivery.message_id
    assert "首次答复 已到 80%" in letter.get_content()


@pytest.mark.parametrize(("answer", "again"), [("550 no such user", False), ("451 later", True)])
def test_a_refused_address_is_tried_again_only_where_that_may_help(answer: str, again: bool) -> None:
    with sink() as server:
        server.answer = answer
        mail = Mail(host="127.0.0.1", port=server.port, timeout=5)
        delivery, may_help = Notices(SmtpPostman(mail), "r@shop.example").deliver(_errand(), PEOPLE, _nothing, NOW)
    assert (delivery.status, may_help) == ("failed", again)
    assert answer[:3] in delivery.error


def test_a_mail_server_that_is_down_is_tried_again() -> None:
    postman = SmtpPostman(Mail(host="127.0.0.1", port=9, timeout=1))
    delivery, again = Notices(postman, "r@shop.example").deliver(_errand(), PEOPLE, _nothing, NOW)
    assert (delivery.status, again) == ("failed", True)
    assert "127.0.0.1:9" in delivery.error


def test_a_mail_server_that_answers_a_byte_at_a_time_is_given_up_in_time() -> None:
    with sink() as server:
        server.drips = 0.3
        postman = SmtpPostman(Mail(host="127.0.0.1", port=server.port, timeout=5), seconds=0.5)
        began = monotonic()
        delivery, again = Notices(postman, "r@shop.example").deliver(_errand(), PEOPLE, _nothing, NOW)
        took = monotonic() - began
        server.drips = 0.0
    assert (delivery.status, again) == ("failed", True)
    assert "within 0.5 seconds" in delivery.error
    assert took < 2
