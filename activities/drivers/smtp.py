"""Mail by SMTP."""

import smtplib
import ssl
from email.message import EmailMessage

from activities.notices import NotSent
from activities.settings import Mail

_REFUSED_FOR_GOOD = range(500, 600)


class SmtpPostman:
    """Carries letters to a mail server, one connection a letter, every wait bounded by the timeout of the settings."""

    means = "mail"

    def __init__(self, mail: Mail) -> None:
        self._mail = mail

    def send(self, letter: EmailMessage) -> None:
        """Hands a letter to the server.

        Raises:
            NotSent: The server does not answer, or will not take it; a refusal for good is not tried again.
        """
        try:
            with self._connected() as server:
                if self._mail.security == "starttls":
                    server.starttls(context=ssl.create_default_context())
                if self._mail.user:
                    server.login(self._mail.user, self._mail.password)
                server.send_message(letter)
        except smtplib.SMTPRecipientsRefused as refused:
            code = next(iter(refused.recipients.values()))[0]
            again = code not in _REFUSED_FOR_GOOD
            raise NotSent(f"the mail server refuses the address ({code})", again=again) from None
        except smtplib.SMTPResponseException as answer:
            raise NotSent(f"the mail server answers {answer.smtp_code}") from None
        except (OSError, smtplib.SMTPException) as error:
            where = f"{self._mail.host}:{self._mail.port}"
            raise NotSent(f"the mail server {where} does not take it: {type(error).__name__}") from None

    def _connected(self) -> smtplib.SMTP:
        mail = self._mail
        if mail.security == "tls":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(mail.host, mail.port, timeout=mail.timeout, context=context)
        return smtplib.SMTP(mail.host, mail.port, timeout=mail.timeout)
