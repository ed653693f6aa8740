"""Publication of breaches, and what an SP gets that reports itself: MN-10, MN-14 and MN-19."""

from typing import Any

import pytest

from tests.rules.packs.overview import cycled, made
from tests.rules.packs.playing import Play, around_the_limit, for_clause, shipped
from tests.rules.packs.telecom_sp.stories import (
    DESK,
    PACK,
    admitted,
    characterised,
    penalised,
    points,
    suspected,
)

pytestmark = pytest.mark.pure

LENIENCY: dict[str, Any] = {
    "reported_at": "2026-03-02T08:59:59",
    "expected_batch": True,
    "expected_escalated": True,
    "cooperated": True,
    "leniency": "exempt",
    "leniency_why": "提前报备",
}


def again(first: Play, **fields: Any) -> Play:
    """A second case of the SP that names the first, characterised."""
    play = admitted(first, earlier_breach=first.state.case_id, **{"counted_at": "2026-03-20T08:00"} | fields)
    return characterised(play)


@for_clause("MN-14")
@around_the_limit("2026-03-26T24:00", "2026-03-27T00:00:01")
def test_the_results_are_published_around_the_24th(clause: str, at: str, status: str) -> None:
    [play] = cycled(PACK, "publication", "2026-02-10T00:00", "2026-03-10T00:00")
    assert play.due("publication") == "2026-03-27T00:00:00"
    assert play.written("publication_month") == {"period": "2026-03"}
    play.until(at).did("publish_results", DESK, at, published_as="2026-3")
    assert (play.status("publication"), play.state.stage) == (status, "out")
    assert play.cites(clause, "moved", "step.publish_results")


@for_clause("MN-14")
def test_a_publication_opens_each_month_and_has_its_number(clause: str) -> None:
    plays = cycled(PACK, "publication", "2026-02-10T00:00", "2026-05-10T00:00")
    assert [play.written("publication_month")["period"] for play in plays] == ["2026-03", "2026-04", "2026-05"]
    assert plays[0].do("publish_results", DESK, "2026-03-24T10:00") == "fields_wrong"
    assert plays[0].cites(clause, "opened")


@for_clause("MN-10", "MN-14")
def test_a_breach_closes_with_the_publication_in_which_it_stands(clause: str) -> None:
    play = characterised(admitted())
    out = play.beside().did("open.publication", DESK, "2026-03-01T00:00").state.case_id
    assert play.do("publish", DESK, "2026-03-24T10:00", publication=out) == "gate_closed"
    assert play.refused("gate_closed", "MN-10")
    play.did("penalise", DESK, "2026-03-11T11:00")
    assert play.do("publish", DESK, "2026-03-24T10:00") == "fields_wrong"
    assert play.do("publish", DESK, "2026-03-24T10:00", publication=play.state.fields["complaint"]) == "link_refused"
    play.did("publish", DESK, "2026-03-24T10:00", publication=out)
    assert (play.state.stage, play.state.closed) == ("published", True)
    assert play.cites(clause, "moved", "step.publish")
    assert play.cites("MN-14", "linked", "link.published_in")


@for_clause("MN-14")
def test_the_register_of_a_month_has_its_breaches(clause: str) -> None:
    play = penalised(admitted())
    other = suspected(play)
    [row] = made(other, "breaches", "2026-03", "2026-04-01T00:00").register
    assert row.cells[1:] == ("unit_a", "S1", "V1", "grave", "admitted", "penalising")
    assert made(other, "breaches", "2026-04", "2026-05-01T00:00").register == ()
    assert clause in shipped(PACK).file.report["breaches"].clause


@for_clause("MN-19")
def test_who_reports_itself_before_the_first_complaint_may_be_exempt(clause: str) -> None:
    play = characterised(admitted()).did("decide_leniency", "leader", "2026-03-11T10:30", **LENIENCY)
    play.did("penalise", DESK, "2026-03-11T11:00")
    assert (points(play), play.of("consequence_raised"), play.of("consequence_decided")) == ("0", [], [])
    assert play.do("decide_leniency", "leader", "2026-03-11T12:00", **LENIENCY) == "step_not_open"
    assert play.cites(clause, "moved", "step.decide_leniency")


@for_clause("MN-19")
@pytest.mark.parametrize(("amount", "code"), [("0", ""), ("3", ""), ("6", ""), ("6.01", "out_of_bounds")])
def test_or_be_punished_more_lightly_by_the_leader(clause: str, amount: str, code: str) -> None:
    play = characterised(admitted())
    play.did("decide_leniency", "leader", "2026-03-11T10:30", **(LENIENCY | {"leniency": "lighter"}))
    play.did("penalise", DESK, "2026-03-11T11:00")
    out = play.beside().did("open.publication", DESK, "2026-03-01T00:00").state.case_id
    assert play.do("publish", DESK, "2026-03-24T10:00", publication=out) == "gate_closed"
    assert play.do("consequence.lighter_points", DESK, "2026-03-12T10:00", amount=amount) == "wrong_role"
    decision = {"amount": amount, "reason": "积极配合"}
    assert play.do("consequence.lighter_points", "leader", "2026-03-12T10:00", **decision) == code
    decided = play.of("consequence_decided", "consequence.lighter_points")
    assert [line.data["lines"] for line in decided] == ([] if code else [[["unit", "unit_a", amount]]])
    assert code or play.did("publish", DESK, "2026-03-24T10:00", publication=out).state.closed
    assert clause in play.pack.file.consequence["lighter_points"].clause


@for_clause("MN-19")
@pytest.mark.parametrize(
    "wrong",
    [
        {"reported_at": "2026-03-02T09:00"},
        {"reported_at": "2026-03-02T15:00"},
        {"expected_batch": False},
        {"expected_escalated": False},
        {"cooperated": False},
    ],
)
def test_neither_is_open_to_whoever_reports_late_or_does_not_help(clause: str, wrong: dict[str, Any]) -> None:
    play = characterised(admitted())
    assert play.do("decide_leniency", "leader", "2026-03-11T10:30", **(LENIENCY | wrong)) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("penalise", DESK, "2026-03-11T11:00")
    assert play.do("decide_leniency", "leader", "2026-03-11T11:30", **LENIENCY) == "gate_closed"


@for_clause("MN-19")
@pytest.mark.parametrize("lacks", list(LENIENCY))
def test_leniency_is_reasoned(clause: str, lacks: str) -> None:
    play, fields = characterised(admitted()), {name: value for name, value in LENIENCY.items() if name != lacks}
    assert play.do("decide_leniency", "leader", "2026-03-11T10:30", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({lacks}, True)


@for_clause("MN-17a")
def test_the_same_violation_costs_nothing_again_where_it_is_punished_lightly_either(clause: str) -> None:
    first = penalised(admitted())
    second = again(first, counted_at="2026-03-01T08:00")
    second.did("decide_leniency", "leader", "2026-03-11T10:30", **(LENIENCY | {"leniency": "lighter"}))
    second.did("penalise", DESK, "2026-03-11T11:00")
    assert second.of("consequence_raised") == []
    assert clause in second.pack.file.class_["repetition"].clause
