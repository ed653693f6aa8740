"""The standard pack from the first call to the assignment: ST-1 to ST-11."""

from datetime import UTC
from typing import Any

import pytest

from tests.rules.packs.playing import Play, around_the_limit, done, for_clause, instant, shipped, shown
from tests.rules.packs.standard.stories import INTAKE, STANDARD, acknowledged, assigned, called_back, taken_in

pytestmark = pytest.mark.pure

ACKNOWLEDGEMENT: dict[str, Any] = {"acknowledged_by": "phone", "number_told": True}
ASSIGNED = {"handler": "hana"}


@for_clause("ST-1")
def test_a_complaint_goes_through_the_six_stages_and_is_closed(clause: str) -> None:
    play = called_back(4)
    done(play.do("close", "carl", "2026-03-05T10:00"), play)
    stages = [entry.data["to"] for entry in play.of("moved") if entry.data["from"] != entry.data["to"]]
    assert stages == ["triage", "investigation", "approval", "reply", "revisit", "closed"]
    assert play.of("opened")[0].data["stage"] == "intake"
    assert play.cites(clause, "opened")
    assert play.state.closed
    assert play.state.next_due is None


@for_clause("ST-1")
@pytest.mark.parametrize("step", ["propose", "release", "reply", "call_back", "close", "reopen"])
def test_no_stage_is_jumped_over_from_the_intake(clause: str, step: str) -> None:
    play = taken_in()
    assert play.do(step, "greta", "2026-03-02T10:00") == "step_not_open"
    assert play.state.stage == "intake"
    assert play.cites(clause, "opened")


@for_clause("ST-2")
@pytest.mark.parametrize(
    ("step", "fields", "wrong", "right"),
    [("acknowledge", ACKNOWLEDGEMENT, "tim", "olga"), ("assign", ASSIGNED, "olga", "tim")],
)
def test_each_step_is_taken_by_its_role_alone(
    clause: str, step: str, fields: dict[str, Any], wrong: str, right: str
) -> None:
    play = taken_in() if step == "acknowledge" else acknowledged()
    assert play.do(step, wrong, "2026-03-02T12:00", **fields) == "wrong_role"
    done(play.do(step, right, "2026-03-02T12:00", **fields), play)
    assert clause in play.pack.file.role["triager"].clause


@for_clause("ST-3")
@pytest.mark.parametrize("field", sorted(INTAKE))
def test_an_intake_without_one_of_its_fields_is_refused(clause: str, field: str) -> None:
    play = Play(STANDARD)
    fields = {name: value for name, value in INTAKE.items() if name != field}
    assert play.open("complaint", "olga", "2026-03-02T09:00", **fields) == "fields_wrong"
    assert play.missing() == {field}
    assert clause in play.refused_by()


@for_clause("ST-3")
def test_only_an_operator_takes_in_and_personal_words_stay_out_of_the_entries(clause: str) -> None:
    assert Play(STANDARD).open("complaint", "tim", "2026-03-02T09:00", **INTAKE) == "wrong_role"
    play = taken_in()
    filled = play.of("filled", "form.intake")[0]
    assert set(filled.data["personal"]) == {"customer_name", "contact", "what", "wish"}
    assert INTAKE["what"] not in repr(play.entries)
    assert clause in filled.clause


@for_clause("ST-4")
@pytest.mark.parametrize(
    ("opened", "due"),
    [
        ("2026-03-02T00:00:00", "2026-03-04T00:00:00"),
        ("2026-03-02T23:59:59", "2026-03-04T00:00:00"),
        ("2026-03-06T17:59:59", "2026-03-10T00:00:00"),
        ("2026-03-07T10:00:00", "2026-03-10T00:00:00"),
        ("2026-02-13T10:00:00", "2026-02-15T00:00:00"),
        ("2026-02-14T10:00:00", "2026-02-25T00:00:00"),
    ],
    ids=["first_second", "last_second", "friday", "saturday", "before_a_make_up_day", "over_the_spring_festival"],
)
def test_the_acknowledgement_is_due_at_the_end_of_the_next_working_day(clause: str, opened: str, due: str) -> None:
    play = taken_in(opened)
    assert play.due("acknowledgement") == due
    assert play.cites(clause, "clock_started", "clock.acknowledgement")


