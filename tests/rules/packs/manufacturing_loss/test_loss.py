"""Losses of complaints: responsibility, the month for resale, the base of the loss, shares, ML-1a to ML-2e."""

from typing import Any

import pytest

from tests.rules.packs.manufacturing_loss.stories import (
    DISPOSITION,
    GROUP_B,
    ONE,
    PACK,
    SEVERAL,
    SOLD,
    WANG,
    accepted,
    approved,
    attributed,
    caused,
    disposed,
    loss_set,
    shared,
    shares,
    sold,
    unsold,
)
from tests.rules.packs.overview import made
from tests.rules.packs.playing import around_the_limit, for_clause, shipped

pytestmark = pytest.mark.pure


@for_clause("ML-1a")
def test_a_case_ends_with_a_disposition_for_every_responsible_party(clause: str) -> None:
    play = loss_set(sold(shared()))
    assert play.do("close", "gm_office", "2025-08-04T10:00", closed_in="2025-08") == "step_not_open"
    fields = {"published_on": "2025-08-06", "published_text": "警告"}
    assert play.do("publish", "hr", "2025-08-06T11:00", **fields) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play = disposed(play, each="1", **disposition_of("wang"))
    assert play.state.tasks["dispose"].status == "open"
    play = disposed(play, each="2", **disposition_of("packing_b"))
    for item in (1, 2):
        play.did("consequence.warning", "gm_office", "2025-08-04T11:00", item=item, amount="400")
    approved(play).did("publish", "hr", "2025-08-06T11:00", **fields)
    play.did("reply", "service", "2025-08-06T12:00", answer="已補貨")
    assert play.did("close", "gm_office", "2025-08-08T10:00", closed_in="2025-08").state.closed
    assert shares(play, "warning") == [("wang", "400.00"), ("packing_b", "400.00")]


def disposition_of(party: str) -> dict[str, Any]:
    return DISPOSITION | {"disposed": party}


@for_clause("ML-1b")
@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2025-07-01T09:00", "2025-08-02T00:00:00"),
        ("2025-07-31T23:59:59", "2025-09-01T00:00:00"),
        ("2026-01-31T09:00", "2026-03-01T00:00:00"),
        ("2026-09-05T09:00", "2026-10-06T00:00:00"),
    ],
)
def test_the_goods_are_given_one_month_from_the_attribution(clause: str, at: str, due: str) -> None:
    play = attributed(caused(at=at), at)
    assert (play.due("resale"), play.cites(clause, "clock_started", "clock.resale")) == (due, True)
    assert shared(caused(at=at), at).due("resale") == due


@for_clause("ML-1b", "ML-1d")
@around_the_limit("2025-08-02T00:00:00", "2025-08-02T00:00:01")
def test_goods_sold_at_the_end_of_the_month_are_sold_and_later_not(clause: str, at: str, status: str) -> None:
    play = attributed().until(at)
    assert play.do("sell_all", "sales", at, **SOLD) == ("" if status == "met" else "step_not_open")
    assert (play.status("resale"), play.state.stage) == (status, "loss")
    assert play.state.classes["basis"] == ("grade_a_shortfall" if status == "met" else "actual_loss")
    assert clause in ("ML-1b", "ML-1d")


@for_clause("ML-1c")
@pytest.mark.parametrize(
    ("proceeds", "loss"),
    [("38000.00", "12000.00"), ("49999.99", "0.01"), ("50000.00", "0.00"), ("50000.01", "0.00"), ("0.00", "50000.00")],
)
def test_what_is_sold_costs_the_shortfall_against_grade_a(clause: str, proceeds: str, loss: str) -> None:
    play = loss_set(sold(proceeds=proceeds))
    assert shares(play, "shortfall") == [("wang", loss)]
    assert (shares(play, "actual_loss"), play.state.classes["basis"]) == ([], "grade_a_shortfall")
    assert (play.state.stage, play.status("resale")) == ("disposition", "met")
    assert play.cites(clause, "consequence_decided", "consequence.shortfall")


