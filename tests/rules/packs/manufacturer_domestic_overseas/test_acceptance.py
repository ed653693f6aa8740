"""Complaints at home and abroad: grounds, acceptance by Marketing, 15 and 18 days, MD-3.1 to MD-4.2b, MD-9.1 to MD-9.3."""

from typing import Any

import pytest

from tests.rules.packs.manufacturer_domestic_overseas.stories import (
    CARRIED_OUT,
    NOTICE,
    accepted,
    decided,
    examined,
    forwarded,
    investigated,
    received,
    reported,
)
from tests.rules.packs.playing import Play, around_the_limit, for_clause

pytestmark = pytest.mark.pure

CONTRACT = {"contract_number": "HT-2026-7", "agreed": "500件", "delivered": "480件"}


@pytest.mark.parametrize(
    ("clause", "ground"),
    [
        ("MD-3.1", "quality_defect"),
        ("MD-3.2", "contract_mismatch"),
        ("MD-3.4", "transport_damage"),
        ("MD-3.5", "poor_packaging"),
    ],
)
def test_a_ground_of_the_list_is_legitimate(clause: str, ground: str) -> None:
    play = examined(ground)
    assert play.state.classes["legitimacy"] == "legitimate"
    assert play.cites(clause, "classified", "class.legitimacy")


@for_clause("MD-3.1")
def test_service_alone_is_none_of_the_grounds_and_may_be_accepted(clause: str) -> None:
    play = examined("service_only")
    assert play.state.classes["legitimacy"] == "not_listed"
    assert play.did("accept", "marketing", "2026-03-02T10:00", region="home").state.stage == "accepted"
    assert play.cites(clause, "moved", "step.examine")


@for_clause("MD-3.1")
def test_a_ground_is_examined_before_marketing_decides(clause: str) -> None:
    play = forwarded()
    assert "legitimacy" not in play.state.classes
    assert play.do("accept", "marketing", "2026-03-02T10:00", region="home") == "gate_closed"
    assert play.refused("gate_closed", clause)
    refusal = {"refusal_why": "r", "refusal_reply": "r"}
    assert play.do("decline", "marketing", "2026-03-02T10:00", **refusal) == "gate_closed"


@for_clause("MD-3.2")
def test_what_differs_from_the_contract_is_accepted_with_the_contract(clause: str) -> None:
    play = examined("contract_mismatch")
    assert play.do("accept", "marketing", "2026-03-02T10:00", region="home") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("attach_contract", "worker_a", "2026-03-02T10:10", **CONTRACT)
    assert play.did("accept", "marketing", "2026-03-02T10:20", region="home").state.stage == "accepted"
    assert play.cites(clause, "moved", "step.attach_contract")


@for_clause("MD-3.3")
@pytest.mark.parametrize(
    ("deviation", "legitimate"), [("0.4", "not_listed"), ("0.5", "not_listed"), ("0.51", "legitimate")]
)
def test_more_than_the_tolerance_is_legitimate(clause: str, deviation: str, legitimate: str) -> None:
    play = examined("out_of_tolerance", deviation=deviation, tolerance="0.5")
    assert play.state.classes["legitimacy"] == legitimate
    assert play.cites(clause, "filled", "form.examination")


