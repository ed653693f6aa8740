"""Words, tables, instants, fields and refusals, piece by piece."""

from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from client.explaining import Explained, as_json, as_text
from client.fields import Desk, typed
from client.problems import Problem
from client.refusals import refused
from client.supervising import Backoff
from client.tables import plain, width
from client.times import duration, local, spoken
from client.words import amounted, word
from rules.entries import Entry
from rules.outcomes import Refusal
from rules.parsing import parse
from tests.client.line import CORNER_SHOP

pytestmark = pytest.mark.pure
SHANGHAI = ZoneInfo("Asia/Shanghai")
PACK = parse(CORNER_SHOP.read_text(encoding="utf-8"))


class Files:
    def keep(self, path: Path) -> dict[str, Any]:
        return {"name": path.name, "sha256": "0" * 64, "size": path.stat().st_size}


STANDARD = parse(files("rules").joinpath("packs", "standard.1.toml").read_text(encoding="utf-8"))
DESK = Desk(SHANGHAI, Files(), "en")


def test_chinese_stands_under_chinese() -> None:
    lines = plain(["名称", "n"], [["投诉受理", "1"], ["ab", "22"]])
    assert lines == ["名称      n", "投诉受理  1", "ab        22"]
    assert width("投诉a") == 5


def test_midnight_is_24_00_of_the_date_that_ends() -> None:
    instant = datetime(2026, 3, 5, 16, tzinfo=UTC)
    assert local(instant, SHANGHAI, date(2026, 3, 5)) == "2026-03-05 24:00 +08:00"
    assert local(instant, SHANGHAI) == "2026-03-06 00:00 +08:00"
    assert local(None, SHANGHAI) == "—"


@pytest.mark.parametrize(
    ("text", "seconds"), [("2026-03-05T24:00", 0), ("2026-03-06 00:00", 0), ("2026-03-05T16:00:01Z", 1)]
)
def test_a_spoken_instant_is_read(text: str, seconds: int) -> None:
    assert spoken(text, SHANGHAI) == datetime(2026, 3, 5, 16, 0, seconds, tzinfo=UTC)


def test_an_instant_that_the_zone_skips_is_none() -> None:
    with pytest.raises(ValueError, match="02:30"):
        spoken("2026-03-29T02:30", ZoneInfo("Europe/Berlin"))


def test_a_length_is_said_in_two_units() -> None:
    assert duration(timedelta(days=2, hours=3, minutes=9), "en") == "2 d 3 h"
    assert duration(timedelta(minutes=5), "zh") == "5分钟"
    assert duration(timedelta(0), "en") == "0 s"


def test_typed_values_follow_the_type_of_their_field(tmp_path: Path) -> None:
    form = PACK.file.form["reply"]
    assert typed(["reply=a=b", "polite=no: rude"], form, DESK) == {"reply": "a=b", "polite": {"no": "rude"}}
    assert typed(["polite=是"], form, DESK) == {"polite": True}
    assert typed(["satisfied=否"], PACK.file.form["revisit"], DESK) == {"satisfied": False}


def test_every_mistyped_field_is_named_at_once() -> None:
    with pytest.raises(Problem) as caught:
        typed(["satisfied=maybe", "satisfed=yes", "satisfied"], PACK.file.form["revisit"], DESK)
    assert [row["code"] for row in caught.value.details] == ["not_yes_or_no", "unknown_field", "no_equals"]
    assert 'Did you mean "satisfied"?' in caught.value.details[1]["what"]
    assert caught.value.exit_code == 1


def test_a_refusal_has_what_why_next_and_the_clause() -> None:
    gate = {"any": [{"fact": "task.statement", "is": "done"}, {"fact": "task.statement", "is": "none"}]}
    refusal = Refusal(
        "gate_closed", ("CS-5",), {"step": "step.reply", "wanted": [gate]}, ("step.note", "task.statement")
    )
    found = refused(refusal, "en")
    assert found.said.why == "The regulation first wants: one of (task.statement is done or task.statement is none)."
    assert found.said.next_step == "Open now: note, task.statement."
    assert found.as_json()["error"]["clause"] == ["CS-5"]
    assert "条款：CS-5" in refused(refusal, "zh").as_text("zh")


def test_a_refusal_for_fields_says_which() -> None:
    wrong = [{"field": "topic", "code": "missing"}, {"field": "said", "code": "too_long", "most": 2000}]
    refusal = Refusal("fields_wrong", ("CS-2",), {"form": "intake", "fields": wrong})
    why = refused(refusal, "en", PACK.file.form["intake"]).said.why
    assert why == (
        "topic (topic): must be filled in. said (what the customer says): too long; 2000 characters at most."
    )


def test_an_explanation_lists_parts_that_sum_to_the_allowance() -> None:
    counted = {
        "unit": "working_days", "amount": 3, "start": "2026-03-05T02:00:00Z", "rule": {"start_day": "excluded"},
        "parts": [["2026-03-06", "2026-03-06", 1], ["2026-03-09", "2026-03-10", 2]],
        "passed": [["2026-03-05", "2026-03-05", "start_day"], ["2026-03-07", "2026-03-08", "weekend"]], "sum": 3,
    }  # fmt: skip
    data = {"clock": "first_reply", "due": "2026-03-10T16:00:00Z", "due_date": "2026-03-10", "counted": counted}
    at = datetime(2026, 3, 5, 2, tzinfo=UTC)
    each = Explained(Entry(1, "clock_started", at, at, "c1", "clock.first_reply", ("CS-4",), False, data), counted)
    text = "\n".join(as_text(each, PACK, SHANGHAI, "en"))
    places = [text.index(part) for part in ("· 2026-03-05", "+ 2026-03-06", "· 2026-03-07", "+ 2026-03-09", "= 3")]
    assert places == sorted(places)
    assert "weekend, passed over" in text
    assert "due: 2026-03-10 24:00 +08:00" in text
    assert as_json(each, PACK)["measured_in"] == "days"


def test_a_sentence_without_its_value_still_reads() -> None:
    assert word("refusal.unknown_person.what", "en") == 'Nobody has the id "…".'


def test_one_working_day_is_one_and_two_are_days() -> None:
    assert amounted("working_days", 1, "en") == "1 working day"
    assert amounted("working_days", 2, "en") == "2 working days"
    assert amounted("months", 1, "en") == "1 month"
    assert amounted("working_days", 1, "zh") == "1个工作日"
    assert amounted("hours", 1, "en") == "1 h"


def test_how_large_a_file_may_be_is_for_the_installation_to_say(tmp_path: Path) -> None:
    field = STANDARD.fields["evidence"]
    assert field
    form = STANDARD.file.form[field[0]]
    large = tmp_path / "large.bin"
    with large.open("wb") as file:
        file.truncate(21 * 1024 * 1024)
    assert typed([f"evidence=@{large}"], form, DESK)["evidence"]["size"] == 21 * 1024 * 1024


def test_who_has_signed_already_is_told_so() -> None:
    said = refused(Refusal("own_proposal", ("CS-5",), {"person": "h1"}), "en").said
    assert said.what == "h1 proposed this or has signed already, and cannot approve it."


def test_what_ends_again_and_again_is_started_ever_later_and_soon_again_once_it_was_healthy() -> None:
    wait = Backoff()
    assert [wait.next(1.0) for _ in range(7)] == [1, 2, 4, 8, 16, 30, 30]
    wait.started(10.0)
    assert wait.next(100.0) == 1
