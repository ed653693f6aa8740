import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.amounts import FEN, Bounds, RatiosError, number_of, ratio, shares, to_fen, written

pytestmark = pytest.mark.pure

_AMOUNTS = st.decimals(0, 10_000_000, places=2)


@st.composite
def _ratios(draw: st.DrawFn) -> list[Decimal]:
    """Ratios to two places that sum to 100."""
    cuts = sorted(draw(st.lists(st.integers(0, 10_000), max_size=12)))
    ends = [0, *cuts, 10_000]
    return [Decimal(after - before) / 100 for before, after in itertools.pairwise(ends)]


@given(_AMOUNTS, _ratios())
def test_shares_sum_to_the_amount_exactly_and_each_is_to_the_fen(amount: Decimal, ratios: list[Decimal]) -> None:
    found = shares(amount, ratios)
    assert sum(found) == amount
    assert all(each == each.quantize(FEN) for each in found)


@given(_AMOUNTS, _ratios())
def test_no_share_is_below_zero_and_only_the_first_largest_gets_what_is_left(
    amount: Decimal, ratios: list[Decimal]
) -> None:
    largest = ratios.index(max(ratios))
    for place, (share, own) in enumerate(zip(shares(amount, ratios), ratios, strict=True)):
        left = share - amount * own / 100
        assert share >= 0
        assert -FEN < left <= 0 if place != largest else 0 <= left < FEN * len(ratios)


def test_what_rounding_leaves_goes_to_the_first_of_the_largest() -> None:
    thirds = [Decimal("33.3"), Decimal("33.35"), Decimal("33.35")]
    assert shares(Decimal("0.10"), thirds) == (Decimal("0.03"), Decimal("0.04"), Decimal("0.03"))


@pytest.mark.parametrize("ratios", [["50", "49.99"], ["60", "41"], [], ["120", "-20"]])
def test_ratios_that_are_not_a_whole_are_refused(ratios: list[str]) -> None:
    with pytest.raises(RatiosError):
        shares(Decimal(100), [Decimal(each) for each in ratios])


@pytest.mark.parametrize(
    ("given", "rounded"), [("0.005", "0.01"), ("0.0149", "0.01"), ("2.675", "2.68"), ("1", "1.00")]
)
def test_amounts_are_rounded_half_up(given: str, rounded: str) -> None:
    assert to_fen(Decimal(given)) == Decimal(rounded)


@pytest.mark.parametrize(
    ("given", "factor"), [("10%", "0.1"), (" 12.5% ", "0.125"), ("0.3", "0.3"), (3, "3"), ("ten", None), ("x%", None)]
)
def test_a_ratio_is_a_factor_or_a_percentage(given: object, factor: str | None) -> None:
    assert ratio(given) == (None if factor is None else Decimal(factor))


@pytest.mark.parametrize("given", [True, None, "NaN", "Infinity", "", 1.5, "1,000", "1" * 19, "1e99"])
def test_what_is_no_finite_number_is_none(given: object) -> None:
    assert number_of(given) is None


def test_of_several_coefficients_the_highest_counts_and_they_are_never_multiplied() -> None:
    found = Bounds(Decimal(10), Decimal(20)).weighed([Decimal("1.5"), Decimal(2), Decimal("0.5")])
    shown = [str(each) for each in (found.low, found.high, found.raw, found.coefficient)]
    assert shown == ["20", "40", "10", "2"]


def test_bounds_are_rounded_once_at_the_end() -> None:
    third = Decimal("0.333")
    assert Bounds(third, third).times(Decimal(3)).rounded().exact == Decimal("1.00")


@pytest.mark.parametrize(
    ("bounds", "inside", "outside"),
    [
        (Bounds(Decimal(30), Decimal(200)), ["30", "200"], ["29.99", "200.01"]),
        (Bounds(Decimal(500)), ["500", "100000"], ["499.99"]),
        (Bounds(), ["0", "1"], []),
    ],
)
def test_bounds_hold_their_ends(bounds: Bounds, inside: list[str], outside: list[str]) -> None:
    assert [each for each in inside if not bounds.hold(Decimal(each))] == []
    assert [each for each in outside if bounds.hold(Decimal(each))] == []


@pytest.mark.parametrize(
    ("amount", "unit", "text"),
    [("50", "yuan", "50.00"), ("12.345", "yuan", "12.35"), ("3.00", "points", "3"), ("1.50", "points", "1.5"),
     ("100", "points", "100")],
)  # fmt: skip
def test_yuan_are_written_with_fen_and_points_without_needless_zeros(amount: str, unit: str, text: str) -> None:
    assert written(Decimal(amount), unit) == text
