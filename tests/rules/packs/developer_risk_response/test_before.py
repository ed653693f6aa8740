"""Risks before anybody complains, who is responsible, the warranty: DV-1.1, DV-2, DV-3.3 to DV-3.8, DV-4.4a, DV-4.4b."""

from dataclasses import replace

import pytest

from tests.rules.packs.developer_risk_response.stories import (
    COMPLAINT,
    EVENT,
    GM,
    HEAD,
    LEADER,
    PACK,
    complained,
    risk,
)
from tests.rules.packs.everybody import company
from tests.rules.packs.overview import made
from tests.rules.packs.playing import Play, for_clause, shipped

pytestmark = pytest.mark.pure

TOLD = sorted([GM, HEAD, LEADER])


def told(play: Play) -> list[str]:
    """Whom notices told so far."""
    return sorted(message["to"] for message in play.messages if message["template"] == "notice")


@for_clause("DV-1.1", "DV-3.3", "DV-3.4", "DV-3.5")
@pytest.mark.parametrize(
    ("state", "imminent", "stage"),
    [
        ("unaware", False, "pre_control"),
        ("aware_quiet", False, "pre_control"),
        ("moving", False, "warning"),
        ("moving", True, "warning"),
        ("unaware", True, "warning"),
        ("aware_quiet", True, "warning"),
        ("protesting", False, "response"),
        ("protesting", True, "response"),
    ],
)
def test_an_event_begins_where_customers_are(clause: str, state: str, imminent: bool, stage: str) -> None:
    fields = COMPLAINT if state == "protesting" else {}
    play = risk(customer_state=state, imminent=imminent, **fields)
    assert play.state.stage == stage
    assert told(play) == (TOLD if stage == "warning" else [])
    assert play.cites(clause, "opened")


@for_clause("DV-1.1")
def test_the_six_ideas_are_stages(clause: str) -> None:
    kind = shipped(PACK).file.kind["event"]
    assert [stage.name for stage in kind.stages if not stage.final] == [
        "pre_control",
        "warning",
        "response",
        "handling",
        "accountability",
        "experience",
    ]
    assert clause in kind.clause


@for_clause("DV-2.1")
@pytest.mark.parametrize("unit", ["headquarters", "regional_company", "property_group"])
def test_an_event_belongs_to_one_of_three(clause: str, unit: str) -> None:
    play = Play(PACK)
    assert play.open("event", "other_b", "2026-03-02T10:00", **(EVENT | {"belongs_to": "bank"})) == "fields_wrong"
    assert play.missing() == {"belongs_to"}
    assert clause in play.refused_by()
    play = risk(belongs_to=unit)
    assert made(play, "events", "2026-03", "2026-03-31T12:00").register[0].cells[2] == unit


@for_clause("DV-2.1", "DV-3.3")
@pytest.mark.parametrize("field", ["belongs_to", "project", "risk_source", "assessment", "customer_state", "imminent"])
def test_a_risk_is_identified_and_assessed(clause: str, field: str) -> None:
    play = Play(PACK)
    rest = {name: value for name, value in EVENT.items() if name != field}
    assert play.open("event", "other_b", "2026-03-02T10:00", **rest) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({field}, True)


@for_clause("DV-3.5")
@pytest.mark.parametrize("field", sorted(COMPLAINT))
def test_a_complaint_says_how_and_what(clause: str, field: str) -> None:
    play = Play(PACK)
    rest = {name: value for name, value in (EVENT | COMPLAINT).items() if name != field}
    rest |= {"customer_state": "protesting"}
    assert play.open("event", "other_b", "2026-03-02T15:05", **rest) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({field}, True)
    rest = {name: value for name, value in COMPLAINT.items() if name != field}
    known = risk()
    assert known.do("complain", "outsider", "2026-03-02T15:05", **rest) == "fields_wrong"
    assert (known.missing(), clause in known.refused_by()) == ({field}, True)


@for_clause("DV-3.3")
def test_a_risk_is_removed_by_a_measure_while_customers_are_quiet(clause: str) -> None:
    play = risk()
    assert play.do("remove_risk", GM, "2026-03-03T10:00") == "gate_closed"
    assert play.refused_by() == (clause,)
    assert play.do("take_measure", HEAD, "2026-03-03T10:00", measure="m") == "wrong_role"
    play.did("take_measure", GM, "2026-03-03T10:00", measure="注浆堵漏")
    for state, imminent in (("moving", False), ("unaware", True), ("protesting", False)):
        play.did("observe", HEAD, "2026-03-03T11:00", customer_state=state, imminent=imminent)
        assert play.do("remove_risk", GM, "2026-03-03T12:00") == "gate_closed"
    play.did("observe", GM, "2026-03-04T11:00", customer_state="aware_quiet", imminent=False)
    assert play.did("remove_risk", GM, "2026-03-04T12:00").state.stage == "removed"
    assert play.state.closed
    assert play.cites(clause, "moved", "step.remove_risk")


@for_clause("DV-3.4")
@pytest.mark.parametrize(("state", "imminent", "code"), [
    ("moving", False, ""), ("unaware", True, ""), ("unaware", False, "gate_closed"), ("aware_quiet", False, "gate_closed"),
])  # fmt: skip
def test_customers_who_move_or_an_event_at_hand_are_warned_of(
    clause: str, state: str, imminent: bool, code: str
) -> None:
    play = risk().did("observe", GM, "2026-03-03T10:00", customer_state=state, imminent=imminent)
    assert play.do("warn", HEAD, "2026-03-03T10:10") == code
    assert told(play) == ([] if code else TOLD)
    assert code == "" or play.refused_by() == (clause,)


