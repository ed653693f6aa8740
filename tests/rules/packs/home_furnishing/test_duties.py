"""Duties of week and month, dealers' fines to Finance, praise: HF-1, HF-5.1.3, HF-5.2.6, HF-7.2.4c, HF-7.2.7, HF-8."""

from datetime import date
from typing import Any

import pytest

from rules.editions import in_force
from tests.rules.packs.home_furnishing.stories import (
    DEALER,
    PACK,
    delivered,
    determined_conduct,
    noted,
    registered,
    replied,
    reported,
    revisited,
)
from tests.rules.packs.overview import cycled, figures, made
from tests.rules.packs.playing import Play, around_the_limit, for_clause, shipped

pytestmark = pytest.mark.pure

TRACKS = {"HF-5.1.3": ("employee", "employee_handler"), "HF-5.2.6": ("customer", "first_handler")}
PRAISE: dict[str, Any] = {
    "customer": "王女士",
    "praised": "worker_a",
    "written": True,
    "praise_text": "安裝細緻",
    "offence": "R1",
}


@for_clause("HF-5.1.3", "HF-5.2.6")
@pytest.mark.parametrize(
    ("every", "periods"),
    [("week", ["2026-W10", "2026-W11", "2026-W12", "2026-W13"]), ("month", ["2026-03"])],
)
def test_statistics_fall_due_with_every_week_and_month(clause: str, every: str, periods: list[str]) -> None:
    track, _ = TRACKS[clause]
    plays = cycled(PACK, f"{track}_{every}", "2026-03-02T00:00", "2026-03-31T23:00")
    assert [play.written("statistics_period")["period"] for play in plays] == periods
    assert {play.state.kind for play in plays} == {f"{track}_statistics"}
    assert clause in shipped(PACK).file.cycle[f"{track}_{every}"].clause


@for_clause("HF-5.1.3", "HF-5.2.6", "house-3")
@pytest.mark.parametrize("track", ["employee", "customer"])
@around_the_limit("2026-04-01T24:00", "2026-04-02T00:00:01")
def test_statistics_are_handed_in_by_the_first_working_day_after(clause: str, track: str, at: str, status: str) -> None:
    who = dict(TRACKS.values())[track]
    (play,) = cycled(PACK, f"{track}_month", "2026-03-02T00:00", "2026-03-31T23:00")
    step = f"hand_in_{track}"
    assert play.do(step, who, at, total=22) == "fields_wrong"
    assert play.do(step, "hr", at, total=22, by_class="c") == "wrong_role"
    play.did(step, who, at, total=22, by_class="交期12,安裝10")
    assert (play.due(f"{track}_statistics"), play.status(f"{track}_statistics")) == ("2026-04-02T00:00:00", status)
    assert [m["to"] for m in play.messages if m["template"] == "notice"] == ["hr_manager"]
    assert clause in ("house-3", *play.of("notified")[0].clause)


@for_clause("house-3")
def test_the_statistics_of_a_month_that_ends_before_a_holiday(clause: str) -> None:
    (play,) = cycled(PACK, "employee_month", "2026-04-01T00:01", "2026-04-30T23:00")
    assert (play.due("employee_statistics"), clause in play.of("clock_started")[0].clause) == (
        "2026-05-07T00:00:00",
        True,
    )


@for_clause("HF-5.1.3", "HF-5.2.6")
@pytest.mark.parametrize(("total", "code"), [(-1, "fields_wrong"), (0, "")])
def test_a_period_without_complaints_is_reported_too(clause: str, total: int, code: str) -> None:
    track, who = TRACKS[clause]
    (play,) = cycled(PACK, f"{track}_month", "2026-03-02T00:00", "2026-03-31T23:00")
    assert play.do(f"hand_in_{track}", who, "2026-04-01T09:00", total=total, by_class="無") == code


