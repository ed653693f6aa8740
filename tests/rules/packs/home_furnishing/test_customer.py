"""Customers' complaints by minutes, HF-2c, HF-4.2.1a to HF-4.2.1d, HF-5.2.1 to HF-5.2.7."""

from typing import Any

import pytest

from tests.rules.packs.home_furnishing.stories import (
    DELIVERY,
    DIRECT,
    PACK,
    REGISTER,
    RESULT,
    delivered,
    registered,
    replied,
    reported,
    revisited,
)
from tests.rules.packs.overview import made
from tests.rules.packs.playing import Play, around_the_limit, for_clause, shipped

pytestmark = pytest.mark.pure

DATA = {"production_stage": "噴漆", "shipment_date": "2026-03-10"}
CATEGORIES = [
    "product_quality", "delivery_time", "shipping", "installation", "after_sales_service", "store_attitude", "other_category",
]  # fmt: skip


@for_clause("HF-2c")
@pytest.mark.parametrize("category", CATEGORIES)
def test_a_customer_complains_about_one_of_six_things_or_another(clause: str, category: str) -> None:
    play = registered(category=category)
    assert (play.state.kind, play.state.classes["category"]) == ("customer", category)
    assert play.cites(clause, "classified", "class.category")
    assert shipped(PACK).file.class_["category"].values == tuple(CATEGORIES)


@for_clause("HF-5.2.1", "HF-2c")
@pytest.mark.parametrize("field", sorted(REGISTER))
def test_nothing_is_missing_in_the_customer_register(clause: str, field: str) -> None:
    play = Play(PACK)
    given = {name: value for name, value in REGISTER.items() if name != field}
    assert play.open("customer", "first_handler", "2026-03-02T09:00", **given) == "fields_wrong"
    assert (play.missing(), clause in (*play.refused_by(), *play.pack.file.form["customer_register"].clause)) == (
        {field},
        True,
    )


@for_clause("HF-5.2.1")
def test_an_unknown_contract_number_has_its_reason(clause: str) -> None:
    play = registered(contract_number={"no": "客戶找不到合同"})
    assert play.cites(clause, "filled", "form.customer_register")
    assert len(made(play, "customer_register", "2026-W10", "2026-03-08T24:00").register) == 1
    assert Play(PACK).open("customer", "employee_handler", "2026-03-02T09:00", **REGISTER) == "wrong_role"


@for_clause("HF-4.2.1a")
def test_a_complaint_has_its_number_and_its_entry_at_once(clause: str) -> None:
    play = registered()
    assert play.state.number
    assert play.of("filled", "form.customer_register")
    assert shipped(PACK).file.clause[clause].always == "numbered"


@for_clause("HF-4.2.1b", "HF-5.2.2a")
@pytest.mark.parametrize("field", sorted(DELIVERY))
def test_nothing_is_delivered_without_saying_who_is_responsible(clause: str, field: str) -> None:
    play = registered()
    left = {name: value for name, value in DELIVERY.items() if name != field}
    assert play.do("deliver", "first_handler", "2026-03-02T09:20", **left) == "fields_wrong"
    assert (play.missing(), clause in play.pack.file.form["delivery"].clause) == ({field}, True)
    assert play.do("deliver", "hr", "2026-03-02T09:20", **DELIVERY) == "wrong_role"


@for_clause("HF-5.2.2a")
@around_the_limit("2026-03-02T09:30", "2026-03-02T09:30:01")
def test_it_is_delivered_within_30_minutes(clause: str, at: str, status: str) -> None:
    play = delivered(at=at)
    assert (play.due("delivery"), play.status("delivery")) == ("2026-03-02T09:30:00", status)
    assert play.cites(clause, "clock_started", "clock.delivery")


@for_clause("HF-5.2.2a")
def test_minutes_run_by_night_and_on_holidays(clause: str) -> None:
    play = registered(at="2026-05-01T23:50")
    assert (play.due("delivery"), clause in play.of("clock_started")[0].clause) == ("2026-05-02T00:20:00", True)


