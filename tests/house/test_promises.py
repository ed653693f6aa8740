"""What the house promises whatever a pack says; clauses that rest on a promise (`always`) name it and are held here."""

import tomllib
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import update

from activities.desk import Desk
from activities.drivers.ledger import Ledger, open_ledger
from activities.drivers.reading import Reading
from activities.drivers.tables import entries
from activities.organisation import Organisation, OrgDocument
from activities.requests import HandleRequest, HandleResult
from activities.shelf import FileShelf
from activities.verifying import verify
from rules import shelf
from rules.clauses import PROMISES
from tests.house.walking import START, Walk
from tests.rules.packs.playing import staff

pytestmark = pytest.mark.offline

WALKS = 12


def _resting() -> list[tuple[str, str, str]]:
    """Pack, clause and promise of every clause of a shipped pack that rests on one."""
    found = []
    for each in shelf.newest().items():
        document = tomllib.loads(shelf.shipped()[each].read_text(encoding="utf-8"))
        found += [(document["id"], name, row["always"]) for name, row in document["clause"].items() if "always" in row]
    return found


RESTING = _resting()


def promise(name: str) -> pytest.MarkDecorator:
    """A test of a promise, run for each clause that rests on it."""
    clauses = [(pack, clause) for pack, clause, promised in RESTING if promised == name]
    return pytest.mark.parametrize("pack", [pytest.param(*each[:1], id="-".join(each)) for each in clauses])


def walks(name: str, steps: int = 25) -> list[Walk]:
    """Random walks through every kind of a pack that somebody can open out of nothing; the same ones every time."""
    pack = shelf.load(name, shelf.newest()[name])
    found = [
        Walk(pack, kind, staff(name), Random(seed), case_id=f"case-{kind}-{seed}").walk(steps)
        for kind in pack.file.kind
        for seed in range(WALKS)
    ]
    opened = [walk for walk in found if walk.entries]
    assert opened, f"{name}: nobody can open a case"
    return opened


class Office:
    """A desk with a ledger of its own."""

    def __init__(self, home: Path, pack: str) -> None:
        self.ledger: Ledger = open_ledger(f"sqlite:///{home / 'ledger.db'}")
        self.ledger.migrate()
        self.shelf = FileShelf(home)
        Organisation(self.ledger).apply(OrgDocument(staff(pack), "0" * 64), START - timedelta(days=1), "u1")
        self.desk = Desk(self.ledger, self.shelf, self.shelf)
        self.reading = Reading(self.ledger)

    def repeat(self, walk: Walk) -> list[HandleResult]:
        """Send the commands of a walk to the desk."""
        seq, results = 0, []
        for command, at in walk.commands:
            results.append(self.desk.handle(HandleRequest(walk.case_id, seq, command, at)))
            seq = results[-1].face.seq
        return results


@pytest.fixture
def office(tmp_path: Path, pack: str) -> Office:
    return Office(tmp_path, pack)


def test_every_promise_that_a_clause_rests_on_is_one_of_the_house() -> None:
    assert {promised for _, _, promised in RESTING} <= set(PROMISES)


@pytest.mark.parametrize("name", PROMISES)
def test_every_promise_has_its_test(name: str) -> None:
    assert f'@promise("{name}")' in Path(__file__).read_text(encoding="utf-8")


@promise("numbered")
def test_every_case_has_a_number_that_no_other_has(pack: str, office: Office) -> None:
    numbers = [office.repeat(Walk(walk.pack, walk.kind, walk.directory, walk.chance, walk.case_id).walk(0))[0].number
               for walk in walks(pack, 0)]  # fmt: skip
    prefix = shelf.load(pack, shelf.newest()[pack]).file.prefix
    assert numbers == [f"{prefix}-2026-{count:06}" for count in range(1, len(numbers) + 1)]


@promise("kept")
def test_what_was_written_stays_and_an_altered_line_is_found(pack: str, office: Office) -> None:
    walk = max(walks(pack), key=lambda walk: len(walk.entries))
    seen: list[object] = []
    seq = 0
    for command, at in walk.commands:
        seq = office.desk.handle(HandleRequest(walk.case_id, seq, command, at)).face.seq
        now = list(office.reading.entries(walk.case_id))
        assert now[: len(seen)] == seen
        assert len(now) == seq
        seen = list(now)
    assert len(seen) > 10
    assert list(verify(office.ledger, office.shelf)) == []
    with office.ledger.writing() as connection:
        connection.execute(update(entries).where(entries.c.seq == 3).values(by_whom="somebody else"))
    assert [(fault.case_id, fault.seq) for fault in verify(office.ledger, office.shelf) if fault.what == "chain"] == [
        (walk.case_id, 3)
    ]


@promise("kept")
def test_the_desk_writes_what_the_rules_decide(pack: str, office: Office) -> None:
    for walk in walks(pack)[::4]:
        results = office.repeat(walk)
        written = [
            (entry.seq, entry.event, entry.at, entry.subject, entry.clause)
            for entry in office.reading.entries(walk.case_id)
        ]
        assert written == [(each.seq, each.event, each.at, each.subject, each.clause) for each in walk.entries]
        assert results[-1].face.stage == walk.state.stage


@promise("measured")
def test_the_time_in_every_stage_and_step_can_be_told(pack: str) -> None:
    for walk in walks(pack):
        moves = [each for each in walk.entries if each.event in ("opened", "moved")]
        entered = [moves[0], *(each for each in moves[1:] if each.data["from"] != each.data["to"])]
        spent = [later.at - earlier.at for earlier, later in pairwise(entered)]
        assert all(each >= timedelta(0) for each in spent)
        closed = [each.at for each in walk.entries if each.event == "closed"]
        assert len(closed) == (1 if walk.state.closed else 0)
        if closed:
            assert sum(spent, timedelta(0)) == closed[0] - moves[0].at
        for each in moves[1:]:
            if each.subject.startswith("step."):
                assert each.data["times"] >= 1
                assert each.by


@promise("no_skipping")
def test_no_stage_is_reached_but_by_a_step_that_leads_there(pack: str) -> None:
    for walk in walks(pack):
        stage = walk.entries[0].data["stage"]
        for each in walk.entries:
            if each.event != "moved":
                continue
            assert each.data["from"] == stage
            stage = each.data["to"]
            if each.subject.startswith("step."):
                assert walk.pack.machines[walk.kind].moves[each.data["from"], each.data["step"]] == stage
            else:
                assert walk.pack.file.approval[each.subject.removeprefix("approval.")].returns_to == stage
        assert stage == walk.state.stage


@promise("editions")
def test_a_case_ends_under_the_edition_under_which_it_began(pack: str) -> None:
    for walk in walks(pack):
        assert walk.entries[0].data["pack"]["sha256"] == walk.pack.ref.sha256
        assert walk.state.pack == walk.pack.ref
        assert [each for each in walk.entries if each.event == "edition_adopted"] == []


def test_walks_reach_an_end_and_every_kind() -> None:
    found = [walk for file in ("standard", "group-complaint-demand") for walk in walks(file)]
    assert sum(walk.state.closed for walk in found) >= 5
    assert all(len(walk.entries) > 3 for walk in found)
