"""Talking with customers, measurement plans and surveys; SS-4.1 to 4.4, 4.6a, 4.6c-c."""

from typing import Any

import pytest

from tests.rules.packs.overview import cycled, made
from tests.rules.packs.playing import Play, around_the_limit, for_clause, shipped
from tests.rules.packs.seed_satisfaction_monitoring.stories import (
    MINUTES,
    PACK,
    SHEET,
    SURVEYED,
    TOPICS,
    activity,
    launched,
    surveying,
)

pytestmark = pytest.mark.pure

NEEDS: dict[str, dict[str, Any]] = {
    "product_information": {"product": "rice_7"},
    "site_publicity": {},
    "user_forum": {},
    "collecting_opinions": {"planned_customers": "1"},
    "satisfaction_survey": {},
}


@for_clause("SS-4.1")
@pytest.mark.parametrize("kind", list(NEEDS))
def test_there_are_five_activities(clause: str, kind: str) -> None:
    play = activity(kind, **NEEDS[kind])
    assert play.cites(clause, "opened")
    assert len(play.pack.file.form["activity"].fields[0].choices) == 5
    assert play.do("carry_out", "office", "2026-03-02T10:00", activity_result="r") == "wrong_role"


@for_clause("SS-4.1")
@pytest.mark.parametrize("kind", ["site_publicity", "satisfaction_survey"])
def test_an_activity_ends_with_its_result(clause: str, kind: str) -> None:
    play = activity(kind)
    assert play.do("carry_out", "business", "2026-03-02T10:00") == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({"activity_result"}, True)
    play.did("carry_out", "after_sales", "2026-03-02T10:00", activity_result="200人")
    assert play.state.stage == "carried_out"


@for_clause("SS-4.1")
@pytest.mark.parametrize(
    ("kind", "wrong"),
    [("lottery", "activity_type"), ("product_information", "product"), ("collecting_opinions", "planned_customers")],
)
def test_an_activity_says_what_it_is_about(clause: str, kind: str, wrong: str) -> None:
    play = Play(PACK)
    assert play.open("activity", "business", "2026-03-02T09:00", activity_type=kind) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({wrong}, True)


@for_clause("SS-4.2a")
@pytest.mark.parametrize("blank", [name for name in SHEET if name != "carriers"])
def test_a_blank_attribute_of_six_is_named_and_needs_a_reason(clause: str, blank: str) -> None:
    play = activity("product_information", product="rice_7")
    sheet = {name: value for name, value in SHEET.items() if name != blank}
    assert play.do("publish_product", "business", "2026-03-02T10:00", **sheet) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({blank}, True)
    play.did("publish_product", "business", "2026-03-02T10:00", **sheet, **{blank: {"no": "未定"}})
    assert play.written("product_sheet")[blank] == {"no": "未定"}


@for_clause("SS-4.2b")
@pytest.mark.parametrize("carrier", ["manual", "advertisement", "electronic_media"])
def test_there_are_three_carriers(clause: str, carrier: str) -> None:
    play = activity("product_information", product="rice_7")
    play.did("publish_product", "business", "2026-03-02T10:00", **(SHEET | {"carriers": [carrier]}))
    assert play.cites(clause, "filled", "form.product_sheet")


@for_clause("SS-4.2b")
def test_another_carrier_is_named(clause: str) -> None:
    play = activity("product_information", product="rice_7")
    other = SHEET | {"carriers": ["manual", "other_carrier"]}
    assert play.do("publish_product", "business", "2026-03-02T10:00", **other) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({"which_carrier"}, True)
    none = SHEET | {"carriers": []}
    assert play.do("publish_product", "business", "2026-03-02T10:00", **none) == "fields_wrong"
    play.did("publish_product", "business", "2026-03-02T10:00", **other, which_carrier="村广播")


@for_clause("SS-4.2a", "SS-4.2c")
def test_only_the_business_department_publishes_and_nothing_ends_before(clause: str) -> None:
    play = activity("product_information", product="rice_7")
    assert play.do("carry_out", "business", "2026-03-02T10:00", activity_result="r") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("publish_product", "after_sales", "2026-03-02T10:00", **SHEET) == "wrong_role"
    play.did("publish_product", "business", "2026-03-02T10:00", **SHEET)
    play.did("carry_out", "business", "2026-03-02T10:05", activity_result="已发放")


