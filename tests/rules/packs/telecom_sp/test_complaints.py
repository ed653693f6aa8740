"""Complaints about services of an SP: intake, classes and escalated ones, MN-1 to MN-8b and MN-20 to MN-22d."""

from typing import Any

import pytest

from tests.rules.packs.overview import figures
from tests.rules.packs.playing import Play, for_clause, shipped
from tests.rules.packs.telecom_sp.stories import (
    EVIDENCE,
    FILE,
    INTAKE,
    PACK,
    SP,
    classified,
    escalated,
    received,
    verified,
)

pytestmark = pytest.mark.pure

SORTS = {
    "subscription": ("denied", "subscription_failed"),
    "unsubscription": ("system_cancel_failed", "customer_cancel_failed"),
    "charging": ("free_service_charged", "no_record_charged"),
    "service_use": ("not_received", "mismatch"),
}
#: What each sub-type wants besides.
BESIDES: dict[str, dict[str, Any]] = {
    "denied": {"record_found": True, "explained": "已解释", "still_denied": "不认可"},
    "free_service_charged": {"advertisement": FILE},
    "no_record_charged": {"record_found": False},
}
GATES = {
    "subscription": "MN-4a",
    "unsubscription": "MN-5b",
    "charging": "MN-7a",
    "service_use": "MN-8a",
}
LEAVES = [
    ("subscription", "denied", "MN-4b"),
    ("subscription", "subscription_failed", "MN-4c"),
    ("unsubscription", "system_cancel_failed", "MN-5b"),
    ("unsubscription", "customer_cancel_failed", "MN-5b"),
    ("charging", "free_service_charged", "MN-7b"),
    ("charging", "no_record_charged", "MN-7c"),
    ("service_use", "not_received", "MN-8a"),
    ("service_use", "mismatch", "MN-8b"),
]
BODIES = [
    *("miit", "china_mobile_group", "provincial_government", "provincial_media"),
    *("provincial_consumer_council", "provincial_social_body", "company_leader"),
]
CHANNELS = [
    *("miit_filing", "miit_forwarding", "group_hotline", "communications_administration"),
    *("letters_and_visits", "leader_forwarding", "customer_letter_or_visit", "direct_to_company"),
]


def classify(play: Play, sort: str, sub_type: str, **fields: Any) -> str:
    """The refusal of a classification, empty if it was taken."""
    return play.do("classify", "agent", "2026-03-02T10:10", sort=sort, sub_type=sub_type, **fields)


@for_clause("MN-1")
def test_an_sp_works_in_its_own_cases_and_in_those_of_no_other(clause: str) -> None:
    play = escalated()
    assert play.do("hand_in_evidence", "head_b", "2026-03-03T10:00", **EVIDENCE) == "wrong_role"
    play.did("hand_in_evidence", SP, "2026-03-03T10:00", **EVIDENCE)
    seen = {name: kind.seen_by for name, kind in shipped(PACK).file.kind.items() if name != "publication"}
    assert all("sp" in roles for roles in seen.values())
    assert clause in shipped(PACK).file.role["sp"].clause


@for_clause("MN-2a")
@pytest.mark.parametrize("by", ["agent", "branch_window", "customer_service"])
@pytest.mark.parametrize("channel", ["hotline_10086", "portal", "branch_service_window", "other"])
def test_every_way_in_is_taken(clause: str, channel: str, by: str) -> None:
    play = received(by=by, channel=channel)
    assert (play.written("intake")["channel"], play.cites(clause, "opened")) == (channel, True)
    settled = verified(classified(channel=channel)).did("settle", "customer_service", "2026-03-04T10:00", answer="已办")
    assert (settled.state.stage, settled.cites(clause, "moved", "step.settle")) == ("settled", True)


@for_clause("MN-2b", "MN-20")
@pytest.mark.parametrize("body", BODIES)
def test_what_a_body_of_rank_hands_on_is_escalated_with_its_document(clause: str, body: str) -> None:
    given: dict[str, Any] = {
        "forwarded_by": body,
        "escalated_channel": "other_channel",
        "other_channel_text": "报社来函",
    }
    play = received(**given, document_of_body="工信1号")
    assert play.state.classes["escalation"] == "escalated"
    assert play.cites("MN-20", "classified", "class.escalation")
    bare = Play(PACK)
    assert bare.open("complaint", "agent", "2026-03-02T10:00", **(INTAKE | given)) == "fields_wrong"
    assert (bare.missing(), bare.refused("fields_wrong", "MN-2b")) == ({"document_of_body"}, True)
    assert clause in shipped(PACK).file.class_["escalation"].clause


