"""How a due was counted, told to people: the units that the calendar on the wall bounds, windows, gaps."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from client.explaining import Explained, as_json, as_text
from rules.clocks import Counting
from rules.counting import count, due_data
from rules.entries import Entry
from tests.rules.corner_shop import ENDLESS, PACK, local

pytestmark = pytest.mark.pure

SHANGHAI = ZoneInfo("Asia/Shanghai")


def told(data: dict[str, Any], counted: dict[str, Any], lang: str) -> list[str]:
    at = datetime(2026, 3, 2, 2, tzinfo=UTC)
    whole = {"clock": "first_reply", "counted": counted, **data}
    entry = Entry(1, "clock_started", at, at, "c1", "clock.first_reply", ("CS-4",), False, whole)
    return as_text(Explained(entry, counted), PACK, SHANGHAI, lang)


def counted_by(unit: str, amount: object, rule: Counting, lang: str) -> str:
    due = count(unit, amount, local("2026-03-02T10:00"), rule, ENDLESS)
    return "\n".join(told(dict(due_data(due.at, due.day)), due.how, lang))


@pytest.mark.parametrize(
    ("unit", "amount", "rule", "zh", "en"),
    [
        ("end_of", "week", Counting(ends="midnight", first="sunday"), "至本周末", "to the end of the week"),
        ("end_of", "week", Counting(ends="midnight", first="sunday"), "一周从星期日开始", "a week begins on Sunday"),
        ("end_of", "month", Counting(ends="midnight"), "至本月末", "to the end of the month"),
        ("end_of", "quarter", Counting(ends="midnight"), "到期：2026-03-31 24:00", "due: 2026-03-31 24:00"),
        ("end_of", "year", Counting(ends="midnight"), "至本年末", "to the end of the year"),
        ("by_day", 8, Counting(that_day="late", ends="midnight"), "8日前", "by day 8 of the month"),
        ("by_day", 8, Counting(that_day="late", ends="midnight"), "指定日，已不按时", "the day named, late already"),
        ("by_day", 8, Counting(that_day="on_time", ends="midnight"), "当天仍为按时", "is still on time"),
        ("around", 10, Counting(days=2, ends="midnight"), "10日左右", "around day 10 of the month"),
        ("around", 10, Counting(days=2, ends="midnight"), "前后允许 2 天", "2 days tolerated on both sides"),
        ("around", 10, Counting(days=2, ends="midnight"), "指定日：2026-03-10", "the day named: 2026-03-10"),
    ],
)
def test_a_unit_is_explained_in_both_languages(unit: str, amount: object, rule: Counting, zh: str, en: str) -> None:
    assert zh in counted_by(unit, amount, rule, "zh")
    assert en in counted_by(unit, amount, rule, "en")


def test_a_window_says_from_when_on_it_is_open() -> None:
    due = count("working_days", 3, local("2026-03-02T10:00"), Counting("", "excluded", "midnight"), ENDLESS)
    data = {**due_data(due.at, due.day), "not_before": "2026-03-02T16:00:00Z"}
    assert "  not before: 2026-03-03 00:00 +08:00" in told(data, due.how, "en")
    assert "  不早于：2026-03-03 00:00 +08:00" in told(data, due.how, "zh")
    entry = Entry(1, "clock_started", due.at, due.at, "c1", "clock.x", (), False, {"clock": "x", **data})
    assert as_json(Explained(entry, due.how), PACK)["not_before"] == "2026-03-02T16:00:00Z"


@pytest.mark.parametrize(
    ("gap", "en"),
    [
        ("field", "the case does not give the length yet"),
        ("table", "the table gives no length"),
        ("cut off", "the regulation gives no length: cut off"),
    ],
)
def test_a_length_that_is_not_given_says_where_it_is_missing(gap: str, en: str) -> None:
    assert told({}, {"gap": gap}, "en")[-1] == f"  {en}"
