"""What a good pack becomes: rows, and the tables that deciding looks things up in."""

import hashlib
import json
import time
from importlib.resources import files
from pathlib import Path

import pytest

from rules import shelf
from rules.checks.lengths import CONVENTIONS
from rules.parsing import parse, publishing_problems
from rules.parsing_lines import Lines
from rules.problems import PackProblems

pytestmark = pytest.mark.pure

TEXT = (Path(__file__).parent / "data" / "corner-shop.1.toml").read_text(encoding="utf-8")
PACK = parse(TEXT)


def with_(old: str, new: str) -> str:
    assert old in TEXT
    return TEXT.replace(old, new, 1)


def test_the_reference_of_a_pack_is_the_hash_of_its_text() -> None:
    assert str(PACK.ref) == "corner-shop.1"
    assert PACK.ref.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()


def test_a_single_name_stands_for_a_list_of_one() -> None:
    assert PACK.file.step["accept"].from_ == ("received",)
    assert PACK.file.clock["first_reply"].pauses[0].to == ("step.customer_answers",)


def test_a_single_condition_stands_for_a_list_of_one() -> None:
    text = with_('when = [{ field = "topic", is = "service" }]', 'when = { not = { field = "topic", is = "goods" } }')
    (condition,) = parse(text).file.task["statement"].when
    assert condition.not_ is not None
    assert condition.not_[0].field == "topic"


def test_only_fields_that_rules_read_are_kept() -> None:
    assert PACK.read_fields == {"level", "handled_by", "accused", "topic", "compensation", "purchase", "earlier"}


def test_rows_are_found_by_kind_and_event() -> None:
    assert PACK.clocks_started_by["complaint", "step.accept"] == ("first_reply",)
    assert PACK.clocks_stopped_by["complaint", "closed"] == ("first_reply", "call_back")
    assert PACK.clocks_paused_by["complaint", "step.ask_customer"] == (("first_reply", 0),)
    assert PACK.clocks_resumed_by["complaint", "step.customer_answers"] == (("first_reply", 0),)
    assert PACK.tasks_on["complaint", "step.accept"] == ("statement",)
    assert PACK.approvals_on["complaint", "step.propose"] == ("compensation",)
    assert PACK.notices_on["complaint", "class.level.changed"] == (0,)
    assert PACK.links_on["complaint", "opened"] == ("repeat_of",)
    assert PACK.gates_of == {"reply": (0, 1)}
    assert PACK.classes_of == {"complaint": ("level",)}
    assert PACK.switched_clocks == {"complaint": ("first_reply",)}
    assert PACK.fields["topic"] == ("intake",)
    assert PACK.house == {"house-1"}


SECOND_KIND = """
[kind.praise]
title = { zh = "表扬", en = "praise" }
stages = [
  { name = "noted", title = { zh = "已登记", en = "noted" }, owner = "clerk" },
  { name = "closed", title = { zh = "已结案", en = "closed" }, final = true },
]
opens_with = "intake"
opened_by = "clerk"
clause = "CS-2"
[step.file]
title = { zh = "归档", en = "file" }
from = "noted"
to = "closed"
by = "clerk"
clause = "CS-2"
"""


def test_a_row_without_kind_belongs_where_its_names_can_occur() -> None:
    pack = parse(TEXT + SECOND_KIND)
    assert pack.machines["praise"].open_steps["noted"] == ("note", "file")
    assert ("praise", "step.reply") not in pack.clocks_started_by
    assert ("praise", "class.level.changed") in pack.notices_on
    assert ("praise", "opened") not in pack.links_on


def test_classes_are_decided_after_those_that_they_read() -> None:
    text = (
        TEXT
        + """
[class.burden]
title = { zh = "负担", en = "burden" }
values = ["grave"]
rows = [{ gives = "grave", when = [{ fact = "class.weight", is = "grave" }] }]
clause = "CS-3"
[class.weight]
title = { zh = "分量", en = "weight" }
values = ["grave"]
rows = [{ gives = "grave", when = [{ fact = "class.level", is = "grave" }] }]
clause = "CS-3"
"""
    )
    assert parse(text).classes_of["complaint"] == ("level", "weight", "burden")


