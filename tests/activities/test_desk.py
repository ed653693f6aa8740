import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from temporalio.exceptions import ApplicationError

from activities.drivers.ledger import Ledger
from activities.drivers.outbox import Outbox
from activities.drivers.reading import CaseFilter, Reading
from activities.requests import HandleResult
from tests.activities.office import MORNING, Office
from tests.rules.corner_shop import local

pytestmark = pytest.mark.offline


def test_an_opening_gets_the_first_number_of_its_pack_and_year(office: Office, reading: Reading) -> None:
    result = office.open()

    assert result.number == "CS-2026-000001"
    assert [entry.seq for entry in result.entries] == list(range(1, len(result.entries) + 1))
    assert (result.first, result.last) == (1, len(result.entries))
    case = reading.case("CS-2026-000001")
    assert case is not None
    assert (case.id, case.stage, case.standing, case.owner, case.closed) == (
        "case-1",
        "received",
        "open",
        "clerk",
        False,
    )
    assert reading.entries("case-1") == list(result.entries)
    assert reading.case("CS-2026-000009") is None


def test_the_year_of_a_number_is_that_of_the_packs_zone(office: Office) -> None:
    assert office.open("late", "2026-12-31T23:59").number == "CS-2026-000001"
    assert office.open("new year", "2027-01-01T00:00").number == "CS-2027-000001"


def test_a_refused_opening_takes_no_number(office: Office, reading: Reading) -> None:
    refused = office.open("bad", topic="weather")
    opened = office.open("good")

    assert refused.refusal is not None
    assert (refused.number, refused.face.closed) == ("", True)
    assert opened.number == "CS-2026-000001"
    assert [case.id for case in reading.cases()] == ["good"]
    decided = reading.decision("bad", "open bad")
    assert decided is not None
    assert decided.refusal == refused.refusal


def test_the_same_command_twice_is_decided_once(office: Office, reading: Reading) -> None:
    office.open()
    first = office.accept()
    waiting = Outbox(office.ledger).waiting()
    again = office.ask("step.accept", "clerk", "2026-03-02T10:00", seq=first.first - 1, handled_by="handler")

    assert again == first
    assert len(reading.entries("case-1")) == first.last
    assert len(reading.decisions("case-1")) == 2
    assert Outbox(office.ledger).waiting() == waiting


def test_a_repeated_opening_keeps_its_number_and_takes_no_other(office: Office) -> None:
    assert office.open() == office.ask("open", "clerk", MORNING, seq=0, command_id="open case-1", topic="service")
    assert office.open("case-2").number == "CS-2026-000002"


def test_the_same_id_with_other_content_is_told_by_the_digest(office: Office) -> None:
    office.open()
    first = office.ask("step.note", "clerk", "2026-03-02T10:00", command_id="n1", noted="one")
    other = office.ask("step.note", "clerk", "2026-03-02T10:01", command_id="n1", noted="two")
    fresh = office.ask("step.note", "clerk", "2026-03-02T10:01", command_id="n2", noted="two")

    assert other.digest == first.digest
    assert other.digest != fresh.digest


def test_a_refusal_is_answered_the_same_for_ever(office: Office, reading: Reading) -> None:
    opened = office.open()
    refused = office.ask("step.reply", "handler", "2026-03-02T10:00")
    again = office.ask("step.reply", "handler", "2026-03-02T10:00", seq=opened.face.seq)

    assert refused.refusal is not None
    assert again == refused
    assert [entry.event for entry in refused.entries] == ["refused"]
    case = reading.case("case-1")
    assert case is not None
    assert (case.stage, case.seq) == ("received", refused.face.seq)


def test_a_workflow_that_is_behind_gets_every_entry_it_has_missed(office: Office) -> None:
    office.open()
    accepted = office.accept()
    noted = office.ask("step.note", "clerk", "2026-03-02T11:00", seq=0, noted="x")

    assert [entry.seq for entry in noted.entries] == list(range(1, noted.face.seq + 1))
    assert noted.first == accepted.last + 1


