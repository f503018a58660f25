"""The methods (arah): how realisasi is held against a target. Each is one row of METHODS: its words, its calculation, and its working.

To add a method: name it in `Method`, write its calculation and its row in METHODS, run `manage.py makemigrations`. Nothing else lists the methods:
plan, import, worksheet, papers, workings, Form E.81 and the help read the row, and test_methods.py says what a row lacks.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from .figure import HUNDRED, ZERO, Figure, Gap
from .numbers import show_exactly


class Method(StrEnum):
    """How realisasi is held against the target (arah)."""

    MAXIMIZE = "maksimum"
    MINIMIZE = "minimum"
    MINIMIZE_RATIO = "minimum_rasio"
    STABILIZE = "stabil"
    RANGE = "rentang"
    YES_NO = "ya_tidak"
    PREDICATE = "predikat"


class Need(StrEnum):
    """What a method needs of an indicator beside its target, as it is called where it is missing."""

    BOUNDS = "batas rentang"
    SCORES = "skala skor"


@dataclass(frozen=True)
class Yardstick:
    """What realisasi is measured with; `low` and `high` only for a range."""

    method: Method
    low: Decimal | None = None
    high: Decimal | None = None
    zero_is_met: bool = False

    @property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """Of a yardstick that is known to have both."""
        assert self.low is not None
        assert self.high is not None
        return self.low, self.high


def achievement(yardstick: Yardstick, target: Decimal | None, realised: Decimal | None) -> Figure:
    """Capaian in percent of one realisasi against one target by the indicator's method."""
    row = METHODS[yardstick.method]
    if realised is None:
        return Figure(gap=Gap.BLANK)
    if row.needs == Need.BOUNDS and None in (yardstick.low, yardstick.high):
        return Figure(gap=Gap.NO_TARGET)
    if target is None and row.has_target:
        return Figure(gap=Gap.NO_TARGET)
    return row.capaian(yardstick, ZERO if target is None else target, realised)


def achievement_working(yardstick: Yardstick, target: Decimal | None, realised: Decimal | None) -> str:
    """The formula of a capaian with its numbers in it; empty where there is no realisasi."""
    working = METHODS[yardstick.method].working
    return "" if realised is None else working(yardstick, ZERO if target is None else target, realised)


# The calculations


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


# The workings: the formulas with the numbers in them, for a figure that has a value


def _maximum_working(target: Decimal, realised: Decimal) -> str:
    return f"{show_exactly(realised)} ÷ {show_exactly(target)} × 100"


def _minimum_working(target: Decimal, realised: Decimal) -> str:
    if target == 0:
        return "target 0 dan realisasi 0 dihitung tercapai"
    return f"(2 × {show_exactly(target)} − {show_exactly(realised)}) ÷ {show_exactly(target)} × 100"


def _stable_working(target: Decimal, realised: Decimal) -> str:
    ratio = _maximum_working(target, realised)
    return f"200 − {ratio}" if realised > target else ratio


def _range_working(low: Decimal, high: Decimal, realised: Decimal) -> str:
    if low <= realised <= high:
        return f"{show_exactly(realised)} di dalam rentang {show_exactly(low)}–{show_exactly(high)}"
    return _maximum_working(low, realised) if realised < low else _minimum_working(high, realised)


def _yes_no_working(realised: Decimal) -> str:
    return "tidak terlaksana" if realised == 0 else "terlaksana"


@dataclass(frozen=True)
class MethodRow:
    """One method: what people read of it, how it is calculated from (yardstick, target, realisasi), and how that is written out."""

    label: str  # what is offered: "Maksimum (semakin tinggi semakin baik)"
    formula: str  # in words, on Kertas Kerja Metodologi and in the help
    direction: str  # among the conditions of a working: "arah maksimum"
    meaning: str  # what it is for, in the help
    anchor: str  # of its term in the help
    capaian: Callable[[Yardstick, Decimal, Decimal], Figure]
    working: Callable[[Yardstick, Decimal, Decimal], str]
    also_written: tuple[str, ...] = ()  # in plan tables, beside its name and label
    needs: Need | None = None
    has_target: bool = True  # whether realisasi is divided by a target, or this by it
    takes_zero_target: bool = False  # a target of 0 is a real one, not "tidak direncanakan"
    follows_e81: bool = False  # column 15 of Form E.81 is calculated as its head says: 14 ÷ 6 × 100
    varies: bool = True  # an equal or far realisasi in the quarter before is worth a hint


