"""The total, the report and the feedback of a month, records and signatures: PS-3, PS-5.3, PS-5.6 to PS-7.1."""

import pytest

from tests.rules.packs.overview import cycled, figures
from tests.rules.packs.playing import Play, around_the_limit, for_clause, shipped
from tests.rules.packs.purchasing_satisfaction_measurement.stories import (
    ANALYSIS,
    FEEDBACK,
    PACK,
    TOTAL,
    analysed,
    fed_back,
    heard,
    month,
    routed,
    totalled,
)

pytestmark = pytest.mark.pure

DEPARTMENTS = ["production", "engineering", "personnel", "other_departments"]


def told(play: Play) -> list[str]:
    """Whom notices told so far."""
    return sorted(message["to"] for message in play.messages if message["template"] == "notice")


@for_clause("PS-3.2", "PS-5.3a", "PS-5.3b")
def test_the_classes_of_a_month_add_up(clause: str) -> None:
    subjects = ["product_quality"] * 4 + ["technical_service"] * 3 + ["work_attitude"] * 2
    plays: list[Play] = []
    for subject in subjects:
        plays.append(heard(beside=plays[0] if plays else None))
        plays[-1].did("classify", "salesperson", "2026-03-11T10:00", subject=subject)
    heard("2026-04-01T00:00", plays[0]).did("classify", "salesperson", "2026-04-01T09:00", subject="product_quality")
    found = figures(plays[0], "classified_total", "2026-03", "2026-04-02T12:00")
    assert found == {("product_quality",): (4,), ("technical_service",): (3,), ("work_attitude",): (2,)}
    assert clause in shipped(PACK).file.report["classified_total"].clause


@for_clause("PS-3.2", "PS-5.3a")
def test_the_salesperson_hands_the_total_to_the_head(clause: str) -> None:
    play = month()
    assert play.do("total", "purchasing", "2026-03-25T10:00", **TOTAL) == "wrong_role"
    assert play.do("total", "salesperson", "2026-03-25T10:00") == "fields_wrong"
    play.did("total", "salesperson", "2026-03-25T10:00", **TOTAL)
    assert (told(play), play.state.stage) == (["purchasing_head"], "analysing")
    assert play.cites(clause, "moved", "step.total")


@for_clause("PS-3.2")
def test_only_the_salesperson_classifies(clause: str) -> None:
    play = heard()
    assert play.do("classify", "purchasing", "2026-03-11T10:00", subject="work_attitude") == "wrong_role"
    play.did("classify", "salesperson", "2026-03-11T10:00", subject="work_attitude")
    assert play.cites(clause, "moved", "step.classify")


@for_clause("PS-3.3")
@pytest.mark.parametrize("department", DEPARTMENTS)
def test_the_head_tells_the_general_manager_and_the_departments_concerned(clause: str, department: str) -> None:
    play = analysed()
    assert play.do("route", "purchasing", "2026-03-27T10:00", concerned=[department]) == "wrong_role"
    assert play.do("route", "purchasing_head", "2026-03-27T10:00") == "fields_wrong"
    assert clause in play.refused_by()
    play = routed(department)
    assert told(play) == sorted(["purchasing_head", "general_manager", department])
    assert told(routed(*DEPARTMENTS)) == sorted(["purchasing_head", "general_manager", *DEPARTMENTS])
    assert play.cites(clause, "notified")


@for_clause("PS-5.3a", "PS-5.6a")
def test_a_month_comes_by_itself_and_only_once(clause: str) -> None:
    plays = cycled(PACK, "month", "2026-03-02T09:00", "2026-06-01T00:00")
    assert [play.state.fields.get("period") for play in plays] == ["2026-04", "2026-05", "2026-06"]
    assert plays[0].cites(clause, "opened")
    play = month()
    assert play.beside().open("month", "purchasing", "2026-03-05T09:00", period="2026-03") == "already_open"


@for_clause("PS-5.3a")
@around_the_limit("2026-03-31T24:00", "2026-04-01T00:00:01")
def test_a_total_is_on_time_until_the_month_ends(clause: str, at: str, status: str) -> None:
    play = month().until("2026-03-31T23:00").did("total", "salesperson", at, **TOTAL)
    assert play.status("total") == status
    assert play.cites(clause, "clock_started", "clock.total")


@for_clause("PS-5.6a", "house-2")
def test_a_month_that_is_left_alone_climbs(clause: str) -> None:
    play = month("2026-04-01T00:00").until("2026-05-08T24:00")
    assert (play.due("total"), play.due("feedback")) == ("2026-05-01T00:00:00", "2026-05-01T00:00:00")
    lines = [
        ("2026-04-25T00:00:00", "purchasing_head", "purchasing_head"),
        ("2026-05-01T00:00:01", "salesperson purchasing_head", "purchasing purchasing_head"),
        ("2026-05-07T00:00:00", "general_manager", "general_manager"),
    ]
    assert play.told() == [each for at, total, back in lines for each in ((at, "feedback", back), (at, "total", total))]
    assert play.cites("house-2", "escalated")
    assert play.cites("PS-5.6a", "clock_missed", "clock.feedback")
    assert clause in ("PS-5.6a", "house-2")