@for_clause("DV-3.4")
def test_what_was_prepared_for_may_be_averted(clause: str) -> None:
    play = risk(customer_state="moving")
    assert play.do("avert", HEAD, "2026-03-03T10:00") == "gate_closed"
    assert play.refused_by() == (clause,)
    play.did("prepare", GM, "2026-03-03T11:00", preparation="设专线").did("avert", HEAD, "2026-03-06T10:00")
    assert (play.state.stage, play.state.closed) == ("averted", True)


@for_clause("DV-3.5")
@pytest.mark.parametrize("state", ["unaware", "moving"])
def test_what_has_happened_becomes_a_complaint(clause: str, state: str) -> None:
    play = risk(customer_state=state).did("complain", "outsider", "2026-03-02T15:05", **COMPLAINT)
    assert (play.state.stage, play.due("response")) == ("response", "2026-03-02T16:00:00")
    assert play.cites(clause, "moved", "step.complain")


@for_clause("DV-3.6")
@pytest.mark.parametrize(("centre", "named", "leader"), [
    (True, True, "centre_gm"), (False, True, "named_leader"), (True, False, "centre_gm"), (False, False, "general_manager"),
])  # fmt: skip
def test_the_leader_in_charge_is_the_centre_s_or_the_one_named(
    clause: str, centre: bool, named: bool, leader: str
) -> None:
    people = company(shipped(PACK))
    bound = dict(people.bindings[PACK])
    bound |= {} if centre else {"centre_gm": ()}
    bound |= {} if named else {"named_leader": ()}
    play = risk(directory=replace(people, bindings={PACK: bound}), customer_state="moving")
    assert told(play) == sorted([GM, HEAD, leader])
    assert clause in shipped(PACK).file.role["regional_leader"].clause


@for_clause("DV-3.7")
def test_one_person_heads_customer_relations(clause: str) -> None:
    play = risk(directory=company(shipped(PACK), HEAD), customer_state="moving")
    assert told(play) == TOLD
    assert play.did("prepare", HEAD, "2026-03-03T10:00", preparation="p").state.stage == "warning"
    assert play.do("prepare", f"second_{HEAD}", "2026-03-03T10:00", preparation="p") == "wrong_role"
    assert clause in shipped(PACK).file.role[HEAD].clause


@for_clause("DV-3.8")
@pytest.mark.parametrize(
    ("first_day", "ends"),
    [
        ("2026-03-01", "2026-09-02T00:00:00"),
        ("2026-08-31", "2027-03-01T00:00:00"),
        ("2025-09-02", "2026-03-03T00:00:00"),
    ],
)
def test_the_warranty_lasts_six_months(clause: str, first_day: str, ends: str) -> None:
    play = risk(delivered_from=first_day)
    assert (play.due("warranty"), play.status("warranty")) == (ends, "running")
    assert play.cites(clause, "clock_started", "clock.warranty")


@for_clause("DV-3.8")
@pytest.mark.parametrize(
    ("until", "status"),
    [("2026-09-01T23:59:59", "running"), ("2026-09-02T00:00", "running"), ("2026-09-02T00:00:01", "met")],
)
def test_after_its_last_day_the_warranty_is_over(clause: str, until: str, status: str) -> None:
    play = risk(delivered_from="2026-03-01").until(until)
    assert play.status("warranty") == status
    assert play.told() == []
    assert risk().status("warranty") == "off"
    assert clause in shipped(PACK).file.clock["warranty"].clause


@for_clause("DV-4.4a", "DV-4.4b")
@pytest.mark.parametrize(
    ("project", "city", "area", "first"),
    [
        ("worker_a", "worker_b", "other_a", "worker_a"),
        (None, "worker_b", "other_a", "worker_b"),
        (None, "worker_b", None, "worker_b"),
        (None, None, "other_a", "other_a"),
        ("worker_a", None, None, "worker_a"),
    ],
)
def test_the_first_responsible_person_is_found_in_order(
    clause: str, project: str | None, city: str | None, area: str | None, first: str
) -> None:
    play = risk(project_gm=project, city_gm=city, area_gm=area)
    for other in {project, city, area} - {first, None}:
        assert play.do("take_measure", str(other), "2026-03-03T10:00", measure="m") == "wrong_role"
    play.did("take_measure", first, "2026-03-03T10:00", measure="m")
    role = shipped(PACK).file.role["first_responsible"]
    assert [row.clause for row in role.rows] == [("DV-4.4a",), ("DV-4.4b",), ("DV-4.4b",)]
    assert clause in role.clause


@for_clause("DV-4.4b")
def test_somebody_is_always_responsible(clause: str) -> None:
    play = Play(PACK)
    rest = {name: value for name, value in EVENT.items() if name != "project_gm"}
    assert play.open("event", "other_b", "2026-03-02T10:00", **rest) == "fields_wrong"
    assert play.missing() == {"area_gm"}
    assert clause in play.refused_by()


@for_clause("DV-4.1c", "house-1")
def test_the_flow_is_the_house_s(clause: str) -> None:
    row = shipped(PACK).file.clause["DV-4.1c"]
    assert (bool(row.gap), row.filled) == (True, "house-1")
    assert "house-1" in shipped(PACK).file.step["finish"].clause
    assert shipped(PACK).file.owner == "regional_leader"
    assert complained().state.stage == "response"
    assert clause in shipped(PACK).file.clause
