"""Mobile customers' complaints: what is one, and whether it is normal or urgent, TU-0.1 to TU-4.4.5 and house-2."""

from typing import Any

import pytest

from tests.rules.packs.playing import Play, for_clause, shipped
from tests.rules.packs.telecom_normal_urgent.stories import (
    INTAKE,
    PACK,
    TRIAGE,
    accepted,
    handled,
    judged,
    received,
    sub_type,
)

pytestmark = pytest.mark.pure

ORDINARY = ["service_hall", "hotline_10086", "account_manager", "other_ordinary"]
ESCALATED = [
    *("miit_transfer", "communications_administration", "group_fax", "consumer_association_channel"),
    *("industry_commerce", "leaders_transfer", "group_website", "website_12315"),
    *("investigation_form", "letter", "supervision_telephone", "media"),
]


@for_clause("TU-0.1")
def test_each_edition_is_kept_beside_the_one_before(clause: str) -> None:
    assert shipped(PACK).file.clause[clause].always == "editions"


@for_clause("TU-1.1")
def test_the_purpose_adds_no_rule(clause: str) -> None:
    assert shipped(PACK).file.clause[clause].nothing_to_encode


@for_clause("TU-2.1")
@pytest.mark.parametrize(("company", "head"), [("unit_a", "head_a"), ("unit_b", "head_b")])
def test_every_company_takes_in_handles_and_monitors(clause: str, company: str, head: str) -> None:
    play = judged(company=company, channel="letter").did(
        "name_follower", "intake", "2026-03-02T10:15", follower="worker_b"
    )
    play.did("start", "intake", "2026-03-02T10:20")
    assert [message["to"] for message in play.messages] == [head]
    play.did("reply", head, "2026-03-02T11:00", solved_how="已退", answer="已退")
    assert play.do("close", head, "2026-03-02T12:00") == "wrong_role"
    play.did("close", "monitoring", "2026-03-02T12:00")
    assert (play.state.closed, play.state.stage, play.cites(clause, "opened")) == (True, "closed", True)
    assert play.cites(clause, "moved", "step.close")


