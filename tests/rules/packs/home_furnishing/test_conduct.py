"""What HR determines of stores, dealers and employees, and what it costs, HF-3, HF-7.2.4a, HF-7.2.4b, HF-7.2.5a to HF-7.2.8."""

from decimal import Decimal
from typing import Any

import pytest

from tests.rules.packs.home_furnishing.stories import (
    CONDUCT,
    DEALER,
    PACK,
    again,
    delivered,
    determined_conduct,
    registered,
    replied,
    reported,
    revisited,
)
from tests.rules.packs.playing import Play, for_clause

pytestmark = pytest.mark.pure

AT = "2026-03-06T12:00"
STORE: dict[str, Any] = {"accused_kind": "direct_store", "store": "S1", "staff": None, "staff_kind": None}
BANDS: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "HF-7.2.5a": ("staff_fine", {}, "30.00", "200.00"),
    "HF-7.2.5b": ("staff_media_fine", {"media": True, "harm": True}, "100.00", "500.00"),
    "HF-7.2.6a": ("project_media_fine", {"matter": "untimely", "media": True}, "50.00", "500.00"),
    "HF-7.2.5c": ("compensation", {"loss": "1200.00"}, "0.00", "1200.00"),
    "HF-7.2.6b": ("compensation", {"matter": "inadequate", "loss": "900.00"}, "0.00", "900.00"),
}  # fmt: skip


def led_to(**fields: Any) -> set[str]:
    """The consequences that a determination leads to."""
    return set(determined_conduct(**fields).state.consequences)


@for_clause("HF-3")
def test_hr_investigates_and_determines_and_marketing_does_not(clause: str) -> None:
    play = revisited()
    assert play.do("investigate", "marketing", AT, findings="f", proof="p") == "wrong_role"
    assert play.do("investigate", "hr", AT, findings="f") == "fields_wrong"
    play.did("investigate", "hr", AT, findings="f", proof="通話錄音").did(
        "investigate", "hr_manager", AT, findings="f", proof="p"
    )
    assert play.do("determine_conduct", "marketing", AT, **CONDUCT) == "wrong_role"
    play.did("determine_conduct", "hr_manager", AT, **CONDUCT)
    assert play.do("consequence.staff_fine", "marketing", AT, amount="50") == "wrong_role"
    assert play.cites(clause, "moved", "step.determine_conduct")
    assert registered(play.beside()).state.opened_by == "first_handler"


@for_clause("HF-3")
@pytest.mark.parametrize("field", sorted(CONDUCT))
def test_a_determination_is_whole(clause: str, field: str) -> None:
    play = revisited()
    left = {name: value for name, value in CONDUCT.items() if name != field}
    assert play.do("determine_conduct", "hr", AT, **left) == "fields_wrong"
    wanted = {field}
    assert (play.missing(), clause in play.refused_by()) == (wanted, True)


@for_clause("HF-3", "HF-7.2.8")
def test_a_case_is_not_closed_while_a_penalty_waits(clause: str) -> None:
    play = determined_conduct()
    assert play.do("close", "first_handler", AT) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("consequence.staff_fine", "hr", AT, amount="50.00")
    play.did("approval.staff_fine", "general_manager", AT, verdict="given")
    assert play.did("close", "first_handler", AT).state.closed


@for_clause("HF-3")
def test_a_penalty_that_is_returned_goes_back_to_hr_and_the_case_stays_where_it_is(clause: str) -> None:
    play = determined_conduct().did("consequence.staff_fine", "hr", AT, amount="200.00")
    play.did("approval.staff_fine", "general_manager", AT, verdict="returned", reason="過重")
    assert (play.state.stage, play.state.consequences["staff_fine"][0].status) == ("revisited", "raised")
    play.did("consequence.staff_fine", "hr", AT, amount="100.00")
    play.did("approval.staff_fine", "general_manager", AT, verdict="given")
    assert (play.fact("consequence.staff_fine"), clause in play.pack.file.role["hr"].clause) == (100, True)


