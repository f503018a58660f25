"""Where the percent axis of a chart ends: at what holds the ordinary values. What lies far beyond is cut, marked and named, so that it never squeezes the
others."""

from collections.abc import Sequence
from decimal import Decimal

LIMITS = tuple(map(Decimal, (125, 150, 200, 250)))
# percent: what exceeds its target that far does not set the scale for the others
ORDINARY = Decimal(200)


def axis_limit(values: Sequence[Decimal]) -> Decimal:
    """The first limit that holds every ordinary value; where all are extraordinary, the first that holds them, or the last one."""
    ordinary = [value for value in values if value <= ORDINARY] or values
    return next((limit for limit in LIMITS if all(value <= limit for value in ordinary)), LIMITS[-1])