@for_clause("SS-4.2c")
def test_a_product_that_nobody_was_told_of_is_an_open_duty(clause: str) -> None:
    play = launched()
    [line] = made(play, "open_launches", "2026-03", "2026-03-31T24:00").register
    assert line.cells[:2] == ("2026-0001", "rice_7")
    told = activity("product_information", play, product="rice_7")
    assert play.do("inform", "after_sales", "2026-04-01T09:00", informed_by=told.state.number) == "wrong_role"
    play.did("inform", "business", "2026-04-01T09:00", informed_by=told.state.number)
    assert made(play, "open_launches", "2026-03", "2026-04-30T24:00").register == ()
    assert play.cites(clause, "linked", "link.information")


@for_clause("SS-4.2c")
def test_the_activity_must_be_one_for_that_product(clause: str) -> None:
    play = launched()
    other = activity("product_information", play, product="maize_2")
    for case in (other.state.number, "SS-2026-000099", play.state.number):
        assert play.do("inform", "business", "2026-04-01T09:00", informed_by=case) == "link_refused"
        assert clause in play.refused_by()
    assert play.do("inform", "business", "2026-04-01T09:00") == "fields_wrong"


@for_clause("SS-4.2c")
def test_a_launch_is_written_down_once_by_anybody(clause: str) -> None:
    play = launched()
    again = play.beside()
    fields = {"product": "rice_7", "launched_on": "2026-03-03"}
    assert again.open("launch", "business", "2026-03-04T09:00", **fields) == "already_open"
    for field in fields:
        other = Play(PACK)
        some = {name: value for name, value in fields.items() if name != field}
        assert other.open("launch", "business", "2026-03-04T09:00", **some) == "fields_wrong"
        assert (other.missing(), clause in other.refused_by()) == ({field}, True)


@for_clause("SS-4.3")
def test_twenty_planned_customers_are_asked_for_four_topics_each(clause: str) -> None:
    play = activity("collecting_opinions", planned_customers="20")
    for number in range(19):
        said = TOPICS | {"customer": f"顾客{number}", "revisit_by": "phone"}
        play.did("revisit", "business", "2026-03-03T09:00", **said)
    assert play.do("carry_out", "business", "2026-03-03T17:00", activity_result="r") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("revisit", "business", "2026-03-03T17:00", **TOPICS, customer="顾客20", revisit_by="on_site")
    play.did("carry_out", "business", "2026-03-03T17:05", activity_result="20户")


@for_clause("SS-4.3")
@pytest.mark.parametrize("way", ["phone", "on_site", "market_research"])
@pytest.mark.parametrize("topic", list(TOPICS))
def test_a_topic_without_an_answer_needs_a_reason(clause: str, topic: str, way: str) -> None:
    play = activity("collecting_opinions", planned_customers="1")
    said = {"customer": "周大田", "revisit_by": way} | {name: v for name, v in TOPICS.items() if name != topic}
    assert play.do("revisit", "business", "2026-03-03T09:00", **said) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({topic}, True)
    play.did("revisit", "business", "2026-03-03T09:00", **said, **{topic: {"no": "未提及"}})


@for_clause("SS-4.3")
def test_nobody_plans_to_ask_no_one(clause: str) -> None:
    play = Play(PACK)
    fields = {"activity_type": "collecting_opinions", "planned_customers": "0"}
    assert play.open("activity", "business", "2026-03-02T09:00", **fields) == "fields_wrong"
    assert clause in play.refused_by()


@for_clause("SS-4.4")
def test_a_forum_ends_with_its_minutes(clause: str) -> None:
    play = activity("user_forum")
    assert play.do("carry_out", "business", "2026-03-12T16:00", activity_result="r") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("hold_forum", "business", "2026-03-12T17:00", **MINUTES)
    play.did("carry_out", "business", "2026-03-12T17:05", activity_result="纪要已存")


@for_clause("SS-4.4")
@pytest.mark.parametrize("field", list(MINUTES))
def test_the_minutes_have_requirements_opinions_and_answers(clause: str, field: str) -> None:
    play = activity("user_forum")
    some = {name: value for name, value in MINUTES.items() if name != field}
    assert play.do("hold_forum", "business", "2026-03-12T17:00", **some) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({field}, True)
    assert play.do("hold_forum", "business", "2026-03-12T17:00", **(MINUTES | {"attendance": "0"})) == "fields_wrong"
    play.did("hold_forum", "business", "2026-03-12T17:00", **(MINUTES | {"attendance": "1"}))


