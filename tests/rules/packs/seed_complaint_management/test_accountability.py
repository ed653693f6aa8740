"""Ten circumstances, the persons responsible, four sanctions, the date to put it right; SC-6.2 to SC-6.3b."""

import pytest

from tests.rules.packs.playing import Play, around_the_limit, for_clause
from tests.rules.packs.seed_complaint_management.stories import (
    DAY,
    HANDLER,
    INTAKE,
    PACK,
    REVISIT,
    accepted,
    investigated,
    on_form,
    received,
    revisited,
    suspected,
    verified,
)

pytestmark = pytest.mark.pure

CIRCUMSTANCES = [
    "duty",
    "late_work",
    "bad_style",
    "not_carried_out",
    "passing_on",
    "overdue",
    "not_taken_up",
    "from_above",
    "cover_up",
    "other_problem",
]
LETTERS = dict(zip(CIRCUMSTANCES, "abcdefghij", strict=True))


@pytest.mark.parametrize("circumstance", CIRCUMSTANCES, ids=[f"SC-6.2{letter}" for letter in LETTERS.values()])
def test_each_of_ten_circumstances_leads_to_a_case_and_stands_once_verified(circumstance: str) -> None:
    text = {"other_text": "私自收款"} if circumstance == "other_problem" else {}
    case, clause = suspected(circumstance, **text), f"SC-6.2{LETTERS[circumstance]}"
    assert (case.state.stage, case.state.proposed, case.state.classes) == (
        "candidate",
        {"circumstance": circumstance},
        {},
    )
    assert case.cites(clause, "classified", "class.circumstance")
    case.did("verify", "office", f"{DAY}14:00", circumstance=circumstance, **text)
    assert case.state.classes == {"circumstance": circumstance}


@for_clause("SC-6.2")
def test_without_a_circumstance_no_sanction_is_proposed(clause: str) -> None:
    case = suspected("duty").did("verify", "office", f"{DAY}14:00", responsible=["worker_b"], responsible_unit="unit_b")
    assert case.do("propose", "office", f"{DAY}14:30") == "gate_closed"
    assert case.refused("gate_closed", clause)
    case.did("verify", "office", f"{DAY}15:00", circumstance="duty").did("propose", "office", f"{DAY}15:10")
    assert case.state.stage == "sanctioning"


@for_clause("SC-6.2")
@pytest.mark.parametrize("circumstance", CIRCUMSTANCES)
def test_any_one_of_them_is_enough(clause: str, circumstance: str) -> None:
    case = verified(circumstance).did("propose", "office", f"{DAY}14:30")
    assert case.cites(clause, "moved", "step.propose")


@for_clause("SC-6.2", "SC-6.2a")
def test_the_office_opens_one_by_hand_and_may_verify_another_circumstance_with_a_reason(clause: str) -> None:
    play = Play(PACK)
    assert play.open("accountability", "business", f"{DAY}09:00", suspected="duty") == "wrong_role"
    case = Play(PACK).did("open.accountability", "office", f"{DAY}09:00", suspected="duty")
    assert Play(PACK).open("accountability", "office", f"{DAY}09:00") == "fields_wrong"
    assert case.do("verify", "leader", f"{DAY}10:00", circumstance="duty") == "wrong_role"
    assert case.do("verify", "office", f"{DAY}10:00", circumstance="bad_style") == "fields_wrong"
    assert case.missing() == {"circumstance_why"}
    case.did("verify", "office", f"{DAY}10:00", circumstance="bad_style", circumstance_why="作风问题")
    assert case.cites(clause, "opened")


@for_clause("SC-6.2", "SC-6.2a", "SC-6.2c", "SC-6.2d", "SC-6.2i", "SC-6.2j")
def test_a_suspicion_is_that_of_the_office_or_the_leader_and_names_one_of_ten(clause: str) -> None:
    play = investigated()
    assert play.do("suspect", HANDLER, f"{DAY}11:00", suspected="duty") == "wrong_role"
    assert play.do("suspect", "leader", f"{DAY}11:00") == "fields_wrong"
    assert clause in play.refused_by()
    assert play.do("suspect", "leader", f"{DAY}11:00", suspected="weather") == "fields_wrong"
    play.did("suspect", "leader", f"{DAY}11:00", suspected="duty")
    play.did("suspect", "office", f"{DAY}11:05", suspected="cover_up")
    assert len(play.state.links["suspicion"]) == 2


