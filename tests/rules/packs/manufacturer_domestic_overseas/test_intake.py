"""Complaints at home and abroad: every department takes in, with two ways out, MD-2.1 to MD-2.3, MD-7.1 to MD-7.5b."""

from typing import Any

import pytest

from tests.rules.packs.manufacturer_domestic_overseas.stories import (
    INTAKE,
    LETTER,
    LOCAL,
    NOTE,
    PACK,
    PASSING,
    REVISIT,
    forwarded,
    received,
    resolved,
)
from tests.rules.packs.overview import made
from tests.rules.packs.playing import Play, for_clause

pytestmark = pytest.mark.pure

DISCOVERY: dict[str, Any] = {
    "offence": "concealing",
    "offending_unit": "unit_a",
    "discovered_how": "内部审计",
    "complained_on": "2026-03-03",
}


@for_clause("MD-2.1")
def test_what_a_customer_reports_is_one_complaint(clause: str) -> None:
    play = received(situation="服务人员未到场,问题仍在")
    assert (play.state.stage, len(play.of("opened"))) == ("received", 1)
    assert play.cites(clause, "opened")


@for_clause("MD-2.1")
def test_nothing_is_registered_without_what_happened(clause: str) -> None:
    fields = {name: value for name, value in INTAKE.items() if name != "situation"}
    play = Play(PACK)
    assert play.open("complaint", "worker_a", "2026-03-02T09:00", **fields) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({"situation"}, True)


@for_clause("MD-2.2")
@pytest.mark.parametrize("channel", ["letter_in", "phone", "fax", "visit", "email"])
def test_a_complaint_comes_by_one_of_five_channels(clause: str, channel: str) -> None:
    play = received(channel=channel)
    assert play.written("intake")["channel"] == channel
    assert play.cites(clause, "filled", "form.intake")