@for_clause("HF-5.1.3", "HF-4.1.1b")
def test_the_complaints_of_a_week_are_counted_by_class(clause: str) -> None:
    play = noted()
    for _ in range(5):
        play = noted(play.beside(), "2026-03-04T10:00", disputes="the_matter")
    noted(play.beside(), "2026-03-09T00:00")
    found = figures(play, "employee_statistics", "2026-W10", "2026-03-08T24:00")
    assert found == {("handling_result",): (1,), ("the_matter",): (5,)}
    assert figures(play, "employee_statistics", "2026-03", "2026-03-31T24:00")[("handling_result",)] == (2,)
    assert clause in shipped(PACK).file.report["employee_statistics"].clause


@for_clause("HF-5.2.6")
def test_the_complaints_of_a_month_are_counted_by_category_and_sum_up(clause: str) -> None:
    play = registered()
    for _ in range(21):
        play = registered(play.beside(), "2026-03-20T10:00", category="installation")
    found = figures(play, "customer_statistics", "2026-03", "2026-03-31T24:00")
    assert found == {("delivery_time",): (1,), ("installation",): (21,)}
    assert clause in shipped(PACK).file.report["customer_statistics"].clause


def dealer_fined(play: Play | None = None, at: str = "2026-03-20T11:00", dealer: str = "D1") -> Play:
    """A dealer's fine of 200 yuan, decided at an instant."""
    play = revisited(replied(reported(delivered(registered(play)))))
    play = determined_conduct(play, at, **(DEALER | {"dealer": dealer}))
    return play.did("approval.dealer_fine", "general_manager", at, verdict="given")


def dealer_month(play: Play, until: str = "2026-04-01T00:00", dealer: str = "D1") -> Play:
    """The case of a dealer that the first of a month opens."""
    since = f"{until[:8]}01T00:00" if until.endswith("1T01:00") else "2026-03-15T00:00"
    return cycled(PACK, "dealer_month", since, until, each=dealer, cabinet=play.cabinet)[-1]


@for_clause("HF-7.2.4c")
def test_the_fines_of_a_dealer_are_summed_and_deducted_from_his_payment(clause: str) -> None:
    play = dealer_fined(dealer_fined(dealer_fined().beside()).beside())
    dealer_fined(play.beside(), dealer="D2")
    month = dealer_month(play)
    assert (month.fact("count.dealer_fines"), month.fact("consequence.transfer")) == (600, 600)
    assert month.do("nothing_to_hand_over", "hr", "2026-04-01T09:00") == "gate_closed"
    assert month.do("hand_over", "finance", "2026-04-01T09:00") == "wrong_role"
    month.did("hand_over", "hr", "2026-04-01T09:00")
    assert month.do("deduct", "hr", "2026-04-02T09:00", goods_payment="10000.00") == "wrong_role"
    assert month.do("deduct", "finance", "2026-04-02T09:00", goods_payment="599.99") == "gate_closed"
    assert month.refused("gate_closed", clause)
    month.did("deduct", "finance", "2026-04-02T09:00", goods_payment="10000.00")
    assert (month.fact("consequence.payment"), month.state.stage) == (9400, "deducted")
    found = figures(play, "dealer_fines", "2026-03", "2026-04-01T00:00")
    assert found == {("D1", "yuan"): ("600.00", 3), ("D2", "yuan"): ("200.00", 1)}
    assert len(made(play, "fine_ledger", "2026-03", "2026-04-01T00:00").register) == 4
    assert month.cites(clause, "consequence_decided", "consequence.transfer")


@for_clause("HF-7.2.4c")
def test_what_was_handed_over_is_not_handed_over_again(clause: str) -> None:
    play = dealer_fined()
    first = dealer_month(play)
    assert dealer_month(play).fact("consequence.transfer") == 0
    dealer_fined(play.beside(), "2026-04-10T11:00")
    second = cycled(PACK, "dealer_month", "2026-04-15T00:00", "2026-05-01T00:00", each="D1", cabinet=play.cabinet)[0]
    assert (first.fact("consequence.transfer"), second.fact("consequence.transfer")) == (200, 200)
    assert second.written("dealer_month") == {"period": "2026-05", "dealer": "D1"}
    assert clause in second.pack.file.cycle["dealer_month"].clause