@for_clause("HF-5.2.2a", "house-1")
def test_the_hr_manager_hears_of_what_is_not_delivered(clause: str) -> None:
    play = registered().until("2026-03-04T00:00")
    assert play.told() == [
        ("2026-03-02T09:24:00", "delivery", "head_of_first_handler"),
        ("2026-03-02T09:30:01", "delivery", "first_handler hr_manager"),
        ("2026-03-04T00:00:00", "delivery", "general_manager"),
    ]
    assert clause in ("HF-5.2.2a", *play.of("escalated")[0].clause)


@for_clause("HF-5.2.2b")
def test_on_site_the_time_of_reply_is_named_within_the_30_minutes(clause: str) -> None:
    play = registered(on_site=True)
    assert play.do("deliver", "first_handler", "2026-03-02T09:10", **DELIVERY) == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("settle_on_site", "first_handler", "2026-03-02T09:10", **RESULT) == "gate_closed"
    play.did("promise", "first_handler", "2026-03-02T09:20", promised_at="2026-03-02T14:00")
    assert (play.status("delivery"), play.due("promised_reply")) == ("met", "2026-03-02T14:00:00")
    assert play.do("promise", "first_handler", "2026-03-02T09:21", promised_at="2026-03-02T15:00") == "step_not_open"
    assert (
        registered().do("promise", "first_handler", "2026-03-02T09:20", promised_at="2026-03-02T14:00") == "gate_closed"
    )
    assert registered().do("settle_on_site", "first_handler", "2026-03-02T09:20", **RESULT) == "gate_closed"


@for_clause("HF-5.2.2b")
@around_the_limit("2026-03-02T14:00", "2026-03-02T14:00:01")
@pytest.mark.parametrize("asked", [{}, {"asked_reply_time": "2026-03-02T13:00"}], ids=["ten_minutes", "asked_time"])
def test_the_promised_time_takes_the_place_of_the_ordinary_limit(
    clause: str, at: str, status: str, asked: dict[str, Any]
) -> None:
    play = registered(on_site=True, **asked)
    play.did("promise", "first_handler", "2026-03-02T09:20", promised_at="2026-03-02T14:00")
    play.did("settle_on_site", "first_handler", "2026-03-02T11:00", **RESULT)
    replied(play, "2026-03-02T11:05", at)
    assert (play.status("promised_reply"), play.status("reply"), play.status("asked_reply")) == (status, "off", "off")
    assert play.cites(clause, "clock_started", "clock.promised_reply")


@for_clause("HF-5.2.2b")
def test_the_promised_time_holds_for_a_direct_reply_too(clause: str) -> None:
    play = registered(on_site=True).did("promise", "first_handler", "2026-03-02T09:10", promised_at="2026-03-02T14:00")
    delivered(play, direct=True).did("reply_direct", "worker_a", "2026-03-02T09:40", **DIRECT)
    assert (play.status("promised_reply"), play.cites(clause, "clock_met", "clock.promised_reply")) == ("met", True)


@for_clause("HF-5.2.3a")
@around_the_limit("2026-03-02T09:50", "2026-03-02T09:50:01")
def test_the_second_handler_reports_within_30_minutes(clause: str, at: str, status: str) -> None:
    play = reported(at=at)
    assert (play.due("second_reply"), play.status("second_reply")) == ("2026-03-02T09:50:00", status)
    assert (play.status("direct_reply"), play.cites(clause, "clock_started", "clock.second_reply")) == ("off", True)


@for_clause("HF-5.2.3a")
@pytest.mark.parametrize("field", sorted(RESULT))
def test_a_result_says_what_was_found_why_and_what_is_done(clause: str, field: str) -> None:
    play, left = delivered(), {name: value for name, value in RESULT.items() if name != field}
    assert play.do("report_result", "worker_a", "2026-03-02T09:40", **left) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({field}, True)
    assert play.do("report_result", "other_a", "2026-03-02T09:40", **RESULT) == "wrong_role"


@for_clause("HF-5.2.3b")
@around_the_limit("2026-03-02T09:50", "2026-03-02T09:50:01")
def test_a_direct_reply_comes_within_30_minutes(clause: str, at: str, status: str) -> None:
    play = delivered(direct=True).did("reply_direct", "worker_a", at, **DIRECT)
    assert (play.due("direct_reply"), play.status("direct_reply")) == ("2026-03-02T09:50:00", status)
    assert (play.status("second_reply"), play.state.stage) == ("off", "replied")
    assert play.cites(clause, "clock_started", "clock.direct_reply")