@for_clause("MD-2.2")
def test_another_channel_is_named(clause: str) -> None:
    play = Play(PACK)
    fields = INTAKE | {"channel": "other_form"}
    assert play.open("complaint", "worker_a", "2026-03-02T09:00", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({"other_form_named"}, True)
    assert received(channel="other_form", other_form_named="展会留言").state.stage == "received"


@for_clause("MD-2.3")
def test_who_passes_a_complaint_on_and_whose_it_is_are_both_written_down(clause: str) -> None:
    play = Play(PACK)
    fields = INTAKE | {"directness": "indirect"}
    assert play.open("complaint", "worker_a", "2026-03-02T09:00", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({"passed_on_by", "end_user"}, True)
    play = received(directness="indirect", passed_on_by="经销商甲", end_user="用户乙")
    assert (play.written("intake")["passed_on_by"], play.written("intake")["end_user"]) == ("经销商甲", "用户乙")
    assert len(play.of("opened")) == 1


@for_clause("MD-7.1")
@pytest.mark.parametrize("person", ["worker_a", "other_b", "outsider", "head_b", "marketing", "boss"])
def test_everybody_in_the_company_can_take_a_complaint_in(clause: str, person: str) -> None:
    play = Play(PACK).did("open.complaint", person, "2026-03-02T09:00", **INTAKE)
    assert (play.state.stage, play.cites(clause, "opened")) == ("received", True)


@for_clause("MD-7.1")
def test_what_marketing_takes_in_itself_need_not_be_passed_on(clause: str) -> None:
    play = received(taken_in_by="marketing_department", receiving_unit="marketing_dept", receiver="marketing")
    assert (play.state.stage, play.status("local_answer")) == ("acceptance", "off")
    assert clause in play.of("opened")[0].clause


@for_clause("MD-7.2")
def test_what_is_registered_is_solved_or_passed_on_and_nothing_else(clause: str) -> None:
    play = received()
    assert play.open_steps() == {"resolve", "forward", "note", "attach_letter", "decide_side_matter"}
    assert play.do("delete", "worker_a", "2026-03-02T14:00") == "unknown_step"
    played = {step: play.pack.machines["complaint"].moves["received", step] for step in play.open_steps()}
    assert {step for step, stage in played.items() if stage != "received"} == {"resolve", "forward"}
    assert resolved().cites(clause, "moved", "step.resolve")
    assert forwarded().cites(clause, "moved", "step.forward")


@for_clause("MD-7.2")
def test_only_who_took_it_in_or_his_head_lets_it_go(clause: str) -> None:
    play = received().did("note", "worker_a", "2026-03-02T09:15", **NOTE)
    for person in ("other_a", "worker_b", "marketing"):
        assert play.do("resolve", person, "2026-03-02T10:00", **LOCAL) == "wrong_role"
        assert play.do("forward", person, "2026-03-02T10:00", **PASSING) == "wrong_role"
    assert clause in play.refused_by()
    assert play.did("forward", "head_a", "2026-03-02T10:00", **PASSING).state.stage == "acceptance"


@for_clause("MD-7.3")
@pytest.mark.parametrize("offence", ["refusing", "concealing"])
def test_refusing_or_concealing_is_referred_and_the_complaint_opened(clause: str, offence: str) -> None:
    complaint = received()
    play = complaint.beside()
    fields = DISCOVERY | {"offence": offence}
    assert play.open("referral", "outsider", "2026-03-20T09:00", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({"concealed_complaint"}, True)
    fields |= {"concealed_complaint": complaint.state.number}
    play = complaint.beside().did("open.referral", "outsider", "2026-03-20T09:00", **fields)
    assert play.of("consequence_decided")[0].data["lines"] == [["unit", "unit_a", None]]
    assert play.of("consequence_decided")[0].data["choice"] == ["discipline"]
    assert play.of("linked", "link.concealed")[0].data["case"] == complaint.state.case_id
    assert play.cites(clause, "consequence_decided", "consequence.referral")
    assert play.fact("consequence.shirking.times") == 0


@for_clause("MD-7.3")
def test_nothing_is_imposed_while_the_company_has_entered_no_rule(clause: str) -> None:
    complaint = received()
    play = complaint.beside()
    fields = DISCOVERY | {"concealed_complaint": complaint.state.number}
    play.did("open.referral", "outsider", "2026-03-20T09:00", **fields)
    assert play.do("deal_with", "general_manager", "2026-03-21T09:00", outcome="记过") == "fields_wrong"
    assert play.missing() == {"company_rule"}
    given = {"company_rule": "R-7", "outcome": "通报批评"}
    assert play.do("deal_with", "general_manager", "2026-03-21T09:00", **given) == "fields_wrong"
    assert play.missing() == {"company_rule"}
    play.answers["table:company_rules:R-7"] = [{"key": "R-7", "gives": {"sanction": "通报批评"}}]
    assert play.do("deal_with", "deputy_gm", "2026-03-21T09:00", **given) == "wrong_role"
    play.did("deal_with", "general_manager", "2026-03-21T09:00", **given)
    assert play.state.stage == "dealt_with"
    assert play.cites(clause, "moved", "step.deal_with")


@for_clause("house-5")
def test_shirking_is_referred_only_if_the_general_manager_says_so(clause: str) -> None:
    play = Play(PACK).did("open.referral", "outsider", "2026-03-20T09:00", **(DISCOVERY | {"offence": "shirking"}))
    assert play.fact("consequence.referral.times") == 0
    assert play.do("deal_with", "general_manager", "2026-03-21T09:00", outcome="批评") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("consequence.shirking", "general_manager", "2026-03-21T09:00", drop=True) == "fields_wrong"
    assert play.do("consequence.shirking", "deputy_gm", "2026-03-21T09:00", choice=["discipline"]) == "wrong_role"
    play.did("consequence.shirking", "general_manager", "2026-03-21T09:00", drop=True, reason="情节轻微")
    assert play.did("deal_with", "general_manager", "2026-03-21T10:00", outcome="谈话").state.stage == "dealt_with"


@for_clause("house-5")
def test_shirking_that_is_referred_is_an_order_against_the_department(clause: str) -> None:
    play = Play(PACK).did("open.referral", "outsider", "2026-03-20T09:00", **(DISCOVERY | {"offence": "shirking"}))
    play.did("consequence.shirking", "general_manager", "2026-03-21T09:00", choice=["discipline"])
    assert play.of("consequence_decided")[0].data["lines"] == [["unit", "unit_a", None]]
    assert play.cites(clause, "consequence_decided", "consequence.shirking")


@for_clause("MD-7.4")
def test_what_a_department_solves_itself_starts_no_limit_and_is_kept(clause: str) -> None:
    play = resolved()
    assert (play.state.stage, play.status("handling_home"), play.status("handling_abroad")) == (
        "resolved_locally", "off", "off",
    )  # fmt: skip
    assert (play.status("local_answer"), play.due("local_answer")) == ("met", "")
    assert play.cites(clause, "moved", "step.resolve")
    assert play.cites(clause, "clock_met", "clock.local_answer")


@for_clause("MD-7.4")
@pytest.mark.parametrize("lacks", sorted(LOCAL))
def test_a_department_that_solves_it_says_how_and_answers(clause: str, lacks: str) -> None:
    fields = {name: value for name, value in LOCAL.items() if name != lacks}
    play = received()
    assert play.do("resolve", "worker_a", "2026-03-02T10:00", **fields) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({lacks}, True)


@for_clause("MD-7.4")
def test_passing_on_ends_the_department_s_own_time(clause: str) -> None:
    assert received().status("local_answer") == "running"
    play = forwarded()
    assert play.status("local_answer") == "met"
    assert play.cites(clause, "clock_met", "clock.local_answer")


@for_clause("MD-7.5a")
@pytest.mark.parametrize("lacks", ["explained", "explained_at"])
def test_nothing_is_passed_on_before_the_customer_was_told_so(clause: str, lacks: str) -> None:
    fields = {name: value for name, value in PASSING.items() if name != lacks}
    play = received().did("note", "worker_a", "2026-03-02T09:15", **NOTE)
    assert play.do("forward", "worker_a", "2026-03-02T09:30", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({lacks}, True)


@for_clause("MD-7.5b")
@pytest.mark.parametrize("lacks", ["content", "complainant"])
def test_a_complaint_is_passed_on_with_its_content_and_whose_it_is(clause: str, lacks: str) -> None:
    play = received()
    assert play.do("forward", "worker_a", "2026-03-02T09:30", **PASSING) == "gate_closed"
    assert play.refused("gate_closed", clause)
    fields = {name: value for name, value in NOTE.items() if name != lacks}
    assert play.do("note", "worker_a", "2026-03-02T09:31", **fields) == "fields_wrong"
    assert play.do("forward", "worker_a", "2026-03-02T09:32", **PASSING) == "gate_closed"
    play.did("note", "worker_a", "2026-03-02T09:33", **NOTE)
    assert play.did("forward", "worker_a", "2026-03-02T09:34", **PASSING).state.stage == "acceptance"


@for_clause("MD-7.5b")
def test_the_letter_of_complaint_stands_for_the_note(clause: str) -> None:
    play = received(channel="letter_in").did("attach_letter", "worker_a", "2026-03-02T09:20", **LETTER)
    play.did("forward", "worker_a", "2026-03-02T09:30", **PASSING)
    assert (play.state.copies["letter"], play.state.copies.get("note", 0)) == (1, 0)
    assert play.cites(clause, "moved", "step.forward")
    assert play.did("note", "marketing", "2026-03-02T09:40", **NOTE).state.copies["note"] == 1


@for_clause("house-6")
def test_waiting_before_acceptance_is_measured_and_never_late(clause: str) -> None:
    play = received().until("2026-05-30T00:00")
    assert (play.status("before_acceptance"), play.due("before_acceptance"), play.told()) == ("running", "", [])
    assert resolved().status("before_acceptance") == "met"
    play = forwarded().did("examine", "marketing", "2026-03-03T09:00", ground="service_only")
    assert play.status("before_acceptance") == "running"
    play.did("accept", "marketing", "2026-03-03T10:00", region="home")
    assert (play.status("before_acceptance"), play.cites(clause, "clock_met", "clock.before_acceptance")) == (
        "met",
        True,
    )


@for_clause("house-6")
def test_marketing_sees_what_departments_have_solved_themselves(clause: str) -> None:
    play = resolved()
    forwarded(play.beside())
    register = made(play, "resolved_locally", "2026-03", "2026-04-01T00:00").register
    assert [line.cells[2:] for line in register] == [("unit_a", "worker_a", "重开发票")]
    assert clause in play.pack.file.report["resolved_locally"].clause


@for_clause("house-8", "MD-8.5")
def test_a_complaint_that_a_department_solved_is_revisited_by_marketing(clause: str) -> None:
    play = resolved()
    assert play.do("close", "marketing", "2026-03-03T09:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("task.revisit", "worker_a", "2026-03-03T09:00", **REVISIT) == "wrong_role"
    play.did("task.revisit", "marketing", "2026-03-03T10:00", **REVISIT)
    assert play.did("close", "marketing", "2026-03-03T11:00").state.stage == "closed"
