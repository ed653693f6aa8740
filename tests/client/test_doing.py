"""redress do and open before anybody asks the engine: names that no edition knows, cases by their number."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from activities.desk import Desk
from activities.drivers.ledger import open_ledger
from activities.organisation import Organisation, check
from activities.requests import HandleRequest
from activities.shelf import FileShelf
from client import sending
from client.cli import cases
from rules.commands import Command, case_id_for
from tests.client.line import CORNER_SHOP, PEOPLE, Line
from workflows.answers import Answer, refused

pytestmark = pytest.mark.offline

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
SAID = ("--set", "customer=王", "--set", "topic=goods", "--set", "said=坏了")
NUMBER = "CS-2026-000001"


@pytest.fixture
def shop(line: Line) -> Line:
    """A shell whose ledger has one case, while nothing is up."""
    shelf = FileShelf(line.home)
    pack = shelf.publish(CORNER_SHOP.read_text(encoding="utf-8"))
    ledger = open_ledger(f"sqlite:///{line.home / 'ledger.db'}")
    ledger.migrate()
    Organisation(ledger).apply(check(PEOPLE), datetime(2026, 1, 1, tzinfo=UTC), "root")
    filled = {"customer": "王", "topic": "goods", "said": "坏了"}
    command = Command("web-1", "open", "c1", AT, filled, kind="complaint", pack=pack)
    result = Desk(ledger, shelf, shelf).handle(HandleRequest(case_id_for("web-1"), 0, command, AT))
    assert result.number == NUMBER
    ledger.close()
    return line


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Command]:
    """The commands that the client would have sent; each is refused."""
    found: list[Command] = []

    class Gateway:
        def command(self, what: str, by: str, fields: dict[str, Any], **more: Any) -> Command:
            return Command(more["command_id"] or "1", what, by, AT, fields)

        async def open(self, command: Command) -> Answer:
            found.append(command)
            return refused("case_closed")

        async def send(self, case_id: str, command: Command) -> Answer:
            return await self.open(command)

    async def ask(context: object, reading: object, send: sending.Ask) -> Answer:
        gateway: Any = Gateway()
        return await send(gateway)

    monkeypatch.setattr(cases, "ask", ask)
    return found


@pytest.mark.parametrize(
    ("step", "near"),
    [("fly", "Known are: "), ("repply", 'Did you mean "reply"?'), ("task.fly", "Known are: ")],
)
def test_a_step_that_no_edition_knows_is_wrong_usage_and_nobody_is_asked(
    shop: Line, asked: list[Command], step: str, near: str
) -> None:
    ran = shop("do", NUMBER, step, "--as", "c1", "--json")
    assert (ran.code, ran.json()["error"]["code"]) == (2, "unknown_step")
    assert near in ran.json()["error"]["why"]
    assert asked == []


@pytest.mark.parametrize("step", ["revisit", "step.revisit", "recount"])
def test_a_step_that_is_there_is_for_the_case_to_decide(shop: Line, asked: list[Command], step: str) -> None:
    assert shop("do", NUMBER, step, "--as", "c1", "--json").code == 1
    assert [command.what for command in asked] == ["recount" if step == "recount" else "step.revisit"]


def test_a_case_is_sent_by_its_id_however_it_was_named(shop: Line, asked: list[Command], tmp_path: Path) -> None:
    file = tmp_path / "said.json"
    file.write_text(f'{{"earlier": "{NUMBER}"}}', encoding="utf-8")
    for given in (("--set", f"earlier={NUMBER}"), ("--set", f"earlier={case_id_for('web-1')}"), ("--file", str(file))):
        shop("open", "--pack", "corner-shop", "--as", "c1", *SAID, *given)
    assert [command.fields["earlier"] for command in asked] == [case_id_for("web-1")] * 3
    shop("open", "--pack", "corner-shop", "--as", "c1", *SAID, "--set", "earlier=CS-1999-000001")
    assert asked[-1].fields["earlier"] == "CS-1999-000001"


def test_the_doctor_lists_the_packs_that_are_shipped(line: Line) -> None:
    findings = line("doctor", "--json").json()["findings"]
    (packs,) = [each for each in findings if each["part"] == "packs"]
    assert packs["ok"]
    assert "standard.1" in packs["text"]


def test_a_ledger_whose_url_is_none_is_said_without_a_fault(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDRESS_LEDGER_URL", "nonsense")
    ran = line("list", "--json")
    assert (ran.code, ran.json()["error"]["code"]) == (1, "settings_broken")
