"""The dispatch desk: points for what proves true and for what is late, DC-20.1 to DC-A1.7."""

from typing import Any

import pytest

from tests.rules.packs.dispatch_complaint_resolution.stories import (
    COMPANY_CAUSES,
    HEAD,
    PACK,
    SIGNED,
    WORKER,
    archived,
    forwarded,
    planned,
    registered,
    settled_at_once,
    summarised,
    verified,
)
from tests.rules.packs.overview import figures
from tests.rules.packs.playing import Play, for_clause, shipped, shown

pytestmark = pytest.mark.pure


def lines(play: Play, name: str) -> list[tuple[str, str, str | None]]:
    """Whom the last item of a consequence is against, and how much."""
    return list(play.state.consequences[name][-1].lines)


@for_clause("DC-20.1", "house-4")
@pytest.mark.parametrize("party", [WORKER, HEAD])
def test_a_general_complaint_that_proves_true_costs_one_of_two_one_point(clause: str, party: str) -> None:
    play = verified()
    assert lines(play, "general_points") == [("person", WORKER, "1"), ("person", HEAD, "1")]
    assert play.do("consequence.general_points", "line_leader", "2026-03-02T15:00", party=party) == "wrong_role"
    assert play.do("consequence.general_points", "deputy_gm", "2026-03-02T15:00") == "fields_wrong"
    assert play.missing() == {"party"}
    more = {"party": party, "amount": "2", "reason": "r"}
    assert play.do("consequence.general_points", "deputy_gm", "2026-03-02T15:00", **more) == "out_of_bounds"
    play.did("consequence.general_points", "deputy_gm", "2026-03-02T15:00", party=party)
    assert lines(play, "general_points") == [("person", party, "1")]
    assert play.fact("consequence.general_points") == 1
    assert play.cites(clause, "consequence_decided", "consequence.general_points")
    again = {"verification": "v", "verified": True, "person_in_charge": HEAD, "handled_by": HEAD}
    play.did("verify", HEAD, "2026-03-02T16:00", **again)
    assert play.fact("consequence.general_points.open") == 0


@for_clause("DC-20.1")
@pytest.mark.parametrize(
    ("cause", "found"), [("work_mistake", {"verified": False}), ("other_cause", {}), ("excess_demand", {})]
)
def test_what_does_not_prove_true_or_is_not_the_company_s_costs_nothing(
    clause: str, cause: str, found: dict[str, Any]
) -> None:
    assert verified(cause, found=found).state.consequences == {}
    assert verified(cause, found=found, harms_image=True).state.consequences == {}
    assert clause in shipped(PACK).file.consequence["general_points"].clause


@for_clause("DC-20.2")
@pytest.mark.parametrize(
    ("at", "points"), [("2026-03-03T10:30:00", 0), ("2026-03-03T10:30:01", 2)], ids=["last_moment", "first_late"]
)
def test_being_late_costs_two_points_once(clause: str, at: str, points: int) -> None:
    play = forwarded().until(at)
    assert play.fact("consequence.late_points") == points
    play.until("2026-03-31T24:00")
    assert (play.fact("consequence.late_points"), play.fact("consequence.late_points.times")) == (2, 1)
    assert lines(play, "late_points") == [("person", HEAD, "2")]
    assert play.cites(clause, "consequence_decided", "consequence.late_points")


@for_clause("DC-20.2")
@pytest.mark.parametrize(("contacted", "special"), [(True, False), (False, True), (True, True)])
def test_settling_late_special_or_not_costs_two_and_points_add_up(clause: str, contacted: bool, special: bool) -> None:
    play = forwarded()
    if contacted:
        play.did("contact", HEAD, "2026-03-02T11:00", contacted_how="c")
    if special:
        play.did("declare_special", HEAD, "2026-03-02T12:00", special=True, special_reason="r")
    late = "2026-03-06T00:00:01" if special and contacted else "2026-03-03T10:30:01"
    play.until(late)
    assert play.fact("consequence.late_points") == 2
    assert shown(play.of("consequence_decided", "consequence.late_points")[0].at) == late
    found = {"verification": "v", "verified": True, "person_in_charge": HEAD, "handled_by": HEAD}
    play.did("verify", HEAD, late, **found).did("consequence.general_points", "deputy_gm", late)
    assert figures(play, "points", "2026-03", "2026-04-01T00:00") == {(HEAD, "assessment_points"): (3,)}
    assert clause in shipped(PACK).file.report["points"].clause


@for_clause("DC-20.2")
def test_forwarding_or_calling_back_late_costs_nothing(clause: str) -> None:
    play = registered().until("2026-03-31T00:00")
    assert (play.status("forward"), play.state.consequences) == ("missed", {})
    play = settled_at_once().until("2026-03-31T00:00")
    assert (play.status("revisit"), play.state.consequences) == ("missed", {})
    assert clause in shipped(PACK).file.consequence["late_points"].clause


