"""redress tables: the tables of a pack, what an installation keeps in them, and writing a dated row."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, tzinfo
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from activities.drivers.kept_rows import KeptRow, history, origin_by_hand, put_row, rows_as_of
from activities.drivers.ledger import Ledger
from activities.drivers.reading import Reading
from client.cli.near import nearest
from client.cli.options import many, option
from client.context import Context, here
from client.editions import find_pack
from client.home import ledger_of, shelf_of
from client.printing import show_json
from client.problems import DONE, NOT_FOUND, USAGE, problem
from client.tables import show, show_table
from client.times import local, present, spoken, today, utc
from client.words import titled, word
from rules.amounts import ratio
from rules.classes import Table
from rules.lookups import RANGE, amounts_of, columns_of
from rules.pack import Pack
from rules.rights import COMPLIANCE
from rules.values import Gap

INSTALLATION = "installation"


def list_tables(
    pack: Annotated[str, option("pack")],
    name: Annotated[str | None, option("table")] = None,
    /,
    *,
    at: Annotated[str | None, option("at", "--at")] = None,
    every: Annotated[bool, option("every", "--every")] = False,
) -> int:
    """The tables of a pack, or the rows of one as they were known and held at an instant; every row ever kept."""
    context, shelf = here(), shelf_of(here())
    found = find_pack(shelf, pack, today(), context.lang)
    zone = shelf.calendar(found.file.calendar).zone
    if name is None:
        _list(found, context)
        return DONE
    table = _table(found, name, context)
    when = present() if at is None else _instant(at, "--at", zone, context)
    with ledger_of(context) as ledger, ledger.reading() as connection:
        kept = history(connection, found.ref.id, name) if every else rows_as_of(connection, found.ref.id, name, when)
    rows = [_shown(row) for row in kept]
    if not every:
        rows += [_of_pack(row.key, row.at_least, row.under, row.gives) for row in table.rows]
    if context.json:
        show_json({"pack": str(found.ref), "table": name, "columns": sorted(columns_of(table)), "rows": rows})
        return DONE
    columns = sorted(columns_of(table))
    heads = [word(f"cli.{key}", context.lang) for key in ("key", "from", "until", "by")]
    cells = [
        [row["key"], *((row["gives"] or {}).get(column) or "—" for column in columns), *_when(row, zone), row["by"]]
        for row in rows
    ]
    show_table([heads[0], *columns, *heads[1:]], cells)
    return DONE


def set_row(
    pack: Annotated[str, option("pack")],
    name: Annotated[str, option("table")],
    key: Annotated[str, option("key")],
    /,
    *,
    by: Annotated[str, option("as", "--as")],
    settings: Annotated[list[str] | None, many("column", "--set")] = None,
    since: Annotated[str | None, option("since", "--from")] = None,
    until: Annotated[str | None, option("until", "--to")] = None,
) -> int:
    """Write what a key of a kept table gives from a day on; columns that are not set stay as they are."""
    return _write(pack, name, key, by, settings or [], since, until)


def end_row(
    pack: Annotated[str, option("pack")],
    name: Annotated[str, option("table")],
    key: Annotated[str, option("key")],
    /,
    *,
    by: Annotated[str, option("as", "--as")],
    since: Annotated[str | None, option("since", "--from")] = None,
) -> int:
    """Write that a key of a kept table has no row from a day on."""
    return _write(pack, name, key, by, None, since, None)


def _write(
    pack: str, name: str, key: str, by: str, settings: list[str] | None, since: str | None, until: str | None
) -> int:
    context, shelf, now = here(), shelf_of(here()), present()
    found = find_pack(shelf, pack, today(), context.lang)
    zone = shelf.calendar(found.file.calendar).zone
    table = _table(found, name, context)
    if table.kept_by is None:
        raise problem("table_not_kept", context.lang, table=name, pack=found.ref)
    begins = now if since is None else _instant(since, "--from", zone, context)
    ends = None if until is None else _instant(until, "--to", zone, context)
    if ends is not None and ends <= begins:
        start, end = local(begins, zone), local(ends, zone)
        raise problem("row_ends_first", context.lang, USAGE, start=start, end=end)
    row = KeptRow(_key(table, name, key, context), None, begins, ends, now, by, origin_by_hand())
    with ledger_of(context, prepare=True) as ledger:
        require_keeper(ledger, found, table.kept_by, by, context)
        with ledger.reading() as connection:
            held = rows_as_of(connection, found.ref.id, name, now, begins)
        if settings is not None:
            mine: Mapping[str, str] = next((each.gives or {} for each in held if each.key == row.key), {})
            row = replace(row, gives={**mine, **_given(found, name, settings, context)})
            _require_apart(row.key, [each.key for each in held], name, context)
        written = put_row(ledger, found.ref.id, name, row)
    if context.json:
        show_json(_shown(row) | {"pack": str(found.ref), "table": name, "unchanged": not written})
    else:
        said = "table_written" if written else "table_unchanged"
        show(word(f"cli.{said}", context.lang, table=name, key=row.key, at=local(begins, zone)))
    return DONE


def _table(pack: Pack, name: str, context: Context) -> Table:
    if name not in pack.file.table:
        near = nearest(name, pack.file.table, context.lang)
        raise problem("no_table", context.lang, NOT_FOUND, pack=pack.ref, table=name, near=near)
    return pack.file.table[name]


def _instant(text: str, name: str, zone: tzinfo, context: Context) -> datetime:
    try:
        return spoken(text, zone).replace(microsecond=0)
    except ValueError:
        raise problem("wrong_time", context.lang, USAGE, value=text, name=name) from None


def _key(table: Table, name: str, key: str, context: Context) -> str:
    """The key of a row; of a table by ranges its two ends."""
    low, between, high = key.partition(RANGE)
    if table.by is None:
        if not key.strip():
            raise problem("table_key_empty", context.lang, USAGE, table=name)
        return key.strip()
    try:
        ends = [Decimal(end) for end in (low, high) if end]
    except InvalidOperation:
        ends = []
    if not between or not ends or not all(end.is_finite() for end in ends) or sorted(set(ends)) != ends:
        raise problem("table_key_wrong", context.lang, USAGE, table=name, key=key)
    return key


def _given(pack: Pack, name: str, settings: list[str], context: Context) -> dict[str, str]:
    table = pack.file.table[name]
    pairs = {column.strip(): value.strip() for column, _, value in (each.partition("=") for each in settings)}
    wrong = [column for column in pairs if column not in table.columns]
    if wrong or not pairs:
        given, known = ", ".join(wrong) or "—", ", ".join(table.columns)
        raise problem("no_column", context.lang, USAGE, table=name, given=given, known=known)
    for column in sorted(amounts_of(pack.file, name) & pairs.keys()):
        number = ratio(pairs[column])
        if number is None or number < 0:
            raise problem("column_no_amount", context.lang, USAGE, column=column, value=pairs[column])
    return pairs


def _require_apart(key: str, others: list[str], name: str, context: Context) -> None:
    """Ranges that hold at one time do not overlap."""
    if RANGE not in key:
        return
    low, high = _ends(key)
    for other in others:
        start, end = _ends(other)
        if other != key and low < end and start < high:
            raise problem("table_overlaps", context.lang, table=name, key=key, other=other)


def _ends(key: str) -> tuple[Decimal, Decimal]:
    low, _, high = key.partition(RANGE)
    return Decimal(low or "-Infinity"), Decimal(high or "Infinity")


def require_keeper(ledger: Ledger, pack: Pack, kept_by: str, person: str, context: Context) -> None:
    """Nothing where a person has the role that keeps a table; what the installation keeps, the owner of the pack does."""
    directory = Reading(ledger).directory(present())
    role = (pack.file.owner or COMPLIANCE) if kept_by == INSTALLATION else kept_by
    if person not in directory.people:
        near = nearest(person, directory.people, context.lang)
        raise problem("no_person", context.lang, NOT_FOUND, person=person, near=near)
    if person not in directory.bound(pack.ref.id, role):
        raise problem("not_keeper", context.lang, person=person, role=role)


def _list(pack: Pack, context: Context) -> None:
    rows = [
        {"table": name, "title": {"zh": table.title.zh, "en": table.title.en}, "selected_by": table.key or table.by,
         "columns": sorted(columns_of(table)), "kept_by": table.kept_by, "rows": len(table.rows),
         "clause": list(table.clause)}
        for name, table in pack.file.table.items()
    ]  # fmt: skip
    if context.json:
        show_json(rows)
        return
    if not rows:
        show(word("cli.nothing_found", context.lang))
        return
    heads = [word(f"cli.{key}", context.lang) for key in ("table", "title", "key", "columns", "kept_by")]
    cells = [
        [name, titled(table.title, context.lang), table.key or table.by, ", ".join(sorted(columns_of(table))),
         table.kept_by or "—"]
        for name, table in pack.file.table.items()
    ]  # fmt: skip
    show_table(heads, cells)


def _shown(row: KeptRow) -> dict[str, Any]:
    return {
        "key": row.key, "gives": row.gives, "from": utc(row.valid_from), "to": utc(row.valid_to),
        "written_at": utc(row.written_at), "by": row.by, "origin": row.origin,
    }  # fmt: skip


def _of_pack(key: str | None, low: str | None, high: str | None, gives: Mapping[str, str | Gap]) -> dict[str, Any]:
    return {
        "key": key if key is not None else f"{low or ''}{RANGE}{high or ''}",
        "gives": {column: None if isinstance(value, Gap) else value for column, value in gives.items()},
        "from": None, "to": None, "written_at": None, "by": "", "origin": "pack",
    }  # fmt: skip


def _when(row: Mapping[str, Any], zone: tzinfo) -> list[str]:
    return [local(datetime.fromisoformat(row[name]) if row[name] else None, zone) for name in ("from", "to")]
