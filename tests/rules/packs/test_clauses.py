"""Every clause of the shipped packs is accounted for, in the source's order, and everything has its words in both languages."""

import csv
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from rules.accounting import NOT_YET
from rules.values import Title
from tests.rules.packs.agreed import ENCODED, HERE, PACKS, agreed, folder
from tests.rules.packs.playing import accounted, shipped

pytestmark = pytest.mark.pure

HAN = re.compile("[\u4e00-\u9fff]")
ALL = [
    pytest.param(pack, clause, status, rows, id=f"{clause}-{pack}")
    for pack in PACKS
    for clause, status, rows in agreed(pack, ENCODED)
]


def inside(row: Any) -> Iterator[Any]:
    """A row and everything that stands in it."""
    yield row
    if is_dataclass(row):
        values = [getattr(row, each.name) for each in fields(row)]
    else:
        values = list(row.values()) if isinstance(row, dict) else list(row) if isinstance(row, tuple) else []
    for value in values:
        yield from inside(value)


def titles(row: Any) -> list[Title]:
    """Every title in a row and in the rows inside it."""
    return [each for each in inside(row) if isinstance(each, Title)]


@pytest.mark.parametrize("pack", PACKS)
def test_a_shipped_pack_has_a_folder_with_what_was_agreed_on_and_tests_of_its_own(pack: str) -> None:
    assert (folder(pack) / "__init__.py").is_file()
    assert agreed(pack, ENCODED)
    assert list(folder(pack).glob("test_*.py"))


def test_every_folder_belongs_to_a_shipped_pack() -> None:
    assert {each.parent for each in HERE.glob("*/__init__.py")} == {folder(pack) for pack in PACKS}


@pytest.mark.parametrize(("pack", "clause", "status", "rows"), ALL)
def test_a_clause_stands_where_the_regulation_was_read_to_put_it(
    pack: str, clause: str, status: str, rows: str
) -> None:
    assert (clause, status, rows) in accounted(pack)


@pytest.mark.parametrize("pack", PACKS)
def test_the_clauses_stand_in_the_order_of_the_source(pack: str) -> None:
    assert [clause for clause, _, _ in accounted(pack)] == [row[0] for row in agreed(pack, ENCODED)]


@pytest.mark.parametrize("pack", PACKS)
def test_the_clauses_of_law_have_the_prefix_of_the_pack(pack: str) -> None:
    file = shipped(pack).file
    law = [name for name, clause in file.clause.items() if not clause.house]
    assert [name for name in law if not name.startswith(f"{file.prefix}-")] == []


@pytest.mark.parametrize("pack", PACKS)
def test_every_clause_says_what_it_says(pack: str) -> None:
    clauses = shipped(pack).file.clause
    short = [
        name
        for name, row in clauses.items()
        if len(row.says) < 20 and len(row.says + (row.nothing_to_encode or "")) < 20
    ]
    assert short == []


@pytest.mark.parametrize("pack", PACKS)
def test_what_waits_is_not_waited_for_in_silence(pack: str) -> None:
    file = shipped(pack).file
    waiting = [clause for clause, status, _ in accounted(pack) if status == NOT_YET]
    assert waiting == [clause for clause, status, _ in agreed(pack, ENCODED) if status == NOT_YET]
    assert [clause for clause in waiting if not file.clause[clause].not_yet] == []


@pytest.mark.parametrize("pack", PACKS)
def test_every_title_has_both_languages_and_every_choice_a_label(pack: str) -> None:
    file = shipped(pack).file
    found = titles(file)
    assert found
    assert [title for title in found if not title.zh.strip() or not title.en.strip()] == []
    assert [title for title in found if title.zh.isascii() or HAN.search(title.en)] == []
    values = {value for form in file.form.values() for field in form.fields for value in field.choices}
    values |= {value for each in file.class_.values() for value in each.values}
    values |= {pause.reason for clock in file.clock.values() for pause in clock.pauses}
    assert values - set(file.labels) == set()
    rows = [getattr(file, each.name) for each in fields(file) if each.name != "labels"]
    assert set(file.labels) - {each for row in rows for each in inside(row) if isinstance(each, str)} == set()


@pytest.mark.parametrize("pack", PACKS)
def test_the_chinese_key_terms_of_the_source_stand_at_its_clauses(pack: str) -> None:
    terms = [(name, term) for name, clause in shipped(pack).file.clause.items() for term in clause.terms]
    assert [each for each in terms if not each[1].strip()] == []
    assert [name for name, term in terms if term.isascii() and not any(sign.isdigit() for sign in term)] == []


def test_every_clause_of_every_regulation_is_there_in_its_order_and_none_waits() -> None:
    with (HERE / "regulations.csv").open(encoding="utf-8", newline="") as lines:
        wanted: dict[str, list[str]] = {}
        for row in csv.DictReader(lines):
            wanted.setdefault(row["pack"], []).append(row["clause"])
    assert (len(wanted), sum(map(len, wanted.values()))) == (23, 836)
    law = {pack: [row for row in accounted(pack) if not shipped(pack).file.clause[row[0]].house] for pack in wanted}
    assert {pack: [clause for clause, _, _ in rows] for pack, rows in law.items()} == wanted
    assert [clause for rows in law.values() for clause, status, _ in rows if status == NOT_YET] == []
