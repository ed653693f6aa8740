"""How one behaves on site and at the revisit, and who hears of the findings; SC-7.1 to SC-7.4, 7.7, 7.8, 7.10."""

from typing import Any

import pytest

from tests.rules.packs.playing import for_clause, shipped
from tests.rules.packs.seed_complaint_management.stories import (
    DAY,
    FOUND,
    HANDLER,
    PACK,
    REPORT,
    REVISIT,
    SITE,
    SPECIALIST,
    concluded,
    investigated,
    resolved,
)

pytestmark = pytest.mark.pure


@for_clause("SC-7.1", "SC-7.3")
@pytest.mark.parametrize("field", list(SITE))
def test_a_site_record_has_facts_channels_and_what_is_said(clause: str, field: str) -> None:
    play = investigated().did("visit", SPECIALIST, f"{DAY}11:00")
    some = {name: value for name, value in SITE.items() if name != field}
    assert play.do("record_site", SPECIALIST, f"{DAY}12:00", **some) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({field}, True)
    empty = SITE | {"site_facts": [], "channels": []}
    assert play.do("record_site", SPECIALIST, f"{DAY}12:00", **empty) == "fields_wrong"
    play.did("record_site", SPECIALIST, f"{DAY}12:00", **SITE)
    assert play.cites(clause, "moved", "step.record_site")


@for_clause("SC-7.1")
def test_the_site_is_recorded_by_whoever_went_there(clause: str) -> None:
    play = investigated()
    assert play.do("record_site", HANDLER, f"{DAY}11:00", **SITE) == "gate_closed"
    assert play.refused("gate_closed", clause)
    assert play.do("visit", "business", f"{DAY}11:00") == "wrong_role"
    play.did("visit", HANDLER, f"{DAY}11:00")
    assert play.do("record_site", "business", f"{DAY}11:30", **SITE) == "wrong_role"
    play.did("record_site", "office", f"{DAY}11:30", **(SITE | {"calm": {"no": "情绪激动"}}))


@for_clause("SC-7.3")
def test_a_visit_ends_with_a_record(clause: str) -> None:
    play = investigated().did("visit", HANDLER, f"{DAY}11:00")
    assert play.do("conclude", "office", f"{DAY}15:00", **FOUND) == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("record_site", HANDLER, f"{DAY}12:00", **SITE).did("conclude", "office", f"{DAY}15:00", **FOUND)


@for_clause("SC-7.2", "SC-7.4", "SC-7.7")
@pytest.mark.parametrize("answer", [True, {"no": "客户不愿多谈"}])
def test_each_duty_of_conduct_is_answered_yes_or_no(clause: str, answer: Any) -> None:
    duty = {"SC-7.2": "listened", "SC-7.4": "let_vent", "SC-7.7": "took_part"}[clause]
    play = resolved()
    blank = {name: value for name, value in REVISIT.items() if name != duty}
    assert play.do("revisit", HANDLER, "2026-03-10T09:00", **blank) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({duty}, True)
    play.did("revisit", HANDLER, "2026-03-10T09:00", **blank, **{duty: answer})


@for_clause("SC-7.7")
def test_at_least_one_option_was_discussed(clause: str) -> None:
    play = resolved()
    assert play.do("revisit", HANDLER, "2026-03-10T09:00", **(REVISIT | {"options": []})) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({"options"}, True)


@for_clause("SC-7.8")
def test_leaders_and_whom_it_concerns_are_told_of_the_findings(clause: str) -> None:
    play = concluded(relevant_people=["worker_b", "other_b"])
    told = play.of("notified", "step.conclude")[0]
    assert told.data["persons"] == [["leadership", ""], ["worker_b", ""], ["other_b", ""]]
    assert (told.at, clause in told.clause) == (play.of("moved", "step.conclude")[0].at, True)


@for_clause("SC-7.8", "SC-3.4a")
@pytest.mark.parametrize("field", list(FOUND))
def test_findings_name_what_was_found_and_the_remedy(clause: str, field: str) -> None:
    play = investigated()
    some = {name: value for name, value in FOUND.items() if name != field}
    assert play.do("conclude", "office", f"{DAY}15:00", **some) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({field}, True)
    assert play.do("conclude", "business", f"{DAY}15:00", **FOUND) == "wrong_role"


@for_clause("SC-7.8")
def test_nothing_goes_to_the_leader_without_findings(clause: str) -> None:
    play = investigated()
    assert play.do("report_up", HANDLER, f"{DAY}15:30", **REPORT) == "gate_closed"
    assert clause in play.refused_by()


@for_clause("SC-7.10")
def test_a_correction_is_a_new_copy_and_the_first_one_stays(clause: str) -> None:
    play = investigated().did("visit", HANDLER, f"{DAY}10:00")
    play.did("record_site", HANDLER, f"{DAY}10:00", **SITE)
    play.did("record_site", HANDLER, f"{DAY}11:00", **(SITE | {"true_situation": "更正:排水不畅"}))
    kept = [entry.data["values"]["true_situation"] for entry in play.of("filled", "form.site_record")]
    assert kept == ["田间积水", "更正:排水不畅"]
    assert shipped(PACK).file.clause[clause].always == "kept"
