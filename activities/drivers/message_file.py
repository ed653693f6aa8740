"""Messages as files: where no mail server is set, letters are laid into a folder that any mail program can open."""

import re
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from activities.drivers.file_store import put
from activities.notices import NotSent


class FilePostman:
    """Writes each letter into a file of its own, named after its Message-ID: the same letter twice is one file."""

    means = "file"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, letter: EmailMessage) -> None:
        """Writes a letter.

        Raises:
            NotSent: The folder cannot be written.
        """
        name = re.sub(r"[^\w.-]", "", str(letter["Message-ID"]).partition("@")[0])
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            put(self._folder / f"{name}.eml", letter.as_bytes(policy=SMTP))
        except OSError as error:
            raise NotSent(f"the folder {self._folder} cannot be written: {error.strerror or error}") from None