GAPS = {
    "refuse": ((), ("clock.first_reply: how many days",)),
    "warn": (("clock.first_reply: how many days",), ()),
    "block": ((), ()),
}


@pytest.mark.parametrize("meanwhile", GAPS)
def test_a_gap_refuses_publishing_or_warns_or_blocks_its_use(meanwhile: str) -> None:
    gap = f'{{ gap = "how many days", meanwhile = "{meanwhile}" }}'
    pack = parse(with_("allow = { working_days = 3 }", f"allow = {{ working_days = {gap} }}"))
    assert (pack.warnings, publishing_problems(pack)) == GAPS[meanwhile]


def test_an_end_of_working_time_must_be_a_word_that_counting_has() -> None:
    text = with_('ends = "midnight", pauses = "whole_days"', 'ends = "evening", pauses = "whole_days"')
    with pytest.raises(PackProblems, match="evening") as raised:
        parse(text)
    (problem,) = raised.value.problems
    assert problem.place == "counting.working_days.ends"
    assert all(word in problem.hint.zh for word in CONVENTIONS["ends"])


def test_lines_are_known_inside_of_lists_and_tables() -> None:
    lines = Lines(TEXT)
    rows = TEXT.splitlines()
    place = ("kind", "complaint", "stages", 2, "owner")
    assert 'name = "replied"' in rows[lines.of(place) - 1]
    assert rows[lines.of(("gate", 1, "until", 0, "is")) - 1].startswith("until")
    assert lines.of(("nothing", "here")) == 0


def test_a_text_over_several_lines_moves_the_lines_below_it() -> None:
    lines = Lines('a = """\none # no comment\n"""\n# [x]\n[b."c.d"] # x\ne = 1\n')
    assert (lines.of(("a",)), lines.of(("b", "c.d")), lines.of(("b", "c.d", "e"))) == (1, 5, 6)


def test_a_large_pack_is_parsed_and_checked_in_time() -> None:
    """Budget: 50 ms for about a hundred rows; the best of five, with room for a busy machine."""
    texts = [file.read_text(encoding="utf-8") for file in shelf.shipped().values()] or [TEXT]
    text = max(texts, key=len)
    parse(text)
    spent = []
    for _ in range(5):
        begun = time.process_time()
        parse(text)
        spent.append(time.process_time() - begun)
    assert min(spent) < 0.1


def test_shipped_packs_are_read_by_name_and_none_released_is_altered() -> None:
    assert (files("rules") / "packs").is_dir()
    for pack, edition in shelf.shipped():
        assert str(shelf.load(pack, edition).ref) == f"{pack}.{edition}"
    assert shelf.altered() == ()


def test_an_edited_or_lost_edition_is_told(tmp_path: Path) -> None:
    file = tmp_path / "corner-shop.1.toml"
    file.write_text(TEXT, encoding="utf-8")
    (tmp_path / shelf.LOCK).write_text(shelf.lock_text(tmp_path), encoding="utf-8")
    assert shelf.released(tmp_path) == {file.name: PACK.ref.sha256}
    assert shelf.altered(tmp_path) == ()
    assert shelf.read_pack(TEXT) == shelf.load("corner-shop", 1, tmp_path)
    file.write_text(TEXT + "# later\n", encoding="utf-8")
    assert shelf.altered(tmp_path) == (file.name,)
    with pytest.raises(ValueError, match="never edited"):
        shelf.lock_text(tmp_path)
    file.unlink()
    assert shelf.altered(tmp_path) == (file.name,)
    assert list(json.loads((tmp_path / shelf.LOCK).read_text("utf-8"))) == [file.name]


def test_a_gap_in_a_row_of_a_table_warns_as_any_other() -> None:
    table = """
[table.counter]
title = { zh = "窗口", en = "counter" }
key = "topic"
rows = [{ key = "goods", gives = { phone = { gap = "The number is not given.", meanwhile = "warn" } } }]
clause = "CS-2"
"""
    assert "table.counter: The number is not given." in parse(TEXT + table).warnings


def test_the_mark_that_editors_of_windows_put_before_a_text_is_no_mistake() -> None:
    assert parse("\ufeff" + TEXT).file == parse(TEXT).file