@for_clause("HF-5.2.3b", "HF-5.2.3a")
def test_who_is_to_reply_directly_does_not_report_and_the_other_way_round(clause: str) -> None:
    direct, other = delivered(direct=True), delivered()
    assert direct.do("report_result", "worker_a", "2026-03-02T09:40", **RESULT) == "gate_closed"
    assert direct.refused("gate_closed", clause)
    assert other.do("reply_direct", "worker_a", "2026-03-02T09:40", **DIRECT) == "gate_closed"
    for field in DIRECT:
        left = {name: value for name, value in DIRECT.items() if name != field}
        assert direct.do("reply_direct", "worker_a", "2026-03-02T09:40", **left) == "fields_wrong"
        assert direct.missing() == {field}


@for_clause("HF-5.2.4", "HF-4.2.4a")
@around_the_limit("2026-03-02T09:45", "2026-03-02T09:45:01")
def test_production_data_come_within_20_minutes_inside_the_30(clause: str, at: str, status: str) -> None:
    play = delivered().did("ask_data", "worker_a", "2026-03-02T09:25", asked_order="DD-88", question="何時發貨")
    assert (play.due("data"), play.due("second_reply")) == ("2026-03-02T09:45:00", "2026-03-02T09:50:00")
    assert play.do("report_result", "worker_a", "2026-03-02T09:30", **RESULT) == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("task.data", "after_sales", "2026-03-02T09:30", **DATA) == "wrong_role"
    for field in DATA:
        left = {name: value for name, value in DATA.items() if name != field}
        assert play.do("task.data", "manufacturing", "2026-03-02T09:40", **left) == "fields_wrong"
        assert play.missing() == {field}
    play.did("task.data", "manufacturing", at, **DATA)
    assert (play.status("data"), play.due("second_reply")) == (status, "2026-03-02T09:50:00")
    assert play.cites(clause, "task_done", "task.data")
    play.did("ask_data", "worker_a", "2026-03-02T09:48", asked_order="DD-88", question="何時安裝")
    assert (play.due("data"), play.status("data")) == ("2026-03-02T10:08:00", "running")


@for_clause("HF-5.2.4")
def test_a_direct_reply_waits_for_the_data_as_well(clause: str) -> None:
    play = delivered(direct=True).did("ask_data", "worker_a", "2026-03-02T09:25", asked_order="DD-88", question="q")
    assert play.do("reply_direct", "worker_a", "2026-03-02T09:40", **DIRECT) == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("ask_data", "first_handler", "2026-03-02T09:40", asked_order="DD-88", question="q") == "wrong_role"


@for_clause("HF-4.2.1c")
@pytest.mark.parametrize(
    ("fields", "clock"), [({}, "second_reply"), ({"direct": True}, "direct_reply")], ids=["reported", "direct"]
)
def test_the_handler_hears_of_every_limit_of_a_department_and_follows_up(
    clause: str, fields: dict[str, Any], clock: str
) -> None:
    play = delivered(**fields).until("2026-03-02T12:00")
    told = [entry for entry in play.of("notified") if clause in entry.clause]
    assert [entry.subject for entry in told] == [f"clock.{clock}.missed", "clock.head_investigation.missed"]
    assert {person for entry in told for person, _ in entry.data["persons"]} == {"first_handler"}
    assert play.do("follow_up", "first_handler", "2026-03-02T12:00") == "fields_wrong"
    assert play.do("follow_up", "hr", "2026-03-02T12:00", followed="f") == "wrong_role"
    play.did("follow_up", "first_handler", "2026-03-02T12:00", followed="已催辦")
    assert play.cites(clause, "filled", "form.follow_up")


@for_clause("HF-4.2.1c")
def test_the_handler_hears_when_the_head_does_not_reply(clause: str) -> None:
    play = delivered().did("head_finds", "head_a", "2026-03-02T10:00", head_found="f").until("2026-03-02T12:00")
    assert "clock.head_reply.missed" in [entry.subject for entry in play.of("notified") if clause in entry.clause]


