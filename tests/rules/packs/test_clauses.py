"""Every clause of the shipped packs is accounted for, in the source's order, and everything has its words in both languages."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from rules.accounting import accounts
from rules.values import Title
from tests.rules.packs import encoded
from tests.rules.packs.playing import shipped
from tests.rules.packs.stories import GROUP, STANDARD

pytestmark = pytest.mark.pure

PACKS = {STANDARD: encoded.STANDARD, GROUP: encoded.GROUP}
ALL = [
    pytest.param(pack, clause, *stands, id=clause if clause in encoded.STANDARD else f"{clause}-{pack}")
    for pack, clauses in PACKS.items()
    for clause, stands in clauses.items()
]
WAITING = {
    "GD-2.2": "report",
    "GD-3.1.3a": "cycle, report",
    "GD-3.1.3b": "cycle, report",
    "GD-3.2.3": "report",
    "GD-3.3.2": "report",
    "GD-6.3": "report",
    "GD-6.7": "cycle, report",
}


def titles(row: Any) -> Iterator[Title]:
    """Every title in a row and in the rows inside it."""
    for each in fields(row):
        value = getattr(row, each.name)
        for item in value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else (value,):
            if isinstance(item, Title):
                yield item
            elif is_dataclass(item):
                yield from titles(item)


@pytest.mark.parametrize(("pack", "clause", "status", "rows"), ALL)
def test_a_clause_stands_where_the_regulation_was_read_to_put_it(
    pack: str, clause: str, status: str, rows: str
) -> None:
    account = next(each for each in accounts(shipped(pack)) if each.clause == clause)
    assert (account.status, " ".join(account.rows)) == (status, rows)


@pytest.mark.parametrize("pack", PACKS)
def test_the_clauses_stand_in_the_order_of_the_source(pack: str) -> None:
    assert [each.clause for each in accounts(shipped(pack))] == list(PACKS[pack])


def test_the_group_has_44_clauses_of_law_and_the_standard_pack_none() -> None:
    group, standard = shipped(GROUP).file.clause, shipped(STANDARD).file.clause
    law = [name for name, clause in group.items() if not clause.house]
    assert len(law) == 44
    assert all(name.startswith("GD-") for name in law)
    assert [name for name, clause in standard.items() if not clause.house] == []


@pytest.mark.parametrize(("clause", "words"), WAITING.items(), ids=list(WAITING))
def test_a_clause_that_waits_names_the_words_it_waits_for(clause: str, words: str) -> None:
    assert shipped(GROUP).file.clause[clause].not_yet == words


@pytest.mark.parametrize("clause", ["GD-4.5", "GD-6.8"])
def test_a_lost_text_that_nothing_fills_is_warned_of(clause: str) -> None:
    assert any(warning.startswith(f"clause.{clause}:") for warning in shipped(GROUP).warnings)
    assert len(shipped(GROUP).warnings) == 2


@pytest.mark.parametrize("pack", PACKS)
def test_every_clause_says_what_it_says(pack: str) -> None:
    assert [name for name, clause in shipped(pack).file.clause.items() if len(clause.says) < 20] == []


@pytest.mark.parametrize("pack", PACKS)
def test_every_title_has_both_languages_and_every_choice_a_label(pack: str) -> None:
    file = shipped(pack).file
    found = list(titles(file))
    assert len(found) > 100
    assert [title for title in found if not title.zh.strip() or not title.en.strip()] == []
    assert [title for title in found if title.zh.isascii()] == []
    values = {value for form in file.form.values() for field in form.fields for value in field.choices}
    values |= {value for each in file.class_.values() for value in each.values}
    values |= {pause.reason for clock in file.clock.values() for pause in clock.pauses}
    assert set(file.labels) == values
