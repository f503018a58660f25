"""The methods (arah): how realisasi is held against a target. Each is one row of METHODS: its words, its calculation, and its working.

To add a method: name it in `Method`, write its calculation and its row in METHODS, run `manage.py makemigrations`. Nothing else lists the methods:
plan, import, worksheet, papers, workings, Form E.81 and the help read the row, and test_methods.py says what a row lacks.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from .figure import HUNDRED, ZERO, Figure, Gap
from .numbers import Number, show_exactly


class Method(StrEnum):
    """How realisasi is held against the target (arah)."""

    MAXIMIZE = "maksimum"
    MINIMIZE = "minimum"
    MINIMIZE_RATIO = "minimum_rasio"
    STABILIZE = "stabil"
    RANGE = "rentang"
    RANGE_UP = "rentang_naik"
    RANGE_DOWN = "rentang_turun"
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
    def bounds(self) -> tuple[Fraction, Fraction]:
        """Of a yardstick that is known to have both."""
        assert self.low is not None
        assert self.high is not None
        return Fraction(self.low), Fraction(self.high)


def achievement(yardstick: Yardstick, target: Number | None, realised: Number | None) -> Figure:
    """Capaian in percent of one realisasi against one target by the indicator's method."""
    row = METHODS[yardstick.method]
    if realised is None:
        return Figure(gap=Gap.BLANK)
    if row.needs == Need.BOUNDS and None in (yardstick.low, yardstick.high):
        return Figure(gap=Gap.NO_TARGET)
    if target is None and row.has_target:
        return Figure(gap=Gap.NO_TARGET)
    return row.capaian(yardstick, ZERO if target is None else Fraction(target), Fraction(realised))


def achievement_working(yardstick: Yardstick, target: Number | None, realised: Number | None) -> str:
    """The formula of a capaian with its numbers in it; empty where there is no realisasi."""
    if realised is None:
        return ""
    target = ZERO if target is None else Fraction(target)
    return METHODS[yardstick.method].working(yardstick, target, Fraction(realised))


# The calculations: percent, exact. None of them is capped; what comes out below 0 is 0 with a remark

BELOW_ZERO = "hasil hitung di bawah nol, ditampilkan 0"
BY_DISTANCE = "target negatif: dihitung dari selisih terhadap target"


def maximize(target: Number, realised: Number) -> Figure:
    """R / T × 100, uncapped; for T < 0 by the distance, 100 + (R − T) / |T| × 100. Source: published LKj of several regencies."""
    if target == 0:
        return Figure(gap=Gap.ZERO_TARGET)
    if target < 0:
        return _by_distance(HUNDRED + _distance(target, realised))
    return Figure(_percent(realised, target))


def minimize(target: Number, realised: Number, zero_is_met: bool = False) -> Figure:
    """(2T − R) / T × 100; for T < 0 by the distance, 100 − (R − T) / |T| × 100. Source: LAN 239/IX/6/8/2003, formula 2.

    T = 0 can be judged only where the office says so: 0 is met, more is missed.
    """
    if target == 0:
        return _zero_target(realised, zero_is_met)
    if target < 0:
        return _by_distance(HUNDRED - _distance(target, realised))
    return _at_least_zero(2 * HUNDRED - _percent(realised, target))


def minimize_ratio(target: Number, realised: Number) -> Figure:
    """T / R × 100, the other form in use; undefined for R = 0. A negative target is judged as `minimize` does."""
    if target <= 0:
        return minimize(target, realised)
    return Figure(gap=Gap.ZERO_DIVISOR) if realised == 0 else Figure(_percent(target, realised))


def stabilize(target: Number, realised: Number) -> Figure:
    """R ≤ T: R / T × 100; above: 200 − R / T × 100. For T < 0 by the distance. Source: one running system."""
    if target == 0:
        return Figure(gap=Gap.ZERO_TARGET)
    if target < 0:
        return _by_distance(HUNDRED - abs(_distance(target, realised)))
    ratio = _percent(realised, target)
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


def _percent(part: Number, whole: Number) -> Fraction:
    return Fraction(part) / Fraction(whole) * HUNDRED


def _distance(target: Number, realised: Number) -> Fraction:
    """How far realisasi is above its target, in percent of it."""
    return (Fraction(realised) - Fraction(target)) / abs(Fraction(target)) * HUNDRED


def _at_least_zero(value: Fraction) -> Figure:
    return Figure(value) if value >= 0 else Figure(ZERO, remark=BELOW_ZERO)


def _by_distance(value: Fraction) -> Figure:
    return (
        Figure(value, remark=BY_DISTANCE)
        if value >= 0
        else Figure(ZERO, remark=f"{BY_DISTANCE}; {BELOW_ZERO}")
    )


# The workings: the formulas with the numbers in them, for a figure that has a value