@for_clause("ML-1c")
@pytest.mark.parametrize("lacks", ["sold_quantity", "grade_a_value", "proceeds"])
def test_a_sale_says_what_was_sold_and_for_how_much(clause: str, lacks: str) -> None:
    play = attributed()
    fields = {name: value for name, value in SOLD.items() if name != lacks}
    assert play.do("sell_all", "sales", "2025-07-20T10:00", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({lacks}, True)


@for_clause("ML-1c")
@pytest.mark.parametrize(("quantity", "code"), [("-1", "fields_wrong"), ("0", ""), ("1", "")])
def test_a_quantity_sold_is_nothing_or_more(clause: str, quantity: str, code: str) -> None:
    play = attributed()
    assert play.do("sell_part", "sales", "2025-07-20T10:00", **(SOLD | {"sold_quantity": quantity})) == code
    assert clause in shipped(PACK).file.form["resale_record"].clause


@for_clause("ML-1d")
def test_what_is_not_sold_costs_the_actual_loss(clause: str) -> None:
    play = unsold()
    assert (play.state.stage, play.of("moved", "step.leave_unsold")[0].by) == ("loss", "clock")
    assert play.do("set_loss", "gm_office", "2025-08-04T09:00", basis_version="2025-01") == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({"actual_loss_amount"}, True)
    loss_set(play, actual_loss_amount="31500.00")
    assert (shares(play, "actual_loss"), shares(play, "shortfall")) == ([("wang", "31500.00")], [])
    assert (play.state.classes["basis"], play.cites(clause, "moved", "step.leave_unsold")) == ("actual_loss", True)


@for_clause("ML-1d")
def test_nobody_gives_up_the_sale_before_the_month_is_over(clause: str) -> None:
    play = attributed()
    assert play.do("leave_unsold", "gm_office", "2025-07-20T10:00") == "gate_closed"
    assert play.refused("gate_closed", clause)


@for_clause("ML-1c", "ML-1d")
def test_a_lot_that_is_sold_in_part_goes_by_both(clause: str) -> None:
    part = {"sold_quantity": "60", "grade_a_value": "30000.00", "proceeds": "25000.00"}
    play = attributed().did("sell_part", "sales", "2025-07-10T10:00", **(part | {"proceeds": "1.00"}))
    play.did("sell_part", "sales", "2025-07-20T10:00", **part)
    assert (play.state.stage, play.status("resale")) == ("resale", "running")
    loss_set(unsold(play), actual_loss_amount="9000.00")
    assert play.state.classes["basis"] == "mixed"
    assert (shares(play, "shortfall"), shares(play, "actual_loss")) == ([("wang", "5000.00")], [("wang", "9000.00")])
    assert clause in ("ML-1c", "ML-1d")


@for_clause("ML-1e")
def test_the_loss_is_shared_out_to_persons_and_groups(clause: str) -> None:
    play = loss_set(sold(shared()))
    assert shares(play, "shortfall") == [("wang", "7200.00"), ("packing_b", "4800.00")]
    rows = play.written("attribution_several")["parties"]
    assert [(row["party"], row["holder"]) for row in rows] == [("wang", "person"), ("packing_b", "group")]
    assert play.cites(clause, "consequence_decided", "consequence.shortfall")
    lines = made(play, "apportionment", "2025-08", "2025-09-01T09:00").register
    assert [line.cells[2] for line in lines] == ["wang", "packing_b"]
    assert shipped(PACK).file.report["apportionment"].period == ("month",)


@for_clause("ML-1e")
@pytest.mark.parametrize(
    ("loss", "ratios", "expected"),
    [
        ("0.01", ("33.33", "33.33", "33.34"), ["0.00", "0.00", "0.01"]),
        ("100.00", ("33.34", "33.33", "33.33"), ["33.34", "33.33", "33.33"]),
        ("0.05", ("50", "25", "25"), ["0.03", "0.01", "0.01"]),
        ("10000.01", ("50", "50", "0"), ["5000.01", "5000.00", "0.00"]),
    ],
)
def test_shares_sum_to_the_fen_and_the_rest_goes_to_the_largest(
    clause: str, loss: str, ratios: tuple[str, ...], expected: list[str]
) -> None:
    parties = [WANG | {"party": name, "ratio": ratio} for name, ratio in zip("abc", ratios, strict=True)]
    play = loss_set(unsold(shared(parties=parties)), actual_loss_amount=loss)
    assert [amount for _, amount in shares(play, "actual_loss")] == expected
    assert str(play.fact("consequence.actual_loss")) == loss
    assert play.cites(clause, "consequence_decided", "consequence.actual_loss")


@for_clause("ML-2c")
def test_the_fault_of_one_person_is_borne_in_full(clause: str) -> None:
    assert shares(loss_set(), "shortfall") == [("wang", "12000.00")]
    play = caused()
    for parties, wrong in (
        ([WANG | {"ratio": "60"}, GROUP_B], "parties"),
        ([WANG | {"ratio": "99.99"}], "parties.ratio"),
        ([WANG | {"holder": "group"}], "parties[1].holder"),
    ):
        fields = ONE | {"parties": parties}
        assert play.do("attribute_one", "manufacturing", "2025-07-01T09:00", **fields) == "fields_wrong"
        assert (play.missing(), play.refused("fields_wrong", clause)) == ({wrong}, True)


@for_clause("ML-2d", "ML-2e")
def test_a_joint_fault_has_two_parties_or_more_whose_ratios_give_a_hundred(clause: str) -> None:
    play = caused()
    for parties, wrong in (
        ([WANG], "parties"),
        ([WANG | {"ratio": "60"}, GROUP_B | {"ratio": "39.99"}], "parties.ratio"),
        ([WANG | {"ratio": "60"}, GROUP_B | {"ratio": "40.01"}], "parties.ratio"),
    ):
        fields = SEVERAL | {"parties": parties}
        assert play.do("attribute_several", "manufacturing", "2025-07-01T09:00", **fields) == "fields_wrong"
        assert (play.missing(), play.refused("fields_wrong", clause)) == ({wrong}, True)
    three = [WANG | {"ratio": "50"}, GROUP_B | {"ratio": "30"}, GROUP_B | {"party": "packing_c", "ratio": "20"}]
    assert len(shares(loss_set(sold(shared(parties=three))), "shortfall")) == 3


@for_clause("ML-2c", "ML-2d", "ML-2e")
def test_the_kind_of_fault_fits_the_parties(clause: str) -> None:
    play, at = caused(), "2025-07-01T09:00"
    one, several = play.pack.file.step["attribute_one"].clause, play.pack.file.step["attribute_several"].clause
    for fault in ("inside_a_department", "across_departments"):
        fields = ONE | {"fault": fault}
        assert play.do("attribute_one", "manufacturing", at, **fields) == "gate_closed"
        assert play.refused("gate_closed", "ML-2c")
    assert play.do("attribute_several", "manufacturing", at, **(SEVERAL | {"fault": "individual"})) == "gate_closed"
    assert play.refused("gate_closed", "ML-2d")
    assert clause in (*one, *several)


@for_clause("ML-2e")
def test_heads_of_an_attribution_that_was_taken_back_see_nothing(clause: str) -> None:
    across = SEVERAL | {"fault": "across_departments", "heads": ["head_a", "head_b"]}
    play = shared(caused(verified=False), **across)
    play.did("take_back", "manufacturing", "2025-07-02T09:00", verified=False, verified_how="單據無誤")
    play.did("name_cause", "manufacturing", "2025-07-03T09:00", cause="loading_error", verified=True)
    play = loss_set(sold(attributed(play, "2025-07-03T10:00")))
    assert (play.of("task_given", "task.see_shares"), clause) == ([], "ML-2e")


@for_clause("ML-2e")
def test_parties_of_several_departments_share_and_their_heads_see_it(clause: str) -> None:
    across: dict[str, Any] = {
        "fault": "across_departments",
        "parties": [
            WANG | {"party": "sales_a", "department": "sales", "ratio": "30"},
            WANG | {"party": "store_b", "department": "warehouse", "ratio": "70"},
        ],
    }
    play = caused()
    fields = SEVERAL | across
    assert play.do("attribute_several", "manufacturing", "2025-07-01T09:00", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({"heads"}, True)
    play = loss_set(sold(shared(play, heads=["head_a", "head_b"], **across), proceeds="42000.00"))
    assert shares(play, "shortfall") == [("sales_a", "2400.00"), ("store_b", "5600.00")]
    assert play.do("task.see_shares", "worker_a", "2025-08-04T10:00") == "wrong_role"
    play.did("task.see_shares", "head_a", "2025-08-04T10:00").did("task.see_shares", "head_b", "2025-08-04T11:00")
    assert (play.status("seeing_shares"), play.due("seeing_shares")) == ("met", "")
    assert play.cites(clause, "task_done", "task.see_shares")
    assert loss_set(sold(shared())).of("task_given", "task.see_shares") == []


@for_clause("ML-2b")
def test_manufacturing_attributes_and_names_an_item_of_the_list(clause: str) -> None:
    play = accepted()
    assert play.do("attribute_one", "sales", "2025-07-01T09:00", **ONE) == "wrong_role"
    assert play.do("attribute_one", "manufacturing", "2025-07-01T09:00", **ONE) == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("attribute_several", "manufacturing", "2025-07-01T09:00", **SEVERAL) == "gate_closed"
    assert play.do("name_cause", "manufacturing", "2025-07-01T09:00", verified=True) == "fields_wrong"
    assert attributed().cites(clause, "moved", "step.attribute_one")
