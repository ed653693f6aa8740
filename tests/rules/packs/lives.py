"""One full life for each kind and track of a pack, with every escalation: rehearsal scripts, and what happens in them.

``lives.jsonl`` in the folder of a pack is a rehearsal script. Its first line names the pack and a kind; where it names no
people, the company made for the pack plays. Lives stand in it one after another, each a case with a name; they are
sorted by time before they are played, and all of them share one world. ``lives.expected.jsonl`` is what has to happen.

`python -m tests.rules.packs.lives PACK` prints what happens; with ``--save`` it becomes what is expected: read it first.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from client.rehearsal import Rehearsal
from client.rehearsal_memory import InMemory
from client.rehearsal_script import Header, Script, read_script
from client.rehearsal_setting import Setting
from client.times import spoken
from rules import shelf
from rules.pack import Pack
from tests.rules.packs.agreed import PACKS, folder
from tests.rules.packs.everybody import company
from tests.rules.packs.playing import ZONE, shipped

SCRIPT, EXPECTED = "lives.jsonl", "lives.expected.jsonl"
#: What is compared of each event; instants are written in China time.
_KEYS = ("at", "case", "event", "subject", "stage", "step", "by", "due", "to", "amount", "clause")


class Lives(Setting):
    """The people and the packs of a script of lives. Packs come from the shelf that the tests of packs read."""

    def __init__(self, header: Header, home: Path) -> None:
        super().__init__(header, home, "en")
        if not header.people and header.org is None:
            self.directory = company(self.first)

    def pack(self, name: str, line: int) -> Pack:
        """The newest edition of a shipped pack."""
        found = self._packs[name] = shipped(name)
        return found

    def text(self, pack: Pack) -> str:
        """The text of its file, released or not."""
        return shelf.shipped()[pack.ref.id, pack.ref.edition].read_text(encoding="utf-8")


def script_of(pack: str) -> Script:
    """The lives of a pack as one script, in order of time."""
    read = read_script((folder(pack) / SCRIPT).read_text(encoding="utf-8").splitlines(), "en")
    return Script(read.header, tuple(sorted(read.orders, key=lambda order: spoken(order.at, ZONE))))


def lived(pack: str) -> list[dict[str, Any]]:
    """Everything that happens in the lives of a pack, played in memory; nothing where it has no kind of case."""
    if not shipped(pack).file.kind:
        return []
    script = script_of(pack)
    with tempfile.TemporaryDirectory() as home:
        setting = Lives(script.header, Path(home))
        return compared(Rehearsal(script, setting, InMemory(setting)).play())


def refusals(pack: str) -> list[str]:
    """What was refused in the lives of a pack, and why; nothing is, in lives that are right."""
    if not shipped(pack).file.kind:
        return []
    script = script_of(pack)
    with tempfile.TemporaryDirectory() as home:
        setting = Lives(script.header, Path(home))
        events = Rehearsal(script, setting, InMemory(setting)).play()
        return [
            f"{each['case']}: {each['step']} ({each['by']}): {each['why']}"
            for each in events
            if each["event"] == "refused"
        ]


def compared(events: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is compared of events: the keys that say something, instants in China time."""
    return [{key: _shown(event[key]) for key in _KEYS if event.get(key)} for event in events]


def expected(pack: str) -> list[dict[str, Any]]:
    """What has to happen in the lives of a pack; nothing where it is not written down."""
    if not (folder(pack) / EXPECTED).is_file():
        return []
    lines = (folder(pack) / EXPECTED).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _shown(value: Any) -> Any:
    if isinstance(value, str) and value.endswith("Z") and value[:4].isdecimal():
        return f"{spoken(value, ZONE).astimezone(ZONE):%Y-%m-%dT%H:%M:%S}"
    return value


def main(line: Sequence[str]) -> int:
    """0; what happens is on standard output, or is what is expected from now on."""
    parser = argparse.ArgumentParser(prog="python -m tests.rules.packs.lives", description=__doc__)
    parser.add_argument("pack", choices=PACKS)
    parser.add_argument("--save", action="store_true", help=f"write {EXPECTED} instead of printing")
    asked = parser.parse_args(line)
    sys.stderr.write("".join(f"refused: {each}\n" for each in refusals(asked.pack)))
    text = "".join(json.dumps(event, ensure_ascii=False) + "\n" for event in lived(asked.pack))
    if asked.save:
        (folder(asked.pack) / EXPECTED).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
