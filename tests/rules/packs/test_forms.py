"""What each form of the shipped packs asks for, against the tables that people have read against the regulations."""

import pytest

from tests.rules.packs.agreed import FORMS, PACKS, agreed, forms_of
from tests.rules.packs.playing import shipped

pytestmark = pytest.mark.pure


@pytest.mark.parametrize("pack", PACKS)
def test_the_forms_of_a_pack_ask_for_what_was_agreed(pack: str) -> None:
    assert forms_of(shipped(pack).file) == agreed(pack, FORMS)
