"""The dispatch desk: call-back, summary, filing, the records of the month, DC-7.1 to DC-A2.1, and the ladders."""

from typing import Any

import pytest

from tests.rules.packs.dispatch_complaint_resolution.stories import (
    CALL,
    HEAD,
    PACK,
    RESOLUTION,
    SIGNED,
    acted,
    archived,
    forwarded,
    planned,
    registered,
    resolved,
    settled_at_once,
)
from tests.rules.packs.overview import cycled, figures, made
from tests.rules.packs.playing import Play, around_the_limit, for_clause, shipped

pytestmark = pytest.mark.pure


@for_clause("DC-7.1", "house-5")
def test_the_records_of_seventeen_complaints_go_out_on_the_first(clause: str) -> None:
    play = Play(PACK)
    for number in range(17):
        play = registered(play.beside(), f"2026-03-{number + 2:02}T10:00")
    registered(play.beside(), "2026-04-01T09:00")
    assert made(play, "month_records", "2026-03", "2026-04-01T10:00").rows == 17
    opened = cycled(PACK, "month_records", "2026-03-15T00:00", "2026-05-15T00:00")
    assert [each.due("month_records") for each in opened] == ["2026-04-02T00:00:00", "2026-05-02T00:00:00"]
    records = {"records": {"name": "records.csv", "size": 9, "sha256": "a" * 64}, "rows_sent": 17}
    month = opened[0]
    assert month.do("send_records", "receiver", "2026-04-01T12:00", **records) == "wrong_role"
    month.did("send_records", "dispatcher", "2026-04-01T12:00", **records)
    assert (month.state.closed, month.status("month_records")) == (True, "met")
    assert [message["to"] for message in month.messages] == ["operations_service"]
    file = shipped(PACK).file
    assert clause in (*file.report["month_records"].clause, *file.clock["month_records"].clause)
    assert month.cites("DC-7.1", "moved", "step.send_records")


@for_clause("house-5")
@around_the_limit("2026-04-01T24:00", "2026-04-02T00:00:01")
def test_the_records_are_late_on_the_second(clause: str, at: str, status: str) -> None:
    month = cycled(PACK, "month_records", "2026-03-15T00:00", "2026-04-15T00:00")[0].until(at)
    records = {"records": {"name": "records.csv", "size": 9, "sha256": "a" * 64}, "rows_sent": 0}
    month.did("send_records", "dispatcher", at, **records)
    assert month.status("month_records") == status
    assert month.cites(clause, "clock_started", "clock.month_records")


@for_clause("DC-8.1")
def test_the_month_shows_how_polite_each_receiver_was(clause: str) -> None:
    play = Play(PACK)
    for number in range(20):
        play = resolved(play=play.beside(), receiver_name="worker_b")
        play.did("revisit", "dispatcher", "2026-03-04T10:00", **(CALL | {"polite": number >= 2}))
    assert figures(play, "conduct", "2026-03", "2026-04-01T00:00") == {("worker_b",): (20, 2)}
    assert clause in shipped(PACK).file.report["conduct"].clause


@for_clause("DC-8.1")
def test_the_customer_is_asked_about_courtesy(clause: str) -> None:
    play = resolved()
    assert play.do("revisit", "dispatcher", "2026-03-04T10:00", **(CALL | {"polite": ""})) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({"polite"}, True)


@for_clause("DC-18.1")
@pytest.mark.parametrize(
    ("at", "status"),
    [
        ("2026-03-02T19:00:00", "running"),
        ("2026-03-02T23:59:59", "running"),
        ("2026-03-02T24:00", "met"),
        ("2026-03-05T24:00", "met"),
        ("2026-03-06T00:00:01", "missed"),
    ],
)
def test_the_call_comes_in_working_days_one_to_three(clause: str, at: str, status: str) -> None:
    play = resolved()
    assert play.due("revisit") == "2026-03-06T00:00:00"
    assert play.do("revisit", HEAD, "2026-03-02T19:00", **CALL) == "wrong_role"
    play.until(at).did("revisit", "dispatcher", at, **CALL)
    assert play.status("revisit") == status
    code = play.do("summarise", "dispatcher", at, summary="s")
    assert code == ("gate_closed" if status == "running" else "")
    assert play.refused("gate_closed", clause) is (status == "running")
    assert play.cites(clause, "clock_started", "clock.revisit")