@for_clause("HF-7.2.4c")
def test_a_month_without_fines_ends_with_nothing_handed_over(clause: str) -> None:
    month = dealer_month(Play(PACK))
    assert month.do("hand_over", "hr", "2026-04-01T09:00") == "gate_closed"
    assert month.refused("gate_closed", clause)
    assert month.did("nothing_to_hand_over", "hr_manager", "2026-04-01T09:00").state.stage == "nothing_due"


@for_clause("HF-7.2.7")
def test_written_praise_is_rewarded_under_the_rules(clause: str) -> None:
    play = Play(PACK)
    play.answers["table:reward_punishment:R1"] = [{"gives": {"amount": "150"}}]
    play.did("open.praise", "hr", "2026-03-02T09:00", **PRAISE)
    assert play.do("settle_praise", "hr", "2026-03-02T10:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("approval.praise_reward", "general_manager", "2026-03-02T11:00", verdict="given")
    (decided,) = play.of("consequence_decided")
    assert (decided.data["lines"], decided.data["unit"]) == ([["person", "worker_a", "150"]], "reward")
    assert play.did("settle_praise", "hr", "2026-03-02T12:00").state.closed


@for_clause("HF-7.2.7")
@pytest.mark.parametrize("field", sorted(PRAISE))
def test_a_praise_record_is_whole(clause: str, field: str) -> None:
    play = Play(PACK)
    left = {name: value for name, value in PRAISE.items() if name != field}
    assert play.open("praise", "first_handler", "2026-03-02T09:00", **left) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({field}, True)


@for_clause("HF-7.2.7")
def test_praise_that_is_only_said_is_not_rewarded_and_without_an_item_nothing_is(clause: str) -> None:
    oral = Play(PACK).did("open.praise", "hr", "2026-03-02T09:00", **(PRAISE | {"written": False}))
    assert oral.state.consequences == {}
    assert oral.did("settle_praise", "hr", "2026-03-02T10:00").state.closed
    bare = Play(PACK).did("open.praise", "hr", "2026-03-02T09:00", **PRAISE)
    assert bare.do("approval.praise_reward", "general_manager", "2026-03-02T11:00", verdict="given") == "step_not_open"
    assert clause in bare.of("consequence_raised")[0].clause


@for_clause("HF-1")
def test_the_purpose_adds_no_rule_and_every_stage_shows_its_clocks(clause: str) -> None:
    assert shipped(PACK).file.clause[clause].nothing_to_encode
    assert registered().status("delivery") == "running"


@for_clause("HF-8", "house-5")
@pytest.mark.parametrize(
    ("day", "counts"), [(date(2026, 2, 28), False), (date(2026, 3, 1), True), (date(2026, 3, 2), True)]
)
def test_the_rules_are_in_force_from_the_first_of_march(clause: str, day: date, counts: bool) -> None:
    file = shipped(PACK).file
    assert (in_force(file, day), file.owner) == (counts, "hr_manager")
    row = file.clause[clause]
    assert (row.filled == "house-5" and bool(row.gap)) or row.always == "editions"


@for_clause("HF-5.1.1a", "HF-5.2.1", "HF-7.2.1d", "HF-7.2.7")
def test_the_paper_forms_are_printed(clause: str) -> None:
    forms = shipped(PACK).file.form
    printed = {name for name, form in forms.items() if form.prints}
    assert printed >= {
        "employee_book", "customer_register", "order_check", "rework_check", "production_data", "determination",
        "review_request", "repeat_link", "consent", "statistics", "praise",
    }  # fmt: skip
    assert any(clause in forms[name].clause for name in printed)
