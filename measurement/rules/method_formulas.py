"""The formulas of the methods (arah): capaian in percent of one realisasi against one target, and how each is written out with its numbers. Pure.

What is computed is exact. None of it is capped; what comes out below 0 by 2T − R is 0 with a remark.
"""

from collections.abc import Callable
from fractions import Fraction

from .exact import percent_of
from .figure import HUNDRED, ZERO, Figure, Gap
from .numbers import Number, show_exactly

BELOW_ZERO = "hasil hitung di bawah nol, ditampilkan 0"
BY_DISTANCE = "target negatif: dihitung dari selisih terhadap target"


def maximize(target: Number, realised: Number) -> Figure:
    """R / T × 100, uncapped; for T < 0 by the distance, 100 + (R − T) / |T| × 100. Source: published LKj of several regencies."""
    if target == 0:
        return Figure(gap=Gap.ZERO_TARGET)
    if target < 0:
        return _by_distance(HUNDRED + _distance(target, realised))
    return Figure(percent_of(realised, target))


def minimize(target: Number, realised: Number, zero_is_met: bool = False) -> Figure:
    """(2T − R) / T × 100; for T < 0 by the distance, 100 − (R − T) / |T| × 100. Source: LAN 239/IX/6/8/2003, formula 2.

    T = 0 can be judged only where the office says so: 0 is met, more is missed.
    """
    if target == 0:
        return _zero_target(realised, zero_is_met)
    if target < 0:
        return _by_distance(HUNDRED - _distance(target, realised))
    return _at_least_zero(2 * HUNDRED - percent_of(realised, target))


def minimize_ratio(target: Number, realised: Number) -> Figure:
    """T / R × 100, the other form in use; undefined for R = 0. A negative target is judged as `minimize` does."""
    if target <= 0:
        return minimize(target, realised)
    return Figure(gap=Gap.ZERO_DIVISOR) if realised == 0 else Figure(percent_of(target, realised))


def stabilize(target: Number, realised: Number) -> Figure:
    """R ≤ T: R / T × 100; above: 200 − R / T × 100. For T < 0 by the distance. Source: one running system."""
    if target == 0:
        return Figure(gap=Gap.ZERO_TARGET)
    if target < 0:
        return _by_distance(HUNDRED - abs(_distance(target, realised)))
    ratio = percent_of(realised, target)
    return Figure(ratio) if realised <= target else _at_least_zero(2 * HUNDRED - ratio)


def within_range(low: Number, high: Number, realised: Number) -> Figure:
    """Inside a–b 100; below R / a × 100, above (2b − R) / b × 100. Common sense of a range to be kept; no regulation is its source."""
    return _beside_range(low, high, realised, maximize, minimize)


def range_upwards(low: Number, high: Number, realised: Number) -> Figure:
    """Inside a–b 100; below R / a × 100, above R / b × 100: more is better. Source: PermenPANRB 8/2021."""
    return _beside_range(low, high, realised, maximize, maximize)


def range_downwards(low: Number, high: Number, realised: Number) -> Figure:
    """Inside a–b 100; below (2a − R) / a × 100, above (2b − R) / b × 100: less is better. Source: PermenPANRB 8/2021."""
    return _beside_range(low, high, realised, minimize, minimize)


Compare = Callable[[Number, Number], Figure]


def _beside_range(low: Number, high: Number, realised: Number, below: Compare, above: Compare) -> Figure:
    """What left a range is compared with the bound that it passed, where that is above 0."""
    if low <= realised <= high:
        return Figure(HUNDRED)
    bound, compare = (low, below) if realised < low else (high, above)
    return Figure(gap=Gap.NEGATIVE_BOUND) if bound < 0 else compare(bound, realised)


def yes_no(realised: Number) -> Figure:
    return Figure(ZERO if realised == 0 else HUNDRED)


def _zero_target(realised: Number, zero_is_met: bool) -> Figure:
    """Of what is to be avoided altogether: failure counts as success does, where the office judges it."""
    if not zero_is_met:
        return Figure(gap=Gap.ZERO_TARGET)
    return Figure(HUNDRED if realised <= 0 else ZERO)


def _distance(target: Number, realised: Number) -> Fraction:
    """How far realisasi is above its target, in percent of it."""
    return percent_of(Fraction(realised) - Fraction(target), abs(Fraction(target)))


def _at_least_zero(value: Fraction) -> Figure:
    return Figure(value) if value >= 0 else Figure(ZERO, remark=BELOW_ZERO)


def _by_distance(value: Fraction) -> Figure:
    return (
        Figure(value, remark=BY_DISTANCE)
        if value >= 0
        else Figure(ZERO, remark=f"{BY_DISTANCE}; {BELOW_ZERO}")
    )


# The workings: the formulas with the numbers in them, for a figure that has a value


def maximum_working(target: Number, realised: Number) -> str:
    if target < 0:
        return _distance_working("+", target, realised)
    return f"{show_exactly(realised)} ÷ {show_exactly(target)} × 100"


def minimum_working(target: Number, realised: Number) -> str:
    if target == 0:
        return f"target 0 dan realisasi {show_exactly(realised)} dihitung {'tercapai' if realised <= 0 else 'tidak tercapai'}"
    if target < 0:
        return _distance_working("−", target, realised)
    return f"(2 × {show_exactly(target)} − {show_exactly(realised)}) ÷ {show_exactly(target)} × 100"


def ratio_working(target: Number, realised: Number) -> str:
    return minimum_working(target, realised) if target <= 0 else maximum_working(realised, target)


def stable_working(target: Number, realised: Number) -> str:
    if target < 0:
        sign = "−" if realised > target else "+"
        return _distance_working(sign, target, realised)
    ratio = maximum_working(target, realised)
    return f"200 − {ratio}" if realised > target else ratio


def _distance_working(sign: str, target: Number, realised: Number) -> str:
    """100 + (R − T) ÷ |T| × 100 with its numbers; negative ones in brackets."""
    whole = show_exactly(-Fraction(target))
    return f"100 {sign} ({_in_brackets(realised)} − {_in_brackets(target)}) ÷ {whole} × 100"


def _in_brackets(value: Number) -> str:
    return f"({show_exactly(value)})" if value < 0 else show_exactly(value)


Write = Callable[[Number, Number], str]


def range_working(bounds: tuple[Fraction, Fraction], realised: Number, below: Write, above: Write) -> str:
    low, high = bounds
    if low <= realised <= high:
        return f"{show_exactly(realised)} di dalam rentang {show_exactly(low)}–{show_exactly(high)}"
    return below(low, realised) if realised < low else above(high, realised)


def yes_no_working(realised: Number) -> str:
    return "tidak terlaksana" if realised == 0 else "terlaksana"