@for_clause(*BANDS)
@pytest.mark.parametrize(("edge", "step", "code"), [
    ("low", "-0.01", "out_of_bounds"), ("low", "0", ""), ("high", "0", ""), ("high", "0.01", "out_of_bounds"),
])  # fmt: skip
def test_a_fine_lies_in_its_band(clause: str, edge: str, step: str, code: str) -> None:
    name, fields, low, high = BANDS[clause]
    play = determined_conduct(**fields)
    amount = Decimal(low if edge == "low" else high) + Decimal(step)
    if amount < 0:
        code = "fields_wrong"
    assert play.do(f"consequence.{name}", "hr", AT, amount=str(amount), reason="酌情") == code
    if not code:
        (approver,) = play.state.approvals[name].asked
        play.did(f"approval.{name}", approver, AT, verdict="given")
        (decided,) = play.of("consequence_decided", f"consequence.{name}")
        assert decided.data["lines"] == [["person", "other_a", str(amount)]]
        assert clause in decided.clause


@for_clause("HF-7.2.5a", "HF-7.2.5b", "HF-7.2.6a")
@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({"matter": "improper_handling"}, "staff_fine"),
        ({"matter": "rule_breaking"}, "staff_fine"),
        ({"matter": "bad_attitude", "media": True}, "staff_fine"),
        ({"matter": "bad_attitude", "harm": True}, "staff_fine"),
        ({"matter": "improper_handling", "media": True, "harm": True}, "staff_media_fine"),
        ({"matter": "rule_breaking", "media": True, "harm": True}, "staff_media_fine"),
        ({"matter": "bad_attitude", "media": True, "harm": True}, "staff_media_fine"),
        ({"matter": "untimely"}, ""),
        ({"matter": "inadequate", "harm": True}, ""),
        ({"matter": "untimely", "media": True, "harm": True}, "project_media_fine"),
        ({"matter": "inadequate", "media": True}, "project_media_fine"),
        ({"matter": "bad_attitude", "verified": False}, ""),
        ({"matter": "bad_attitude", "media": True, "harm": True, "verified": False}, ""),
        ({"matter": "untimely", "media": True, "verified": False}, ""),
        ({"matter": "untimely", "media": True, **STORE}, ""),
        ({"matter": "rule_breaking", "media": True, "harm": True, **DEALER}, ""),
        ({"matter": "rule_breaking", **STORE}, ""),
    ],
)
def test_one_band_for_an_event(clause: str, fields: dict[str, Any], wanted: str) -> None:
    assert led_to(**fields) == ({wanted} if wanted else set())
    assert clause in BANDS


@for_clause("HF-7.2.5a")
@pytest.mark.parametrize("kind", [
    "business_specialist", "after_sales_specialist", "complaint_handler", "installing_master", "measuring_master",
    "installation_supervisor", "project_manager", "other_staff",
])  # fmt: skip
def test_every_post_of_own_employees_is_fined(clause: str, kind: str) -> None:
    play = determined_conduct(staff_kind=kind)
    assert (set(play.state.consequences), play.cites(clause, "consequence_raised")) == ({"staff_fine"}, True)


@for_clause("HF-7.2.5c", "HF-7.2.6b")
@pytest.mark.parametrize(
    ("fields", "raised"),
    [
        ({"loss": "0.00"}, False),
        ({"loss": "0.01"}, True),
        ({"loss": "5.00", "verified": False}, False),
        ({"loss": "5.00", **STORE}, False),
    ],
)
def test_a_loss_is_compensated_apart_from_the_fine(clause: str, fields: dict[str, Any], raised: bool) -> None:
    play = determined_conduct(**({"matter": "untimely"} | fields))
    play.answers["table:store_bonus:S1"] = []
    assert ("compensation" in play.state.consequences) is raised
    assert clause in play.pack.file.consequence["compensation"].clause


@for_clause("HF-7.2.5c")
def test_that_nothing_is_compensated_needs_a_reason(clause: str) -> None:
    play = determined_conduct(loss="1200.00")
    assert play.do("consequence.compensation", "hr", AT, amount="0") == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({"reason"}, True)


def store_case(play: Play | None = None, store: str = "S1", at: str = "2026-03-06T11:00") -> Play:
    """A verified complaint about a directly run store whose bonus is 500 yuan."""
    play = revisited(replied(reported(delivered(registered(play)))))
    play.answers[f"table:store_bonus:{store}"] = [{"gives": {"bonus": "500.00"}}]
    return determined_conduct(play, at, **(STORE | {"store": store}))


