"""Complaints that an SP may or may not have taken off its volume, MN-26a to MN-27."""

from typing import Any

import pytest

from tests.rules.packs.playing import Play, for_clause
from tests.rules.packs.telecom_sp.stories import (
    DESK,
    SP,
    admitted,
    characterised,
    classified,
    denied,
    escalated,
    listed,
    objected,
    received,
    verified,
)

pytestmark = pytest.mark.pure


EXEMPTION: dict[str, Any] = {"exemption": True, "named_service": "S1", "activated_at": "2026-03-10T00:00"}


def switched_on(world: Play, at: str = "2026-03-10T08:00", **fields: Any) -> Play:
    """Double confirmation of a service, switched on at an instant."""
    request = {"sp": "unit_a", "service": "S1", "billed_as": "on_demand", "service_type": "provincial_sms"} | fields
    play = world.beside().did("open.confirmation_request", "sp_applicant", "2026-03-09T10:00", **request)
    return play.did("switch_on", DESK, at, switched_on_at=at)


def reduce_denied(complaint: Play, service: str = "S1", **said: Any) -> tuple[Play, str]:
    """The objection to a denied record, and what became of the wish to take it off."""
    case = objected(listed(complaint), complaint, **(EXEMPTION | said))
    return case, case.do("reduce", DESK, "2026-04-10T10:00", reason_clear=True, service=service)


@for_clause("MN-26a")
def test_a_denied_record_without_double_confirmation_is_never_exempted(clause: str) -> None:
    play, code = reduce_denied(denied(counted_at="2026-03-20T10:00"))
    assert (code, play.refused("gate_closed", clause)) == ("gate_closed", True)
    play.did("refuse", DESK, "2026-04-10T10:01", not_reduced_why="not_eligible")
    complaint = denied(counted_at="2026-03-20T10:00")
    switched_on(complaint)
    play, code = reduce_denied(complaint, exemption=False)
    assert (code, play.refused("gate_closed", clause)) == ("gate_closed", True)


@for_clause("MN-26b")
@pytest.mark.parametrize(
    ("counted_at", "code"),
    [
        ("2026-03-09T10:00", "gate_closed"),
        ("2026-03-10T08:00:00", "gate_closed"),
        ("2026-03-10T08:00:01", ""),
        ("2026-03-11T10:00", ""),
        ("2026-03-20T10:00", ""),
    ],
)
def test_what_came_after_the_switching_on_may_be_exempted(clause: str, counted_at: str, code: str) -> None:
    complaint = denied(counted_at=counted_at)
    switched_on(complaint)
    play, given = reduce_denied(complaint)
    assert given == code
    assert play.refused("gate_closed", clause) if code else play.cites("MN-25e", "moved", "step.reduce")


@for_clause("MN-26b", "MN-26d")
@pytest.mark.parametrize(
    "service_type", ["whole_network_sms", "baibaoxiang", "pda", "animation", "other_portal", "other_service", "wap"]
)
@pytest.mark.parametrize("billed_as", ["on_demand", "monthly"])
def test_all_sorts_of_services_may_but_for_wap(clause: str, service_type: str, billed_as: str) -> None:
    complaint = denied(counted_at="2026-03-20T10:00", service_type=service_type)
    request = switched_on(complaint, billed_as=billed_as, service_type=service_type)
    play, code = reduce_denied(complaint)
    assert code == ("gate_closed" if service_type == "wap" else "")
    assert request.cites(clause, "moved", "step.switch_on")
    assert not code or play.refused("gate_closed", "MN-26b")


@for_clause("MN-26b")
def test_the_service_is_that_of_the_complaint(clause: str) -> None:
    complaint = denied(counted_at="2026-03-20T10:00")
    switched_on(complaint, service="S2")
    play, code = reduce_denied(complaint, "S2")
    assert (code, play.refused("gate_closed", clause)) == ("gate_closed", True)
    assert play.do("reduce", DESK, "2026-04-10T10:00", reason_clear=True) == "fields_wrong"
    assert play.missing() == {"service"}