@for_clause("ST-4")
@around_the_limit("2026-03-03T24:00", "2026-03-04T00:00:01")
def test_the_acknowledgement_is_met_until_the_last_moment(clause: str, at: str, status: str) -> None:
    play = acknowledged(at)
    assert play.status("acknowledgement") == status
    assert play.cites(clause, "clock_met" if status == "met" else "clock_missed", "clock.acknowledgement")


@for_clause("ST-4")
def test_a_call_in_time_that_is_written_down_late_is_in_time(clause: str) -> None:
    play = taken_in().until("2026-03-04T08:00")
    assert play.status("acknowledgement") == "missed"
    done(play.do("acknowledge", "olga", "2026-03-04T08:30", "2026-03-03T17:00", **ACKNOWLEDGEMENT), play)
    assert play.status("acknowledgement") == "met"
    corrected = play.of("clock_corrected", "clock.acknowledgement")[0]
    assert shown(corrected.at) == "2026-03-03T17:00:00"
    assert clause in corrected.clause


@for_clause("ST-4")
@pytest.mark.parametrize(
    "stated", ["2026-03-02T08:59:59", "2026-03-02T12:00:01"], ids=["before_it_came", "later_than_now"]
)
def test_a_call_cannot_be_stated_outside_the_life_of_the_stage(clause: str, stated: str) -> None:
    play = taken_in()
    assert play.do("acknowledge", "olga", "2026-03-02T12:00", stated, **ACKNOWLEDGEMENT) == "stated_wrongly"
    assert clause in play.pack.file.step["acknowledge"].clause


@for_clause("ST-5")
def test_a_repeat_names_the_earlier_case_and_is_grave(clause: str) -> None:
    earlier = called_back(3)
    done(earlier.do("close", "carl", "2026-03-05T10:00"), earlier)
    unknown = earlier.beside().open("complaint", "olga", "2026-03-06T09:00", **INTAKE, repeat_of="case-9")
    assert unknown == "link_refused"
    play = taken_in("2026-03-06T09:00", earlier.beside(), repeat_of=earlier.state.case_id)
    assert play.state.classes["severity"] == "grave"
    assert play.state.links["repeat_of"] == (earlier.state.case_id,)
    assert play.cites(clause, "linked", "link.repeat_of")


@for_clause("ST-5")
def test_a_complaint_that_repeats_nothing_has_no_link(clause: str) -> None:
    play = taken_in()
    assert play.state.links == {}
    assert clause in play.pack.file.link["repeat_of"].clause


@for_clause("ST-6")
@pytest.mark.parametrize("by", ["olga", "tim"])
def test_the_same_complaint_taken_in_twice_is_joined_and_ends(clause: str, by: str) -> None:
    earlier = taken_in()
    first, play = earlier.state.case_id, acknowledged(play=earlier.beside())
    assert play.do("join", by, "2026-03-02T11:00", same_as=first) == "fields_wrong"
    done(play.do("join", by, "2026-03-02T11:00", same_as=first, joined_why="w"), play)
    assert (play.state.stage, play.state.closed, play.state.links["same_as"]) == ("joined", True, (first,))
    assert play.cites(clause, "linked", "link.same_as")
    assert not any(clock.ticking for clock in play.state.clocks.values())


@for_clause("ST-7")
@pytest.mark.parametrize("accused", ["tim", "olga", "lena"])
def test_the_person_complained_about_does_nothing_in_the_case(clause: str, accused: str) -> None:
    play = Play(STANDARD)
    entered = INTAKE | {"accused": accused}
    done(play.open("complaint", "olga", "2026-03-02T09:00", **entered), play)
    assert play.do("acknowledge", accused, "2026-03-02T10:00", **ACKNOWLEDGEMENT) == "excluded"
    assert clause in play.refused_by()


