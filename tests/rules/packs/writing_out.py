"""`python -m tests.rules.packs.writing_out PACK`: what a pack says, as its three tables, for its author to read and save.

With ``--save`` the tables are written into the folder of the pack. Read them against the regulation before anybody
relies on them: a table that was never read proves nothing.
"""

import argparse
import csv
import io
import sys
from collections.abc import Sequence

from rules import shelf
from tests.rules.packs.agreed import ENCODED, FORMS, PEOPLE, Rows, clauses_of, folder, forms_of, people_of

HEADS = {ENCODED: ("clause", "status", "rows"), PEOPLE: ("what", "name", "roles"), FORMS: ("form", "field", "asked")}


def text_of(table: str, rows: Rows) -> str:
    """A table as its file has it."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([HEADS[table], *rows])
    return text.getvalue()


def main(line: Sequence[str]) -> int:
    """0; the tables are on standard output or in the folder of the pack."""
    parser = argparse.ArgumentParser(prog="python -m tests.rules.packs.writing_out", description=__doc__)
    parser.add_argument("pack", help="the id of a shipped pack")
    parser.add_argument("--save", action="store_true", help="write the files instead of printing them")
    asked = parser.parse_args(line)
    pack = shelf.load(asked.pack, shelf.newest()[asked.pack])
    tables = {ENCODED: clauses_of(pack), PEOPLE: people_of(pack.file), FORMS: forms_of(pack.file)}
    for table, rows in tables.items():
        if asked.save:
            folder(asked.pack).mkdir(exist_ok=True)
            (folder(asked.pack) / "__init__.py").touch()
            (folder(asked.pack) / table).write_text(text_of(table, rows), encoding="utf-8")
        else:
            sys.stdout.write(f"== {table}\n{text_of(table, rows)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