METHODS: Mapping[str, MethodRow] = {
    Method.MAXIMIZE: MethodRow(
        label="Maksimum (semakin tinggi semakin baik)",
        formula="realisasi ÷ target × 100",
        direction="arah maksimum",
        meaning="Untuk yang diharapkan naik, misalnya nilai kepuasan masyarakat.",
        anchor="arah-naik",
        capaian=lambda _, target, realised: maximize(target, realised),
        working=lambda _, target, realised: _maximum_working(target, realised),
        also_written=("max", "positif"),
        follows_e81=True,
    ),
    Method.MINIMIZE: MethodRow(
        label="Minimum (semakin rendah semakin baik)",
        formula="(2 × target − realisasi) ÷ target × 100",
        direction="arah minimum",
        meaning="Untuk yang diharapkan turun, misalnya jumlah pengaduan. Hasil di bawah 0 ditulis 0 dengan keterangan.",
        anchor="arah-turun",
        capaian=lambda yardstick, target, realised: minimize(target, realised, yardstick.zero_is_met),
        working=lambda _, target, realised: _minimum_working(target, realised),
        also_written=("min", "negatif"),
        takes_zero_target=True,
    ),
    Method.MINIMIZE_RATIO: MethodRow(
        label="Minimum, bentuk rasio T/R",
        formula="target ÷ realisasi × 100",
        direction="arah minimum, bentuk rasio",
        meaning="Bentuk lain untuk yang diharapkan turun. Tidak dapat dihitung bila realisasinya 0.",
        anchor="arah-turun-rasio",
        capaian=lambda _, target, realised: minimize_ratio(target, realised),
        working=lambda _, target, realised: _maximum_working(realised, target),
        takes_zero_target=True,
    ),
    Method.STABILIZE: MethodRow(
        label="Stabil (tepat target)",
        formula="realisasi ÷ target × 100; di atas target: 200 − realisasi ÷ target × 100",
        direction="arah stabil",
        meaning="Untuk yang diharapkan tepat pada target; lebih maupun kurang mengurangi capaian.",
        anchor="arah-stabil",
        capaian=lambda _, target, realised: stabilize(target, realised),
        working=lambda _, target, realised: _stable_working(target, realised),
    ),
    Method.RANGE: MethodRow(
        label="Rentang a–b",
        formula="di dalam rentang 100; di luar dibandingkan dengan batas terdekat",
        direction="arah rentang",
        meaning="Untuk yang diharapkan berada di antara dua batas.",
        anchor="arah-rentang",
        capaian=lambda yardstick, _, realised: within_range(*yardstick.bounds, realised),
        working=lambda yardstick, _, realised: _range_working(*yardstick.bounds, realised),
        needs=Need.BOUNDS,
        has_target=False,
        takes_zero_target=True,
    ),
    Method.YES_NO: MethodRow(
        label="Ya/tidak",
        formula="terlaksana 100, tidak terlaksana 0",
        direction="ya/tidak",
        meaning="Untuk pekerjaan yang terlaksana atau tidak.",
        anchor="arah-ya-tidak",
        capaian=lambda _yardstick, _target, realised: yes_no(realised),
        working=lambda _yardstick, _target, realised: _yes_no_working(realised),
        has_target=False,
        takes_zero_target=True,
        varies=False,
    ),
    Method.PREDICATE: MethodRow(
        label="Predikat (skor)",
        formula="skor realisasi ÷ skor target × 100",
        direction="skor predikat",
        meaning="Untuk hasil berupa kata, misalnya opini WTP, yang diberi skor menurut skala indikatornya.",
        anchor="arah-predikat",
        capaian=lambda _, target, realised: maximize(target, realised),
        working=lambda _, target, realised: _maximum_working(target, realised),
        needs=Need.SCORES,
        follows_e81=True,
    ),
}
METHOD_CHOICES = [(method.value, METHODS[method].label) for method in Method if method in METHODS]