@for_clause("SC-6.2j")
def test_another_problem_is_named(clause: str) -> None:
    play = investigated()
    assert play.do("suspect", "office", f"{DAY}11:00", suspected="other_problem", other_text="") == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({"other_text"}, True)
    case = Play(PACK)
    assert case.open("accountability", "office", f"{DAY}11:00", suspected="other_problem") == "fields_wrong"
    assert (case.missing(), clause in case.refused_by()) == ({"other_text"}, True)
    case = suspected("other_problem", other_text="私自收款")
    assert case.do("verify", "office", f"{DAY}14:00", circumstance="other_problem") == "fields_wrong"
    assert clause in case.refused_by()


@for_clause("SC-6.2b")
@around_the_limit("2026-03-05T24:00", "2026-03-06T00:00:01")
def test_work_that_is_not_finished_on_its_day_is_a_suspicion(clause: str, at: str, status: str) -> None:
    play = investigated()
    assert play.do("note_work", "business", f"{DAY}11:00", work_what="w", work_due="2026-03-05") == "wrong_role"
    assert play.do("finish_work", "office", f"{DAY}11:00") == "gate_closed"
    assert clause in play.refused_by()
    play.did("note_work", "office", f"{DAY}11:00", work_what="门店培训", work_due="2026-03-05")
    assert play.due("work") == "2026-03-06T00:00:00"
    play.until(at).did("finish_work", "office", at)
    assert (play.status("work"), len(play.of("linked", "link.late_work"))) == (status, int(status == "missed"))
    if status == "missed":
        case = play.linked("late_work", at)
        assert case.state.proposed == {"circumstance": "late_work"}
        assert (case.written("accusation"), play.cites(clause, "linked", "link.late_work")) == (
            {"work_due": "2026-03-05"},
            True,
        )


@for_clause("SC-6.2b")
@pytest.mark.parametrize("field", ["work_what", "work_due"])
def test_the_work_behind_a_complaint_has_a_date(clause: str, field: str) -> None:
    play, work = investigated(), {"work_what": "门店培训", "work_due": "2026-03-05"}
    some = {name: value for name, value in work.items() if name != field}
    assert play.do("note_work", "office", f"{DAY}11:00", **some) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({field}, True)
    play.did("note_work", "office", f"{DAY}11:00", **work)
    play.did("note_work", "office", f"{DAY}12:00", **(work | {"work_due": "2026-03-09"}))
    assert play.due("work") == "2026-03-10T00:00:00"
    assert play.do("finish_work", "business", f"{DAY}13:00") == "wrong_role"


