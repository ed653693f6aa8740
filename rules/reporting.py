"""report: cases as they stood then, to figures by line, each with the cases behind it. The same for ever."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fractions import Fraction

from rules.calendar import Calendar
from rules.conditions import holds
from rules.counts import Measure, Report
from rules.facts import Facts
from rules.pack import Pack
from rules.periods import Period, midnight_before, period_of
from rules.reporting_figures import CHANGES, EXTREMES, Figure, Figures, written
from rules.reporting_rows import CaseThen, Row, events_needed, rows_of
from rules.reporting_values import QUESTION, Key, Values, within
from rules.values import Names


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one line, and what the line is of: name -> value, in the order of ``by``."""

    by: dict[str, object]
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A line of a register: the case, what stands in each column."""

    case_id: str
    number: str
    cells: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A report that was made. ``totals``: over all lines, one for each unit; ``rows``: how many rows it is made of."""

    name: str
    pack: Pack
    period: Period
    as_of: datetime
    begins: datetime
    ends: datetime
    rows: int
    lines: tuple[Line, ...]
    totals: tuple[Line, ...]
    register: tuple[RegisterLine, ...] = ()
    cases: dict[str, str] = field(default_factory=dict)

    @property
    def report(self) -> Report:
        """What the pack says of it."""
        return self.pack.file.report[self.name]


class NoSuchPeriod(ValueError):
    """A text is no period: a week ``2026-W10``, a month ``2026-03``, a quarter ``2026-Q1`` or a year ``2026``."""


#: The years whose periods, and those beside them, can be counted.
_YEARS = range(1900, 2190)
_WRITTEN = re.compile(r"(\d{4})(?:-(?:W(\d\d)|Q([1-4])|(\d\d)))?")


def period_named(text: str) -> Period:
    """The period of a key such as ``2026-03``.

    Raises:
        NoSuchPeriod: There is none.
    """
    match = _WRITTEN.fullmatch(text)
    if match is None:
        raise NoSuchPeriod(text)
    year, (week, quarter, month) = int(match[1]), match.groups()[1:]
    if year not in _YEARS:
        raise NoSuchPeriod(text)
    try:
        if week:
            return period_of("week", date.fromisocalendar(year, int(week), 1))
        if quarter:
            return period_of("quarter", date(year, int(quarter) * 3, 1))
        return period_of("month", date(year, int(month), 1)) if month else period_of("year", date(year, 1, 1))
    except ValueError:
        raise NoSuchPeriod(text) from None


def needed_of(report: Report) -> frozenset[str]:
    """The events of entries that a report is read from."""
    return events_needed(report.over, report.dated)


def looks_back(report: Report) -> bool:
    """Whether a report compares with the period before."""
    return any(measure.show in CHANGES for measure in report.shows)


def make(
    pack: Pack,
    name: str,
    period: Period,
    as_of: datetime,
    cases: Iterable[CaseThen],
    calendar: Calendar,
    facts: Facts | None = None,
) -> Made:
    """The report of a period, from the cases of its pack as they stood at ``as_of``.

    Args:
        pack: The edition that was in force then.
        name: A report of it.
        period: Whose rows are asked for; local dates of the calendar's zone.
        as_of: Until when things had been noticed (UTC).
        cases: At least those with a row in the period, or in the one before where `looks_back`; in any order.
        calendar: The pack's.
        facts: The kept tables that the report reads, as they stood then (see `reporting_tables`).
    """
    report = pack.file.report[name]
    values = Values(pack, report.over, calendar.zone, facts)
    kept: list[Row] = []
    for row in rows_of(pack, report.over, report.dated, cases):
        right_kind = not report.kind or row.case.state.kind in report.kind
        if right_kind and (not report.where or holds(report.where, values.ground(row))):
            kept.append(row)
    if QUESTION in report.by:
        kept = [each for row in kept for each in values.by_question(row)]
    rows = _in_order(values, [row for row in kept if within(values.day(row), period)])
    before = _in_order(values, [row for row in kept if within(values.day(row), period.previous)])
    lines, totals = _Lines(report, values, before).of(rows)
    return Made(
        name=name,
        pack=pack,
        period=period,
        as_of=as_of,
        begins=midnight_before(period.first, calendar.zone),
        ends=midnight_before(period.next.first, calendar.zone),
        rows=len(rows),
        lines=lines,
        totals=totals,
        register=tuple(_registered(values, row, report.columns) for row in rows) if report.columns else (),
        cases={row.case.number: row.case.state.case_id for row in rows},
    )


