"""A mail server for tests: takes every letter, or answers each recipient with a code of its own."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any


class Sink(socketserver.ThreadingTCPServer):
    """Letters that arrived, in order. ``answer`` is what it says to a recipient; ``drips`` seconds pass before each byte."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.letters: list[EmailMessage] = []
        self.answer = "250 ok"
        self.drips = 0.0
        self.closing = threading.Event()

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Session(socketserver.StreamRequestHandler):
    server: Any

    def handle(self) -> None:
        self._say("220 sink")
        while line := self.rfile.readline():
            word = line.split()[0].upper() if line.split() else b""
            if word == b"DATA":
                self._say("354 go on")
                lines = []
                while (line := self.rfile.readline()) not in (b".\r\n", b""):
                    lines.append(line)
                self.server.letters.append(message_from_bytes(b"".join(lines), policy=policy.default))
                self._say("250 taken")
            elif word == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say(self.server.answer if word == b"RCPT" else "250 ok")

    def _say(self, line: str) -> None:
        said = line.encode() + b"\r\n"
        for byte in [said] if not self.server.drips else [said[at : at + 1] for at in range(len(said))]:
            self.server.closing.wait(self.server.drips)
            with suppress(ConnectionError):
                self.wfile.write(byte)


@contextmanager
def sink() -> Iterator[Sink]:
    """A running mail server on a port of its own."""
    with Sink() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.closing.set()
            server.shutdown()
            thread.join()
