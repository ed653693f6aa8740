"""The figures of a report: what is made of the rows of one line, exactly, with the cases behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext
from fractions import Fraction

from rules.conditions import holds
from rules.counts import Measure, Target
from rules.reporting_rows import Row
from rules.reporting_values import Values, plain
from rules.surveying import HUNDRED, POINTS
from rules.values import Gap, Title

EXTREMES = ("lowest", "highest", "change_largest", "change_smallest")
CHANGES = EXTREMES[2:]
SHOWS = ("count", "distinct", "sum", "mean", "share", "late", "list", *EXTREMES)
NO_ROWS, NO_ANSWERS, NO_BEFORE = "no_rows", "no_answers", "nothing_before"
_PRECISION = 60
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure. ``value``: a whole number, a decimal text, values of a list, None with a ``note`` that says why.

    ``unit``: ``%``, ``yuan``, ``points`` …; ``cases``: the numbers of the cases that it counts, ``rows`` of how many rows;
    ``met``: whether it meets the target, None where it is not compared; ``lines``: which lines an extreme is that of.
    """

    show: str
    title: Title | None
    value: int | str | tuple[object, ...] | None
    unit: str = ""
    cases: tuple[str, ...] = ()
    rows: int = 0
    note: str = ""
    met: bool | None = None
    exact: Fraction | None = None
    lines: tuple[dict[str, object], ...] = ()


class Figures:
    """Makes the figures of one report."""

    def __init__(self, values: Values, target: Target | None) -> None:
        self._values = values
        self._target = target

    def of(
        self, measure: Measure, rows: Sequence[Row], before: Sequence[Row], unit: str = "", *, compared: bool = False
    ) -> Figure:
        """What a measure makes of the rows of a line.

        Args:
            measure: What to make.
            rows: The rows of the line in the period.
            before: Its rows in the period before; changes are against these.
            unit: What the amounts of the line are, where the line says so.
            compared: Whether the target is for this measure.
        """
        counted = [row for row in rows if measure.show == "sum" or not _taken_back(row)]
        taken = [row for row in counted if self._takes(measure, row)]
        unit = unit if measure.of in (None, "amount") else self._values.unit(measure.of)
        made = self._made(measure, counted, taken, before)
        exact, note = made if isinstance(made, tuple) else (made, "")
        value: int | str | tuple[object, ...] | None
        if isinstance(exact, list):
            value, exact, unit = tuple(exact), None, ""
        else:
            unit = {"count": "", "distinct": "", "late": "", "share": "%"}.get(measure.show, unit)
            value = written(exact, unit)
        behind = self._behind(measure, taken)
        met = self._met(exact) if compared else None
        return Figure(measure.show, measure.title, value, unit, behind, len(counted), note, met, exact)

    def base(self, measure: Measure, rows: Sequence[Row]) -> Fraction | None:
        """The number of a line that extremes compare: the mean of what they are of, else how many rows it has."""
        taken = [row for row in rows if not _taken_back(row) and self._takes(measure, row)]
        return self._mean(measure, taken) if measure.of else Fraction(len(taken))

    def _made(
        self, measure: Measure, counted: list[Row], taken: list[Row], before: Sequence[Row]
    ) -> Fraction | list[object] | tuple[Fraction | None, str]:
        of = measure.of or "amount"
        numbers = [number for row in taken if (number := self._values.number(row, of)) is not None]
        empty = (None, NO_ANSWERS if of in (POINTS, HUNDRED) else NO_ROWS)
        match measure.show:
            case "count":
                return Fraction(len(taken))
            case "distinct":
                return Fraction(len({str(each) for row in taken for each in self._each(row, of)}))
            case "sum":
                return sum(numbers, Fraction(0))
            case "share":
                return Fraction(len(taken), len(counted)) if counted else empty
            case "late":
                return Fraction(sum(len(self._lates(measure, row)) for row in taken))
            case "list":
                return list(dict.fromkeys(each for row in taken for each in self._each(row, measure.of or "number")))
            case "mean":
                mean = self._mean(measure, taken)
                return empty if mean is None else mean
            case "lowest":
                return min(numbers) if numbers else empty
            case "highest":
                return max(numbers) if numbers else empty
        return self.change(measure, taken, before)

    def change(
        self, measure: Measure, rows: Sequence[Row], before: Sequence[Row]
    ) -> Fraction | tuple[Fraction | None, str]:
        """By how much a line has risen (below zero: fallen) since the period before."""
        now, then = self.base(measure, rows), self.base(measure, before) if before else None
        if now is None:
            return None, NO_ANSWERS if measure.of in (POINTS, HUNDRED) else NO_ROWS
        return (None, NO_BEFORE) if then is None else now - then

    def _mean(self, measure: Measure, rows: Sequence[Row]) -> Fraction | None:
        total, weights = Fraction(0), Fraction(0)
        for row in rows:
            number = self._values.number(row, measure.of or "amount")
            weight = self._values.number(row, measure.weight) if measure.weight else Fraction(1)
            if number is not None and weight is not None:
                total, weights = total + number * weight, weights + weight
        return total / weights if weights else None

    def _takes(self, measure: Measure, row: Row) -> bool:
        return not measure.when or holds(measure.when, self._values.ground(row))

    def _each(self, row: Row, of: str) -> tuple[object, ...]:
        held = plain(self._values.held(row, of))
        return tuple(held) if isinstance(held, list) else () if held is None else (held,)

    def _lates(self, measure: Measure, row: Row) -> tuple[str, ...]:
        return tuple(clock for clock in row.lates if measure.of in (None, f"clock.{clock}"))

    def _behind(self, measure: Measure, taken: list[Row]) -> tuple[str, ...]:
        """The cases that a figure counts; of late clocks those with one, of numbers those that have it."""
        of, show = measure.of, measure.show
        if show == "late":
            taken = [row for row in taken if self._lates(measure, row)]
        elif of and show in ("sum", "mean", *EXTREMES):
            taken = [row for row in taken if self._values.number(row, of) is not None]
        elif of and show in ("distinct", "list"):
            taken = [row for row in taken if self._each(row, of)]
        return tuple(dict.fromkeys(row.case.number for row in taken))

    def _met(self, exact: Fraction | None) -> bool | None:
        if self._target is None or exact is None:
            return None
        least, most = target_number(self._target.at_least), target_number(self._target.at_most)
        if least is None and most is None:
            return None
        return (least is None or exact >= least) and (most is None or exact <= most)


def target_number(text: str | Gap | None) -> Fraction | None:
    """The number that a target says, ``80%`` as four fifths; None for none, for a gap and for what is no number."""
    if not isinstance(text, str):
        return None
    try:
        number = Decimal(text.removesuffix("%"))
    except InvalidOperation:
        return None
    return Fraction(number) / (100 if text.endswith("%") else 1) if number.is_finite() else None


def written(exact: Fraction | None, unit: str) -> int | str | None:
    """A number as a report has it: whole ones as such, else to the second decimal, halves up; shares in per cent."""
    if exact is None:
        return None
    exact = exact * 100 if unit == "%" else exact
    if exact.denominator == 1 and unit not in ("%", "yuan"):
        return int(exact)
    with localcontext(prec=_PRECISION):
        return str((Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(_CENT, ROUND_HALF_UP))


def _taken_back(row: Row) -> bool:
    return row.own.get("status") == "reversed"
