"""The general service system: collecting and classifying, GS-2.1a to GS-2.2b."""

import pytest

from rules import shelf
from rules.parsing import parse
from tests.rules.packs.generic_service_system.stories import INTAKE, PACK, classified, collected, verified
from tests.rules.packs.playing import Play, around_the_limit, for_clause, shipped

pytestmark = pytest.mark.pure


@for_clause("GS-2.1a")
@pytest.mark.parametrize("channel", ["hotline", "online", "on_site"])
def test_a_complaint_comes_by_one_of_three_channels_and_is_one_case(clause: str, channel: str) -> None:
    play = collected(channel=channel)
    assert (play.state.fields["channel"], len(play.of("opened"))) == (channel, 1)
    assert play.cites(clause, "opened")


@for_clause("GS-2.1a")
def test_there_is_no_fourth_channel(clause: str) -> None:
    play = Play(PACK)
    assert play.open("complaint", "service", "2026-03-02T10:00", **(INTAKE | {"channel": "letter"})) == "fields_wrong"
    assert play.missing() == {"channel"}
    assert clause in play.refused_by()


@for_clause("GS-2.1b", "house-1")
@pytest.mark.parametrize("channel", ["hotline", "online", "on_site"])
def test_a_channel_without_contact_data_takes_nothing_in(clause: str, channel: str) -> None:
    text = shelf.shipped()[PACK, 1].read_text(encoding="utf-8")
    play = Play(PACK)
    play.pack = parse("".join(line for line in text.splitlines(True) if f'key = "{channel}", gives' not in line))
    assert play.open("complaint", "service", "2026-03-02T10:00", **(INTAKE | {"channel": channel})) == "fields_wrong"
    assert play.missing() == {"channel"}
    assert collected(channel=channel).state.seq > 0
    assert clause in shipped(PACK).file.table["channel_contacts"].clause


@for_clause("GS-2.1c", "house-2")
@pytest.mark.parametrize(("letters", "code"), [(5, "fields_wrong"), (19, "fields_wrong"), (20, ""), (21, "")])
def test_material_has_at_least_twenty_characters(clause: str, letters: int, code: str) -> None:
    play = Play(PACK)
    assert play.open("complaint", "service", "2026-03-02T10:00", **(INTAKE | {"what": "字" * letters})) == code
    assert (clause in play.refused_by()) if code else play.cites(clause, "filled")


@for_clause("GS-2.1d", "house-3")
@around_the_limit("2026-03-03T10:00:00", "2026-03-03T10:00:01")
def test_a_problem_is_verified_within_a_working_day_of_open_hours(clause: str, at: str, status: str) -> None:
    play = collected().did("verify", "service", at, confirmed=True, verified_how="电话")
    assert play.due("verification") == "2026-03-03T10:00:00"
    assert play.status("verification") == status
    assert play.cites(clause, "clock_started", "clock.verification")


@for_clause("GS-2.1d", "house-3")
def test_who_has_not_verified_is_reminded_once(clause: str) -> None:
    play = collected().until("2026-03-03T10:00:00")
    assert play.told() == []
    play.until("2026-04-30T00:00")
    assert play.told() == [("2026-03-03T10:00:01", "verification", "service head_of_service")]
    assert play.cites("house-3", "escalated")
    assert clause in shipped(PACK).file.clock["verification"].clause


@for_clause("GS-2.1d", "house-3")
def test_the_night_the_weekend_and_a_holiday_do_not_count(clause: str) -> None:
    play = collected(at="2026-04-30T17:00")
    assert play.due("verification") == "2026-05-06T17:00:00"
    assert play.cites(clause, "clock_started", "clock.verification")


@for_clause("GS-2.1d")
def test_what_is_not_verified_is_not_classified(clause: str) -> None:
    play = collected()
    assert play.do("classify", "service", "2026-03-02T11:00", sort="staff", validity="effective") == "gate_closed"
    assert play.refused("gate_closed", clause)


@for_clause("GS-2.1e")
@pytest.mark.parametrize("field", ["complained_at", "place"])
def test_time_and_place_of_the_complaint_are_written_down(clause: str, field: str) -> None:
    play = Play(PACK)
    fields = {name: value for name, value in INTAKE.items() if name != field}
    assert play.open("complaint", "service", "2026-03-02T10:00", **fields) == "fields_wrong"
    assert play.missing() == {field}
    assert clause in play.refused_by()


@for_clause("GS-2.2a")
@pytest.mark.parametrize("step", ["handle", "start_explaining"])
@pytest.mark.parametrize("fields", [{}, {"sort": "staff"}, {"validity": "effective"}], ids=["none", "sort", "validity"])
def test_a_case_that_is_not_classified_is_not_handled(clause: str, step: str, fields: dict[str, str]) -> None:
    play = verified().did("classify", "service", "2026-03-02T12:00", **fields)
    assert play.do(step, "service", "2026-03-02T14:00") == "gate_closed"
    assert clause in play.refused_by()


@for_clause("GS-2.2a", "house-4")
def test_the_list_of_sorts_is_the_house_s(clause: str) -> None:
    play = verified()
    assert play.do("classify", "service", "2026-03-02T12:00", sort="parking") == "fields_wrong"
    play.did("classify", "service", "2026-03-02T12:00", sort="price", validity="effective")
    assert play.state.classes == {"sort": "price", "validity": "effective"}
    assert play.cites(clause, "classified", "class.sort")


@for_clause("GS-2.2b", "house-1")
@pytest.mark.parametrize(
    ("sort", "desk"),
    [
        ("staff", "staff_desk"),
        ("service_quality", "quality_desk"),
        ("price", "price_desk"),
        ("environment", "site_desk"),
    ],
)
def test_each_sort_goes_to_its_own_desk(clause: str, sort: str, desk: str) -> None:
    play = classified(sort).did("handle", "service", "2026-03-02T14:00")
    others = {"staff_desk", "quality_desk", "price_desk", "site_desk"} - {desk}
    for other in others:
        assert play.do("decide", other, "2026-03-03T09:00", adopted=True, result="r") == "wrong_role"
    play.did("decide", desk, "2026-03-03T09:00", adopted=True, result="r")
    assert clause in (*shipped(PACK).file.role["handler"].clause, *shipped(PACK).file.role[desk].clause)


@for_clause("GS-2.2b")
def test_every_sort_has_a_way_on(clause: str) -> None:
    file = shipped(PACK).file
    routed = {row.when[0].is_ for row in file.role["handler"].rows}
    assert routed == set(file.class_["sort"].values)
    assert clause in file.role["handler"].clause


@for_clause("GS-2.2b", "GS-2.2d", "house-5")
def test_what_is_not_valid_is_explained_and_not_handled(clause: str) -> None:
    invalid, valid = classified(validity="invalid"), classified()
    assert invalid.do("handle", "service", "2026-03-02T14:00") == "gate_closed"
    assert invalid.refused("gate_closed", "GS-2.2b")
    assert valid.do("start_explaining", "service", "2026-03-02T14:00") == "gate_closed"
    assert valid.refused("gate_closed", "GS-2.2d")
    cited = [*(row.clause for row in shipped(PACK).file.gate), shipped(PACK).file.class_["validity"].clause]
    assert any(clause in each for each in cited)


@for_clause("house-5")
def test_a_complaint_is_not_valid_for_one_of_two_reasons(clause: str) -> None:
    play = verified()
    assert play.do("classify", "service", "2026-03-02T12:00", sort="staff", validity="invalid") == "fields_wrong"
    assert play.missing() == {"invalid_why"}
    assert clause in play.refused_by()
