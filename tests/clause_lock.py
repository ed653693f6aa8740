"""Which tests hold which clause: a clause is held by every test whose id names it. Kept in rules/packs/clauses.lock."""

import json
import re
from collections.abc import Iterable, Iterator

from rules import shelf
from rules.pack import Pack
from tests.listing import ROOT

LOCK = ROOT / "rules" / "packs" / "clauses.lock"


def shipped_packs() -> list[Pack]:
    """The newest edition of every pack that is shipped, by id."""
    return [shelf.load(pack, edition) for pack, edition in shelf.newest().items()]


def held(packs: Iterable[Pack], test_ids: Iterable[str]) -> dict[str, list[str]]:
    """Clause -> the ids of the tests that name it, sorted; clauses that no test names are left out.

    House rules are numbered in every pack anew: theirs are under ``<pack id>:house-N``, and a test that holds one has
    the pack's id in its own too, as its folder of tests has it.
    """
    ids = sorted(set(test_ids))
    found = {
        key: [test for test in ids if named.search(test) and pack in plain(test)] for key, named, pack in _keys(packs)
    }
    return {key: tests for key, tests in sorted(found.items()) if tests}


def key_of(pack: Pack, clause: str) -> str:
    """The key of a clause in the lock."""
    return f"{pack.ref.id}:{clause}" if clause.startswith("house-") else clause


def text_of(lock: dict[str, list[str]]) -> str:
    """The lock as its file has it."""
    return json.dumps(lock, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def plain(text: str) -> str:
    """A name as both test files and packs write it."""
    return text.replace("-", "_")


def _keys(packs: Iterable[Pack]) -> Iterator[tuple[str, re.Pattern[str], str]]:
    for pack in packs:
        for clause in pack.file.clause:
            named = re.compile(rf"(?<![A-Za-z0-9.]){re.escape(clause)}(?![A-Za-z0-9]|\.[0-9])")
            house = clause.startswith("house-")
            yield key_of(pack, clause), named, plain(pack.ref.id) if house else ""
