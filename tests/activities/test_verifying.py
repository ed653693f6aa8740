import json
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text

from activities.drivers.erasing import erase
from activities.drivers.ledger import Ledger
from activities.drivers.outbox import Delivery, Outbox
from activities.drivers.reading import Reading
from activities.exporting import export
from activities.verifying import Fault, verify
from tests.activities.office import Office

pytestmark = pytest.mark.offline


@pytest.fixture
def lived(office: Office) -> Office:
    """An office with a case that escalated, one that was refused, and one that was just opened."""
    office.open(customer="李先生")
    office.accept()
    office.ask("step.reply", "clerk", "2026-03-02T11:00")
    office.ring("2026-03-09T12:00")
    office.open("refused", topic="weather")
    office.open("other")
    office.ask("poke", "house", "2026-03-02T12:00", "other")
    return office


def _faults(office: Office) -> list[Fault]:
    return list(verify(office.ledger, office.shelf))


def _tamper(ledger: Ledger, statement: str, **values: Any) -> None:
    with ledger.writing() as connection:
        assert connection.execute(text(statement), values).rowcount == 1


def test_a_ledger_as_it_was_written_has_no_fault(lived: Office) -> None:
    assert _faults(lived) == []


@pytest.mark.parametrize(
    ("statement", "what", "seq"),
    [
        (
            "UPDATE entries SET data = replace(data, 'goods', 'service') WHERE case_id = 'case-1' AND seq = 2",
            "chain",
            2,
        ),
        ("UPDATE entries SET by_whom = 'gm' WHERE case_id = 'case-1' AND seq = 3", "chain", 3),
        ("UPDATE entries SET at = '2026-03-02T00:59:59Z' WHERE case_id = 'case-1' AND seq = 1", "chain", 1),
        ("UPDATE entries SET clause = '[]' WHERE case_id = 'case-1' AND seq = 1", "chain", 1),
        ("UPDATE entries SET data = 'no json' WHERE case_id = 'case-1' AND seq = 2", "chain", 2),
        ("UPDATE entries SET hash = 'x' WHERE case_id = 'case-1' AND seq = 2", "chain", 2),
        ("DELETE FROM entries WHERE case_id = 'case-1' AND seq = 2", "seq", 2),
        ("UPDATE cases SET stage = 'closed' WHERE id = 'case-1'", "index", 0),
        ("UPDATE cases SET next_due = '2026-01-01T00:00:00Z' WHERE id = 'case-1'", "index", 0),
        ("UPDATE cases SET standing = 'open' WHERE id = 'case-1'", "index", 0),
        ("UPDATE cases SET state = replace(state, 'handling', 'closed') WHERE id = 'case-1'", "state", 0),
        ("UPDATE cases SET seq = seq - 1 WHERE id = 'case-1'", "end", None),
        ("DELETE FROM decisions WHERE case_id = 'case-1' AND what = 'step.accept'", "decision", None),
        ("UPDATE personal SET value = '\"王先生\"' WHERE case_id = 'case-1'", "personal", 2),
        ("UPDATE personal SET value = NULL WHERE case_id = 'case-1'", "personal", 2),
        ("UPDATE personal SET salt = NULL WHERE case_id = 'case-1'", "personal", 2),
        ("UPDATE personal SET value = 'no json' WHERE case_id = 'case-1'", "personal", 2),
        ("UPDATE personal SET field = 'name', value = NULL, salt = NULL WHERE case_id = 'case-1'", "personal", 2),
        ("DELETE FROM personal WHERE case_id = 'case-1'", "personal", 2),
        ("UPDATE decisions SET by_whom = 'gm' WHERE case_id = 'case-1' AND what = 'open'", "decision", 1),
        (
            "UPDATE decisions SET refusal = '{\"code\": \"x\"}' WHERE case_id = 'case-1' AND what = 'open'",
            "decision",
            1,
        ),
        ("UPDATE field_index SET value = 'x' WHERE case_id = 'case-1' AND field = 'topic'", "index", 0),
        ("DELETE FROM field_index WHERE case_id = 'case-1' AND field = 'topic'", "index", 0),
        ("INSERT INTO field_index (case_id, field, value) VALUES ('case-1', 'more', '1')", "index", 0),
    ],
)
def test_whatever_is_changed_later_is_found(lived: Office, statement: str, what: str, seq: int | None) -> None:
    _tamper(lived.ledger, statement)
    found = _faults(lived)
    assert {(fault.case_id, fault.what) for fault in found} == {("case-1", what)}
    assert seq is None or found[0].seq == seq


def test_the_last_entry_cannot_be_cut_off(lived: Office, reading: Reading) -> None:
    last = reading.entries("case-1")[-1].seq
    _tamper(lived.ledger, "DELETE FROM entries WHERE case_id = 'case-1' AND seq = :last", last=last)
    assert [fault.what for fault in _faults(lived)] == ["end"]


