"""Targets and realisasi over the quarters of a year and the years of a plan."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measurement.rules.accumulations import Accumulation
from measurement.rules.plan_years import over_years, plan_to_date, targets_of_periods

NOT_ADDED = sorted(set(Accumulation) - {Accumulation.SUM})
amounts = st.decimals(min_value=0, max_value=10**9, places=2)


def numbers(text: str) -> list[Decimal]:
    return [Decimal(part) for part in text.split()]


def one(text: str) -> Decimal | None:
    return Decimal(text) if text else None


@pytest.mark.parametrize(
    ("annual", "expected"), [("3 4 5", "12"), ("5", "5"), ("0 0", "0"), ("-2 5", "3"), ("", "")]
)
def test_things_that_add_up_are_added_over_the_years(annual, expected):
    assert over_years(Accumulation.SUM, numbers(annual)) == one(expected)


@pytest.mark.parametrize("accumulation", NOT_ADDED)
@pytest.mark.parametrize(("annual", "expected"), [("80 85 90", "90"), ("90 0", "0"), ("5", "5"), ("", "")])
def test_all_else_is_what_it_was_in_the_last_year(accumulation, annual, expected):
    assert over_years(accumulation, numbers(annual)) == one(expected)


@pytest.mark.parametrize(
    ("before", "this_year", "added", "else_"),
    [
        ("18", "9", "27", "9"),
        ("", "9", "9", "9"),
        ("18", "", "18", ""),
        ("", "", "", ""),
        ("18", "0", "18", "0"),
    ],
)
def test_a_plan_to_date_adds_only_what_adds_up(before, this_year, added, else_):
    assert plan_to_date(Accumulation.SUM, one(before), one(this_year)) == one(added)
    assert {plan_to_date(accumulation, one(before), one(this_year)) for accumulation in NOT_ADDED} == {
        one(else_)
    }


@pytest.mark.parametrize(
    ("annual", "expected"),
    [
        ("7", "1 2 2 2"),
        ("1", "0 0 0 1"),
        ("12", "3 3 3 3"),
        ("10.5", "2.625 2.625 2.625 2.625"),
        ("0", "0 0 0 0"),
        ("2", "0 1 0 1"),
    ],
)
def test_a_years_sum_is_shared_out_with_the_rest_late(annual, expected):
    assert targets_of_periods(Accumulation.SUM, Decimal(annual)) == tuple(numbers(expected))


@pytest.mark.parametrize("accumulation", NOT_ADDED)
def test_any_other_target_holds_every_quarter(accumulation):
    assert targets_of_periods(accumulation, Decimal("82.5")) == (Decimal("82.5"),) * 4


@given(annual=amounts)
def test_targets_of_periods_add_up_to_the_year(annual):
    parts = targets_of_periods(Accumulation.SUM, annual)
    assert sum(parts) == annual
    assert min(parts) >= 0


@given(annual=st.integers(0, 10**9))
def test_whole_things_stay_whole_and_are_shared_evenly(annual):
    parts = targets_of_periods(Accumulation.SUM, Decimal(annual))
    assert all(part == int(part) for part in parts)
    assert max(parts) - min(parts) <= 1


@given(years=st.lists(amounts, min_size=1), this_year=amounts)
def test_a_plan_to_date_is_the_years_with_this_one_added(years, this_year):
    for accumulation in Accumulation:
        before = over_years(accumulation, years)
        assert plan_to_date(accumulation, before, this_year) == over_years(accumulation, [*years, this_year])
