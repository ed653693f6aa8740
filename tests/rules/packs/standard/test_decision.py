"""The standard pack: findings, proposal, approval with four eyes, ST-19 to ST-24."""

from typing import Any

import pytest

from tests.rules.packs.company import DIRECTORY
from tests.rules.packs.playing import Play, around_the_limit, away, done, for_clause
from tests.rules.packs.standard.stories import (
    FINDINGS,
    PROPOSAL,
    REPLY,
    STANDARD,
    assigned,
    called_back,
    found,
    proposed,
)

pytestmark = pytest.mark.pure

GIVEN, RETURNED = {"verdict": "given"}, {"verdict": "returned", "reason": "r"}


def paying(amount: str, remedy: str = "payment") -> Play:
    """A complaint for which a compensation is proposed on Tuesday at ten."""
    return proposed(proposal={"remedy": remedy, "compensation": amount, "draft": "d"})


@for_clause("ST-19")
def test_nothing_is_proposed_before_findings(clause: str) -> None:
    play = assigned()
    assert play.do("propose", "hana", "2026-03-03T10:00", **PROPOSAL) == "gate_closed"
    assert play.refused_by() == (clause,)
    done(play.do("record_findings", "hana", "2026-03-03T11:00", **FINDINGS), play)
    done(play.do("propose", "hana", "2026-03-03T12:00", **PROPOSAL), play)


@for_clause("ST-19")
@pytest.mark.parametrize(
    ("fields", "grave", "missing"),
    [
        ({}, False, {"found", "verdict", "root_cause"}),
        ({"found": "f", "verdict": "justified", "root_cause": "process"}, False, {"corrective_action"}),
        ({"found": "f", "verdict": "partly_justified", "root_cause": "process"}, False, {"corrective_action"}),
        ({"found": "f", "verdict": "not_justified", "root_cause": "none_found"}, False, set()),
        ({"found": "f", "verdict": "not_justified", "root_cause": "none_found"}, True, {"cause_analysis"}),
    ],
    ids=["nothing", "justified", "partly_justified", "not_justified", "grave"],
)
def test_findings_are_complete_and_deeper_for_a_grave_complaint(
    clause: str, fields: dict[str, str], grave: bool, missing: set[str]
) -> None:
    play = assigned(safety=grave)
    code = play.do("record_findings", "hana", "2026-03-03T09:00", **fields)
    assert code == ("fields_wrong" if missing else "")
    assert (play.missing() if missing else set()) == missing
    assert play.cites(
        clause, "refused" if missing else "filled", "step.record_findings" if missing else "form.findings"
    )


@for_clause("ST-19")
def test_every_round_needs_findings_of_its_own(clause: str) -> None:
    play = called_back(1)
    done(play.do("reopen", "carl", "2026-03-05T10:00"), play)
    assert play.do("propose", "hana", "2026-03-05T11:00", **PROPOSAL) == "gate_closed"
    assert play.refused_by() == (clause,)
    done(play.do("record_findings", "hana", "2026-03-05T12:00", **FINDINGS), play)
    done(play.do("propose", "hana", "2026-03-05T13:00", **PROPOSAL), play)


@for_clause("ST-20")
@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({}, {"remedy", "draft", "compensation"}),
        ({"remedy": "repair", "draft": "d"}, {"compensation"}),
        ({"remedy": "payment", "draft": "d", "compensation": "-0.01"}, {"compensation"}),
        ({"remedy": "payment", "draft": "d", "compensation": "0.00"}, set()),
        ({"remedy": "payment", "draft": "d", "compensation": "0.001"}, {"compensation"}),
    ],
)
def test_a_proposal_names_a_remedy_an_amount_and_the_reply(
    clause: str, fields: dict[str, str], missing: set[str]
) -> None:
    play = found()
    assert play.do("propose", "hana", "2026-03-03T10:00", **fields) == ("fields_wrong" if missing else "")
    assert (play.missing() if missing else set()) == missing
    assert play.cites(clause, "refused" if missing else "moved")


