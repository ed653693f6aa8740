"""A case may be named by its number, alone or in a list that a link reads; other texts stay as they are."""

import pytest

from client.fields import with_case_ids
from tests.rules.packs.playing import shipped

pytestmark = pytest.mark.pure

NUMBERS = {"P3-2026-000001": "case-1", "P3-2026-000002": "case-2"}


@pytest.mark.parametrize(
    ("field", "typed", "meant"),
    [
        ("first_case", "P3-2026-000001", "case-1"),
        ("first_case", "nobody", "nobody"),
        ("analysed_cases", ["P3-2026-000001", "P3-2026-000002", "nobody"], ["case-1", "case-2", "nobody"]),
        ("analysed_cases", {"no": "none"}, {"no": "none"}),
        ("matter", "P3-2026-000001", "P3-2026-000001"),
        ("about", ["P3-2026-000001"], ["P3-2026-000001"]),
    ],
)
def test_the_number_of_a_case_becomes_its_id_where_a_case_is_named(field: str, typed: object, meant: object) -> None:
    packs = [shipped("property-three-class")]
    assert with_case_ids({field: typed}, packs, lambda named: NUMBERS.get(named, named)) == {field: meant}
