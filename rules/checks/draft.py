"""A file whose rows could be read, as the checks see it: also with what could not be read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rules.belonging import Belonging, belonging
from rules.forms import Field
from rules.machine import entries_of, reached, stage_table, steps_of
from rules.machine_table import StageTable
from rules.pack import PackFile
from rules.problems import Found, found
from rules.values import Names

#: Words that have named blocks, as a pack spells them.
BLOCKS = (
    "clause", "kind", "role", "step", "form", "class", "table", "clock", "ladder", "cycle", "task", "approval", "link", "count",
    "consequence", "report",
)  # fmt: skip
NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Draft:
    """What the checks look at.

    Attributes:
        file: the rows that could be read.
        broken: (word, name) of blocks that could not, and (word,) of whole words; what names them is not a mistake.
        doubtful: (word, name) of blocks that name something the pack does not have; what follows from that is not told.
        lost_fields: names of fields in forms that could not be read.
        lost_clauses: clauses that rows cite which could not be read.
    """

    file: PackFile
    broken: frozenset[tuple[str, ...]] = frozenset()
    doubtful: frozenset[tuple[str, ...]] = frozenset()
    lost_fields: frozenset[str] = frozenset()
    lost_clauses: frozenset[str] = frozenset()

    @cached_property
    def belonging(self) -> Belonging:
        """Which row lives in which kind."""
        return belonging(self.file)

    @cached_property
    def fields(self) -> dict[str, Field]:
        """The fields of all forms by name; the first where several forms have one."""
        result: dict[str, Field] = {}
        for form in self.file.form.values():
            for each in form.fields:
                result.setdefault(each.name, each)
        return result

    @cached_property
    def tables(self) -> dict[str, StageTable]:
        """The stage table of each kind whose stages can be told apart."""
        return {
            kind: stage_table(row, steps_of(self.belonging, kind))
            for kind, row in self.file.kind.items()
            if row.stages and len({stage.name for stage in row.stages}) == len(row.stages)
        }

    def after(self, kind: str, stages: Names | None = None) -> frozenset[str]:
        """The stages that a kind can get to from some stages, those included; from its entries where none are given."""
        table = self.tables.get(kind)
        return reached(table, entries_of(self.file.kind[kind]) if stages is None else stages) if table else frozenset()

    def rows(self, word: str) -> dict[str, Any]:
        """The blocks of a word by name."""
        rows: dict[str, Any] = getattr(self.file, "class_" if word == "class" else word)
        return rows

    def names(self, word: str) -> set[str]:
        """All names of a word, of the blocks that could not be read too."""
        if word == "stage":
            return {stage.name for kind in self.file.kind.values() for stage in kind.stages}
        if word == "field":
            return {*self.fields, *self.lost_fields}
        return {*self.rows(word), *(entry[1] for entry in self.broken if entry[0] == word and len(entry) > 1)}

    def whole(self, *words: str) -> bool:
        """Whether every block of these words could be read."""
        return not any(entry[0] in words for entry in self.broken)

    def sure(self, *words: str) -> bool:
        """Whether every block of these words could be read and names only what there is."""
        return self.whole(*words) and not any(entry[0] in words for entry in self.doubtful)

    def missing(self, place: tuple[str | int, ...], word: str, name: str, *also: str) -> Iterator[Found]:
        """The mistake of naming something that the pack does not have.

        Args:
            place: Where it is named.
            word: Of which word it must be.
            name: What is named.
            also: Names that may stand here without a block.
        """
        known = self.names(word)
        if name in known or name in also or (word,) in self.broken:
            return
        if word in ("stage", "field") and not self.whole("kind" if word == "stage" else "form"):
            return
        yield found(*place, code="unknown_name", word=word, name=name, known=sorted({*known, *also}))