@for_clause("SC-6.2e", "house-4")
def test_the_third_time_that_it_is_handed_on_is_a_suspicion_against_both(clause: str) -> None:
    play = investigated()
    for number, (source, target) in enumerate([("unit_a", "unit_b"), ("unit_b", "unit_a"), ("unit_a", "unit_b")], 1):
        play.did("transfer", "office", f"{DAY}1{number}:00", from_unit=source, to_unit=target)
        assert (play.fact("count.transfers"), len(play.of("linked", "link.passing_on"))) == (number, number // 3)
    play.did("transfer", HANDLER, f"{DAY}15:00", from_unit="unit_b", to_unit="unit_a")
    assert len(play.of("linked", "link.passing_on")) == 1
    case = play.linked("passing_on", f"{DAY}13:00")
    assert case.written("accusation") == {"from_unit": "unit_a", "to_unit": "unit_b"}
    assert case.state.proposed == {"circumstance": "passing_on"}
    assert play.cites(clause, "linked", "link.passing_on")


@for_clause("SC-6.2e")
def test_only_hand_overs_of_the_same_case_count(clause: str) -> None:
    play = investigated()
    play.did("transfer", "office", f"{DAY}11:00", from_unit="unit_a", to_unit="unit_b")
    other = Play(PACK, cabinet=play.cabinet).did("open.complaint", "outsider", f"{DAY}09:00", **INTAKE)
    assert other.fact("count.transfers") == 0
    for field in ("from_unit", "to_unit"):
        one = {name: "unit_a" for name in ("from_unit", "to_unit") if name != field}
        assert play.do("transfer", "office", f"{DAY}11:30", **one) == "fields_wrong"
        assert (play.missing(), clause in play.refused_by()) == ({field}, True)
    assert play.do("transfer", "business", f"{DAY}11:30", from_unit="unit_a", to_unit="unit_b") == "wrong_role"


@for_clause("SC-6.2g", "house-5")
def test_the_second_repeat_of_a_refused_complaint_is_a_suspicion(clause: str) -> None:
    first = received()
    assert first.do("refuse", "office", f"{DAY}09:30", refused_why="r") == "wrong_role"
    assert first.do("refuse", "business", f"{DAY}09:30") == "fields_wrong"
    first.did("refuse", "business", f"{DAY}09:30", refused_why="非本公司产品")
    assert first.state.stage == "refused"
    one = received(first, repeat_of=first.state.number)
    assert (one.fact("count.repeats"), one.of("linked", "link.not_taken_up")) == (1, [])
    two = received(first, repeat_of=first.state.number)
    case = two.linked("not_taken_up", f"{DAY}09:00")
    assert case.written("accusation") == {"repeat_of": first.state.number}
    assert case.state.proposed == {"circumstance": "not_taken_up"}
    assert two.cites(clause, "linked", "link.not_taken_up")
    assert received(first).fact("count.repeats") == 0


@for_clause("SC-6.2g")
def test_a_repeat_is_of_the_same_customer(clause: str) -> None:
    first = received()
    assert received(first, repeat_of=first.state.number).state.links["repeat"] == (first.state.case_id,)
    for wrong in ({"repeat_of": first.state.number, "customer": "C-99"}, {"repeat_of": "SC-2026-000099"}):
        other = first.beside()
        assert other.open("complaint", "outsider", f"{DAY}10:00", **(INTAKE | wrong)) == "link_refused"
        assert clause in other.refused_by()


@for_clause("SC-6.2h")
@around_the_limit("2026-03-07T24:00", "2026-03-08T00:00:01")
def test_what_came_from_above_is_reported_back_by_its_date(clause: str, at: str, status: str) -> None:
    play = accepted(from_superior=True, feedback_by="2026-03-07")
    assert play.due("feedback") == "2026-03-08T00:00:00"
    assert play.do("report_back", "after_sales", at, reported_back="r") == "wrong_role"
    play.until(at).did("report_back", HANDLER, at, reported_back="已办结")
    assert (play.status("feedback"), len(play.of("linked", "link.from_above"))) == (status, int(status == "missed"))
    assert play.cites(clause, "clock_started", "clock.feedback")
    if status == "missed":
        case = play.linked("from_above", at)
        assert case.written("accusation") == {"feedback_by": "2026-03-07"}
        assert case.state.proposed == {"circumstance": "from_above"}
        assert play.cites(clause, "linked", "link.from_above")


@for_clause("SC-6.2h")
def test_what_came_from_above_has_a_date_and_is_not_closed_before_it_is_reported(clause: str) -> None:
    play = Play(PACK)
    assert play.open("complaint", "business", f"{DAY}09:00", **INTAKE, from_superior=True) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({"feedback_by"}, True)
    other = revisited()
    assert other.status("feedback") == "off"
    assert other.do("report_back", HANDLER, "2026-03-10T10:00", reported_back="r") == "gate_closed"
    assert clause in other.refused_by()
    forwarded = _revisited_from_above()
    assert forwarded.do("close", HANDLER, "2026-03-10T10:00") == "gate_closed"
    assert forwarded.refused_by() == (clause,)
    assert forwarded.do("report_back", "business", "2026-03-10T10:05") == "fields_wrong"
    forwarded.did("report_back", "business", "2026-03-10T10:05", reported_back="已办结")
    forwarded.did("close", HANDLER, "2026-03-10T10:10")


def _revisited_from_above() -> Play:
    play = on_form(accepted(from_superior=True, feedback_by="2026-03-20"))
    play.did("classify", "business", f"{DAY}10:00", content="service_quality", nature="help")
    play.did("help", HANDLER, f"{DAY}10:30", help_given="已换袋")
    return play.did("revisit", HANDLER, "2026-03-10T09:00", **REVISIT)
