"""What forms take: rows of lists and their sums, reasons instead of values, keys of tables, copies that must differ."""

from dataclasses import replace
from typing import Any

import pytest

from rules.accept import accept
from rules.accept_types import World, WrongValueError, read
from rules.classes import Table
from rules.facts import Unanswered
from rules.forms import Field
from rules.ground import CaseGround
from rules.state import State
from rules.values import Title
from tests.rules.corner_shop import ENDLESS
from tests.rules.estate import DIRECTORY, FACTS, OPENED, PACK, Claim, code, wrong

pytestmark = pytest.mark.pure


def party(who: str = "Li", ratio: object = "100", **more: Any) -> dict[str, Any]:
    return {"who": who, "ratio": ratio, **more}


def opening(**fields: Any) -> dict[str, str]:
    """What is wrong with an intake form."""
    return wrong(Claim().do("open", "dana", OPENED, **({"house": "A1", "damage": "1"} | fields)))


def test_rows_are_kept_with_every_value_as_its_type_writes_it() -> None:
    rows = [party("  Li ", 33.34), party("Wu", "66.66", **{"as": "tenant"})]
    filled = Claim().opened(parties=rows).events("filled")[0].data["values"]["parties"]
    assert filled == [{"who": "Li", "ratio": "33.34"}, {"who": "Wu", "as": "tenant", "ratio": "66.66"}]


@pytest.mark.parametrize(
    ("ratios", "found"),
    [
        (("33.33", "33.33", "33.34"), None),
        (("33.33", "33.33", "33.33"), "99.99"),
        (("50", "50.01"), "100.01"),
        (("0", "100"), None),
    ],
)
def test_ratios_give_their_sum_to_the_last_decimal_or_are_refused_with_the_sum_found(
    ratios: tuple[str, ...], found: str | None
) -> None:
    refusal = Claim().do("open", "dana", OPENED, house="A1", damage="1", parties=[party(ratio=each) for each in ratios])
    if found is None:
        assert refusal is None
        return
    assert refusal is not None
    row = {"field": "parties.ratio", "code": "wrong_sum", "sum": found, "wanted": "100"}
    assert refusal.params["fields"] == [row]


def test_every_mistake_of_every_row_is_named_by_row_and_field() -> None:
    rows = [
        party("x" * 21, "-1", **{"as": "cat"}),
        "Li",
        {"who": "Wu", "colour": "red"},
        party("Xu", "ten"),
    ]
    assert opening(parties=rows) == {
        "parties[1].who": "too_long",
        "parties[1].ratio": "too_little",
        "parties[1].as": "not_a_choice",
        "parties[2]": "not_a_row",
        "parties[3].colour": "unknown_field",
        "parties[3].ratio": "missing",
        "parties[4].ratio": "not_a_number",
    }


def test_a_list_has_twenty_rows_at_most() -> None:
    assert opening(parties=[party(ratio="5")] * 21) == {"parties": "too_many_rows"}
    assert Claim().opened(parties=[party(ratio="5")] * 20).state.stage == "received"
    assert opening(parties="Li") == {"parties": "not_a_list"}


@pytest.mark.parametrize(
    ("rows", "code"), [(1, "too_few_rows"), (2, ""), (3, ""), (4, "too_many_rows"), (21, "too_many_rows")]
)
def test_a_list_may_say_how_many_rows_it_wants(rows: int, code: str) -> None:
    field = Field("names", Title("姓名", "names"), "list", least=2, most="3" if rows < 20 else None)
    world = World(DIRECTORY, ENDLESS.zone, FACTS)
    if not code:
        assert len(read(field, ["Li"] * rows, world)) == rows
        return
    with pytest.raises(WrongValueError) as wrong_value:
        read(field, ["Li"] * rows, world)
    assert wrong_value.value.row["code"] == code


def test_a_reason_stands_for_a_value_where_the_field_allows_it() -> None:
    claim = Claim().opened(damage={"no": " not yet known "}, noticed={"no": "nobody was in"})
    assert claim.state.fields["damage"] == {"no": "not yet known"}
    assert CaseGround(PACK, claim.state).field("damage") is None
    assert claim.state.proposed == {"level": "plain"}


def test_a_reason_is_text_and_only_where_the_field_allows_it() -> None:
    assert opening(damage={"no": "  "}) == {"damage": "no_reason"}
    assert opening(damage={"no": 5}) == {"damage": "no_reason"}
    assert opening(damage={"no": "x" * 1001}) == {"damage": "too_long"}
    assert opening(damage={"no": "a", "yes": "b"}) == {"damage": "not_a_number"}
    assert opening(urgent={"no": "nobody knows"}) == {"urgent": "not_yes_or_no"}
    assert opening(damage=None) == {"damage": "missing"}


