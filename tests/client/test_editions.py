"""redress packs sign, diff, draw, show: editions as people handle them."""

from pathlib import Path

import pytest

from activities.shelf import FileShelf
from client.editions import pack_to_open
from client.problems import Problem
from client.times import spoken, zone_of
from tests.client.line import CORNER_SHOP, Line

pytestmark = pytest.mark.offline

TEXT = CORNER_SHOP.read_text(encoding="utf-8")
OWNER = 'owner = "leader"'
CUSTOMER = '{ name = "customer", title'
CHINA = zone_of("Asia/Shanghai")

PEOPLE = """
[person.lena]
roles = ["leader"]
[person.greta]
roles = ["general_manager"]
[person.max]
roles = ["clerk"]
"""


def edition(number: int, *edits: tuple[str, str]) -> str:
    text = TEXT.replace("edition = 1", f"edition = {number}", 1)
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def test_nothing_is_published_until_every_role_has_signed_this_very_text(line: Line) -> None:
    assert line("org", "apply", line.file("org.toml", PEOPLE)).code == 0
    asks = edition(1, (OWNER, f'{OWNER}\nsignatures = ["leader", "general_manager"]'))
    file = line.file("signed.toml", asks)
    refused = line("packs", "publish", file, "--json")
    assert (refused.code, refused.json()["error"]["code"]) == (1, "pack_not_signed")
    assert [each["what"] for each in refused.json()["error"]["details"]] == ["leader", "general_manager"]

    assert line("packs", "sign", file, "--as", "max", "--json").json()["error"]["code"] == "cannot_sign"
    first = line("packs", "sign", file, "--as", "lena", "--json").json()
    assert (first["new"], first["lacking"]) == (["leader"], ["general_manager"])
    assert line("packs", "sign", file, "--as", "lena", "--json").json()["new"] == []
    assert line("packs", "publish", file).code == 1
    last = line("packs", "sign", file, "--as", "greta", "--json").json()
    assert [(each["role"], each["by"]) for each in last["signed"]] == [("leader", "lena"), ("general_manager", "greta")]

    other = line.file("other.toml", asks.replace('prefix = "CS"', 'prefix = "CT"'))
    assert line("packs", "publish", other, "--json").json()["error"]["code"] == "pack_not_signed"
    assert line("packs", "publish", file).code == 0
    assert line("packs", "publish", file, "--json").json()["already"] is True


def test_a_pack_that_asks_for_no_signature_cannot_be_signed(line: Line) -> None:
    ran = line("packs", "sign", str(CORNER_SHOP), "--as", "lena", "--json")
    assert (ran.code, ran.json()["error"]["code"]) == (1, "nothing_to_sign")


def test_the_head_of_the_file_is_shown(line: Line) -> None:
    more = f'{OWNER}\ntrial = true\nreview_by = 2027-03-01\ncontacts = {{ hotline = "400-000" }}'
    file = line.file("trial.toml", edition(1, (OWNER, more)))
    shown = line("packs", "show", file, "--json").json()
    assert (shown["trial"], shown["review_by"], shown["owner"]) == (True, "2027-03-01", "leader")
    assert shown["contacts"] == {"hotline": "400-000"}
    text = line("packs", "show", file, lang="zh").out
    assert "试行" in text
    assert "2027-03-01" in text
    assert "hotline: 400-000" in text


def test_a_difference_is_told_by_clause_in_words_and_as_json(line: Line) -> None:
    new = line.file(
        "new.toml",
        edition(
            2,
            ("allow = { working_days = 3 }", "allow = { working_days = 4 }"),
            ('holder = "clerk"', 'holder = "leader"'),
        ),
    )
    told = line("packs", "diff", str(CORNER_SHOP), new).out
    assert "corner-shop.1 → corner-shop.2" in told
    assert "3 working days → 4 working days" in told
    assert "clerk → leader" in told
    chinese = line("packs", "diff", str(CORNER_SHOP), new, lang="zh").out
    assert "3个工作日 → 4个工作日" in chinese
    assert "柜台人员 (clerk) → 分管领导 (leader)" in chinese
    changes = line("packs", "diff", str(CORNER_SHOP), new, "--json").json()["changes"]
    first = next(each for each in changes if each["name"] == "first_reply")
    assert first["keys"] == [{"key": "allow.working_days", "old": 3, "new": 4}]
    assert first["clause"]
    assert "They say the same." in line("packs", "diff", str(CORNER_SHOP), str(CORNER_SHOP)).out


def test_a_kind_is_drawn_in_the_readers_language(line: Line) -> None:
    drawn = line("packs", "draw", str(CORNER_SHOP), "--kind", "complaint", lang="zh").out
    assert "stateDiagram-v2" in drawn
    assert "received: 已受理" in drawn
    assert line("packs", "draw", "standard", "--json").json().keys() == set(
        line("packs", "show", "standard", "--json").json()["kinds"]
    )
    assert line("packs", "draw", str(CORNER_SHOP), "--kind", "complain", "--json").code == 3


def test_a_case_takes_the_edition_of_its_date(tmp_path: Path) -> None:
    shelf = FileShelf(tmp_path)
    first = edition(1, ("effective_from = 2026-03-01", "effective_from = 2026-03-01\neffective_to = 2026-12-31"))
    later = ("effective_from = 2026-03-01", 'effective_from = 2026-06-01\ntaken_by = "field.received"')
    received = (
        CUSTOMER,
        f'{{ name = "received", title = {{ zh = "收到", en = "received" }}, type = "moment" }},\n  {CUSTOMER}',
    )
    for text in (first, edition(2, later, received)):
        shelf.publish(text)

    def taken(at: str, received_at: str = "", name: str = "corner-shop") -> int:
        fields = {"received": received_at} if received_at else {}
        return pack_to_open(shelf, name, fields, spoken(at, CHINA), "en").ref.edition

    assert taken("2026-05-31T23:59") == 1
    assert taken("2026-06-01T00:00") == 2
    assert taken("2026-07-01T00:00", received_at="2026-05-31T10:00") == 1
    assert taken("2026-07-01T00:00", received_at="2026-06-01T08:00") == 2
    assert taken("2026-07-01T00:00", name="corner-shop.1") == 1
    with pytest.raises(Problem) as refused:
        taken("2026-02-01T00:00")
    assert refused.value.code == "not_in_force"
    assert "corner-shop.2" in refused.value.said.next_step
