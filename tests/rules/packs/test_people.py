"""Who owns, sees, holds, takes, answers, decides and hears what, against the tables that people have agreed on."""

import pytest

from tests.rules.packs.agreed import PACKS, PEOPLE, WHAT, agreed, people_of
from tests.rules.packs.playing import shipped

pytestmark = pytest.mark.pure


@pytest.mark.parametrize("what", WHAT)
@pytest.mark.parametrize("pack", PACKS)
def test_the_pack_has_people_do_what_was_agreed(pack: str, what: str) -> None:
    written = [row for row in people_of(shipped(pack).file) if row[0] == what]
    assert sorted(written) == sorted(row for row in agreed(pack, PEOPLE) if row[0] == what)


@pytest.mark.parametrize("pack", PACKS)
def test_nothing_else_is_agreed_on(pack: str) -> None:
    assert {row[0] for row in agreed(pack, PEOPLE)} <= set(WHAT)
