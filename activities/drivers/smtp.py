"""Mail by SMTP."""

import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage

from activities.notices import LETTER_SECONDS, NotSent
from activities.settings import Mail

_REFUSED_FOR_GOOD = range(500, 600)
_LOOK_AGAIN_SECONDS = 0.2


class SmtpPostman:
    """Carries letters to a mail server, one connection a letter.

    Every wait is bounded by the timeout of the settings, and the whole letter by a number of seconds, so that a server
    that answers a byte at a time holds nothing up; only connecting may take longer, one timeout for each of its addresses.
    """

    means = "mail"

    def __init__(self, mail: Mail, seconds: float = LETTER_SECONDS) -> None:
        self._mail = mail
        self._seconds = seconds

    def send(self, letter: EmailMessage) -> None:
        """Hands a letter to the server.

        Raises:
            NotSent: The server does not answer in time, or will not take it; a refusal for good is not tried again.
        """
        watch = _Watch()
        try:
            with watch.over(self._seconds), self._connected(watch) as server:
                if self._mail.security == "starttls":
                    server.starttls(context=ssl.create_default_context())
                if self._mail.user:
                    server.login(self._mail.user, self._mail.password)
                server.send_message(letter)
        except (OSError, smtplib.SMTPException) as error:
            raise self._not_sent(error, late=watch.late) from None

    def _not_sent(self, error: OSError, *, late: bool) -> NotSent:
        where = f"{self._mail.host}:{self._mail.port}"
        if late:
            # What the server said last was cut off in the middle, so nothing is read out of it.
            return NotSent(f"the mail server {where} does not take it within {self._seconds:g} seconds")
        if isinstance(error, smtplib.SMTPRecipientsRefused):
            code = next(iter(error.recipients.values()))[0]
            return NotSent(f"the mail server refuses the address ({code})", again=code not in _REFUSED_FOR_GOOD)
        if isinstance(error, smtplib.SMTPResponseException):
            return NotSent(f"the mail server answers {error.smtp_code}")
        return NotSent(f"the mail server {where} does not take it: {type(error).__name__}")

    def _connected(self, watch: "_Watch") -> smtplib.SMTP:
        timeout = min(self._mail.timeout, self._seconds)
        return (_Smtps if self._mail.security == "tls" else _Smtp)(self._mail, timeout, watch)


class _Watch:
    """Ends the connection of a server when its time is over, whatever it is waiting for."""

    def __init__(self) -> None:
        self.server: smtplib.SMTP | None = None
        self.late = False
        self._over = threading.Event()

    @contextmanager
    def over(self, seconds: float) -> Iterator[None]:
        """Watches what happens inside for so many seconds."""
        threading.Thread(target=self._look, args=(seconds,), name="letter", daemon=True).start()
        try:
            yield
        finally:
            self._over.set()

    def _look(self, seconds: float) -> None:
        wait = seconds
        while not self._over.wait(wait):
            self.late, wait = True, _LOOK_AGAIN_SECONDS
            line = self.server.sock if self.server else None
            if line is not None:
                # Of the socket below TLS: a farewell would have to be waited for as well.
                with suppress(OSError):
                    socket.socket.shutdown(line, socket.SHUT_RDWR)


class _Smtp(smtplib.SMTP):
    def __init__(self, mail: Mail, timeout: float, watch: _Watch) -> None:
        watch.server = self  # the server's first word is waited for inside
        super().__init__(mail.host, mail.port, timeout=timeout)


class _Smtps(smtplib.SMTP_SSL):
    def __init__(self, mail: Mail, timeout: float, watch: _Watch) -> None:
        watch.server = self
        super().__init__(mail.host, mail.port, timeout=timeout, context=ssl.create_default_context())
