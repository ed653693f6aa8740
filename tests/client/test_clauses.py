"""redress clauses, narrowed to one status and to some rows."""

import pytest

from tests.client.line import CORNER_SHOP, Line

pytestmark = pytest.mark.offline


@pytest.fixture
def shop(line: Line) -> Line:
    line("packs", "publish", str(CORNER_SHOP))
    return line


def test_only_clauses_of_a_status_are_listed_and_all_are_counted(shop: Line) -> None:
    rows = shop("clauses", "corner-shop", "--status", "nothing_to_encode", "--json").json()
    assert [row["clause"] for row in rows] == ["CS-1"]
    out = shop("clauses", "corner-shop", "--status", "nothing_to_encode").out
    assert "CS-2" not in out
    assert "encoded 10" in out


def test_a_long_table_is_cut_where_one_asks_and_says_so(shop: Line) -> None:
    out = shop("clauses", "corner-shop", "--limit", "2").out
    assert ("CS-2" in out, "CS-3" in out, "9 more are not listed" in out) == (True, False, True)
    assert len(shop("clauses", "corner-shop", "--limit", "3", "--json").json()) == 3


@pytest.mark.parametrize(
    ("words", "code"), [(("--status", "encodet"), "status_wrong"), (("--limit", "0"), "limit_wrong")]
)
def test_a_status_or_a_limit_that_there_is_not_is_wrong_usage(shop: Line, words: tuple[str, ...], code: str) -> None:
    ran = shop("clauses", *words, "--json")
    assert (ran.code, ran.json()["error"]["code"]) == (2, code)
