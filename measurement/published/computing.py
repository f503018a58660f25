"""The ways to compute a percentage from two printed numbers, each of which may be read in several ways."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product

from measurement.rules.figure import HUNDRED
from measurement.rules.formulas import absorption
from measurement.rules.methods import maximize, minimize
from measurement.rules.numbers import decimal_places, show

from .direction import Direction
from .printed import Printed, PrintedReading

MOST_FRACTION = 3  # 0,99 for 99 %, 1,2 for 120 %; nobody publishes more than 300 % as a fraction
TENS = -1  # places of a fraction with one decimal: 0,9 is 90 %, give or take
FAR = Decimal(100)


@dataclass(frozen=True)
class Attempt:
    """One way to compute the figure: by which direction, from which readings."""

    value: Fraction
    base: Fraction
    realised: Fraction
    name: str = ""
    remarks: tuple[str, ...] = ()


def capaian_attempts(ways: Iterable[Direction], target: Printed, realised: Printed) -> list[Attempt]:
    """Capaian by each of these directions, from all readings of the two cells."""
    known = tuple(ways)
    return [a for t, r in _pairs(target, realised) for way in known for a in _of_direction(way, t, r)]


def serapan_attempts(pagu: Printed, realised: Printed) -> list[Attempt]:
    """Serapan from all readings of the two cells."""
    return [
        Attempt(figure.value, Fraction(p.value), Fraction(r.value), remarks=reading_remarks(p, r))
        for p, r in _pairs(pagu, realised)
        if (figure := absorption(r.value, p.value)).value is not None
    ]


def _pairs(base: Printed, realised: Printed) -> Iterator[tuple[PrintedReading, PrintedReading]]:
    """Readings of two cells together: those of one notation first; last, a fraction beside a percentage (0,98 of 100 %)."""
    pairs = sorted(product(base.readings, realised.readings), key=lambda pair: _clash(*pair))
    yield from pairs[:1]
    yield from (pair for pair in pairs[1:] if _comparable(*pair))
    for first, second in pairs[:1]:
        if first.percent and not second.percent and abs(second.value) <= MOST_FRACTION:
            yield first, as_percent(second, realised.text)
        elif second.percent and not first.percent and abs(first.value) <= MOST_FRACTION:
            yield as_percent(first, base.text), second


def _clash(first: PrintedReading, second: PrintedReading) -> bool:
    return bool(first.decimal and second.decimal) and first.decimal != second.decimal


def _comparable(base: PrintedReading, realised: PrintedReading) -> bool:
    """Less likely readings must not be a thousand times apart: next to nothing agrees with a printed 0 by accident."""
    return bool(base.value and realised.value) and 1 / FAR < abs(realised.value / base.value) < FAR


def as_percent(reading: PrintedReading, text: str) -> PrintedReading:
    """A fraction of 100 %. One with a single decimal is precise to tens of percent only; a whole one stays exact: 1 is 100 %."""
    value = reading.value.scaleb(2)
    places = TENS if reading.places == 1 else max(0, reading.places - 2)
    precision = ", dicetak sampai puluhan persen" if places == TENS else ""
    return PrintedReading(
        value,
        places,
        reading.decimal,
        True,
        f"“{text.strip()}” dibaca sebagai pecahan: {_brief(value)} %{precision}",
    )


def reading_remarks(*readings: PrintedReading) -> tuple[str, ...]:
    return tuple(reading.remark for reading in readings if reading.remark)


def _of_direction(way: Direction, target: PrintedReading, realised: PrintedReading) -> list[Attempt]:
    """The house's figure, and for min also the negative one that a document prints where ours stops at 0."""
    base, reached = Fraction(target.value), Fraction(realised.value)
    figure = (maximize if way == Direction.MAX else minimize)(base, reached)
    if figure.value is None:
        return []
    remarks = reading_remarks(target, realised)
    found = [
        Attempt(
            figure.value,
            base,
            reached,
            way,
            (*remarks, figure.remark) if figure.remark else remarks,
        )
    ]
    if figure.remark:
        below = 2 * HUNDRED - reached / base * HUNDRED
        said = "hasil hitung di bawah nol; dokumen mencetaknya tanpa batas bawah 0"
        found.append(Attempt(below, base, reached, way, (*remarks, said)))
    return found


def _brief(value: Decimal) -> str:
    return show(value, max(0, decimal_places(value.normalize())))
