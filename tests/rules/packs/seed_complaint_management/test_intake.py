"""Taking in, asking, classing and investigating; SC-1.1 to SC-3.3c."""

from typing import Any

import pytest

from tests.rules.packs.playing import Play, for_clause, shipped
from tests.rules.packs.seed_complaint_management.stories import (
    DAY,
    DEMAND,
    FACTS,
    FORM,
    HANDLER,
    INTAKE,
    PACK,
    SPECIALIST,
    accepted,
    again,
    classed,
    dissatisfied,
    investigated,
    received,
    registered,
)

pytestmark = pytest.mark.pure


@for_clause("SC-1.1", "SC-6.1", "SC-5.4")
def test_purposes_and_references_add_no_rule(clause: str) -> None:
    assert shipped(PACK).file.clause[clause].nothing_to_encode


@for_clause("SC-8.1")
def test_the_flow_chart_is_a_gap(clause: str) -> None:
    row = shipped(PACK).file.clause[clause]
    assert (bool(row.gap), row.filled) == (True, None)


@for_clause("SC-1.2")
@pytest.mark.parametrize("channel", ["oral", "phone", "written"])
def test_a_complaint_comes_in_one_of_three_ways(clause: str, channel: str) -> None:
    play = received(channel=channel)
    assert play.written("intake")["channel"] == channel
    assert (len(play.of("opened")), play.cites(clause, "opened")) == (1, True)


@for_clause("SC-1.2")
@pytest.mark.parametrize("field", list(INTAKE))
def test_who_complains_how_and_of_what_is_written_down(clause: str, field: str) -> None:
    play = Play(PACK)
    some = {name: value for name, value in INTAKE.items() if name != field}
    assert play.open("complaint", "business", f"{DAY}09:00", **some) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({field}, True)


@for_clause("SC-1.2", "SC-5.2")
@pytest.mark.parametrize(("length", "code"), [(500, ""), (501, "fields_wrong")])
def test_a_matter_has_at_most_five_hundred_signs(clause: str, length: int, code: str) -> None:
    play = Play(PACK)
    assert play.open("complaint", "business", f"{DAY}09:00", **(INTAKE | {"matter": "苗" * length})) == code
    field = play.pack.file.form["dissatisfaction"].fields[0]
    assert (field.most, clause in ("SC-1.2", "SC-5.2")) == (500, True)


@for_clause("SC-1.3", "house-2")
@pytest.mark.parametrize(
    ("customers", "told"), [(("C-1", "C-2"), 0), (("C-1", "C-2", "C-3"), 1), (("C-1", "C-1", "C-2"), 0)]
)
def test_three_customers_of_one_batch_are_a_spread(clause: str, customers: tuple[str, ...], told: int) -> None:
    play = received(customer=customers[0], batch_number="R7-26")
    last = play
    for customer in customers[1:]:
        last = received(play, customer=customer, batch_number="R7-26")
    assert len(last.of("notified", "count.spread.reached")) == told
    assert last.fact("count.spread") == len(set(customers))
    assert all(each.data["persons"] == [["office", ""]] for each in last.of("notified", "count.spread.reached"))
    assert told == 0 or last.cites(clause, "counted", "count.spread")


@for_clause("SC-1.3")
def test_other_batches_and_cases_without_one_are_no_spread(clause: str) -> None:
    play = received(customer="C-1", batch_number="R7-26")
    for batch in ({"batch_number": "M2-26"}, {}, {"batch_number": {"no": "散装"}}):
        last = received(play, customer="C-2", **batch)
        assert last.fact("count.spread") == (1 if batch == {"batch_number": "M2-26"} else 0)
    assert clause in play.pack.file.count["spread"].clause


CONTENTS = {
    "product_quality": "SC-2.1a",
    "service_quality": "SC-2.1b",
    "service_attitude": "SC-2.1c",
    "sudden_event": "SC-2.1d",
}
NATURES = {"misconduct": "SC-2.2a", "harm": "SC-2.2b", "help": "SC-2.2c", "enquiry": "SC-2.2d", "venting": "SC-2.2e"}


@pytest.mark.parametrize(("content", "clause"), CONTENTS.items())
def test_there_are_four_contents(content: str, clause: str) -> None:
    play = classed(content=content)
    assert play.state.classes["content"] == content
    assert play.cites(clause, "filled", "form.triage")
    assert clause in play.pack.file.class_["content"].rows[list(CONTENTS).index(content)].clause


