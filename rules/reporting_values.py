"""What a report says of one row: what it is listed under, what it is measured by, what stands in a column."""

from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

from rules.conditions import as_number
from rules.facts import Facts
from rules.instants import stamp
from rules.pack import Pack
from rules.periods import Period, period_of
from rules.reporting_rows import Row, RowGround
from rules.surveying import HUNDRED, POINTS, answers, worth
from rules.values import Names

#: What a case has besides its fields and facts.
OF_CASE = ("number", "kind", "stage", "opened_at", "opened_by", "closed", "at", "edition")
#: What a row has besides that, by what the report is over.
OF_ROW = {
    "cases": (),
    "form": ("by", "copy", "question"),
    "step": ("by", "step"),
    "clock": ("clock", "holder", "due", "spent", "status"),
    "task": ("by", "task", "status"),
    "consequence": ("consequence", "party", "party_kind", "amount", "unit", "choice", "by", "status"),
}
QUESTION = "question"

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Personal:
    """A personal value that is kept apart from the entries: of which case, filled in by which entry, which field."""

    case_id: str
    seq: int
    field: str


class Values:
    """Looks up what rows of one report hold."""

    def __init__(self, pack: Pack, over: str, zone: tzinfo, facts: Facts | None = None) -> None:
        self._pack = pack
        self._facts = facts
        self._word, _, self._name = over.partition(".")
        self._zone = zone

    def ground(self, row: Row) -> RowGround:
        """What conditions on a row are judged on."""
        return RowGround(self._pack, row, self._facts)

    def day(self, row: Row) -> date | None:
        """The local date on which a row stands; None where it stands nowhere yet."""
        return row.at.astimezone(self._zone).date() if isinstance(row.at, datetime) else row.at

    def held(self, row: Row, name: str) -> object | None:
        """What a row holds under a name; None where that is empty."""
        if name in row.own:
            return row.own[name]
        state = row.case.state
        match name:
            case "kind" | "stage" | "opened_at" | "opened_by" | "closed":
                found: object | None = getattr(state, name)
                return found
            case "number":
                return row.case.number
            case "at":
                return row.at
            case "edition":
                return str(state.pack) if state.pack else None
            case "week" | "month" | "quarter" | "year":
                day = self.day(row)
                return period_of(name, day).key if day else None
        if name.startswith("clock.") and name.endswith(".due"):
            clock = state.clocks.get(name.split(".")[1])
            return clock.due if clock else None
        ground = self.ground(row)
        return ground.fact(name) if "." in name else ground.field(name)

    def shown(self, row: Row, name: str) -> object | None:
        """What stands in a column: as `held`, a `Personal` where the value is kept apart."""
        if name in row.personal:
            return Personal(row.case.state.case_id, row.personal[name], name)
        return self.held(row, name)

    def keys(self, row: Row, by: Names) -> tuple[Key, ...]:
        """The lines that a row belongs to: one for each value where a field has several."""
        return tuple(product(*(_several(self.held(row, name)) for name in by)))

    def number(self, row: Row, of: str) -> Fraction | None:
        """What a row counts with in a sum or a mean; None where it has no such number."""
        if of in (POINTS, HUNDRED):
            return worth(self._answers(row), of)
        number = as_number(self.held(row, of))
        return None if number is None else Fraction(number)

    def unit(self, of: str | None) -> str:
        """What such numbers are: ``yuan``, ``points``, ``seconds``, an account of points; empty for bare numbers."""
        if of in (POINTS, HUNDRED):
            return of
        if of == "spent":
            return "seconds"
        file = self._pack.file
        if of and of.startswith("consequence."):
            row = file.consequence.get(of.split(".")[1])
            return row.unit if row and of.count(".") == 1 else ""
        types = {field.type for form in file.form.values() if of and (field := form.field(of))}
        return "yuan" if "money" in types else ""

    def by_question(self, row: Row) -> list[Row]:
        """A row for each question that a copy of a survey answers."""
        return [replace(row, own={**row.own, QUESTION: each.question}) for each in self._answers(row)]

    def _answers(self, row: Row) -> list[Any]:
        form = self._pack.file.form.get(self._name)
        found = answers(form, row.values) if form else ()
        return [each for each in found if row.own.get(QUESTION) in (None, each.question)]

    def order(self, name: str, value: object) -> tuple[int, Decimal, str]:
        """Where a line of that value stands: as the pack lists its values, else by number or letters, nothing last."""
        if value is None:
            return (2, Decimal(0), "")
        for listed in self._listed(name):
            if value in listed:
                return (0, Decimal(listed.index(str(value))), "")
        return (1, as_number(value) or Decimal(0), str(value))

    def _listed(self, name: str) -> list[Names]:
        file = self._pack.file
        if name.startswith("class."):
            row = file.class_.get(name.removeprefix("class."))
            return [row.values] if row else []
        if name == "kind":
            return [tuple(file.kind)]
        if name == "stage":
            return [tuple(stage.name for kind in file.kind.values() for stage in kind.stages)]
        if name == QUESTION and self._name in file.form:
            return [tuple(each.name for each in file.form[self._name].fields)]
        return [field.choices for form in file.form.values() if (field := form.field(name)) and field.choices]


def _several(value: object) -> tuple[object, ...]:
    if isinstance(value, tuple):
        return tuple(plain(each) for each in value) or (None,)
    return (plain(value),)


def plain(value: object) -> Any:
    """A value as JSON has it: instants in UTC, dates, decimal numbers as text."""
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, Personal):
        return None
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    return value if value is None or isinstance(value, bool | int) else str(value)


def within(day: date | None, period: Period) -> bool:
    """Whether a local date lies in a period."""
    return day is not None and period.first <= day <= period.last
