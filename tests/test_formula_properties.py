"""What holds for every number: methods are monotone, means lie between, quarters add up."""

from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from measurement.formulas import (
    Accumulation,
    Figure,
    Gap,
    Quarter,
    maximize,
    mean,
    minimize,
    minimize_ratio,
    quarterly_targets,
    stabilize,
    to_date,
    within_range,
)

PERMENDAGRI_86 = [
    (Decimal(91), "Sangat Tinggi"), (Decimal(76), "Tinggi"), (Decimal(66), "Sedang"), (Decimal(51), "Rendah"), (None, "Sangat Rendah"),
]  # fmt: skip
# Target, realisasi, maximize, 2T − R bounded at 0, T/R, stabilize; "" is undefined. From formula_variants_vectors.csv.

amounts = st.decimals(min_value=0, max_value=10**9, places=2)
positive = st.decimals(min_value="0.01", max_value=10**9, places=2)


@given(annual=amounts)
def test_quarterly_targets_add_up_to_the_year(annual):
    parts = quarterly_targets(Accumulation.SUM, annual)
    assert sum(parts) == annual
    assert min(parts) >= 0


@given(target=positive)
def test_every_method_gives_hundred_where_the_target_is_met_exactly(target):
    for formula in (maximize, minimize, minimize_ratio, stabilize):
        assert formula(target, target).value == 100
    assert within_range(target, target, target).value == 100


@given(target=positive, less=amounts, more=amounts)
def test_more_is_never_worse_or_never_better(target, less, more):
    assume(less <= more)
    assert maximize(target, less).value <= maximize(target, more).value
    assert minimize(target, less).value >= minimize(target, more).value


@given(target=positive, realised=amounts)
def test_exactly_on_target_is_the_best_where_it_has_to_be_stable(target, realised):
    assert 0 <= stabilize(target, realised).value <= 100


@given(st.lists(amounts, min_size=1))
def test_a_mean_lies_between_its_smallest_and_largest_part(values):
    result = mean(Figure(value) for value in values).figure.value
    assert min(values) <= result <= max(values)


@given(st.lists(st.one_of(amounts, st.none()), min_size=1), st.permutations(range(3)))
def test_what_is_left_out_never_moves_a_mean(values, order):
    filled = [Figure(value) for value in values if value is not None]
    gaps = [Figure(gap=list(Gap)[index]) for index in order]
    assert mean(filled + gaps).figure.value == mean(filled).figure.value
    assert mean(filled + gaps).counted == len(filled)


@given(st.lists(st.tuples(positive, st.one_of(amounts, st.none())), min_size=1, max_size=4))
def test_a_skipped_quarter_stays_in_the_denominator(pairs):
    figures = to_date(Accumulation.SUM, [Quarter(target, realised) for target, realised in pairs])
    assert figures.target == sum(target for target, _ in pairs)
    assert figures.realised == (sum(r for _, r in pairs if r is not None) if any(r is not None for _, r in pairs) else None)
