"""Mobile customers' complaints that become urgent by their number: TU-4.4.3, TU-4.4.4a and TU-4.4.4b."""

from typing import Any

import pytest

from tests.rules.packs.playing import Play, for_clause
from tests.rules.packs.telecom_normal_urgent.stories import INTAKE, TRIAGE, accepted, judged, received, sub_type

pytestmark = pytest.mark.pure


def several(number: int, at: str = "2026-03-02T09:30", beside: Play | None = None, **fields: Any) -> list[Play]:
    """So many complaints of one world, each by a customer of its own."""
    plays: list[Play] = [] if beside is None else [beside]
    first = 0 if beside is None else beside.place
    for each in range(first, first + number):
        plays.append(received(at, plays[0] if plays else None, **({"customer": f"1380000{each:04}"} | fields)))
    return plays if beside is None else plays[1:]


def heard(plays: list[Play], at: str = "2026-03-02T12:00") -> set[tuple[str, str]]:
    """What the cases are once each has heard of the world."""
    for play in plays:
        play.poke(at)
    return {sub_type(play) for play in plays}


@for_clause("TU-4.4.3")
@pytest.mark.parametrize(
    ("number", "kind"), [(9, ("normal", "none")), (10, ("urgent", "batch")), (11, ("urgent", "batch"))]
)
def test_ten_complaints_by_one_product_are_a_batch(clause: str, number: int, kind: tuple[str, str]) -> None:
    plays = several(number, product="P-1")
    assert heard(plays) == {kind}
    assert plays[-1].fact("count.batch") == number
    assert plays[-1].cites(clause, "classified", "class.sub_type") is (number >= 10)


@for_clause("TU-4.4.3")
def test_the_tenth_tells_the_open_ones_and_leaves_closed_ones_as_they_were(clause: str) -> None:
    plays = several(9, product="P-1")
    closed = plays[0].did("accept", "intake", "2026-03-02T10:00").did("judge", "intake", "2026-03-02T10:05", **TRIAGE)
    closed.did("start", "intake", "2026-03-02T10:06")
    closed.did("reply", "team_leader", "2026-03-02T10:30", solved_how="退", answer="已退")
    closed.did("close", "monitoring", "2026-03-02T10:40")
    tenth = several(1, "2026-09-02T09:30", plays[-1], product="P-1")[0]
    assert {poke["case_id"] for poke in tenth.pokes} == {play.state.case_id for play in plays[1:]}
    assert tenth.cites(clause, "counted", "count.batch")
    counted = tenth.of("counted", "count.batch")[0]
    assert closed.state.case_id in counted.data["cases"]
    assert (sub_type(closed), sub_type(tenth)) == (("normal", "none"), ("urgent", "batch"))


@for_clause("TU-4.4.3")
def test_complaints_count_also_of_one_customer_but_not_of_another_product_or_of_none(clause: str) -> None:
    plays = several(10, product="P-1", customer="13800000001")
    assert sub_type(plays[-1]) == ("urgent", "batch")
    assert plays[-1].cites(clause, "counted")
    assert several(1, beside=plays[0], product="P-2")[0].fact("count.batch") == 1
    assert several(1, beside=plays[0])[0].fact("count.batch") == 0


@for_clause("TU-4.4.3", "TU-3.1")
def test_what_is_no_complaint_does_not_count(clause: str) -> None:
    plays = several(9, product="P-1")
    aside = several(1, beside=plays[-1], product="P-1", concrete=False)[0]
    assert aside.fact("count.batch") == 9
    assert aside.of("counted") == []
    assert clause in ("TU-4.4.3", "TU-3.1")


FAULT = {"system_cause": True, "incident": "F-1", "affected_customers": 1}


def charged_twice(number: int, distinct: bool = True, **fields: Any) -> list[Play]:
    """So many complaints of a double charge by one incident."""
    plays = (
        several(number, trouble="double_charge")
        if distinct
        else several(number, trouble="double_charge", customer="13800000001")
    )
    for play in plays:
        play.did("accept", "intake", "2026-03-02T10:00")
        play.did("judge", "intake", "2026-03-02T10:10", **(TRIAGE | FAULT | fields))
    return plays


@for_clause("TU-4.4.4a")
@pytest.mark.parametrize(
    ("number", "kind"), [(4, ("normal", "none")), (5, ("urgent", "sudden_fault")), (6, ("urgent", "sudden_fault"))]
)
def test_five_customers_make_a_sudden_fault(clause: str, number: int, kind: tuple[str, str]) -> None:
    plays = charged_twice(number)
    assert heard(plays) == {kind}
    assert plays[-1].cites(clause, "classified", "class.sub_type") is (number >= 5)
    pokes = {poke["case_id"] for poke in plays[-1].pokes} if number == 5 else set()
    assert pokes == ({play.state.case_id for play in plays[:4]} if number == 5 else set())


