"""The car dealer: recording and judging, AD-1 to AD-1.5, AD-2.3a, AD-3.1a to AD-3.3a, AD-4A.1a to AD-4A.2c, AD-4B.1."""

from typing import Any

import pytest

from tests.rules.packs.auto_dealership.stories import (
    CRM,
    INTAKE,
    JUDGEMENT,
    PACK,
    asked,
    assigned,
    found,
    judged,
    notified,
    recorded,
    summed_up,
)
from tests.rules.packs.overview import made
from tests.rules.packs.playing import Play, for_clause, shipped

pytestmark = pytest.mark.pure

CATEGORIES = ["product_quality", "new_car_contract", "repair_quality", "service_quality", "proposal_opinion"]


def refused(**fields: Any) -> Play:
    """A complaint that is not taken in like this."""
    play = Play(PACK)
    assert play.open("complaint", "specialist", "2026-03-02T09:00", **(INTAKE | fields)) == "fields_wrong"
    return play


@for_clause("AD-1")
@pytest.mark.parametrize("area", ["sales_service", "after_sales_service"])
def test_a_complaint_belongs_to_the_sale_or_to_what_comes_after(clause: str, area: str) -> None:
    assert recorded(service_area=area).cites(clause, "opened")
    play = refused(service_area=None)
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({"service_area"}, True)


@pytest.mark.parametrize(("clause", "category"), [(f"AD-1.{n}", each) for n, each in enumerate(CATEGORIES, 1)])
def test_there_are_five_classes(clause: str, category: str) -> None:
    play = recorded()
    fields = JUDGEMENT | {"category": category, "contract_number": "HT-1", "responsible_handler_why": "专长"}
    play.did("judge", CRM, "2026-03-02T09:30", **fields)
    assert play.state.classes["category"] == category
    rows = {row.gives: row.clause for row in play.pack.file.class_["category"].rows}
    assert rows[category] == (clause,)


