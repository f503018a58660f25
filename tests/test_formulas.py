"""The numbers by tables of cases: every method, the quarters to date, means, money and predicates."""

from decimal import Decimal

import pytest

from measurement.formulas import (
    Accumulation,
    Efficiency,
    Figure,
    Gap,
    Method,
    Quarter,
    ToDate,
    Yardstick,
    absorption,
    achievement,
    efficiency,
    maximize,
    mean,
    minimize,
    minimize_ratio,
    predicate,
    quarterly_targets,
    ratio,
    stabilize,
    to_date,
    within_range,
)
from measurement.numbers import round_half_up

PERMENDAGRI_86 = [
    (Decimal(91), "Sangat Tinggi"), (Decimal(76), "Tinggi"), (Decimal(66), "Sedang"), (Decimal(51), "Rendah"), (None, "Sangat Rendah"),
]  # fmt: skip
# Target, realisasi, maximize, 2T − R bounded at 0, T/R, stabilize; "" is undefined. From formula_variants_vectors.csv.
VECTORS = [
    ("100", "80", "80.00", "120.00", "125.00", "80.00"),
    ("100", "100", "100.00", "100.00", "100.00", "100.00"),
    ("80", "100", "125.00", "75.00", "80.00", "75.00"),
    ("3", "2", "66.67", "133.33", "150.00", "66.67"),
    ("3", "5", "166.67", "33.33", "60.00", "33.33"),
    ("0.35", "0.34", "97.14", "102.86", "102.94", "97.14"),
    ("0.372", "0.325", "87.37", "112.63", "114.46", "87.37"),
    ("23", "20.1", "87.39", "112.61", "114.43", "87.39"),
    ("21.1", "21.9", "103.79", "96.21", "96.35", "96.21"),
    ("94", "144", "153.19", "46.81", "65.28", "46.81"),
    ("7", "6.5", "92.86", "107.14", "107.69", "92.86"),
    ("8", "9", "112.50", "87.50", "88.89", "87.50"),
    ("5", "0", "0.00", "200.00", "", "0.00"),
    ("5", "10", "200.00", "0.00", "50.00", "0.00"),
    ("5", "12", "240.00", "0.00", "41.67", "0.00"),
    ("0", "0", "", "", "", ""),
    ("0", "1", "", "", "", ""),
    ("84.75", "88.95", "104.96", "95.04", "95.28", "95.04"),
]
COLUMNS = [(maximize, 2), (minimize, 3), (minimize_ratio, 4), (stabilize, 5)]


def d(text) -> Decimal | None:
    return None if text in ("", None) else Decimal(text)


def quarters(*pairs) -> list[Quarter]:
    return [Quarter(d(target), d(realised)) for target, realised in pairs]


def shown(figure: Figure) -> Decimal | None:
    return None if figure.value is None else round_half_up(figure.value)


@pytest.mark.parametrize("case", VECTORS, ids=lambda case: f"T{case[0]}-R{case[1]}")
@pytest.mark.parametrize(("formula", "column"), COLUMNS, ids=lambda c: getattr(c, "__name__", ""))
def test_a_formula_gives_the_published_value(case, formula, column):
    assert shown(formula(Decimal(case[0]), Decimal(case[1]))) == d(case[column])


@pytest.mark.parametrize("formula", [maximize, minimize, minimize_ratio, stabilize])
@pytest.mark.parametrize("realised", ["0", "1", "-1"])
def test_a_target_of_zero_cannot_be_computed(formula, realised):
    assert formula(Decimal(0), Decimal(realised)) == Figure(gap=Gap.ZERO_TARGET)


def test_zero_against_zero_is_met_only_where_the_office_says_so():
    assert minimize(Decimal(0), Decimal(0), zero_is_met=True).value == 100
    assert minimize(Decimal(0), Decimal(1), zero_is_met=True).gap == Gap.ZERO_TARGET
    assert achievement(Yardstick(Method.MINIMIZE, zero_is_met=True), Decimal(0), Decimal(0)).value == 100
    assert achievement(Yardstick(Method.MINIMIZE), Decimal(0), Decimal(0)).gap == Gap.ZERO_TARGET


