"""redress clauses: where each clause of the published packs stands, with its rows and its tests."""

import json
from collections import Counter
from importlib.resources import files
from typing import Annotated, Any

from client.cli.near import nearest
from client.cli.options import option
from client.context import here
from client.editions import find_pack
from client.home import shelf_of
from client.printing import show_json
from client.problems import DONE, USAGE, problem
from client.tables import show, show_table
from client.times import today
from client.words import word
from rules.accounting import ENCODED, GAP, NOT_YET, NOTHING, accounts
from rules.pack import Pack

#: Which tests hold which clause; the test run writes it: ``{"clause id": ["test id", ...]}``.
TESTS = "clauses.lock"
STATUSES = (ENCODED, NOTHING, GAP, NOT_YET)


def clauses(
    pack: Annotated[str | None, option("pack")] = None,
    /,
    *,
    status: Annotated[str | None, option("status", "--status")] = None,
    limit: Annotated[int | None, option("limit", "--limit")] = None,
) -> int:
    """The state of every clause of a pack, or of the newest edition of each; or only of those of one status."""
    context, shelf = here(), shelf_of(here())
    if status is not None and status not in STATUSES:
        near = nearest(status, STATUSES, context.lang)
        raise problem("status_wrong", context.lang, USAGE, status=status, near=near)
    if limit is not None and limit < 1:
        raise problem("limit_wrong", context.lang, USAGE, name="--limit")
    names = [pack] if pack else sorted({ref.id for ref in shelf.published()})
    held = held_by_tests()
    every = [row for name in names for row in rows_of(find_pack(shelf, name, today(), context.lang), held)]
    rows = [row for row in every if status in (None, row["status"])]
    if context.json:
        show_json(rows[:limit])
        return DONE
    columns = [word(f"cli.{key}", context.lang) for key in ("pack", "clause", "status", "rows", "tests")]
    show_table(
        columns,
        [
            [row["pack"], row["clause"], word(f"status.{row['status']}", context.lang), ", ".join(row["rows"]) or "—",
             len(row["tests"])]
            for row in rows[:limit]
        ],
    )  # fmt: skip
    if limit is not None and len(rows) > limit:
        show(word("cli.more_rows", context.lang, count=len(rows) - limit))
    counts = Counter(row["status"] for row in every)
    show("", "  ".join(f"{word(f'status.{name}', context.lang)} {count}" for name, count in counts.items()))
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