@for_clause("MD-3.3")
@pytest.mark.parametrize(
    ("lacks", "value"), [("deviation", "-1"), ("tolerance", "-1"), ("deviation", ""), ("tolerance", "")]
)
def test_a_deviation_and_the_tolerance_are_written_down(clause: str, lacks: str, value: str) -> None:
    fields: dict[str, Any] = {"deviation": "0", "tolerance": "0"} | {lacks: value}
    play = forwarded()
    assert play.do("examine", "marketing", "2026-03-02T09:50", ground="out_of_tolerance", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({lacks}, True)
    assert examined("out_of_tolerance", deviation="0", tolerance="0").state.classes["legitimacy"] == "not_listed"


@for_clause("MD-3.3")
def test_a_deviation_on_another_ground_makes_nothing_legitimate(clause: str) -> None:
    play = examined("service_only", deviation="2", tolerance="1")
    assert play.state.classes["legitimacy"] == "not_listed"
    assert clause in play.of("filled", "form.examination")[0].clause


@for_clause("MD-3.6")
def test_another_breach_is_legitimate_and_says_which(clause: str) -> None:
    play = forwarded()
    assert play.do("examine", "marketing", "2026-03-02T09:50", ground="other_breach") == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({"other_ground"}, True)
    play = examined("other_breach", other_ground="晚交货4天")
    assert play.state.classes["legitimacy"] == "legitimate"
    assert play.cites(clause, "classified", "class.legitimacy")


@for_clause("MD-4.1")
@pytest.mark.parametrize("person", ["worker_a", "head_a", "deputy_gm", "general_manager", "outsider"])
def test_only_marketing_decides_whether_it_is_accepted(clause: str, person: str) -> None:
    play = examined()
    assert play.do("accept", person, "2026-03-02T10:00", region="home") == "wrong_role"
    assert play.refused("wrong_role", clause)
    play.did("accept", "marketing", "2026-03-02T10:00", region="home")
    assert (play.state.stage, play.of("moved", "step.accept")[0].at.hour) == ("accepted", 2)
    assert play.cites(clause, "moved", "step.accept")


@for_clause("house-2", "MD-4.1")
@pytest.mark.parametrize("lacks", ["refusal_why", "refusal_reply"])
def test_what_is_not_accepted_is_answered_with_reasons_and_ends(clause: str, lacks: str) -> None:
    fields = {"refusal_why": "非本公司产品", "refusal_reply": "非本公司产品"}
    play = examined("service_only")
    less = {name: value for name, value in fields.items() if name != lacks}
    assert play.do("decline", "marketing", "2026-03-02T10:00", **less) == "fields_wrong"
    assert play.missing() == {lacks}
    play.did("decline", "marketing", "2026-03-02T10:00", **fields)
    assert (play.state.stage, play.state.closed, play.status("before_acceptance")) == ("not_accepted", True, "met")
    assert play.cites(clause, "moved", "step.decline")


@for_clause("MD-4.2a")
def test_the_notice_goes_out_and_its_time_is_measured(clause: str) -> None:
    play = accepted()
    assert (play.status("notice"), play.due("notice")) == ("running", "")
    play.did("issue_notice", "marketing", "2026-03-02T12:00", **NOTICE)
    sent = [(message["to"], play.of("moved", "step.issue_notice")[0].by) for message in play.messages]
    assert sent == [("head_b", "marketing")]
    assert (play.status("notice"), play.of("clock_met", "clock.notice")[0].data["spent"]) == ("met", 7200)
    assert play.cites(clause, "notified", "step.issue_notice")
    assert play.do("verify", "head_a", "2026-03-03T09:00", found="f") == "wrong_role"


@for_clause("MD-4.2a")
@pytest.mark.parametrize("lacks", sorted(NOTICE))
def test_a_notice_says_to_whom_and_what_is_asked(clause: str, lacks: str) -> None:
    fields = {name: value for name, value in NOTICE.items() if name != lacks}
    play = accepted()
    assert play.do("issue_notice", "marketing", "2026-03-02T12:00", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({lacks}, True)


@for_clause("MD-4.2b")
def test_marketing_urges_whoever_has_the_case(clause: str) -> None:
    owners = []
    for play, at in (
        (investigated(), "2026-03-12T09:00"),
        (reported(), "2026-03-12T09:00"),
        (decided(), "2026-03-12T09:00"),
    ):
        play.messages.clear()
        play.did("urge", "marketing", at, urged="请尽快").did("urge", "marketing", at, urged="再次")
        owners.append([message["to"] for message in play.messages])
        assert play.state.copies["reminder"] == 2
        assert play.cites(clause, "notified", "step.urge")
    assert owners == [["head_b"] * 2, ["general_manager"] * 2, ["head_b"] * 2]


def answered(play: Play, at: str) -> Play:
    """A case under investigation, brought to its end at one instant."""
    play.did("verify", "head_b", "2026-03-04T10:00", found="f")
    proposal = {"proposed_unit": "unit_b", "proposed_persons": {"no": "无"}, "options": ["o"]}
    play.did("propose", "marketing", "2026-03-06T09:00", **proposal)
    play.did("approval.proposal", "deputy_gm", "2026-03-07T09:00", verdict="given")
    play.did("report_up", "marketing", "2026-03-08T09:00", reported="r")
    play.did("review", "general_manager", "2026-03-09T09:00", reviewed="r")
    play.did("decide", "general_manager", "2026-03-09T10:00", method="m", responsible_unit="unit_b")
    play.did("carry_out", "head_b", "2026-03-12T09:00", **CARRIED_OUT).until(at)
    return play.did("reply", "marketing", at, answer="a")


@for_clause("MD-9.1")
@around_the_limit("2026-03-17T24:00", "2026-03-18T00:00:01")
def test_at_home_a_complaint_is_handled_within_15_days(clause: str, at: str, status: str) -> None:
    play = investigated()
    assert (play.due("handling_home"), play.status("handling_abroad")) == ("2026-03-18T00:00:00", "off")
    assert answered(play, at).status("handling_home") == status
    assert play.cites(clause, "clock_started", "clock.handling_home")


@for_clause("MD-9.2")
@around_the_limit("2026-03-20T24:00", "2026-03-21T00:00:01")
def test_abroad_a_complaint_is_handled_within_18_days(clause: str, at: str, status: str) -> None:
    play = investigated("abroad")
    assert (play.due("handling_abroad"), play.status("handling_home")) == ("2026-03-21T00:00:00", "off")
    assert answered(play, at).status("handling_abroad") == status
    assert play.cites(clause, "clock_started", "clock.handling_abroad")


@pytest.mark.parametrize(
    ("clause", "region", "due"),
    [("MD-9.1", "home", "2026-10-06T00:00:00"), ("MD-9.2", "abroad", "2026-10-09T00:00:00")],
)
def test_holidays_and_weekends_count(clause: str, region: str, due: str) -> None:
    play = received(taken_in_by="marketing_department")
    play.did("examine", "marketing", "2026-09-20T09:00", ground="quality_defect")
    play.did("accept", "marketing", "2026-09-20T10:00", region=region)
    assert play.due(f"handling_{region}") == due
    assert play.cites(clause, "clock_started", f"clock.handling_{region}")


@for_clause("MD-9.3")
@pytest.mark.parametrize("region", ["home", "abroad"])
def test_a_limit_begins_with_acceptance_and_not_with_the_first_contact(clause: str, region: str) -> None:
    play = forwarded().did("examine", "marketing", "2026-03-09T09:00", ground="quality_defect")
    assert (play.status("handling_home"), play.status("handling_abroad")) == ("off", "off")
    play.did("accept", "marketing", "2026-03-09T10:00", region=region)
    assert play.due(f"handling_{region}") == {"home": "2026-03-25T00:00:00", "abroad": "2026-03-28T00:00:00"}[region]
    assert play.cites(clause, "clock_started", f"clock.handling_{region}")


@for_clause("house-4")
def test_home_and_abroad_change_only_with_a_reason_and_count_from_the_same_start(clause: str) -> None:
    play = investigated()
    assert play.do("change_region", "marketing", "2026-03-05T09:00", region="abroad") == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({"region_why"}, True)
    play.did("change_region", "marketing", "2026-03-05T09:00", region="abroad", region_why="客户在越南")
    assert (play.status("handling_home"), play.due("handling_abroad")) == ("off", "2026-03-21T00:00:00")
    play.did("change_region", "marketing", "2026-03-06T09:00", region="home", region_why="更正")
    assert (play.due("handling_home"), play.status("handling_abroad")) == ("2026-03-18T00:00:00", "off")
    assert play.cites(clause, "moved", "step.change_region")


@for_clause("house-1")
def test_a_limit_at_home_that_runs_out_is_told_upward(clause: str) -> None:
    play = accepted().until("2026-03-20T12:00")
    assert play.told() == [
        ("2026-03-14T21:12:00", "handling_home", "head_of_marketing"),
        ("2026-03-18T00:00:01", "handling_home", "marketing deputy_gm"),
        ("2026-03-19T00:00:00", "handling_home", "general_manager"),
    ]
    assert play.cites(clause, "escalated", "clock.handling_home")
    assert play.did("issue_notice", "deputy_gm", "2026-03-20T13:00", **NOTICE).state.stage == "investigation"
    assert play.did("verify", "general_manager", "2026-03-20T14:00", found="f").state.copies["findings"] == 1


@for_clause("house-1")
def test_a_limit_abroad_that_runs_out_is_told_upward(clause: str) -> None:
    play = investigated("abroad").until("2026-03-26T12:00")
    assert [at for at, _, _ in play.told()] == ["2026-03-17T06:48:00", "2026-03-21T00:00:01", "2026-03-24T00:00:00"]
    assert [persons for _, _, persons in play.told()] == ["boss", "marketing deputy_gm", "general_manager"]
    assert play.cites(clause, "escalated", "clock.handling_abroad")
