"""Every clause stands somewhere, and a clause of which a part waits is not called encoded."""

from pathlib import Path

import pytest

from rules.accounting import ClauseAccount, accounts
from rules.parsing import parse
from rules.problems import PackProblems

pytestmark = pytest.mark.pure

TEXT = (Path(__file__).parent / "data" / "corner-shop.1.toml").read_text(encoding="utf-8")


def account(clause: str, added: str = "") -> ClauseAccount:
    return next(each for each in accounts(parse(TEXT + added)) if each.clause == clause)


def test_clauses_are_accounted_for_in_the_order_of_the_file() -> None:
    assert [each.clause for each in accounts(parse(TEXT))] == [*(f"CS-{n}" for n in range(1, 11)), "house-1"]


def test_a_cited_clause_is_encoded_by_its_rows() -> None:
    assert account("CS-5") == ClauseAccount("CS-5", "encoded", ("form.statement", "task.statement", "gate[0]"))


def test_a_purpose_has_nothing_to_encode() -> None:
    assert account("CS-1") == ClauseAccount("CS-1", "nothing_to_encode", ())


def test_a_promise_of_the_house_counts_as_encoded() -> None:
    assert account("CS-10") == ClauseAccount("CS-10", "encoded", ("always.kept",))


def test_a_filled_gap_stays_a_gap_and_names_the_house_rule() -> None:
    added = '[clause."CS-11"]\ngap = "No length is given."\nfilled = "house-1"\n'
    assert account("CS-11", added) == ClauseAccount("CS-11", "gap", ("house-1",))


def test_a_gap_that_nothing_fills_warns() -> None:
    pack = parse(TEXT + '[clause."CS-11"]\ngap = "The text is lost."\n')
    assert pack.warnings == ("clause.CS-11: The text is lost.",)


ROW = """
[[notice]]
on = "closed"
to = "leader"
says = { zh = "结案 {number}", en = "closed {number}" }
clause = "CS-11"
"""


def test_a_clause_of_which_a_part_waits_is_not_yet_even_where_rows_cite_it() -> None:
    added = '[clause."CS-11"]\nnot_yet = "consequence"\n' + ROW
    assert account("CS-11", added) == ClauseAccount("CS-11", "not_yet", ("notice[1]",))


@pytest.mark.parametrize("state", ['nothing_to_encode = "Purpose."', 'always = "kept"', 'gap = "lost"'])
def test_a_clause_is_not_accounted_for_twice(state: str) -> None:
    with pytest.raises(PackProblems, match="CS-11 is accounted for more than once"):
        parse(TEXT + f'[clause."CS-11"]\n{state}\n' + ROW)
