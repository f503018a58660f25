"""Exact sums and percentages. Pure.

Whole numbers are put together and made one fraction at the end: a fraction for each step takes five times as long, and a worksheet has thousands.
"""

from collections.abc import Iterable
from fractions import Fraction
from math import lcm

from .numbers import Number


def sum_exactly(values: Iterable[Number]) -> Fraction:
    """The sum; 0 of nothing."""
    pairs = [value.as_integer_ratio() for value in values]
    if len(pairs) == 1:
        return Fraction(*pairs[0])
    below = lcm(*(part for _, part in pairs))
    return Fraction(sum(whole * (below // part) for whole, part in pairs), below)


def percent_of(part: Number, whole: Number) -> Fraction:
    """Part / whole × 100. ZeroDivisionError for a whole of 0."""
    above, below = part.as_integer_ratio()
    over, under = whole.as_integer_ratio()
    return Fraction(100 * above * under, below * over)