def test_a_ratio_with_realisasi_zero_names_the_divisor():
    assert minimize_ratio(Decimal(5), Decimal(0)) == Figure(gap=Gap.ZERO_DIVISOR)


@pytest.mark.parametrize("formula", [minimize, stabilize])
def test_below_zero_is_shown_as_zero_with_a_remark(formula):
    bounded, exact = formula(Decimal(5), Decimal(12)), formula(Decimal(5), Decimal(10))
    assert (bounded.value, exact.value) == (0, 0)
    assert bounded.remark
    assert not exact.remark


def test_a_negative_realisasi_is_computed_and_not_clipped():
    assert maximize(Decimal(10), Decimal(-5)).value == -50
    assert minimize(Decimal(10), Decimal(-5)).value == 250


def test_nothing_is_capped():
    assert maximize(Decimal(5), Decimal(500)).value == 10_000


@pytest.mark.parametrize(
    ("realised", "value"),
    [("6.5", "100"), ("6", "100"), ("7", "100"), ("5.99", "99.83"), ("3", "50.00"), ("7.7", "90.00"), ("14", "0.00"), ("20", "0.00")],
)
def test_a_range_is_compared_with_its_nearer_bound(realised, value):
    assert shown(within_range(Decimal(6), Decimal(7), Decimal(realised))) == Decimal(value)


@pytest.mark.parametrize(("realised", "value"), [("0", 0), ("1", 100), ("-1", 100)])
def test_yes_is_hundred_and_no_is_nothing(realised, value):
    assert achievement(Yardstick(Method.YES_NO), None, Decimal(realised)).value == value


@pytest.mark.parametrize(("realised", "value"), [("4", "100.00"), ("3", "75.00"), ("1", "25.00")])
def test_a_predicate_is_held_by_its_score(realised, value):
    assert shown(achievement(Yardstick(Method.PREDICATE), Decimal(4), Decimal(realised))) == Decimal(value)


@pytest.mark.parametrize("method", Method)
def test_a_blank_is_never_zero(method):
    yardstick = Yardstick(method, Decimal(1), Decimal(2))
    assert achievement(yardstick, Decimal(3), None) == Figure(gap=Gap.BLANK)


@pytest.mark.parametrize("method", set(Method) - {Method.YES_NO})
def test_without_a_target_there_is_no_figure(method):
    assert achievement(Yardstick(method), None, Decimal(3)) == Figure(gap=Gap.NO_TARGET)


@pytest.mark.parametrize(
    ("method", "formula"),
    [(Method.MAXIMIZE, maximize), (Method.MINIMIZE, minimize), (Method.MINIMIZE_RATIO, minimize_ratio), (Method.STABILIZE, stabilize)],
)
def test_a_method_uses_its_own_formula(method, formula):
    assert achievement(Yardstick(method), Decimal(8), Decimal(9)) == formula(Decimal(8), Decimal(9))


@pytest.mark.parametrize(
    ("accumulation", "given_quarters", "target", "realised"),
    [
        ("jumlah", [("3", "2"), ("3", "4")], "6", "6"),
        ("jumlah", [("3", "2"), ("3", None), ("3", "4")], "9", "6"),
        ("jumlah", [("3", None)], "3", None),
        ("jumlah", [("3", "0")], "3", "0"),
        ("jumlah", [(None, "2"), ("3", "1")], "3", "3"),
        ("posisi_akhir", [("70", "68"), ("75", "74")], "75", "74"),
        ("posisi_akhir", [("70", "68"), ("75", None)], "70", "68"),
        ("posisi_akhir", [("70", None), ("75", None)], "75", None),
        ("rata_rata", [("80", "70"), ("90", "80")], "85", "75"),
        ("rata_rata", [("80", "70"), ("90", None)], "85", "70"),
        ("rata_rata", [], None, None),
    ],
)
def test_the_quarters_so_far_make_one_figure(accumulation, given_quarters, target, realised):
    assert to_date(Accumulation(accumulation), quarters(*given_quarters)) == ToDate(d(target), d(realised))