@for_clause("SS-4.6a", "house-3")
def test_every_year_the_business_department_gets_a_plan_to_draw_up(clause: str) -> None:
    plays = cycled(PACK, "measurement_plan", "2025-06-01T00:00", "2026-12-31T00:00")
    assert [play.written("plan_year")["period"] for play in plays] == ["2026"]
    assert plays[0].state.since["drafting"].isoformat() == "2025-12-31T16:00:00+00:00"
    assert plays[0].cites(clause, "opened")


@for_clause("SS-4.6a")
@pytest.mark.parametrize("field", ["methods", "improved"])
def test_a_plan_says_how_it_is_measured_and_what_is_better(clause: str, field: str) -> None:
    play = Play(PACK).did("open.measurement_plan", "business", "2026-01-05T09:00")
    plan = {"methods": "回访、调查表", "improved": "增加田间回访"}
    some = {name: value for name, value in plan.items() if name != field}
    assert play.do("activate", "business", "2026-01-06T09:00", **some) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({field}, True)
    play.did("activate", "business", "2026-01-06T09:00", **plan)
    assert play.state.stage == "active"


@for_clause("house-3")
@around_the_limit("2026-01-31T24:00", "2026-02-01T00:00:01")
def test_without_an_active_plan_at_the_end_of_january_the_business_department_is_told(
    clause: str, at: str, status: str
) -> None:
    play = cycled(PACK, "measurement_plan", "2025-06-01T00:00", "2026-01-01T00:00")[0].until(at)
    play.did("activate", "business", at, methods="m", improved="i")
    assert play.status("plan") == status
    assert play.told() == ([("2026-02-01T00:00:01", "plan", "business")] if status == "missed" else [])
    assert play.cites(clause, "clock_started", "clock.plan")


@for_clause("SS-4.6c-c", "house-4")
def test_the_next_survey_comes_at_a_planned_interval_for_each_organisation(clause: str) -> None:
    cycle = shipped(PACK).file.cycle["survey"]
    assert (cycle.months, cycle.opens, cycle.for_each) == (6, "survey", "table.organisations")
    assert clause in cycle.clause


@for_clause("SS-4.6c-c")
def test_a_survey_has_answers_before_it_is_totalled(clause: str) -> None:
    play = surveying()
    assert play.cites(clause, "opened")
    assert play.do("total_survey", "business", "2026-03-03T09:00", survey_says="s") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("record_answer", "business", "2026-03-02T10:00", **SURVEYED)
    assert play.do("total_survey", "business", "2026-03-03T09:00") == "fields_wrong"
    play.did("total_survey", "business", "2026-03-03T09:00", survey_says="满意")
    assert play.state.stage == "totalled"


RECORDS: dict[str, tuple[str, dict[str, Any]]] = {
    "customer_information": (
        "note_customer",
        {
            "customer": "周大田",
            "contact": "13800000000",
            "product": "rice_7",
            "noted_on": "2026-03-02",
            "information_channel": "phone",
        },
    ),
    "satisfaction_survey": ("record_answer", SURVEYED),
    "market_research": (
        "note_market",
        {"noted_on": "2026-03-02", "market": "湘南", "market_finding": "价格偏高", "researcher": "worker_a"},
    ),
}


@for_clause("SS-5.1", "house-6")
@pytest.mark.parametrize("form", list(RECORDS))
def test_the_three_papers_of_a_survey_hold_what_they_must(clause: str, form: str) -> None:
    step, fields = RECORDS[form]
    play = surveying()
    for field in fields:
        some = {name: value for name, value in fields.items() if name != field}
        assert play.do(step, "business", "2026-03-02T10:00", **some) == "fields_wrong"
        assert play.missing() == {field}
    play.did(step, "business", "2026-03-02T10:00", **fields)
    play.did(step, "business", "2026-03-02T10:05", **fields)
    assert play.fact(f"form.{form}") == 2
    assert play.cites(clause, "filled", f"form.{form}")
    assert play.do(step, "office", "2026-03-02T10:10", **fields) == "wrong_role"