@for_clause("DC-21.1")
@pytest.mark.parametrize("limb", ["harms_image", "serious_impact", "economic_loss"])
def test_a_major_complaint_that_proves_true_costs_five(clause: str, limb: str) -> None:
    grave: dict[str, Any] = {limb: True}
    play = verified(**grave)
    assert set(play.state.consequences) == {"major_points"}
    assert lines(play, "major_points") == [("person", WORKER, "5"), ("person", HEAD, "5")]
    play.did("consequence.major_points", "deputy_gm", "2026-03-02T15:00", party=WORKER)
    assert play.fact("consequence.major_points") == 5
    assert play.cites(clause, "consequence_decided", "consequence.major_points")


@for_clause("DC-21.1")
@pytest.mark.parametrize("limb", ["serious_impact", "economic_loss"])
def test_what_turns_out_to_be_major_costs_five_and_not_one(clause: str, limb: str) -> None:
    play = verified()
    found = {"verification": "v", "verified": True, "person_in_charge": HEAD, "handled_by": HEAD, limb: True}
    play.did("verify", HEAD, "2026-03-02T15:00", **found)
    opened = (play.fact("consequence.general_points.open"), play.fact("consequence.major_points.open"))
    assert (play.state.classes["severity"], opened) == ("major", (0, 1))
    assert play.of("consequence_dropped", "consequence.general_points")
    assert clause in shipped(PACK).file.consequence["major_points"].clause


@for_clause("DC-21.2")
@pytest.mark.parametrize("amount", ["4", "7", "0"])
def test_the_points_of_a_major_complaint_go_up_or_down_with_a_reason(clause: str, amount: str) -> None:
    play = verified(harms_image=True)
    wanted: dict[str, Any] = {"party": WORKER, "amount": amount}
    assert play.do("consequence.major_points", "deputy_gm", "2026-03-02T15:00", **wanted) == "out_of_bounds"
    assert clause in play.refused_by()
    assert play.do("consequence.major_points", "deputy_gm", "2026-03-02T15:00", **wanted, reason="") != ""
    play.did("consequence.major_points", "deputy_gm", "2026-03-02T15:00", **wanted, reason="主动补救")
    decided = play.of("consequence_decided", "consequence.major_points")[0].data
    assert decided["lines"] == [["person", WORKER, amount]]
    assert (decided["low"], decided["high"], decided["reason"]) == ("5.00", "5.00", "主动补救")


@for_clause("DC-21.2")
def test_nobody_gets_points_back(clause: str) -> None:
    play = verified(harms_image=True)
    wanted = {"party": WORKER, "amount": "-1", "reason": "r"}
    assert play.do("consequence.major_points", "deputy_gm", "2026-03-02T15:00", **wanted) == "fields_wrong"
    assert clause in play.refused_by()


@for_clause("DC-A1.7")
@pytest.mark.parametrize("cause", list(COMPANY_CAUSES))
def test_a_complaint_that_proved_true_is_not_filed_before_somebody_was_dealt_with(clause: str, cause: str) -> None:
    play = summarised(cause)
    assert play.do("archive", "dispatcher", "2026-03-05T09:00", **SIGNED) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("consequence.general_points", "deputy_gm", "2026-03-05T10:00", party=HEAD)
    assert play.did("archive", "dispatcher", "2026-03-05T11:00", **SIGNED).state.closed


@for_clause("DC-A1.7")
@pytest.mark.parametrize(("fields", "which"), [({}, "general_points"), ({"harms_image": True}, "major_points")])
def test_no_points_is_a_decision_with_a_reason(clause: str, fields: dict[str, Any], which: str) -> None:
    play = summarised(**fields)
    assert play.do("waive_points", "deputy_gm", "2026-03-05T09:00") == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({"no_points_why"}, True)
    play.did("waive_points", "deputy_gm", "2026-03-05T09:00", no_points_why="不可抗力")
    assert play.fact(f"consequence.{which}.open") == 0
    assert play.state.consequences["no_points"][0].choice == ("no_penalty",)
    assert lines(play, "no_points") == [("person", WORKER, None), ("person", HEAD, None)]
    assert play.did("archive", "dispatcher", "2026-03-05T11:00", **SIGNED).state.closed
    assert play.cites(clause, "consequence_decided", "consequence.no_points")


@for_clause("DC-A1.7")
@pytest.mark.parametrize(("cause", "found"), [("work_mistake", {"verified": False}), ("other_cause", {})])
def test_what_costs_nothing_needs_no_decision(clause: str, cause: str, found: dict[str, Any]) -> None:
    play = summarised(cause, found=found)
    if not found.get("verified", True):
        play.did("waive_points", "deputy_gm", "2026-03-05T08:00", no_points_why="n")
        assert "no_points" not in play.state.consequences
    assert play.did("archive", "dispatcher", "2026-03-05T09:00", **SIGNED).state.closed
    assert clause in shipped(PACK).file.consequence["no_points"].clause


@for_clause("DC-A1.7")
def test_major_points_are_a_decision_too_and_no_points_are_decided_once(clause: str) -> None:
    assert archived(harms_image=True).state.closed
    play = planned().did("waive_points", "deputy_gm", "2026-03-02T15:30", no_points_why="n")
    play.did("inform", HEAD, "2026-03-02T16:00", informed_at="2026-03-02T15:55", informed_what="w")
    assert play.do("waive_points", "deputy_gm", "2026-03-02T16:10", no_points_why="n") == "step_not_open"
    assert clause in play.refused_by()
