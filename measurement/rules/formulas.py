"""The figures of branches and offices: means up the tree, money, efficiency, predicate; and what an office decides about them.

Pure functions on exact fractions. The capaian of one indicator is calculated in methods.py, its quarters are put together in accumulations.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from .exact import percent_of, sum_exactly
from .figure import Figure, Gap
from .numbers import Number


class Lead(StrEnum):
    """What the capaian of a branch above the sub kegiatan is."""

    OWN = "sendiri"
    BELOW = "di_bawah"
    WEIGHTED = "berbobot"


LEAD_LABELS = {
    Lead.OWN: "indikator sendiri",
    Lead.BELOW: "rata-rata bagian di bawahnya",
    Lead.WEIGHTED: "rata-rata bagian di bawahnya menurut bobot",
}
LEAD_CHOICES = [(lead.value, label.capitalize()) for lead, label in LEAD_LABELS.items()]
ONE = Fraction(1)
FIRST_EDITION, EDITION = 1, 2  # of these rules; cycles keep the one by which their figures were made


@dataclass(frozen=True)
class Rules:
    """What an office decides about its figures; frozen into a cycle together with the definitions.

    `levels` are a predicate scale's lower bounds and words in falling order, `mean_cap` limits each part of a mean (percent), `threshold` is that
    of the efficiency (percent points), `leads` says by level of the tree what leads there. In the first edition a blank quarter had no figure to
    date, and serapan of the whole year's pagu was held against capaian to date.
    """

    levels: tuple[tuple[Decimal | None, str], ...] = ()
    scale: str = ""
    mean_cap: Decimal | None = None
    zero_is_met: bool = False
    threshold: Decimal = Decimal(5)
    leads: Mapping[str, Lead] = field(default_factory=dict)
    edition: int = EDITION


@dataclass(frozen=True)
class Mean:
    """A mean that says what it counted."""

    figure: Figure
    counted: int
    total: int
    left_out: dict[Gap, int] = field(default_factory=dict)


# where all parts have one of these gaps, their mean has it, too
SHARED_GAPS = frozenset({Gap.NOT_DUE, Gap.NOT_SENT, Gap.NOT_PLANNED, Gap.STOPPED})


def mean(figures: Iterable[Figure], cap: Decimal | None = None, nothing: Gap = Gap.NOTHING_BELOW) -> Mean:
    """Mean of the figures that have a value; the others are left out and counted by reason. `cap` limits each part, in the mean only.

    `nothing` is the gap of a mean that counts nothing, unless one reason is that of all parts.
    """
    figures = list(figures)
    return _mean_of_parts([(figure, ONE) for figure in figures], cap, nothing)


def weighted_mean(parts: Iterable[tuple[Figure, Decimal | None]], cap: Decimal | None = None) -> Mean:
    """The same with the weight (bobot) of each part; one without a weight is left out and counted."""
    known = [
        (figure, Fraction(weight or 0)) if weight or figure.gap else (Figure(gap=Gap.NO_WEIGHT), Fraction(0))
        for figure, weight in parts
    ]
    return _mean_of_parts(known, cap, Gap.NOTHING_BELOW)


def _mean_of_parts(parts: list[tuple[Figure, Fraction]], cap: Decimal | None, nothing: Gap) -> Mean:
    values = [(_capped(figure.value, cap), weight) for figure, weight in parts if figure.value is not None]
    left_out: dict[Gap, int] = {}
    for figure, _ in parts:
        if figure.gap:
            left_out[figure.gap] = left_out.get(figure.gap, 0) + 1
    if values:
        weighed = sum_exactly(value if weight is ONE else value * weight for value, weight in values)
        result = Figure(weighed / sum_exactly(weight for _, weight in values))
    else:
        shared = next(iter(left_out), nothing)
        result = Figure(gap=shared if len(left_out) == 1 and shared in SHARED_GAPS else nothing)
    return Mean(result, len(values), len(parts), left_out)


def _capped(value: Fraction, cap: Decimal | None) -> Fraction:
    return value if cap is None else min(value, Fraction(cap))


def absorption(realised: Number | None, pagu: Number) -> Figure:
    """Serapan: money realised / pagu × 100; for a parent, the ratio of the sums."""
    if realised is None:
        return Figure(gap=Gap.BLANK)
    return Figure(gap=Gap.NOT_PLANNED) if pagu == 0 else Figure(percent_of(realised, pagu))


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