@for_clause("MN-20")
def test_what_comes_from_a_lower_body_or_from_nobody_is_not(clause: str) -> None:
    given: dict[str, Any] = {
        "forwarded_by": "other_body",
        "document_of_body": "晚报",
        "escalated_channel": "other_channel",
    }
    play = received(**given, other_channel_text="来函")
    assert (play.state.classes["escalation"], received().state.classes["escalation"]) == ("ordinary", "ordinary")
    assert play.cites(clause, "classified", "class.escalation")


@for_clause("MN-21")
@pytest.mark.parametrize("channel", CHANNELS)
def test_each_of_eight_channels_makes_it_escalated(clause: str, channel: str) -> None:
    play = received(escalated_channel=channel)
    assert (play.state.classes["escalation"], len(CHANNELS)) == ("escalated", 8)
    assert play.cites(clause, "classified", "class.escalation")


@for_clause("MN-21")
@pytest.mark.parametrize("lacks", ["escalated_channel", "other_channel_text"])
def test_a_channel_of_escalation_is_named_and_another_is_told(clause: str, lacks: str) -> None:
    given = {"forwarded_by": "miit", "document_of_body": "1", "escalated_channel": "other_channel"}
    given |= {"other_channel_text": "来函"}
    play = Play(PACK)
    fields = {name: value for name, value in given.items() if name != lacks}
    assert play.open("complaint", "agent", "2026-03-02T10:00", **(INTAKE | fields)) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({lacks}, True)


@for_clause("MN-21")
def test_the_month_counts_escalated_complaints_by_channel(clause: str) -> None:
    play = received(escalated_channel="group_hotline")
    received(play, escalated_channel="group_hotline", counted_at="2026-03-31T23:59:59")
    received(play, escalated_channel="miit_filing")
    received(play, escalated_channel="miit_filing", counted_at="2026-04-01T00:00")
    received(play)
    made = figures(play, "escalated", "2026-03", "2026-04-30T00:00")
    assert made == {("group_hotline",): (2,), ("miit_filing",): (1,)}
    assert clause in shipped(PACK).file.report["escalated"].clause


@for_clause("MN-3")
@pytest.mark.parametrize("lacks", [{"sub_type": "denied"}, {"sort": "other", "sub_type": "denied"}])
def test_one_of_five_classes_is_needed(clause: str, lacks: dict[str, str]) -> None:
    play = received()
    assert play.do("classify", "agent", "2026-03-02T10:10", **lacks) == "fields_wrong"
    assert clause in play.refused_by()
    assert len(shipped(PACK).file.class_["sort"].values) == 5


@pytest.mark.parametrize(("sort", "sub_type", "clause"), LEAVES, ids=[f"{row[2]}-{row[1]}" for row in LEAVES])
def test_each_sub_type_belongs_to_its_class(sort: str, sub_type: str, clause: str) -> None:
    play = received()
    assert classify(play, sort, sub_type, **BESIDES.get(sub_type, {})) == ""
    classes = {name: play.state.classes[name] for name in ("sort", "sub_type")}
    assert classes == {"sort": sort, "sub_type": sub_type}
    assert play.state.stage == "classified"
    assert play.cites("MN-4a", "classified", "class.sub_type")
    assert clause in next(row.clause for row in play.pack.file.class_["sub_type"].rows if row.gives == sub_type)


@pytest.mark.parametrize(("sort", "clause"), GATES.items(), ids=GATES.values())
def test_no_other_sub_type_is_taken_nor_none(sort: str, clause: str) -> None:
    for other in (sub for subs in SORTS.values() for sub in subs if sub not in SORTS[sort]):
        play = received()
        assert classify(play, sort, other, **BESIDES.get(other, {})) == "gate_closed"
        assert play.refused("gate_closed", clause)
    play = received()
    assert play.do("classify", "customer_service", "2026-03-02T10:10", sort=sort) == "gate_closed"
    assert play.refused("gate_closed", clause)


@for_clause("MN-4b")
@pytest.mark.parametrize("lacks", ["record_found", "explained", "still_denied"])
def test_a_denial_has_record_explanation_and_denial(clause: str, lacks: str) -> None:
    fields = {name: value for name, value in BESIDES["denied"].items() if name != lacks}
    play = received()
    assert classify(play, "subscription", "denied", **fields) == "fields_wrong"
    assert play.missing() == {lacks}
    assert classify(play, "subscription", "denied", **(BESIDES["denied"] | {"record_found": False})) == "gate_closed"
    assert play.refused("gate_closed", clause)


@for_clause("MN-5a")
def test_a_cancellation_that_failed_is_unsubscription(clause: str) -> None:
    play = received()
    assert classify(play, "unsubscription", "customer_cancel_failed") == ""
    rows = {row.gives: row.clause for row in play.pack.file.class_["sort"].rows}
    assert (play.state.classes["sort"], rows["unsubscription"]) == ("unsubscription", (clause,))


