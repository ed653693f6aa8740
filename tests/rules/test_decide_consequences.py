"""Items of consequences: raised, proposed, decided, dropped; bounds, reasons, four eyes, missing values."""

from dataclasses import replace
from typing import Any

import pytest

from tests.rules.workshop import Workshop, with_tariff

pytestmark = pytest.mark.pure

FINE, SANCTION = "consequence.fine", "consequence.sanction"


def judged() -> Workshop:
    """A case that waits for a sanction of the clerk or the handler."""
    shop = Workshop().blamed()
    assert shop.do("step.scold", "clerk") is None
    return shop


def grave(*persons: str) -> Workshop:
    return Workshop().blamed(*persons, grave=True)


def test_an_amount_that_somebody_proposes_is_raised_with_its_bounds_first() -> None:
    shop = Workshop().blamed("porter", "handler")
    (raised,) = shop.of("raised", "fine")
    assert raised.data["lines"] == [["person", "porter", None], ["person", "handler", None]]
    assert (raised.data["low"], raised.data["high"], raised.data["on"]) == ("30.00", "200.00", "step.blame")
    assert (raised.data["unit"], raised.clause) == ("yuan", ("W-2",))
    assert (shop.fact("consequence.fine.open"), shop.amount("fine")) == (1, "0")


def test_a_proposal_is_approved_and_so_decided_for_each_of_them() -> None:
    shop = Workshop().blamed("porter", "handler")
    assert shop.do(FINE, "clerk", amount="80") is None
    assert shop.lines("proposed", "fine") == [("porter", "80.00"), ("handler", "80.00")]
    assert shop.do("approval.fine", "hr", verdict="given") is None
    (decided,) = shop.of("decided", "fine")
    assert (decided.data["lines"][0][2], decided.data["month"], decided.data["dated"]) == (
        "80.00",
        "2026-03",
        "2026-03-02",
    )
    assert (decided.by, decided.data["by"]) == ("hr", "person")
    assert (shop.amount("fine"), shop.fact("consequence.fine.times"), shop.fact("consequence.fine.open")) == (
        "160.00",
        1,
        0,
    )


@pytest.mark.parametrize("amount", ["29.99", "200.01"])
def test_an_amount_outside_the_band_is_refused_with_the_bounds_unless_it_has_a_reason(amount: str) -> None:
    shop = Workshop().blamed()
    refusal = shop.do(FINE, "clerk", amount=amount)
    assert refusal is not None
    assert (refusal.code, refusal.clause) == ("out_of_bounds", ("W-2",))
    assert (refusal.params["low"], refusal.params["high"], refusal.params["amount"]) == ("30.00", "200.00", amount)
    assert shop.do(FINE, "clerk", amount=amount, reason="第三次") is None
    assert shop.of("proposed", "fine")[0].data["reason"] == "第三次"


@pytest.mark.parametrize("amount", ["30", "200"])
def test_the_ends_of_the_band_belong_to_it(amount: str) -> None:
    assert Workshop().blamed().do(FINE, "clerk", amount=amount) is None


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, [("amount", "missing")]),
        ({"amount": "80.005"}, [("amount", "not_to_the_fen")]),
        ({"amount": "-1"}, [("amount", "too_little")]),
        ({"amount": "many"}, [("amount", "not_a_number")]),
        ({"amount": "1" * 19}, [("amount", "not_a_number")]),
        ({"amount": "80", "party": "porter"}, [("party", "unknown_field")]),
        ({"amount": "80", "item": 2}, [("item", "not_a_choice")]),
        ({"drop": True}, [("reason", "missing")]),
    ],
)
def test_what_a_command_fills_in_wrongly_is_told(fields: dict[str, Any], wrong: list[tuple[str, str]]) -> None:
    shop = Workshop().blamed()
    assert shop.code(FINE, "clerk", **fields) == "fields_wrong"
    assert shop.wrong() == wrong