@for_clause("PS-5.6a")
@around_the_limit("2026-03-31T24:00", "2026-04-01T00:00:01")
def test_feedback_is_on_time_until_the_month_ends(clause: str, at: str, status: str) -> None:
    play = routed("production").until("2026-03-31T23:00").did("feed_back", "purchasing", at, **FEEDBACK)
    assert play.status("feedback") == status
    assert play.cites(clause, "clock_started", "clock.feedback")


@for_clause("PS-5.6a")
def test_feedback_goes_out_in_writing_to_every_department(clause: str) -> None:
    play = routed("production")
    before = len(play.messages)
    assert play.do("feed_back", "purchasing_head", "2026-03-30T10:00", **FEEDBACK) == "wrong_role"
    play.did("feed_back", "purchasing", "2026-03-30T10:00", **FEEDBACK)
    assert sorted(message["to"] for message in play.messages[before:]) == sorted(DEPARTMENTS)
    notice = next(row for row in shipped(PACK).file.notice if row.by)
    assert (notice.by, clause in notice.clause) == ("in_writing", True)


@for_clause("PS-5.3b", "PS-5.3c")
@pytest.mark.parametrize(
    ("found", "code"),
    [
        ({"tables": "0", "charts": "0"}, "gate_closed"),
        ({"tables": "1", "charts": "0"}, ""),
        ({"tables": "0", "charts": "1"}, ""),
        ({"tables": "2", "charts": "2"}, ""),
        ({"tables": "0", "charts": "0", "other_technique": "因果图"}, ""),
    ],
)
def test_a_report_has_a_table_a_chart_or_another_technique(clause: str, found: dict[str, str], code: str) -> None:
    play = totalled()
    assert play.do("analyse", "purchasing", "2026-03-26T10:00", **(ANALYSIS | found)) == code
    assert play.refused("gate_closed", "PS-5.3c") is bool(code)
    assert code or play.cites("PS-5.3b", "moved", "step.analyse")
    assert clause in shipped(PACK).file.form["analysis"].clause


@for_clause("PS-5.3b", "PS-5.3c")
@pytest.mark.parametrize("field", sorted(ANALYSIS))
def test_a_report_lacks_nothing(clause: str, field: str) -> None:
    play = totalled()
    rest = {name: value for name, value in ANALYSIS.items() if name != field}
    assert play.do("analyse", "purchasing", "2026-03-26T10:00", **rest) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({field}, True)
    assert play.do("analyse", "purchasing", "2026-03-26T10:00", **(ANALYSIS | {"tables": "-1"})) == "fields_wrong"
    assert play.do("analyse", "purchasing", "2026-03-26T10:00", **(ANALYSIS | {"charts": "-1"})) == "fields_wrong"
    assert play.do("analyse", "purchasing_head", "2026-03-26T10:00", **ANALYSIS) == "wrong_role"


@for_clause("PS-5.6b")
def test_special_information_goes_out_at_once(clause: str) -> None:
    play = heard(special=True)
    assert told(play) == sorted(DEPARTMENTS)
    assert play.of("notified")[0].at == play.state.opened_at
    assert play.cites(clause, "notified")
    assert told(heard()) == []


@for_clause("PS-5.7")
def test_each_department_answers_for_itself(clause: str) -> None:
    play = fed_back()
    assert play.do("close_month", "purchasing", "2026-04-10T10:00") == "gate_closed"
    assert play.refused_by() == (clause,)
    measure = {"procedure": "corrective", "measure": "加厚包装"}
    assert play.do("task.improvement", "head_a", "2026-04-10T10:00", measure="m") == "fields_wrong"
    play.did("task.improvement", "head_a", "2026-04-10T10:00", **measure)
    assert play.do("close_month", "purchasing", "2026-04-10T11:00") == "gate_closed"
    assert play.do("task.improvement", "head_a", "2026-04-10T11:00", **measure) != ""
    play.did("task.improvement", "head_b", "2026-04-11T10:00", **(measure | {"procedure": "preventive"}))
    assert play.did("close_month", "purchasing", "2026-04-11T11:00").state.closed
    assert play.cites(clause, "task_done", "task.improvement")


@for_clause("PS-6.1")
def test_the_two_procedures_are_referred_to(clause: str) -> None:
    file = shipped(PACK).file
    procedure = file.form["improvement"].field("procedure")
    assert procedure is not None
    assert all(file.labels[each].zh.startswith("Q/BFB") for each in procedure.choices)
    assert clause in file.form["improvement"].clause


@for_clause("PS-6.1", "PS-5.6a", "PS-5.3b")
@pytest.mark.parametrize("form", ["survey_form", "analysis", "feedback"])
def test_the_papers_of_the_procedure_are_printed(clause: str, form: str) -> None:
    assert shipped(PACK).file.form[form].prints
    assert clause in shipped(PACK).file.clause


@for_clause("PS-7.1")
def test_three_people_sign_before_an_edition_is_published(clause: str) -> None:
    file = shipped(PACK).file
    assert file.signatures == ("preparer", "reviewer", "approver")
    assert all(clause in file.role[name].clause for name in file.signatures)
