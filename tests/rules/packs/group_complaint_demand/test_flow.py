"""The group's rule: people, flow, kinds, forms, archive. Acceptance examples of its clauses."""

from typing import Any

import pytest

from tests.rules.packs.group_complaint_demand.stories import DEMAND, GROUP, REGISTER, accepted, answered, heard
from tests.rules.packs.playing import Play, done, for_clause, shipped, shown

pytestmark = pytest.mark.pure

ANALYSIS = {"cause_found": "c", "prevention": "p"}
HOUSEHOLD = {"household": "3-1201"}


@for_clause("GD-1.1", "GD-6.1", "GD-6.2")
def test_two_kinds_of_case_exist_with_flows_of_their_own(clause: str) -> None:
    pack = shipped(GROUP)
    assert set(pack.file.kind) == {"complaint", "demand", "statistic", "quarter_analysis"}
    complaint, demand = (set(pack.machines[kind].open_steps) for kind in ("complaint", "demand"))
    assert complaint - demand == {"escalated", "planning", "review", "execution"}
    assert demand < complaint
    cited = {name for kind in pack.file.kind.values() for name in kind.clause}
    assert clause in cited or pack.file.clause[clause].nothing_to_encode


@for_clause("GD-6.1", "GD-6.2")
def test_each_kind_runs_its_own_flow(clause: str) -> None:
    kind, other = ("complaint", "demand") if clause == "GD-6.1" else ("demand", "complaint")
    play = heard(kind)
    assert play.do(f"accept_{other}", "ofra", "2026-03-02T10:00", **DEMAND) == "step_not_open"
    assert play.cites(clause, "opened")


@for_clause("GD-3.1.1")
@pytest.mark.parametrize("story", [lambda: heard("demand"), accepted, answered])
def test_the_quality_centre_sees_every_case_and_files_notes_on_it(clause: str, story: Any) -> None:
    play = story()
    stage = play.state.stage
    assert play.do("note", "pia", "2026-03-04T09:00", note="n") == "wrong_role"
    for minute in range(2):
        done(play.do("note", "quan", f"2026-03-04T09:0{minute}", note="n"), play)
    assert play.state.copies["note"] == 2
    assert play.state.stage == stage
    assert "quality_centre" in play.pack.file.kind["complaint"].seen_by
    assert play.cites(clause, "moved", "step.note")


@for_clause("GD-3.2.1")
def test_the_project_centre_stores_findings_against_an_office(clause: str) -> None:
    play = accepted()
    finding = {"audited_office": "north_office", "audit_finding": "f"}
    assert play.do("audit", "quan", "2026-03-04T09:00", **finding) == "wrong_role"
    done(play.do("audit", "pia", "2026-03-04T09:00", **finding), play)
    assert play.state.copies["audit"] == 1
    assert play.cites(clause, "filled", "form.audit")


@for_clause("GD-3.3.1")
def test_a_case_closes_with_intake_handling_and_revisit_on_record_and_not_without(clause: str) -> None:
    play = answered()
    done(play.do("analyse", "ofra", "2026-03-04T08:00", **ANALYSIS), play)
    assert play.do("archive", "ofra", "2026-03-04T08:30", **HOUSEHOLD) == "gate_closed"
    assert clause in play.refused_by()
    done(play.do("task.revisit", "ofra", "2026-03-04T09:00", verification="verified"), play)
    done(play.do("archive", "ofra", "2026-03-04T10:00", **HOUSEHOLD), play)
    assert play.state.closed
    assert {"accept_complaint", "dispatch", "handle"} <= set(play.state.steps)


@for_clause("GD-3.3.1")
def test_handling_without_dispatch_is_enough(clause: str) -> None:
    play = accepted("demand")
    done(play.do("handle", "ofra", "2026-03-03T09:00", result="r"), play)
    done(play.do("reply", "ofra", "2026-03-03T10:00", reply="r", replied_by="phone"), play)
    done(play.do("task.revisit", "ofra", "2026-03-04T09:00", verification="verified"), play)
    done(play.do("analyse", "ofra", "2026-03-04T10:00", **ANALYSIS), play)
    done(play.do("archive", "ofra", "2026-03-04T11:00", **HOUSEHOLD), play)
    assert play.cites(clause, "moved", "step.handle")


@for_clause("GD-3.3.1")
@pytest.mark.parametrize("step", ["dispatch", "handle", "reply", "analyse", "archive"])
def test_only_the_office_does_the_work(clause: str, step: str) -> None:
    assert shipped(GROUP).file.step[step].by == ("office",)
    assert heard("complaint").do("accept_complaint", "emil", "2026-03-02T10:00", **REGISTER) == "wrong_role"
    assert clause in shipped(GROUP).file.role["office"].clause


@for_clause("GD-3.4")
def test_a_gardener_hears_a_complaint_and_passes_it_on(clause: str) -> None:
    play = Play(GROUP)
    fields = {"source": "employee", "what": "w"}
    assert play.open("complaint", "emil", "2026-03-02T08:30", **fields) == "fields_wrong"
    assert play.missing() == {"heard_at"}
    assert clause in play.refused_by()
    play = heard("complaint", "2026-03-02T08:30", source="employee", heard_at="2026-03-02T08:00")
    assert play.status("passing_on") == "running"
    done(play.do("accept_complaint", "ofra", "2026-03-02T09:00", **REGISTER), play)
    met = play.of("clock_met", "clock.passing_on")[0]
    assert met.data["spent"] == 3600
    assert met.data["due"] is None


