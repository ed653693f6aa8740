"""Links and kept tables in the ledger, on both databases: asked from either end, dated, verified, rebuilt, exported."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from activities.drivers.kept_rows import KeptRow, history, origin_by_hand, put_row, rows_as_of
from activities.drivers.ledger import Ledger, open_ledger
from activities.drivers.links import held_cases
from activities.drivers.tables import kept_rows, links, outbox
from activities.exporting import export
from activities.organisation import Organisation, check
from activities.rebuilding import Rebuilding
from activities.requests import HandleRequest, HandleResult
from activities.verifying import verify
from rules.commands import Command
from tests.activities.office import Office
from tests.rules.corner_shop import local
from tests.rules.town_hall import PACK

pytestmark = pytest.mark.offline
PEOPLE = """
[person.clerk]
[person.chief]
[person.anna]
[person.bela]
[roles.town-hall]
clerk = ["clerk"]
chief = ["chief"]
"""
NINE, TEN, LATER = "2026-03-02T09:00", "2026-03-02T10:00", "2026-03-02T11:00"


class HallOffice(Office):
    """A desk of the town hall; `refused` is the code of what was refused, empty where it was done."""

    def __init__(self, ledger: Ledger) -> None:
        super().__init__(ledger, organisation="")
        Organisation(ledger).apply(check(PEOPLE), datetime(2026, 1, 1, tzinfo=UTC), "root")
        self.shelf.held = PACK

    def begin(self, case: str, kind: str, by: str, at: str, **fields: Any) -> HandleResult:
        instant = local(at).astimezone(UTC)
        command = Command(f"open {case}", "open", by, instant, fields, kind=kind, pack=PACK.ref)
        request = HandleRequest(case, 0, command, instant)
        result = self.desk.handle(request)
        self.pairs.setdefault(case, []).append((request, result))
        return result

    def complain(self, case: str, at: str = NINE, **fields: Any) -> None:
        assert self.begin(case, "complaint", "clerk", at, topic="roads", **fields).refusal is None

    def did(self, what: str, by: str, at: str, case: str, **fields: Any) -> None:
        result = self.ask(what, by, at, case, **fields)
        assert result.refusal is None, result.refusal


@pytest.fixture
def hall(ledger: Ledger) -> HallOffice:
    office = HallOffice(ledger)
    office.complain("case-one", street="main")
    return office


@pytest.fixture
def again(empty_url: str) -> Iterator[Ledger]:
    opened = open_ledger(empty_url)
    opened.migrate()
    yield opened
    opened.close()


def rows(ledger: Ledger, table: Any) -> list[Any]:
    with ledger.reading() as connection:
        return [tuple(row) for row in connection.execute(select(table)).all()]


def pokes(ledger: Ledger) -> list[tuple[str, str]]:
    with ledger.reading() as connection:
        found = connection.scalars(select(outbox.c.data).where(outbox.c.kind == "poke").order_by(outbox.c.id))
        return [(each["case_id"], each["command_id"]) for each in map(json.loads, found)]


def test_a_second_appeal_is_refused_by_what_the_ledger_holds(hall: HallOffice) -> None:
    assert hall.begin("case-a", "appeal", "anna", TEN, against="TH-2026-000001").refusal is None
    refusal = hall.begin("case-b", "appeal", "bela", TEN, against="case-one").refusal
    assert refusal is not None
    assert (refusal.code, refusal.params["why"], refusal.clause) == ("link_refused", "once", ("TH-3",))
    assert rows(hall.ledger, links) == [("case-a", 3, "appeal_of", "case-one", True)]


def test_of_appeals_that_come_at_once_one_is_taken(hall: HallOffice) -> None:
    with ThreadPoolExecutor(4) as threads:
        asked = [threads.submit(hall.begin, f"case-{n}", "appeal", "anna", TEN, against="case-one") for n in range(4)]
        refused = [each.result(30).refusal for each in asked]
    assert sorted(each.params["why"] if each else "" for each in refused) == ["", "once", "once", "once"]


def test_a_case_that_is_joined_while_it_closes_is_noticed_whoever_comes_first(hall: HallOffice) -> None:
    hall.did("step.decide", "chief", TEN, "case-one")
    with ThreadPoolExecutor(2) as threads:
        closing = threads.submit(hall.did, "step.carry_out", "clerk", LATER, "case-one")
        joining = threads.submit(hall.begin, "case-t", "table", "clerk", LATER, joins=["case-one"])
        closing.result(30), joining.result(30)
    for number, (case, _) in enumerate(pokes(hall.ledger)):
        hall.did("poke", "house", f"2026-03-02T12:0{number}", case)
    noticed = [entry for _, result in hall.pairs["case-t"] for entry in result.entries if entry.event == "link_closed"]
    assert [entry.data["case"] for entry in noticed] == ["case-one"]


def test_a_case_is_held_while_its_appeal_is_open_and_no_longer(hall: HallOffice) -> None:
    hall.did("step.decide", "chief", TEN, "case-one")
    hall.begin("case-a", "appeal", "anna", TEN, against="case-one")
    with hall.ledger.reading() as connection:
        assert held_cases(connection) == {"case-one"}
    refusal = hall.ask("step.carry_out", "clerk", LATER, "case-one").refusal
    assert refusal is not None
    assert refusal.code == "gate_closed"
    hall.did("step.rule", "chief", LATER, "case-a")
    with hall.ledger.reading() as connection:
        assert held_cases(connection) == frozenset()
    hall.did("step.carry_out", "clerk", "2026-03-02T12:00", "case-one")


def test_a_closing_case_pokes_the_open_cases_that_hold_a_link_to_it(hall: HallOffice) -> None:
    hall.begin("case-t", "table", "clerk", TEN, joins=["case-one"])
    hall.did("step.decide", "chief", TEN, "case-one")
    hall.did("step.carry_out", "clerk", LATER, "case-one")
    assert pokes(hall.ledger)[-1] == ("case-t", "case-one/closed")
    hall.did("poke", "house", LATER, "case-t")
    assert hall.ask("task.note_end", "clerk", LATER, "case-t").refusal is None


def test_rules_read_the_other_case_as_it_stands_in_the_ledger(hall: HallOffice) -> None:
    result = hall.begin("case-two", "complaint", "clerk", "2026-03-04T09:00", topic="roads", repeats="case-one")
    assert [entry.data["value"] for entry in result.entries if entry.event == "classified"][-1] == "roads"


def written(key: str, gives: dict[str, str] | None, since: str, at: str, until: str = "") -> KeptRow:
    instants = (local(each).astimezone(UTC) if each else None for each in (since, until, at))
    begins, ends, known = instants
    assert begins is not None
    assert known is not None
    return KeptRow(key, gives, begins, ends, known, "clerk", origin_by_hand())


def seen(ledger: Ledger, known: str, valid: str = "") -> dict[str, dict[str, str] | None]:
    at = [local(each).astimezone(UTC) if each else None for each in (known, valid)]
    assert at[0] is not None
    with ledger.reading() as connection:
        return {row.key: row.gives for row in rows_as_of(connection, "town-hall", "streets", at[0], at[1])}


def test_a_kept_row_is_seen_from_its_day_on_by_whoever_decides_after_it_was_written(ledger: Ledger) -> None:
    town, state = {"cared_for_by": "town"}, {"cared_for_by": "state"}
    assert put_row(ledger, "town-hall", "streets", written("main", town, "2026-03-01T00:00", "2026-03-05T09:00"))
    assert put_row(ledger, "town-hall", "streets", written("main", state, "2026-03-10T00:00", "2026-03-06T09:00"))
    assert seen(ledger, "2026-03-05T08:59") == {}
    assert seen(ledger, "2026-03-05T09:00") == {"main": town}
    assert seen(ledger, "2026-03-09T23:59") == {"main": town}
    assert seen(ledger, "2026-03-10T00:00") == {"main": state}
    assert seen(ledger, "2026-03-05T12:00", "2026-04-01T00:00") == {"main": town}


def test_a_row_written_later_for_an_earlier_day_changes_nothing_that_was_known_before(ledger: Ledger) -> None:
    first, late = {"cared_for_by": "town"}, {"cared_for_by": "state"}
    put_row(ledger, "town-hall", "streets", written("main", first, "2026-03-01T00:00", "2026-03-01T09:00"))
    put_row(ledger, "town-hall", "streets", written("main", late, "2026-03-02T00:00", "2026-06-01T09:00"))
    assert seen(ledger, "2026-04-01T00:00") == {"main": first}
    assert seen(ledger, "2026-06-01T09:00", "2026-04-01T00:00") == {"main": late}


def test_a_row_that_ends_gives_way_to_the_one_before_it_and_a_key_may_end(ledger: Ledger) -> None:
    town, works = {"cared_for_by": "town"}, {"cared_for_by": "works"}
    put_row(ledger, "town-hall", "streets", written("main", town, "2026-01-01T00:00", NINE))
    short = written("main", works, "2026-03-10T00:00", NINE, "2026-03-20T00:00")
    put_row(ledger, "town-hall", "streets", short)
    put_row(ledger, "town-hall", "streets", written("main", None, "2026-05-01T00:00", NINE))
    at = ["2026-03-09T23:59", "2026-03-10T00:00", "2026-03-19T23:59", "2026-03-20T00:00", "2026-05-01T00:00"]
    assert [seen(ledger, each).get("main") for each in at] == [town, works, works, town, None]


def test_a_row_that_says_what_holds_already_is_not_written_again(ledger: Ledger) -> None:
    town = {"cared_for_by": "town"}
    assert put_row(ledger, "town-hall", "streets", written("main", town, "2026-03-01T00:00", NINE))
    assert not put_row(ledger, "town-hall", "streets", written("main", town, "2026-03-02T00:00", TEN))
    with ledger.reading() as connection:
        assert len(history(connection, "town-hall", "streets")) == 1


def test_what_a_step_writes_is_read_by_the_next_decision_of_another_case(hall: HallOffice) -> None:
    hall.complain("case-two", street="main", carer="town")
    assert hall.ask("step.decide", "chief", TEN, "case-two").refusal is not None
    hall.did("step.survey", "clerk", TEN, "case-one", street="main", cared_for_by="town")
    hall.did("step.decide", "chief", LATER, "case-two")


def test_a_row_written_by_hand_is_read_too_and_not_by_another_pack(hall: HallOffice) -> None:
    town = written("main", {"cared_for_by": "town"}, "2026-03-01T00:00", NINE)
    put_row(hall.ledger, "other-pack", "streets", town)
    hall.complain("case-two", street="main", carer="town")
    assert hall.ask("step.decide", "chief", TEN, "case-two").refusal is not None
    put_row(hall.ledger, "town-hall", "streets", town)
    hall.did("step.decide", "chief", LATER, "case-two")


def lived(hall: HallOffice) -> HallOffice:
    hall.begin("case-a", "appeal", "anna", TEN, against="case-one")
    hall.begin("case-t", "table", "clerk", TEN, joins=["case-one"])
    hall.did("step.survey", "clerk", TEN, "case-one", street="main", cared_for_by="town")
    return hall


def test_links_and_rows_that_steps_wrote_come_back_when_the_ledger_is_rebuilt(hall: HallOffice, again: Ledger) -> None:
    lived(hall)
    rebuilding = Rebuilding(again, hall.shelf)
    assert [rebuilding.case(case, pairs).missing for case, pairs in hall.pairs.items()] == ["", "", ""]
    assert rows(again, links) == rows(hall.ledger, links)
    assert rows(again, kept_rows) == rows(hall.ledger, kept_rows)
    assert list(verify(again, hall.shelf)) == []


@pytest.mark.parametrize(
    "broken",
    [
        delete(links).where(links.c.case_id == "case-a"),
        update(links).values(hold=False),
        update(links).where(links.c.case_id == "case-t").values(other="case-a"),
        insert(links).values(case_id="case-a", seq=1, link="appeal_of", other="case-t", hold=False),
        delete(kept_rows),
        update(kept_rows).values(data='{"cared_for_by":"state"}'),
        update(kept_rows).values(written_at=datetime(2026, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_row_that_is_not_what_its_entry_left_is_found(hall: HallOffice, broken: Any) -> None:
    lived(hall)
    assert list(verify(hall.ledger, hall.shelf)) == []
    with hall.ledger.writing() as connection:
        connection.execute(broken)
    assert {fault.what for fault in verify(hall.ledger, hall.shelf)} == {"row"}


def test_the_rows_of_kept_tables_are_exported(hall: HallOffice) -> None:
    lived(hall)
    put_row(hall.ledger, "town-hall", "streets", written("lane", None, "2026-03-01T00:00", NINE))
    lines = [json.loads(line) for line in export(hall.ledger)]
    found = [line for line in lines if line["line"] == "table_row"]
    assert [(line["key"], line["data"], line["by"]) for line in found] == [
        ("main", {"cared_for_by": "town"}, "clerk"),
        ("lane", None, "clerk"),
    ]
    assert not [line for line in export(hall.ledger, ["case-one"]) if "table_row" in line]
