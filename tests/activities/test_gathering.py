from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

import pytest
from temporalio.exceptions import ApplicationError

from activities.desk import Desk
from activities.drivers.ledger import Ledger, open_ledger
from activities.drivers.reading import Reading
from activities.gathering import prefix_of
from rules.calendar import Calendar, CalendarError
from rules.commands import Command
from rules.decide import decide
from rules.facts import Facts
from rules.outcomes import Needs, Outcome
from rules.pack import Pack
from rules.state import State
from tests.activities.office import Office
from tests.rules.corner_shop import PACK

pytestmark = pytest.mark.offline


def _nothing_first(pack: Pack, state: State, command: Command) -> tuple[str, ...]:
    return ()


class Asking:
    """Decides once it knows as many cases as it wants, asking for one after another."""

    def __init__(self, wanted: int) -> None:
        self.wanted = wanted
        self.facts: Facts | None = None

    def __call__(self, pack: Pack, state: State, command: Command, facts: Facts, at: datetime) -> Outcome | Needs:
        self.facts = facts
        if len(facts.cases) < self.wanted:
            return Needs((f"case:c{len(facts.cases)}",))
        return decide(pack, state, command, facts, at)


def test_a_decision_may_ask_for_more_cases_as_it_goes(office: Office) -> None:
    office.open("c1")
    asking = Asking(3)
    office.desk = Desk(office.ledger, office.shelf, office.shelf, decide=asking, needs=_nothing_first)

    assert office.open("new").refusal is None
    assert asking.facts is not None
    assert list(asking.facts.cases) == ["c0", "c1", "c2"]
    known = asking.facts.cases["c1"]
    assert known is not None
    assert (known.state.stage, asking.facts.cases["c0"]) == ("received", None)


def test_a_decision_that_never_has_enough_is_a_fault_and_writes_nothing(office: Office, reading: Reading) -> None:
    office.desk = Desk(office.ledger, office.shelf, office.shelf, decide=Asking(99), needs=_nothing_first)
    with pytest.raises(ApplicationError, match=r"corner-shop\.1: open .*\(EndlessNeeds\)") as told:
        office.open()
    assert (told.value.type, told.value.non_retryable) == ("DecideFailed", True)
    assert reading.case_ids() == []


def test_every_decision_has_a_salt_of_its_own(office: Office) -> None:
    salts = {office.open(f"case-{number}").salt for number in range(3)}
    assert len(salts) == 3
    assert all(len(salt) == 32 for salt in salts)


@pytest.mark.parametrize(
    ("pack_id", "prefix", "shown"),
    [("group-complaint-demand", "", "GCD"), ("standard", "", "S"), ("standard", "ST", "ST")],
)
def test_numbers_begin_with_the_packs_prefix_or_its_initials(pack_id: str, prefix: str, shown: str) -> None:
    assert prefix_of(replace(PACK.file, id=pack_id, prefix=prefix)) == shown


def test_several_workers_on_one_database_number_without_a_gap(url: str, ledger: Ledger) -> None:
    office = Office(ledger)
    others = [open_ledger(url) for _ in range(3)]
    offices = [office, *(Office(each, organisation="") for each in others)]

    with ThreadPoolExecutor(4) as threads:
        opened = threads.map(lambda number: offices[number % 4].open(f"case-{number}"), range(12))
        numbers = sorted(each.number for each in opened)
    for each in others:
        each.close()

    assert numbers == [f"CS-2026-{number:06}" for number in range(1, 13)]


def test_a_calendar_that_cannot_be_used_is_waited_for(
    office: Office, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(name: str) -> Calendar:
        raise CalendarError(f"{name}.toml: week: missing")

    with monkeypatch.context() as patch:
        patch.setattr(office.shelf, "calendar", broken)
        with pytest.raises(ApplicationError, match=r"cn\.toml: week: missing; its cases wait") as told:
            office.open()
    assert (told.value.type, told.value.non_retryable) == ("CalendarMissing", False)
    assert reading.case_ids() == []
    assert office.open().number == "CS-2026-000001"
