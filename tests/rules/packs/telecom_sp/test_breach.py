"""Breach cases of an SP: publication, answer and verification, MN-10 to MN-12c."""

from typing import Any

import pytest

from tests.rules.packs.playing import around_the_limit, for_clause
from tests.rules.packs.telecom_sp.stories import (
    CHARACTER,
    DENIAL,
    DESK,
    NOTICE,
    SP,
    SUSPICION,
    admitted,
    answered,
    characterised,
    penalised,
    published,
    received,
    suspected,
)

pytestmark = pytest.mark.pure


@for_clause("MN-10")
def test_the_four_stages_come_one_after_another(clause: str) -> None:
    play = published()
    assert play.do("penalise", DESK, "2026-03-06T10:00") == "step_not_open"
    assert play.do("characterise", DESK, "2026-03-06T10:00", **CHARACTER) == "step_not_open"
    stages = [stage.name for stage in play.pack.file.kind["breach"].stages]
    assert stages[:4] == ["publishing", "verifying", "characterising", "penalising"]
    play = penalised(admitted())
    assert [name for name in stages[:4] if name in play.state.since] == stages[:4]
    assert play.cites(clause, "opened")
    assert play.cites(clause, "moved", "step.verify")


@for_clause("MN-10")
def test_a_case_hangs_on_a_complaint_about_the_same_service_of_the_same_sp(clause: str) -> None:
    play = suspected()
    assert play.of("linked", "link.caused_by")
    for sp, service in (("unit_a", "S2"), ("unit_b", "S1")):
        complaint = received(sp=sp, service=service)
        fields: dict[str, Any] = {**SUSPICION, "complaint": complaint.state.case_id}
        other = complaint.beside()
        assert other.open("breach", DESK, "2026-03-05T10:00", **fields) == "link_refused"
        assert other.refused("link_refused", clause)


@for_clause("MN-11a")
def test_the_service_is_suspended_before_the_notice(clause: str) -> None:
    play = suspected()
    assert play.do("publish_notice", DESK, "2026-03-05T15:00", **NOTICE) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("order_suspension", DESK, "2026-03-05T14:00", suspended_service="S2", suspended_as="other_in_province")
    assert play.do("publish_notice", DESK, "2026-03-05T15:00", **NOTICE) == "gate_closed"
    play.did("order_suspension", DESK, "2026-03-05T14:00", suspended_service="S1", suspended_as="offending")
    play.did("publish_notice", DESK, "2026-03-05T15:00", **NOTICE)
    assert play.cites(clause, "filled", "form.suspension")


@for_clause("MN-11b")
def test_the_other_services_inside_the_province_are_suspended_instead(clause: str) -> None:
    play = suspected(can_be_suspended=False, other_services=2, service_type="whole_network_sms")
    order = {"suspended_service": "S1", "suspended_as": "offending"}
    assert play.do("order_suspension", DESK, "2026-03-05T14:00", **order) == "gate_closed"
    assert play.refused("gate_closed", clause)
    for service in ("S2", "S2"):
        play.did(
            "order_suspension", DESK, "2026-03-05T14:00", suspended_service=service, suspended_as="other_in_province"
        )
        assert play.do("publish_notice", DESK, "2026-03-05T15:00", **NOTICE) == "gate_closed"
        assert play.refused("gate_closed", clause)
    play.did("order_suspension", DESK, "2026-03-05T14:01", suspended_service="S3", suspended_as="other_in_province")
    play.did("publish_notice", DESK, "2026-03-05T15:00", **NOTICE)
    nothing = suspected(can_be_suspended=False, other_services=0)
    nothing.did("publish_notice", DESK, "2026-03-05T15:00", **NOTICE)
    bare = suspected()
    fields = {**SUSPICION, "complaint": bare.state.fields["complaint"], "can_be_suspended": False}
    assert bare.beside().open("breach", DESK, "2026-03-05T10:00", **fields) == "fields_wrong"


