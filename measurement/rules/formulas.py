"""The numbers: achievement (capaian), quarters to date, means up the tree, money, predicate.

Pure functions on Decimal, standard library only. Values are exact; rounding (half up, 2 decimals) happens where they are shown. A figure that has
no value says why: a blank is not 0, and a target of 0 gives no percentage, neither 0 nor 100.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from .numbers import round_half_up

HUNDRED = Decimal(100)
ZERO = Decimal(0)


class Method(StrEnum):
    """How realisasi is held against the target (arah)."""

    MAXIMIZE = "maksimum"
    MINIMIZE = "minimum"
    MINIMIZE_RATIO = "minimum_rasio"
    STABILIZE = "stabil"
    RANGE = "rentang"
    YES_NO = "ya_tidak"
    PREDICATE = "predikat"


METHOD_LABELS = {
    Method.MAXIMIZE: "Maksimum (semakin tinggi semakin baik)",
    Method.MINIMIZE: "Minimum (semakin rendah semakin baik)",
    Method.MINIMIZE_RATIO: "Minimum, bentuk rasio T/R",
    Method.STABILIZE: "Stabil (tepat target)",
    Method.RANGE: "Rentang a–b",
    Method.YES_NO: "Ya/tidak",
    Method.PREDICATE: "Predikat (skor)",
}
METHOD_FORMULAS = {
    Method.MAXIMIZE: "realisasi ÷ target × 100",
    Method.MINIMIZE: "(2 × target − realisasi) ÷ target × 100",
    Method.MINIMIZE_RATIO: "target ÷ realisasi × 100",
    Method.STABILIZE: "realisasi ÷ target × 100; di atas target: 200 − realisasi ÷ target × 100",
    Method.RANGE: "di dalam rentang 100; di luar dibandingkan dengan batas terdekat",
    Method.YES_NO: "terlaksana 100, tidak terlaksana 0",
    Method.PREDICATE: "skor realisasi ÷ skor target × 100",
}


class Accumulation(StrEnum):
    """How the quarters make up the year (sifat)."""

    SUM = "jumlah"
    LAST = "posisi_akhir"
    MEAN = "rata_rata"
    RATIO = "rasio"


ACCUMULATION_LABELS = {
    Accumulation.SUM: "Jumlah (kumulatif)",
    Accumulation.LAST: "Posisi akhir",
    Accumulation.MEAN: "Rata-rata",
    Accumulation.RATIO: "Rasio pembilang/penyebut",
}


class Gap(StrEnum):
    """Why a figure has no value. Each is a different thing and stays so."""

    BLANK = "belum diisi"
    EXCUSED = "dikecualikan"
    NOT_PLANNED = "tidak direncanakan"
    ZERO_TARGET = "tidak dapat dihitung: target nol"
    ZERO_DIVISOR = "tidak dapat dihitung: pembagi nol"
    NO_TARGET = "tidak dapat dihitung: target belum ditetapkan"
    NOTHING_BELOW = "tidak ada yang dapat dihitung"


@dataclass(frozen=True)
class Figure:
    """A percentage, or the reason why there is none. `remark` is printed beside a value that was bounded."""

    value: Decimal | None = None
    gap: Gap | None = None
    remark: str = ""

    @property
    def known_value(self) -> Decimal:
        """The value where it is known that there is one; ValueError for a gap."""
        if self.value is None:
            raise ValueError(f"no value: {self.gap}")
        return self.value


def maximize(target: Decimal, realised: Decimal) -> Figure:
    """R / T × 100, uncapped. Source: published LKj of several regencies."""
    return Figure(gap=Gap.ZERO_TARGET) if target == 0 else Figure(realised / target * HUNDRED)


def minimize(target: Decimal, realised: Decimal, zero_is_met: bool = False) -> Figure:
    """(2T − R) / T × 100, at least 0. Source: LAN 239/IX/6/8/2003, formula 2. T = R = 0 counts as met only if the office says so."""
    if target == 0:
        return Figure(HUNDRED) if zero_is_met and realised == 0 else Figure(gap=Gap.ZERO_TARGET)
    return _at_least_zero((2 * target - realised) / target * HUNDRED)


def minimize_ratio(target: Decimal, realised: Decimal) -> Figure:
    """T / R × 100, the other form in use; undefined for R = 0."""
    if target == 0:
        return Figure(gap=Gap.ZERO_TARGET)
    return Figure(gap=Gap.ZERO_DIVISOR) if realised == 0 else Figure(target / realised * HUNDRED)


def stabilize(target: Decimal, realised: Decimal) -> Figure:
    """R ≤ T: R / T × 100; above: 200 − R / T × 100, at least 0. Source: one running system."""
    if target == 0:
        return Figure(gap=Gap.ZERO_TARGET)
    ratio = realised / target * HUNDRED
    return Figure(ratio) if realised <= target else _at_least_zero(2 * HUNDRED - ratio)


def within_range(low: Decimal, high: Decimal, realised: Decimal) -> Figure:
    """Inside a–b 100; below compared with a (R / a), above with b (2b − R) / b. Source: PermenPANRB 8/2021."""
    if low <= realised <= high:
        return Figure(HUNDRED)
    return maximize(low, realised) if realised < low else minimize(high, realised)


def yes_no(realised: Decimal) -> Figure:
    return Figure(ZERO if realised == 0 else HUNDRED)


def _at_least_zero(value: Decimal) -> Figure:
    return Figure(value) if value >= 0 else Figure(ZERO, remark="hasil hitung di bawah nol, ditampilkan 0")


@dataclass(frozen=True)
class Yardstick:
    """What realisasi is measured with; `low` and `high` only for a range."""

    method: Method
    low: Decimal | None = None
    high: Decimal | None = None
    zero_is_met: bool = False


def achievement(yardstick: Yardstick, target: Decimal | None, realised: Decimal | None) -> Figure:
    """Capaian in percent of one realisasi against one target by the indicator's method."""
    if realised is None:
        return Figure(gap=Gap.BLANK)
    match yardstick.method:
        case Method.YES_NO:
            return yes_no(realised)
        case Method.RANGE:
            if yardstick.low is None or yardstick.high is None:
                return Figure(gap=Gap.NO_TARGET)
            return within_range(yardstick.low, yardstick.high, realised)
    if target is None:
        return Figure(gap=Gap.NO_TARGET)
    match yardstick.method:
        case Method.MINIMIZE:
            return minimize(target, realised, yardstick.zero_is_met)
        case Method.MINIMIZE_RATIO:
            return minimize_ratio(target, realised)
        case Method.STABILIZE:
            return stabilize(target, realised)
    return maximize(target, realised)


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
class Quarter:
    """One quarter of one indicator; everything may be missing."""

    target: Decimal | None = None
    realised: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(frozen=True)
