"""The reference in docs/packs.md knows every key of every block of a pack, and every word that a block may be."""

import re
from dataclasses import fields
from typing import Any

import pytest

from rules.checks.sentences import WORDS
from rules.classes import Class, ClassRow, Table, TableRow
from rules.clauses import Clause
from rules.clocks import Allow, Clock, Conventions, Counting, Pause
from rules.consequences import Coefficient, Consequence, Shortfall, Split
from rules.counts import Count, Measure, Report, Target, Within
from rules.cycles import Cycle
from rules.duties import Approval, Gate, Notice, Task
from rules.forms import Field, Form
from rules.kinds import Kind, Stage
from rules.ladders import Ladder, Rung
from rules.links import Link
from rules.pack import PackFile
from rules.roles import Role, RoleRow
from rules.steps import Step
from rules.values import toml_key
from tests.listing import ROOT

pytestmark = pytest.mark.pure

PAPER = (ROOT / "docs" / "packs.md").read_text(encoding="utf-8")
REFERENCE = PAPER[PAPER.index("\n## Reference\n") :]
SECTIONS: dict[str, str] = dict(re.findall(r"^### (.*?)\n(.*?)(?=^##|\Z)", REFERENCE, re.MULTILINE | re.DOTALL))

#: Which rows a section is about, by how its heading begins.
ROWS: dict[str, tuple[type[Any], ...]] = {
    "`clause`": (Clause,),
    "`[counting]`": (Conventions, Counting),
    "`kind`": (Kind, Stage),
    "`role`": (Role, RoleRow),
    "`step`": (Step,),
    "`form`": (Form, Field),
    "`class` and `table`": (Class, ClassRow, Table, TableRow),
    "`clock`": (Clock, Allow, Pause),
    "`ladder`": (Ladder, Rung),
    "`gate`": (Gate,),
    "`task`, `approval`, `notice`": (Task, Approval, Notice),
    "`link`": (Link,),
    "`consequence`": (Consequence, Coefficient, Shortfall, Split),
    "`count`": (Count, Within),
    "`report`": (Report, Measure, Target),
    "`cycle`": (Cycle,),
}
#: Every block has it; it is said once, in "How a file is written".
EVERYWHERE = "clause"
KEYS = [
    (heading, toml_key(each.name))
    for heading, rows in ROWS.items()
    for each in {each.name: each for row in rows for each in fields(row)}.values()
    if each.name != EVERYWHERE
]


def section(heading: str) -> str:
    """What stands under the heading that begins so."""
    return next(text for name, text in SECTIONS.items() if name.startswith(heading))


def knows(text: str, key: str) -> bool:
    """Whether a text has a key between backticks."""
    return re.search(rf"`[^`\n]*\b{key}\b[^`\n]*`", text) is not None


@pytest.mark.parametrize(("heading", "key"), KEYS)
def test_the_reference_knows_the_key(heading: str, key: str) -> None:
    assert knows(section(heading), key)


@pytest.mark.parametrize("key", [toml_key(each.name) for each in fields(PackFile) if toml_key(each.name) not in WORDS])
def test_the_reference_knows_the_key_of_the_head(key: str) -> None:
    assert knows(section("Head of the file"), key) or any(name.startswith(f"`[{key}]") for name in SECTIONS)


@pytest.mark.parametrize("word", [word for word in WORDS if word not in ("stage", "field")])
def test_the_reference_has_a_section_for_the_word(word: str) -> None:
    assert any(f"`{word}`" in name for name in SECTIONS)
