"""The car dealer: penalties of the person responsible, of the head of the department and for delay, AD-6.1a to AD-6.2."""

from typing import Any

import pytest

from tests.rules.packs.auto_dealership.stories import CRM, GM, PACK, proposed, summed_up
from tests.rules.packs.overview import made
from tests.rules.packs.playing import Play, for_clause

pytestmark = pytest.mark.pure

RATES = {"person_share": "10%", "head_share": "5%", "delay_amount": "200"}
LATE = "2026-03-04T03:00"


def with_rates() -> Play:
    """A case of a company that keeps penalties for repairs."""
    play = Play(PACK)
    play.answers["table:penalty_rates:repair_quality"] = [{"key": "repair_quality", "gives": RATES}]
    return play


def lines(play: Play, name: str, event: str = "decided") -> list[list[Any]]:
    """The lines of a consequence as an event has them."""
    return [line for entry in play.of(f"consequence_{event}", f"consequence.{name}") for line in entry.data["lines"]]


@pytest.mark.parametrize(("clause", "name"), [("AD-6.1a", "person_penalty"), ("AD-6.1b", "head_penalty")])
def test_while_no_table_is_kept_the_amount_is_entered_with_a_reason(clause: str, name: str) -> None:
    play = summed_up(loss="3000.00")
    party = {"person_penalty": "worker_a", "head_penalty": "head_a"}[name]
    assert lines(play, name, "raised") == [["person", party, None]]
    assert play.do(f"consequence.{name}", GM, "2026-03-06T11:00") == "value_missing"
    assert play.do(f"consequence.{name}", GM, "2026-03-06T11:00", amount="500") == "value_missing"
    assert play.do(f"consequence.{name}", CRM, "2026-03-06T11:00", amount="500", reason="r") == "wrong_role"
    play.did(f"consequence.{name}", GM, "2026-03-06T11:00", amount="500", reason="损失较大")
    assert lines(play, name) == [["person", party, "500.00"]]
    assert play.of("consequence_decided", f"consequence.{name}")[0].data["reason"] == "损失较大"
    assert play.cites(clause, "consequence_decided", f"consequence.{name}")


@pytest.mark.parametrize(
    ("clause", "name", "amount"),
    [("AD-6.1a", "person_penalty", "300.00"), ("AD-6.1b", "head_penalty", "150.00")],
)
def test_a_share_that_the_company_keeps_is_proposed_and_may_be_changed_with_a_reason(
    clause: str, name: str, amount: str
) -> None:
    play = summed_up(with_rates(), loss="3000.00")
    assert [line[2] for line in lines(play, name, "proposed")] == [amount]
    assert play.do(f"consequence.{name}", GM, "2026-03-06T11:00", amount="299.99") == "out_of_bounds"
    assert play.do(f"consequence.{name}", GM, "2026-03-06T11:00", amount="0") == "out_of_bounds"
    play.did(f"consequence.{name}", GM, "2026-03-06T11:00")
    assert [line[2] for line in lines(play, name)] == [amount]
    other = summed_up(with_rates(), loss="3000.00")
    other.did(f"consequence.{name}", GM, "2026-03-06T11:00", amount="0", reason="初犯")
    assert [line[2] for line in lines(other, name)] == ["0.00"]
    assert play.cites(clause, "consequence_proposed", f"consequence.{name}")


@for_clause("AD-6.1a")
@pytest.mark.parametrize(("loss", "raised"), [("0", 0), ("0.01", 1), ("1000", 1)])
def test_there_is_a_penalty_where_there_is_a_loss(clause: str, loss: str, raised: int) -> None:
    play = summed_up(loss=loss)
    assert len(play.of("consequence_raised", "consequence.person_penalty")) == raised
    assert len(play.of("consequence_raised", "consequence.head_penalty")) == raised
    assert clause in play.pack.file.consequence["person_penalty"].clause


@for_clause("AD-6.1b")
def test_where_no_person_is_responsible_the_head_is_judged_alone(clause: str) -> None:
    play = summed_up(loss="3000", responsible_person={"no": "零件批次缺陷"})
    assert play.of("consequence_raised", "consequence.person_penalty") == []
    assert play.cites(clause, "consequence_raised", "consequence.head_penalty")


@pytest.mark.parametrize(
    ("clause", "last"), [("AD-6.1a", "person_penalty"), ("AD-6.1b", "head_penalty"), ("AD-6.2", "delay_penalty")]
)
def test_nothing_is_closed_over_an_open_penalty(clause: str, last: str) -> None:
    play = summed_up(loss="3000", at=LATE)
    play.did("task.delay", CRM, "2026-03-06T10:30", delayed_by="service_manager", delay_why="等配件")
    for name in ("person_penalty", "head_penalty", "delay_penalty"):
        if name != last:
            play.did(f"consequence.{name}", GM, "2026-03-06T11:00", amount="100", reason="r")
    assert play.do("close", CRM, "2026-03-06T12:00") == "gate_closed"
    assert play.refused_by() == (clause,)
    assert play.do(f"consequence.{last}", GM, "2026-03-06T12:10", drop=True) == "fields_wrong"
    play.did(f"consequence.{last}", GM, "2026-03-06T12:20", amount="0", reason="已作检讨")
    assert play.did("close", CRM, "2026-03-06T12:30").state.closed


@for_clause("AD-6.2")
def test_a_late_proposal_leads_to_a_penalty_proposal_against_its_handler(clause: str) -> None:
    assert proposed().of("consequence_raised") == []
    play = proposed(at=LATE)
    assert lines(play, "delay_penalty", "raised") == [["person", "service_manager", None]]
    assert play.do("consequence.delay_penalty", GM, "2026-03-04T09:00", amount="100") == "value_missing"
    play.did("consequence.delay_penalty", GM, "2026-03-04T09:00", amount="100", reason="延误三小时")
    assert lines(play, "delay_penalty") == [["person", "service_manager", "100.00"]]
    assert play.cites(clause, "consequence_decided", "consequence.delay_penalty")


@for_clause("AD-6.2")
def test_an_amount_for_delay_that_the_company_keeps_is_proposed(clause: str) -> None:
    play = proposed(with_rates(), at=LATE)
    assert lines(play, "delay_penalty", "proposed") == [["person", "service_manager", "200.00"]]
    assert play.cites(clause, "consequence_proposed", "consequence.delay_penalty")


@for_clause("AD-6.2")
def test_each_working_day_that_is_missed_is_a_proposal_of_its_own(clause: str) -> None:
    play = proposed(at=LATE)
    play.did("approval.solution", GM, "2026-03-04T10:00", verdict="returned", reason="r").until("2026-03-09T09:00")
    assert len(lines(play, "delay_penalty", "raised")) == 2
    assert play.cites(clause, "consequence_raised", "consequence.delay_penalty")


@for_clause("AD-6.1a", "AD-6.1b", "AD-6.2")
def test_penalty_decisions_are_a_register(clause: str) -> None:
    play = summed_up(loss="3000", at=LATE)
    for name in ("person_penalty", "head_penalty", "delay_penalty"):
        play.did(f"consequence.{name}", GM, "2026-03-06T11:00", amount="100", reason="r")
    register = made(play, "penalties", "2026-03", "2026-04-01T00:00").register
    assert sorted(line.cells[1:3] for line in register) == [
        ("delay_penalty", "service_manager"),
        ("head_penalty", "head_a"),
        ("person_penalty", "worker_a"),
    ]
    assert {str(line.cells[4]) for line in register} == {"100.00"}
    assert clause in play.pack.file.report["penalties"].clause
