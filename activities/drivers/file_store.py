"""The file store: what people attach, under the checksum of its bytes, in the data folder."""

import fcntl
import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LOOK_AGAIN_SECONDS = 0.02


class FileDamaged(OSError):
    """A stored file is not there, or its bytes are not those that were stored."""


class FileStore:
    """Files in a folder, each under its sha256: ``ab/cdef…``. The same bytes are kept once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, content: bytes) -> str:
        """Stores bytes so that a power cut cannot lose them; gives back their sha256 (hex)."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._path(sha256)
        if path.is_file() and path.stat().st_size == len(content):
            return sha256
        path.parent.mkdir(parents=True, exist_ok=True)
        put(path, content)
        return sha256

    def read(self, sha256: str) -> bytes:
        """The bytes of a checksum.

        Raises:
            FileDamaged: They are not there, or are not the same any more.
        """
        try:
            content = self._path(sha256).read_bytes()
        except FileNotFoundError:
            raise FileDamaged(f"no file {sha256[:12]}… is stored here; bring it back from a backup of files/") from None
        if hashlib.sha256(content).hexdigest() != sha256:
            raise FileDamaged(f"the file {sha256[:12]}… was changed on disk; bring it back from a backup of files/")
        return content

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256[2:]


def put(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all, and onto the disk before it has its name."""
    fresh = path.with_name(f".{path.name[:40]}.{secrets.token_hex(4)}")
    with fresh.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def alone(path: Path, seconds: float) -> Iterator[None]:
    """Keeps every other process and thread out that asks for the same path, a file that is made for it.

    Raises:
        TimeoutError: Somebody else has held it for that many seconds.
    """
    ends = time.monotonic() + seconds
    with path.open("ab") as file:
        while not _locked(file.fileno()):
            if time.monotonic() >= ends:
                raise TimeoutError(f"{path} has been held by another process for {seconds:g} seconds; try again")
            time.sleep(_LOOK_AGAIN_SECONDS)
        # Closing the file lets go.
        yield


def _locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
