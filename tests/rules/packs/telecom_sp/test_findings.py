"""Breach cases of an SP: characterised, and reported to the group, MN-13a to MN-13d, MN-15 and MN-16."""

import pytest

from tests.rules.packs.playing import for_clause, shipped
from tests.rules.packs.telecom_sp.stories import (
    CHARACTER,
    DENIAL,
    DESK,
    PACK,
    SP,
    admitted,
    answered,
    characterised,
    contested,
    penalised,
    published,
    suspected,
)

pytestmark = pytest.mark.pure

PORTALS = ["wap", "baibaoxiang", "pda", "animation", "other_portal"]
DOCUMENT = {"document_no": "湘移〔2026〕7号", "document_date": "2026-03-12", "proposal": "建议处罚"}


@for_clause("MN-13a")
@pytest.mark.parametrize("lacks", list(CHARACTER))
def test_kind_and_level_and_what_the_points_hang_on_are_found(clause: str, lacks: str) -> None:
    play, fields = admitted(), {name: value for name, value in CHARACTER.items() if name != lacks}
    assert play.do("characterise", DESK, "2026-03-11T10:00", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({lacks}, True)
    assert play.do("characterise", DESK, "2026-03-11T10:00", **(CHARACTER | {"actual_coefficient": "-1"}))


@for_clause("MN-13b", "MN-13c")
@pytest.mark.parametrize("result", ["accepts", "unreachable"])
def test_who_denied_with_evidence_is_asked_a_last_time(clause: str, result: str) -> None:
    play = contested()
    assert play.do("characterise", DESK, "2026-03-11T10:00", **CHARACTER) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("last_confirmation", DESK, "2026-03-11T09:00", contact_result=result)
    assert characterised(play).state.stage == "penalising"
    assert play.cites("MN-13b", "moved", "step.last_confirmation")


@for_clause("MN-13d")
@pytest.mark.parametrize("lacks", ["new_evidence", "convincing"])
def test_a_further_denial_says_what_it_rests_on(clause: str, lacks: str) -> None:
    fields = {"contact_result": "still_denies", "new_evidence": True, "convincing": True}
    del fields[lacks]
    play = contested()
    assert play.do("last_confirmation", DESK, "2026-03-11T09:00", **fields) == "fields_wrong"
    assert (play.missing(), play.refused("fields_wrong", clause)) == ({lacks}, True)
    assert play.do("last_confirmation", DESK, "2026-03-11T09:00") == "fields_wrong"


@for_clause("MN-13d")
def test_further_evidence_that_convinces_is_verified_again(clause: str) -> None:
    play = contested()
    for new, convincing in ((False, True), (True, False)):
        fields = {"contact_result": "still_denies", "new_evidence": new, "convincing": convincing}
        play.did("last_confirmation", DESK, "2026-03-11T09:00", **fields)
        assert play.do("verify_again", DESK, "2026-03-11T09:30") == "gate_closed"
        assert play.refused("gate_closed", clause)
    fields = {"contact_result": "still_denies", "new_evidence": True, "convincing": True}
    play.did("last_confirmation", DESK, "2026-03-11T09:40", **fields)
    assert play.do("characterise", DESK, "2026-03-11T10:00", **CHARACTER) == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.did("verify_again", DESK, "2026-03-11T10:01").state.stage == "verifying"
    accepts = contested().did("last_confirmation", DESK, "2026-03-11T09:00", contact_result="accepts")
    assert accepts.do("verify_again", DESK, "2026-03-11T10:01") == "gate_closed"


@for_clause("MN-15")
@pytest.mark.parametrize("lacks", list(DOCUMENT))
def test_what_the_group_punishes_is_reported_by_an_official_document(clause: str, lacks: str) -> None:
    play = penalised(admitted(), group_penalty=True)
    out = play.beside().did("open.publication", DESK, "2026-03-01T00:00").state.case_id
    assert play.do("publish", DESK, "2026-03-24T10:00", publication=out) == "gate_closed"
    assert play.refused("gate_closed", clause)
    fields = {name: value for name, value in DOCUMENT.items() if name != lacks}
    assert play.do("report_to_group", DESK, "2026-03-12T10:00", **fields) == "fields_wrong"
    assert play.missing() == {lacks}
    play.did("report_to_group", DESK, "2026-03-12T10:00", **DOCUMENT).did(
        "publish", DESK, "2026-03-24T10:00", publication=out
    )
    assert play.state.stage == "published"
    assert play.cites(clause, "moved", "step.report_to_group")


@for_clause("MN-16a")
@pytest.mark.parametrize("service_type", PORTALS)
def test_portal_services_are_checked_by_the_vendor(clause: str, service_type: str) -> None:
    play = answered(published(service_type=service_type)).did("verify", DESK, "2026-03-10T10:00")
    for step, fields in (("clear", {"cleared_why": "x"}), ("confirm_breach", {"verified_by": "x"})):
        assert play.do(step, DESK, "2026-03-10T11:00", **fields) == "gate_closed"
        assert play.refused("gate_closed", clause)
    assert play.do("task.vendor_check", DESK, "2026-03-10T12:00", vendor_verdict="violation") == "wrong_role"
    assert play.do("task.vendor_check", "vendor", "2026-03-10T12:00") == "fields_wrong"
    play.did("task.vendor_check", "vendor", "2026-03-10T12:00", vendor_verdict="violation")
    play.did("confirm_breach", DESK, "2026-03-10T13:00", verified_by="厂家结论")
    assert play.cites(clause, "task_given", "task.vendor_check")


@for_clause("MN-16a")
@pytest.mark.parametrize("service_type", ["provincial_sms", "whole_network_sms", "other_service"])
def test_no_other_service_goes_to_the_vendor(clause: str, service_type: str) -> None:
    assert suspected(service_type=service_type).of("task_given") == []
    portal = published(service_type="wap").until("2026-03-11T00:00:01")
    assert portal.do("characterise", DESK, "2026-03-11T10:00", **CHARACTER) == "gate_closed"
    assert portal.refused("gate_closed", clause)


@for_clause("MN-16b")
@pytest.mark.parametrize("service_type", PORTALS)
def test_the_proposal_on_a_portal_service_comes_after_vendor_and_sp(clause: str, service_type: str) -> None:
    play = published(service_type=service_type)
    play.did("answer", SP, "2026-03-09T10:00", **(DENIAL | {"position": "admit"}))
    play.did("check_format", DESK, "2026-03-09T11:00", in_annex_1=True, in_annex_2=True)
    play.did("verify", DESK, "2026-03-10T10:00")
    assert play.do("report_to_group", DESK, "2026-03-12T10:00", **DOCUMENT) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("task.vendor_check", "vendor", "2026-03-10T10:30", vendor_verdict="violation")
    play.did("confirm_breach", DESK, "2026-03-10T11:00", verified_by="厂家结论")
    penalised(play)
    out = play.beside().did("open.publication", DESK, "2026-03-01T00:00").state.case_id
    assert play.do("publish", DESK, "2026-03-24T10:00", publication=out) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("report_to_group", DESK, "2026-03-12T10:00", **DOCUMENT).did(
        "publish", DESK, "2026-03-24T10:00", publication=out
    )
    assert play.cites(clause, "moved", "step.report_to_group")


@for_clause("MN-16b")
@pytest.mark.parametrize("finding", ["by_default", "not_recognised", "contested", "admitted"])
def test_the_sp_has_been_heard_before_the_group_is_told(clause: str, finding: str) -> None:
    if finding == "by_default":
        play = published().until("2026-03-11T00:00:01")
    else:
        position = "admit" if finding == "admitted" else "deny"
        play = answered(published(), finding != "not_recognised", position=position)
        play.did("verify", DESK, "2026-03-10T10:00")
    assert play.state.classes["finding"] == finding
    play.did("report_to_group", DESK, "2026-03-12T10:00", **DOCUMENT)
    gates = [gate for gate in shipped(PACK).file.gate if gate.step == ("report_to_group",)]
    assert [gate.clause for gate in gates] == [(clause,)] * 2
