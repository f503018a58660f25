"""Targets and realisasi over the periods of a year and the years of a plan (Renstra). Pure, on Decimal, in the unit of the indicator."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from .accumulations import ACCUMULATIONS, Accumulation, sum_of, total
from .numbers import Number, round_half_up
from .periods import Frequency
from .schedules import is_due

Value = TypeVar("Value", Decimal, Fraction)
PLACES = 6  # as many as a target keeps


def over_years(accumulation: Accumulation, annual: Sequence[Value]) -> Value | None:
    """Several years of one indicator in order as one figure: things that add up, added up; else the last.

    For annual targets that is the target at the end of the plan, for realisasi what the earlier years came to (Form E.81, columns 6 and 7).
    """
    if not annual:
        return None
    return sum(annual[1:], annual[0]) if ACCUMULATIONS[accumulation].adds_up else annual[-1]


def plan_to_date(
    accumulation: Accumulation, before: Number | None, this_year: Number | None
) -> Number | None:
    """Realisasi of a plan so far (Form E.81, column 14): for things that add up, earlier years + this year; for all else, this year's alone."""
    return sum_of([before, this_year]) if ACCUMULATIONS[accumulation].adds_up else this_year


def targets_of_periods(
    accumulation: Accumulation,
    annual: Decimal,
    schedule: str = "",
    frequency: Frequency = Frequency.QUARTERLY,
) -> tuple[Decimal | None, ...]:
    """A year's target spread over the periods in which it is due; none for the others.

    A sum is shared out (whole things stay whole, the rest comes late), all else holds every period.
    """
    return tuple(open_targets(accumulation, annual, {}, schedule, frequency))


def open_targets(
    accumulation: Accumulation,
    annual: Decimal,
    closed: Mapping[int, Decimal | None],
    schedule: str = "",
    frequency: Frequency = Frequency.QUARTERLY,
) -> list[Decimal | None]:
    """The same for a year of which some periods are closed: these keep their targets (None: none was set then), only the others share what is left.

    Where the closed ones of a sum came to more than the year's target already, nothing is left for the others.
    """
    due = [
        period.number
        for period in frequency.periods
        if period.number not in closed and is_due(schedule, period.months)
    ]
    left = annual
    if ACCUMULATIONS[accumulation].adds_up and annual > 0:
        left = max(annual - (total(closed.values()) or Decimal(0)), Decimal(0))
    shares = dict(zip(due, _shares(accumulation, left, len(due)), strict=True)) if due else {}
    return [closed[number] if number in closed else shares.get(number) for number in frequency.numbers]


def _shares(accumulation: Accumulation, annual: Decimal, count: int) -> list[Decimal]:
    if not ACCUMULATIONS[accumulation].adds_up:
        return [annual] * count
    if annual != annual.to_integral_value():
        share = round_half_up(annual / count, PLACES)
        return [share] * (count - 1) + [annual - share * (count - 1)]
    steps = [annual * number // count for number in range(count + 1)]
    return [after - before for before, after in zip(steps, steps[1:], strict=False)]
