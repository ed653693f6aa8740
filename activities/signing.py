"""Signatures under packs: who has signed which text in which role, kept in the data folder beside the lock."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from activities.drivers.file_store import alone, put
from rules.instants import stamp
from rules.pack import Pack

FILE = "signatures.json"
_SIGNING = ".signing"
_SECONDS_FOR_A_TURN = 10.0


@dataclass(frozen=True, slots=True)
class Signature:
    """A person has signed a text in a role, at an instant written as UTC."""

    role: str
    by: str
    at: str


class Signatures:
    """The signatures of a data folder, by the sha256 of the text that was signed: another text has none."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "packs"

    def under(self, sha256: str) -> tuple[Signature, ...]:
        """The signatures under a text, in the order in which they were given."""
        return tuple(Signature(**each) for each in self._all().get(sha256, []))

    def lacking(self, pack: Pack) -> tuple[str, ...]:
        """The roles that have not signed a pack yet, in the order in which it names them."""
        signed = {each.role for each in self.under(pack.ref.sha256)}
        return tuple(role for role in pack.file.signatures if role not in signed)

    def sign(self, sha256: str, role: str, by: str, at: datetime) -> bool:
        """Write down that a person signs a text in a role; whether that is new. The first signature of a role stands.

        Raises:
            TimeoutError: Another process has been signing for ten seconds.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        with alone(self._folder / _SIGNING, _SECONDS_FOR_A_TURN):
            known = self.under(sha256)
            if role in {each.role for each in known}:
                return False
            signed = [asdict(each) for each in (*known, Signature(role, by, stamp(at)))]
            text = json.dumps(self._all() | {sha256: signed}, ensure_ascii=False, indent=1, sort_keys=True)
            put(self._folder / FILE, (text + "\n").encode())
        return True

    def _all(self) -> dict[str, list[dict[str, str]]]:
        file = self._folder / FILE
        if not file.is_file():
            return {}
        found: dict[str, list[dict[str, str]]] = json.loads(file.read_text(encoding="utf-8"))
        return found
