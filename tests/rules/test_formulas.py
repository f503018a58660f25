"""The numbers by tables of cases: every method, the quarters to date, means and money."""

from decimal import Decimal

import pytest

from measurement.rules.accumulations import Accumulation, PeriodValues, ToDate, ratio, to_date, total
from measurement.rules.figure import Figure, Gap
from measurement.rules.formulas import Efficiency, absorption, efficiency, mean
from measurement.rules.methods import (
    METHODS,
    Method,
    Yardstick,
    achievement,
    maximize,
    minimize,
    minimize_ratio,
    stabilize,
    within_range,
)
from measurement.rules.numbers import round_half_up
from measurement.rules.spans import Span

from .method_cases import METHOD_CASES

# Target, realisasi, maximize, 2T − R bounded at 0, T/R, stabilize, maximize in a mean capped at 120; "" is undefined. The first columns are from
# a published comparison of formula variants; one statistics office prints "-" for R = 0 and 120 for T = 0, here they are 0 and undefined.
VECTORS = [
    ("100", "80", "80.00", "120.00", "125.00", "80.00", "80.00"),
    ("100", "100", "100.00", "100.00", "100.00", "100.00", "100.00"),
    ("80", "100", "125.00", "75.00", "80.00", "75.00", "120.00"),
    ("3", "2", "66.67", "133.33", "150.00", "66.67", "66.67"),
    ("3", "5", "166.67", "33.33", "60.00", "33.33", "120.00"),
    ("0.35", "0.34", "97.14", "102.86", "102.94", "97.14", "97.14"),
    ("0.372", "0.325", "87.37", "112.63", "114.46", "87.37", "87.37"),
    ("23", "20.1", "87.39", "112.61", "114.43", "87.39", "87.39"),
    ("21.1", "21.9", "103.79", "96.21", "96.35", "96.21", "103.79"),
    ("94", "144", "153.19", "46.81", "65.28", "46.81", "120.00"),
    ("7", "6.5", "92.86", "107.14", "107.69", "92.86", "92.86"),
    ("8", "9", "112.50", "87.50", "88.89", "87.50", "112.50"),
    ("5", "0", "0.00", "200.00", "", "0.00", "0.00"),
    ("5", "10", "200.00", "0.00", "50.00", "0.00", "120.00"),
    ("5", "12", "240.00", "0.00", "41.67", "0.00", "120.00"),
    ("0", "0", "", "", "", "", ""),
    ("0", "1", "", "", "", "", ""),
    ("84.75", "88.95", "104.96", "95.04", "95.28", "95.04", "104.96"),
]


def capped(target: Decimal, realised: Decimal) -> Figure:
    """Capaian as it goes into a mean with a cap of 120."""
    return mean([maximize(target, realised)], cap=Decimal(120)).figure


COLUMNS = [(maximize, 2), (minimize, 3), (minimize_ratio, 4), (stabilize, 5), (capped, 6)]


def d(text) -> Decimal | None:
    return None if text in ("", None) else Decimal(text)


def quarters(*pairs) -> list[PeriodValues]:
    return [PeriodValues(d(target), d(realised)) for target, realised in pairs]


def shown(figure: Figure) -> Decimal | None:
    return None if figure.value is None else round_half_up(figure.value)


@pytest.mark.parametrize("case", VECTORS, ids=lambda case: f"T{case[0]}-R{case[1]}")
@pytest.mark.parametrize(("formula", "column"), COLUMNS, ids=lambda c: getattr(c, "__name__", ""))
def test_a_formula_gives_the_published_value(case, formula, column):
    assert shown(formula(Decimal(case[0]), Decimal(case[1]))) == d(case[column])


@pytest.mark.parametrize(("method", "target", "realised", "expected"), METHOD_CASES)
def test_a_method_by_its_cases(method, target, realised, expected):
    figure = achievement(Yardstick(Method(method), Span(Decimal(6), Decimal(7))), d(target), d(realised))
    assert figure.gap == expected if isinstance(expected, Gap) else figure.value == Decimal(expected)


def test_every_method_has_its_cases():
    assert {case[0] for case in METHOD_CASES} == set(Method)


@pytest.mark.parametrize(
    ("method", "low", "high", "realised", "expected"),
    [
        (Method.RANGE_UP, "80", "90", "70", "87.50"),
        (Method.RANGE_UP, "80", "90", "92", "102.22"),
        (Method.RANGE_DOWN, "7", "8", "6.5", "107.14"),
        (Method.RANGE_DOWN, "7", "8", "9", "87.50"),
    ],
)
def test_the_printed_examples_of_ranges_with_a_direction(method, low, high, realised, expected):
    """Source: PermenPANRB 8/2021."""
    figure = achievement(Yardstick(method, Span(d(low), d(high))), None, d(realised))
    assert figure.shown == Decimal(expected)


