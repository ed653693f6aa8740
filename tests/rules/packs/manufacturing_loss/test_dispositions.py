"""Dispositions of a factory: causes, tiers, proposals, approval, publication and money, ML-3 to ML-6c."""

from typing import Any

import pytest

from tests.rules.packs.manufacturing_loss.stories import (
    DISPOSITION,
    MAJOR,
    MINOR,
    PACK,
    PUBLICATION,
    approved,
    attributed,
    caused,
    closed,
    disposed,
    loss_set,
    proposed,
    published,
    shared,
    shares,
    sold,
)
from tests.rules.packs.overview import made
from tests.rules.packs.playing import Play, for_clause, shipped

pytestmark = pytest.mark.pure

TIERS = [
    {"at_least": None, "under": "5000.01", "gives": {"disposition": "warning"}},
    {"at_least": "5000.01", "under": "20000.01", "gives": {"disposition": "minor_demerit"}},
    {"at_least": "20000.01", "under": None, "gives": {"disposition": "major_demerit"}},
]
MONEY = ("consequence.warning", "consequence.minor_demerit", "consequence.major_demerit")


@for_clause("ML-3")
def test_without_a_table_of_tiers_nothing_is_guessed_and_a_reason_is_given(clause: str) -> None:
    play = loss_set()
    fields = {name: value for name, value in DISPOSITION.items() if name != "chosen_why"}
    for disposition in ("warning", "minor_demerit"):
        given = fields | {"disposition": disposition, "base_units": "1"}
        assert play.do("task.dispose", "gm_office", "2025-08-04T10:00", **given) == "fields_wrong"
        assert (play.missing(), play.refused("fields_wrong", clause)) == ({"chosen_why"}, True)
    assert disposed(play).state.tasks["dispose"].status == "done"


@for_clause("ML-3")
@pytest.mark.parametrize(
    ("amount", "tier"),
    [
        ("5000.00", "warning"),
        ("5000.01", "minor_demerit"),
        ("12000.00", "minor_demerit"),
        ("20000.00", "minor_demerit"),
        ("20000.01", "major_demerit"),
    ],
)
def test_with_tiers_of_its_own_the_company_needs_a_reason_only_to_leave_them(
    clause: str, amount: str, tier: str
) -> None:
    other = "major_demerit" if tier == "warning" else "warning"
    money = {"base_units": "1", "bonus": "2350.00", "bonus_month": "2025-08-06", "liability_amount": amount}
    for disposition, chosen_why, code in ((other, "", "fields_wrong"), (other, "初犯", ""), (tier, "", "")):
        play = loss_set()
        play.answers["table:liability_tiers"] = TIERS
        given = DISPOSITION | money | {"disposition": disposition, "chosen_why": chosen_why}
        assert play.do("task.dispose", "gm_office", "2025-08-04T10:00", **given) == code
    table = shipped(PACK).file.table["liability_tiers"]
    assert (table.rows, table.clause, table.kept_by) == ((), (clause,), "gm_office")


@for_clause("ML-4.16a")
def test_no_loss_is_shared_and_nobody_disposed_of_before_the_cause_is_verified(clause: str) -> None:
    play = sold(attributed(caused(verified=False)))
    assert play.do("set_loss", "gm_office", "2025-08-04T09:00", basis_version="2025-01") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("verify_cause", "manufacturing", "2025-08-04T09:10", verified=True, verified_how="訂單原件")
    loss_set(play, "2025-08-04T09:20")
    play.did("verify_cause", "manufacturing", "2025-08-04T09:30", verified=False, verified_how="複核存疑")
    assert play.do("task.dispose", "gm_office", "2025-08-04T10:00", **DISPOSITION) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("verify_cause", "manufacturing", "2025-08-04T10:30", verified=True, verified_how="覆核屬實")
    assert disposed(play, "2025-08-04T11:00").state.tasks["dispose"].status == "done"
    assert "verify_cause" in attributed().open_steps()
    assert len(shipped(PACK).file.class_["cause"].values) == 15


@for_clause("ML-4.16a")
@pytest.mark.parametrize("lacks", ["severity", "disposition", "disposed", "liability_amount", "times_given"])
def test_a_disposition_says_how_serious_the_case_is(clause: str, lacks: str) -> None:
    play = loss_set()
    fields = {name: value for name, value in DISPOSITION.items() if name != lacks}
    assert play.do("task.dispose", "gm_office", "2025-08-04T10:00", **fields) == "fields_wrong"
    assert lacks in play.missing()
    assert play.refused("fields_wrong", clause)