@for_clause("MN-26c")
@pytest.mark.parametrize("lacks", ["named_service", "activated_at"])
def test_a_request_names_service_and_time(clause: str, lacks: str) -> None:
    complaint = denied()
    statement, said = listed(complaint), EXEMPTION | {"disputed": complaint.state.case_id, "objection_reason": "已开通"}
    del said[lacks]
    assert statement.do("object", SP, "2026-04-09T10:00", **said) == "fields_wrong"
    assert (statement.missing(), statement.refused("fields_wrong", clause)) == ({lacks}, True)


@for_clause("MN-26d")
def test_only_the_service_asked_for_gets_a_time(clause: str) -> None:
    request = switched_on(received())
    row = request.of("table_written")[0]
    assert (row.data["key"], row.data["gives"]) == ("S1", {"switched_on_at": "2026-03-10T00:00:00Z"})
    assert request.state.stage == "switched_on"
    fields = {"sp": "unit_a", "service": "S2", "billed_as": "monthly", "service_type": "wap"}
    for lacks in fields:
        given, other = {name: value for name, value in fields.items() if name != lacks}, request.beside()
        assert other.open("confirmation_request", DESK, "2026-03-09T10:00", **given) == "fields_wrong"
        assert (other.missing(), other.refused("fields_wrong", clause)) == ({lacks}, True)
    other = request.beside().did("open.confirmation_request", DESK, "2026-03-09T10:00", **fields)
    assert other.do("switch_on", DESK, "2026-03-10T10:00") == "fields_wrong"
    assert other.do("switch_on", "sp_applicant", "2026-03-10T10:00", switched_on_at="2026-03-10T10:00") == "wrong_role"


@for_clause("MN-27")
@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        ("none", ""),
        ("escalated", "gate_closed"),
        ("unverified", ""),
        ("verified_ordinary", ""),
        ("breach", "gate_closed"),
    ],
)
def test_a_verified_escalated_complaint_or_breach_of_the_month_shuts_out_every_reduction(
    clause: str, trouble: str, code: str
) -> None:
    complaint = classified()
    match trouble:
        case "escalated" | "unverified":
            verified(escalated(complaint, service="S9"), verdict=trouble == "escalated")
        case "verified_ordinary":
            verified(classified(complaint, service="S9"))
        case "breach":
            characterised(admitted(complaint, service="S9"))
    play = objected(listed(complaint), complaint)
    assert play.do("reduce", DESK, "2026-04-10T10:00", reason_clear=True) == code
    assert not code or play.refused("gate_closed", clause)


@for_clause("MN-27")
@pytest.mark.parametrize(
    "fields", [{"counted_at": "2026-04-01T00:00"}, {"counted_at": "2026-02-28T23:59:59"}, {"sp": "unit_b"}]
)
def test_a_trouble_of_another_month_or_sp_shuts_out_nothing(clause: str, fields: dict[str, str]) -> None:
    complaint = classified()
    verified(escalated(complaint, **fields))
    admitted(complaint)
    play = objected(listed(complaint), complaint).did("reduce", DESK, "2026-04-10T10:00", reason_clear=True)
    assert play.state.stage == "reduced"
    assert clause in play.pack.file.count["troubles"].clause


@for_clause("MN-27")
@pytest.mark.parametrize("lacks", ["verified", "sp_responsible"])
def test_a_complaint_is_verified_before_it_is_settled(clause: str, lacks: str) -> None:
    play = classified()
    assert play.do("settle", "customer_service", "2026-03-04T10:00", answer="已办") == "gate_closed"
    assert play.refused("gate_closed", "MN-30")
    fields = {"verified": True, "sp_responsible": True}
    del fields[lacks]
    assert play.do("note_verified", "customer_service", "2026-03-03T10:00", **fields) == "fields_wrong"
    assert play.missing() == {lacks}
    assert verified(play).cites(clause, "moved", "step.note_verified")
