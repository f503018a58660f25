"""Targets and realisasi over the quarters of a year and the years of a plan (Renstra). Pure, on Decimal, in the unit of the indicator."""

from collections.abc import Sequence
from decimal import Decimal

from .accumulations import ACCUMULATIONS, Accumulation, sum_of, total
from .numbers import Number


def over_years(accumulation: Accumulation, annual: Sequence[Decimal]) -> Decimal | None:
    """Several years of one indicator in order as one figure: things that add up, added up; else the last.

    For annual targets that is the target at the end of the plan, for realisasi what the earlier years came to (Form E.81, columns 6 and 7).
    """
    if ACCUMULATIONS[accumulation].adds_up:
        return total(annual)
    return annual[-1] if annual else None


def plan_to_date(
    accumulation: Accumulation, before: Number | None, this_year: Number | None
) -> Number | None:
    """Realisasi of a plan so far (Form E.81, column 14): for things that add up, earlier years + this year; for all else, this year's alone."""
    return sum_of([before, this_year]) if ACCUMULATIONS[accumulation].adds_up else this_year


def quarterly_targets(accumulation: Accumulation, annual: Decimal) -> tuple[Decimal, ...]:
    """A year's target spread over its quarters: a sum is shared out (whole things stay whole, the rest comes late), all else holds every quarter."""
    if not ACCUMULATIONS[accumulation].adds_up:
        return annual, annual, annual, annual
    if annual != annual.to_integral_value():
        return (annual / 4,) * 4
    steps = [annual * quarter // 4 for quarter in range(5)]
    return tuple(after - before for before, after in zip(steps, steps[1:], strict=False))