def _maximum_working(target: Number, realised: Number) -> str:
    if target < 0:
        return _distance_working("+", target, realised)
    return f"{show_exactly(realised)} ÷ {show_exactly(target)} × 100"


def _minimum_working(target: Number, realised: Number) -> str:
    if target == 0:
        return f"target 0 dan realisasi {show_exactly(realised)} dihitung {'tercapai' if realised <= 0 else 'tidak tercapai'}"
    if target < 0:
        return _distance_working("−", target, realised)
    return f"(2 × {show_exactly(target)} − {show_exactly(realised)}) ÷ {show_exactly(target)} × 100"


def _ratio_working(target: Number, realised: Number) -> str:
    return _minimum_working(target, realised) if target <= 0 else _maximum_working(realised, target)


def _stable_working(target: Number, realised: Number) -> str:
    if target < 0:
        sign = "−" if realised > target else "+"
        return _distance_working(sign, target, realised)
    ratio = _maximum_working(target, realised)
    return f"200 − {ratio}" if realised > target else ratio


def _distance_working(sign: str, target: Number, realised: Number) -> str:
    """100 + (R − T) ÷ |T| × 100 with its numbers; negative ones in brackets."""
    whole = show_exactly(-Fraction(target))
    return f"100 {sign} ({_in_brackets(realised)} − {_in_brackets(target)}) ÷ {whole} × 100"


def _in_brackets(value: Number) -> str:
    return f"({show_exactly(value)})" if value < 0 else show_exactly(value)


Write = Callable[[Number, Number], str]


def _range_working(yardstick: Yardstick, realised: Number, below: Write, above: Write) -> str:
    low, high = yardstick.bounds
    if low <= realised <= high:
        return f"{show_exactly(realised)} di dalam rentang {show_exactly(low)}–{show_exactly(high)}"
    return below(low, realised) if realised < low else above(high, realised)


def _yes_no_working(realised: Number) -> str:
    return "tidak terlaksana" if realised == 0 else "terlaksana"


@dataclass(frozen=True)
class MethodRow:
    """One method: what people read of it, how it is calculated from (yardstick, target, realisasi), and how that is written out."""

    label: str  # what is offered: "Maksimum (semakin tinggi semakin baik)"
    formula: str  # in words, on Kertas Kerja Metodologi and in the help
    direction: str  # among the conditions of a working: "arah maksimum"
    meaning: str  # what it is for, in the help
    anchor: str  # of its term in the help
    capaian: Callable[[Yardstick, Fraction, Fraction], Figure]
    working: Callable[[Yardstick, Fraction, Fraction], str]
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
        working=lambda _, target, realised: _ratio_working(target, realised),
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
        label="Rentang a–b (dijaga)",
        formula="di dalam rentang 100; di bawah: realisasi ÷ a × 100; di atas: (2 × b − realisasi) ÷ b × 100",
        direction="arah rentang",
        meaning="Untuk yang diharapkan tetap di antara dua batas; lebih maupun kurang mengurangi capaian.",
        anchor="arah-rentang",
        capaian=lambda yardstick, _, realised: within_range(*yardstick.bounds, realised),
        working=lambda yardstick, _, realised: _range_working(
            yardstick, realised, _maximum_working, _minimum_working
        ),
        also_written=("rentang a–b", "rentang a-b", "range"),
        needs=Need.BOUNDS,
        has_target=False,
        takes_zero_target=True,
    ),
    Method.RANGE_UP: MethodRow(
        label="Rentang, makin tinggi makin baik",
        formula="di dalam rentang 100; di bawah: realisasi ÷ a × 100; di atas: realisasi ÷ b × 100",
        direction="arah rentang naik",
        meaning="Untuk target berupa rentang yang boleh dilampaui, misalnya 80–90 %: 92 menjadi 102,22.",
        anchor="arah-rentang-naik",
        capaian=lambda yardstick, _, realised: range_upwards(*yardstick.bounds, realised),
        working=lambda yardstick, _, realised: _range_working(
            yardstick, realised, _maximum_working, _maximum_working
        ),
        needs=Need.BOUNDS,
        has_target=False,
        takes_zero_target=True,
    ),
    Method.RANGE_DOWN: MethodRow(
        label="Rentang, makin rendah makin baik",
        formula="di dalam rentang 100; di bawah: (2 × a − realisasi) ÷ a × 100; di atas: (2 × b − realisasi) ÷ b × 100",
        direction="arah rentang turun",
        meaning="Untuk target berupa rentang yang lebih baik di bawahnya, misalnya 7–8 hari: 6,5 menjadi 107,14.",
        anchor="arah-rentang-turun",
        capaian=lambda yardstick, _, realised: range_downwards(*yardstick.bounds, realised),
        working=lambda yardstick, _, realised: _range_working(
            yardstick, realised, _minimum_working, _minimum_working
        ),
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
