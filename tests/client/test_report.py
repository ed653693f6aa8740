"""redress report, as it is typed: lists, tables, cases behind figures, CSV, who may see what, what is refused."""

from pathlib import Path

import pytest

from activities.desk import Desk
from activities.drivers.erasing import erase
from activities.drivers.ledger import Ledger, open_ledger
from activities.organisation import Organisation, check
from activities.requests import HandleRequest
from activities.shelf import FileShelf
from client.report_shown import harmless
from rules.commands import Command
from tests.client.line import Line
from tests.rules.parcel_desk import FILE, TEXT, local

pytestmark = pytest.mark.offline

PEOPLE = """
[person.ann]
roles = ["clerk"]
[person.max]
roles = ["manager"]
[person.eve]
"""
MARCH = ("--period", "2026-03")


class Shop:
    """A shell whose ledger has two complaints of March, the second about max himself."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.url = f"sqlite:///{line.home / 'ledger.db'}"
        shelf = FileShelf(line.home)
        pack = shelf.publish(TEXT)
        ledger = self.ledger()
        ledger.migrate()
        Organisation(ledger).apply(check(PEOPLE), local("2026-01-01T00:00"), "root")
        desk = Desk(ledger, shelf, shelf)
        for place, more in enumerate(({"value": "10.00"}, {"accused": "max", "topic": "rude"}), start=1):
            fields = {"customer": "=王(1)", "topic": "lost", **more}
            at = local(f"2026-03-0{place + 1}T09:00")
            command = Command(f"o{place}", "open", "ann", at, fields, kind="complaint", pack=pack)
            desk.handle(HandleRequest(f"case-{place}", 0, command, at))
        ledger.close()

    def ledger(self) -> Ledger:
        return open_ledger(self.url)


@pytest.fixture
def shop(line: Line) -> Shop:
    return Shop(line)


@pytest.fixture
def ask(shop: Shop) -> Line:
    return shop.line


def test_without_a_name_the_reports_are_listed(ask: Line) -> None:
    rows = ask("report", "--pack", "parcel-desk", "--json").json()
    assert [row["report"] for row in rows][:2] == ["by_topic", "in_time"]
    assert rows[0] | {"clause": ["PD-3"], "periods": ["week", "month", "quarter", "year"]} == rows[0]
    assert "按事项统计" in ask("report", lang="zh").out


def test_a_report_says_its_period_its_clause_and_as_of_when(ask: Line) -> None:
    ran = ask("report", "by_topic", *MARCH, "--as-of", "2026-04-01T00:00", "--cases")
    assert ran.code == 0
    for said in (
        "complaints by topic (by_topic)  parcel-desk.1  2026-03: 2026-03-01 00:00 +08:00 to 2026-04-01 00:00 +08:00",
        "as of 2026-04-01 00:00 +08:00",
        "PD-3: Figures of the month",
        "10.00 yuan",
        "lost  number: PD-2026-000001",
        "clerk: ________",
        "installation's own view",
    ):
        assert said in ran.out


def test_in_chinese_it_is_chinese(ask: Line) -> None:
    out = ask("report", "by_topic", *MARCH, "--cases", lang="zh").out
    assert "丢失" in out
    assert "合计" in out
    assert "价值（元）：合计" in out


def test_the_same_instant_gives_the_same_bytes_in_any_language(ask: Line) -> None:
    words = ("report", "by_topic", *MARCH, "--as-of", "2026-03-02T12:00", "--json")
    assert ask(*words).out == ask(*words, lang="zh").out
    assert (
        ask(*words).json()["total"][0]["figures"][0] | {"value": 1, "cases": ["PD-2026-000001"]}
        == (ask(*words).json()["total"][0]["figures"][0])
    )


def test_an_instant_to_come_is_said_to_change(ask: Line) -> None:
    assert "will change" in ask("report", "by_topic", *MARCH, "--as-of", "2180-01-01T00:00").err


def test_an_empty_period_says_so(ask: Line) -> None:
    ran = ask("report", "in_time", "--period", "2025", "--as-of", "2026-04-01T00:00")
    assert (ran.code, "nothing to measure" in ran.out, "nothing in this period" in ran.out) == (0, True, True)
    assert "没有答卷" in ask("report", "content", *MARCH, lang="zh").out


def test_a_register_is_a_table_and_a_csv_without_formulas(ask: Line) -> None:
    out = ask("report", "register", "--pack", "parcel-desk", *MARCH, "--csv").out.splitlines()
    assert out[0].startswith("number,opened at,customer,topic,value in yuan,level,reply,reply due,stage")
    assert out[1].startswith("PD-2026-000001,2026-03-02 09:00 +08:00,'=王(1),lost,10.00,plain,running,")
    assert "=王(1)" in ask("report", "register", "--pack", "parcel-desk", *MARCH).out


def test_an_erased_value_says_so(shop: Shop) -> None:
    ledger = shop.ledger()
    erase(ledger, "case-1")
    ledger.close()
    assert "(erased)" in shop.line("report", "register", "--pack", "parcel-desk", *MARCH).out
    assert "（已删除）" in shop.line("report", "register", "--pack", "parcel-desk", *MARCH, lang="zh").out


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+86 138", "'+86 138"),
        ("@SUM(A1)", "'@SUM(A1)"),
        (" =1", "' =1"),
        ("\t=1", "'\t=1"),
        ("-50.00", "-50.00"),
        ("-1+2", "'-1+2"),
        ("更快", "更快"),
        ("", ""),
    ],
)
def test_no_spreadsheet_takes_a_cell_for_a_formula(cell: str, safe: str) -> None:
    assert harmless(cell) == safe


def test_a_person_gets_the_report_that_is_for_him_without_cases_that_are_shut_to_him(ask: Line) -> None:
    said = ask("report", "register", "--pack", "parcel-desk", *MARCH, "--as", "max", "--json").json()
    assert [row["case"] for row in said["register"]] == ["PD-2026-000001"]
    assert (said["hidden"], said["rows"]) == (1, 2)
    figures = ask("report", "by_topic", *MARCH, "--as", "max", "--json").json()["total"][0]["figures"]
    assert (figures[0]["value"], figures[0]["cases"]) == (2, ["PD-2026-000001"])
    assert "1 case(s) that max may not see" in ask("report", "by_topic", *MARCH, "--as", "max").out


@pytest.mark.parametrize(
    ("words", "code", "problem"),
    [
        (("by_topik", *MARCH), 3, "no_report"),
        (("by_topic",), 2, "period_missing"),
        (("by_topic", "--period", "March"), 2, "period_wrong"),
        (("in_time", "--period", "2026-W10"), 2, "period_not_of_report"),
        (("by_topic", *MARCH, "--as", "eve"), 1, "report_not_for"),
        (("by_topic", *MARCH, "--as", "nobody"), 3, "no_person"),
        (("by_topic", *MARCH, "--as-of", "soon"), 2, "wrong_time"),
        (("by_topic", *MARCH, "--pack", "parcel"), 3, "no_pack"),
        (("by_topic", *MARCH, "--pack", "parcel-desk", "--as-of", "2025-12-31T23:59"), 1, "no_edition_then"),
    ],
)
def test_what_cannot_be_made_is_refused_with_what_to_do(
    ask: Line, words: tuple[str, ...], code: int, problem: str
) -> None:
    ran = ask("report", *words, "--json")
    assert (ran.code, ran.json()["error"]["code"]) == (code, problem)
    assert ran.json()["error"]["next"]


def test_a_name_that_two_packs_have_needs_the_pack(ask: Line, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text(FILE.read_text(encoding="utf-8").replace('id = "parcel-desk"', 'id = "letter-desk"'), "utf-8")
    assert ask("packs", "publish", str(other)).code == 0
    ran = ask("report", "by_topic", *MARCH, "--json")
    assert (ran.code, ran.json()["error"]["code"]) == (2, "report_of_which")
    assert ask("report", "by_topic", *MARCH, "--pack", "letter-desk.1", "--json").json()["rows"] == 0
