"""Linked cases that the courier opens: under the id of their command, and what is kept where they are refused."""

from datetime import timedelta

import pytest

from activities.drivers.outbox import Outbox
from rules.commands import case_id_for
from rules.outcomes import Errand
from tests.activities.office import Office
from tests.activities.test_courier import NOW, Clock, Sent, _courier, _round

pytestmark = pytest.mark.offline
OPENING = {
    "id": "case-1/link/appeal/1", "what": "open", "by": "clerk", "asked_at": "2026-03-02T01:00:00Z", "fields": {},
    "kind": "complaint", "carried": {"link": "appeal"}, "pack": {"id": "corner-shop", "edition": 1, "sha256": "0"},
}  # fmt: skip


@pytest.fixture
def outbox(office: Office) -> Outbox:
    waiting = Outbox(office.ledger)
    waiting.put("case-1", [Errand("open", "case-1/9/0", OPENING)], NOW)
    return waiting


async def test_a_linked_case_is_opened_under_the_id_of_its_command(office: Office, outbox: Outbox) -> None:
    sent = Sent()
    await _round(_courier(office, sent, Clock()))
    [(case_id, command)] = sent.commands
    assert case_id == case_id_for("case-1/link/appeal/1")
    assert (command.asked_at, command.carried) == (NOW, {"link": "appeal"})
    assert outbox.refused_openings("case-1") == []


async def test_a_linked_case_that_is_refused_stays_to_be_seen_from_its_parent(office: Office, outbox: Outbox) -> None:
    await _round(_courier(office, Sent(refuses="link_refused"), Clock()))
    assert outbox.purge(NOW + timedelta(days=99), 10) == 0
    assert outbox.refused_openings("case-1") == [("appeal", "link_refused")]
    assert outbox.refused_openings("case-2") == []