@for_clause("MN-6")
def test_a_cancelled_number_has_two_dates_and_no_sub_type(clause: str) -> None:
    dates = {"cancelled_on": "2026-01-05", "reissued_on": "2026-02-20"}
    for lacks in dates:
        play = received()
        fields = {name: value for name, value in dates.items() if name != lacks}
        code = play.do("classify", "agent", "2026-03-02T10:10", sort="number_cancellation", **fields)
        assert (code, play.missing()) == ("fields_wrong", {lacks})
    assert classify(play, "number_cancellation", "mismatch", **dates) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("classify", "agent", "2026-03-02T10:11", sort="number_cancellation", **dates)
    assert play.state.classes["sort"] == "number_cancellation"
    assert clause in next(row.clause for row in play.pack.file.class_["sort"].rows if row.asks)


@for_clause("MN-7b")
def test_a_free_service_that_was_charged_has_its_advertisement(clause: str) -> None:
    play = received()
    assert classify(play, "charging", "free_service_charged") == "fields_wrong"
    assert play.missing() == {"advertisement"}
    assert clause in play.pack.file.form["classification"].clause


@for_clause("MN-7c")
def test_no_record_means_that_none_was_found(clause: str) -> None:
    play = received()
    assert classify(play, "charging", "no_record_charged") == "fields_wrong"
    assert classify(play, "charging", "no_record_charged", record_found=True) == "gate_closed"
    assert play.refused("gate_closed", clause)


@for_clause("MN-22a")
@pytest.mark.parametrize("lacks", list(EVIDENCE))
def test_nine_items_are_handed_in_together(clause: str, lacks: str) -> None:
    play = escalated()
    fields = {name: value for name, value in EVIDENCE.items() if name != lacks}
    assert play.do("hand_in_evidence", SP, "2026-03-03T10:00", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({lacks}, True)


@for_clause("MN-22a")
def test_an_escalated_complaint_is_not_settled_without_the_evidence(clause: str) -> None:
    play = verified(escalated())
    assert (play.status("evidence"), play.due("evidence")) == ("running", "")
    assert play.do("settle", "customer_service", "2026-03-04T10:00", answer="已办") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("hand_in_evidence", SP, "2026-03-04T11:00", **EVIDENCE)
    play.did("settle", "customer_service", "2026-03-04T12:00", answer="已办")
    assert (play.status("evidence"), classified().status("evidence")) == ("met", "off")
    assert play.cites(clause, "moved", "step.hand_in_evidence")


@for_clause("MN-22b")
def test_an_earlier_demand_is_written_down(clause: str) -> None:
    play = escalated()
    fields = EVIDENCE | {"demand_unmet": True}
    assert play.do("hand_in_evidence", SP, "2026-03-03T10:00", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({"customer_demand"}, True)
    play.did("hand_in_evidence", SP, "2026-03-03T10:01", **fields, customer_demand="双倍返还")


@for_clause("MN-22c")
def test_marketing_wants_publicity_or_a_contract(clause: str) -> None:
    none = EVIDENCE | {"publicity": {"no": "没有宣传"}}
    play = escalated()
    assert play.do("hand_in_evidence", SP, "2026-03-03T10:00", **(none | {"marketing": True})) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("hand_in_evidence", SP, "2026-03-03T10:01", **(none | {"marketing": True, "media_contract": FILE}))
    escalated().did("hand_in_evidence", SP, "2026-03-03T10:01", **(EVIDENCE | {"marketing": True}))
    escalated().did("hand_in_evidence", SP, "2026-03-03T10:01", **none)


@for_clause("MN-22d")
@pytest.mark.parametrize("order", ["suspend_all_services", "end_cooperation"])
def test_an_sp_that_does_not_help_is_suspended_or_left(clause: str, order: str) -> None:
    assert classified().do("note_non_cooperation", "partner_desk", "2026-03-04T10:00", refused_what="x")
    play = verified(escalated()).did(
        "note_non_cooperation", "partner_desk", "2026-03-04T10:00", refused_what="拒不提供"
    )
    assert play.do("settle", "customer_service", "2026-03-04T11:00", answer="已办") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("consequence.non_cooperation", "partner_desk", "2026-03-04T12:00", choice=[order]) == "wrong_role"
    play.did("consequence.non_cooperation", "leader", "2026-03-04T12:00", choice=[order])
    decided = play.of("consequence_decided", "consequence.non_cooperation")[0]
    assert (decided.data["choice"], decided.data["lines"][0][:2]) == ([order], ["unit", "unit_a"])
    assert play.cites(clause, "consequence_decided", "consequence.non_cooperation")
    play.did("settle", "customer_service", "2026-03-04T13:00", answer="已办")


@for_clause("MN-22d")
def test_only_an_escalated_complaint_calls_for_help(clause: str) -> None:
    play = classified()
    assert play.do("note_non_cooperation", "partner_desk", "2026-03-04T10:00", refused_what="x") == "gate_closed"
    assert play.refused("gate_closed", clause)
