"""What people write into forms and read of them: rows, reasons, what stays hidden, whose case comes first."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from activities.desk import Desk as CaseDesk
from activities.drivers.ledger import Ledger, open_ledger
from activities.drivers.reading import CaseRow, Reading
from activities.organisation import Organisation, check
from activities.requests import HandleRequest
from activities.shelf import FileShelf
from client.fields import Desk, typed
from client.problems import Problem
from client.queue import queued
from client.refusals import refused
from client.seeing import Seeing
from client.story import label
from rules.commands import Command
from rules.outcomes import Refusal
from rules.state import State
from tests.client.line import Line
from tests.client.test_saying import Files
from tests.rules.corner_shop import ENDLESS, local
from tests.rules.estate import DIRECTORY, OPENED, PACK, PEOPLE, TEXT, Claim

pytestmark = pytest.mark.offline

DESK = Desk(ENDLESS.zone, Files(), "en")
INTAKE = PACK.file.form["intake"]


def said(refusal: Refusal | None, lang: str = "en") -> str:
    assert refusal is not None
    return refused(refusal, lang, INTAKE, PACK).said.why


def test_rows_of_a_list_are_typed_as_json() -> None:
    pair = 'parties=[{"who": "Li", "ratio": 33.34}, {"who": "Wu", "ratio": "66.66"}]'
    assert typed([pair], INTAKE, DESK) == {
        "parties": [{"who": "Li", "ratio": "33.34"}, {"who": "Wu", "ratio": "66.66"}]
    }


@pytest.mark.parametrize("text", ["Li,Wu", '{"who": "Li"}', "[", "3"])
def test_anything_else_is_told_what_rows_look_like(text: str) -> None:
    with pytest.raises(Problem) as raised:
        typed([f"parties={text}"], INTAKE, DESK)
    (row,) = raised.value.details
    assert (row["code"], '[{"name": "…"}]' in row["what"]) == ("not_rows", True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no:nobody has counted", {"no": "nobody has counted"}),
        ("否：还没有点清", {"no": "还没有点清"}),
        ("no:", "no:"),
        ("12.50", "12.50"),
    ],
)
def test_a_reason_is_typed_as_for_a_tick(text: str, value: Any) -> None:
    assert typed([f"damage={text}"], INTAKE, DESK) == {"damage": value}


def test_a_field_without_or_reason_takes_the_text_as_it_is() -> None:
    assert typed(["outlet=no:thing"], INTAKE, DESK) == {"outlet": "no:thing"}


def test_a_mistake_of_a_row_is_told_with_the_title_of_its_field() -> None:
    rows = [{"who": "Li", "ratio": "50"}, {"who": "Wu", "ratio": "ten"}]
    refusal = Claim().do("open", "dana", OPENED, house="A1", damage="1", parties=rows)
    assert "parties[2].ratio (ratio): not a number" in said(refusal)
    assert "parties[2].ratio（比例）" in said(refusal, "zh")


def test_a_wrong_sum_is_told_with_the_sum() -> None:
    rows = [{"who": "Li", "ratio": "50"}, {"who": "Wu", "ratio": "49.9"}]
    refusal = Claim().do("open", "dana", OPENED, house="A1", damage="1", parties=rows)
    assert "parties.ratio (ratio): the rows sum to 99.9; they must give 100." in said(refusal)


def test_what_a_class_asks_for_is_told_by_its_titles() -> None:
    refusal = Claim().do("open", "dana", OPENED, house="A1", damage="1", press=True)
    assert "must be filled in, since exposure is in the press" in said(refusal)


def test_a_class_that_is_not_plain_is_told_with_its_values() -> None:
    refusal = Claim().do("open", "dana", OPENED, house="A1", damage="1", water=True, fire=True)
    assert refusal is not None
    assert "several values at once: water, fire" in said(refusal)
    assert "进水" not in said(refusal, "zh")
    assert "水" in said(refusal, "zh")


def test_an_open_case_of_the_same_key_is_named() -> None:
    first = Claim().opened()
    refusal = Claim(first.cabinet).do("open", "dana", OPENED, house="A1", damage="1")
    assert refusal is not None
    shown = refused(refusal, "en", INTAKE, PACK).said
    assert first.state.number in shown.what
    assert f"redress show {first.state.number}" in shown.next_step


def test_reasons_and_rows_are_shown_as_words() -> None:
    assert label({"no": "gone"}, PACK, "en") == "no: gone"
    assert label([{"who": "Li", "as": "tenant"}], PACK, "zh") == "who Li, as 租户"


def test_a_field_is_hidden_until_its_condition_holds_and_from_those_roles_only() -> None:
    claim = Claim().opened(remark="he shouts")
    seeing = Seeing(PACK, claim.state, DIRECTORY, local(OPENED))
    assert (seeing.hidden("dana"), seeing.hidden("max")) == (frozenset(("remark",)), frozenset())
    closed = Seeing(PACK, replace(claim.state, stage="closed", closed=True), DIRECTORY, local(OPENED))
    assert closed.hidden("dana") == frozenset()


def row(number: int, level: str | None, kind: str = "claim") -> CaseRow:
    state = State(f"case-{number}", classes={"level": level} if level else {})
    opened = datetime(2026, 3, 2, tzinfo=UTC) + timedelta(hours=number)
    ref = PACK.ref
    return CaseRow(
        f"case-{number}", f"RE-{number}", ref.id, ref.edition, ref.sha256, kind, "received", "open", "desk", opened,
        "dana", None, False, False, 1, state,
    )  # fmt: skip


def test_a_queue_puts_the_gravest_first_and_keeps_the_order_among_equals(tmp_path: Path) -> None:
    shelf = FileShelf(tmp_path)
    shelf.publish(TEXT)
    rows = [row(1, "plain"), row(2, None), row(3, "grave"), row(4, "plain"), row(5, "grave")]
    assert [each.number for each in queued(rows, shelf)] == ["RE-3", "RE-5", "RE-1", "RE-4", "RE-2"]
    missing = [replace(each, edition=9) for each in rows]
    assert [each.number for each in queued(missing, shelf)] == ["RE-1", "RE-2", "RE-3", "RE-4", "RE-5"]


@pytest.fixture
def estate(line: Line) -> Line:
    """A shell whose ledger has a plain claim and, later, a grave one."""
    shelf = FileShelf(line.home)
    shelf.publish(TEXT)
    ledger = open_ledger(f"sqlite:///{line.home / 'ledger.db'}")
    ledger.migrate()
    people = "".join(f'[person.{name}]\nroles = ["{role}"]\n' for role, names in PEOPLE.items() for name in names)
    Organisation(ledger).apply(check(people), datetime(2026, 1, 1, tzinfo=UTC), "root")
    for case, house, damage in (("case-1", "A1", "1"), ("case-2", "B2", "20000")):
        at = local(OPENED).astimezone(UTC)
        fields = {"house": house, "damage": damage, "remark": "he shouts"}
        command = Command(f"open {case}", "open", "dana", at, fields, kind="claim", pack=PACK.ref)
        _take(ledger, shelf, case, command)
    ledger.close()
    return line


def _take(ledger: Ledger, shelf: FileShelf, case: str, command: Command) -> None:
    assert CaseDesk(ledger, shelf, shelf).handle(HandleRequest(case, 0, command, command.asked_at)).refusal is None


def test_lists_put_the_gravest_case_first_once_it_is_confirmed(estate: Line) -> None:
    assert [each["number"] for each in estate("list", "--json").json()] == ["RE-2026-000001", "RE-2026-000002"]
    ledger, shelf = open_ledger(f"sqlite:///{estate.home / 'ledger.db'}"), FileShelf(estate.home)
    at = local("2026-03-02T10:00").astimezone(UTC)
    _take(ledger, shelf, "case-2", Command("grade", "step.grade", "max", at, {"level": "grave"}))
    assert Reading(ledger).case("case-2") is not None
    ledger.close()
    assert [each["number"] for each in estate("list", "--json").json()] == ["RE-2026-000002", "RE-2026-000001"]
    assert next(each["number"] for each in estate("mine", "--as", "max", "--json").json()) == "RE-2026-000002"


def test_a_proposal_is_shown_as_one(estate: Line) -> None:
    shown = estate("show", "RE-2026-000002")
    assert "level = grave (to be confirmed)" in shown.out
    found = estate("show", "RE-2026-000002", "--json").json()
    assert (found["proposed"], "level" in found["classes"]) == ({"level": "grave"}, False)


def test_who_must_not_read_a_field_does_not_find_it_in_the_history_either(estate: Line) -> None:
    assert "he shouts" in estate("show", "RE-2026-000001", "--as", "max", "--json").out
    assert "he shouts" not in estate("show", "RE-2026-000001", "--as", "dana", "--json").out
    assert "he shouts" not in estate("show", "RE-2026-000001", "--as", "dana").out