def test_a_value_must_be_a_key_of_its_table() -> None:
    refusal = Claim().do("open", "dana", OPENED, house="C3", damage="1")
    assert refusal is not None
    row = {"field": "house", "code": "not_in_table", "table": "houses", "known": ["A1", "B2"]}
    assert refusal.params["fields"] == [row]


def test_a_table_without_a_row_blocks_what_needs_it() -> None:
    houses = replace(PACK.file.table["houses"], rows=())
    assert isinstance(houses, Table)
    pack = replace(PACK, file=replace(PACK.file, table={"houses": houses}))
    refusal = Claim(pack=pack).do("open", "dana", OPENED, house="A1", damage="1")
    assert wrong(refusal) == {"house": "table_empty"}


def test_no_two_copies_of_a_case_agree_in_all_unique_fields() -> None:
    claim = Claim().opened()
    at = "2026-03-02T10:00"
    assert claim.do("step.object", "dana", at, objector="Li", ground="noise") is None
    assert claim.do("step.object", "dana", at, objector="Li", ground="smell") is None
    refusal = claim.do("step.object", "dana", "2026-03-02T10:01", objector="Li", ground="smell")
    assert refusal is not None
    row = {"field": "objector", "code": "not_unique", "fields": ["objector", "ground"], "copy": 2}
    assert refusal.params["fields"] == [row]
    assert claim.do("step.object", "dana", "2026-03-02T10:02", objector="Wu", ground="smell") is None


def test_copies_of_other_cases_and_unfilled_fields_are_no_repeats() -> None:
    first = Claim().opened()
    second = Claim(first.cabinet).opened(house="B2")
    for claim in (first, second, first):
        assert claim.do("step.object", "dana", "2026-03-02T10:00", objector="Li") is None
    assert second.do("step.object", "dana", "2026-03-02T10:01", objector="Li", ground="noise") is None
    assert first.do("step.object", "dana", "2026-03-02T10:01", objector="Li", ground="noise") is None


def test_a_copy_asks_by_its_own_values_not_by_those_of_the_copy_before() -> None:
    claim = Claim().opened()
    heard = {"objector": "Li", "ground": "noise", "heard": True}
    assert wrong(claim.do("step.object", "dana", "2026-03-02T10:00", **heard)) == {"heard_by": "missing"}
    assert claim.do("step.object", "dana", "2026-03-02T10:00", **heard, heard_by="Dana") is None
    assert claim.do("step.object", "dana", "2026-03-02T10:01", objector="Wu") is None


def test_one_house_has_one_open_claim() -> None:
    first = Claim().opened()
    second = Claim(first.cabinet)
    refusal = second.do("open", "dana", OPENED, house="A1", damage="1")
    assert refusal is not None
    assert (refusal.code, refusal.clause) == ("already_open", ("RE-1",))
    assert refusal.params == {"kind": "claim", "number": first.state.number, "key": ["house"]}
    assert Claim(first.cabinet).opened(house="B2").state.stage == "received"


def test_a_closed_claim_makes_room_for_the_next_one() -> None:
    first = Claim().opened(urgent=True)
    at = "2026-03-02T10:00"
    assert first.do("step.visit", "ida", at) is None
    for what, by, said in (
        ("task.sign", "ida", {}), ("task.sign", "ian", {}), ("task.write", "ida", {}), ("step.grade", "max", {"level": "plain"}),
        ("approval.payment", "ian", {"verdict": "given"}),
    ):  # fmt: skip
        assert first.do(what, by, at, **said) is None
    assert code(Claim(first.cabinet).do("open", "dana", at, house="A1", damage="1")) == "already_open"
    assert first.state.approvals["payment"].proposed_by == "ida"
    assert first.do("step.finish", "ida", at) is None
    assert Claim(first.cabinet).do("open", "dana", at, house="A1", damage="1") is None


def test_a_kept_table_is_read_as_it_stands_one_key_first() -> None:
    houses = replace(PACK.file.table["houses"], rows=(), kept_by="installation")
    pack = replace(PACK, file=replace(PACK.file, table={"houses": houses}))

    def codes(house: str, answers: dict[str, Any]) -> list[str]:
        world = World(DIRECTORY, ENDLESS.zone, replace(FACTS, answers=answers))
        raw = {"house": house, "damage": "1"}
        return [row["code"] for row in accept("intake", raw, pack, State("c", kind="claim"), world).wrong]

    kept = {"key": "C3", "at_least": None, "under": None, "gives": {"storeys": "2"}}
    assert codes("C3", {"table:houses:C3": [kept]}) == []
    assert codes("A1", {"table:houses:A1": [], "table:houses": [kept]}) == ["not_in_table"]
    assert codes("A1", {"table:houses:A1": [], "table:houses": []}) == ["table_empty"]
    with pytest.raises(Unanswered, match="table:houses:A1"):
        codes("A1", {})
