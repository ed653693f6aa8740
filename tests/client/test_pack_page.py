"""redress packs page: what a page about a pack says."""

import pytest

from client.pack_page import counted, length, page
from rules.parsing import parse
from tests.client.line import CORNER_SHOP, Line
from tests.rules.parcel_desk import PACK

pytestmark = pytest.mark.offline

TEXT = CORNER_SHOP.read_text(encoding="utf-8")


def test_a_page_shows_journeys_clocks_ladders_house_rules_and_clauses(line: Line) -> None:
    ran = line("packs", "page", str(CORNER_SHOP))
    assert ran.code == 0
    for said in (
        "# 街角商店客户投诉办法 (Corner shop complaint rules)",
        "`corner-shop.1`, in force from 2026-03-01; calendar `cn`.",
        "```mermaid\nstateDiagram-v2\n    received: received",
        "| `first_reply` | 首次答复 (first reply) | 3 working days | `step.accept` | `step.reply`, `closed` |",
        "| `up` | 80% | 部门负责人 (department head) | – | *house-1* |",
        "| *house-1* | Escalation agreed for this installation. | `ladder.up` |",
        "| CS-1 | nothing to encode | Purpose. | – | – |",
    ):
        assert said in ran.out
    assert line("packs", "page", str(CORNER_SHOP), "--json").json()["page"] == ran.out


def test_a_page_shows_consequences_and_reports_and_leaves_out_what_there_is_not() -> None:
    text = page(PACK)
    fine = "| `late_reply` | 逾期罚款 (fine for a late reply) | `clock.reply.missed` | `holder.reply` | fixed 50.00, yuan |"
    assert fine in text
    assert (
        "| `in_time` | 按时答复率 (answered in time) | month, year | cases | share | – | at least 95% | PD-3 |" in text
    )
    assert "## Cycles" not in text
    assert "## Gaps" not in text


def test_a_gap_is_shown_with_what_stands_in_its_place() -> None:
    gap = '[clause."CS-11"]\ngap = "How many days."\nfilled = "house-1"\n'
    pack = parse(f"{TEXT}\n{gap}")
    assert "| CS-11 | How many days. | *house-1* |" in page(pack)
    assert counted(pack) == "11 clauses: 9 encoded, 1 nothing to encode, 1 gap; 1 house rule"
    assert length(None) == "stopwatch"
