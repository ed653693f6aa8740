"""Which editions of packs are released: file name -> sha256, in rules/packs/editions.lock.

`python -m tests.edition_lock` adds editions that are not in the lock yet. It never alters a line: an edition that was
released is not edited; the next text is the next edition.
"""

import hashlib
import json
import sys

from tests.listing import ROOT

PACKS = ROOT / "rules" / "packs"
LOCK = PACKS / "editions.lock"


def read() -> dict[str, str]:
    """The released editions; none where there is no lock yet."""
    found: dict[str, str] = json.loads(LOCK.read_text(encoding="utf-8")) if LOCK.is_file() else {}
    return found


def unlocked(lock: dict[str, str]) -> list[str]:
    """The editions that are not in a lock, by file name."""
    return sorted(file.name for file in PACKS.glob("*.toml") if file.name not in lock)


def main() -> int:
    """Release what is not released yet; 0."""
    lock = read()
    for name in unlocked(lock):
        lock[name] = hashlib.sha256((PACKS / name).read_bytes()).hexdigest()
        sys.stdout.write(f"released: {name} {lock[name]}\n")
    LOCK.write_text(json.dumps(lock, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
