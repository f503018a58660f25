"""The accumulations (sifat): how the periods make up the year. Each is one row of ACCUMULATIONS: its words, its calculation, and its working.

A blank period is not 0. To add one: name it in `Accumulation`, write its calculation and its row, run `manage.py makemigrations`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from .exact import percent_of, sum_exactly
from .numbers import Number, show_exactly, show_sum


class Accumulation(StrEnum):
    """How the periods make up the year (sifat)."""

    SUM = "jumlah"
    LAST = "posisi_akhir"
    MEAN = "rata_rata"
    RATIO = "rasio"


@dataclass(frozen=True)
class PeriodValues:
    """What one period has of one indicator; everything may be missing."""

    target: Decimal | None = None
    realised: Number | None = None
    numerator: Number | None = None
    denominator: Number | None = None

    @property
    def has_no_cases(self) -> bool:
        """Whether 0 of 0 was entered: there was nothing to count, which is not a blank."""
        return self.numerator == 0 and self.denominator == 0


@dataclass(frozen=True)
class ToDate:
    """Target and realisasi from the first period to the last one given, exact."""

    target: Fraction | None
    realised: Fraction | None


def to_date(accumulation: Accumulation, periods: Sequence[PeriodValues]) -> ToDate:
    """The figures "s.d. …" of the periods given in order. A skipped period keeps its target in the sum and in the mean."""
    return ACCUMULATIONS[accumulation].to_date(periods)


def known_to_date(accumulation: Accumulation, periods: Sequence[PeriodValues]) -> ToDate:
    """The same of an indicator whose sifat may have changed in the year: a ratio of which no period has parts has its last percentage."""
    if ACCUMULATIONS[accumulation].has_parts and not any(_parts(periods)[1]):
        return _last_to_date(periods)
    return to_date(accumulation, periods)


# The calculations


def total(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of typed amounts, such as money; None where nothing is filled: a blank is not 0."""
    filled = [value for value in values if value is not None]
    return sum(filled, Decimal(0)) if filled else None


def mean_of(values: Iterable[Number | None]) -> Fraction | None:
    """The mean of what is filled; None where nothing is."""
    filled = [value for value in values if value is not None]
    return sum_exactly(filled) / len(filled) if filled else None


def sum_of(values: Iterable[Number | None]) -> Fraction | None:
    """The exact sum of what is filled; None where nothing is."""
    filled = [value for value in values if value is not None]
    return sum_exactly(filled) if filled else None


def ratio(numerator: Number | None, denominator: Number | None) -> Fraction | None:
    """X / Y × 100; None where a part is missing or Y is 0."""
    if numerator is None or not denominator:
        return None
    return percent_of(numerator, denominator)


def exact(value: Number | None) -> Fraction | None:
    """The same value as a fraction, in which nothing is ever rounded."""
    return None if value is None else Fraction(value)


def _added_to_date(periods: Sequence[PeriodValues]) -> ToDate:
    return ToDate(sum_of(period.target for period in periods), sum_of(period.realised for period in periods))


def _mean_to_date(periods: Sequence[PeriodValues]) -> ToDate:
    return ToDate(
        mean_of(period.target for period in periods), mean_of(period.realised for period in periods)
    )


def _last_to_date(periods: Sequence[PeriodValues]) -> ToDate:
    """The last period that is filled, against its own target."""
    filled = [period for period in periods if period.realised is not None]
    if not filled:
        return ToDate(_last_target(periods), None)
    return ToDate(exact(filled[-1].target), exact(filled[-1].realised))


def _ratio_to_date(periods: Sequence[PeriodValues]) -> ToDate:
    """The ratio of the sums; the percentages of the periods are not averaged."""
    numerators, denominators = _parts(periods)
    return ToDate(_last_target(periods), ratio(sum_of(numerators), sum_of(denominators)))


def _last_target(periods: Sequence[PeriodValues]) -> Fraction | None:
    return exact(next((period.target for period in reversed(periods) if period.target is not None), None))


def _parts(periods: Sequence[PeriodValues]) -> tuple[list[Number], list[Number]]:
    """Numerators and denominators of the periods that have both."""
    parts = [
        (period.numerator, period.denominator)
        for period in periods
        if period.numerator is not None and period.denominator is not None
    ]
    return [x for x, _ in parts], [y for _, y in parts]


# The workings, of the values that there are, by the short names of their periods

Named = Sequence[tuple[str, Number]]


def _sum_working(values: Named) -> str:
    return " + ".join(show_exactly(value) for _, value in values)


def _mean_working(values: Named) -> str:
    return f"{show_sum([value for _, value in values])} ÷ {len(values)}"


def _last_working(values: Named) -> str:
    return f"nilai {values[-1][0]}"


def parts_working(periods: Sequence[PeriodValues]) -> str:
    """The ratio of the sums, where there are any parts."""
    numerators, denominators = _parts(periods)
    return f"{show_sum(numerators)} ÷ {show_sum(denominators)} × 100"


@dataclass(frozen=True)
class AccumulationRow:
    """One accumulation: what people read of it, how the periods are put together, and how that is written out."""

    label: str  # what is offered: "Jumlah (kumulatif)"
    word: str  # among the conditions of a working
    meaning: str  # in the help
    anchor: str  # of its term in the help
    to_date: Callable[[Sequence[PeriodValues]], ToDate]
    working: Callable[[Named], str]
    also_written: tuple[str, ...] = ()  # in plan tables, beside its name and label
    # periods make the year and years the plan by adding; Form E.81 prints 13 and 14 as sums
    adds_up: bool = False
    # the last period filled stands for the year, and its target is that of the year
    is_position: bool = False
    has_parts: bool = False  # realisasi is numerator ÷ denominator, and both are asked for


ACCUMULATIONS: Mapping[str, AccumulationRow] = {
    Accumulation.SUM: AccumulationRow(
        label="Jumlah (kumulatif)",
        word="jumlah",
        meaning="Angka tiap periode dijumlahkan. Periode yang terlewat tetap dihitung targetnya.",
        anchor="sifat-kumulatif",
        to_date=_added_to_date,
        working=_sum_working,
        also_written=("kumulatif",),
        adds_up=True,
    ),
    Accumulation.LAST: AccumulationRow(
        label="Posisi akhir",
        word="posisi akhir",
        meaning="Yang dipakai angka periode terakhir yang terisi, terhadap target periode itu.",
        anchor="sifat-posisi-akhir",
        to_date=_last_to_date,
        working=_last_working,
        is_position=True,
    ),
    Accumulation.MEAN: AccumulationRow(
        label="Rata-rata",
        word="rata-rata",
        meaning="Rata-rata periode yang terisi, terhadap rata-rata target.",
        anchor="sifat-rata-rata",
        to_date=_mean_to_date,
        working=_mean_working,
    ),
    Accumulation.RATIO: AccumulationRow(
        label="Rasio pembilang/penyebut",
        word="rasio",
        meaning="Jumlah pembilang ÷ jumlah penyebut × 100; keduanya disimpan, jadi persen tiap periode tidak dirata-rata.",
        anchor="sifat-rasio",
        to_date=_ratio_to_date,
        working=_last_working,
        also_written=("rasio",),
        has_parts=True,
    ),
}
ACCUMULATION_CHOICES = [
    (kind.value, ACCUMULATIONS[kind].label) for kind in Accumulation if kind in ACCUMULATIONS
]
