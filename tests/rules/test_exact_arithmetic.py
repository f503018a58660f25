"""Means of thirds and twelfths come out the same in every order of the rows, and are judged as they are shown."""

from decimal import Decimal
from fractions import Fraction
from itertools import permutations

import pytest

from measurement.rules.accumulations import Accumulation, PeriodValues, to_date
from measurement.rules.figure import Figure
from measurement.rules.formulas import Efficiency, efficiency, mean, predicate
from measurement.rules.methods import Method, Yardstick, achievement
from measurement.rules.numbers import round_half_up, show_percent, show_short
from measurement.rules.spans import Span

LEVELS = [
    (Decimal(91), "Sangat Tinggi"),
    (Decimal(76), "Tinggi"),
    (Decimal(66), "Sedang"),
    (Decimal(51), "Rendah"),
    (None, "Sangat Rendah"),
]
MAXIMIZE = Yardstick(Method.MAXIMIZE)


def capaian_of(parts: str) -> list[Figure]:
    """The figures of "realisasi/target" pairs."""
    pairs = [part.split("/") for part in parts.split()]
    return [achievement(MAXIMIZE, Decimal(target), Decimal(realised)) for realised, target in pairs]


@pytest.mark.parametrize(
    ("parts", "shown", "word"),
    [
        ("1/3 12/9 5/6 7/8", "84,38 %", "Tinggi"),
        ("728/625 17/24 14/24 14/24", "76,00 %", "Tinggi"),
        ("1/3 1/3 1/3 3/1", "100,00 %", "Sangat Tinggi"),
    ],
)
def test_a_mean_is_the_same_in_every_order_of_its_parts(parts, shown, word):
    found = {mean(order).figure for order in permutations(capaian_of(parts))}
    assert len(found) == 1
    figure = found.pop()
    assert (show_percent(figure.value), predicate(figure, LEVELS)) == (shown, word)


def test_a_mean_of_quarters_is_held_exactly_against_the_mean_of_its_targets():
    quarters = [
        PeriodValues(Decimal(target), Decimal(realised))
        for target, realised in (("66", "60.5"), ("67", "60.7"), ("67", "60.79"))
    ]
    so_far = to_date(Accumulation.MEAN, quarters)
    figure = achievement(MAXIMIZE, so_far.target, so_far.realised)
    assert so_far.target == Fraction(200, 3)
    assert (show_percent(figure.value), predicate(figure, LEVELS)) == ("91,00 %", "Sangat Tinggi")


@pytest.mark.parametrize("target", ["0.07", "3", "7", "11.3", "66.666667", "999999.999999"])
def test_what_equals_its_target_is_met_by_every_method(target):
    for method in Method:
        figure = achievement(
            Yardstick(method, Span(Decimal(target), Decimal(target))), Decimal(target), Decimal(target)
        )
        assert (figure.value, figure.is_met) == (100, True)


def test_a_mean_of_equal_quarters_meets_a_target_that_is_lower_the_better():
    quarters = [PeriodValues(Decimal(t), Decimal(t)) for t in ("0.7", "0.8", "0.8")]
    so_far = to_date(Accumulation.MEAN, quarters)
    assert achievement(Yardstick(Method.MINIMIZE), so_far.target, so_far.realised).value == 100


def test_what_is_shown_as_hundred_is_met():
    figure = achievement(MAXIMIZE, Decimal(100_000), Decimal(99_995))
    assert (show_percent(figure.value), figure.is_met, figure.is_missed) == ("100,00 %", True, False)


def test_efficiency_is_judged_by_the_difference_that_is_shown():
    capaian, serapan = Figure(Fraction("88.344")), Figure(Fraction("83.3351"))
    assert efficiency(capaian, serapan) == Efficiency.SUFFICIENT  # 88,34 − 83,34 = 5,00


def test_fractions_are_rounded_half_up_on_both_sides_of_zero():
    assert [round_half_up(Fraction(n, 8)) for n in (675, -675)] == [Decimal("84.38"), Decimal("-84.38")]
    assert round_half_up(Fraction(95), -1) == 100
    assert (show_short(Fraction(200, 3)), show_short(Fraction(191, 2))) == ("66,67", "95,5")
