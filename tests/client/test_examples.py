"""The packs and scripts in docs/examples work as the tutorial says, and the tutorial shows what stands in them."""

import re
from pathlib import Path

import pytest

from tests.client.line import Line, Ran
from tests.listing import ROOT

pytestmark = pytest.mark.pure

EXAMPLES = ROOT / "docs" / "examples"
PAPER = (ROOT / "docs" / "packs.md").read_text(encoding="utf-8")
PACKS = sorted(EXAMPLES.glob("*-*.1.toml"))
SCRIPTS = sorted(EXAMPLES.glob("*.jsonl"))
BLOCKS = [
    block.strip() for shown in re.findall(r"```toml\n(.*?)```", PAPER, re.DOTALL) for block in shown.split("\n\n")
]


def rehearsed(line: Line, name: str) -> Ran:
    """A script is played where its paths begin: in the folder of the project."""
    return line("rehearse", "--script", str(EXAMPLES / name))


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize("pack", PACKS, ids=lambda path: path.stem)
def test_the_pack_has_no_mistakes_and_the_tutorial_says_what_the_check_says(line: Line, pack: Path) -> None:
    ran = line("packs", "check", str(pack))
    assert ran.code == 0
    assert "has no mistakes" in ran.out
    assert ran.out.strip() in PAPER


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split("\n")[0])
def test_every_block_of_the_tutorial_stands_in_an_example(block: str) -> None:
    assert any(block in pack.read_text(encoding="utf-8") for pack in PACKS)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_every_script_can_be_played(line: Line, script: Path, lang: str) -> None:
    ran = line("rehearse", "--script", str(script), lang=lang)
    assert ran.code == 0
    assert {"zh": "演练结束", "en": "Rehearsed:"}[lang] in ran.out


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_the_tutorial_quotes_what_a_rehearsal_prints(line: Line, script: Path) -> None:
    quoted = re.search(
        rf"^\$ redress rehearse --script docs/examples/{script.name}\n(.*?)(?=^```|^\$)", PAPER, re.M | re.S
    )
    assert quoted is not None
    printed = rehearsed(line, script.name).out.splitlines()
    shown = [text for text in quoted[1].splitlines() if text and text != "…"]
    missing = [text for text in shown if not any(each.startswith(text.removesuffix(" …")) for each in printed)]
    assert missing == []


def test_the_shop_that_answers_late_is_fined_and_the_fine_is_taken_back(line: Line) -> None:
    ran = line("rehearse", "--script", str(EXAMPLES / "windbell-bicycles.jsonl"), "--json")
    rows = [(row["case"], row["event"], row["amount"]) for row in ran.lines() if row["amount"] is not None]
    assert ("main", "consequence_decided", "800.00") in rows
    assert ("main", "consequence_decided", "100.00") in rows
    assert ("appeal", "consequence_reversed", "-100.00") in rows


def test_the_month_after_the_first_complaint_opens_its_report_which_is_handed_in_before_the_5th(line: Line) -> None:
    ran = line("rehearse", "--script", str(EXAMPLES / "windbell-bicycles.jsonl"), "--json")
    month = [(row["event"], row["at"]) for row in ran.lines() if row["case"] == "monthly"]
    assert ("opened", "2026-03-31T16:00:00Z") in month
    assert ("clock_met", "2026-04-03T01:00:00Z") in month