def test_a_ledger_that_is_behind_refuses_and_says_what_cures_it(office: Office, reading: Reading) -> None:
    office.open()
    with pytest.raises(ApplicationError, match="ledger rebuild") as told:
        office.ask("step.accept", "clerk", "2026-03-02T10:00", seq=99, handled_by="handler")

    assert (told.value.type, told.value.non_retryable) == ("LedgerBehind", False)
    assert len(reading.decisions("case-1")) == 1


def test_a_missing_edition_is_waited_for_and_written_nowhere(office: Office, reading: Reading) -> None:
    office.open()
    office.shelf.hidden = True
    with pytest.raises(ApplicationError, match=r"corner-shop\.1") as told:
        office.accept()
    office.shelf.hidden = False

    assert (told.value.type, told.value.non_retryable) == ("EditionMissing", False)
    assert office.accept().refusal is None
    assert len(reading.decisions("case-1")) == 2


def test_a_command_to_a_case_that_was_never_opened_fails_for_good(office: Office) -> None:
    with pytest.raises(ApplicationError, match="never opened") as told:
        office.accept("nowhere")
    assert (told.value.type, told.value.non_retryable) == ("CaseMissing", True)


def test_two_arrivals_at_once_are_decided_one_after_the_other(office: Office, reading: Reading) -> None:
    office.open()
    together = threading.Barrier(2, timeout=10)

    def note(number: int) -> HandleResult:
        together.wait()
        return office.ask("step.note", "clerk", f"2026-03-02T10:0{number}", command_id=f"n{number}", noted=str(number))

    with ThreadPoolExecutor(2) as threads:
        one, two = threads.map(note, (1, 2))

    assert one.refusal is two.refusal is None
    assert {one.first, two.first} == {min(one.first, two.first), min(one.last, two.last) + 1}
    assert [entry.seq for entry in reading.entries("case-1")] == list(range(1, max(one.last, two.last) + 1))


def test_many_openings_at_once_are_numbered_without_a_gap(office: Office) -> None:
    with ThreadPoolExecutor(4) as threads:
        opened = threads.map(lambda number: office.open(f"case-{number}"), range(12))
    assert sorted(each.number for each in opened) == [f"CS-2026-{number:06}" for number in range(1, 13)]


def test_another_case_is_found_by_its_number_when_a_link_names_it(office: Office) -> None:
    earlier = office.open("earlier")
    later = office.open("later", earlier=earlier.number)

    assert later.refusal is None
    assert "linked" in [entry.event for entry in later.entries]
    assert office.open("lost", earlier="CS-2026-999999").refusal is not None


def test_rungs_that_fell_due_are_climbed_first_and_their_messages_wait_in_the_outbox(
    office: Office, ledger: Ledger
) -> None:
    office.open()
    office.accept()
    rung = office.ring("2026-03-09T12:00")

    assert [entry.event for entry in rung.entries].count("escalated") >= 2
    leased = Outbox(ledger).lease(local(MORNING), "w", 20, 60)
    rungs = [errand.data for errand in leased if errand.data.get("template") == "rung"]
    assert rungs
    assert {errand["number"] for errand in rungs} == {"CS-2026-000001"}


def test_cases_are_found_by_what_rules_read_and_by_their_due(office: Office, reading: Reading) -> None:
    office.open("goods")
    office.open("service", topic="service")
    office.accept("service")

    by_topic = reading.cases(CaseFilter(fields=(("topic", '"service"'),)))
    assert [case.id for case in by_topic] == ["service"]
    due = by_topic[0].next_due
    assert due is not None
    assert reading.cases(CaseFilter(due_before=due)) == []
    assert [case.id for case in reading.cases(CaseFilter(due_before=due + timedelta(seconds=1)))] == ["service"]
    assert [case.id for case in reading.cases(CaseFilter(stage="received", closed=False))] == ["goods"]


def test_personal_values_stand_apart_from_entries_and_state(office: Office, reading: Reading) -> None:
    result = office.open(customer="  李先生 ")

    [kept] = reading.personal("case-1")
    assert (kept.field, kept.value) == ("customer", "李先生")
    assert "李先生" not in repr(result)
    assert "李先生" not in repr(reading.case("case-1"))
    [copy] = reading.copies("case-1")
    assert copy.personal == ("customer",)
    assert copy.values["topic"] == "goods"
    assert copy.values["said"] == "坏了"
