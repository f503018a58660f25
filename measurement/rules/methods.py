"""The methods (arah): how realisasi is held against a target. Each is one row of METHODS: its words, its calculation, and its working.

To add a method: name it in `Method`, write its formula in method_formulas.py and its row in METHODS, run `manage.py makemigrations`. Nothing else
lists the methods: plan, import, worksheet, papers, workings, Form E.81 and the help read the row, and test_methods.py says what a row lacks.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from .figure import ZERO, Figure, Gap
from .method_formulas import (
    maximize,
    maximum_working,
    minimize,
    minimize_ratio,
    minimum_working,
    range_downwards,
    range_upwards,
    range_working,
    ratio_working,
    stabilize,
    stable_working,
    within_range,
    yes_no,
    yes_no_working,
)
from .numbers import Number
from .spans import Span


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
    """What realisasi is measured with; a span only for a range."""

    method: Method
    span: Span | None = None
    zero_is_met: bool = False

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        """Of a yardstick that is known to have a span."""
        assert self.span is not None
        return Fraction(self.span.low), Fraction(self.span.high)


def achievement(yardstick: Yardstick, target: Number | None, realised: Number | None) -> Figure:
    """Capaian in percent of one realisasi against one target by the indicator's method."""
    row = METHODS[yardstick.method]
    if realised is None:
        return Figure(gap=Gap.BLANK)
    if row.needs == Need.BOUNDS and yardstick.span is None:
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
    against: str = (
        " dari"  # between realisasi and the target that it missed: "realisasi 17, paling banyak 15 Menit"
    )
    varies: bool = True  # an equal or far realisasi in the quarter before is worth a hint


METHODS: Mapping[str, MethodRow] = {
    Method.MAXIMIZE: MethodRow(
        label="Maksimum (semakin tinggi semakin baik)",
        formula="realisasi ÷ target × 100",
        direction="arah maksimum",
        meaning="Untuk yang diharapkan naik, misalnya nilai kepuasan masyarakat.",
        anchor="arah-naik",
        capaian=lambda _, target, realised: maximize(target, realised),
        working=lambda _, target, realised: maximum_working(target, realised),
        also_written=("max", "positif"),
        follows_e81=True,
    ),
    Method.MINIMIZE: MethodRow(
        label="Minimum (semakin rendah semakin baik)",
        formula="(2 × target − realisasi) ÷ target × 100",
        direction="arah minimum",
        meaning="Untuk yang diharapkan turun, misalnya jumlah pengaduan. Hasil di bawah 0 ditulis 0 dengan keterangan.",
        anchor="arah-turun",
        against=", paling banyak",
        capaian=lambda yardstick, target, realised: minimize(target, realised, yardstick.zero_is_met),
        working=lambda _, target, realised: minimum_working(target, realised),
        also_written=("min", "negatif"),
        takes_zero_target=True,
    ),
    Method.MINIMIZE_RATIO: MethodRow(
        label="Minimum, bentuk rasio T/R",
        formula="target ÷ realisasi × 100",
        direction="arah minimum, bentuk rasio",
        meaning="Bentuk lain untuk yang diharapkan turun. Tidak dapat dihitung bila realisasinya 0.",
        anchor="arah-turun-rasio",
        against=", paling banyak",
        capaian=lambda _, target, realised: minimize_ratio(target, realised),
        working=lambda _, target, realised: ratio_working(target, realised),
        takes_zero_target=True,
    ),
    Method.STABILIZE: MethodRow(
        label="Stabil (tepat target)",
        formula="realisasi ÷ target × 100; di atas target: 200 − realisasi ÷ target × 100",
        direction="arah stabil",
        meaning="Untuk yang diharapkan tepat pada target; lebih maupun kurang mengurangi capaian.",
        anchor="arah-stabil",
        against=", seharusnya",
        capaian=lambda _, target, realised: stabilize(target, realised),
        working=lambda _, target, realised: stable_working(target, realised),
    ),
    Method.RANGE: MethodRow(
        label="Rentang a–b (dijaga)",
        formula="di dalam rentang 100; di bawah: realisasi ÷ a × 100; di atas: (2 × b − realisasi) ÷ b × 100",
        direction="arah rentang",
        meaning="Untuk yang diharapkan tetap di antara dua batas; lebih maupun kurang mengurangi capaian.",
        anchor="arah-rentang",
        against=", seharusnya",
        capaian=lambda yardstick, _, realised: within_range(*yardstick.bounds, realised),
        working=lambda yardstick, _, realised: range_working(
            yardstick.bounds, realised, maximum_working, minimum_working
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
        against=", seharusnya",
        capaian=lambda yardstick, _, realised: range_upwards(*yardstick.bounds, realised),
        working=lambda yardstick, _, realised: range_working(
            yardstick.bounds, realised, maximum_working, maximum_working
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
        against=", seharusnya",
        capaian=lambda yardstick, _, realised: range_downwards(*yardstick.bounds, realised),
        working=lambda yardstick, _, realised: range_working(
            yardstick.bounds, realised, minimum_working, minimum_working
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
        working=lambda _yardstick, _target, realised: yes_no_working(realised),
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
        working=lambda _, target, realised: maximum_working(target, realised),
        needs=Need.SCORES,
        follows_e81=True,
    ),
}
METHOD_CHOICES = [(method.value, METHODS[method].label) for method in Method if method in METHODS]
