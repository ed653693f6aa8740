"""Which edition counts on a date, and what another one says otherwise."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from rules.differing import KeyChange, differences
from rules.editions import edition_on, in_force, taken_on
from rules.pack import Pack, PackRef
from rules.parsing import parse
from tests.rules.corner_shop import PACK, TEXT, ZONE

pytestmark = pytest.mark.pure

NOW = datetime(2026, 5, 1, 20, 0, tzinfo=UTC)


def edition(number: int, since: date, until: date | None = None) -> Pack:
    file = replace(PACK.file, edition=number, effective_from=since, effective_to=until)
    return replace(PACK, ref=PackRef("corner-shop", number, str(number) * 64), file=file)


def test_an_edition_is_in_force_from_its_first_to_its_last_day() -> None:
    one = edition(1, date(2026, 1, 1), date(2026, 3, 31)).file
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1)]
    assert [in_force(one, day) for day in days] == [False, True, True, False]


def test_the_newest_edition_in_force_counts() -> None:
    one, two, three = edition(1, date(2026, 1, 1)), edition(2, date(2026, 4, 1)), edition(3, date(2027, 1, 1))
    assert edition_on([three, one, two], date(2026, 3, 31)) is one
    assert edition_on([three, one, two], date(2026, 4, 1)) is two
    assert edition_on([two, three], date(2026, 3, 31)) is None


@pytest.mark.parametrize(
    ("taken_by", "given", "day"),
    [
        ("opened", "2026-02-01", date(2026, 5, 2)),
        ("field.received", "2026-02-01", date(2026, 2, 1)),
        ("field.received", "2026-02-01T23:30", date(2026, 2, 1)),
        ("field.received", "2026-02-01T17:00:00Z", date(2026, 2, 2)),
        ("field.received", "2026-02-01T24:00", date(2026, 2, 1)),
        ("field.received", "the other day", date(2026, 5, 2)),
        ("field.received", "", date(2026, 5, 2)),
        ("field.received", None, date(2026, 5, 2)),
    ],
)
def test_the_date_that_picks_the_edition_is_that_of_the_opening_or_of_a_field(
    taken_by: str, given: str | None, day: date
) -> None:
    file = replace(PACK.file, taken_by=taken_by)
    assert taken_on(file, {"received": given}, NOW, ZONE) == day


def told(*edits: tuple[str, str]) -> list[tuple[str, str, str, tuple[KeyChange, ...]]]:
    text = TEXT
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    return [(each.what, each.word, each.name, each.keys) for each in differences(PACK.file, parse(text).file)]


def test_the_same_rules_under_another_number_say_the_same() -> None:
    assert told(("edition = 1", "edition = 2")) == []


def test_a_changed_value_is_told_with_what_it_was() -> None:
    change = KeyChange("allow.working_days", 3, 4)
    assert told(("allow = { working_days = 3 }", "allow = { working_days = 4 }")) == [
        ("changed", "clock", "first_reply", (change,))
    ]


def test_the_head_of_the_file_is_told_first_and_a_new_key_was_not_there() -> None:
    found = told(
        ('owner = "leader"', 'owner = "leader"\ntrial = true\nreview_by = 2027-03-01'),
        ('holder = "clerk"', 'holder = "leader"'),
    )
    assert found[0] == (
        "changed",
        "",
        "",
        (KeyChange("trial", False, True), KeyChange("review_by", None, "2027-03-01")),
    )
    assert [each[:2] for each in found[1:]] == [("changed", "clock")]


def test_rows_without_a_name_are_told_by_what_they_are_about() -> None:
    dropped = differences(PACK.file, replace(PACK.file, gate=PACK.file.gate[1:]))
    assert [(each.what, each.word, each.name) for each in dropped] == [("removed", "gate", "1")]


def test_a_row_that_is_new_or_gone_is_told_once_under_its_clauses() -> None:
    fewer = replace(PACK.file, clock={name: row for name, row in PACK.file.clock.items() if name != "first_reply"})
    [gone] = differences(PACK.file, fewer)
    [come] = differences(fewer, PACK.file)
    assert (gone.what, come.what) == ("removed", "added")
    assert gone.clause == come.clause == PACK.file.clock["first_reply"].clause
    assert gone.keys == come.keys == ()
