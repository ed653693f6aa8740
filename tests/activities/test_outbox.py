from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from activities.drivers.ledger import Ledger
from activities.drivers.outbox import COMMANDS, LETTERS, Outbox
from activities.drivers.tables import outbox as table
from activities.drivers.trouble import LedgerRefused
from activities.drivers.writing import errand_row
from rules.outcomes import Errand

pytestmark = pytest.mark.offline
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def outbox(ledger: Ledger) -> Outbox:
    return Outbox(ledger)


def _put(outbox: Outbox, *keys: str) -> int:
    return outbox.put("case-1", [Errand("poke", key, {"n": key}) for key in keys], NOW)


def test_a_leased_errand_is_nobody_elses_until_its_lease_ends(outbox: Outbox) -> None:
    _put(outbox, "a")
    [mine] = outbox.lease(NOW, "one", 10, 60)

    assert (mine.key, mine.data, mine.tries) == ("a", {"n": "a"}, 1)
    assert outbox.lease(NOW + timedelta(seconds=59), "two", 10, 60) == []
    [theirs] = outbox.lease(NOW + timedelta(seconds=60), "two", 10, 60)
    assert (theirs.id, theirs.tries) == (mine.id, 2)


def test_what_is_done_never_comes_back(outbox: Outbox) -> None:
    _put(outbox, "a")
    [errand] = outbox.lease(NOW, "one", 10, 60)
    outbox.done(errand.id, "sent")
    outbox.failed(errand.id, "too late to fail", NOW)

    assert outbox.waiting() == 0
    assert outbox.lease(NOW + timedelta(days=1), "two", 10, 60) == []
    assert _put(outbox, "a") == 0


def test_what_failed_waits_for_its_next_try(outbox: Outbox) -> None:
    _put(outbox, "a")
    [errand] = outbox.lease(NOW, "one", 10, 60)
    outbox.failed(errand.id, "no answer", NOW + timedelta(seconds=5))

    assert outbox.lease(NOW + timedelta(seconds=4), "one", 10, 60) == []
    [again] = outbox.lease(NOW + timedelta(seconds=5), "one", 10, 60)
    assert again.tries == 2


def test_errands_are_carried_in_the_order_in_which_they_were_made(outbox: Outbox) -> None:
    _put(outbox, "c", "a", "b")
    assert [errand.key for errand in outbox.lease(NOW, "one", 2, 60)] == ["c", "a"]
    assert [errand.key for errand in outbox.lease(NOW, "two", 2, 60)] == ["b"]


def test_several_workers_never_hold_the_same_errand(outbox: Outbox) -> None:
    _put(outbox, *(f"k{number}" for number in range(40)))
    with ThreadPoolExecutor(4) as threads:
        held = threads.map(lambda number: outbox.lease(NOW, f"w{number}", 5, 60), range(8))
    keys = [errand.key for each in held for errand in each]
    assert len(keys) == len(set(keys))
    assert len(keys) >= 20


def test_the_database_itself_refuses_a_second_errand_of_one_key(ledger: Ledger, outbox: Outbox) -> None:
    _put(outbox, "a")
    with pytest.raises(LedgerRefused), ledger.writing() as connection:
        connection.execute(table.insert(), errand_row("case-1", Errand("poke", "a", {}), NOW))


def test_letters_and_commands_are_leased_apart(outbox: Outbox) -> None:
    kinds = ("poke", "message", "open")
    outbox.put("case-1", [Errand(kind, kind, {}) for kind in kinds], NOW)
    assert [errand.key for errand in outbox.lease(NOW, "one", 10, 60, LETTERS)] == ["message"]
    assert [errand.key for errand in outbox.lease(NOW, "one", 10, 60, COMMANDS)] == ["poke", "open"]


def test_only_what_is_done_and_old_is_purged_a_bite_at_a_time(outbox: Outbox) -> None:
    _put(outbox, "a", "b", "waits")
    outbox.put("case-1", [Errand("poke", "young", {})], NOW + timedelta(days=1))
    for errand in outbox.lease(NOW, "one", 10, 60):
        if errand.key != "waits":
            outbox.done(errand.id)
    assert outbox.purge(NOW, 10) == 0
    assert [outbox.purge(NOW + timedelta(days=1), 1) for _ in range(3)] == [1, 1, 0]
    assert _put(outbox, "waits", "young") == 0
    assert _put(outbox, "a", "b") == 2
