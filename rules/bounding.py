"""Between what a consequence lies in a case now: its amount looked up, multiplied, weighed."""

from dataclasses import replace
from decimal import Decimal

from rules.amounts import NOTHING, Bounds, number_of, ratio, text_of
from rules.conditions import Ground, holds
from rules.consequences import Consequence
from rules.items import ItemState, Line
from rules.values import Names, TableValue, Value, named


class Missing(LookupError):
    """A value that an amount needs is not there; ``value`` names it (``table.x``, ``field.x``, or what a gap says)."""

    def __init__(self, value: str) -> None:
        super().__init__(value)
        self.value = value


def bounds(row: Consequence, ground: Ground) -> Bounds:
    """The bounds of a line, to the fen; of the whole where it is split. No bounds for sanctions.

    Raises:
        Missing: A field, a row of a table or a value that the regulation leaves open is not there.
        Unanswered: The world has to be asked first.
    """
    if row.one_of:
        return Bounds()
    found = _base(row, ground)
    if row.times is not None:
        found = found.times(_number(row.times, ground))
    factors = [_number(each.gives, ground) for each in row.coefficient if holds(each.when, ground)]
    return found.weighed(factors).rounded()


def weighing(row: Consequence, ground: Ground, coefficient: object) -> Names:
    """The clauses of the coefficients that apply and have the value that counted."""
    applying = (each for each in row.coefficient if holds(each.when, ground))
    return tuple(
        clause for each in applying if number_of(ground.lookup(each.gives)) == coefficient for clause in each.clause
    )


def bounded(item: ItemState, lines: tuple[Line, ...], known: Bounds, raw: Decimal | None) -> ItemState:
    """The item with lines, the bounds that they lie in, the coefficient that counted and the amount before it."""
    return replace(
        item,
        lines=lines,
        bounded=True,
        low=text_of(known.low),
        high=text_of(known.high),
        raw=text_of(raw),
        coefficient=text_of(known.coefficient),
    )


def _base(row: Consequence, ground: Ground) -> Bounds:
    if row.band is not None:
        low, high = (_number(end, ground) for end in row.band)
        return Bounds(low, high)
    if row.floor is not None:
        return Bounds(_number(row.floor, ground))
    if row.entered:
        return Bounds(NOTHING)
    if row.shortfall is not None:
        rest = _number(row.shortfall.from_, ground) - _number(row.shortfall.less, ground)
        return _only(max(rest, NOTHING))
    if row.percent is not None and row.of is not None:
        share = ratio(ground.lookup(row.percent))
        if share is None:
            raise Missing(named(row.percent))
        return _only(share * _number(row.of, ground))
    whole = row.fixed if row.fixed is not None else row.whole_of
    return _only(_number("" if whole is None else whole, ground))


def _only(amount: Decimal) -> Bounds:
    return Bounds(amount, amount)


def _number(value: Value, ground: Ground) -> Decimal:
    found = number_of(ground.lookup(value))
    if found is None or (found < 0 and isinstance(value, TableValue)):
        raise Missing(named(value))
    return found