def test_a_target_below_zero_is_judged_by_the_distance_and_says_so():
    for method in (Method.MAXIMIZE, Method.MINIMIZE, Method.MINIMIZE_RATIO, Method.STABILIZE):
        figure = achievement(Yardstick(method), Decimal(-5), Decimal(-4))
        assert "target negatif" in figure.remark


def test_a_range_with_a_bound_of_zero_cannot_be_compared_with_it():
    assert within_range(Decimal(0), Decimal(7), Decimal(-1)).gap == Gap.ZERO_TARGET
    assert within_range(Decimal(-5), Decimal(0), Decimal(1)).gap == Gap.ZERO_TARGET
    assert within_range(Decimal(-5), Decimal(-4), Decimal(-6)).gap == Gap.NEGATIVE_BOUND
    assert within_range(Decimal(0), Decimal(0), Decimal(0)).value == 100


def test_zero_against_zero_is_met_only_where_the_office_says_so():
    assert minimize(Decimal(0), Decimal(0), zero_is_met=True).value == 100
    assert minimize(Decimal(0), Decimal(1), zero_is_met=True).value == 0
    assert minimize(Decimal(0), Decimal(1)).gap == Gap.ZERO_TARGET
    assert achievement(Yardstick(Method.MINIMIZE, zero_is_met=True), Decimal(0), Decimal(0)).value == 100


@pytest.mark.parametrize("method", [m for m in Method if METHODS[m].has_target and m != Method.MINIMIZE])
def test_zero_is_met_touches_no_other_method(method):
    assert achievement(Yardstick(method, zero_is_met=True), Decimal(0), Decimal(0)).gap == Gap.ZERO_TARGET


@pytest.mark.parametrize("formula", [minimize, stabilize])
def test_below_zero_is_shown_as_zero_with_a_remark(formula):
    bounded, exact = formula(Decimal(5), Decimal(12)), formula(Decimal(5), Decimal(10))
    assert (bounded.value, exact.value) == (0, 0)
    assert bounded.remark
    assert not exact.remark


@pytest.mark.parametrize(
    ("accumulation", "given_quarters", "target", "realised"),
    [
        ("jumlah", [], None, None),
        ("jumlah", [("3", "2"), ("3", "4")], "6", "6"),
        ("jumlah", [("3", "2"), ("3", None), ("3", "4")], "9", "6"),
        ("jumlah", [("3", None)], "3", None),
        ("jumlah", [("3", "0")], "3", "0"),
        ("jumlah", [(None, "2"), ("3", "1")], "3", "3"),
        ("posisi_akhir", [("70", "68"), ("75", "74")], "75", "74"),
        ("posisi_akhir", [("70", "68"), ("75", None)], "70", "68"),
        ("posisi_akhir", [("70", None), ("75", None)], "75", None),
        ("posisi_akhir", [("70", "68"), ("75", None), ("80", "0")], "80", "0"),
        ("posisi_akhir", [("70", "68"), (None, "74")], None, "74"),
        ("posisi_akhir", [], None, None),
        ("rata_rata", [("80", "70"), ("90", "80")], "85", "75"),
        ("rata_rata", [("80", "70"), ("90", None)], "85", "70"),
        ("rata_rata", [("80", "70"), ("90", "0"), (None, "80")], "85", "50"),
        ("rata_rata", [("80", None)], "80", None),
        ("rasio", [("80", "70")], "80", None),
        ("rasio", [], None, None),
        ("rata_rata", [], None, None),
    ],
)
def test_the_quarters_so_far_make_one_figure(accumulation, given_quarters, target, realised):
    assert to_date(Accumulation(accumulation), quarters(*given_quarters)) == ToDate(d(target), d(realised))


def test_a_ratio_keeps_its_raw_parts_and_is_not_the_mean_of_percentages():
    small = PeriodValues(Decimal(90), None, Decimal(1), Decimal(2))
    large = PeriodValues(Decimal(95), None, Decimal(99), Decimal(100))
    figures = to_date(Accumulation.RATIO, [small, large])
    assert figures.target == 95
    assert round_half_up(figures.realised) == Decimal("98.04")


def test_a_ratio_leaves_out_quarters_that_lack_a_part():
    half = PeriodValues(Decimal(90), None, Decimal(1), None)
    whole = PeriodValues(Decimal(90), None, Decimal(3), Decimal(4))
    assert to_date(Accumulation.RATIO, [half, whole]).realised == 75
    assert to_date(Accumulation.RATIO, [half]).realised is None
    assert to_date(Accumulation.RATIO, [whole, PeriodValues(Decimal(95))]) == ToDate(Decimal(95), Decimal(75))


