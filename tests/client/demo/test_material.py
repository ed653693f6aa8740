"""What the demonstration plays with: a company without mistakes, and thirty complaints that the packs can take."""

from datetime import UTC, date, datetime

import pytest

from activities.organisation import check
from client.demo.house import clean
from client.demo.intake import Complaint, complaints
from client.demo.people import company, named_of
from client.demo.saying import folded
from client.tables import width
from rules.pack import Pack
from tests.clause_lock import shipped_packs

pytestmark = pytest.mark.pure

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PACKS = {pack.ref.id: pack for pack in shipped_packs()}
EVERY = complaints(NOW)


def _form(pack: Pack, name: str | None) -> set[str]:
    return {field.name for field in pack.file.form[name].fields} if name else set()


def test_the_company_has_no_mistakes_and_every_role_it_binds_is_one_of_its_pack() -> None:
    directory = check(company(date(2026, 3, 2))).directory
    assert len(directory.people) == 15
    assert {person.language for person in directory.people.values()} == {"zh", "en"}
    for pack, roles in directory.bindings.items():
        assert set(roles) <= set(PACKS[pack].file.role)


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2031, 12, 31)])
def test_the_head_of_the_service_is_away_around_the_day_of_the_demonstration_and_has_a_substitute(day: date) -> None:
    directory = check(company(day)).directory
    assert directory.acting("chenjing", datetime(day.year, day.month, day.day, 12, tzinfo=UTC)) == "liumin"


def test_there_are_thirty_complaints_in_two_languages_over_both_packs_and_every_kind() -> None:
    assert len(EVERY) == 30
    assert {(each.pack, each.kind) for each in EVERY} == {
        ("standard", "complaint"),
        ("group-complaint-demand", "complaint"),
        ("group-complaint-demand", "demand"),
    }
    chinese = [any("一" <= char <= "鿿" for char in each.about) for each in EVERY]
    assert 8 <= chinese.count(False) <= 22


@pytest.mark.parametrize("complaint", EVERY, ids=lambda each: each.id)
def test_a_complaint_fills_only_what_its_pack_asks_for(complaint: Complaint) -> None:
    pack = PACKS[complaint.pack]
    people = check(company(NOW.date())).directory.people
    assert complaint.by in people
    assert set(complaint.fields) <= _form(pack, pack.file.kind[complaint.kind].opens_with)
    for move in complaint.moves:
        assert move["as"] in people
        assert set(move["fields"]) <= _form(pack, pack.file.step[move["do"]].form)


def test_days_and_hours_are_counted_from_the_day_of_the_demonstration() -> None:
    dates = {name: value for each in EVERY for move in each.moves for name, value in move["fields"].items()}
    assert (dates["next_word"], dates["plan_date"]) == ("2026-03-12", "2026-04-16")
    assert [each.fields["heard_at"] for each in EVERY if "heard_at" in each.fields] == ["2026-03-01T22:00:00Z"]


def test_what_the_reader_set_for_his_own_installation_does_not_reach_the_worker() -> None:
    given = {"PATH": "/bin", "REDRESS_LEDGER_URL": "x", "REDRESS_MAIL__HOST": "y", "TEMPORAL_ADDRESS": "z"}
    assert clean(given) == {"PATH": "/bin"}


def test_people_have_their_name_in_chinese_and_their_id_beside_it_in_english() -> None:
    directory = check(company(NOW.date())).directory
    assert named_of(directory, "lina", "zh") == "李娜"
    assert named_of(directory, "lina", "en") == "李娜 (lina)"
    assert named_of(directory, "customer", "en") == "customer"


@pytest.mark.parametrize("sentence", ["the limit is over; told: 李娜 (lina) ", "时限“受理告知时限”已到，告知：李娜、"])
def test_a_long_sentence_is_folded_into_lines_that_fit_and_loses_nothing(sentence: str) -> None:
    text = sentence * 8 + "[ST-13 · house rule]"
    lines = folded(text, 28, "2026-03-02 09:00 +08:00     ")
    assert len(lines) > 2
    assert max(width(line) for line in lines) <= 100
    assert all(line.startswith(" " * 28 + line.strip()[0]) for line in lines[1:])
    assert "".join(lines).replace(" ", "") == f"2026-03-0209:00+08:00{text}".replace(" ", "")
    assert "[ST-13 · house rule]" in lines[-1]
