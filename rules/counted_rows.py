"""What a count takes from each case: rows light enough to be carried from the ledger into a decision."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from rules.conditions import as_number, holds
from rules.counts import Count, Within
from rules.entries import Entry
from rules.forms import Form, excused
from rules.instants import stamp
from rules.pack import Pack
from rules.reporting_rows import CaseThen, Row, RowGround, events_needed, rows_of
from rules.state import State
from rules.surveying import HUNDRED, POINTS, answers, worth

#: What ``same`` says for "only within this case".
THIS_CASE = "case"
CASES = "cases"
_LONGEST = {
    "week": timedelta(days=7),
    "month": timedelta(days=31),
    "quarter": timedelta(days=92),
    "year": timedelta(days=366),
}


@dataclass(frozen=True, slots=True)
class CountedRow:
    """One thing that is counted. A date places it at the beginning of that day; None nowhere in time.

    ``value`` is what the measure takes of it, ``hit`` whether a share counts it, ``sign`` -1 where it takes another back.
    """

    case_id: str
    is_open: bool
    at: datetime | date | None
    value: object | None = None
    weight: Decimal = Decimal(1)
    hit: bool = True
    sign: int = 1


@dataclass(frozen=True, slots=True)
class Counted:
    """The answer to a query: the rows of other cases, and this case's own entries as the ledger has them."""

    others: tuple[CountedRow, ...] = ()
    own: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a query asks for: whose rows, and the time outside of which none of them matters."""

    name: str
    same: tuple[Any, ...]
    first: datetime | None = None
    last: datetime | None = None

    @classmethod
    def from_text(cls, text: str) -> "Asked":
        """The query after its ``count:``."""
        name, _, rest = text.partition(":")
        same, first, last = json.loads(rest)
        return cls(name, tuple(same), _instant(first), _instant(last))

    @property
    def text(self) -> str:
        """The whole query; equal queries have equal texts."""
        wanted = [self.same, self.first and stamp(self.first), self.last and stamp(self.last)]
        return f"count:{self.name}:{json.dumps(wanted, ensure_ascii=False, sort_keys=True, separators=(',', ':'))}"


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def asked(pack: Pack, name: str, state: State, now: datetime) -> Asked | None:
    """What a case asks for to know a count; None where it does not count, since what must be the same is empty."""
    count = pack.file.count[name]
    same = _same(count, state, {})
    if same is None:
        return None
    longest = _longest(count.within) if count.within and not count.dated else None
    if longest is None:
        return Asked(name, same)
    begun = state.opened_at or now
    return Asked(name, same, begun - longest, begun + longest if count.over == CASES else None)


def counted_rows(pack: Pack, name: str, same: tuple[Any, ...], cases: Iterable[CaseThen]) -> Iterator[CountedRow]:
    """The rows that some cases bring to a count, of those that are the same."""
    count = pack.file.count[name]
    word, _, subject = count.over.partition(".")
    form = pack.file.form.get(subject) if word == "form" else None
    for case in cases:
        if count.kind and case.state.kind not in count.kind:
            continue
        for row in rows_of(pack, count.over, count.dated or _dated(word, subject), (case,)):
            if word == "clock" and row.own["status"] != "missed":
                continue
            values = {each.name: row.values.get(each.name) for each in form.fields} if form else row.values
            ground = RowGround(pack, row)
            if _same(count, case.state, values) == same and holds(count.where, ground):
                yield _row(count, form, row, ground)


def entries_needed(count: Count) -> frozenset[str]:
    """The events of entries that the rows of a count are read from; none where the state of a case says it all."""
    by_state = count.dated is None or count.dated == "opened" or count.dated.startswith(("field.", "stage."))
    if count.over == CASES and by_state:
        return frozenset()
    word, _, subject = count.over.partition(".")
    return events_needed(count.over, count.dated or _dated(word, subject))


def _dated(word: str, subject: str) -> str | None:
    """What places a row where the count does not say it: a missed clock counts from when it was missed."""
    return f"clock.{subject}.missed" if word == "clock" else None


def _same(count: Count, state: State, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
    found = tuple(_value(name, state, values) for name in count.same)
    return None if any(value in (None, "", [], ()) for value in found) else found


def _value(name: str, state: State, values: Mapping[str, Any]) -> Any:
    if name == THIS_CASE:
        return state.case_id
    if name.startswith("class."):
        return state.classes.get(name.removeprefix("class."))
    value = values[name] if name in values else state.fields.get(name)
    return None if excused(value) else value


def _row(count: Count, form: Form | None, row: Row, ground: RowGround) -> CountedRow:
    measure, state = count.measure, row.case.state
    return CountedRow(
        state.case_id,
        not state.closed,
        row.at,
        _taken(count, form, row, ground),
        as_number(ground.field(measure.weight)) or Decimal(0) if measure.weight else Decimal(1),
        holds(measure.when, ground),
        -1 if row.own.get("status") == "reversed" else 1,
    )


def _taken(count: Count, form: Form | None, row: Row, ground: RowGround) -> object | None:
    """What the measure takes of a row: the points of a form, a field, the amount of a line, a fact."""
    of = count.measure.of
    if of is None or of == count.over:
        return row.own.get("amount")
    if of in (POINTS, HUNDRED):
        points = worth(list(answers(form, row.values)), of) if form else None
        return None if points is None else Decimal(points.numerator) / points.denominator
    if of in row.own:
        return row.own[of]
    return ground.fact(of) if "." in of else ground.field(of)


def _longest(within: Within) -> timedelta:
    """No window is longer than this."""
    if within.period:
        return _LONGEST[within.period]
    days = (within.days or 0) + 31 * (within.months or 0)
    return timedelta(minutes=within.minutes or 0, hours=within.hours or 0, days=days)