def test_a_ratio_of_nothing_by_nothing_is_no_number_and_of_nothing_by_something_is_zero():
    nothing = PeriodValues(Decimal(90), None, Decimal(0), Decimal(0))
    assert to_date(Accumulation.RATIO, [nothing]).realised is None
    assert (
        to_date(
            Accumulation.RATIO, [nothing, PeriodValues(Decimal(90), None, Decimal(0), Decimal(4))]
        ).realised
        == 0
    )


@pytest.mark.parametrize(("numerator", "denominator"), [(None, 4), (3, None), (3, 0), (None, None)])
def test_a_ratio_without_a_divisor_is_no_number(numerator, denominator):
    assert (
        ratio(numerator and Decimal(numerator), None if denominator is None else Decimal(denominator)) is None
    )


def test_a_mean_says_what_it_counted_and_what_was_left_out():
    figures = [
        Figure(Decimal(100)),
        Figure(Decimal(50)),
        Figure(gap=Gap.BLANK),
        Figure(gap=Gap.ZERO_TARGET),
        Figure(gap=Gap.BLANK),
    ]
    result = mean(figures)
    assert (result.figure.value, result.counted, result.total) == (75, 2, 5)
    assert result.left_out == {Gap.BLANK: 2, Gap.ZERO_TARGET: 1}


def test_a_mean_of_nothing_is_not_zero():
    assert mean([Figure(gap=Gap.BLANK)]).figure == Figure(gap=Gap.NOTHING_BELOW)
    assert mean([]).figure.value is None


def test_a_cap_limits_each_part_and_only_in_the_mean():
    high = Figure(Decimal(248))
    assert mean([high, Figure(Decimal(80))], cap=Decimal(120)).figure.value == 100
    assert mean([high, Figure(Decimal(80))]).figure.value == 164
    assert high.value == 248


@pytest.mark.parametrize(
    ("value", "counted"),
    [("119.99", "119.99"), ("120", "120"), ("120.01", "120"), ("0", "0"), ("-50", "-50")],
)
def test_a_cap_begins_above_itself(value, counted):
    assert mean([Figure(Decimal(value))], cap=Decimal(120)).figure.value == Decimal(counted)


def test_a_total_of_blanks_is_blank_and_of_zeros_zero():
    assert (
        total([]),
        total([None, None]),
        total([None, Decimal(0)]),
        total([Decimal(2), None, Decimal(3)]),
    ) == (None, None, 0, 5)


@pytest.mark.parametrize(
    ("realised", "pagu", "expected"),
    [
        ("345000", "1500000", Figure(Decimal(23))),
        ("0", "100", Figure(Decimal(0))),
        ("150", "100", Figure(Decimal(150))),
        (None, "100", Figure(gap=Gap.BLANK)),
        ("5", "0", Figure(gap=Gap.NOT_PLANNED)),
        ("0", "0", Figure(gap=Gap.NOT_PLANNED)),
        (None, "0", Figure(gap=Gap.BLANK)),
    ],
)
def test_money_is_held_against_the_pagu(realised, pagu, expected):
    assert absorption(d(realised), Decimal(pagu)) == expected


@pytest.mark.parametrize(
    ("capaian", "serapan", "word"),
    [
        ("100", "94.99", Efficiency.EFFICIENT),
        ("100", "95", Efficiency.SUFFICIENT),
        ("90", "95", Efficiency.SUFFICIENT),
        ("90", "95.01", Efficiency.INEFFICIENT),
    ],
)
def test_efficiency_turns_at_five_points(capaian, serapan, word):
    assert efficiency(Figure(Decimal(capaian)), Figure(Decimal(serapan))) == word


@pytest.mark.parametrize(
    ("serapan", "threshold", "word"),
    [
        ("90", "10", Efficiency.SUFFICIENT),
        ("89.99", "10", Efficiency.EFFICIENT),
        ("100", "0", Efficiency.SUFFICIENT),
        ("99.99", "0", Efficiency.EFFICIENT),
        ("100.01", "0", Efficiency.INEFFICIENT),
    ],
)
def test_efficiency_turns_where_the_office_says(serapan, threshold, word):
    assert efficiency(Figure(Decimal(100)), Figure(Decimal(serapan)), Decimal(threshold)) == word


def test_efficiency_needs_both_figures():
    assert efficiency(Figure(gap=Gap.BLANK), Figure(Decimal(1))) is None
    assert efficiency(Figure(Decimal(1)), Figure(gap=Gap.BLANK)) is None