def test_a_floor_has_no_upper_end_and_cannot_be_left() -> None:
    shop = grave()
    assert shop.code("consequence.grave", "gm", amount="499.99", reason="初犯") == "out_of_bounds"
    assert shop.do("consequence.grave", "gm", amount="100000") is None
    assert shop.amount("grave") == "100000.00"


def test_what_stands_instead_of_another_comes_first_and_the_other_is_not_raised() -> None:
    shop = grave()
    assert (len(shop.of("proposed", "grave")), shop.of("raised", "fine")) == (1, [])


def test_what_is_raised_later_drops_the_open_one_that_it_stands_for() -> None:
    shop = Workshop().blamed()
    row = replace(shop.pack.file.consequence["grave"], when=())
    on = {**shop.pack.consequences_on, ("complaint", "step.praise"): ("grave",)}
    file = replace(shop.pack.file, consequence={**shop.pack.file.consequence, "grave": row})
    shop.pack = replace(shop.pack, file=file, consequences_on=on)
    assert shop.do("step.praise", "clerk") is None
    assert [each.data["reason"] for each in shop.of("dropped", "fine")] == ["instead"]
    assert shop.fact("consequence.fine.open") == 0


def test_only_the_roles_of_a_consequence_propose_and_decide_it() -> None:
    shop = grave()
    assert shop.code("consequence.grave", "clerk", amount="600") == "wrong_role"
    assert shop.code("consequence.grave", "stranger", amount="600") == "unknown_person"
    assert shop.code("consequence.fine", "clerk", amount="80") == "step_not_open"
    assert shop.code("consequence.finne", "clerk") == "unknown_step"
    assert shop.outcome is not None
    assert "consequence.grave" in shop.outcome.face.open_steps


def test_an_item_is_dropped_with_a_reason_where_the_pack_lets_it() -> None:
    shop = Workshop().blamed()
    assert shop.do(FINE, "clerk", drop="yes", reason="无过错") is None
    assert shop.of("dropped", "fine")[0].data["reason"] == "无过错"
    assert shop.code(FINE, "clerk", amount="80") == "step_not_open"
    assert grave().code("consequence.grave", "gm", drop=True, reason="no") == "fields_wrong"


def test_who_is_to_be_sanctioned_is_picked_and_no_more_sanctions_than_may_be() -> None:
    shop = judged()
    assert shop.code(SANCTION, "hr", choice=["warning"]) == "fields_wrong"
    assert shop.wrong() == [("party", "missing")]
    assert shop.code(SANCTION, "hr", party="clerk", choice=["fine"]) == "fields_wrong"
    assert shop.wrong() == [("choice", "not_a_choice")]
    assert shop.code(SANCTION, "hr", party="clerk", choice=["warning", "training", "dismissal"]) == "fields_wrong"
    assert shop.wrong() == [("choice", "too_many")]
    assert shop.code(SANCTION, "hr", party="gm", choice=["warning"]) == "fields_wrong"
    assert shop.do(SANCTION, "hr", party="handler", choice=["training", "warning"]) is None
    (decided,) = shop.of("decided", "sanction")
    assert decided.data["lines"] == [["role", "handler", None]]
    assert decided.data["choice"] == ["training", "warning"]
    assert (shop.amount("sanction"), shop.fact("consequence.sanction.times")) == ("0", 1)


def test_a_gate_waits_until_nothing_is_open() -> None:
    shop = judged()
    assert shop.code("step.close", "hr") == "gate_closed"
    assert shop.do(SANCTION, "hr", party="clerk", choice=["warning"]) is None
    assert shop.code("step.close", "hr") == "gate_closed"
    assert shop.do(FINE, "clerk", drop=True, reason="x") is None
    assert shop.do("step.close", "hr") is None


def test_points_count_each_fault_and_the_highest_coefficient_with_its_clause() -> None:
    shop = Workshop().blamed(faults=3, repeated=True, in_public=True)
    (decided,) = shop.of("decided", "points")
    assert decided.data["lines"] == [["person", "porter", "12"]]
    assert (decided.data["raw"], decided.data["coefficient"], decided.data["unit"]) == ("6.00", "2", "demerits")
    assert decided.data["by"] == "rule"


