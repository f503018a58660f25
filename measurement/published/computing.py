"""The ways to compute a percentage from two printed cells, each of which may be read in several ways: numbers, ranges and words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import product

from measurement.rules.figure import HUNDRED
from measurement.rules.formulas import absorption
from measurement.rules.methods import METHODS, Method, Need, Yardstick
from measurement.rules.numbers import Number, NumberError, decimal_places, parse_scores, show, show_short
from measurement.rules.spans import Span

from .direction import direction_of
from .printed import Printed, PrintedReading, PrintedState
from .scales import SCALES, Bounds, bounds_of, done, marked_direction, number_beside_word, word_of

MOST_FRACTION = 3  # 0,99 for 99 %, 1,2 for 120 %; nobody publishes more than 300 % as a fraction
TENS = -1  # places of a fraction with one decimal: 0,9 is 90 %, give or take
FAR = Decimal(100)
BOTH = (Method.MAXIMIZE, Method.MINIMIZE)
RANGES = {
    Method.MAXIMIZE: (Method.RANGE_UP,),
    Method.MINIMIZE: (Method.RANGE_DOWN,),
    None: (Method.RANGE, Method.RANGE_UP, Method.RANGE_DOWN),
}
BELOW = "hasil hitung di bawah nol; dokumen mencetaknya tanpa batas bawah 0"


@dataclass(frozen=True)
class Attempt:
    """One way to compute the figure: by which method, from which readings; none of both where it was not divided from two cells.

    `slack`: how far a sum or mean may be off, because its parts were rounded before they were printed.
    """

    value: Fraction
    method: Method | None = None
    base: PrintedReading | None = None
    realised: PrintedReading | None = None
    remarks: tuple[str, ...] = ()
    slack: Fraction = Fraction(0)


@dataclass(frozen=True)
class Measured:
    """The cells that a capaian is computed from; `direction` is what its column says."""

    direction: str
    target: Printed
    realised: Printed

    @property
    def method(self) -> Method | None:
        return direction_of(self.direction) or self.marked

    @property
    def marked(self) -> Method | None:
        """What the target says of the direction, where its column doesn't: "< 5 %"."""
        return None if direction_of(self.direction) else marked_direction(self.target.text)


def capaian_attempts(measured: Measured) -> list[Attempt]:
    """Capaian by the row's own method, or by those that may be meant, from all readings of the two cells."""
    bounds = bounds_of(measured.target)
    if bounds:
        return _of_range(measured.method, bounds, measured.realised)
    if measured.method == Method.YES_NO:
        return _of_done(measured)
    target = number_beside_word(measured.target)
    numbers = _heeded(target) if measured.marked else target, number_beside_word(measured.realised)
    if all(cell.state == PrintedState.NUMBER for cell in numbers):
        ways = (measured.method,) if measured.method else BOTH
        return [a for t, r in _pairs(*numbers) for way in ways for a in _of_numbers(way, t, r)]
    return _of_words(measured)


def _heeded(target: Printed) -> Printed:
    """Its sign says the direction and is not passed over, as elsewhere."""
    readings = (
        replace(r, remark="; ".join(one for one in r.remark.split("; ") if not one.startswith("tanda ")))
        for r in target.readings
    )
    return replace(target, readings=tuple(readings))


def serapan_attempts(pagu: Printed, realised: Printed) -> list[Attempt]:
    """Serapan from all readings of the two cells."""
    return [
        Attempt(figure.value, base=p, realised=r, remarks=reading_remarks(p, r))
        for p, r in _pairs(pagu, realised)
        if (figure := absorption(r.value, p.value)).value is not None
    ]


def value_by(method: Method, base: Fraction, realised: Fraction) -> Fraction | None:
    """Capaian of a plain target by this method."""
    return METHODS[method].capaian(Yardstick(method), base, realised).value


# Numbers


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