@for_clause("ST-21")
def test_who_investigates_does_not_approve(clause: str) -> None:
    directory = DIRECTORY.__class__(
        people=DIRECTORY.people,
        departments=DIRECTORY.departments,
        bindings={"standard": DIRECTORY.bindings["standard"] | {"approver": ("hana", "ada")}},
    )
    play = proposed(play=Play(STANDARD, directory))
    assert play.do("approval.solution", "hana", "2026-03-03T11:00", **GIVEN) == "own_proposal"
    assert clause in play.refused_by()
    done(play.do("approval.solution", "ada", "2026-03-03T11:00", **GIVEN), play)


@for_clause("ST-21")
def test_a_substitute_who_investigated_does_not_approve_either(clause: str) -> None:
    play = Play(STANDARD, away("ada", "2026-03-03T00:00", "2026-03-04T00:00", "hana"))
    proposed(play=play)
    assert play.do("approval.solution", "hana", "2026-03-03T11:00", **GIVEN) == "own_proposal"
    done(play.do("approval.solution", "lena", "2026-03-03T11:00", **GIVEN), play)
    assert play.cites(clause, "approval_given")


@for_clause("ST-21")
def test_who_recorded_findings_before_a_change_of_handler_does_not_approve(clause: str) -> None:
    directory = DIRECTORY.__class__(
        people=DIRECTORY.people,
        departments=DIRECTORY.departments,
        bindings={"standard": DIRECTORY.bindings["standard"] | {"approver": ("hana", "ada")}},
    )
    play = found(play=Play(STANDARD, directory))
    done(play.do("contest", "hana", "2026-03-03T09:30", contested_why="w"), play)
    done(play.do("task.arbitration", "lena", "2026-03-03T09:40", handler="hugo", arbitrated_why="w"), play)
    done(play.do("propose", "hugo", "2026-03-03T10:00", **PROPOSAL), play)
    assert play.do("approval.solution", "hana", "2026-03-03T11:00", **GIVEN) == "excluded"
    assert clause in play.refused_by()


@for_clause("ST-21")
def test_a_returned_proposal_goes_back_and_the_next_one_is_approved_anew(clause: str) -> None:
    play = proposed()
    assert play.do("approval.solution", "ada", "2026-03-03T11:00", verdict="returned") == "fields_wrong"
    done(play.do("approval.solution", "ada", "2026-03-03T11:00", **RETURNED), play)
    assert play.state.stage == "investigation"
    assert [message["to"] for message in play.messages][-1] == "hana"
    done(play.do("propose", "hana", "2026-03-03T12:00", **PROPOSAL), play)
    assert play.state.approvals["solution"].status == "asked"
    assert play.do("release", "hana", "2026-03-03T12:00") == "gate_closed"
    assert play.cites(clause, "approval_returned")


@for_clause("ST-22")
@pytest.mark.parametrize(
    ("amount", "asked"), [("4999.99", False), ("5000.00", False), ("5000.01", True)], ids=["below", "on", "above"]
)
def test_more_than_5000_yuan_needs_the_general_manager(clause: str, amount: str, asked: bool) -> None:
    play = paying(amount)
    assert ("compensation" in play.state.approvals) is asked
    assert play.cites(clause, "approval_asked", "approval.compensation") is asked
    done(play.do("approval.solution", "ada", "2026-03-03T11:00", **GIVEN), play)
    assert play.do("release", "hana", "2026-03-03T12:00") == ("gate_closed" if asked else "")


@for_clause("ST-22")
def test_only_the_general_manager_approves_it(clause: str) -> None:
    play = paying("5000.01")
    assert play.do("approval.compensation", "ada", "2026-03-03T11:00", **GIVEN) == "wrong_role"
    assert clause in play.refused_by()
    done(play.do("approval.compensation", "greta", "2026-03-03T11:00", **GIVEN), play)
    done(play.do("approval.solution", "ada", "2026-03-03T11:00", **GIVEN), play)
    done(play.do("release", "hana", "2026-03-03T12:00"), play)


@for_clause("ST-22")
def test_a_smaller_compensation_proposed_anew_needs_him_no_more(clause: str) -> None:
    play = paying("9000.00")
    done(play.do("approval.compensation", "greta", "2026-03-03T11:00", **RETURNED), play)
    assert play.state.stage == "investigation"
    done(play.do("propose", "hana", "2026-03-03T12:00", remedy="payment", compensation="100.00", draft="d"), play)
    done(play.do("approval.solution", "ada", "2026-03-03T13:00", **GIVEN), play)
    assert len(play.of("approval_asked", "approval.compensation")) == 1
    assert play.cites(clause, "approval_returned", "approval.compensation")
    done(play.do("release", "hana", "2026-03-03T14:00"), play)


