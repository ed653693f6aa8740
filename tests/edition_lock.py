"""`python -m tests.edition_lock` releases every edition that is in rules/packs: its hash goes into editions.lock.

It never alters a line: a released edition is not edited, the next text is the next edition.
"""

import sys

from rules import shelf
from tests.listing import ROOT

PACKS = ROOT / "rules" / "packs"
LOCK = PACKS / shelf.LOCK


def main() -> int:
    """0, or 1 if a released edition has another text now."""
    try:
        text = shelf.lock_text(PACKS)
    except ValueError as changed:
        sys.stderr.write(f"{changed}\n")
        return 1
    LOCK.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