def _registered(values: Values, row: Row, columns: Names) -> RegisterLine:
    cells = tuple(values.shown(row, column) for column in columns)
    return RegisterLine(row.case.state.case_id, row.case.number, cells)


def _in_order(values: Values, rows: Sequence[Row]) -> list[Row]:
    """Rows by time, then case, then entry: an order that does not depend on how they were read."""

    def place(row: Row) -> tuple[date, str, str, int]:
        at = row.at.isoformat() if isinstance(row.at, datetime) else ""
        return values.day(row) or date.min, at, row.case.number, row.seq

    return sorted(rows, key=place)


class _Lines:
    """The lines of one report."""

    def __init__(self, report: Report, values: Values, before: Sequence[Row]) -> None:
        self._report = report
        self._values = values
        self._figures = Figures(values, report.target)
        # Different units are never added: they are lines of their own.
        self._units: Names = ("unit",) if report.over.startswith("consequence.") else ()
        self._by = (*report.by, *(name for name in self._units if name not in report.by))
        self._before_by = self._grouped(before, self._by)
        self._before_all = self._grouped(before, self._units)

    def of(self, rows: Sequence[Row]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
        """Every line and every total."""
        lines: tuple[Line, ...] = ()
        if self._report.by:
            grouped = self._grouped(rows, self._by)
            lines = tuple(self._line(self._by, key, grouped[key]) for key in sorted(grouped, key=self._place))
        whole = self._grouped(rows, self._units) or {(): []}
        totals = tuple(self._total(key, whole[key], lines) for key in sorted(whole, key=str))
        return lines, totals

    def _grouped(self, rows: Iterable[Row], by: Names) -> dict[Key, list[Row]]:
        found: dict[Key, list[Row]] = {}
        for row in rows:
            for key in self._values.keys(row, by):
                found.setdefault(key, []).append(row)
        return found

    def _place(self, key: Key) -> list[object]:
        return [self._values.order(name, value) for name, value in zip(self._by, key, strict=True)]

    def _line(self, by: Names, key: Key, rows: list[Row]) -> Line:
        under = dict(zip(by, key, strict=True))
        before = self._before_by.get(key, [])
        return Line(under, tuple(self._of_line(index, under, rows, before) for index in range(len(self._report.shows))))

    def _of_line(self, index: int, under: dict[str, object], rows: list[Row], before: list[Row]) -> Figure:
        measure, unit = self._report.shows[index], str(under.get("unit") or "")
        figure = self._figures.of(measure, rows, before, unit, compared=index == 0)
        if measure.show in EXTREMES and measure.show not in CHANGES:
            # Within lines an extreme is the number by which the lines are compared.
            exact = self._figures.base(measure, rows)
            return replace(figure, exact=exact, value=written(exact, figure.unit))
        return figure

    def _total(self, key: Key, rows: list[Row], lines: Sequence[Line]) -> Line:
        under = dict(zip(self._units, key, strict=False))
        before = self._before_all.get(key, [])
        figures = []
        for index, measure in enumerate(self._report.shows):
            if measure.show in EXTREMES and lines:
                mine = [line for line in lines if all(line.by[name] == value for name, value in under.items())]
                figures.append(_extreme(measure, index, mine))
            else:
                unit = str(under.get("unit") or "")
                figures.append(self._figures.of(measure, rows, before, unit, compared=index == 0))
        return Line(under, tuple(figures))


def _extreme(measure: Measure, index: int, lines: Sequence[Line]) -> Figure:
    """The lines whose figure is the extreme one; a change is large by its size, whether it rose or fell."""
    known = [(line, line.figures[index]) for line in lines if line.figures[index].exact is not None]
    if not known:
        first = lines[0].figures[index]
        return replace(first, value=None, exact=None, cases=(), met=None)
    least = measure.show in ("lowest", "change_smallest")

    def size(figure: Figure) -> Fraction:
        exact = figure.exact or Fraction(0)
        return abs(exact) if measure.show in CHANGES else exact

    sizes = [size(figure) for _, figure in known]
    best = min(sizes) if least else max(sizes)
    chosen = [(line, figure) for line, figure in known if size(figure) == best]
    behind = tuple(dict.fromkeys(case for _, figure in chosen for case in figure.cases))
    return replace(
        chosen[0][1], cases=behind, lines=tuple(line.by for line, _ in chosen), rows=sum(f.rows for _, f in chosen)
    )