@for_clause("TU-2.1")
def test_no_complaint_is_without_a_company(clause: str) -> None:
    play = Play(PACK)
    fields = {name: value for name, value in INTAKE.items() if name != "company"}
    assert play.open("complaint", "intake", "2026-03-02T10:00", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({"company"}, True)


@for_clause("TU-3.1")
def test_all_three_marks_make_a_complaint(clause: str) -> None:
    play = received()
    assert (play.state.classes["nature"], play.cites(clause, "classified", "class.nature")) == ("complaint", True)
    assert play.do("set_aside", "intake", "2026-03-02T10:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.did("accept", "intake", "2026-03-02T10:00").state.stage == "triage"


@for_clause("TU-3.1")
@pytest.mark.parametrize("lacks", ["dissatisfied", "concrete", "asks_answer"])
def test_whatever_lacks_one_mark_is_set_aside(clause: str, lacks: str) -> None:
    play = received(**dict[str, Any]({lacks: False}))
    assert play.do("accept", "intake", "2026-03-02T10:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("set_aside", "intake", "2026-03-02T10:01")
    assert (play.state.stage, play.state.closed) == ("no_complaint", True)


@for_clause("TU-4.1")
@pytest.mark.parametrize("factor", ["pressing", "time_demand", "important"])
def test_three_factors_are_written_down_at_triage(clause: str, factor: str) -> None:
    play, fields = accepted(), {name: value for name, value in TRIAGE.items() if name != factor}
    assert play.do("judge", "intake", "2026-03-02T10:10", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({factor}, True)
    assert play.do("start", "intake", "2026-03-02T10:11") == "gate_closed"
    assert play.refused("gate_closed", clause)


@for_clause("TU-4.1")
@pytest.mark.parametrize(("pressing", "important"), [(True, False), (False, True), (True, True)])
def test_the_factors_alone_make_nothing_urgent(clause: str, pressing: bool, important: bool) -> None:
    play = judged({"pressing": pressing, "important": important})
    assert sub_type(play) == ("normal", "none")
    assert play.cites(clause, "moved", "step.judge")


@for_clause("TU-4.2a")
@pytest.mark.parametrize("channel", ORDINARY)
def test_a_first_time_by_an_ordinary_channel_is_normal_and_a_second_is_not(clause: str, channel: str) -> None:
    play = received(channel=channel)
    assert sub_type(play) == ("normal", "none")
    assert play.cites(clause, "classified", "class.category")
    assert play.cites(clause, "classified", "class.sub_type")
    assert sub_type(received(channel=channel, first_time=False)) == ("urgent", "repeat")


@for_clause("house-2", "TU-4.3a")
def test_what_is_repeated_is_urgent_unless_triage_says_why_not(clause: str) -> None:
    play = accepted(first_time=False)
    assert play.cites(clause, "classified", "class.category")
    assert play.cites("house-2", "classified", "class.sub_type")
    play.did("judge", "intake", "2026-03-02T10:10", **TRIAGE, repeat_is_normal_why="另一账单")
    assert sub_type(play) == ("normal", "none")
    assert sub_type(received(channel="letter", first_time=False)) == ("urgent", "escalated")


@for_clause("TU-4.3a")
@pytest.mark.parametrize("special", ["customer_identity", "content", "source"])
def test_one_special_side_is_enough_to_make_it_urgent(clause: str, special: str) -> None:
    play = judged({"special_in": [special]})
    assert sub_type(play) == ("urgent", "none")
    assert play.cites(clause, "classified", "class.category")


@for_clause("TU-4.3b")
@pytest.mark.parametrize("who", ["leader", "higher_body", "regulator"])
def test_a_demanded_time_makes_it_urgent(clause: str, who: str) -> None:
    play = handled().did(
        "note_demand", "team_leader", "2026-03-02T10:30", demanded_by=who, demanded_until="2026-03-02T18:00"
    )
    assert sub_type(play) == ("urgent", "none")
    assert play.cites(clause, "classified", "class.category")


@for_clause("TU-4.4.1", "TU-4.4")
@pytest.mark.parametrize(
    "ground",
    [
        *("perception", "mass_media", "public_concern", "government", "litigation", "arbitration"),
        *("reputation", "leaders_attention", "other_grave"),
    ],
)
def test_one_ground_makes_it_major(clause: str, ground: str) -> None:
    play = judged({"major_grounds": [ground]})
    assert sub_type(play) == ("urgent", "major")
    where = "class.category" if clause == "TU-4.4" else "class.sub_type"
    assert play.cites(clause, "classified", where)


@for_clause("TU-4.4.2")
@pytest.mark.parametrize("channel", [*ESCALATED, "other_escalated"])
def test_the_channel_alone_makes_it_escalated_at_registration(clause: str, channel: str) -> None:
    play = received(channel=channel)
    assert (sub_type(play), play.state.stage) == (("urgent", "escalated"), "received")
    assert play.cites(clause, "classified", "class.sub_type")
    assert len(ESCALATED) == 12


@for_clause("TU-4.4.5")
@pytest.mark.parametrize(
    "identity",
    ["congress_deputy", "consultative_member", "lawyer", "consumer_association", "news_media", "other_sensitive"],
)
def test_a_customer_of_note_counts_where_he_says_so_himself(clause: str, identity: str) -> None:
    play = received(identity=identity, identity_stated=True)
    assert sub_type(play) == ("urgent", "important_customer")
    assert play.cites(clause, "classified", "class.sub_type")
    assert sub_type(received(identity=identity, identity_stated=False)) == ("normal", "none")
    unsaid = Play(PACK)
    assert unsaid.open("complaint", "intake", "2026-03-02T10:00", **(INTAKE | {"identity": identity})) == "fields_wrong"
    assert (unsaid.missing(), unsaid.refused("fields_wrong", clause)) == ({"identity_stated"}, True)


@for_clause("TU-4.4")
@pytest.mark.parametrize(
    ("triage", "fields", "kind"),
    [
        ({"major_grounds": ["litigation"]}, {"channel": "letter"}, "major"),
        ({}, {"channel": "letter", "identity": "lawyer", "identity_stated": True}, "escalated"),
        ({}, {"first_time": False, "identity": "lawyer", "identity_stated": True}, "important_customer"),
    ],
)
def test_of_several_kinds_the_first_of_the_text_is_shown(
    clause: str, triage: dict[str, Any], fields: dict[str, Any], kind: str
) -> None:
    play = judged(triage, **fields)
    assert sub_type(play) == ("urgent", kind)
    assert play.cites(clause, "classified", "class.category")
