"""Reports out of both databases: the same as of an instant for ever, read at once, personal values as they are now."""

import json
import threading
import time
from dataclasses import replace

import pytest
from sqlalchemy import insert

from activities.drivers.codec import entry_row
from activities.drivers.erasing import erase
from activities.drivers.kept_rows import KeptRow, origin_by_hand, put_row
from activities.drivers.ledger import Ledger
from activities.drivers.reading import Reading
from activities.drivers.tables import cases, entries
from activities.drivers.writing import index_row
from rules.commands import CLOCK
from rules.decide import face
from rules.evolve import fold
from rules.parsing import parse
from rules.reporting import period_named
from tests.activities.parcels import Parcels, edition
from tests.rules.parcel_desk import PACK, TEXT, local
from tests.rules.parcel_desk import Parcels as ByHand

pytestmark = pytest.mark.offline

NAMES = tuple(PACK.file.report)
NEW_WORDS = (
    ('by = "topic"\nshows = [{ show = "count" }', 'by = "level"\nshows = [{ show = "list" }'),
    ('target = { at_least = "95%" }', 'target = { at_least = "50%" }'),
    ('by = ["clock", "holder"]', 'by = ["holder"]'),
)
LEVEL = (NEW_WORDS[0][0], NEW_WORDS[0][1].replace('"level"', '"class.level"'))


@pytest.fixture
def desk(ledger: Ledger) -> Parcels:
    """A month: answered in time, late, asked how content, still open."""
    parcels = Parcels(ledger)
    parcels.open("case-1", "2026-03-02T09:00", value="5000.00", sent_on="2026-03-01")
    parcels.ask("case-1", CLOCK, "2026-03-03T09:00:01", by=CLOCK)
    parcels.open("case-2", "2026-03-10T09:00", "rude")
    parcels.ask("case-2", "reply", "2026-03-10T10:00")
    parcels.ask("case-2", "survey", "2026-03-11T10:00", speed="very", manner="fairly", wish="更快")
    parcels.ask("case-2", "close", "2026-03-12T10:00")
    parcels.open("case-3", "2026-02-28T23:59", "late")
    parcels.ask("case-3", "reply", "2026-03-01T09:00")
    return parcels


def test_the_figures_come_out_of_the_ledger_with_the_cases_behind_them(desk: Parcels) -> None:
    made = desk.made("by_topic")
    assert [(line.by["topic"], [figure.value for figure in line.figures]) for line in made.lines] == [
        ("lost", [1, "5000.00", 1]),
        ("rude", [1, "0.00", 0]),
    ]
    assert made.lines[0].figures[2].cases == ("PD-2026-000001",)
    assert made.cases == {"PD-2026-000001": "case-1", "PD-2026-000002": "case-2"}
    assert desk.made("replies").rows == 0
    assert desk.made("closed").totals[0].figures[0].value == 1
    assert desk.made("sent").rows == 1


@pytest.mark.parametrize("name", NAMES)
def test_later_entries_late_entries_and_new_editions_leave_every_byte_as_it_was(desk: Parcels, name: str) -> None:
    before = desk.said(name)
    desk.open("case-4", "2026-04-01T00:00:01", sent_on="2026-03-15", value="7.00")
    desk.ask("case-1", "reply", "2026-04-03T09:00", happened="2026-03-02T10:00")
    desk.ask("case-1", "survey", "2026-04-03T09:30", speed="not_at_all", manner="not_at_all")
    desk.ask("case-1", "close", "2026-04-03T10:00")
    desk.shelf.publish(edition(2, "2026-01-02", LEVEL, *NEW_WORDS[1:]), "2026-04-05T09:00")
    desk.shelf.publish(edition(3, "2026-05-01", LEVEL), "2026-03-05T09:00")
    assert desk.said(name) == before


@pytest.mark.parametrize("name", NAMES)
def test_what_the_ledger_only_got_after_an_outage_leaves_the_report_made_before_as_it_was(
    desk: Parcels, name: str
) -> None:
    before = desk.said(name)
    desk.written = local("2026-04-01T08:00")
    desk.open("case-4", "2026-03-31T23:00", sent_on="2026-03-15", value="7.00")
    desk.ask("case-1", "reply", "2026-03-31T23:30")
    assert desk.said(name) == before
    assert desk.said("by_topic", as_of="2026-04-01T08:00") != before


def test_a_report_of_this_moment_waits_for_what_is_being_written_and_asks_for_the_second_before(
    desk: Parcels, ledger: Ledger
) -> None:
    now, waited = local("2026-04-01T09:00"), threading.Event()

    def ask() -> None:
        assert desk.reports.settled(now, now) == local("2026-04-01T08:59:59")
        waited.set()

    asking = threading.Thread(target=ask)
    with ledger.writing("case-1"):
        asking.start()
        assert not waited.wait(0.3)
    asking.join(10)
    assert waited.is_set()
    assert desk.reports.settled(local("2026-03-01T00:00"), now) == local("2026-03-01T00:00")