@pytest.mark.parametrize(
    ("clause", "category", "lacks"),
    [("AD-1.2", "new_car_contract", "contract_number"), ("AD-1.3", "repair_quality", "repair_order")],
)
def test_a_contract_or_a_repair_is_named_by_its_number(clause: str, category: str, lacks: str) -> None:
    play = recorded()
    fields = JUDGEMENT | {"category": category, "responsible_handler_why": "w"}
    del fields["repair_order"]
    assert play.do("judge", CRM, "2026-03-02T09:30", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({lacks}, True)
    play.did("judge", CRM, "2026-03-02T09:31", **(fields | {lacks: "NR-1"}))
    assert play.state.stage == "judged"


@for_clause("AD-1.5")
def test_an_opinion_goes_the_same_way(clause: str) -> None:
    intake = {
        "service_area": "sales_service",
        "reported_as": "proposal_opinion",
        "plate": None,
        "no_vehicle_why": "展厅访客",
    }
    fields: dict[str, Any] = {"category": "proposal_opinion", "responsible_handler": "sales_manager"}
    play = judged(intake=intake, **fields).did("assign", CRM, "2026-03-02T10:00")
    assert (play.state.stage, play.status("proposal")) == ("investigation", "running")
    assert clause in play.pack.file.class_["category"].rows[4].clause


@for_clause("AD-2.2")
def test_the_time_of_every_step_is_measured_and_only_the_proposal_is_limited(clause: str) -> None:
    file = shipped(PACK).file
    assert file.clause[clause].always == "measured"
    limited = {name for name, clock in file.clock.items() if clock.allow and clock.allow.working_days is not None}
    assert limited == {"proposal"}


@for_clause("AD-2.4")
def test_records_are_kept(clause: str) -> None:
    assert shipped(PACK).file.clause[clause].always == "kept"


@for_clause("AD-3.1a", "AD-4A.1a", "AD-4B.1")
@pytest.mark.parametrize("person", ["advisor", "specialist", "customer_relations_manager"])
def test_advisor_specialist_and_manager_record_a_complaint(clause: str, person: str) -> None:
    play = Play(PACK).did("open.complaint", person, "2026-03-02T09:00", **INTAKE)
    file = play.pack.file
    assert clause in (*play.of("opened")[0].clause, *file.form["intake"].clause)
    for other in ("sales_manager", "service_manager", "general_manager", "outsider"):
        assert Play(PACK).open("complaint", other, "2026-03-02T09:00", **INTAKE) == "wrong_role"


@for_clause("AD-4A.1a", "AD-4B.1")
@pytest.mark.parametrize("lacks", ["complained_at", "content", "complainant", "plate"])
def test_time_content_complainant_and_plate_are_recorded(clause: str, lacks: str) -> None:
    play = refused(**{lacks: None})
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({lacks}, True)


@for_clause("AD-4A.1a")
@pytest.mark.parametrize("category", CATEGORIES)
def test_a_complaint_without_a_vehicle_says_why_but_not_about_product_or_repair(clause: str, category: str) -> None:
    without: dict[str, Any] = {"reported_as": category, "plate": None}
    play = refused(**without)
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({"plate"}, True)
    without["no_vehicle_why"] = "尚未提车"
    if category in ("product_quality", "repair_quality"):
        assert refused(**without).missing() == {"plate"}
    else:
        assert recorded(**without).state.stage == "recorded"


@for_clause("AD-4A.1b")
@pytest.mark.parametrize("point", ["listened", "calm", "sympathy", "comfort"])
def test_four_points_of_conduct_are_ticked_or_reasoned(clause: str, point: str) -> None:
    play = refused(**{point: None})
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({point}, True)
    assert refused(**{point: False}).missing() == {point}
    reasoned: dict[str, Any] = {point: {"no": "客户匆忙离开"}}
    assert recorded(**reasoned).state.stage == "recorded"


@for_clause("AD-3.2a")
@pytest.mark.parametrize("person", ["specialist", "advisor", "service_manager", "general_manager"])
def test_only_the_manager_judges_nature_class_and_handler(clause: str, person: str) -> None:
    play = recorded()
    assert play.do("judge", person, "2026-03-02T09:30", **JUDGEMENT) == "wrong_role"
    assert play.refused("wrong_role", clause)
    play = judged()
    assert play.state.classes["nature"] == "general"
    assert play.state.classes["responsible_handler"] == "service_manager"


@for_clause("AD-3.2a", "AD-2.3a")
@pytest.mark.parametrize("lacks", ["nature", "category", "responsible_handler"])
def test_nature_class_and_handler_are_all_wanted(clause: str, lacks: str) -> None:
    play = recorded()
    fields = {name: value for name, value in JUDGEMENT.items() if name != lacks}
    assert play.do("judge", CRM, "2026-03-02T09:30", **fields) == "fields_wrong"
    assert (lacks in play.missing(), play.refused("fields_wrong", clause)) == (True, True)


@for_clause("AD-4A.2a")
@pytest.mark.parametrize("lacks", ["first_look", "category", "grounds_sufficient", "demand_reasonable"])
def test_class_grounds_and_demand_are_judged_after_a_first_look(clause: str, lacks: str) -> None:
    play = recorded()
    fields = {name: value for name, value in JUDGEMENT.items() if name != lacks}
    assert play.do("judge", CRM, "2026-03-02T09:30", **fields) == "fields_wrong"
    assert (lacks in play.missing(), play.refused("fields_wrong", clause)) == (True, True)


@for_clause("AD-4A.2a")
def test_where_grounds_fall_short_it_goes_on_all_the_same(clause: str) -> None:
    play = judged(grounds_sufficient=False, demand_reasonable=False)
    assert play.did("assign", CRM, "2026-03-02T10:00").state.stage == "investigation"
    assert play.cites(clause, "moved", "step.judge")


@for_clause("AD-4A.2b")
def test_a_handling_form_has_one_number_and_a_handler(clause: str) -> None:
    play = summed_up()
    judged(play.beside())
    register = made(play, "handling_forms", "2026-03", "2026-04-01T00:00").register
    assert [(line.cells[0], line.cells[1], line.cells[6]) for line in register] == [
        ("2026-0001", "repair_quality", "service_manager"),
        ("2026-0002", "repair_quality", "service_manager"),
    ]
    found_later = ("装配力矩不足", "worker_a", "免费返修", "given", "none", "accepted", "satisfied", "已解决")
    assert register[0].cells[7:] == found_later
    assert play.cites(clause, "moved", "step.judge")


@for_clause("AD-4A.2b")
def test_a_general_complaint_is_assigned_and_a_major_one_is_not(clause: str) -> None:
    play = judged(nature="major")
    assert play.do("assign", CRM, "2026-03-02T10:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert assigned().state.stage == "investigation"


@pytest.mark.parametrize(
    ("clause", "category", "area", "handler"),
    [
        ("AD-3.3a", "new_car_contract", "sales_service", "sales"),
        ("AD-3.3a", "new_car_contract", "after_sales_service", "sales"),
        ("AD-3.3a", "repair_quality", "after_sales_service", "service"),
        ("AD-4A.2c", "repair_quality", "sales_service", "service"),
        ("AD-4A.2c", "product_quality", "after_sales_service", "service"),
        ("house-5", "product_quality", "sales_service", "service"),
        ("house-5", "service_quality", "sales_service", "sales"),
        ("house-5", "service_quality", "after_sales_service", "service"),
        ("house-5", "proposal_opinion", "sales_service", "sales"),
        ("house-5", "proposal_opinion", "after_sales_service", "service"),
    ],
)
def test_department_and_handler_follow_the_class(clause: str, category: str, area: str, handler: str) -> None:
    other = "sales_manager" if handler == "service" else "service_manager"
    fields = JUDGEMENT | {"category": category, "contract_number": "HT-1"}
    play = recorded(service_area=area)
    code = play.do("judge", CRM, "2026-03-02T09:30", **(fields | {"responsible_handler": other}))
    assert (code, play.missing()) == ("fields_wrong", {"responsible_handler_why"})
    play.did("judge", CRM, "2026-03-02T09:31", **(fields | {"responsible_handler": f"{handler}_manager"}))
    assert play.state.classes["department"] == f"{handler}_department"
    play.did("assign", CRM, "2026-03-02T10:00")
    assert [message["to"] for message in play.messages] == [f"{handler}_manager"]
    assert play.do("find_cause", other, "2026-03-02T11:00") == "wrong_role"
    file = play.pack.file
    assert clause in (*file.class_["department"].clause, *file.role["handler"].clause)


@for_clause("house-5")
def test_the_manager_may_name_the_other_handler_with_a_reason(clause: str) -> None:
    play = judged(responsible_handler="sales_manager", responsible_handler_why="服务经理被投诉")
    play.did("assign", CRM, "2026-03-02T10:00")
    assert [message["to"] for message in play.messages] == ["sales_manager"]
    assert play.state.classes["department"] == "service_department"
    assert clause in play.pack.file.class_["responsible_handler"].rows[2].clause


@for_clause("AD-2.3a")
def test_whoever_handles_it_is_told(clause: str) -> None:
    play = assigned()
    assert [message["to"] for message in play.messages] == ["service_manager"]
    assert play.cites(clause, "notified", "step.assign")


@for_clause("AD-3.1b")
@pytest.mark.parametrize("person", ["advisor", "specialist"])
def test_advisor_and_specialist_help_when_they_are_asked(clause: str, person: str) -> None:
    play = assigned().did("ask_support", "service_manager", "2026-03-02T10:30", support_wanted="约客户试车")
    assert play.state.tasks["support"].asked == ("advisor", "specialist")
    assert play.do("task.support", "sales_manager", "2026-03-02T11:00", supported="s") == "wrong_role"
    play.did("task.support", person, "2026-03-02T11:00", supported="已约")
    assert play.cites(clause, "task_done", "task.support")


@for_clause("AD-3.1b")
def test_a_complaint_is_not_closed_over_open_support(clause: str) -> None:
    play = summed_up().did("ask_support", CRM, "2026-03-06T10:30", support_wanted="s")
    assert play.do("close", CRM, "2026-03-06T11:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("task.support", "advisor", "2026-03-06T12:00", supported="s")
    assert play.did("close", CRM, "2026-03-06T13:00").state.closed


@for_clause("AD-3.2b")
def test_the_manager_is_in_every_case_and_may_find_the_cause(clause: str) -> None:
    play = assigned()
    cause = {"cause": "c", "cause_code": "parts", "causing_department": "unit_a", "responsible_person": "worker_a"}
    assert play.do("find_cause", "advisor", "2026-03-02T11:00", **cause) == "wrong_role"
    play.did("find_cause", CRM, "2026-03-02T11:00", **cause)
    assert play.cites(clause, "moved", "step.find_cause")
    assert CRM in play.pack.file.kind["complaint"].seen_by


@for_clause("AD-3.2c", "house-2")
def test_the_manager_is_reminded_after_four_open_hours_without_a_step(clause: str) -> None:
    play = assigned()
    assert play.due("idle") == "2026-03-02T15:30:00"
    play = found()
    assert play.due("idle") == "2026-03-02T16:30:00"
    play.until("2026-03-02T17:00")
    assert play.told() == [("2026-03-02T16:30:01", "idle", CRM)]
    assert play.cites(clause, "escalated", "clock.idle")


@for_clause("AD-3.2c", "house-2")
def test_a_step_begins_the_time_anew_and_outside_of_an_investigation_it_does_not_run(clause: str) -> None:
    assert (recorded().status("idle"), judged().status("idle"), notified().status("idle")) == ("off", "off", "missed")
    play = found().did("ask_support", "service_manager", "2026-03-02T16:30", support_wanted="s")
    assert (play.status("idle"), play.due("idle")) == ("running", "2026-03-03T11:30:00")
    assert play.cites(clause, "clock_started", "clock.idle")
    assert asked().until("2026-04-30T00:00").told() == [("2026-03-02T16:30:01", "idle", CRM)]
