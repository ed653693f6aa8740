"""Amounts: exact decimals, rounded half up to the fen once, at the end."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, InvalidOperation

FEN = Decimal("0.01")
WHOLE = Decimal(100)
NOTHING = Decimal(0)
#: Before the point: more than any sum of money has, and few enough to be counted with to the fen.
MOST_DIGITS = 18


class RatiosError(ValueError):
    """The ratios of a split do not sum to 100; carries their sum."""

    def __init__(self, total: Decimal) -> None:
        super().__init__(f"ratios sum to {total}, not to 100")
        self.total = total


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between what an amount lies, both ends included; None is no end.

    ``raw``: what the lowest was before the coefficient; ``factor``: what is entered by hand is multiplied by it.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    raw: Decimal | None = None
    coefficient: Decimal | None = None
    factor: Decimal = Decimal(1)

    @property
    def exact(self) -> Decimal | None:
        """The one amount that the bounds leave, None where there are several."""
        return self.low if self.low is not None and self.low == self.high else None

    def hold(self, amount: Decimal) -> bool:
        """Whether an amount lies within."""
        return (self.low is None or amount >= self.low) and (self.high is None or amount <= self.high)

    def times(self, number: Decimal) -> "Bounds":
        """The bounds of so many."""
        return replace(self, low=_by(self.low, number), high=_by(self.high, number), factor=self.factor * number)

    def weighed(self, coefficients: Sequence[Decimal]) -> "Bounds":
        """The bounds by the highest of the coefficients that apply; unchanged where none does."""
        if not coefficients:
            return self
        highest = max(coefficients)
        return replace(self.times(highest), raw=self.raw if self.raw is not None else self.low, coefficient=highest)

    def rounded(self) -> "Bounds":
        """The bounds to the fen."""
        ends = (None if end is None else to_fen(end) for end in (self.low, self.high, self.raw))
        low, high, raw = ends
        return replace(self, low=low, high=high, raw=raw)


def to_fen(amount: Decimal) -> Decimal:
    """An amount rounded half up to two places."""
    return amount.quantize(FEN, ROUND_HALF_UP)


def ratio(value: object) -> Decimal | None:
    """A share such as ``10%`` or ``0.1`` as a factor, None if it is none."""
    if isinstance(value, str) and value.strip().endswith("%"):
        number = number_of(value.strip().removesuffix("%"))
        return None if number is None else number / WHOLE
    return number_of(value)


def number_of(value: object) -> Decimal | None:
    """A finite number of at most `MOST_DIGITS` before the point, None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() and number.adjusted() < MOST_DIGITS else None


def shares(amount: Decimal, ratios: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """An amount in shares to the fen that sum to it exactly.

    Each share is cut to the fen; what is left goes to the largest, the first of several.

    Raises:
        RatiosError: The ratios do not sum to 100.
    """
    total = sum(ratios, NOTHING)
    if total != WHOLE or any(each < 0 for each in ratios):
        raise RatiosError(total)
    whole = to_fen(amount)
    found = [(whole * each / WHOLE).quantize(FEN, ROUND_DOWN) for each in ratios]
    largest = max(range(len(found)), key=lambda place: (ratios[place], -place))
    found[largest] += whole - sum(found, NOTHING)
    return tuple(found)


def written(amount: Decimal, unit: str) -> str:
    """An amount as entries hold it: yuan with two places, points without needless zeros."""
    exact = to_fen(amount)
    if unit == "yuan" or exact % 1:
        return format(exact if unit == "yuan" else exact.normalize(), "f")
    return format(exact.quantize(Decimal(1)), "f")


def text_of(amount: Decimal | None) -> str | None:
    """A number written out, None for none."""
    return None if amount is None else format(amount, "f")


def _by(end: Decimal | None, number: Decimal) -> Decimal | None:
    return None if end is None else end * number
