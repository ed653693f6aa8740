"""redress clauses: where each clause of the published packs stands, with its rows and its tests."""

import json
from importlib.resources import files
from typing import Annotated, Any

from client.cli.options import option
from client.context import here
from client.editions import find_pack
from client.home import shelf_of
from client.printing import show_json
from client.problems import DONE
from client.tables import show, show_table
from client.times import today
from client.words import word
from rules.accounting import accounts
from rules.pack import Pack

#: Which tests hold which clause; the test run writes it: ``{"clause id": ["test id", ...]}``.
TESTS = "clauses.lock"


def clauses(pack: Annotated[str | None, option("pack")] = None, /) -> int:
    """The state of every clause of a pack, or of the newest edition of each."""
    context, shelf = here(), shelf_of(here())
    names = [pack] if pack else sorted({ref.id for ref in shelf.published()})
    held = held_by_tests()
    rows = [row for name in names for row in rows_of(find_pack(shelf, name, today(), context.lang), held)]
    if context.json:
        show_json(rows)
        return DONE
    columns = [word(f"cli.{key}", context.lang) for key in ("pack", "clause", "status", "rows", "tests")]
    show_table(
        columns,
        [
            [row["pack"], row["clause"], word(f"status.{row['status']}", context.lang), ", ".join(row["rows"]) or "—",
             len(row["tests"])]
            for row in rows
        ],
    )  # fmt: skip
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["status"]] = counts.get(row["status"], 0) + 1
    show("", "  ".join(f"{word(f'status.{status}', context.lang)} {count}" for status, count in counts.items()))
    return DONE


def rows_of(pack: Pack, held: dict[str, list[str]]) -> list[dict[str, Any]]:
    """One row for each clause of a pack, in the order of the file."""
    return [
        {
            "pack": pack.ref.id, "clause": account.clause, "status": account.status, "rows": list(account.rows),
            "tests": held.get(account.clause, held.get(f"{pack.ref.id}:{account.clause}", [])),
        }
        for account in accounts(pack)
    ]  # fmt: skip


def held_by_tests() -> dict[str, list[str]]:
    """The tests that hold each clause; empty where no test run has written them down."""
    lock = files("rules").joinpath("packs", TESTS)
    if not lock.is_file():
        return {}
    found: dict[str, list[str]] = json.loads(lock.read_text(encoding="utf-8"))
    return found
