"""Complaints of website users: scope, channels, reception and the three levels, W3-0.1 to W3-5.1d."""

from datetime import date

import pytest

from tests.rules.packs.playing import Play, for_clause, shipped
from tests.rules.packs.website_three_level.stories import FIRST, INTAKE, PACK, judged, registered, taken

pytestmark = pytest.mark.pure


@for_clause("W3-0.1")
def test_the_rules_are_on_trial_until_one_day(clause: str) -> None:
    file = shipped(PACK).file
    assert (file.trial, file.review_by, file.clause[clause].always) == (True, date(2026, 12, 31), "editions")


@for_clause("W3-1.1")
def test_the_purpose_adds_no_rule(clause: str) -> None:
    assert shipped(PACK).file.clause[clause].nothing_to_encode


@for_clause("W3-2.1")
@pytest.mark.parametrize("cause", ["neglect", "error", "no_measure", "no_control"])
@pytest.mark.parametrize("harm", ["self_respect", "interest"])
def test_four_causes_and_two_harms_are_in_scope(clause: str, cause: str, harm: str) -> None:
    assert registered(cause=cause, harm=[harm]).cites(clause, "opened")


@for_clause("W3-2.1")
@pytest.mark.parametrize("wrong", [{"cause": "weather"}, {"harm": ["time"]}, {"harm": []}])
def test_nothing_else_is(clause: str, wrong: dict[str, object]) -> None:
    play = Play(PACK)
    assert play.open("complaint", "agent", "2026-03-02T10:00", **(INTAKE | wrong)) == "fields_wrong"
    assert play.missing() == set(wrong)
    assert clause in play.refused_by()


@for_clause("W3-2.2")
@pytest.mark.parametrize("channel", ["qq", "phone", "post", "question"])
@pytest.mark.parametrize("oral", [True, False])
def test_a_complaint_by_one_of_four_channels_is_one_case_at_any_hour(clause: str, channel: str, oral: bool) -> None:
    play = registered("2026-03-02T21:00", channel=channel, oral=oral)
    assert len(play.of("opened")) == 1
    assert play.written("intake")["channel"] == channel
    assert play.cites(clause, "filled", "form.intake")


@for_clause("W3-2.2")
def test_a_letter_is_no_channel(clause: str) -> None:
    play = Play(PACK)
    assert play.open("complaint", "agent", "2026-03-02T10:00", **(INTAKE | {"channel": "letter"})) == "fields_wrong"
    assert clause in play.refused_by()


@for_clause("W3-2.3")
def test_a_claim_that_another_department_gets_goes_to_customer_service(clause: str) -> None:
    play = registered(by="outsider", entry="other_department", claim="50")
    assert (play.state.stage, play.open_steps()) == ("registered", {"take"})
    assert play.do("take", "outsider", "2026-03-02T10:02", first_agent=FIRST) == "wrong_role"
    play.did("take", "agent", "2026-03-02T10:02", first_agent=FIRST)
    assert play.written("intake")["claim"] == "50.00"
    assert play.cites(clause, "opened")


@for_clause("W3-3.1", "house-1")
def test_the_order_of_handlers_has_three_levels(clause: str) -> None:
    file = shipped(PACK).file
    chain = [role := "first_agent"]
    while above := file.role[role].above:
        chain.append(role := above)
    assert chain == ["first_agent", "section_manager", "deputy_centre_manager", "centre_manager"]
    assert file.role["deputy_section_manager"].above == "section_manager"
    assert (bool(file.clause["W3-3.1"].gap), file.clause["W3-3.1"].filled) == (True, "house-1")
    assert clause in ("W3-3.1", *file.role["section_manager"].clause)


LEVELS = [
    *[(origin, "level_1", "W3-4.1") for origin in ("policy", "site_rules", "use", "own_misreading")],
    *[(origin, "level_2", "W3-4.2") for origin in ("poor_attitude", "weak_skill", "agent_error")],
    *[(origin, "level_3", "W3-4.3") for origin in ("system_trouble", "other_staff_error")],
]


@pytest.mark.parametrize("claim", [{}, {"claim": "80"}], ids=["no_claim", "claim"])
@pytest.mark.parametrize(("origin", "level", "clause"), LEVELS, ids=[f"{row[2]}-{row[0]}" for row in LEVELS])
def test_the_cause_decides_the_level_with_or_without_a_claim(
    origin: str, level: str, clause: str, claim: dict[str, str]
) -> None:
    play = judged(origin, **claim)
    assert play.state.classes == {"level": level}
    assert play.cites(clause, "classified", "class.level")


@for_clause("W3-4.0")
@pytest.mark.parametrize(
    ("origins", "level"),
    [
        (("policy", "agent_error"), "level_2"),
        (("policy", "system_trouble"), "level_3"),
        (("weak_skill", "other_staff_error"), "level_3"),
    ],
)
def test_of_several_causes_the_higher_level_wins_and_there_is_one(
    clause: str, origins: tuple[str, ...], level: str
) -> None:
    assert taken().state.classes == {}
    play = judged(*origins)
    assert play.state.classes == {"level": level}
    assert play.cites(clause, "moved", "step.judge")


@for_clause("W3-5.1a")
def test_whoever_takes_it_is_the_first_agent_of_one_case(clause: str) -> None:
    play = taken()
    assert play.state.fields["first_agent"] == FIRST
    assert play.do("check", "worker_b", "2026-03-02T10:05", checked="c") == "wrong_role"
    assert play.cites(clause, "moved", "step.take")


@for_clause("W3-5.1b")
@pytest.mark.parametrize("field", ["problem", "object"])
def test_problem_and_object_are_written_down(clause: str, field: str) -> None:
    play = Play(PACK)
    fields = {name: value for name, value in INTAKE.items() if name != field}
    assert play.open("complaint", "agent", "2026-03-02T10:00", **fields) == "fields_wrong"
    assert play.missing() == {field}
    assert clause in play.refused_by()


@for_clause("W3-5.1c")
def test_a_level_is_not_set_before_something_was_checked(clause: str) -> None:
    play = taken()
    judgement = {"grounds": True, "reasonable": True, "origins": ["policy"]}
    assert play.do("judge", FIRST, "2026-03-02T10:05", **judgement) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("check", FIRST, "2026-03-02T10:05", checked="订单属实").did(
        "judge", FIRST, "2026-03-02T10:06", **judgement
    )


@for_clause("W3-5.1d")
@pytest.mark.parametrize(("grounds", "reasonable"), [(True, False), (False, True)])
def test_grounds_and_demand_are_judged_apart(clause: str, grounds: bool, reasonable: bool) -> None:
    play = judged("policy", grounds=grounds, reasonable=reasonable)
    written = play.written("judgement")
    assert (written["grounds"], written["reasonable"]) == (grounds, reasonable)
    assert play.state.classes == {"level": "level_1"}
    assert play.cites(clause, "filled", "form.judgement")