@for_clause("ML-4.16b", "ML-6b")
def test_nothing_is_published_before_the_general_manager_approves(clause: str) -> None:
    for play in (disposed(), proposed()):
        assert play.do("publish", "hr", "2025-08-06T11:00", **PUBLICATION) == "gate_closed"
        assert play.refused("gate_closed", clause)
    play = proposed()
    assert play.do("approval.warning", "hr", "2025-08-05T09:00", verdict="given") == "wrong_role"
    approved(play)
    assert play.cites(clause, "consequence_decided", "consequence.warning")
    assert play.do("publish", "hr", "2025-08-06T11:00", **PUBLICATION) == ""


@for_clause("ML-6b")
def test_what_the_general_manager_returns_is_proposed_again(clause: str) -> None:
    play = proposed()
    play.did("approval.warning", "general_manager", "2025-08-05T09:00", verdict="returned", reason="偏輕")
    assert (play.state.stage, play.fact("consequence.warning.open")) == ("disposition", 1)
    assert play.do("publish", "hr", "2025-08-05T10:00", **PUBLICATION) == "gate_closed"
    assert play.refused("gate_closed", clause)
    approved(proposed(play, "600", "2025-08-05T11:00"), "2025-08-05T12:00")
    assert shares(play, "warning") == [("wang", "600.00")]


@for_clause("ML-6b", "ML-4.16b")
@pytest.mark.parametrize("form", [MINOR, MAJOR])
def test_demerits_are_approved_and_returned_too(clause: str, form: dict[str, Any]) -> None:
    name = form["disposition"]
    amount = {"amount": "800"} if name == "minor_demerit" else {}
    play = disposed(**form).did(f"consequence.{name}", "gm_office", "2025-08-04T11:00", **amount)
    play.did(f"approval.{name}", "general_manager", "2025-08-05T09:00", verdict="returned", reason="再議")
    assert play.state.stage == "disposition"
    assert play.do("publish", "hr", "2025-08-06T11:00", **PUBLICATION) == "gate_closed"
    play.did(f"consequence.{name}", "gm_office", "2025-08-05T10:00", **amount)
    play.did(f"approval.{name}", "general_manager", "2025-08-05T11:00", verdict="given")
    assert play.cites(clause, "consequence_decided", f"consequence.{name}")
    assert published(play).state.stage == "published"


@for_clause("ML-4.16c", "ML-6c")
def test_the_personnel_department_publishes_and_nobody_else(clause: str) -> None:
    play = approved()
    for person in ("gm_office", "general_manager", "manufacturing"):
        assert play.do("publish", person, "2025-08-06T11:00", **PUBLICATION) == "wrong_role"
    assert play.do("publish", "hr", "2025-08-06T11:00") == "fields_wrong"
    assert play.missing() == set(PUBLICATION)
    assert published(play).state.stage == "published"
    assert play.cites(clause, "moved", "step.publish")
    (line,) = made(play, "published", "2025-08", "2025-08-31T12:00").register
    assert line.cells[2:] == (PUBLICATION["published_text"], "hr")
    assert shipped(PACK).file.report["published"].period == ("month",)


@for_clause("ML-6c")
def test_a_published_case_is_closed_with_the_next_closing(clause: str) -> None:
    play = closed()
    assert (play.state.closed, play.written("closing_mark")["closed_in"]) == (True, "2025-08")
    assert play.cites(clause, "moved", "step.publish")


@for_clause("ML-5.1")
@pytest.mark.parametrize(
    ("times", "amount", "code"),
    [
        ("1", "399.99", "out_of_bounds"),
        ("1", "400.00", ""),
        ("1", "100000", ""),
        ("2", "799.99", "out_of_bounds"),
        ("2", "800.00", ""),
        ("2", "800.01", ""),
    ],
)
def test_a_warning_costs_at_least_400_yuan_each(clause: str, times: str, amount: str, code: str) -> None:
    play = disposed(**DISPOSITION | {"times_given": times, "base_units": "3"})
    assert play.do("consequence.warning", "gm_office", "2025-08-04T11:00", amount=amount, reason="初犯") == code
    assert play.cites(clause, "consequence_raised", "consequence.warning")


@for_clause("ML-5.2")
@pytest.mark.parametrize(
    ("times", "units", "least", "below"),
    [
        ("1", "1", "800.00", "799.99"),
        ("2", "1", "1600.00", "1599.99"),
        ("1", "3", "2400.00", "2399.99"),
        ("2", "3", "4800.00", "4799.99"),
    ],
)
def test_a_minor_demerit_costs_at_least_800_yuan_for_each_base_unit(
    clause: str, times: str, units: str, least: str, below: str
) -> None:
    play = disposed(**MINOR | {"times_given": times, "base_units": units})
    for amount, code in ((below, "out_of_bounds"), (least, "")):
        assert play.do("consequence.minor_demerit", "gm_office", "2025-08-04T11:00", amount=amount) == code
    play.did("approval.minor_demerit", "general_manager", "2025-08-05T09:00", verdict="given")
    assert shares(play, "minor_demerit") == [("wang", least)]
    assert play.cites(clause, "consequence_decided", "consequence.minor_demerit")


