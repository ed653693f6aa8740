"""A report for people: lines and register as a table, as text, or as CSV that no spreadsheet takes for a formula."""

import csv
import io
from datetime import tzinfo
from typing import Any

from client.story import any_stage, because, label, roles_said, title_of
from client.times import local, read
from client.words import known, listed, titled, word
from rules.pack import Pack

Table = tuple[list[str], list[list[str]]]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Shown:
    """One report in one language."""

    def __init__(self, said: dict[str, Any], pack: Pack, zone: tzinfo, lang: str) -> None:
        self._said = said
        self._pack = pack
        self._zone = zone
        self._lang = lang

    def heading(self) -> list[str]:
        """What was asked, as of when, under which clause."""
        said, lang = self._said, self._lang
        begin, end = (local(read(said[key]), self._zone) for key in ("from", "until"))
        lines = [
            word("report.heading", lang, title=titled(said["title"], lang), name=said["report"],
                 pack=self._pack.ref, period=said["period"], begin=begin, end=end),
            word("report.as_of", lang, at=local(read(said["as_of"]), self._zone)),
            because(said["clause"], " ".join(said["says"]), said["house"], lang),
        ]  # fmt: skip
        target = self._target()
        return [*lines, word("report.target", lang, text=target)] if target else lines

    def lines(self) -> Table:
        """A row for each line and each total."""
        said = self._said
        named = list(dict.fromkeys([*said["by"], *(name for line in said["total"] for name in line["by"])]))
        measures = [self._measure(index) for index in range(len(self._pack.file.report[said["report"]].shows))]
        rows = [self._row(named, line, self._value) for line in said["lines"]]
        rows += [self._row(named, line, self._total_value) for line in said["total"]]
        return [*(self.title(name) for name in named or ["total"]), *measures], rows

    def register(self) -> Table:
        """A row for each row of the report."""
        columns = self._said["columns"]
        rows = [
            [self._cell(name, cell) for name, cell in zip(columns, row["cells"], strict=True)]
            for row in self._said["register"]
        ]
        return [self.title(name) for name in columns], rows

    def behind(self) -> list[str]:
        """The cases behind each figure."""
        found = []
        for line in [*self._said["lines"], *self._said["total"]]:
            of = " ".join(self._value(name, value) for name, value in line["by"].items()) or self._word("total")
            for index, figure in enumerate(line["figures"]):
                cases = listed(figure["cases"], self._lang)
                found.append(word("report.behind", self._lang, line=of, figure=self._measure(index), cases=cases))
        return found

    def foot(self) -> list[str]:
        """A line for each signature."""
        signs = (roles_said([role], self._pack, self._lang) for role in self._said["foot"])
        return [word("report.sign", self._lang, role=role) for role in signs]

    def title(self, name: str) -> str:
        """What people call a field, fact or column."""
        field = self._pack.field(name)
        if field is not None:
            return titled(field.title, self._lang)
        if name == "total":
            return ""
        if name.endswith(".due"):
            return f"{title_of(name.removesuffix('.due'), self._pack, self._lang)} {self._word('column.due')}"
        return (
            self._word(f"column.{name}") if known(f"report.column.{name}") else title_of(name, self._pack, self._lang)
        )

    def _row(self, named: list[str], line: dict[str, Any], say: Any) -> list[str]:
        of = [say(name, line["by"].get(name)) for name in named]
        if say == self._total_value:
            of = [self._word("total"), *of[1:]] if of else [self._word("total")]
        return [*of, *(self._figure(figure) for figure in line["figures"])]

    def _total_value(self, name: str, value: Any) -> str:
        return "" if value is None else self._value(name, value)

    def _figure(self, figure: dict[str, Any]) -> str:
        if figure["value"] is None:
            return self._word(f"note.{figure['note']}") if figure["note"] else "—"
        if isinstance(figure["value"], list):
            return listed([label(each, self._pack, self._lang) for each in figure["value"]], self._lang)
        shown = self._amount(str(figure["value"]), figure["unit"])
        if figure["met"] is not None:
            shown += f" ({self._word('met' if figure['met'] else 'not_met')})"
        extremes = [" ".join(self._value(name, value) for name, value in by.items()) for by in figure["of"]]
        return f"{shown}: {listed(extremes, self._lang)}" if extremes else shown

    def _amount(self, value: str, unit: str) -> str:
        if not unit:
            return value
        key = "percent" if unit == "%" else unit
        if known(f"report.unit.{key}"):
            return word(f"report.unit.{key}", self._lang, value=value)
        return word("report.unit.other", self._lang, value=value, unit=label(unit, self._pack, self._lang))

    def _measure(self, index: int) -> str:
        measure = self._pack.file.report[self._said["report"]].shows[index]
        if measure.title:
            return titled(measure.title, self._lang)
        show = self._word(f"show.{measure.show}")
        return show if measure.of is None else word("report.of", self._lang, show=show, title=self.title(measure.of))

    def _cell(self, name: str, cell: Any) -> str:
        personal = any((field := form.field(name)) and field.personal for form in self._pack.file.form.values())
        return self._word("erased") if personal and cell == "erased" else self._value(name, cell)

    def _value(self, name: str, value: Any) -> str:
        if value is None:
            return "—"
        if name in ("opened_at", "at", "due") or name.endswith(".due"):
            return local(read(value), self._zone) if "T" in str(value) else str(value)
        if name == "stage":
            return any_stage(self._pack, value, self._lang)
        if name in ("kind", "step", "clock", "task", "consequence"):
            return title_of(f"{name}.{value}", self._pack, self._lang)
        if name == "question":
            return self.title(value)
        if name in ("holder", "party") and value in self._pack.file.role:
            return roles_said([value], self._pack, self._lang)
        if name.startswith("clock.") and known(f"status.{value}"):
            return word(f"status.{value}", self._lang)
        return label(value, self._pack, self._lang)

    def _target(self) -> str:
        found = []
        for key, bound in (self._said["target"] or {}).items():
            if isinstance(bound, dict):
                found.append(word("report.gap", self._lang, value=bound["gap"]))
            elif bound is not None:
                found.append(word(f"report.{key}", self._lang, value=bound))
        return listed(found, self._lang) if found else ""

    def _word(self, key: str) -> str:
        return word(f"report.{key}", self._lang)


def as_csv(table: Table) -> str:
    """A table as CSV; a cell that a spreadsheet would take for a formula gets an apostrophe before it."""
    columns, rows = table
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([[harmless(cell) for cell in row] for row in [columns, *rows]])
    return out.getvalue()


def harmless(cell: str) -> str:
    """A cell that no spreadsheet counts with; numbers stay numbers."""
    text = cell.lstrip()
    if not text.startswith(_FORMULA) and not cell.startswith(_FORMULA):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell
