"""The table of stages answers exactly as the transitions machine it was read off."""

from itertools import product
from pathlib import Path

import pytest
from transitions import MachineError

from rules.belonging import belonging
from rules.machine import STAGE, entries_of, machine, mermaid, reached, stage_table, steps_of
from rules.pack import Pack
from rules.parsing import parse
from rules.shelf import shipped

pytestmark = pytest.mark.pure

CORNER = (Path(__file__).parent / "data" / "corner-shop.1.toml").read_text(encoding="utf-8")
PACKS = [parse(CORNER), *(parse(file.read_text(encoding="utf-8")) for file in shipped().values())]
KINDS = [pytest.param(pack, kind, id=f"{pack.ref}-{kind}") for pack in PACKS for kind in pack.file.kind]


class Position:
    """What the machine moves."""


@pytest.mark.parametrize(("pack", "kind"), KINDS)
def test_table_and_machine_agree_on_every_stage_and_step(pack: Pack, kind: str) -> None:
    row = pack.file.kind[kind]
    table = pack.machines[kind]
    built = machine(row, steps_of(belonging(pack.file), kind))
    for stage, step in product((stage.name for stage in row.stages), pack.file.step):
        position = Position()
        built.add_model(position, initial=stage)
        try:
            moved = step in built.events and built.events[step].trigger(position)
        except MachineError:
            moved = False
        expected = table.moves.get((stage, step))
        assert moved is (expected is not None)
        assert getattr(position, STAGE) == (expected or stage)
        assert (step in table.open_steps[stage]) is moved


@pytest.mark.parametrize(("pack", "kind"), KINDS)
def test_a_machine_offers_nothing_but_the_steps_of_the_pack(pack: Pack, kind: str) -> None:
    built = machine(pack.file.kind[kind], steps_of(belonging(pack.file), kind))
    assert set(built.events) <= set(pack.file.step)


def test_every_stage_of_the_corner_shop_is_reached_and_only_the_end_is_final() -> None:
    pack = PACKS[0]
    row = pack.file.kind["complaint"]
    table = stage_table(row, steps_of(belonging(pack.file), "complaint"))
    assert reached(table, entries_of(row)) == {"received", "handling", "replied", "closed"}
    assert reached(table, ("closed",)) == {"closed"}
    assert (table.entry, sorted(table.final), list(table.open_steps["closed"])) == ("received", ["closed"], [])


def test_any_means_every_stage_that_is_not_final() -> None:
    moves = PACKS[0].machines["complaint"].moves
    assert [stage for stage, step in moves if step == "note"] == ["received", "handling", "replied"]


@pytest.mark.parametrize(
    ("lang", "first", "move"), [("en", "received: received", "accept"), ("zh", "received: 已受理", "受理")]
)
def test_the_journey_is_drawn_in_both_languages(lang: str, first: str, move: str) -> None:
    pack = PACKS[0]
    drawn = mermaid(pack.file.kind["complaint"], steps_of(belonging(pack.file), "complaint"), lang).splitlines()
    assert drawn[:2] == ["stateDiagram-v2", f"    {first}"]
    assert "    [*] --> received" in drawn
    assert f"    received --> handling: {move}" in drawn
    assert drawn[-1] == "    closed --> [*]"
