"""Reviews: what is suspended, who decides, and that it is final, HF-5.1.2e and HF-5.1.2f."""

import pytest

from tests.rules.packs.home_furnishing.stories import (
    appealed,
    determined,
    informed,
    punished,
    talked,
)
from tests.rules.packs.playing import for_clause

pytestmark = pytest.mark.pure


@for_clause("HF-5.1.2e")
@pytest.mark.parametrize("by", ["worker_b", "other_a"])
def test_a_party_appeals_and_nothing_is_carried_out_meanwhile(clause: str, by: str) -> None:
    play = talked(punished("100", "200")).did(
        "approval.rule_penalty", "hr_manager", "2026-03-04T14:00", verdict="given"
    )
    review = appealed(play, by)
    assert review.state.stage == "reviewing"
    assert {message["to"] for message in review.messages if message["template"] == "notice"} == {
        "general_manager",
        "chairman",
    }
    for step, who, fields in (
        ("execute", "hr_manager", {"executed": "e"}),
        ("close_employee", "employee_handler", {"tracked": True}),
    ):
        assert play.do(step, who, "2026-03-05T10:00", **fields) == "gate_closed"
        assert play.refused("gate_closed", clause)
    assert review.cites(clause, "linked", "link.review_of")


@for_clause("HF-5.1.2e")
def test_only_the_parties_of_the_case_may_appeal(clause: str) -> None:
    play = informed()
    names = {"reviewed_case": play.state.case_id, "grounds": "g"}
    for by, parties, code in (
        ("outsider", ("worker_b", "other_a"), "wrong_role"),
        ("outsider", ("outsider", "other_a"), "link_refused"),
        ("outsider", ("worker_b", "outsider"), "link_refused"),
    ):
        review = play.beside()
        given = names | {"complainant": parties[0], "responsible_person": parties[1]}
        assert review.open("review", by, "2026-03-05T09:00", **given) == code
        assert clause in review.refused_by()


@for_clause("HF-5.1.2e", "HF-5.1.2f")
@pytest.mark.parametrize("by", ["general_manager", "chairman"])
def test_either_of_the_two_decides_and_it_is_final(clause: str, by: str) -> None:
    play = talked(punished("100", "200")).did(
        "approval.rule_penalty", "hr_manager", "2026-03-04T14:00", verdict="given"
    )
    review = appealed(play)
    assert (
        review.do("decide_review", "hr_manager", "2026-03-06T09:00", outcome="upheld", review_reasons="r")
        == "wrong_role"
    )
    assert review.do("decide_review", by, "2026-03-06T09:00", outcome="upheld") == "fields_wrong"
    review.did("decide_review", by, "2026-03-06T09:00", outcome="upheld", review_reasons="r")
    assert (review.state.closed, review.state.stage) == (True, "final_judgement")
    assert "annulment" not in review.state.consequences
    assert play.do("execute", "hr_manager", "2026-03-06T10:00", executed="e") == "fields_wrong"
    play.did("execute", "hr_manager", "2026-03-06T10:00", executed="e", review_says="upheld")
    assert clause in ("HF-5.1.2e", *review.pack.file.step["decide_review"].clause)


@for_clause("HF-5.1.2e")
def test_the_chairman_may_take_a_review_to_himself(clause: str) -> None:
    review = appealed(informed())
    assert review.do("reserve", "general_manager", "2026-03-05T10:00") == "wrong_role"
    review.did("reserve", "chairman", "2026-03-05T10:00")
    given = {"outcome": "upheld", "review_reasons": "r"}
    assert review.do("decide_as_chairman", "general_manager", "2026-03-05T11:00", **given) == "wrong_role"
    assert review.did("decide_as_chairman", "chairman", "2026-03-05T11:00", **given).state.closed
    assert review.cites(clause, "moved", "step.reserve")


@for_clause("HF-5.1.2f")
@pytest.mark.parametrize("second", ["other_a", "worker_b"])
def test_a_second_appeal_is_refused_while_the_first_runs_and_after_it(clause: str, second: str) -> None:
    play = informed()
    review = appealed(play)
    fields = {
        "reviewed_case": play.state.case_id,
        "complainant": "worker_b",
        "responsible_person": "other_a",
        "grounds": "g",
    }
    other = play.beside()
    assert other.open("review", second, "2026-03-05T10:00", **fields) == "link_refused"
    review.did("decide_review", "chairman", "2026-03-06T09:00", outcome="upheld", review_reasons="r")
    other = play.beside()
    assert other.open("review", second, "2026-03-07T10:00", **fields) == "link_refused"
    assert clause in other.refused_by()


@for_clause("HF-5.1.2f")
def test_what_is_overturned_is_taken_back_and_not_carried_out(clause: str) -> None:
    play = talked(punished("100", "200")).did(
        "approval.rule_penalty", "hr_manager", "2026-03-04T14:00", verdict="given"
    )
    review = appealed(play)
    review.did("decide_review", "general_manager", "2026-03-06T09:00", outcome="overturned", review_reasons="r")
    (back,) = review.of("consequence_reversed", "consequence.rule_penalty")
    assert back.data["lines"] == [["person", "other_a", "-100.00"]]
    assert review.cites(clause, "consequence_decided", "consequence.annulment")
    given = {"executed": "e", "review_says": "overturned"}
    assert play.do("execute", "hr_manager", "2026-03-06T10:00", **given) == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.did("close_employee", "employee_handler", "2026-03-06T11:00", tracked=True).state.closed
    assert {m["to"] for m in review.messages if m["template"] == "notice"} >= {"worker_b", "other_a", "hr_manager"}


@for_clause("HF-5.1.2e")
def test_before_the_parties_were_told_there_is_nothing_to_review(clause: str) -> None:
    review = appealed(determined())
    given = {"outcome": "upheld", "review_reasons": "r"}
    assert review.do("decide_review", "chairman", "2026-03-06T09:00", **given) == "gate_closed"
    assert review.refused("gate_closed", clause)
    assert review.did("refuse_review", "general_manager", "2026-03-06T09:00").state.stage == "inadmissible"
    assert appealed(informed()).do("refuse_review", "general_manager", "2026-03-06T09:00") == "gate_closed"