@for_clause("HF-5.2.5a")
def test_the_result_stands_in_the_register_before_the_customer_has_it(clause: str) -> None:
    play = reported()
    assert play.do("reply", "first_handler", "2026-03-02T09:45", told="t") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("enter_result", "first_handler", "2026-03-02T09:45") == "fields_wrong"
    play.did("enter_result", "first_handler", "2026-03-02T09:46", result="r").did(
        "reply", "first_handler", "2026-03-02T09:47", told="t"
    )


@for_clause("HF-5.2.5a")
def test_of_a_direct_reply_the_result_is_entered_afterwards(clause: str) -> None:
    play = delivered(direct=True).did("reply_direct", "worker_a", "2026-03-02T09:40", **DIRECT)
    assert play.do("revisit", "first_handler", "2026-03-06T09:00", content=True, revisit_note="n") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("enter_result", "first_handler", "2026-03-06T09:10", result="r")
    play.did("revisit", "first_handler", "2026-03-06T09:20", content=True, revisit_note="n")


@for_clause("HF-5.2.5b")
@around_the_limit("2026-03-02T09:50", "2026-03-02T09:50:01")
def test_the_customer_has_his_reply_10_minutes_after_the_result(clause: str, at: str, status: str) -> None:
    play = replied(at=at)
    assert (play.due("reply"), play.status("reply")) == ("2026-03-02T09:50:00", status)
    assert (play.status("asked_reply"), play.cites(clause, "clock_started", "clock.reply")) == ("off", True)


@for_clause("HF-5.2.5b")
@pytest.mark.parametrize("asked", ["2026-03-02T09:43", "2026-03-02T14:00"], ids=["earlier", "later"])
@pytest.mark.parametrize(("late", "status"), [(False, "met"), (True, "missed")], ids=["last_moment", "first_late"])
def test_the_time_that_the_customer_asked_for_wins(clause: str, asked: str, late: bool, status: str) -> None:
    play = reported(delivered(registered(asked_reply_time=asked)))
    replied(play, "2026-03-02T09:41", f"{asked}:01" if late else asked)
    assert (play.due("asked_reply"), play.status("asked_reply"), play.status("reply")) == (f"{asked}:00", status, "off")
    assert play.cites(clause, "clock_started", "clock.asked_reply")


@for_clause("HF-5.2.7", "HF-4.2.1d")
@around_the_limit("2026-03-09T24:00", "2026-03-10T00:00:01")
def test_a_finished_customer_is_revisited_within_seven_days(clause: str, at: str, status: str) -> None:
    play = replied()
    assert play.do("close", "first_handler", "2026-03-03T09:00") == "step_not_open"
    assert play.do("revisit", "first_handler", at, revisit_note="n") == "fields_wrong"
    play.did("revisit", "first_handler", at, content=True, revisit_note="n")
    assert (play.due("revisit"), play.status("revisit")) == ("2026-03-10T00:00:00", status)
    assert play.cites(clause, "moved", "step.revisit")


@for_clause("HF-5.2.7")
def test_the_seven_days_of_a_revisit_are_days_of_the_calendar(clause: str) -> None:
    play = replied(reported(delivered(registered(at="2026-04-29T09:00"), "2026-04-29T09:10"), "2026-04-29T09:20"),
                   "2026-04-29T09:21", "2026-04-29T09:22")  # fmt: skip
    assert (play.due("revisit"), play.cites(clause, "clock_started", "clock.revisit")) == ("2026-05-07T00:00:00", True)


@for_clause("HF-5.2.7")
def test_the_revisits_of_a_week_stand_in_a_list(clause: str) -> None:
    assert len(made(revisited(), "revisits", "2026-W10", "2026-03-08T24:00").register) == 1
    assert clause in shipped(PACK).file.report["revisits"].clause


@for_clause("HF-4.2.1d")
def test_a_case_is_closed_after_its_revisit(clause: str) -> None:
    play = revisited().did("close", "first_handler", "2026-03-06T11:00")
    assert (play.state.closed, play.cites(clause, "closed")) == (True, True)