def test_an_entry_cannot_be_moved_into_another_case(lived: Office) -> None:
    _tamper(lived.ledger, "DELETE FROM entries WHERE case_id = 'refused'")
    _tamper(
        lived.ledger,
        "INSERT INTO entries SELECT 'refused', seq, event, at, noticed, by_whom, subject, clause, house, data, hash, NULL"
        " FROM entries WHERE case_id = 'other' AND seq = 1",
    )
    assert ("refused", "chain") in {(fault.case_id, fault.what) for fault in _faults(lived)}


def test_a_missing_pack_is_said_and_the_rest_is_checked(lived: Office) -> None:
    lived.shelf.hidden = True
    assert {(fault.case_id, fault.what) for fault in _faults(lived)} == {("case-1", "edition"), ("other", "edition")}


def test_an_erased_person_is_gone_and_the_chain_still_verifies(lived: Office, reading: Reading) -> None:
    assert erase(lived.ledger, "case-1") == 1

    assert [(each.field, each.value) for each in reading.personal("case-1")] == [("customer", None)]
    opening = reading.decision("case-1", "open case-1")
    assert opening is not None
    assert opening.salt == ""
    assert _faults(lived) == []
    assert reading.personal("other")[0].value is not None
    assert erase(lived.ledger, "case-1") == 0


def test_erasing_one_field_keeps_the_values_and_salts_of_others_but_not_that_of_their_decision(
    lived: Office, reading: Reading
) -> None:
    _tamper(
        lived.ledger,
        "INSERT INTO personal SELECT case_id, seq, 'street', form, copy, salt, value FROM personal"
        " WHERE case_id = 'case-1'",
    )
    assert erase(lived.ledger, "case-1", "mail") == 0
    assert erase(lived.ledger, "case-1", "customer") == 1

    assert [(each.field, each.value) for each in reading.personal("case-1")] == [
        ("customer", None),
        ("street", "李先生"),
    ]
    with lived.ledger.reading() as connection:
        rows = connection.execute(text("SELECT field, salt FROM personal WHERE case_id = 'case-1'"))
        salts = {row.field: row.salt for row in rows}
    assert salts["customer"] is None
    assert salts["street"]
    opening = reading.decision("case-1", "open case-1")
    assert opening is not None
    assert opening.salt == ""


@pytest.mark.parametrize("fields", [(), ("contact", "customer")], ids=["everything", "some fields"])
def test_an_erased_address_is_gone_from_the_deliveries_too(
    lived: Office, reading: Reading, fields: tuple[str, ...]
) -> None:
    lived.open("mine", customer="wang@home.example")
    lived.open("theirs", customer="wang@home.example")
    for case in ("mine", "theirs"):
        for person, address in (("customer", "wang@home.example"), ("head", "head@shop.example")):
            _deliver(lived.ledger, case, person, address)
    assert erase(lived.ledger, "mine", "topic") == 0
    assert _addresses(reading, "mine") == {"customer": "wang@home.example", "head": "head@shop.example"}
    assert erase(lived.ledger, "mine", *fields) == 1
    assert _addresses(reading, "mine") == {"customer": "", "head": "head@shop.example"}
    assert _addresses(reading, "theirs")["customer"] == "wang@home.example"


def _deliver(ledger: Ledger, case: str, person: str, address: str) -> None:
    at = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    key = f"{case}/{person}"
    Outbox(ledger).done(0, "sent", Delivery(key, case, person, "", "", "notice", "mail", address, "sent", "", key, at))


def _addresses(reading: Reading, case: str) -> dict[str, str]:
    return {each.person: each.address for each in reading.deliveries(case)}


def test_an_export_has_every_entry_with_its_hash_and_no_personal_value(lived: Office, reading: Reading) -> None:
    lines = [json.loads(line) for line in export(lived.ledger)]

    entries = [line for line in lines if line["line"] == "entry" and line["case_id"] == "case-1"]
    assert [line["seq"] for line in entries] == [entry.seq for entry in reading.entries("case-1")]
    assert all(len(line["hash"]) == 64 for line in entries)
    assert entries[0]["data"]["number"] == "CS-2026-000001"
    assert entries[0]["at"] == "2026-03-02T01:00:00Z"
    assert {line["line"] for line in lines} == {"case", "decision", "entry"}
    assert "李先生" not in json.dumps(lines, ensure_ascii=False)
    assert not [line for line in lines if "salt" in line]
    asked = [json.loads(line) for line in export(lived.ledger, ["case-1"], with_personal=True)]
    assert [line["value"] for line in asked if line["line"] == "personal"] == ["李先生"]


@pytest.mark.parametrize("last", [1, 99])
def test_a_number_that_no_case_has_or_that_was_never_given_out_is_found(lived: Office, last: int) -> None:
    assert _faults(lived) == []
    _tamper(lived.ledger, "UPDATE numbers SET last = :last", last=last)
    assert {fault.what for fault in verify(lived.ledger, lived.shelf)} == {"number"}
