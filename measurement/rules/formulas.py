"""The figures of branches and offices: means up the tree, money, efficiency, predicate; and what an office decides about them.

Pure functions on exact fractions. The capaian of one indicator is calculated in methods.py, its quarters are put together in accumulations.py.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from .accumulations import mean_of
from .figure import HUNDRED, Figure, Gap
from .numbers import Number


@dataclass(frozen=True)
class Rules:
    """What an office decides about its figures; frozen into a cycle together with the definitions.

    `levels` are a predicate scale's lower bounds and words in falling order, `mean_cap` limits each part of a mean (percent), `threshold` is that
    of the efficiency (percent points).
    """

    levels: tuple[tuple[Decimal | None, str], ...] = ()
    scale: str = ""
    mean_cap: Decimal | None = None
    zero_is_met: bool = False
    threshold: Decimal = Decimal(5)


@dataclass(frozen=True)
class Mean:
    """A simple mean that says what it counted."""

    figure: Figure
    counted: int
    total: int
    left_out: dict[Gap, int] = field(default_factory=dict)


def mean(figures: Iterable[Figure], cap: Decimal | None = None) -> Mean:
    """Mean of the figures that have a value; the others are left out and counted by reason. `cap` limits each part, in the mean only."""
    figures = list(figures)
    values = [f.value if cap is None else min(f.value, Fraction(cap)) for f in figures if f.value is not None]
    left_out: dict[Gap, int] = {}
    for figure in figures:
        if figure.gap:
            left_out[figure.gap] = left_out.get(figure.gap, 0) + 1
    result = Figure(mean_of(values)) if values else Figure(gap=Gap.NOTHING_BELOW)
    return Mean(result, len(values), len(figures), left_out)


def absorption(realised: Number | None, pagu: Number) -> Figure:
    """Serapan: money realised / pagu × 100; for a parent, the ratio of the sums."""
    if realised is None:
        return Figure(gap=Gap.BLANK)
    return Figure(gap=Gap.NOT_PLANNED) if pagu == 0 else Figure(Fraction(realised) / Fraction(pagu) * HUNDRED)


class Efficiency(StrEnum):
    EFFICIENT = "efisien"
    SUFFICIENT = "cukup efisien"
    INEFFICIENT = "tidak efisien"


def efficiency(capaian: Figure, serapan: Figure, threshold: Decimal = Decimal(5)) -> Efficiency | None:
    """Capaian − serapan in percent points, both as they are shown: above the threshold efficient, within ± sufficient, else not.

    Source: one running system.
    """
    if capaian.shown is None or serapan.shown is None:
        return None
    difference = capaian.shown - serapan.shown
    if difference > threshold:
        return Efficiency.EFFICIENT
    return Efficiency.SUFFICIENT if difference >= -threshold else Efficiency.INEFFICIENT


def predicate(figure: Figure, levels: Sequence[tuple[Decimal | None, str]]) -> str:
    """The word for a figure by lower bounds in falling order (the last one None), applied to the value rounded to 2 decimals."""
    shown = figure.shown
    if shown is None:
        return ""
    return next((label for lower, label in levels if lower is None or shown >= lower), "")


def scale_gaps(lowers: Sequence[Decimal | None]) -> list[str]:
    """Why a predicate scale with these lower bounds doesn't give every value exactly one word; empty when it does."""
    gaps = []
    if len(lowers) < 2:
        gaps.append("Skala predikat memerlukan paling sedikit dua tingkat.")
    if None not in lowers:
        gaps.append("Tingkat terendah harus tanpa batas bawah, supaya setiap nilai mendapat predikat.")
    if len(set(lowers)) != len(lowers):
        gaps.append("Dua tingkat mempunyai batas bawah yang sama.")
    return gaps