@for_clause("TU-4.4.4a")
def test_customers_count_once_and_only_one_incident_of_a_system(clause: str) -> None:
    assert heard(charged_twice(5, distinct=False)) == {("normal", "none")}
    assert heard(charged_twice(5, system_cause=False)) == {("normal", "none")}
    plays = charged_twice(4)
    other = several(1, beside=plays[0], trouble="wrong_suspension")[0].did("accept", "intake", "2026-03-02T10:00")
    other.did("judge", "intake", "2026-03-02T10:20", **(TRIAGE | FAULT | {"incident": "F-2"}))
    assert sub_type(other) == ("normal", "none")
    fifth = several(1, beside=other, trouble="wrong_suspension")[0].did("accept", "intake", "2026-03-02T10:00")
    fifth.did("judge", "intake", "2026-03-02T10:20", **(TRIAGE | FAULT))
    assert sub_type(fifth) == ("urgent", "sudden_fault")
    assert fifth.cites(clause, "counted", "count.system_fault")
    network = several(1, beside=other, trouble="network_fault", fault_type="N-1")[0]
    network.did("accept", "intake", "2026-03-02T10:00").did("judge", "intake", "2026-03-02T10:21", **(TRIAGE | FAULT))
    assert network.of("counted", "count.system_fault") == []


@for_clause("TU-4.4.4a")
def test_what_is_no_complaint_of_a_fault_does_not_count(clause: str) -> None:
    plays = charged_twice(4)
    aside = several(1, beside=plays[-1], trouble="double_charge", asks_answer=False)[0]
    aside.did("set_aside", "intake", "2026-03-02T10:15")
    assert plays[-1].fact("count.system_fault") == 4
    assert clause in aside.pack.file.count["system_fault"].clause


@for_clause("TU-4.4.4a")
@pytest.mark.parametrize(("affected", "kind"), [(4, "none"), (5, "sudden_fault"), (6, "sudden_fault")])
def test_one_complaint_tells_how_many_are_affected(clause: str, affected: int, kind: str) -> None:
    play = judged(FAULT | {"affected_customers": affected}, trouble="wrong_suspension")
    assert play.state.classes["sub_type"] == kind
    assert play.cites(clause, "moved", "step.judge")


@for_clause("TU-4.4.4a")
@pytest.mark.parametrize("lacks", ["system_cause", "incident", "affected_customers"])
@pytest.mark.parametrize("trouble", ["wrong_suspension", "double_charge"])
def test_triage_says_what_is_behind_the_trouble(clause: str, lacks: str, trouble: str) -> None:
    play = accepted(trouble=trouble)
    fields = {name: value for name, value in (TRIAGE | FAULT).items() if name != lacks}
    assert play.do("judge", "intake", "2026-03-02T10:10", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({lacks}, True)
    assert play.do("judge", "intake", "2026-03-02T10:10", **(TRIAGE | FAULT | {"affected_customers": 0}))
    play.did("judge", "intake", "2026-03-02T10:11", **TRIAGE, system_cause=False)


def network(number: int, at: str, beside: Play | None = None, **fields: Any) -> list[Play]:
    """So many complaints of one network fault."""
    return several(number, at, beside, **({"trouble": "network_fault", "fault_type": "N-1"} | fields))


@for_clause("TU-4.4.4b")
@pytest.mark.parametrize(("number", "kind"), [(9, "none"), (10, "sudden_fault"), (11, "sudden_fault")])
def test_ten_people_within_half_an_hour_make_a_sudden_fault(clause: str, number: int, kind: str) -> None:
    plays = network(number, "2026-03-02T09:30")
    assert {each for _, each in heard(plays)} == {kind}
    assert plays[-1].cites(clause, "classified", "class.sub_type") is (number >= 10)


@for_clause("TU-4.4.4b")
@pytest.mark.parametrize(("last", "kind"), [("2026-03-02T10:00:00", "sudden_fault"), ("2026-03-02T10:00:01", "none")])
def test_first_and_last_are_at_most_thirty_minutes_apart(clause: str, last: str, kind: str) -> None:
    plays = network(9, "2026-03-02T09:30:00")
    tenth = network(1, last, plays[-1])[0]
    assert {each for _, each in heard([*plays, tenth])} == {kind}
    told = {poke["case_id"] for poke in tenth.pokes}
    assert told == ({play.state.case_id for play in plays} if kind == "sudden_fault" else set())
    assert tenth.cites(clause, "counted", "count.network_fault") is (kind == "sudden_fault")


@for_clause("TU-4.4.4b")
@pytest.mark.parametrize(
    "fields", [{"customer": "13800000001"}, {"trouble": "wrong_suspension"}, {"dissatisfied": False}]
)
def test_people_count_once_and_only_for_complaints_of_network_faults(clause: str, fields: dict[str, Any]) -> None:
    plays = network(9, "2026-03-02T09:30")
    tenth = network(1, "2026-03-02T09:31", plays[-1], **({"customer": "13800000000"} | fields))[0]
    plays[0].poke("2026-03-02T10:00")
    assert plays[0].fact("count.network_fault") == 9
    assert tenth.of("counted", "count.network_fault") == []
    assert clause in tenth.pack.file.count["network_fault"].clause


@for_clause("TU-4.4.4b")
def test_another_type_of_fault_is_counted_apart_and_has_to_be_said(clause: str) -> None:
    plays = network(9, "2026-03-02T09:30")
    assert network(1, "2026-03-02T09:31", plays[-1], fault_type="N-2")[0].fact("count.network_fault") == 1
    unsaid = plays[0].beside()
    assert (
        unsaid.open("complaint", "intake", "2026-03-02T09:31", **(INTAKE | {"trouble": "network_fault"}))
        == "fields_wrong"
    )
    assert (unsaid.missing(), unsaid.refused("fields_wrong", clause)) == ({"fault_type"}, True)
