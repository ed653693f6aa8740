"""Documents: what people attach to a form; the case keeps name, size and checksum, the store the bytes."""

from pathlib import Path
from typing import Any

from activities.drivers.file_store import FileStore


class DocumentTooLarge(ValueError):
    """A file is larger than the installation takes.

    Attributes:
        size: Its size in bytes.
        most: The largest size in bytes that is taken.
    """

    def __init__(self, name: str, size: int, most: int) -> None:
        self.size = size
        self.most = most
        super().__init__(
            f"{name} has {size:,} bytes, this installation takes {most:,} at most; "
            "attach a smaller file, or raise file_limit in redress.toml"
        )


class Documents:
    """Takes documents in and gives them out again. ``most`` is the size limit in bytes."""

    def __init__(self, store: FileStore, most: int) -> None:
        self._store = store
        self._most = most

    def take(self, path: Path) -> dict[str, Any]:
        """Stores a file; gives back the value of a file field: ``name``, ``sha256`` and ``size`` (bytes).

        Raises:
            OSError: The file cannot be read.
            DocumentTooLarge: It is over the limit.
        """
        with path.open("rb") as file:
            content = file.read(self._most + 1)
        if len(content) > self._most:
            raise DocumentTooLarge(path.name, path.stat().st_size, self._most)
        return {"name": path.name, "sha256": self._store.keep(content), "size": len(content)}

    def give(self, value: dict[str, Any]) -> bytes:
        """The bytes of the value of a file field.

        Raises:
            FileDamaged: They are lost, or not the same any more.
        """
        return self._store.read(value["sha256"])