def test_what_is_entered_is_raw_and_the_coefficient_comes_on_top() -> None:
    shop = Workshop().blamed(in_public=True)
    assert shop.do("step.praise", "clerk") is None
    assert shop.code("consequence.bonus", "hr", amount="0") == "fields_wrong"
    assert shop.wrong() == [("reason", "missing")]
    assert shop.do("consequence.bonus", "hr", amount="100") is None
    (decided,) = shop.of("decided", "bonus")
    assert (decided.data["lines"][0][2], decided.data["raw"], decided.data["coefficient"]) == ("110", "100", "1.1")


def test_zero_is_decided_with_a_reason() -> None:
    shop = Workshop().blamed()
    assert shop.do("step.praise", "clerk") is None
    assert shop.do("consequence.bonus", "hr", amount="0", reason="没有表现") is None
    assert shop.of("decided", "bonus")[0].data["reason"] == "没有表现"


@pytest.mark.parametrize(("proceeds", "lines"), [("900.01", ["33.33", "66.66"]), ("1200", ["0.00", "0.00"])])
def test_a_loss_is_shared_to_the_fen_and_never_below_zero(proceeds: str, lines: list[str]) -> None:
    shop = Workshop().opened()
    parties = [{"who": "clerk", "ratio": "33.34"}, {"who": "handler", "ratio": "66.66"}]
    assert shop.do("step.set_loss", "gm", proceeds=proceeds, parties=parties) is None
    assert [amount for _, amount in shop.lines("decided", "loss")] == lines


def test_a_percentage_and_an_order_are_decided_by_the_rule_at_once() -> None:
    shop = Workshop().opened(price="99.99")
    assert shop.do("step.refund", "clerk") is None
    assert shop.of("decided", "refund")[0].data["lines"] == [["customer", "customer", "10.00"]]
    assert shop.of("decided", "stop")[0].data["choice"] == ["stop_sale"]
    assert shop.do("step.refund", "clerk") is None
    assert (shop.fact("consequence.refund.times"), shop.fact("consequence.stop.times")) == (2, 1)


def test_a_value_that_is_missing_refuses_the_command_that_needs_it_at_once() -> None:
    shop = Workshop().opened(topic="service")
    refusal = shop.do("step.charge", "clerk")
    assert refusal is not None
    assert (refusal.code, refusal.params, refusal.clause) == ("value_missing", {"value": "table.tariff"}, ("W-8",))
    assert Workshop().opened().do("step.charge", "clerk") is None


def test_where_a_person_decides_it_waits_for_the_value_or_is_set_by_hand_with_a_reason() -> None:
    shop = judged_service()
    assert shop.of("raised", "surcharge")[0].data.get("bounded") is None
    assert shop.code("consequence.surcharge", "hr", amount="7") == "value_missing"
    assert shop.do("consequence.surcharge", "hr", amount="7", reason="参照商品") is None
    assert shop.amount("surcharge") == "7.00"


def judged_service() -> Workshop:
    """A case of a topic without a tariff that is charged after it was scolded; the fee itself is out of the way."""
    shop = Workshop().opened(topic="service")
    on = {**shop.pack.consequences_on, ("complaint", "step.charge"): ("surcharge",)}
    shop.pack = replace(shop.pack, consequences_on=on)
    assert shop.do("step.blame", "clerk", blamed=["porter"]) is None
    for step in ("scold", "charge"):
        assert shop.do(f"step.{step}", "clerk") is None
    return shop


def test_an_item_that_waits_for_a_value_goes_on_by_itself_once_it_is_there() -> None:
    shop = judged_service()
    shop.pack = with_tariff("12.345")
    assert shop.do("recount", "clerk", "2026-03-02T10:00") is None
    assert shop.lines("proposed", "surcharge") == [("east", "12.35")]
    assert shop.code("consequence.surcharge", "hr", amount="13") == "out_of_bounds"
    assert shop.do("consequence.surcharge", "hr") is None
    assert shop.amount("surcharge") == "12.35"