@for_clause("DC-18.1")
def test_rest_days_do_not_count_and_without_a_call_nothing_goes_on(clause: str) -> None:
    play = acted()
    play.did("resolve", HEAD, "2026-05-08T18:00", **RESOLUTION)
    assert play.due("revisit") == "2026-05-13T00:00:00"
    assert play.until("2026-06-01T00:00").status("revisit") == "missed"
    assert play.do("summarise", "dispatcher", "2026-06-01T09:00", summary="s") == "gate_closed"
    assert play.refused("gate_closed", clause)


@for_clause("house-2")
def test_who_is_not_content_is_handled_anew_with_new_clocks(clause: str) -> None:
    play = resolved()
    assert play.do("reopen", "dispatcher", "2026-03-04T09:00") == "gate_closed"
    play.did("revisit", "dispatcher", "2026-03-04T10:00", **(CALL | {"satisfied": False}))
    assert play.do("summarise", "dispatcher", "2026-03-04T10:30", summary="s") == "gate_closed"
    assert play.refused("gate_closed", clause)
    play.did("reopen", "dispatcher", "2026-03-04T11:00")
    assert (play.state.stage, play.due("contact"), play.due("settling")) == (
        "department",
        "2026-03-05T11:00:00",
        "2026-03-05T11:00:00",
    )
    play.did("declare_special", HEAD, "2026-03-04T12:00", special=True, special_reason="r")
    assert (play.due("special"), play.due("progress")) == ("2026-03-10T00:00:00", "2026-03-05T11:00:00")
    play.did("inform", HEAD, "2026-03-04T13:00", informed_at="2026-03-04T13:00", informed_what="w")
    for number in ("1", "2"):
        play.did("task.action", HEAD, "2026-03-04T14:00", each=number, evidence="e", action_on="2026-03-04")
    play.did("resolve", HEAD, "2026-03-04T15:00", **RESOLUTION)
    assert (play.status("revisit"), play.due("revisit")) == ("running", "2026-03-10T00:00:00")
    assert play.do("reopen", "dispatcher", "2026-03-05T09:00") == "gate_closed"
    assert play.cites(clause, "moved", "step.reopen")


@for_clause("house-2")
def test_who_is_content_is_not_handled_anew(clause: str) -> None:
    play = resolved().did("revisit", "dispatcher", "2026-03-04T10:00", **CALL)
    assert play.do("reopen", "dispatcher", "2026-03-04T11:00") == "gate_closed"
    assert play.refused("gate_closed", clause)


@for_clause("DC-A1.9")
def test_it_is_summed_up_before_it_is_filed(clause: str) -> None:
    play = resolved().did("revisit", "dispatcher", "2026-03-04T10:00", **CALL)
    assert play.do("archive", "dispatcher", "2026-03-04T11:00", **SIGNED) == "step_not_open"
    assert play.do("summarise", "dispatcher", "2026-03-04T11:00", summary="") == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({"summary"}, True)
    play.did("summarise", "dispatcher", "2026-03-04T11:00", summary="加强复核")


ITEMS: dict[str, Any] = {
    "verification": "不需核实",
    "opinion": "已解释",
    "result": "客户满意",
    "handled_by": "receiver",
    "supervisor": "supervising_leader",
}


@for_clause("DC-12.4a", "DC-A2.1")
@pytest.mark.parametrize("missing", list(ITEMS))
def test_every_item_is_complete_before_it_is_filed(clause: str, missing: str) -> None:
    play = settled_at_once().did("revisit", "dispatcher", "2026-03-04T10:00", **CALL)
    play.did("summarise", "dispatcher", "2026-03-04T11:00", summary="s")
    left = {name: value for name, value in ITEMS.items() if name != missing}
    assert play.do("archive", "dispatcher", "2026-03-05T09:00", **left) == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({missing}, True)
    assert play.did("archive", "dispatcher", "2026-03-05T09:00", **ITEMS).state.stage == "archived"


TWELVE = [
    "number",
    "customer_name",
    "complained_on",
    "building_unit",
    "phone_number",
    "content",
    "verification",
    "opinion",
    "result",
    "revisit_note",
    "handled_by",
    "supervisor",
]


