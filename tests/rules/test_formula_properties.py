"""What holds for every number: methods are monotone, means lie between, quarters add up, predicates rise with the value."""

from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from measurement.rules.accumulations import Accumulation, PeriodValues, to_date, total
from measurement.rules.figure import Figure, Gap
from measurement.rules.formulas import Efficiency, absorption, efficiency, mean, predicate
from measurement.rules.method_formulas import BELOW_ZERO
from measurement.rules.methods import (
    Method,
    Yardstick,
    achievement,
    maximize,
    minimize,
    minimize_ratio,
    stabilize,
    within_range,
    yes_no,
)
from measurement.rules.numbers import round_half_up
from measurement.rules.spans import Span

LEVELS = [(Decimal(91), "5"), (Decimal(76), "4"), (Decimal(66), "3"), (Decimal(51), "2"), (None, "1")]
CAP = Decimal(120)
GAPS = [Figure(gap=gap) for gap in Gap]

amounts = st.decimals(min_value=0, max_value=10**9, places=2)
positive = st.decimals(min_value="0.01", max_value=10**9, places=2)
signed = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
percent = st.decimals(min_value=-1000, max_value=1000, places=4)
maybe = st.one_of(amounts, st.none())


@given(target=positive)
def test_every_method_gives_hundred_where_the_target_is_met_exactly(target):
    for method in Method:
        assert achievement(Yardstick(method, Span(target, target)), target, target).value == 100


@given(target=positive, less=signed, more=signed)
def test_more_is_never_worse_where_high_is_good_and_never_better_where_low_is(target, less, more):
    assume(less <= more)
    assert maximize(target, less).value <= maximize(target, more).value
    assert minimize(target, less).value >= minimize(target, more).value


@given(target=positive, less=positive, more=positive)
def test_the_ratio_form_falls_with_the_realisasi(target, less, more):
    assume(less <= more)
    assert minimize_ratio(target, less).value >= minimize_ratio(target, more).value


@given(target=positive, realised=amounts)
def test_both_forms_of_minimize_agree_which_side_of_the_target_it_is(target, realised):
    assume(realised > 0)
    linear, inverse = minimize(target, realised).value, minimize_ratio(target, realised).value
    assert (linear >= 100) == (inverse >= 100) == (realised <= target)


@given(target=positive, realised=amounts)
def test_exactly_on_target_is_the_best_where_it_has_to_be_stable(target, realised):
    assert 0 <= stabilize(target, realised).value <= 100


@given(target=positive, nearer=amounts, farther=amounts)
def test_farther_from_the_target_is_never_more_stable(target, nearer, farther):
    assume(abs(nearer - target) <= abs(farther - target))
    assume((nearer <= target) == (farther <= target))
    assert stabilize(target, nearer).value >= stabilize(target, farther).value


@given(low=positive, high=positive, realised=amounts)
def test_a_range_gives_hundred_inside_and_less_outside(low, high, realised):
    assume(low <= high)
    value = within_range(low, high, realised).value
    assert (value == 100) == (low <= realised <= high)
    assert 0 <= value <= 100


@given(target=signed, realised=signed)
def test_what_is_bounded_at_zero_says_so(target, realised):
    for formula in (minimize, stabilize):
        figure = formula(target, realised)
        assert (BELOW_ZERO in figure.remark) <= (figure.value == 0)
        assert formula is stabilize or figure.value is None or figure.value >= 0


@given(signed)
def test_yes_or_no_knows_two_values(realised):
    assert yes_no(realised).value == (0 if realised == 0 else 100)


@given(st.sampled_from(Method), signed, signed)
def test_a_figure_has_either_a_value_or_a_reason(method, target, realised):
    figure = achievement(Yardstick(method, Span(target, target)), target, realised)
    assert (figure.value is None) != (figure.gap is None)


@given(st.lists(signed, min_size=1))
def test_a_mean_lies_between_its_smallest_and_largest_part(values):
    result = mean(Figure(value) for value in values).figure.value
    assert min(values) <= result <= max(values)


@given(st.lists(signed, min_size=1))
def test_a_capped_mean_is_at_most_the_cap_and_the_uncapped_mean(values):
    figures = [Figure(value) for value in values]
    capped, free = mean(figures, CAP).figure.value, mean(figures).figure.value
    assert capped <= min(CAP, free)
    assert (capped == free) == (max(values) <= CAP)


@given(st.lists(maybe, min_size=1), st.lists(st.sampled_from(GAPS)))
def test_what_is_left_out_never_moves_a_mean_and_is_counted(values, gaps):
    filled = [Figure(value) for value in values if value is not None]
    result = mean(filled + gaps)
    assert result.figure.value == mean(filled).figure.value
    assert (result.counted, result.total) == (len(filled), len(filled) + len(gaps))
    assert sum(result.left_out.values()) == len(gaps)


@given(st.lists(st.tuples(positive, maybe), min_size=1, max_size=4))
def test_a_skipped_quarter_stays_in_the_denominator(pairs):
    figures = to_date(Accumulation.SUM, [PeriodValues(target, realised) for target, realised in pairs])
    assert figures.target == sum(target for target, _ in pairs)
    assert figures.realised == (
        sum(r for _, r in pairs if r is not None) if any(r is not None for _, r in pairs) else None
    )


@given(st.lists(st.tuples(positive, amounts), min_size=1, max_size=4))
def test_a_mean_of_quarters_lies_between_them_and_a_position_is_the_last(pairs):
    quarters = [PeriodValues(target, realised) for target, realised in pairs]
    realised = [quarter.realised for quarter in quarters]
    assert min(realised) <= to_date(Accumulation.MEAN, quarters).realised <= max(realised)
    assert to_date(Accumulation.LAST, quarters).realised == realised[-1]


@given(st.lists(st.tuples(amounts, positive), min_size=1, max_size=4))
def test_a_ratio_to_date_lies_between_those_of_its_quarters(parts):
    percentages = [x / y * 100 for x, y in parts]
    result = to_date(Accumulation.RATIO, [PeriodValues(None, None, x, y) for x, y in parts]).realised
    slack = max(percentages) / 10**20  # the 28 digits that a division keeps
    assert min(percentages) - slack <= result <= max(percentages) + slack


@given(st.lists(maybe))
def test_a_total_ignores_blanks_but_is_blank_only_if_all_are(values):
    filled = [value for value in values if value is not None]
    assert total(values) == (sum(filled) if filled else None)


@given(st.lists(st.tuples(amounts, positive), min_size=1, max_size=6))
def test_serapan_of_a_parent_lies_between_those_of_its_children(children):
    parts = [absorption(spent, pagu).value for spent, pagu in children]
    parent = absorption(sum(spent for spent, _ in children), sum(pagu for _, pagu in children)).value
    slack = max(parts) / 10**20
    assert min(parts) - slack <= parent <= max(parts) + slack


@given(percent, percent)
def test_a_higher_value_never_has_a_lower_predicate(less, more):
    assume(less <= more)
    assert "1" <= predicate(Figure(less), LEVELS) <= predicate(Figure(more), LEVELS) <= "5"


@given(percent, percent, st.decimals(min_value=0, max_value=50, places=2))
def test_efficiency_turns_round_when_capaian_and_serapan_change_places(capaian, serapan, threshold):
    there, back = (
        efficiency(Figure(a), Figure(b), threshold) for a, b in ((capaian, serapan), (serapan, capaian))
    )
    assert (there == Efficiency.EFFICIENT) == (back == Efficiency.INEFFICIENT)
    assert (there == Efficiency.SUFFICIENT) == (
        abs(round_half_up(capaian) - round_half_up(serapan)) <= threshold
    )