@for_clause("ST-7")
def test_who_stands_above_acts_where_the_person_complained_about_would(clause: str) -> None:
    play = acknowledged(accused="tim")
    assert play.do("assign", "tim", "2026-03-02T11:00", **ASSIGNED) == "excluded"
    done(play.do("assign", "lena", "2026-03-02T11:00", **ASSIGNED), play)
    assert clause in play.pack.file.kind["complaint"].clause


@for_clause("ST-7")
@pytest.mark.parametrize("accused", ["dora", "lena", "tim", "hana"])
def test_the_person_complained_about_is_told_nothing(clause: str, accused: str) -> None:
    play = taken_in(accused=accused, safety=True)
    play.until("2026-06-01T00:00")
    assert accused not in {message["to"] for message in play.messages}
    assert "greta" in {message["to"] for message in play.messages}
    assert clause in play.pack.file.clause


@for_clause("ST-8")
@pytest.mark.parametrize("by", ["olga", "hana"])
def test_the_customer_may_withdraw_and_all_clocks_end(clause: str, by: str) -> None:
    play = assigned()
    assert play.do("withdraw", by, "2026-03-02T12:00", withdrawn_by="phone") == "fields_wrong"
    done(play.do("withdraw", by, "2026-03-02T12:00", withdrawn_by="phone", withdrawn_why="w"), play)
    assert (play.state.stage, play.state.next_due) == ("withdrawn", None)
    assert play.cites(clause, "closed")


@for_clause("ST-8")
def test_after_the_reply_there_is_nothing_to_withdraw(clause: str) -> None:
    play = called_back(4)
    assert play.do("withdraw", "olga", "2026-03-05T10:00", withdrawn_by="phone", withdrawn_why="w") == "step_not_open"
    assert clause in play.refused_by()


@for_clause("ST-9")
@pytest.mark.parametrize(
    ("fields", "severity"),
    [
        ({}, "ordinary"),
        ({"safety": False, "legal": False, "media": False}, "ordinary"),
        ({"safety": True}, "grave"),
        ({"legal": True}, "grave"),
        ({"media": True}, "grave"),
    ],
    ids=["nothing_said", "all_denied", "safety", "legal", "media"],
)
def test_one_ground_is_enough_to_make_a_complaint_grave(clause: str, fields: dict[str, Any], severity: str) -> None:
    play = taken_in(**fields)
    assert play.state.classes["severity"] == severity
    assert play.cites(clause, "classified", "class.severity")
    assert [message["to"] for message in play.messages] == (["lena"] if severity == "grave" else [])


@for_clause("ST-9")
def test_the_word_of_the_triager_stands(clause: str) -> None:
    play = acknowledged(safety=True)
    done(play.do("assign", "tim", "2026-03-02T11:00", handler="hana", severity="ordinary"), play)
    done(play.do("interim_reply", "hana", "2026-03-02T12:00", so_far="s", why_longer="w", next_word="2026-03-09"), play)
    assert play.state.classes["severity"] == "ordinary"
    assert play.of("classified")[-1].data["by"] == "person"
    assert play.cites(clause, "classified")


@for_clause("ST-10")
@around_the_limit("2026-03-03T24:00", "2026-03-04T00:00:01")
def test_a_complaint_has_a_handler_a_working_day_after_the_acknowledgement(clause: str, at: str, status: str) -> None:
    play = assigned(at)
    assert play.due("triage") == "2026-03-04T00:00:00"
    assert play.status("triage") == status
    assert play.cites(clause, "clock_started", "clock.triage")
    assert [message["to"] for message in play.messages if message["template"] == "notice"] == ["hana"]


def test_the_pack_begins_before_the_cases_of_these_tests() -> None:
    assert shipped(STANDARD).file.effective_from < instant("2026-02-01T00:00").astimezone(UTC).date()


def test_every_clause_of_the_standard_pack_is_a_house_rule() -> None:
    assert [name for name, row in shipped(STANDARD).file.clause.items() if not row.house] == []
