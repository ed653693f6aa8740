"""The order in which people see cases: the gravest first, by the classes that the pack's queue names."""

from activities.drivers.reading import CaseRow
from activities.shelf import EditionMissing, FileShelf
from rules.pack import Pack, PackRef


def rank(row: CaseRow, shelf: FileShelf) -> tuple[int, ...]:
    """What a case is sorted by, smaller first; cases without a queue, or without the class, come after all others."""
    try:
        pack = shelf.pack(PackRef(row.pack_id, row.edition, row.sha256))
    except EditionMissing:
        return (_LAST,)
    kind = pack.file.kind.get(row.kind)
    return (*(_place(pack, name, row.state.classes.get(name)) for name in (kind.queue if kind else ())), _LAST)


def queued(rows: list[CaseRow], shelf: FileShelf) -> list[CaseRow]:
    """The cases in the order of their queues; those that rank alike stay in the order in which they come."""
    return sorted(rows, key=lambda row: rank(row, shelf))


#: Beyond the place of every value of a class.
_LAST = 1_000_000


def _place(pack: Pack, name: str, value: str | None) -> int:
    values = pack.file.class_[name].values
    return values.index(value) if value in values else _LAST