@pytest.mark.parametrize(("nature", "clause"), NATURES.items())
def test_there_are_five_natures(nature: str, clause: str) -> None:
    play = classed(nature)
    assert play.state.classes["nature"] == nature
    assert play.cites(clause, "filled", "form.triage")
    assert clause in play.pack.file.class_["nature"].rows[list(NATURES).index(nature)].clause


@for_clause("SC-2.1c")
def test_attitude_needs_no_proof(clause: str) -> None:
    play = classed("venting", "service_attitude")
    assert play.cites(clause, "moved", "step.classify")


@for_clause("SC-2.1a", "SC-2.1b", "SC-2.1c", "SC-2.1d")
@pytest.mark.parametrize("field", ["content", "nature"])
def test_both_classes_are_picked_by_the_business_department(clause: str, field: str) -> None:
    play = registered()
    given = {"content": "product_quality", "nature": "harm"}
    assert play.do("classify", HANDLER, f"{DAY}09:30", **given) == "wrong_role"
    del given[field]
    assert play.do("classify", "business", f"{DAY}09:30", **given) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({field}, True)


@for_clause("SC-2.2a")
@pytest.mark.parametrize(
    ("verified", "registered_there", "code"),
    [(False, True, "gate_closed"), (True, False, "gate_closed"), (None, None, "gate_closed"), (True, True, "")],
)
def test_misconduct_is_effective_once_verified_and_registered(
    clause: str, verified: bool | None, registered_there: bool | None, code: str
) -> None:
    play = registered()
    given: dict[str, Any] = {"content": "service_quality", "nature": "misconduct"}
    said = {} if verified is None else {"verified": verified, "registered": registered_there}
    assert play.do("classify", "business", f"{DAY}09:30", **given, **said) == code
    assert play.cites(clause, "filled", "form.triage") if not code else play.refused("gate_closed", clause)


@for_clause("SC-2.2a", "SC-2.2b")
@pytest.mark.parametrize("nature", list(NATURES))
def test_only_what_is_effective_is_investigated(clause: str, nature: str) -> None:
    play, effective = classed(nature), nature in ("misconduct", "harm")
    code = play.do("investigate", "office", f"{DAY}10:00", specialist=SPECIALIST)
    assert code == ("" if effective else "gate_closed")
    assert effective or clause in play.refused_by()


@for_clause("SC-2.2c", "SC-2.2d", "SC-2.2e")
@pytest.mark.parametrize("nature", list(NATURES))
def test_only_what_is_communicative_is_helped_at_once(clause: str, nature: str) -> None:
    play, communicative = classed(nature), nature in ("help", "enquiry", "venting")
    if nature == "venting":
        play.did("task.put_right", HANDLER, f"{DAY}09:40", put_right="已说明")
    assert play.do("help", "office", f"{DAY}10:00", help_given="h") == "wrong_role"
    assert play.do("help", HANDLER, f"{DAY}10:00") == "fields_wrong"
    assert clause in play.refused_by()
    code = play.do("help", HANDLER, f"{DAY}10:00", help_given="已帮助")
    assert code == ("" if communicative else "gate_closed")
    assert play.state.stage == "resolved" if communicative else clause in play.refused_by()


@for_clause("SC-2.2e")
def test_venting_is_put_right_all_the_same(clause: str) -> None:
    play = classed("venting")
    assert play.state.tasks["put_right"].asked == ("handler",)
    assert play.do("help", HANDLER, f"{DAY}10:00", help_given="h") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("task.put_right", HANDLER, f"{DAY}10:00") == "fields_wrong"
    play.did("task.put_right", HANDLER, f"{DAY}10:00", put_right="已说明")
    play.did("help", HANDLER, f"{DAY}10:05", help_given="h")
    assert "put_right" not in classed("help").state.tasks


@for_clause("SC-3.1")
def test_the_business_department_accepts_and_two_others_are_told(clause: str) -> None:
    play = received(channel="phone")
    for other in ("office", "after_sales"):
        assert play.do("accept", other, f"{DAY}09:05", handler=HANDLER) == "wrong_role"
        assert clause in play.refused_by()
    play.did("accept", "business", f"{DAY}09:05", handler=HANDLER)
    assert play.of("notified", "step.accept")[0].data["persons"] == [["office", ""], ["after_sales", ""]]
    assert play.cites(clause, "notified", "step.accept")
    assert received().do("accept", "business", f"{DAY}09:05") == "fields_wrong"