@for_clause("MN-11c")
@pytest.mark.parametrize("place", list(NOTICE))
def test_no_place_of_the_notice_stays_empty(clause: str, place: str) -> None:
    play = suspected().did(
        "order_suspension", DESK, "2026-03-05T14:00", suspended_service="S1", suspended_as="offending"
    )
    fields = {name: value for name, value in NOTICE.items() if name != place}
    assert play.do("publish_notice", DESK, "2026-03-05T15:00", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({place}, True)
    play.did("publish_notice", DESK, "2026-03-05T15:00", **NOTICE)
    assert [message["to"] for message in play.messages] == [SP]
    assert play.do("publish_notice", DESK, "2026-03-05T15:01", **NOTICE) == "step_not_open"


@for_clause("MN-11d", "MN-11f")
@around_the_limit("2026-03-10T24:00", "2026-03-11T00:00:01")
def test_the_answer_is_due_after_three_working_days_the_day_of_publication_not_counted(
    clause: str, at: str, status: str
) -> None:
    play = published()
    assert play.due("answer") == "2026-03-11T00:00:00"
    play.until(at)
    taken = play.do("answer", SP, at, **DENIAL)
    assert (play.status("answer"), taken) == (status, "" if status == "met" else "step_not_open")
    assert play.state.stage == ("publishing" if status == "met" else "characterising")
    assert play.cites("MN-11d", "clock_started", "clock.answer")
    assert clause in play.pack.file.clock["answer"].clause


@for_clause("MN-11d")
@pytest.mark.parametrize(
    ("at", "due"),
    [("2026-04-30T15:00", "2026-05-09T00:00:00"), ("2026-05-07T09:00", "2026-05-12T00:00:00")],
    ids=["the_holiday_of_may", "a_saturday_that_works"],
)
def test_only_working_days_count(clause: str, at: str, due: str) -> None:
    play = published(at=at)
    assert play.due("answer") == due
    assert play.cites(clause, "clock_started", "clock.answer")


@for_clause("MN-11f")
def test_no_answer_in_time_is_a_breach_by_default_and_a_late_one_changes_nothing(clause: str) -> None:
    play = published()
    assert play.do("default_finding", DESK, "2026-03-06T10:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.until("2026-03-11T00:00:01")
    assert (play.state.stage, play.state.classes["finding"]) == ("characterising", "by_default")
    assert play.cites(clause, "classified", "class.finding")
    assert play.do("answer", SP, "2026-03-11T00:01", **DENIAL) == "step_not_open"
    play.did("keep_late_answer", SP, "2026-03-11T00:01", late_words="客户已定制")
    assert (play.state.classes["finding"], play.state.copies["late_answer"]) == ("by_default", 1)
    assert characterised(play).state.stage == "penalising"


@for_clause("MN-11d", "MN-11e")
def test_until_the_time_is_over_the_sp_may_answer_again(clause: str) -> None:
    play = answered(published(), in_annex_1=False)
    assert play.state.classes["finding"] == "not_recognised"
    play.did("verify", DESK, "2026-03-10T09:00").until("2026-03-10T24:00")
    play.did("answer", SP, "2026-03-10T24:00", **DENIAL)
    play.did("check_format", DESK, "2026-03-11T10:00", in_annex_1=True, in_annex_2=True)
    assert play.state.classes["finding"] == "contested"
    assert play.do("answer", SP, "2026-03-11T10:01", **DENIAL) == "gate_closed"
    assert play.refused("gate_closed", clause)


@for_clause("MN-11e")
@pytest.mark.parametrize("lacks", ["in_annex_1", "in_annex_2"])
def test_the_format_is_judged_before_it_goes_on(clause: str, lacks: str) -> None:
    play = published()
    formats = {"in_annex_1": True, "in_annex_2": True}
    assert play.do("check_format", DESK, "2026-03-09T10:00", **formats) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("answer", SP, "2026-03-09T10:00", **DENIAL)
    assert play.do("verify", DESK, "2026-03-09T11:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    del formats[lacks]
    assert play.do("check_format", DESK, "2026-03-09T11:00", **formats) == "fields_wrong"
    assert play.missing() == {lacks}


@for_clause("MN-12a")
def test_a_denial_without_evidence_is_not_proven(clause: str) -> None:
    play = published()
    assert play.do("answer", SP, "2026-03-09T10:00", **(DENIAL | {"evidence": []})) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({"evidence"}, True)
    answered(play, position="admit", evidence=[])
    assert play.state.classes["finding"] == "admitted"


@for_clause("MN-12a")
@pytest.mark.parametrize("lacks", ["position", "explanation", "contact_person"])
def test_an_answer_says_all_of_it(clause: str, lacks: str) -> None:
    play, fields = published(), {name: value for name, value in DENIAL.items() if name != lacks}
    assert play.do("answer", SP, "2026-03-09T10:00", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({lacks}, True)


@for_clause("MN-12a", "house-5")
def test_an_sp_that_proves_it_is_cleared_and_its_service_restored(clause: str) -> None:
    play = answered(published()).did("verify", DESK, "2026-03-10T10:00")
    play.did("clear", DESK, "2026-03-10T11:00", cleared_why="客户确有定制")
    assert (play.state.stage, play.state.closed) == ("cleared", True)
    assert {message["to"] for message in play.messages[-2:]} == {"billing", SP}
    assert play.cites(clause, "moved", "step.clear")
    assert play.cites("house-5", "notified")


@for_clause("MN-12b")
@pytest.mark.parametrize(("position", "in_annex_1"), [("deny", False), ("admit", True)])
def test_what_is_not_in_the_format_or_admitted_clears_nobody(clause: str, position: str, in_annex_1: bool) -> None:
    play = answered(published(), in_annex_1, position=position).did("verify", DESK, "2026-03-10T10:00")
    assert play.do("clear", DESK, "2026-03-10T11:00", cleared_why="x") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.state.classes["finding"] == ("not_recognised" if position == "deny" else "admitted")
    assert play.do("confirm_breach", DESK, "2026-03-10T11:00") == "fields_wrong"
    play.did("confirm_breach", DESK, "2026-03-10T11:00", verified_by="系统记录")
    characterised(play)
    assert play.cites(clause, "moved", "step.confirm_breach")


@for_clause("MN-12b")
def test_the_finding_rests_on_the_systems_where_material_is_not_recognised(clause: str) -> None:
    play = answered(published(), in_annex_1=False)
    assert play.cites(clause, "classified", "class.finding")
    assert answered(published()).cites("MN-12a", "classified", "class.finding")
    assert answered(published(), position="admit").cites("MN-12e", "classified", "class.finding")
    assert suspected().state.classes.get("finding") is None


@for_clause("MN-12c")
@pytest.mark.parametrize(("number", "code"), [(0, "fields_wrong"), (1, ""), (2, ""), (3, "fields_wrong")])
def test_one_or_two_numbers_get_pseudo_codes(clause: str, number: int, code: str) -> None:
    play = published(service_type="wap")
    assert play.do("grant_codes", DESK, "2026-03-06T10:00") == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("ask_codes", SP, "2026-03-06T10:00", numbers_asked=number, codes_for="lodge_appeal") == code
    if code:
        assert clause in play.refused_by()
    else:
        play.did("grant_codes", DESK, "2026-03-06T11:00")
        assert (
            play.do("ask_codes", SP, "2026-03-06T12:00", numbers_asked=1, codes_for="lodge_appeal") == "step_not_open"
        )
        assert play.do("grant_codes", DESK, "2026-03-06T12:00") == "step_not_open"
    assert play.due("answer") == "2026-03-11T00:00:00"


@for_clause("MN-12c")
def test_codes_are_asked_for_and_given_once_in_all_stages(clause: str) -> None:
    play = published(service_type="wap")
    play.did("ask_codes", SP, "2026-03-06T10:00", numbers_asked=2, codes_for="verify_complaint")
    answered(play.did("grant_codes", DESK, "2026-03-06T11:00")).did("verify", DESK, "2026-03-10T10:00")
    asked = play.do("ask_codes", SP, "2026-03-10T11:00", numbers_asked=1, codes_for="verify_complaint")
    assert (asked, play.do("grant_codes", DESK, "2026-03-10T11:00")) == ("step_not_open", "step_not_open")
    assert play.cites(clause, "moved", "step.grant_codes")


@for_clause("MN-12c")
@pytest.mark.parametrize("service_type", ["provincial_sms", "baibaoxiang"])
def test_codes_are_for_wap_alone(clause: str, service_type: str) -> None:
    play = published(service_type=service_type)
    assert play.do("ask_codes", SP, "2026-03-06T10:00", numbers_asked=1, codes_for="verify_complaint") == "gate_closed"
    assert play.refused("gate_closed", clause)