def _of_numbers(way: Method, target: PrintedReading, realised: PrintedReading) -> list[Attempt]:
    """The house's figure, and for min also the negative one that a document prints where ours stops at 0."""
    if METHODS[way].needs == Need.BOUNDS:
        return _of_bounds(way, Bounds(target, target), realised)
    base, reached = Fraction(target.value), Fraction(realised.value)
    figure = METHODS[way].capaian(Yardstick(way), base, reached)
    if figure.value is None:
        return []
    remarks = reading_remarks(target, realised)
    said = (*remarks, figure.remark) if figure.remark else remarks
    found = [Attempt(figure.value, way, target, realised, said)]
    if way in (Method.MINIMIZE, Method.STABILIZE) and figure.value == 0 and base > 0 and figure.remark:
        below = 2 * HUNDRED - reached / base * HUNDRED
        found.append(Attempt(below, way, target, realised, (*remarks, BELOW)))
    return found


def _brief(value: Decimal) -> str:
    return show(value, max(0, decimal_places(value.normalize())))


# Ranges


def _of_range(method: Method | None, bounds: Bounds, realised: Printed) -> list[Attempt]:
    """By the range that the direction means; without one, by each kind of range."""
    needs_bounds = method is not None and METHODS[method].needs == Need.BOUNDS
    ways = (method,) if method and needs_bounds else RANGES.get(method, RANGES[None])
    return [
        attempt
        for way in ways
        for reading in number_beside_word(realised).readings
        for attempt in _of_bounds(way, bounds, reading)
    ]


def _of_bounds(way: Method, bounds: Bounds, realised: PrintedReading) -> list[Attempt]:
    yardstick = Yardstick(way, Span(bounds.low.value, bounds.high.value))
    figure = METHODS[way].capaian(yardstick, Fraction(0), Fraction(realised.value))
    if figure.value is None:
        return []
    said = f"target dibaca sebagai rentang {_brief(bounds.low.value)}–{_brief(bounds.high.value)} ({METHODS[way].label.lower()})"
    inside = bounds.low.value <= realised.value <= bounds.high.value
    return [Attempt(figure.value, way, remarks=() if inside else (said,))]


# Words


def _of_done(measured: Measured) -> list[Attempt]:
    """Ya/tidak: done is 100, whatever the target's cell says, unless it says "tidak"."""
    wanted, reached = done(measured.target), _done_or_number(measured.realised)
    if reached is None:
        return []
    return [Attempt(HUNDRED if reached == (wanted is not False) else Fraction(0), Method.YES_NO)]


def _done_or_number(cell: Printed) -> bool | None:
    return bool(cell.readings[0].value) if cell.readings else done(cell)


def _of_words(measured: Measured) -> list[Attempt]:
    """Two words: the same is 100; done and not done; or the scores of every scale that has both."""
    target, realised = word_of(measured.target), word_of(measured.realised)
    if not target or not realised:
        return []
    both_done = done(measured.target) is not None and done(measured.realised) is not None
    if both_done:
        return _of_done(measured)
    scales: dict[str, Mapping[str, Number]] = {**_own_scale(measured.direction), **SCALES}
    known = [(name, scale) for name, scale in scales.items() if target in scale and realised in scale]
    if known and target == realised:
        return [Attempt(HUNDRED, Method.PREDICATE)]
    return [a for name, scale in known for a in _of_scores(measured, name, scale[target], scale[realised])]


def _own_scale(direction: str) -> Mapping[str, Mapping[str, Number]]:
    """The scale that a direction brings along: "Predikat (skor): WTP=4, WDP=3"."""
    try:
        scores = parse_scores(direction.partition(":")[2])
    except NumberError:
        return {}
    return {"dokumen": {word.casefold(): score for word, score in scores.items()}} if scores else {}


def _of_scores(measured: Measured, name: str, target: Number, realised: Number) -> list[Attempt]:
    method = Method.MINIMIZE if measured.method == Method.MINIMIZE else Method.PREDICATE
    words = f"{measured.target.text.strip()} = {show_short(target)}, {measured.realised.text.strip()} = {show_short(realised)}"
    value = value_by(method, Fraction(target), Fraction(realised))
    return [] if value is None else [Attempt(value, method, remarks=(f"skala {name}: {words}",))]