@for_clause("SC-3.2")
def test_the_office_leads_with_one_specialist(clause: str) -> None:
    play = classed()
    assert play.pack.file.owner == "office"
    assert play.do("investigate", "business", f"{DAY}10:00", specialist=SPECIALIST) == "wrong_role"
    assert play.do("investigate", "office", f"{DAY}10:00") == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({"specialist"}, True)
    play.did("investigate", "office", f"{DAY}10:00", specialist=SPECIALIST)
    play.did("take_evidence", SPECIALIST, f"{DAY}11:00", evidence="苗情")
    assert play.do("take_evidence", "outsider", f"{DAY}11:00", evidence="e") == "wrong_role"


@for_clause("SC-3.3a")
@pytest.mark.parametrize("field", list(FACTS))
def test_four_facts_are_asked_first_and_reported(clause: str, field: str) -> None:
    play = accepted()
    some = {name: value for name, value in FACTS.items() if name != field}
    assert play.do("ask", HANDLER, f"{DAY}09:15", **some) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({field}, True)
    play.did("ask", HANDLER, f"{DAY}09:15", **FACTS)
    assert play.of("notified", "step.ask")[0].data["persons"] == [["business", ""]]
    assert play.cites(clause, "notified", "step.ask")


@for_clause("SC-3.3a")
def test_where_there_is_no_batch_a_reason_says_so(clause: str) -> None:
    play = accepted()
    no: dict[str, Any] = {name: {"no": "非产品投诉"} for name in ("batch_number", "purchase_date", "purchase_place")}
    assert play.do("ask", HANDLER, f"{DAY}09:15", **no, severity={"no": "n"}) == "fields_wrong"
    assert clause in play.refused_by()
    play.did("ask", HANDLER, f"{DAY}09:15", **no, severity="一般").did("learn", HANDLER, f"{DAY}09:16", **DEMAND)
    play.did("register", HANDLER, f"{DAY}09:17", **(FORM | no))


@for_clause("SC-3.3b", "SC-3.3c")
def test_no_step_comes_before_the_one_that_precedes_it(clause: str) -> None:
    play = accepted()
    assert play.do("learn", HANDLER, f"{DAY}09:05", **DEMAND) == "gate_closed"
    assert play.refused("gate_closed", "SC-3.3b")
    play.did("ask", HANDLER, f"{DAY}09:10", **FACTS)
    assert play.do("register", HANDLER, f"{DAY}09:11", **FORM) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("learn", HANDLER, f"{DAY}09:12", **DEMAND).did("register", HANDLER, f"{DAY}09:15", **FORM)
    assert play.state.stage == "triage"


@for_clause("SC-3.3b")
@pytest.mark.parametrize("field", list(DEMAND))
def test_demand_reason_and_advice_are_written_down(clause: str, field: str) -> None:
    play = accepted().did("ask", HANDLER, f"{DAY}09:15", **FACTS)
    some = {name: value for name, value in DEMAND.items() if name != field}
    assert play.do("learn", HANDLER, f"{DAY}09:16", **some) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({field}, True)
    assert play.do("learn", "business", f"{DAY}09:16", **DEMAND) == "wrong_role"


@for_clause("SC-3.3c", "house-8")
@pytest.mark.parametrize("field", list(FORM))
def test_the_handling_form_has_six_facts(clause: str, field: str) -> None:
    play = accepted().did("ask", HANDLER, f"{DAY}09:15", **FACTS).did("learn", HANDLER, f"{DAY}09:16", **DEMAND)
    some = {name: value for name, value in FORM.items() if name != field}
    assert play.do("register", HANDLER, f"{DAY}09:17", **some) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({field}, True)


@for_clause("house-8")
def test_the_papers_are_five(clause: str) -> None:
    file = shipped(PACK).file
    papers = {name for name, form in file.form.items() if form.prints}
    assert papers == {"handling", "revisit", "feedback", "site_record", "learning_document"}
    assert {name for name in papers if clause in file.form[name].clause} == papers - {"site_record"}


@for_clause("house-6")
def test_the_third_case_of_a_customer_waits_for_the_leader(clause: str) -> None:
    first = dissatisfied()
    second = first.linked("follow_up", "2026-03-10T10:00")
    assert (second.state.tasks, second.fact("count.generations")) == ({}, 1)
    third = again(second).linked("follow_up", "2026-03-17T10:00")
    assert third.do("accept", "business", "2026-03-17T11:00", handler=HANDLER) == "gate_closed"
    assert third.refused("gate_closed", clause)
    assert third.do("task.guidance", "business", "2026-03-17T11:00", guidance="g") == "wrong_role"
    assert third.do("task.guidance", "leader", "2026-03-17T11:00") == "fields_wrong"
    third.did("task.guidance", "leader", "2026-03-17T11:00", guidance="派专家")
    third.did("accept", "business", "2026-03-17T11:05", handler=HANDLER)
    assert investigated().fact("count.generations") == 0
