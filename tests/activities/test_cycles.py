"""The opener of cycles: nothing unasked, everything that was missed, nothing twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from temporalio.exceptions import ApplicationError

from activities.cycle_requests import CycleRequest
from activities.cycles import Cycles
from activities.desk import Desk
from activities.drivers.cycle_rows import CycleRows, Run
from activities.drivers.kept_rows import KeptRow, origin_by_hand, put_row
from activities.drivers.ledger import Ledger, open_ledger
from activities.drivers.outbox import Outbox
from activities.drivers.tables import entries
from activities.organisation import Organisation, check
from activities.rebuilding import Rebuilding
from activities.requests import HandleRequest, HandleResult
from activities.shelf import EditionMissing
from rules.calendar import Calendar
from rules.commands import Command, case_id_for
from rules.pack import Pack, PackRef
from tests.activities.office import OnePack
from tests.rules.back_office import PACK
from tests.rules.corner_shop import ENDLESS, local

pytestmark = pytest.mark.offline

ORGANISATION = """
[person.clerk]
roles = ["clerk", "manager"]
[department.shop]
title = { zh = "门店", en = "shop" }
[department.store]
title = { zh = "仓库", en = "store" }
"""


def utc(text: str) -> datetime:
    return local(text).astimezone(UTC)


class Editions(OnePack):
    """A shelf with editions of the back office, and when each was published."""

    def __init__(self, *packs: Pack) -> None:
        super().__init__(PACK, ENDLESS)
        self.packs = {pack.ref: pack for pack in packs or (PACK,)}
        self.since: dict[PackRef, datetime] = {}

    def pack(self, ref: PackRef) -> Pack:
        if self.hidden or ref not in self.packs:
            raise EditionMissing(f"{ref} is not here; publish it")
        return self.packs[ref]

    def published(self) -> list[PackRef]:
        return list(self.packs)

    def published_at(self, ref: PackRef) -> datetime | None:
        return self.since.get(ref)

    def calendar(self, name: str) -> Calendar:
        return ENDLESS


class Back:
    """A back office: a ledger, a shelf, the opener, and a desk for what it opens."""

    def __init__(self, ledger: Ledger, shelf: Editions | None = None) -> None:
        self.ledger, self.shelf = ledger, shelf or Editions()
        self.cycles = Cycles(ledger, self.shelf, self.shelf)
        self.desk = Desk(ledger, self.shelf, self.shelf)
        Organisation(ledger).apply(check(ORGANISATION), utc("2025-12-01T00:00"), "root")

    def say(self, at: str, *, running: bool = True) -> None:
        with self.ledger.writing() as connection:
            CycleRows(connection).say(Run("back-office", running, utc(at), "root"))

    def open(self, cycle: str, until: str) -> int:
        return self.cycles.open(CycleRequest("back-office", cycle, utc(until)))

    def opened(self, cycle: str) -> list[tuple[str, str]]:
        with self.ledger.reading() as connection:
            return [(each.period, each.each) for each in CycleRows(connection).opened("back-office", cycle)]

    def waiting(self) -> list[Command]:
        """The commands that the courier is to carry."""
        leased = Outbox(self.ledger).lease(datetime.now(UTC), "test", 100, 0)
        made = [each.data for each in leased]
        return [
            Command(**data | {"asked_at": datetime.fromisoformat(data["asked_at"]), "pack": PackRef(**data["pack"])})
            for data in made
        ]

    def carry(self, at: str) -> list[HandleResult]:
        """Everything that waits, opened."""
        commands = self.waiting()
        return [self.desk.handle(HandleRequest(case_id_for(one.id), 0, one, utc(at))) for one in commands]

    def ask(self, what: str, case: str, at: str, **fields: str) -> HandleResult:
        opening = what == "open"
        kind, pack = ("delivery", PACK.ref) if opening else ("", None)
        asked = Command(f"{what} {case} {at}", what, "clerk", utc(at), dict(fields), kind=kind, pack=pack)
        with self.ledger.reading() as connection:
            seq = connection.scalar(select(func.max(entries.c.seq)).where(entries.c.case_id == case)) or 0
        return self.desk.handle(HandleRequest(case, seq, asked, utc(at)))


@pytest.fixture
def back(ledger: Ledger) -> Back:
    return Back(ledger)


def test_a_pack_that_nobody_uses_opens_nothing(back: Back) -> None:
    assert back.open("closing", "2026-06-01T00:00") == 0
    assert back.cycles.scheduled() == []


def test_the_first_case_of_a_pack_sets_its_cycles_going(back: Back) -> None:
    back.ask("open", "case-d", "2026-02-10T09:00", dealer="north")
    assert back.open("closing", "2026-02-28T23:00") == 0
    assert back.open("closing", "2026-03-01T00:00") == 1
    assert {(each.cycle, each.running, each.zone) for each in back.cycles.scheduled()} == {
        (name, True, "Asia/Shanghai") for name in PACK.file.cycle
    }


def test_what_was_missed_is_made_up_once_whoever_asks_how_often(back: Back) -> None:
    back.say("2026-01-10T00:00")
    assert back.open("closing", "2026-04-15T12:00") == 3
    assert back.open("closing", "2026-04-15T12:00") == 0
    assert back.open("closing", "2026-03-01T00:00") == 0
    assert back.open("closing", "2026-05-01T00:00") == 1
    assert back.opened("closing") == [("2026-02", ""), ("2026-03", ""), ("2026-04", ""), ("2026-05", "")]
    assert [each.id for each in back.waiting()] == [
        f"cycle/back-office/closing/2026-{month}/" for month in ("02", "03", "04", "05")
    ]


def test_many_at_once_open_each_period_once(back: Back) -> None:
    back.say("2026-01-10T00:00")
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: back.open("closing", "2026-07-01T00:00"), range(8)))
    assert sum(found) == len(back.waiting()) == 6


def test_a_lost_row_does_not_open_a_case_again(back: Back) -> None:
    back.say("2026-02-10T00:00")
    back.open("closing", "2026-03-01T00:00")
    [first] = back.carry("2026-03-01T00:01")
    with back.ledger.writing() as connection:
        connection.exec_driver_sql("DELETE FROM cycles")
        connection.exec_driver_sql("DELETE FROM outbox")
    assert back.open("closing", "2026-03-02T00:00") == 0
    assert back.opened("closing") == [("2026-03", "")]
    assert first.number == "BO-2026-000001"


def test_each_department_and_each_row_of_a_table_gets_a_case_of_its_own(back: Back) -> None:
    back.say("2026-01-01T00:00")
    assert back.open("departments", "2026-03-31T00:00") == 2
    assert back.open("lines", "2026-03-31T00:00") == 2
    fields = [each.fields for each in back.waiting()]
    assert {"period": "2026-Q1", "unit": "store"} in fields
    assert {"period": "2026", "line": "line_b"} in fields
    assert all(result.refusal is None for result in back.carry("2026-03-31T00:01"))


def test_the_values_of_the_period_before_get_a_case_and_a_week_without_any_is_done_with(back: Back) -> None:
    back.say("2026-02-25T00:00")
    for case, at, dealer in (("a", "2026-03-02T09:00", "south"), ("b", "2026-03-08T20:00", "south")):
        back.ask("open", f"case-{case}", at, dealer=dealer)
    back.ask("open", "case-c", "2026-03-09T08:00", dealer="north")
    assert back.open("dealers", "2026-03-10T00:00") == 1
    assert back.opened("dealers") == [("2026-W10", ""), ("2026-W11", "south")]
    assert back.open("dealers", "2026-03-17T00:00") == 1
    assert back.opened("dealers")[-1] == ("2026-W12", "north")


def test_a_review_comes_twelve_months_after_the_last_one_closed(back: Back) -> None:
    back.say("2026-02-10T09:00")
    assert back.open("review", "2026-02-10T23:59") == 0
    assert back.open("review", "2026-02-11T00:00") == 1
    case = back.carry("2026-02-11T00:01")[0]
    assert case.refusal is None
    assert back.open("review", "2027-12-01T00:00") == 0
    opened = case_id_for("cycle/back-office/review/2026-02-11/")
    assert back.ask("step.close", opened, "2026-05-20T17:00").face.closed
    assert back.open("review", "2027-05-19T23:59") == 0
    assert back.open("review", "2027-05-20T00:00") == 1
    assert back.opened("review") == [("2026-02-11", ""), ("2027-05-20", "")]


def test_a_department_that_comes_later_is_reviewed_from_then_on(ledger: Ledger) -> None:
    review = replace(PACK.file.cycle["review"], for_each="unit")
    pack = edition(1, lambda pack: replace(pack, file=replace(pack.file, cycle={"review": review})))
    back = Back(ledger, Editions(pack))
    back.say("2026-02-10T09:00")
    assert back.open("review", "2026-02-11T00:00") == 2
    more = check(ORGANISATION + '[department.office]\ntitle = { zh = "办公室", en = "office" }\n')
    Organisation(ledger).apply(more, utc("2026-06-01T08:00"), "root")
    assert back.open("review", "2026-06-02T00:00") == 1
    assert back.opened("review")[-1] == ("2026-06-02", "office")


def test_what_is_stopped_is_not_made_up_when_it_is_started_again(back: Back) -> None:
    back.say("2026-01-10T00:00")
    back.say("2026-02-10T00:00", running=False)
    assert back.open("closing", "2026-06-01T00:00") == 0
    assert [each.running for each in back.cycles.scheduled()] == [False] * len(PACK.file.cycle)
    back.say("2026-05-10T00:00")
    assert back.open("closing", "2026-06-01T00:00") == 1
    assert back.opened("closing") == [("2026-06", "")]


def edition(number: int, change: Callable[[Pack], Pack]) -> Pack:
    changed = change(PACK)
    file = replace(changed.file, edition=number)
    return replace(changed, ref=PackRef("back-office", number, str(number) * 64), file=file)


def test_each_period_is_opened_by_the_edition_that_is_in_force_then(ledger: Ledger) -> None:
    second = edition(2, lambda pack: replace(pack, file=replace(pack.file, effective_from=date(2026, 3, 1))))
    back = Back(ledger, Editions(PACK, second))
    back.say("2026-01-10T00:00")
    assert back.open("closing", "2026-03-01T00:00") == 2
    assert [each.pack and each.pack.edition for each in back.waiting()] == [1, 2]


def test_a_cycle_that_a_later_edition_brings_begins_with_its_publishing(ledger: Ledger) -> None:
    def without(pack: Pack) -> Pack:
        return replace(pack, file=replace(pack.file, cycle={}))

    old, new = edition(1, without), edition(2, lambda pack: pack)
    shelf = Editions(old, new)
    shelf.since[new.ref] = utc("2026-04-20T00:00")
    back = Back(ledger, shelf)
    back.say("2026-01-10T00:00")
    assert back.open("closing", "2026-05-02T00:00") == 1
    assert back.opened("closing") == [("2026-05", "")]


def test_a_pack_whose_text_is_gone_is_waited_for(back: Back) -> None:
    back.say("2026-01-10T00:00")
    back.shelf.hidden = True
    with pytest.raises(ApplicationError) as raised:
        back.open("closing", "2026-06-01T00:00")
    assert raised.value.type == "EditionMissing"
    assert not raised.value.non_retryable
    assert back.cycles.scheduled() == []
    back.shelf.hidden = False
    assert back.open("closing", "2026-06-01T00:00") == 5


def test_a_rebuilt_ledger_knows_which_periods_were_opened(back: Back, empty_url: str) -> None:
    back.say("2026-01-01T00:00")
    back.open("lines", "2026-03-31T00:00")
    commands = back.waiting()
    requests = [HandleRequest(case_id_for(one.id), 0, one, utc("2026-03-31T00:01")) for one in commands]
    again = open_ledger(empty_url)
    again.migrate()
    rebuilding = Rebuilding(again, back.shelf)
    for request in requests:
        assert rebuilding.case(request.case_id, [(request, back.desk.handle(request))]).missing == ""
    with again.reading() as connection:
        known = CycleRows(connection).opened("back-office", "lines")
    assert [(each.period, each.each) for each in known] == [("2026", "line_a"), ("2026", "line_b")]
    assert (
        Cycles(again, back.shelf, back.shelf).open(CycleRequest("back-office", "lines", utc("2026-12-31T00:00"))) == 0
    )
    again.close()


def test_keys_of_a_kept_table_count_as_they_were_known_then(back: Back) -> None:
    since, ended = utc("2026-01-10T00:00"), utc("2026-02-01T00:00")
    gives = {"chief": "clerk"}
    for key, begins, ends in (("line_c", since, None), ("old", since, ended), ("late", ended, None)):
        row = KeptRow(key, gives, begins, ends, begins, "clerk", origin_by_hand())
        assert put_row(back.ledger, "back-office", "lines", row)
    with back.ledger.reading() as connection:
        assert CycleRows(connection).kept("back-office", "lines", utc("2026-01-15T00:00")) == ("line_c", "old")
    back.say("2026-01-01T00:00")
    assert back.open("lines", "2026-03-31T00:00") == 4
    assert [each for _, each in back.opened("lines")] == ["line_a", "line_b", "line_c", "old"]