@for_clause("DC-A1.10", "DC-A2.1")
def test_the_form_that_is_filed_has_twelve_fields_in_order(clause: str) -> None:
    play = archived()
    file = shipped(PACK).file
    form = file.form["registration"]
    assert (form.prints, ["number", *(field.name for field in form.fields)]) == (True, TWELVE)
    assert list(file.report["registration"].columns) == TWELVE
    assert made(play, "registration", "2026-03", "2026-03-05T08:00").rows == 0
    assert made(play, "registration", "2026-03", "2026-03-05T09:00").rows == 1
    assert play.cites(clause, "filled", "form.registration")
    assert (play.state.stage, play.state.closed) == ("archived", True)


@for_clause("DC-12.4b")
def test_two_documents_are_kept_with_sort_date_and_checksum(clause: str) -> None:
    play, note = resolved(), {"name": "note.jpg", "size": 9, "sha256": "a" * 64}
    play.did(
        "attach", "dispatcher", "2026-03-03T09:00", document=note, medium="handwritten", document_date="2026-03-02"
    )
    mail = {"name": "mail.eml", "size": 9, "sha256": "b" * 64}
    play.did("attach", "receiver", "2026-03-03T09:10", document=mail, medium="electronic", document_date="2026-03-03")
    copies = [copy.values for copy in play.filled if copy.form == "document"]
    assert [(each["medium"], each["document"]["sha256"]) for each in copies] == [
        ("handwritten", "a" * 64),
        ("electronic", "b" * 64),
    ]
    assert play.do("attach", "receiver", "2026-03-03T10:00", document=mail, medium="electronic") == "fields_wrong"
    assert (play.missing(), clause in play.refused_by()) == ({"document_date"}, True)


@for_clause("house-1")
def test_who_hears_of_a_complaint_that_lies_with_the_department(clause: str) -> None:
    play = forwarded().until("2026-06-30T24:00")
    late = "2026-03-03T10:30:01"
    assert play.told() == [
        ("2026-03-03T05:42:00", "contact", HEAD),
        ("2026-03-03T05:42:00", "settling", HEAD),
        (late, "contact", f"{HEAD} line_leader"),
        (late, "settling", f"{HEAD} line_leader"),
        ("2026-03-05T00:00:00", "contact", "deputy_gm"),
        ("2026-03-05T00:00:00", "settling", "deputy_gm"),
    ]
    assert set(play.state.raised) == {"line_leader", "deputy_gm"}
    assert play.cites(clause, "escalated")


@for_clause("house-1")
def test_who_hears_of_special_circumstances_and_of_a_call_that_is_not_made(clause: str) -> None:
    play = forwarded().did("contact", HEAD, "2026-03-02T11:00", contacted_how="c")
    play.did("declare_special", HEAD, "2026-03-02T12:00", special=True, special_reason="r").until("2026-06-30T24:00")
    told = [line for line in play.told() if line[1] == "special"]
    assert told[1:] == [
        ("2026-03-06T00:00:01", "special", f"{HEAD} deputy_gm"),
        ("2026-03-07T00:00:00", "special", "general_manager"),
    ]
    assert set(play.state.raised) == {"deputy_gm", "general_manager"}
    play = resolved().until("2026-06-30T24:00")
    told = [line for line in play.told() if line[1] == "revisit"]
    assert told[1:] == [("2026-03-06T00:00:01", "revisit", "dispatcher head_of_dispatcher")]
    assert play.state.raised == ("head_of_holder",)
    assert clause in shipped(PACK).file.ladder["special"].clause


@for_clause("house-7")
def test_the_supervising_leader_is_reminded_every_four_working_hours(clause: str) -> None:
    play = planned(harms_image=True).did("submit_plan", HEAD, "2026-03-02T15:10").until("2026-06-30T24:00")
    told = [line for line in play.told() if line[1] == "instruction"]
    assert told == [
        ("2026-03-03T10:10:01", "instruction", "supervising_leader"),
        ("2026-03-03T15:40:00", "instruction", "supervising_leader"),
        ("2026-03-04T10:40:00", "instruction", "supervising_leader"),
    ]
    assert play.cites(clause, "clock_started", "clock.instruction")
    assert play.fact("consequence.late_points.times") == 1
