"""Where a case begins, what is done once a round, and roles of which one, any or all act."""

from dataclasses import replace

import pytest

from rules.conditions import Condition
from rules.decide import face
from rules.machine import entries_of, mermaid
from rules.people import People
from rules.state import State, StepState
from tests.rules.corner_shop import local
from tests.rules.estate import DIRECTORY, PACK, Claim, code

pytestmark = pytest.mark.pure

AT = "2026-03-02T10:00"


def visited() -> Claim:
    claim = Claim().opened(urgent=True)
    assert claim.do("step.visit", "ida", AT) is None
    return claim


def test_a_case_begins_in_the_first_stage_whose_entry_holds_else_in_the_first_of_all() -> None:
    assert Claim().opened().state.stage == "received"
    assert Claim().opened(urgent=False).state.stage == "received"
    urgent = Claim().opened(urgent=True)
    assert urgent.state.stage == "visiting"
    assert urgent.entries[0].data["stage"] == "visiting"
    assert urgent.state.clocks["visit"].status == "running"


def test_the_picture_shows_every_entry() -> None:
    assert entries_of(PACK.file.kind["claim"]) == ("received", "visiting")
    drawn = mermaid(PACK.file.kind["claim"], PACK.file.step)
    assert "[*] --> received" in drawn
    assert "[*] --> visiting" in drawn
    assert "[*] --> closed" not in drawn


def test_a_first_stage_may_have_an_entry_of_its_own() -> None:
    kind = PACK.file.kind["claim"]
    stages = (replace(kind.stages[0], entry=(Condition(field="urgent", is_=True),)), *kind.stages[1:])
    assert entries_of(replace(kind, stages=stages)) == ("received", "visiting")


def test_a_step_of_a_round_is_open_once_until_its_stage_is_entered_again() -> None:
    claim = visited()
    assert code(claim.do("step.visit", "ian", "2026-03-02T10:01")) == "step_not_open"
    assert claim.do("step.send_back", "ida", "2026-03-02T10:02") is None
    assert claim.do("step.pass_on", "dana", "2026-03-02T10:02") is None
    assert claim.do("step.visit", "ian", "2026-03-02T10:02") is None
    assert claim.state.steps["visit"].times == 2


def test_the_face_does_not_offer_it_twice_in_a_round() -> None:
    claim = Claim().opened(urgent=True)
    assert "step.visit" in face(PACK, claim.state).open_steps
    assert claim.do("step.visit", "ida", AT) is None
    assert "step.visit" not in face(PACK, claim.state).open_steps


def test_an_old_state_that_does_not_know_its_rounds_lets_the_step_be_taken() -> None:
    old = State("c", kind="claim", stage="visiting", seq=9, steps={"visit": StepState(1, local(AT), "ida")})
    assert "step.visit" in face(PACK, old).open_steps


def test_of_a_role_with_all_each_person_answers_and_nobody_twice() -> None:
    claim = visited()
    assert claim.do("task.sign", "ida", AT) is None
    assert (claim.state.tasks["sign"].status, claim.state.tasks["sign"].asked) == ("open", ("inspectors",))
    assert code(claim.do("task.sign", "ida", AT)) == "own_proposal"
    assert claim.do("task.sign", "ian", "2026-03-02T10:05") is None
    assert claim.state.tasks["sign"].status == "done"
    assert [entry.event for entry in claim.entries if entry.subject == "task.sign"] == [
        "task_given",
        "task_answered",
        "refused",
        "task_done",
    ]


def test_of_a_role_with_one_only_the_first_acts() -> None:
    claim = visited()
    assert code(claim.do("task.write", "ian", AT)) == "wrong_role"
    assert claim.do("task.write", "ida", AT) is None
    holding = People(PACK, claim.state, DIRECTORY, local(AT)).holding
    assert [acting.person for acting in holding("writer")] == ["ida"]
    assert [acting.person for acting in holding("inspectors")] == ["ida", "ian"]
    assert [acting.person for acting in holding("writer", frozenset(("ida",)))] == ["ian"]


def test_an_approval_of_all_leaves_out_only_who_proposed_it() -> None:
    claim = visited()
    assert code(claim.do("approval.payment", "ida", AT, verdict="given")) == "own_proposal"
    assert claim.do("approval.payment", "ian", AT, verdict="given") is None
    assert claim.state.approvals["payment"].status == "given"


def test_one_returned_verdict_of_all_is_enough() -> None:
    claim = visited()
    assert claim.do("approval.payment", "ian", AT, verdict="returned", reason="no photos") is None
    assert claim.state.approvals["payment"].status == "returned"