def test_a_ratio_keeps_its_raw_parts_and_is_not_the_mean_of_percentages():
    small = Quarter(Decimal(90), None, Decimal(1), Decimal(2))
    large = Quarter(Decimal(95), None, Decimal(99), Decimal(100))
    figures = to_date(Accumulation.RATIO, [small, large])
    assert figures.target == 95
    assert round_half_up(figures.realised) == Decimal("98.04")


def test_a_ratio_leaves_out_quarters_that_lack_a_part():
    half = Quarter(Decimal(90), None, Decimal(1), None)
    whole = Quarter(Decimal(90), None, Decimal(3), Decimal(4))
    assert to_date(Accumulation.RATIO, [half, whole]).realised == 75
    assert to_date(Accumulation.RATIO, [half]).realised is None


@pytest.mark.parametrize(("numerator", "denominator"), [(None, 4), (3, None), (3, 0), (None, None)])
def test_a_ratio_without_a_divisor_is_no_number(numerator, denominator):
    assert ratio(numerator and Decimal(numerator), None if denominator is None else Decimal(denominator)) is None


def test_a_mean_says_what_it_counted_and_what_was_left_out():
    figures = [Figure(Decimal(100)), Figure(Decimal(50)), Figure(gap=Gap.BLANK), Figure(gap=Gap.ZERO_TARGET), Figure(gap=Gap.BLANK)]
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
    ("realised", "pagu", "expected"),
    [
        ("345000", "1500000", Figure(Decimal(23))),
        ("0", "100", Figure(Decimal(0))),
        ("150", "100", Figure(Decimal(150))),
        (None, "100", Figure(gap=Gap.BLANK)),
        ("5", "0", Figure(gap=Gap.NOT_PLANNED)),
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


def test_efficiency_needs_both_figures():
    assert efficiency(Figure(gap=Gap.BLANK), Figure(Decimal(1))) is None
    assert efficiency(Figure(Decimal(1)), Figure(gap=Gap.BLANK)) is None


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ("248", "Sangat Tinggi"), ("91", "Sangat Tinggi"), ("90.995", "Sangat Tinggi"), ("90.99", "Tinggi"), ("90.9949", "Tinggi"),
        ("76", "Tinggi"), ("75.99", "Sedang"), ("66", "Sedang"), ("65.99", "Rendah"), ("51", "Rendah"), ("50.99", "Sangat Rendah"),
        ("0", "Sangat Rendah"), ("-5", "Sangat Rendah"),
    ],
)  # fmt: skip
def test_a_predicate_follows_the_rounded_value(value, word):
    assert predicate(Figure(Decimal(value)), PERMENDAGRI_86) == word


def test_no_value_has_no_predicate():
    assert predicate(Figure(gap=Gap.ZERO_TARGET), PERMENDAGRI_86) == ""


@pytest.mark.parametrize(
    ("annual", "expected"),
    [("7", "1 2 2 2"), ("1", "0 0 0 1"), ("12", "3 3 3 3"), ("10.5", "2.625 2.625 2.625 2.625"), ("0", "0 0 0 0"), ("2", "0 1 0 1")],
)
def test_a_years_sum_is_shared_out_with_the_rest_late(annual, expected):
    assert quarterly_targets(Accumulation.SUM, Decimal(annual)) == tuple(Decimal(part) for part in expected.split())


@pytest.mark.parametrize("accumulation", set(Accumulation) - {Accumulation.SUM})
def test_any_other_target_holds_every_quarter(accumulation):
    assert quarterly_targets(accumulation, Decimal("82.5")) == (Decimal("82.5"),) * 4
