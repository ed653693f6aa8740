"""Consequences as people meet them: typed, rehearsed, told, shown."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from activities.desk import Desk
from activities.drivers.ledger import open_ledger
from activities.organisation import Organisation, check
from activities.requests import HandleRequest
from activities.shelf import FileShelf
from client.fields import Desk as Front
from client.fields import typed
from client.refusals import refusal_text
from rules.commands import Command, case_id_for
from rules.deciding_items import command_form
from rules.outcomes import Refusal
from tests.client.line import Line
from tests.rules.corner_shop import ZONE
from tests.rules.workshop import PACK, TEXT

pytestmark = pytest.mark.offline

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
PEOPLE = {"clerk": ["clerk"], "hr": ["hr"], "gm": ["general_manager"], "porter": ["handler"]}
ORGANISATION = """
[person.anna]
roles = ["clerk"]
[person.hugo]
roles = ["hr"]
[person.pit]
"""


class NoFiles:
    def keep(self, path: Path) -> dict[str, Any]:
        raise AssertionError(path)


def row(at: str, do: str, by: str, **fields: object) -> dict[str, object]:
    return {"at": f"2026-03-02T{at}", "do": do, "as": by, "set": fields}


@pytest.mark.parametrize(
    ("name", "pairs", "fields"),
    [
        ("fine", ["amount=80", "item=2", "reason=再犯"], {"amount": "80", "item": "2", "reason": "再犯"}),
        ("fine", ["drop=yes"], {"drop": True}),
        ("sanction", ["choice=warning,training", "party=clerk"], {"choice": ["warning", "training"], "party": "clerk"}),
    ],
)
def test_what_people_type_is_read_by_the_fields_of_the_consequence(
    name: str, pairs: list[str], fields: dict[str, object]
) -> None:
    assert typed(pairs, command_form(PACK.file.consequence[name]), Front(ZONE, NoFiles(), "en")) == fields


def test_a_rehearsal_prints_amounts_and_takes_commands_to_consequences(line: Line) -> None:
    pack = line.file("workshop.1.toml", TEXT)
    rows = [
        {"pack": pack, "kind": "complaint", "people": PEOPLE, "org": None, "calendar": "endless"},
        {"at": "2026-03-02T09:00", "open": {"topic": "goods"}, "as": "clerk"},
        row("09:10", "blame", "clerk", blamed=["porter"]),
        row("09:20", "consequence.fine", "clerk", amount="80"),
        row("09:30", "approval.fine", "hr", verdict="given"),
    ]
    script = line.file("script.jsonl", "\n".join(json.dumps(each, ensure_ascii=False) for each in rows))
    events = line("rehearse", "--script", script, "--json").lines()
    found = [(each["event"], each["amount"]) for each in events if each["event"].startswith("consequence_")]
    assert found == [("consequence_raised", None), ("consequence_proposed", "80.00"), ("consequence_decided", "80.00")]
    told = line("rehearse", "--script", script).out
    assert "fine — porter; 30.00 … 200.00" in told
    assert "fine — porter 80.00 yuan" in told
    assert "罚款 — porter 80.00 元" in line("rehearse", "--script", script, lang="zh").out


@pytest.fixture
def shop(line: Line) -> Line:
    """A shell whose ledger has one case that waits for a fine, while nothing is up."""
    shelf = FileShelf(line.home)
    pack = shelf.publish(TEXT.replace('meanwhile = "block"', 'meanwhile = "warn"'))
    ledger = open_ledger(f"sqlite:///{line.home / 'ledger.db'}")
    ledger.migrate()
    Organisation(ledger).apply(check(ORGANISATION), datetime(2026, 1, 1, tzinfo=UTC), "root")
    desk, case = Desk(ledger, shelf, shelf), case_id_for("web-1")
    opening = Command("web-1", "open", "anna", AT, {"topic": "goods"}, kind="complaint", pack=pack)
    opened = desk.handle(HandleRequest(case, 0, opening, AT))
    blame = Command("2", "step.blame", "anna", AT, {"blamed": ["pit"], "faults": 2})
    result = desk.handle(HandleRequest(case, opened.face.seq, blame, AT))
    assert result.refusal is None, result.refusal
    ledger.close()
    return line


def test_show_lists_what_is_open_and_what_is_decided(shop: Line) -> None:
    shown = shop("show", "W-2026-000001", "--json").json()["consequences"]
    assert [(each["consequence"], each["status"], each["lines"]) for each in shown] == [
        ("fine", "raised", [["person", "pit", None]]),
        ("points", "decided", [["person", "pit", "4"]]),
    ]
    assert (shown[0]["low"], shown[0]["high"], shown[0]["unit"], shown[0]["clause"]) == (
        "30.00",
        "200.00",
        "yuan",
        ["W-2"],
    )
    text = shop("show", "W-2026-000001").out
    assert "points (points)" in text
    assert "pit 4 demerits" in text
    assert "consequence.fine" in text


@pytest.mark.parametrize(
    ("code", "params", "words"),
    [
        ("value_missing", {"value": "table.tariff"}, "table.tariff"),
        (
            "out_of_bounds",
            {"amount": "9.00", "low": "30.00", "high": "200.00", "unit": "yuan", "may_change": True},
            "200.00",
        ),
        ("ratios_wrong", {"total": "99"}, "99"),
        ("beyond_authority", {"person": "hr", "amount": "300", "most": "200", "roles": ["general_manager"]}, "200"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_refusal_of_a_consequence_says_why_and_what_next(
    code: str, params: dict[str, object], words: str, lang: str
) -> None:
    text = refusal_text(Refusal(code, ("W-2",), params), lang, pack=PACK)
    assert words in f"{text.what} {text.why}"
    assert text.next_step
    assert "{" not in f"{text.what}{text.why}{text.next_step}"
