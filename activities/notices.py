"""Notices: an errand of kind message becomes a letter to somebody, in his language, at the address he has now."""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Protocol

from activities.drivers.outbox import Delivery, Leased
from activities.drivers.reading import PersonalValue
from rules.directory import Directory

CUSTOMER = "customer"
_ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\"]+")
#: Within how many seconds a letter has left or has not, however slow the server is.
LETTER_SECONDS = 60

#: Personal fields that may hold the customer's mail address, by a part of their name.
_CUSTOMER_FIELDS = ("mail", "contact", "customer")

_SUBJECTS = {
    "rung": {"zh": "[{number}] 时限升级", "en": "[{number}] A clock has escalated"},
    "notice": {"zh": "[{number}] 通知", "en": "[{number}] Notice"},
}
_BODY = "{says}\n"
_CLAUSE = {"zh": "\n依据:{clause}\n", "en": "\nUnder: {clause}\n"}
_SUBSTITUTE = {
    "zh": "\n{for_name} 现不在岗,您作为代理人收到本通知。\n",
    "en": "\n{for_name} is away; you receive this as the substitute.\n",
}


class NotSent(Exception):
    """A message did not leave; ``again`` says whether another try may help."""

    def __init__(self, reason: str, *, again: bool = True) -> None:
        self.again = again
        super().__init__(reason)


class Postman(Protocol):
    """What carries letters. ``means`` is how records call it."""

    means: str

    def send(self, letter: EmailMessage) -> None:
        """Sends a letter, within about `LETTER_SECONDS`.

        Raises:
            NotSent: It did not leave.
        """


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a message goes to: address (empty if there is none), language, and whose substitute it is, if anybody's."""

    address: str
    language: str
    for_name: str = ""


class Notices:
    """Delivers messages and says what became of each."""

    def __init__(self, postman: Postman, sender: str) -> None:
        self._postman = postman
        self._sender = sender

    def deliver(
        self, errand: Leased, directory: Directory, personal: Callable[[str], Iterable[PersonalValue]], now: datetime
    ) -> tuple[Delivery, bool]:
        """What became of the message of an errand, and whether another try may help.

        Args:
            errand: Of kind ``message``.
            directory: Everybody, as of now: addresses are those of now.
            personal: The personal values of a case, asked only where the customer is written to.
            now: The date of the letter.
        """
        to = addressee(errand, directory, personal)
        message_id = f"<{hashlib.sha256(errand.key.encode()).hexdigest()[:32]}@{self._sender.rpartition('@')[2]}>"
        error, again = "", False
        if not to.address:
            error = f"no mail address is known of {errand.data['to']}"
        else:
            try:
                self._postman.send(_letter(errand, to, self._sender, message_id, now))
            except NotSent as failure:
                error, again = str(failure), failure.again
        data = errand.data
        delivery = Delivery(
            key=errand.key,
            case_id=errand.case_id,
            person=data["to"],
            for_person=data.get("for") or "",
            role=data.get("role") or "",
            template=data["template"],
            means=self._postman.means,
            address=to.address,
            status="failed" if error else "sent",
            error=error,
            message_id=message_id,
            at=now,
        )
        return delivery, again


def addressee(errand: Leased, directory: Directory, personal: Callable[[str], Iterable[PersonalValue]]) -> Addressee:
    """Whom the message of an errand goes to, as things stand now."""
    data = errand.data
    language = data.get("lang") or "zh"
    if data["to"] == CUSTOMER:
        return Addressee(_address_in(personal(errand.case_id)), language)
    person, absent = directory.people.get(data["to"]), directory.people.get(data.get("for") or "")
    for_name = absent.name or absent.id if absent else data.get("for") or ""
    if person is None:
        return Addressee("", language, for_name)
    return Addressee(person.mail, person.language, for_name)


def _address_in(values: Iterable[PersonalValue]) -> str:
    """The newest personal value about the customer that is a mail address as a whole; what is only in a text is not."""
    for each in reversed(list(values)):
        about = any(part in each.field for part in _CUSTOMER_FIELDS)
        if about and isinstance(each.value, str) and _ADDRESS.fullmatch(each.value.strip()):
            return each.value.strip()
    return ""


def _letter(errand: Leased, to: Addressee, sender: str, message_id: str, now: datetime) -> EmailMessage:
    data, language = errand.data, to.language if to.language in _CLAUSE else "zh"
    fields = {
        "number": data.get("number", ""),
        "says": data["says"][language],
        "clause": _joined(data.get("clause", "")),
        "for_name": to.for_name,
    }
    body = _BODY
    if fields["clause"]:
        body += _CLAUSE[language]
    if to.for_name:
        body += _SUBSTITUTE[language]
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Message-ID"] = sender, to.address, message_id
    letter["Subject"] = _SUBJECTS[data["template"]][language].format_map(fields)
    letter["Date"] = format_datetime(now)
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(body.format_map(fields))
    return letter


def _joined(clause: str | Iterable[str]) -> str:
    return clause if isinstance(clause, str) else ", ".join(clause)