@for_clause("ML-5.1", "ML-5.2")
@pytest.mark.parametrize("field", ["times_given", "base_units"])
def test_no_demerit_without_its_number_of_times_and_base_units(clause: str, field: str) -> None:
    play = loss_set()
    fields = {name: value for name, value in MINOR.items() if name != field}
    assert play.do("task.dispose", "gm_office", "2025-08-04T10:00", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({field}, True)
    assert play.do("task.dispose", "gm_office", "2025-08-04T10:00", **(MINOR | {field: "0"})) == "fields_wrong"
    assert play.do("task.dispose", "gm_office", "2025-08-04T10:00", **(MINOR | {field: "1"})) == ""


@for_clause("ML-5.3", "house-6")
@pytest.mark.parametrize("disposition", ["major_demerit", "dismissal"])
def test_a_major_demerit_or_heavier_takes_the_whole_bonus_of_the_month(clause: str, disposition: str) -> None:
    play = loss_set()
    for lacks in ("bonus", "bonus_month"):
        fields = {name: value for name, value in MAJOR.items() if name != lacks} | {"disposition": disposition}
        assert play.do("task.dispose", "gm_office", "2025-08-04T10:00", **fields) == "fields_wrong"
        assert (play.missing(), play.refused("fields_wrong", clause)) == ({lacks}, True)
    disposed(play, **MAJOR | {"disposition": disposition, "bonus_month": "2025-09-02"})
    assert play.do("consequence.major_demerit", "gm_office", "2025-08-04T11:00", amount="2349.99") == "out_of_bounds"
    play.did("consequence.major_demerit", "gm_office", "2025-08-04T11:00")
    play.did("approval.major_demerit", "general_manager", "2025-08-05T09:00", verdict="given")
    (decided,) = play.of("consequence_decided", "consequence.major_demerit")
    assert (decided.data["lines"], decided.data["month"]) == ([["code", "wang", "2350.00"]], "2025-09")
    assert clause in decided.clause


@for_clause("ML-6a")
def test_the_office_determines_by_a_version_of_the_accounting_basis(clause: str) -> None:
    play = sold()
    assert play.do("set_loss", "gm_office", "2025-08-04T09:00") == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({"basis_version"}, True)
    loss_set(play)
    fields = {name: value for name, value in DISPOSITION.items() if name != "basis_version"}
    assert play.do("task.dispose", "manufacturing", "2025-08-04T10:00", **DISPOSITION) == "wrong_role"
    assert play.do("task.dispose", "gm_office", "2025-08-04T10:00", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({"basis_version"}, True)
    disposed(play)
    assert play.do("consequence.warning", "manufacturing", "2025-08-04T11:00", amount="400") == "wrong_role"
    proposed(play)
    assert (play.state.approvals["warning"].status, play.cites(clause, "consequence_proposed")) == ("asked", True)


@for_clause("house-5")
def test_the_office_starts_over_before_publication(clause: str) -> None:
    play = loss_set(sold(shared()))
    assert play.do("redo", "gm_office", "2025-08-04T10:00", redone_why="改記小過") == "gate_closed"
    assert play.refused("gate_closed", clause)
    disposed(play, each="1", **DISPOSITION)
    play.did("consequence.warning", "gm_office", "2025-08-04T11:00", amount="400")
    approved(play).did("task.dispose", "gm_office", "2025-08-05T10:00", **(MINOR | {"disposed": "packing_b"}))
    assert play.do("redo", "gm_office", "2025-08-05T11:00") == "fields_wrong"
    play.did("redo", "gm_office", "2025-08-05T11:00", redone_why="改記小過")
    assert [str(play.fact(f"{name}.{aspect}")) for name in MONEY for aspect in ("open", "times")] == ["0"] * 6
    assert (str(play.fact("consequence.warning")), play.state.tasks["dispose"].status) == ("0", "open")
    assert play.do("publish", "hr", "2025-08-05T12:00", **PUBLICATION) == "gate_closed"
    assert play.cites(clause, "consequence_decided", "consequence.start_over")
    assert str(play.fact("consequence.shortfall")) == "12000.00"


@for_clause("house-5")
def test_starting_over_takes_back_a_major_demerit_too(clause: str) -> None:
    play: Play = disposed(**MAJOR).did("consequence.major_demerit", "gm_office", "2025-08-04T11:00")
    play.did("redo", "gm_office", "2025-08-04T12:00", redone_why="改記警告")
    assert [play.fact(f"{name}.open") for name in MONEY] == [0, 0, 0]
    approved(proposed(disposed(play, "2025-08-04T13:00"), at="2025-08-04T14:00"))
    assert published(play).cites(clause, "consequence_decided", "consequence.start_over")