@for_clause("ST-21", "ST-22")
def test_a_changed_proposal_must_be_approved_anew_by_both(clause: str) -> None:
    play = paying("9000.00")
    done(play.do("approval.solution", "ada", "2026-03-03T11:00", **RETURNED), play)
    again = {"remedy": "payment", "compensation": "8000.00", "draft": "d"}
    done(play.do("propose", "hana", "2026-03-03T12:00", **again), play)
    assert {name: approval.status for name, approval in play.state.approvals.items()} == {
        "solution": "asked",
        "compensation": "asked",
    }
    done(play.do("approval.solution", "ada", "2026-03-03T13:00", **GIVEN), play)
    assert play.do("release", "hana", "2026-03-03T14:00") == "gate_closed"
    done(play.do("approval.compensation", "greta", "2026-03-03T14:00", **GIVEN), play)
    done(play.do("release", "hana", "2026-03-03T14:00"), play)
    assert play.cites(clause, "approval_given")


@for_clause("ST-23")
@pytest.mark.parametrize("verdict", [GIVEN, RETURNED], ids=["given", "returned"])
@around_the_limit("2026-03-04T24:00", "2026-03-05T00:00:01")
@pytest.mark.parametrize("clock", ["approval", "compensation_approval"])
def test_an_approval_takes_one_working_day(
    clause: str, clock: str, at: str, status: str, verdict: dict[str, Any]
) -> None:
    play = paying("6000.00")
    name, by = ("solution", "ada") if clock == "approval" else ("compensation", "greta")
    done(play.do(f"approval.{name}", by, at, **verdict), play)
    assert play.due(clock) == "2026-03-05T00:00:00"
    assert play.status(clock) == status
    assert play.cites(clause, "clock_started", f"clock.{clock}")


@for_clause("ST-23")
def test_a_silent_approver_is_climbed_over(clause: str) -> None:
    play = paying("6000.00").until("2026-03-06T12:00")
    # 6.5 open hours on Tuesday from ten, 7.5 on Wednesday: 80 % = 11.2, 4.7 of them on Wednesday; half = 7, 0.5 of them
    assert [line for line in play.told() if "approval" in line[1]] == [
        ("2026-03-04T09:30:00", "compensation_approval", "greta"),
        ("2026-03-04T15:12:00", "approval", "quinn"),
        ("2026-03-05T00:00:01", "approval", "ada lena"),
        ("2026-03-05T00:00:01", "compensation_approval", "greta"),
        ("2026-03-06T00:00:00", "approval", "greta"),
    ]
    assert clause in play.pack.file.clock["approval"].clause


@for_clause("ST-23")
def test_the_substitute_of_an_absent_approver_approves_for_him(clause: str) -> None:
    play = Play(STANDARD, away("ada", "2026-03-03T00:00", "2026-03-04T00:00", "anton"))
    proposed(play=play)
    done(play.do("approval.solution", "anton", "2026-03-03T11:00", **GIVEN), play)
    given = play.of("approval_given")[0]
    assert (given.by, given.data["for"]) == ("anton", "ada")
    assert clause in play.pack.file.clause
    done(play.do("release", "hana", "2026-03-03T12:00"), play)
    done(play.do("reply", "hana", "2026-03-03T12:00", **REPLY), play)


@for_clause("ST-24")
def test_nothing_is_released_before_it_is_approved(clause: str) -> None:
    play = proposed()
    assert play.do("release", "hana", "2026-03-03T11:00") == "gate_closed"
    assert play.refused_by() == (clause,)
    assert play.do("reply", "hana", "2026-03-03T11:00", **REPLY) == "step_not_open"
    done(play.do("approval.solution", "ada", "2026-03-03T11:00", **GIVEN), play)
    assert play.do("release", "tim", "2026-03-03T12:00") == "wrong_role"
    done(play.do("release", "hana", "2026-03-03T12:00"), play)
    assert play.state.stage == "reply"