class ToDate:
    """Target and realisasi from the first quarter to the last one given."""

    target: Decimal | None
    realised: Decimal | None


def to_date(accumulation: Accumulation, quarters: Sequence[Quarter]) -> ToDate:
    """The figures "s.d. triwulan" of the quarters given in order. A skipped quarter keeps its target in the sum and in the mean."""
    targets = [quarter.target for quarter in quarters if quarter.target is not None]
    realised = [quarter.realised for quarter in quarters if quarter.realised is not None]
    match accumulation:
        case Accumulation.SUM:
            return ToDate(_sum(targets), _sum(realised))
        case Accumulation.MEAN:
            return ToDate(_mean(targets), _mean(realised))
        case Accumulation.RATIO:
            return ToDate(targets[-1] if targets else None, _ratio(quarters))
    last = next((quarter for quarter in reversed(quarters) if quarter.realised is not None), None)
    return ToDate(last.target, last.realised) if last else ToDate(targets[-1] if targets else None, None)


def ratio(numerator: Decimal | None, denominator: Decimal | None) -> Decimal | None:
    """X / Y × 100; None where a part is missing or Y is 0."""
    if numerator is None or not denominator:
        return None
    return numerator / denominator * HUNDRED


def _ratio(quarters: Sequence[Quarter]) -> Decimal | None:
    parts = [
        (q.numerator, q.denominator)
        for q in quarters
        if q.numerator is not None and q.denominator is not None
    ]
    return ratio(_sum([x for x, _ in parts]), _sum([y for _, y in parts]))


def total(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is filled; None where nothing is: a blank is not 0."""
    return _sum([value for value in values if value is not None])


def _sum(values: Sequence[Decimal]) -> Decimal | None:
    return sum(values, ZERO) if values else None


def _mean(values: Sequence[Decimal]) -> Decimal | None:
    return sum(values, ZERO) / len(values) if values else None


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
    values = [f.value if cap is None else min(f.value, cap) for f in figures if f.value is not None]
    left_out: dict[Gap, int] = {}
    for figure in figures:
        if figure.gap:
            left_out[figure.gap] = left_out.get(figure.gap, 0) + 1
    result = Figure(_mean(values)) if values else Figure(gap=Gap.NOTHING_BELOW)
    return Mean(result, len(values), len(figures), left_out)


def absorption(realised: Decimal | None, pagu: Decimal) -> Figure:
    """Serapan: money realised / pagu × 100; for a parent, the ratio of the sums."""
    if realised is None:
        return Figure(gap=Gap.BLANK)
    return Figure(gap=Gap.NOT_PLANNED) if pagu == 0 else Figure(realised / pagu * HUNDRED)


class Efficiency(StrEnum):
    EFFICIENT = "efisien"
    SUFFICIENT = "cukup efisien"
    INEFFICIENT = "tidak efisien"


def efficiency(capaian: Figure, serapan: Figure, threshold: Decimal = Decimal(5)) -> Efficiency | None:
    """Capaian − serapan in percent points: above the threshold efficient, within ± sufficient, else not. Source: one running system."""
    if capaian.value is None or serapan.value is None:
        return None
    difference = capaian.value - serapan.value
    if difference > threshold:
        return Efficiency.EFFICIENT
    return Efficiency.SUFFICIENT if difference >= -threshold else Efficiency.INEFFICIENT


def predicate(figure: Figure, levels: Sequence[tuple[Decimal | None, str]]) -> str:
    """The word for a figure by lower bounds in falling order (the last one None), applied to the value rounded to 2 decimals."""
    if figure.value is None:
        return ""
    shown = round_half_up(figure.value)
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