@for_clause("HF-7.2.4a", "house-4")
def test_a_store_loses_its_whole_bonus_once_in_a_period(clause: str) -> None:
    first = store_case(at="2026-04-01T00:00")
    first.did("approval.store_bonus", "general_manager", "2026-04-01T12:00", verdict="given")
    assert first.fact("consequence.store_bonus") == 500
    (decided,) = first.of("consequence_decided")
    assert (decided.data["lines"], clause in decided.clause) == ([["code", "S1", "500.00"]], True)
    assert store_case(first.beside(), at="2026-04-30T23:59").state.consequences == {}
    assert set(store_case(first.beside(), at="2026-05-01T00:00").state.consequences) == {"store_bonus"}
    assert set(store_case(first.beside(), "S2", "2026-04-02T00:00").state.consequences) == {"store_bonus"}


@for_clause("HF-7.2.4a")
def test_a_bonus_that_nobody_has_entered_blocks(clause: str) -> None:
    play = determined_conduct(**STORE)
    (item,) = play.state.consequences["store_bonus"]
    assert (item.status, item.bounded) == ("raised", False)
    assert play.do("close", "first_handler", AT) == "gate_closed"
    assert clause in play.of("consequence_raised")[0].clause
    play = revisited()
    left = CONDUCT | {"accused_kind": "direct_store"}
    assert play.do("determine_conduct", "hr", AT, **left) == "fields_wrong"
    assert play.missing() == {"store"}


@for_clause("HF-7.2.4a", "HF-7.2.4b")
@pytest.mark.parametrize(
    ("fields", "fined"),
    [
        ({"matter": "improper_handling"}, True),
        ({"matter": "bad_attitude"}, True),
        ({"matter": "rule_breaking"}, False),
        ({"matter": "untimely"}, False),
        ({"matter": "bad_attitude", "verified": False}, False),
    ],
)
def test_stores_and_dealers_pay_for_improper_handling_or_a_bad_attitude(
    clause: str, fields: dict[str, Any], fined: bool
) -> None:
    party, name = {"HF-7.2.4a": (STORE, "store_bonus"), "HF-7.2.4b": (DEALER, "dealer_fine")}[clause]
    assert led_to(**(party | fields)) == ({name} if fined else set())


@for_clause("HF-7.2.4b")
def test_a_dealer_pays_200_yuan_each_time(clause: str) -> None:
    play, total = Play(PACK), 0
    for _ in range(3):
        play = determined_conduct(revisited(replied(reported(delivered(registered(play.beside()))))), **DEALER)
        play.did("approval.dealer_fine", "general_manager", AT, verdict="given")
        total += int(str(play.fact("consequence.dealer_fine")).removesuffix(".00"))
    assert (total, play.cites(clause, "consequence_decided", "consequence.dealer_fine")) == (600, True)
    bare = revisited()
    assert bare.do("determine_conduct", "hr", AT, **(CONDUCT | {"accused_kind": "dealer_shop"})) == "fields_wrong"
    assert bare.missing() == {"dealer"}


@for_clause("HF-7.2.8", "HF-4.1.2c")
def test_what_is_not_covered_goes_by_the_rules_alone(clause: str) -> None:
    given: dict[str, Any] = {"matter": "other_matter", "punished": ["other_a"], "offence": "B2"}
    assert led_to(**given) == {"rule_penalty"}
    assert led_to(**given, verified=False) == set()
    play = revisited()
    assert play.do("determine_conduct", "hr", AT, **(CONDUCT | {"matter": "other_matter"})) == "fields_wrong"
    assert play.missing() == {"punished", "offence"}
    play.answers["table:reward_punishment:B2"] = [{"gives": {"amount": "80"}}]
    determined_conduct(play, **given).did("consequence.rule_penalty", "hr", AT)
    play.did("approval.rule_penalty", "general_manager", AT, verdict="given")
    assert (play.fact("consequence.rule_penalty"), clause in play.of("consequence_decided")[0].clause) == (80, True)


@for_clause("HF-7.2.8")
@pytest.mark.parametrize("fine", ["late_reply_fine", "handler_fine"])
def test_fines_of_a_repeat_keep_the_case_open_as_well(clause: str, fine: str) -> None:
    late = revisited(replied(reported(at="2026-03-02T11:00"), "2026-03-02T11:01", "2026-03-02T12:00"))
    play = again(late)
    assert fine in play.state.consequences
    delivered(play, "2026-03-09T09:10")
    revisit = {"content": True, "revisit_note": "n"}
    replied(reported(play, "2026-03-09T09:20"), "2026-03-09T09:21", "2026-03-09T09:22")
    play.did("revisit", "first_handler", "2026-03-10T09:00", **revisit)
    assert play.do("close", "first_handler", "2026-03-10T10:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