def test_from_its_first_day_on_the_new_edition_says_what_is_counted(desk: Parcels) -> None:
    desk.shelf.publish(edition(2, "2026-04-10", LEVEL), "2026-04-05T09:00")
    desk.shelf.publish(edition(3, "2026-01-02", NEW_WORDS[1]), "2026-04-20T09:00")
    editions = [
        desk.made("by_topic", as_of=as_of).pack.ref.edition
        for as_of in ("2026-04-09T23:59:59", "2026-04-10T00:00", "2026-04-20T08:59:59", "2026-04-20T09:00")
    ]
    assert editions == [1, 2, 2, 3]
    assert desk.reports.edition("parcel-desk", local("2025-12-31T23:59:59")) is None
    assert desk.reports.edition("nobody", local("2026-04-01T00:00")) is None


def test_before_anything_was_published_the_first_edition_that_was_says_it(desk: Parcels) -> None:
    desk.shelf.held.clear()
    desk.shelf.publish(PACK, "2026-06-01T00:00")
    desk.shelf.publish(edition(2, "2026-01-02", LEVEL), "2026-06-02T00:00")
    assert desk.made("by_topic").pack.ref.edition == 1
    assert desk.made("by_topic", as_of="2026-06-02T00:00").pack.ref.edition == 2


def test_reports_are_found_by_their_name_in_what_is_in_force(desk: Parcels) -> None:
    at = local("2026-04-01T00:00")
    assert [pack.ref for pack in desk.reports.having("fines", at)] == [PACK.ref]
    assert desk.reports.having("no_such", at) == []
    assert [pack.ref for pack in desk.reports.having("", at)] == [PACK.ref]


def test_a_kept_table_is_read_as_it_was_known_then(desk: Parcels, ledger: Ledger) -> None:
    """A row that is written in April does not alter what was over the limit in March, even if it holds since March."""
    table = (
        '[table.limits]\ntitle = { zh = "限额", en = "limits" }\nkey = "topic"\nkept_by = "installation"\n'
        'columns = ["most"]\nclause = "PD-3"\n'
    )
    over = 'shows = [{ show = "count", when = [{ field = "value", over = { table = "limits", gives = "most" } }] }]\n'
    head = '[report.limited]\ntitle = { zh = "超限", en = "over the limit" }\nperiod = "month"\n'
    limited = f'{table}{head}{over}clause = "PD-3"\n'
    desk.shelf.publish(parse(TEXT.replace("edition = 1", "edition = 2") + limited), "2026-02-01T00:00")

    def kept(most: str, valid: str, written: str) -> None:
        row = KeptRow("lost", {"most": most}, local(valid), None, local(written), "max", origin_by_hand())
        assert put_row(ledger, "parcel-desk", "limits", row)

    kept("100.00", "2026-02-01T00:00", "2026-02-01T00:00")
    before = desk.said("limited")
    assert json.loads(before)["total"][0]["figures"][0]["value"] == 1
    kept("9999.00", "2026-03-01T00:00", "2026-04-02T00:00")
    assert desk.said("limited") == before
    assert desk.made("limited", as_of="2026-04-02T00:00").totals[0].figures[0].value == 0


def test_a_register_shows_personal_values_and_says_which_were_erased(desk: Parcels, ledger: Ledger) -> None:
    place = PACK.file.report["register"].columns.index("customer")
    assert [line.cells[place] for line in desk.made("register").register] == ["王女士 138"] * 2
    assert erase(ledger, "case-1", "customer") == 1
    assert [str(line.cells[place]) for line in desk.made("register").register] == ["erased", "王女士 138"]


def test_from_the_ledger_a_report_is_what_it_is_from_all_entries(desk: Parcels, reading: Reading) -> None:
    by_hand = ByHand()
    by_hand.entries = {case: reading.entries(case) for case in reading.case_ids()}
    for name in NAMES:
        if name != "register":
            assert json.loads(desk.said(name)) == by_hand.json(name, as_of="2026-04-01T00:00")


def many_cases(ledger: Ledger, count: int) -> None:
    """Copies of one case, a third of them with something noticed in April."""
    by_hand = ByHand()
    number = by_hand.answered("2026-03-02", speed="very", manner="fairly")
    by_hand.do(number, "close", "2026-03-03T10:00")
    still = by_hand.entries[number]
    by_hand.do(by_hand.open("2026-03-02T09:00", value="9.00"), "reply", "2026-04-02T09:00")
    changing = by_hand.entries["PD-2026-000002"]
    with ledger.writing() as connection:
        for begin in range(0, count, 2000):
            rows, lines = [], []
            for place in range(begin, min(count, begin + 2000)):
                case, past = f"case-{place}", changing if place % 3 == 0 else still
                data = past[0].data | {"number": f"PD-2026-{place:06}"}
                renamed = [replace(past[0], data=data), *past[1:]]
                state = fold(case, renamed)
                rows.append({"id": case, **index_row(state, face(PACK, state), PACK, "")})
                lines += [entry_row(case, entry, "", None) for entry in renamed]
            connection.execute(insert(cases), rows)
            connection.execute(insert(entries), lines)


def test_a_month_of_twenty_thousand_cases_takes_seconds(sqlite_ledger: Ledger) -> None:
    desk = Parcels(sqlite_ledger)
    many_cases(sqlite_ledger, 20_000)
    began = time.process_time()
    made = desk.made("by_topic")
    took = time.process_time() - began
    assert made.totals[0].figures[0].value == 20_000
    assert made.totals[0].figures[2].value == 6_667
    assert took < 20
    assert desk.reports.make(PACK, "by_topic", period_named("2026-02"), local("2026-04-01T00:00")).rows == 0
