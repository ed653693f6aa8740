"""The group's rule after handling: revisit, analysis, archive; subjects and flow that the house has filled in."""

from typing import Any

import pytest

from tests.rules.packs.group_complaint_demand.stories import GROUP, accepted, answered, planned
from tests.rules.packs.playing import Play, done, for_clause, shipped

pytestmark = pytest.mark.pure

ANALYSIS = {"cause_found": "c", "prevention": "p"}
HOUSEHOLD = {"household": "3-1201"}


def revisited(verification: str = "verified", kind: str = "complaint", **fields: Any) -> Play:
    """A case that was revisited on Wednesday."""
    play = answered(kind, **fields)
    done(play.do("task.revisit", "ofra", "2026-03-04T09:00", verification=verification), play)
    return play


@for_clause("GD-4.3", "house-8")
def test_the_revisit_is_a_duty_without_a_limit_when_handling_ends(clause: str) -> None:
    play = accepted()
    assert "revisit" not in play.state.tasks
    done(play.do("handle", "ofra", "2026-03-03T09:00", result="r"), play)
    assert play.state.tasks["revisit"].status == "open"
    assert play.due("revisit") == ""
    play.until("2026-06-01T00:00")
    assert play.status("revisit") == "running"
    assert play.pack.file.clause["GD-4.3"].filled == "house-8"
    assert clause == "GD-4.3" or play.cites(clause, "task_given", "task.revisit")


@for_clause("house-8")
@pytest.mark.parametrize(
    ("verification", "archive", "rework"),
    [("verified", "", "gate_closed"), ("not_reached", "", "gate_closed"), ("not_verified", "gate_closed", "")],
)
def test_what_is_not_verified_is_handled_again(clause: str, verification: str, archive: str, rework: str) -> None:
    play = revisited(verification)
    done(play.do("analyse", "ofra", "2026-03-04T09:30", **ANALYSIS), play)
    assert play.do("rework", "ofra", "2026-03-04T10:00") == rework
    if rework:
        assert play.refused_by() == (clause,)
        assert play.do("archive", "ofra", "2026-03-04T10:00", **HOUSEHOLD) == archive
        return
    assert (play.state.stage, play.due("rework")) == ("handling", "2026-03-11T00:00:00")
    done(play.do("handle", "ofra", "2026-03-10T24:00", result="r"), play)
    assert play.status("rework") == "met"
    assert play.state.tasks["revisit"].status == "open"


@for_clause("house-8")
def test_a_revisit_that_is_not_yet_done_again_archives_nothing(clause: str) -> None:
    assert answered().do("rework", "ofra", "2026-03-04T10:00") == "gate_closed"
    play = revisited("not_verified")
    done(play.do("analyse", "ofra", "2026-03-04T09:30", **ANALYSIS), play)
    assert play.do("archive", "ofra", "2026-03-04T10:00", **HOUSEHOLD) == "gate_closed"
    assert clause in play.refused_by()


@for_clause("GD-4.4.1")
def test_all_records_of_a_case_are_its_archive(clause: str) -> None:
    play = revisited()
    filled = [entry.subject for entry in play.of("filled")]
    assert filled == [
        "form.heard",
        "form.complaint_register",
        "form.dispatch",
        "form.result",
        "form.reply",
        "form.revisit",
    ]
    assert play.pack.file.clause[clause].always == "kept"


@for_clause("GD-4.4.2a", "GD-4.4.2b")
@pytest.mark.parametrize("kind", ["complaint", "demand"])
def test_a_case_is_archived_under_its_household_or_folder(clause: str, kind: str) -> None:
    business, key, other = (
        ("residential", "household", "folder") if clause == "GD-4.4.2a" else ("commercial", "folder", "household")
    )
    play = revisited(kind=kind, business=business)
    done(play.do("analyse", "ofra", "2026-03-04T10:00", **ANALYSIS), play)
    assert play.do("archive", "ofra", "2026-03-04T11:00", **{other: "x"}) == "fields_wrong"
    assert play.missing() == {key}
    assert clause in play.refused_by()
    done(play.do("archive", "ofra", "2026-03-04T11:00", **{key: "3-1201"}), play)
    assert play.of("filled", "form.archiving")[0].data["values"][key] == "3-1201"
    assert (play.state.stage, play.state.next_due) == ("archived", None)


@for_clause("GD-4.4.2c")
def test_archiving_comes_after_handling_and_analysis(clause: str) -> None:
    play = revisited()
    assert play.do("archive", "ofra", "2026-03-04T10:00", **HOUSEHOLD) == "gate_closed"
    assert play.refused_by() == (clause,)
    assert play.do("analyse", "ofra", "2026-03-04T10:00", cause_found="c") == "fields_wrong"
    assert accepted().do("archive", "ofra", "2026-03-04T10:00", **HOUSEHOLD) == "step_not_open"


@for_clause("house-6", "GD-4.1.2c")
@pytest.mark.parametrize("subject", ["repair_request", "cleaning", "parking", "fees", "facilities", "other"])
def test_a_demand_has_one_of_six_subjects(clause: str, subject: str) -> None:
    assert accepted("demand", demand_subject=subject).state.classes["demand_subject"] == subject
    pack = shipped(GROUP)
    assert len(pack.file.class_["demand_subject"].values) == 6
    assert "house-6" in (clause, pack.file.clause[clause].filled)


@for_clause("house-5", "GD-4.1.2b")
@pytest.mark.parametrize(
    "subject", ["security", "cleaning", "greenery", "parking", "equipment", "decoration", "fees", "other"]
)
def test_a_complaint_has_one_of_eight_subjects(clause: str, subject: str) -> None:
    assert accepted(complaint_subject=subject).state.classes["complaint_subject"] == subject
    pack = shipped(GROUP)
    assert len(pack.file.class_["complaint_subject"].values) == 8
    assert "house-5" in (clause, pack.file.clause[clause].filled)


@for_clause("house-1", "GD-4.2.1")
def test_the_proposed_flow_has_six_steps(clause: str) -> None:
    play = revisited()
    done(play.do("analyse", "ofra", "2026-03-04T10:00", **ANALYSIS), play)
    done(play.do("archive", "ofra", "2026-03-04T11:00", **HOUSEHOLD), play)
    taken = [entry.data["step"] for entry in play.of("moved")]
    assert [step for step in taken if step != "analyse"] == [
        "accept_complaint",
        "dispatch",
        "handle",
        "reply",
        "archive",
    ]
    assert play.of("task_done", "task.revisit")
    assert clause == "house-1" or play.pack.file.clause[clause].filled == "house-1"
    assert play.cites("house-1", "moved", "step.reply")
    assert planned().cites("house-1", "moved", "step.plan")