@for_clause("GD-3.4")
def test_passing_on_is_never_late(clause: str) -> None:
    play = heard("demand", "2026-03-02T08:30", source="employee", heard_at="2026-03-02T08:00")
    play.until("2026-06-01T00:00")
    assert play.status("passing_on") == "running"
    assert play.cites(clause, "clock_started", "clock.passing_on")


@for_clause("GD-4.1.1a", "GD-6.5")
@pytest.mark.parametrize("field", sorted(REGISTER))
def test_a_complaint_is_accepted_with_its_register_filled(clause: str, field: str) -> None:
    play = heard("complaint")
    fields = {name: value for name, value in REGISTER.items() if name != field}
    assert play.do("accept_complaint", "ofra", "2026-03-02T10:00", **fields) == "fields_wrong"
    assert play.missing() == {field}
    assert clause in play.refused_by()


@for_clause("GD-4.1.1a")
@pytest.mark.parametrize(
    ("cause", "code"), [("quality", ""), ("process", ""), ("complaint_handling", ""), ("weather", "fields_wrong")]
)
def test_a_valid_complaint_has_one_of_three_causes(clause: str, cause: str, code: str) -> None:
    play = heard("complaint")
    assert play.do("accept_complaint", "ofra", "2026-03-02T10:00", **(REGISTER | {"cause": cause})) == code
    assert play.cites(clause, "refused" if code else "filled")


@for_clause("GD-6.4", "GD-6.5")
def test_accepting_fills_exactly_one_form(clause: str) -> None:
    kind, form = ("demand", "demand_handling") if clause == "GD-6.4" else ("complaint", "complaint_register")
    play = accepted(kind)
    assert play.state.copies[form] == 1
    assert play.do(f"accept_{kind}", "ofra", "2026-03-02T11:00", **DEMAND) == "step_not_open"
    assert play.pack.file.form[form].prints
    assert play.cites(clause, "filled", f"form.{form}")


@for_clause("GD-4.1.1b")
@pytest.mark.parametrize("field", sorted(DEMAND))
def test_a_demand_says_service_and_sort(clause: str, field: str) -> None:
    play = heard("demand")
    fields = {name: value for name, value in DEMAND.items() if name != field}
    assert play.do("accept_demand", "ofra", "2026-03-02T10:00", **fields) == "fields_wrong"
    assert play.missing() == {field}
    assert clause in play.refused_by()


@for_clause("GD-4.1.1b")
def test_paid_window_cleaning_is_a_demand_for_a_specially_agreed_service(clause: str) -> None:
    play = accepted("demand", service="special", demand_sort="need", demand_subject="cleaning")
    assert (play.state.kind, play.state.classes["demand_subject"]) == ("demand", "cleaning")
    assert play.of("filled", "form.demand_handling")[0].data["values"]["service"] == "special"
    assert play.cites(clause, "moved", "step.accept_demand")


@for_clause("GD-4.1.1c")
def test_a_builders_defect_is_a_demand_of_the_development_arm_with_five_working_days(clause: str) -> None:
    play = heard("demand")
    outside = DEMAND | {"demand_sort": "outside"}
    assert play.do("accept_demand", "ofra", "2026-03-02T10:00", **outside) == "fields_wrong"
    assert play.missing() == {"outside_reason"}
    done(play.do("accept_demand", "ofra", "2026-03-02T10:00", **outside, outside_reason="development_arm"), play)
    assert play.due("demand_handling") == "2026-03-07T00:00:00"
    assert play.cites(clause, "filled", "form.demand_handling")


@for_clause("GD-4.1.1c", "house-1")
@pytest.mark.parametrize("kind", ["complaint", "demand"])
def test_what_turns_out_to_be_of_the_other_kind_keeps_the_day_of_acceptance(clause: str, kind: str) -> None:
    other, clock = ("demand", "demand_handling") if kind == "complaint" else ("complaint", "handling")
    first = accepted(kind)
    done(first.do(f"to_{other}", "ofra", "2026-03-05T09:00", rekinded_why="w"), first)
    assert (first.state.stage, first.state.closed, len(first.openings)) == ("rekinded", True, 1)
    second = Play(GROUP, case_id="case-2")
    done(second.opened_by(first.openings[0], "2026-03-05T09:00"), second)
    form = DEMAND if other == "demand" else REGISTER
    done(second.do(f"accept_{other}", "ofra", "2026-03-05T10:00", **form), second)
    assert second.due(clock) == "2026-03-07T00:00:00"
    assert shown(second.state.clocks[clock].started) == "2026-03-02T10:00:00"
    assert second.state.fields["source"] == "customer"
    assert clause == "house-1" or first.cites(clause, "linked", f"link.becomes_{other}")


def test_the_group_has_44_clauses_of_law() -> None:
    law = [name for name, row in shipped(GROUP).file.clause.items() if not row.house]
    assert len(law) == 44


@for_clause("GD-4.5", "GD-6.8")
def test_a_lost_text_that_nothing_fills_is_warned_of(clause: str) -> None:
    assert any(warning.startswith(f"clause.{clause}:") for warning in shipped(GROUP).warnings)
    assert len(shipped(GROUP).warnings) == 2
